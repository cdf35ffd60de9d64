"""News agencies, by the names credit lines use and the labels of their own hosts."""

import re
from dataclasses import dataclass

from newscrawl.models import Article


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: its names in credit lines, and the host labels that are its own."""

    names: tuple[str, ...]
    labels: tuple[str, ...]


AGENCIES = (
    Agency(("Reuters",), ("reuters", "reutersagency")),
    Agency(("AP", "Associated Press", "The Associated Press"), ("apnews", "ap")),
    Agency(("AFP", "Agence France-Presse"), ("afp",)),
    Agency(("dpa", "dpa-AFX", "Deutsche Presse-Agentur"), ("dpa", "dpa-international")),
    Agency(("PA Media", "Press Association"), ("pa",)),
    Agency(("PTI", "Press Trust of India"), ("ptinews",)),
    Agency(("ANI",), ("aninews",)),
    Agency(("IANS",), ("ians",)),
    Agency(("EFE", "Agencia EFE"), ("efe",)),
    Agency(("Europa Press",), ("europapress",)),
    Agency(("ANSA",), ("ansa",)),
    Agency(("LUSA", "Lusa"), ("lusa",)),
    Agency(("APA",), ("apa",)),
    Agency(("SDA", "Keystone-SDA"), ("keystone-sda",)),
    Agency(("Belga",), ("belga", "belganewsagency")),
    Agency(("ANP",), ("anp",)),
    Agency(("NTB",), ("ntb",)),
    Agency(("Ritzau",), ("ritzau",)),
    Agency(("TASS", "ТАСС"), ("tass",)),
    Agency(("Interfax", "Интерфакс"), ("interfax",)),
    Agency(("Ukrinform", "Укрінформ"), ("ukrinform",)),
    Agency(("Xinhua", "新华社", "新華社"), ("xinhuanet", "news")),
    Agency(("Kyodo", "共同通信", "共同"), ("kyodonews",)),
    Agency(("Jiji", "時事通信", "時事"), ("jiji",)),
    Agency(("Yonhap", "연합뉴스"), ("yna", "yonhapnews")),
    Agency(("Bernama",), ("bernama",)),
    Agency(("Antara", "ANTARA"), ("antaranews",)),
    Agency(("Anadolu", "AA", "Anadolu Agency", "Anadolu Ajansı"), ("aa",)),
    Agency(("AAP", "Australian Associated Press"), ("aap",)),
    Agency(("The Canadian Press", "Canadian Press"), ("thecanadianpress",)),
    Agency(("UPI",), ("upi",)),
    Agency(("Bloomberg",), ("bloomberg",)),
)

_BY_NAME = {name: agency for agency in AGENCIES for name in agency.names}
_NAMES = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True))
# At the start: "LONDON, May 4 (Reuters) -", "(AP) —", "新华社5月4日电". As last line: "- Reuters", "(AFP)", "© dpa".
_DATELINE = re.compile(rf"\(({_NAMES})(?:/[^)]{{1,20}})?\)\s*[-–—:]|^\s*(新华社|新華社)")
_LAST_LINE = re.compile(rf"^(?:[-–—]+\s*|©\s*(?:\d{{4}}\s+)?|\(|/)({_NAMES})[).]?$")
_HEAD_CHARS = 200
_LINE_CHARS = 60


def credited_to(article: Article) -> Agency | None:
    """The agency an article names as its source, by its credit, dateline or last line; None: it names none."""
    for name in re.split(r"\s*[,;/&]\s*", article.credit or ""):
        if name in _BY_NAME:
            return _BY_NAME[name]
    body = article.article_body or ""
    if found := _DATELINE.search(body[:_HEAD_CHARS]):
        return _BY_NAME[found.group(1) or found.group(2)]
    last = body.rstrip().rpartition("\n")[2].strip()
    if len(last) <= _LINE_CHARS and (found := _LAST_LINE.match(last)):
        return _BY_NAME[found.group(1)]
    return None
