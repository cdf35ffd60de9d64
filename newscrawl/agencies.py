"""News agencies: the names they are credited by, and the domains that are their own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, or service that hands out press releases."""

    names: tuple[str, ...]
    """As credit lines write them; the first is the one kept."""
    domains: tuple[str, ...] = ()
    """Registered domains of its own pages."""


def _agency(names: str, domains: str = "") -> Agency:
    return Agency(tuple(names.split("|")), tuple(domains.split()))


AGENCIES = (
    _agency("Reuters|Thomson Reuters", "reuters.com reutersagency.com"),
    _agency("AP|Associated Press|The Associated Press|AP News", "apnews.com ap.org"),
    _agency("AFP|Agence France-Presse|Agence France Presse", "afp.com"),
    _agency("dpa|Deutsche Presse-Agentur|dpa-AFX|dpa-infocom", "dpa.com"),
    _agency("dpa International", "dpa-international.com"),
    _agency("PA Media|PA|Press Association|PA News Agency", "pa.media"),
    _agency("UPI|United Press International", "upi.com"),
    _agency("Bloomberg|Bloomberg News", "bloomberg.com bloomberg.co.jp"),
    _agency("APA|Austria Presse Agentur", "apa.at"),
    _agency("Keystone-SDA|SDA|sda-ats|ATS", "keystone-sda.ch"),
    _agency("EFE|Agencia EFE", "efe.com"),
    _agency("Europa Press", "europapress.es"),
    _agency("ANSA|Redazione ANSA", "ansa.it"),
    _agency("AGI", "agi.it"),
    _agency("Adnkronos", "adnkronos.com"),
    _agency("Xinhua|Xinhua News Agency|新华社|新華社", "xinhuanet.com news.cn"),
    _agency("CNA|中央社", "cna.com.tw"),
    _agency("Kyodo|Kyodo News|共同通信|共同", "kyodonews.net kyodonews.jp"),
    _agency("Jiji|Jiji Press|時事通信|時事", "jiji.com"),
    _agency("Yonhap|Yonhap News|연합뉴스", "yna.co.kr yonhapnews.co.kr"),
    _agency("TASS|ТАСС", "tass.ru tass.com"),
    _agency("RIA|РИА Новости|RIA Novosti", "ria.ru"),
    _agency("Interfax|Интерфакс", "interfax.ru interfax.com interfax.com.ua"),
    _agency("Ukrinform|Укрінформ", "ukrinform.ua ukrinform.net"),
    _agency("PTI|Press Trust of India", "ptinews.com"),
    _agency("ANI|Asian News International", "aninews.in"),
    _agency("IANS|Indo-Asian News Service", "ians.in"),
    _agency("Anadolu|AA|Anadolu Agency|Anadolu Ajansı", "aa.com.tr"),
    _agency("The Canadian Press|Canadian Press|CP", "thecanadianpress.com"),
    _agency("La Presse Canadienne|La Presse canadienne", "thecanadianpress.com"),
    _agency("AAP|Australian Associated Press", "aap.com.au"),
    _agency("Belga", "belga.be belganewsagency.eu"),
    _agency("ANP", "anp.nl"),
    _agency("Lusa|LUSA|Agência Lusa", "lusa.pt"),
    _agency("Agência Brasil", "ebc.com.br"),
    _agency("Estadão Conteúdo", "estadaoconteudo.com.br"),
    _agency("PAP|Polska Agencja Prasowa", "pap.pl"),
    _agency("ČTK", "ctk.cz ctk.eu"),
    _agency("TASR", "tasr.sk"),
    _agency("MTI", "mti.hu"),
    _agency("NTB", "ntb.no"),
    _agency("TT|TT Nyhetsbyrån", "tt.se"),
    _agency("Ritzau", "ritzau.dk ritzau.com"),
    _agency("STT|Lehtikuva STT", "stt.fi"),
    _agency("Télam|Telam", "telam.com.ar"),
    _agency("SID|Sport-Informations-Dienst", "sid.de"),
    _agency("epd|Evangelischer Pressedienst", "epd.de"),
    _agency("KNA|Katholische Nachrichten-Agentur", "kna.de"),
    _agency("dts|dts Nachrichtenagentur", "dts-nachrichtenagentur.de"),
    _agency("Antara|ANTARA", "antaranews.com"),
    _agency("Bernama", "bernama.com"),
    _agency("Notimex", "notimex.gob.mx"),
    _agency("GlobeNewswire|GLOBE NEWSWIRE", "globenewswire.com"),
    _agency("PR Newswire|PRNewswire", "prnewswire.com"),
    _agency("Business Wire|Businesswire", "businesswire.com"),
    _agency("Presseportal|ots|news aktuell|presseportal", "presseportal.de"),
)
