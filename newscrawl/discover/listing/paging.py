"""The next page of the same list: rel=next, "older", "load more", the number after this page's own."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from newscrawl.discover.listing.addresses import domain_of
from newscrawl.discover.listing.nodes import NONE, Node, Tree
from newscrawl.markup import Document

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
_DIGITS = re.compile(r"\d+")
_PAGE_FOLDER = re.compile(r"(?:/(?:page|p|pg|paged|pagina|seite))?/0$", re.IGNORECASE)
_TEXT_CHARS = 40
_NODES_MAX = 8
_LEVELS = 4
_PAGER_LINKS_MAX = 30


def next_page(document: Document, tree: Tree) -> str | None:
    """The address of the next page, of the same site; None: none is linked."""
    for node in (*tree.named("link"), *tree.named("a")):
        relations = tree.attributes[node].get("rel")
        if relations and "next" in relations.lower().split() and (url := _address(tree, node, document)):
            return url
    following = str(_current_number(document.url) + 1)
    by_words = by_number = None
    for node in tree.named("a"):
        if tree.ends[node] - node > _NODES_MAX or len(text := tree.text(node)) > _TEXT_CHARS:
            continue
        if by_words is None and _is_next(text or tree.get(node, "aria-label")):
            url = _address(tree, node, document)
            by_words = url if url and (_in_pager(tree, node) or _continues(document.url, url)) else None
        if by_number is None and text == following and _in_pager(tree, node):
            by_number = _address(tree, node, document)
    return by_words or by_number


def _current_number(url: str) -> int:
    found = _NUMBER.findall(url)
    return int(found[-1]) if found else 1


@lru_cache(maxsize=8192)
def _is_next(text: str) -> bool:
    return _NEXT.match(text) is not None


def _continues(ours: str, theirs: str) -> bool:
    """Whether an address is the page's own but for the number of a page, or for what it asks of the same path."""
    own, other = urlsplit(ours), urlsplit(theirs)
    if own.path == other.path and other.query:
        return True
    return _without_number(own.path) == _without_number(other.path) and _DIGITS.search(other.path) is not None


def _without_number(path: str) -> str:
    return _PAGE_FOLDER.sub("", _DIGITS.sub("0", path.rstrip("/")))


def _in_pager(tree: Tree, node: Node) -> bool:
    """Whether the link stands among page links: by class, or beside links that are numbers."""
    current = node
    for _ in range(_LEVELS):
        if current == NONE or tree.tags[current] == "body":
            return False
        if tree.names[current].pager:
            return True
        links = [link for link in tree.inside(current, "a") if link != node]
        if 1 <= len(links) <= _PAGER_LINKS_MAX and all(_is_page_link(tree.text(link)) for link in links):
            return True
        current = tree.parents[current]
    return False


def _is_page_link(text: str) -> bool:
    return text.strip(" .›»«‹→←").isdigit() or _is_next(text)


def _address(tree: Tree, node: Node, document: Document) -> str | None:
    href = tree.get(node, "href").strip()
    if not href or href.startswith(("#", "javascript:")):
        return None
    url = (tree.base.join(href) or "").partition("#")[0]
    try:
        ours, theirs = urlsplit(document.url), urlsplit(url)
    except ValueError:
        return None
    same_site = domain_of(ours.hostname or "") == domain_of(theirs.hostname or "")
    return url if same_site and theirs.scheme in ("http", "https", ours.scheme) and url != document.url else None
