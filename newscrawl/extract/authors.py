"""Printed author lines → people's names; agencies, roles and the paper's own name are no people."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from newscrawl.text import normal_form, squeeze, words

# "By" in the languages newspapers print it in, and the labels that do the same work.
_BY = re.compile(
    r"^\W*(?:(?:(?:written|posted|published|reported|story|text|articles?|stories|words|post|guest post|"
    r"authored|artikel|beitrag|contributed|zeige alle beiträge|alle beiträge|geschrieben|verfasst|erstellt|eingestellt|artikel|bericht|escrito|publicado|publié|rédigé|écrit|scritto|skrevet|"
    r"ein (?:artikel|beitrag|kommentar|bericht|gastbeitrag)|eine analyse)\s+)?"
    r"(?:by|von|por|par|di|da|do|door|av|af|przez)"
    r"|authors?|autor(?:en|in|es|a)?|auteurs?|autore|text|texte|texto|testo|author name|"
    r"written|автор|текст|بقلم|كتب|文|作者|記者|记者|撰文|編輯|기자)"
    r"(?:\s*[:：/]\s*|\s+)|^\W*By(?=[A-Z])",
    re.IGNORECASE,
)
# Whoever reviewed, edited or photographed it did not write it.
_OTHER_WORK = re.compile(
    r"^\W*(?:(?:medically|expert|fact)[- ])?(?:reviewed|edited|checked|updated|photograph(?:y|ed|s)?|photos?|fotos?|image|bild|"
    r"illustrat(?:ion|ed)|übersetz(?:t|ung)|translat(?:ed|ion)|traduction|geprüft)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]|[(\[].*$")
_FIRM = re.compile(r"\b(?:gmbh|ag|kg|e\.?v|eg|inc|llc|ltd|plc|corp|corporation|company|limited|s\.?a|sarl|b\.?v|pc|foundation|stiftung"
                   r"|university|universität|institut|institute|association|verband|council|ministry|ministerium|verlag|media|report|journal|times|news|magazine?|online|daily|"
    r"network|tribune|gazette|herald|zeitung|radio|tv|partei|fraktion|sponsored|blog|strategy)\b\.?",
                   re.IGNORECASE)  # fmt: skip
# Where a job begins after a printed name: "Jane Doe Senior Reporter".
_JOB_TAIL = re.compile(
    r"^((?:[^\W\d_][\w'’.-]*\s+){2,3}?)(?:head|chief|senior|junior|lead|marketing|staff|managing|executive|deputy|assistant|associate|"
    r"special|political|business|sports?|freelance|contributing|expert|founder|co-founder|ceo|cto|cfo|vp|president|director|"
    r"manager|editor|reporter|correspondent|writer|redakteur(?:in)?|autor(?:in)?|journalist(?:in)?|full-stack|software|product|"
    r"washington|trial|attorney|photographer|columnist)\b.*$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s*(?:기자|특파원|논설위원|인턴기자|記者|记者|特派員|編集委員)$")
_GLUED_BY = re.compile(r"^\W*By(?=[A-Z][a-z])")
_SPLIT = re.compile(
    r"\s*(?:[;|/•·\n]|、|，|,(?!\s*(?:jr|sr|ii|iii|iv)\b)|(?<=\s)(?:&|[-–—])(?=\s)"
    r"|(?<=\s)(?:and|und|et|y|e|og|och|en|ja|ve|i|with|mit|avec|con)(?=\s))\s*",
    re.IGNORECASE,
)
_MONTHS = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept|september|oct|october|nov|"
    "november|dec|december|januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|"
    "agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|"
    "novembre|décembre|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|"
    "freitag|samstag|sonntag"
)
_TAIL = re.compile(
    r"\s*(?:\(.*|\[.*|https?://.*|@\w.*|<.*|\d.*"
    r"|\b(?:published|updated|posted|last updated|aktualisiert|veröffentlicht|publié|publicado|hace|on|am|in)\b.*"
    r"|\s(?:for|für|pour|via|at|bei)\s+\S.*)$",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(rf"(?:^|\s+)(?:{_MONTHS})\.?$", re.IGNORECASE)
_SHOUTED_TAIL = re.compile(r"^((?:[^\W\d_][\w'’.-]*[a-z][\w'’.-]*\s+){2,4})(?:[A-Z]{2,}\s*){1,5}$")
_DEGREES = re.compile(r",?\s+(?:ph\.?\s?d|m\.?d|esq|mba|msc|rn|cpa|jd|dvm|rd|ma|cfa)\.?$", re.IGNORECASE)
_TITLES = re.compile(r"^(?:mr|mrs|ms|herr|frau)\.?\s+(?=\S)", re.IGNORECASE)
_NOT_NAMES = frozenset(
    ("undefined", "null", "none", "unknown", "superuser", "userprofile", "user", "default", "test", "author", "root")
    + (
        "anonimo",
        "anónimo",
        "clickhere",
        "followus",
        "readmore",
        "publishedby",
        "lastupdated",
        "privacy",
        "phd",
        "md",
        "jr",
        "sr",
    )
)

# A part made of these words alone (or holding a `_ROLE_PART`) is a role or a desk, not a person.
_ROLE_WORDS = frozenset(
    ["staff", "writer", "writers", "reporter", "reporters", "editor", "editors", "editorial", "correspondent", "columnist", "contributor", "contributors", "contributing", "senior", "junior", "chief", "deputy", "managing", "associate", "assistant", "executive", "news", "online", "digital", "web", "desk", "team", "newsroom", "bureau", "service", "services", "agency", "agencies", "wire", "wires", "report", "reports", "guest", "author", "authors", "admin", "administrator", "publisher", "webmaster", "anonymous", "unknown", "producer", "journalist", "photographer", "photo", "photos", "video", "freelance", "special", "political", "politics", "business", "sports", "sport", "science", "health", "technology", "tech", "world", "national", "international", "foreign", "breaking", "features", "feature", "opinion", "board", "company", "press", "office", "pressestelle", "redaktion", "redakteur", "redakteurin", "onlineredaktion", "redaktionsteam", "autor", "autorin", "gastautor", "gastautorin", "korrespondent", "korrespondentin", "volontär", "volontärin", "chefredakteur", "chefredakteurin", "ressortleiter", "ressortleiterin", "mitarbeiter", "journalistin", "reporterin", "see", "learn", "full", "bio", "all", "articles", "stories", "click", "here", "show", "beiträge", "alle", "cc", "rédaction", "redaction", "redacción", "redaccion", "redazione", "redacao", "redação", "redactie", "redakcja", "redakce", "toimitus", "redaktionen", "corresponsal", "enviado", "especial", "periodista", "jornalista", "giornalista", "journaliste", "reporterka", "the", "of", "der", "die", "das", "la", "el", "le", "les", "il", "and", "und", "et", "y", "e", "for", "by", "von", "at", "in", "on", "with", "from", "about", "more", "read", "all", "posts", "by", "view", "profile", "follow"]
)
_ROLE_PART = re.compile(
    r"\b(?:staff|editor|reporter|correspondent|columnist|newsroom|news desk|writer|redaktion|redakteur|redakteurin|"
    r"rédaction|redacción|redazione|redação|redactie|producer|journalist|manager|director|officer|analyst|"
    r"contributor|contributing|critic|team|desk|agentur|agency|agencies|press release|pressemitteilung)\b",
    re.IGNORECASE,
)
# News agencies, in normal form → the name kept as credit.
_AGENCIES = {
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
_NAME_WORDS_MAX = 6
_NAME_CHARS_MAX = 60
# Small words inside names: Ludwig van Beethoven, Ana de la Cruz.
_PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "zu", "zur", "vom", "af", "av", "e", "y", "i", "lo", "san", "st", "mc"]
)


Where = Literal["stated", "printed", "running"]
"""Where a line stood: in machine-readable data, in a marked byline, or in text like any other, where a name must
have capital letters and at least two words (in scripts that have them)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a line, and the agency it credits."""

    people: tuple[str, ...] = ()
    credit: str | None = None


def agency_of(text: str) -> str | None:
    """The agency `text` names; None if it names none."""
    return _AGENCIES.get(normal_form(text))


def read_names(lines: Iterable[str], *, papers: Sequence[str] = (), where: Where = "stated") -> Names:
    """People and agency in author lines; `papers` are names of the paper itself, and no people."""
    own = {form for form in map(normal_form, papers) if form}
    people: dict[str, str] = {}
    credit: str | None = None
    for line in lines:
        for part in _parts(line, where):
            agency = agency_of(part)
            if agency:
                credit = credit or agency
                continue
            name = _clean(part)
            form = normal_form(name)
            if form and form not in own and _is_person(name, own, where):
                people.setdefault(form, name)
    names = tuple(people.values())
    # Beside a full name, a log-in ("jsmith") or an abbreviation is the same person or a desk.
    return Names(tuple(filter(is_full_name, names)) or names, credit)


def is_full_name(name: str) -> bool:
    """Whether a name is one a person is called by in print, not a log-in or an address ("a.smith", "jsmith")."""
    return " " in name or not name.isascii() or (name.istitle() and name.isalpha() and len(name) > 3)


def has_by(line: str) -> bool:
    """Whether the line begins as a byline does."""
    return bool(_BY.match(line))


def _parts(line: str, where: Where) -> list[str]:
    text = squeeze(unescape(line))
    if text.startswith(("http://", "https://", "www.", "/", "@")):
        return []
    text = _IN_BRACKETS.sub(" ", _BY.sub("", _GLUED_BY.sub("", text), count=1))
    parts = [part for part in (part.strip(" ,.-–—:*»\"'") for part in _SPLIT.split(text)) if part]
    if where == "stated":
        return parts
    for place, part in enumerate(parts):
        if job := _JOB_TAIL.match(part):
            # What follows a job's title is more of the title.
            return [*parts[:place], job[1]]
    return parts


def _clean(part: str) -> str:
    if _OTHER_WORK.match(part):
        return ""
    text = _SUFFIX.sub("", _GLUED_BY.sub("", _BY.sub("", part, count=1)))
    text = _TAIL.sub("", text).strip(" ,-–—:*")
    text = _DATE_TAIL.sub("", text)
    text = _DEGREES.sub("", _DEGREES.sub("", text))
    if shouted := _SHOUTED_TAIL.match(text):
        text = shouted[1]
    return _TITLES.sub("", text).strip(" ,-–—:*")


def _is_person(name: str, own: set[str], where: Where) -> bool:
    parts = words(name)
    if not parts or len(name) > _NAME_CHARS_MAX or len(name) < (4 if name.isascii() else 2):
        return False
    if any(char in name for char in "@{}<>=?!#%»«") or "://" in name:
        return False
    folded = [part.casefold() for part in parts]
    if all(part in _ROLE_WORDS for part in folded) or _ROLE_PART.search(name) or _FIRM.search(name):
        return False
    form = normal_form(name)
    if form in _NOT_NAMES or any(form == site or (len(site) > 4 and site in form) for site in own):
        return False
    if len(parts) == 1 and len(form) > 4 and any(form in site for site in own):
        return False
    if _has_case(name):
        if len(parts) > _NAME_WORDS_MAX + 2:
            return False
        lower = [part for part in parts if part[:1].islower() and part.casefold() not in _PARTICLES]
        if where == "running" and (lower or len(parts) < 2):
            return False
        return len(lower) <= 1 or len(parts) <= 2
    return len(name) <= 20


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
