"""News agencies by the names they are credited with."""

from newscrawl.text import normal_form

# News agencies, in normal form → the name kept as credit.
_AGENCIES: dict[str, str] = {
    normal_form(form): name
    for name, forms in {
        "Reuters": "Reuters|Thomson Reuters",
        "AP": "AP|Associated Press|The Associated Press|AP News",
        "AFP": "AFP|Agence France-Presse|Agence France Presse",
        "dpa": "dpa|Deutsche Presse-Agentur|dpa-infocom",
        "PA Media": "PA|PA Media|Press Association|PA News Agency",
        "UPI": "UPI|United Press International",
        "Bloomberg": "Bloomberg News",
        "APA": "APA|Austria Presse Agentur",
        "Keystone-SDA": "SDA|Keystone-SDA|sda-ats|ATS",
        "EFE": "EFE|Agencia EFE",
        "Europa Press": "Europa Press",
        "ANSA": "ANSA|Redazione ANSA",
        "Xinhua": "Xinhua|Xinhua News Agency|新华社|新華社",
        "Kyodo": "Kyodo|Kyodo News|共同通信|共同",
        "Jiji": "Jiji|Jiji Press|時事通信",
        "Yonhap": "Yonhap|Yonhap News|연합뉴스",
        "TASS": "TASS|ТАСС",
        "RIA": "РИА Новости|RIA Novosti",
        "Interfax": "Interfax|Интерфакс",
        "Ukrinform": "Ukrinform|Укрінформ",
        "PTI": "PTI|Press Trust of India",
        "ANI": "ANI|Asian News International",
        "IANS": "IANS|Indo-Asian News Service",
        "Anadolu": "AA|Anadolu|Anadolu Agency|Anadolu Ajansı",
        "The Canadian Press": "The Canadian Press|Canadian Press|CP",
        "La Presse Canadienne": "La Presse canadienne",
        "AAP": "AAP|Australian Associated Press",
        "Belga": "Belga",
        "ANP": "ANP",
        "Lusa": "Lusa|Agência Lusa",
        "Agência Brasil": "Agência Brasil",
        "Estadão Conteúdo": "Estadão Conteúdo",
        "PAP": "PAP|Polska Agencja Prasowa",
        "ČTK": "ČTK|ČTK, ",
        "TASR": "TASR",
        "MTI": "MTI",
        "NTB": "NTB",
        "TT": "TT|TT Nyhetsbyrån",
        "Ritzau": "Ritzau",
        "STT": "STT|Lehtikuva STT",
        "Télam": "Télam|Telam",
        "SID": "SID|Sport-Informations-Dienst",
        "epd": "epd|Evangelischer Pressedienst",
        "KNA": "KNA|Katholische Nachrichten-Agentur",
        "dts": "dts|dts Nachrichtenagentur",
        "AGI": "AGI",
        "Adnkronos": "Adnkronos",
        "DPA International": "dpa International",
        "Antara": "Antara",
        "Bernama": "Bernama",
        "CNA": "中央社",
        "Notimex": "Notimex",
        "GlobeNewswire": "GlobeNewswire|GLOBE NEWSWIRE",
        "PR Newswire": "PR Newswire|PRNewswire",
        "Business Wire": "Business Wire|Businesswire",
        "Presseportal": "ots|news aktuell|presseportal",
    }.items()
    for form in forms.split("|")
}


def agency_of(text: str) -> str | None:
    """The agency `text` names; None if it names none."""
    return _AGENCIES.get(normal_form(text))
