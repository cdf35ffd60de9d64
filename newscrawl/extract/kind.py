"""What a page is: an article, a live blog, a gallery, a video, or no article at all."""

import re
import unicodedata
from collections import Counter
from urllib.parse import urlsplit

from newscrawl.errors import ExtractError
from newscrawl.extract.evidence import Evidence
from newscrawl.extract.schemaorg import ARTICLE_TYPES
from newscrawl.markup import Document
from newscrawl.models import ArticleKind
from newscrawl.text import count_words, is_unspaced

_KINDS: dict[str, ArticleKind] = {
    "LiveBlogPosting": "live",
    "ImageGallery": "gallery",
    "MediaGallery": "gallery",
    "VideoObject": "video",
    "video": "video",
    "video.other": "video",
    "video.episode": "video",
    "video.movie": "video",
}
# Whole segments of an address: `/live/`, `/harbour-live-blog`, but not `/live-music-in-town`.
_URL_KINDS: tuple[tuple[ArticleKind, re.Pattern[str]], ...] = (
    (
        "live",
        re.compile(
            r"/(?:live|en-direct|en-vivo|ao-vivo|diretta|newsticker)(?:/|$)|live-?(?:blog|ticker|updates)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "gallery",
        re.compile(
            r"/(?:galler(?:y|ies)|galeri(?:en?|a)|fotostrecken?|fotogalerie|diaporama|slideshow|photos|fotos)(?:/|$)",
            re.IGNORECASE,
        ),
    ),
    ("video", re.compile(r"/(?:videos?|watch|mediathek)(?:/|$)", re.IGNORECASE)),
)
# A page of these types, with no article type beside them, lists or sells rather than tells.
_LIST_TYPES = frozenset(
    {"CollectionPage", "SearchResultsPage", "ProfilePage", "ContactPage", "CheckoutPage", "Product", "ItemList"}
)
# Segments of an address that stand before the name of what is listed, in the languages papers are printed in.
_LISTS = """tags? topics? themen? themes? temas? sujets? categor(?:y|ies|ia|ie|ias) kategorien? rubrik(?:en)? rubriques?
    secci[oó]n sections? ressorts? schlagwort stichwort etiquetas? mots?-cles? argoment[io] labels? dossiers? authors?
    autor(?:en|es|e|i)? auteurs? redakteure? journalist(?:en|es?)? periodistas? people profile?s? search suche buscar
    recherche cerca zoeken"""
# Segments that are a list's own address.
_INDEXES = """live live-?ticker live-?blogs? en-direct en-vivo ao-vivo diretta videos? mediathek watch galler(?:y|ies)
    galerien? fotostrecken? bilder photos? fotos? diaporamas? podcasts? newsletters? archiv archives? archivo hemeroteca
    arkiv"""
_LIST_PATH = re.compile(
    r"^/?$|^/[a-z]{2}(?:-[a-z]{2})?/?$|^/(?:home|index)(?:\.\w{2,5})?/?$"  # a home page
    # A headline has more words than the name of a list.
    rf"|^/(?:[\w-]+/){{0,2}}(?:{'|'.join(_LISTS.split())})/(?:[\w%+]+(?:-[\w%+]+){{0,2}}/?(?:\d+/?)?)?$"
    rf"|^/(?:[\w-]+/){{0,2}}(?:{'|'.join(_INDEXES.split())})/?$"
    r"|/(?:page|seite|pagina|página)/\d+/?$"
    r"|^/(?:[\w-]+/){0,2}(?:19|20)\d\d/\d\d(?:/\d\d)?/?$",  # a month's or a day's archive
    re.IGNORECASE,
)
_WORDS_MIN = 25
_LEAD_WORDS_MIN = 80
_WORDS_BESIDE = {"gallery": 4 * _LEAD_WORDS_MIN, "video": 2 * _LEAD_WORDS_MIN}
"""With as many words a page tells a story, whatever else it shows."""
_TAG = re.compile(r"<[a-zA-Z]")
_SPOKEN = re.compile(r"[^\W_]")
_PROSE_CHARS = 5000
_SAMPLE_CHARS = 1000
_READABLE_SHARE_MIN = 0.75
"""Letters, marks and digits among what is printed; tables of figures in 400 articles have 0.88, noise 0.65."""
_WORD_CHARS_MAX = 25
"""On average, in scripts with spaces; articles in 30 languages stay below 10, encoded files have no spaces."""
_LINKED_MIN = 5
_LINKED_WORDS_MIN = 4


def choose_kind(evidence: Evidence, url: str, words: int) -> tuple[ArticleKind, str]:
    """(kind, origin): what the page declares; its address decides only where little text stands beside the pictures."""
    types = {item.value: item.origin for item in reversed(evidence.of("type"))}
    if "LiveBlogPosting" in types:
        return "live", types["LiveBlogPosting"]
    written = next((origin for name, origin in types.items() if name in ARTICLE_TYPES), None)
    for name, origin in types.items():
        kind = _KINDS.get(name)
        if kind and (not written or kind == "gallery") and words < _WORDS_BESIDE[kind]:
            return kind, origin
    path = _path_of(url)
    for kind, pattern in _URL_KINDS:
        if pattern.search(path) and (kind == "live" or words < 2 * _LEAD_WORDS_MIN):
            return kind, "url:path"
    return "article", written or "text"


def is_declared_article(evidence: Evidence) -> bool:
    """Whether the page calls itself an article in a way that section pages do not."""
    types = {item.value for item in evidence.of("type")}
    return bool(types & ARTICLE_TYPES) or any(
        item.origin.startswith("meta:article:") or item.origin.startswith("meta:og:article")
        for item in evidence.of("date_published")
    )


def check_article(evidence: Evidence, document: Document, *, words: int, kind: ArticleKind) -> None:
    """Raise ExtractError (`not_article`, `no_text`) where the page is a list, a shop, a film, or says nothing."""
    url = document.url
    if kind == "video":
        raise ExtractError(url, f"the page is a video with {words} words of text", "not_article")
    if not is_declared_article(evidence):
        types = {item.value for item in evidence.of("type")}
        # A list of items may be the related block beside an article; beside a whole story it is.
        told = {"ItemList"} if words >= 2 * _LEAD_WORDS_MIN else set()
        listed = sorted(types & _LIST_TYPES - told)
        if listed and not evidence.of("date_published", "schemaorg", "microdata", "meta", "layout"):
            raise ExtractError(url, f"the page is a {listed[0]}", "not_article")
        if _LIST_PATH.search(_path_of(url)):
            raise ExtractError(url, "the address is a home, tag, author, section or index page's", "not_article")
        linked = _count_linked(document) if words < _WORDS_MIN else 0
        if linked >= _LINKED_MIN:
            raise ExtractError(url, f"the page lists {linked} headlines and tells {words} words", "not_article")
    if words < _WORDS_MIN and kind == "article":
        raise ExtractError(url, f"{words} words of text", "no_text")


def check_prose(document: Document, text: str | None) -> None:
    """Raise ExtractError where what came is no page (`not_html`), or its `text` is nobody's writing (`no_text`)."""
    if document.page.media_type != "text/plain" and not _TAG.search(document.text):
        raise ExtractError(document.url, "no element in it", "not_html")
    start = (text or "")[:_PROSE_CHARS]
    pieces = [piece for piece in start.split() if piece.isalnum() or _SPOKEN.search(piece)]  # ornaments aside
    printed = "".join(pieces)
    sample = printed[:: 1 + len(printed) // _SAMPLE_CHARS]
    readable = sum(times for char, times in Counter(sample).items() if unicodedata.category(char)[0] in "LMN")
    share = readable / max(len(sample), 1)
    if printed and share < _READABLE_SHARE_MIN:
        raise ExtractError(document.url, f"{share:.0%} of the text are letters and digits", "no_text")
    mean_chars = len(printed) / max(len(pieces), 1)
    if mean_chars > _WORD_CHARS_MAX and not is_unspaced(start):
        raise ExtractError(document.url, f"words of {mean_chars:.0f} characters", "no_text")


def _count_linked(document: Document) -> int:
    """How many headings are links to something else: what a list is made of."""
    headings = (item for item in document.root.iter("h2", "h3", "h4") if item.getparent() is not None)
    linked = (item for item in headings if item.find(".//a") is not None or item.getparent().tag == "a")
    return sum(count_words(item.text_content()) >= _LINKED_WORDS_MIN for item in linked)


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
