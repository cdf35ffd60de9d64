"""What a page is: an article, a live blog, a gallery, a video, or no article at all."""

import re
from urllib.parse import urlsplit

from newscrawl.errors import ExtractError
from newscrawl.extract.evidence import Evidence
from newscrawl.extract.schemaorg import ARTICLE_TYPES
from newscrawl.models import ArticleKind
from newscrawl.text import count_words

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
    {"CollectionPage", "SearchResultsPage", "ProfilePage", "ContactPage", "CheckoutPage", "Product"}
)
_LIST_PATH = re.compile(
    r"^/?$|^/(?:[\w-]+/)?(?:tags?|topics?|themen?|themes?|category|categories|kategorie|rubrik|authors?|autor(?:en|es)?|auteurs?"
    r"|search|suche|archiv|archive|archives|sections?|ressorts?)/[\w.%-]*/?$",
    re.IGNORECASE,
)
_TEXT_CHARS = 20_000
_WORDS_MIN = 25
_LEAD_WORDS_MIN = 80


def choose_kind(evidence: Evidence, url: str, text: str | None) -> ArticleKind:
    """The kind the page declares; its address decides only where little text stands beside the pictures or film."""
    words = count_words((text or "")[:_TEXT_CHARS])
    types = [item.value for item in evidence.of("type")]
    if "LiveBlogPosting" in types:
        return "live"
    written = any(name in ARTICLE_TYPES for name in types)
    for name in types:
        kind = _KINDS.get(name)
        if kind and (not written or kind == "gallery") and words < 4 * _LEAD_WORDS_MIN:
            return kind
    path = _path_of(url)
    for kind, pattern in _URL_KINDS:
        if pattern.search(path) and (kind == "live" or words < 2 * _LEAD_WORDS_MIN):
            return kind
    return "article"


def is_declared_article(evidence: Evidence) -> bool:
    """Whether the page calls itself an article in a way that section pages do not."""
    types = {item.value for item in evidence.of("type")}
    return bool(types & ARTICLE_TYPES) or any(
        item.origin.startswith("meta:article:") or item.origin.startswith("meta:og:article")
        for item in evidence.of("date_published")
    )


def check_article(evidence: Evidence, url: str, *, text: str | None, kind: ArticleKind) -> None:
    """Raise ExtractError (`not_article`, `no_text`) where the page is a list, a shop, or says nothing."""
    count = count_words((text or "")[:_TEXT_CHARS])
    declared = is_declared_article(evidence)
    if not declared:
        types = {item.value for item in evidence.of("type")}
        listed = sorted(types & _LIST_TYPES)
        if listed and not evidence.of("date_published", "schemaorg", "microdata", "meta", "layout"):
            raise ExtractError(url, f"the page is a {listed[0]}", "not_article")
        if _LIST_PATH.search(_path_of(url)):
            raise ExtractError(url, "the address is a home, tag, author or section page's", "not_article")
    if count < _WORDS_MIN and kind == "article":
        raise ExtractError(url, f"{count} words of text", "no_text")


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
