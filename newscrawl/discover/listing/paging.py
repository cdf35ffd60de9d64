"""The next page of the same list: rel=next, "older", "load more", the number after this page's own."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import html

from newscrawl.discover.listing.addresses import domain_of
from newscrawl.discover.listing.prose import class_words, element_text
from newscrawl.discover.listing.vocabulary import ZONES
from newscrawl.markup import Document
from newscrawl.text import squeeze

_NEXT = re.compile(
    r"""^\W*(?:
    next(?:\ page)? | older(?:\ (?:posts?|entries|articles|stories))? |
    (?:load|show|view)\ more(?:\ \w+)? | more\ (?:news|stories|articles) | siguientes? |
    p[aá]gina\ siguiente | entradas\ (?:siguientes|antiguas|anteriores) | cargar\ m[aá]s | suivante? |
    page\ suivante | articles\ plus\ anciens | n[aä]chste(?:\ seite)? | weiter |
    [aä]ltere\ (?:beitr[aä]ge|artikel) | mehr\ laden | pr[oó]xim[ao] | seguinte | carregar\ mais |
    successiv[ao] | avanti | carica\ altri | volgende | ouder | meer\ laden | n[aä]sta | [aä]ldre | neste |
    eldre | n[æe]ste | [æe]ldre | seuraava | nast[eę]pna | starsze | dal[šs][ií] | star[šs][ií] |
    следующая | далее | вперед | старые | показать\ ещ[её] | наступна | следваща | επ[οό]μεν[ηο] |
    sonraki | selanjutnya | berikutnya | 次へ | 次のページ | 下一页 | 下一頁 | 下页 | 加载更多 | 다음 | अगला | পরবর্তী |
    التالي
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"(?:[?&/](?:page|p|pg|paged|pagina|seite|str|start)[=/-]?)(\d{1,4})(?=$|[/&.?#])", re.IGNORECASE)
_PAGER_WORDS = ZONES["pager"] | {"next", "older", "nextpostslink"}
_TEXT_CHARS = 40
_LEVELS = 4
_PAGER_LINKS_MAX = 30


def next_page(document: Document) -> str | None:
    """The address of the next page, of the same site; None: none is linked."""
    for element in document.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and (url := _address(element, document)):
            return url
    current = _current_number(document.url)
    by_words = by_number = None
    for element in document.root.iter("a"):
        if len(element) > 4:
            continue
        text = squeeze("".join(element.itertext()))
        if len(text) > _TEXT_CHARS:
            continue
        if by_words is None and _NEXT.match(text or element.get("aria-label") or "") and _in_pager(element):
            by_words = _address(element, document)
        if by_number is None and text == str(current + 1) and _in_pager(element):
            by_number = _address(element, document)
    return by_words or by_number


def _current_number(url: str) -> int:
    found = _NUMBER.findall(url)
    return int(found[-1]) if found else 1


def _in_pager(element: html.HtmlElement) -> bool:
    """Whether the link stands among page links: by class, or beside links that are numbers."""
    current: html.HtmlElement | None = element
    for _ in range(_LEVELS):
        if current is None or current.tag == "body":
            return False
        if class_words(current) & _PAGER_WORDS:
            return True
        links = [link for link in current.iter("a") if link is not element]
        if 1 <= len(links) <= _PAGER_LINKS_MAX and all(_is_page_link(link) for link in links):
            return True
        current = current.getparent()
    return False


def _is_page_link(link: html.HtmlElement) -> bool:
    text = element_text(link)
    return text.strip(" .›»«‹→←").isdigit() or _NEXT.match(text) is not None


def _address(element: html.HtmlElement, document: Document) -> str | None:
    href = (element.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")):
        return None
    try:
        url = urljoin(document.base_url, href).partition("#")[0]
        ours, theirs = urlsplit(document.url), urlsplit(url)
    except ValueError:
        return None
    same_site = domain_of(ours.hostname or "") == domain_of(theirs.hostname or "")
    return url if same_site and theirs.scheme in ("http", "https", ours.scheme) and url != document.url else None
