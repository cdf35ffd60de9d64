"""What a URL alone says about whether an article stands behind it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from newscrawl import limits
from newscrawl.discover.listing.vocabulary import (
    FILES,
    MEDIA_SEGMENTS,
    NOT_ARTICLE_SEGMENTS,
    SECOND_LEVEL,
    SHARE_HOSTS,
    SOFT_SEGMENTS,
)

_DATE = re.compile(r"(?:^|/)(?:19|20)\d\d[/-]?(?:\d\d?|[a-z]{3})(?:[/-]?\d\d?)?(?=/|$|[-_])|(?:19|20)\d{6}")
# The commonest address, taken apart as `urlsplit` does, in a fifth of its time.
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[!-\"$->@-~]*|)(?:\?([!-\"$-~]*))?", re.ASCII)
_DIGIT = re.compile(r"\d")
_ID = re.compile(r"\d{5,}|(?<![0-9a-z])(?=[a-z]*\d)[0-9a-z]{10,}|\d+[a-z]+\d+[0-9a-z]{4,}")
_DATE_ONLY = re.compile(r"/(?:19|20)\d\d(?:[/-]\d\d?){1,2}$|/(?:19|20)\d\d$")
_ARTICLE = re.compile(
    r"(?:article|artigo|articulo|artikel|artykul|artikkel|articol|clanok|clanek|cikk|haber|nachricht|news|noticia|notizi|"
    r"nouvelle|story|stories|view|read|detail|detalle|post|nota|item|berita|novost|novini|nieuws|nyhed|nyhet|wiadomosc|"
    r"newsview|archives|a$|v$|p$|n$|read|c$)"
)
_WORD_BREAK = re.compile(r"[-_+, ]+|%20")
_TRACKING = re.compile(
    r"^(?:utm_|at_|mc_|fbclid|gclid|ref$|ref_|src$|intcmp|icid|cmp|cmpid|ito$|_r$|hpid|hp$|rss$|partner$|spm|"
    r"from$|xtor|ns_|WT\.|smid|soc_)",
    re.IGNORECASE,
)
_ID_PARAMETER = re.compile(
    r"^(?:id|p|a|aid|nid|sid|cod|idx|idxno|no|newsid|articleid|article|artid|story|item|oid|docid|url)$", re.I
)


_FROM_ROOT = re.compile(r"//?[A-Za-z0-9]")
_EXTENSION_CHARS = 8
_NEAR_FOLDERS = 2
_NEVER = NOT_ARTICLE_SEGMENTS - SOFT_SEGMENTS
_NEVER_OR_VAGUE = NOT_ARTICLE_SEGMENTS | SOFT_SEGMENTS
_PAGE_EXTENSIONS = frozenset(("html", "htm", "shtml", "php", "asp", "aspx", "jsp", "cms", "ece", "do", "stm", "xhtml"))


@dataclass(slots=True)  # not frozen, which takes ten times as long to make
class Address:
    """One link target, taken apart; shared by all who ask for it, so nobody changes it."""

    url: str
    key: str
    """The same for every way a page links to one article."""
    host: str
    domain: str
    """Registrable domain, near enough."""
    path: str
    dated: bool
    numbered: bool
    slug_words: int
    depth: int
    page_file: bool
    """The path ends in .html, .php, …"""
    date_only: bool
    """The path ends with a date: the archive of a day or month."""
    named: bool
    """A path segment says article, story, noticia, …"""
    not_article: bool
    media: bool
    root: bool
    """A home page."""
    shape: str
    """The path's shape: addresses of one template share it."""

    @property
    def specific(self) -> bool:
        """Whether a date, an id or a slug says that it is one thing's address."""
        return self.dated or self.numbered or self.slug_words >= 3


class Base:
    """What the links of one page are relative to; each spelling of a link is read once."""

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            parts = urlsplit(url)
            self._scheme, self._origin = parts.scheme, f"{parts.scheme}://{parts.netloc}"
        except ValueError:
            self._scheme = self._origin = ""
        self._known: dict[str, Address | None] = {}

    def read(self, href: str) -> Address | None:
        """The address behind `href`; None where no article can be."""
        if href not in self._known:
            url = self.join(href)
            self._known[href] = read_address(url.partition("#")[0]) if url is not None else None
        return self._known[href]

    def join(self, href: str) -> str | None:
        """As `urljoin`, which need not be asked about the commonest forms; None where it refuses."""
        if href.isprintable():
            if href.startswith(("https://", "http://")):
                return href
            if self._scheme and _FROM_ROOT.match(href) and "/." not in href:
                return (f"{self._scheme}:" if href.startswith("//") else self._origin) + href
        try:
            return urljoin(self._url, href)
        except ValueError:
            return None


@lru_cache(maxsize=8192)
def read_address(url: str) -> Address | None:
    """Take `url` apart; None where it cannot be an article's (another scheme, a file, a share link, a template's)."""
    if len(url) > limits.URL_BYTES:
        return None
    if "${" in url or "{{" in url or "<%" in url:  # what a script was to fill in
        return None
    split = _split(url)
    if split is None:
        return None
    host, path, asked = split
    path = path.replace("//", "/").rstrip("/")
    if "%" in path:
        path = unquote(path).rstrip("/")
    end = path[-_EXTENSION_CHARS:]
    if _is_share_host(host) or ("." in end and FILES.search(end)):
        return None
    query = _read_query(asked) if asked else []
    key = host + path + ("?" + "&".join(f"{name}={value}" for name, value in query) if query else "")
    return _describe(url, key, host, path, query)


def _split(url: str) -> tuple[str, str, str] | None:
    """Host, path and query of `url`; None where it is no page's."""
    if plain := _PLAIN.fullmatch(url):
        host, path, query = plain.groups()
        return host.removeprefix("www."), path, query or ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = _host(parts)
    if parts.scheme not in ("http", "https", "file") or not (host or parts.scheme == "file"):
        return None
    return host, parts.path, parts.query


def _read_query(query: str) -> list[tuple[str, str]]:
    """Parameters, without those that only say where a reader came from."""
    if "%" in query or "+" in query:
        parameters = parse_qsl(query, keep_blank_values=True)
    else:  # nothing to decode, as in most
        parameters = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&") if part)]
    return [parameter for parameter in parameters if not _TRACKING.match(parameter[0])]


def _describe(url: str, key: str, host: str, path: str, query: list[tuple[str, str]]) -> Address:
    lowered = path.lower()
    directory, _, name = lowered.rpartition("/")
    stem, page_file = _split_extension(name)
    folders, last = _read_folders(directory), _read_segment(stem)
    has_century = "20" in lowered or "19" in lowered  # as few have, and as all dates begin
    dated = has_century and _DATE.search(lowered) is not None
    numbered = last.numbered or folders.numbered or (bool(query) and _has_id(query))
    slug_words = max(last.words, folders.words)
    refused = _NEVER if dated or numbered or slug_words >= 4 else _NEVER_OR_VAGUE
    date_only = has_century and _DATE_ONLY.search(lowered) is not None
    named = (folders if folders.names else last).named or (bool(query) and _is_named(query))
    not_article = stem in refused or not refused.isdisjoint(folders.names)
    media = last.media or folders.media or host.partition(".")[0] in MEDIA_SEGMENTS
    depth = len(folders.names) + bool(name)
    asked = "?" + "&".join(sorted([name for name, _ in query])) if query else ""
    shape = f"{host}/{folders.shape}{last.kind if name else ''}{'.x' if page_file else ''}{asked}"
    return Address(
        url, key, host, domain_of(host), path, dated, numbered, slug_words, depth, page_file,
        date_only, named, not_article, media, not path and not query, shape,
    )  # fmt: skip


def _has_id(query: list[tuple[str, str]]) -> bool:
    return any(_ID_PARAMETER.match(name) and any(map(str.isdigit, value)) for name, value in query)


def _is_named(query: list[tuple[str, str]]) -> bool:
    return any(_ARTICLE.match(name) for name, _ in query)


@dataclass(slots=True)
class _Segment:
    kind: str
    """Y a year, N a number, S a slug, SN a slug with an id, I an id, w a word or two."""
    words: int
    numbered: bool
    named: bool
    media: bool


@lru_cache(maxsize=8192)
def _read_segment(name: str) -> _Segment:
    parts = _WORD_BREAK.split(name)
    words = len(parts) - parts.count("") - sum(map(str.isdigit, parts))
    numbered = _DIGIT.search(name) is not None and _ID.search(name) is not None
    if name.isdigit():
        kind = "Y" if len(name) == 4 and name[:2] in ("19", "20") else "N"
    elif words >= 3:
        kind = "SN" if numbered else "S"
    else:
        kind = "I" if numbered else "w"
    return _Segment(kind, words, numbered, bool(_ARTICLE.match(name)), name.rstrip("0123456789") in MEDIA_SEGMENTS)


@dataclass(slots=True)
class _Folders:
    """What the segments before the last say together."""

    names: tuple[str, ...]
    shape: str
    words: int
    """Most words of one of the nearest."""
    numbered: bool
    named: bool
    media: bool


@lru_cache(maxsize=8192)
def _read_folders(directory: str) -> _Folders:
    names = tuple(filter(None, directory.split("/")))
    segments = list(map(_read_segment, names))
    return _Folders(
        names=names,
        shape="".join(f"{segment.kind}/" for segment in segments),
        words=max((segment.words for segment in segments[-_NEAR_FOLDERS:]), default=0),
        numbered=any(segment.numbered for segment in segments),
        named=any(segment.named for segment in segments),
        media=any(segment.media for segment in segments),
    )


def _split_extension(name: str) -> tuple[str, bool]:
    stem, dot, extension = name.rpartition(".")
    return (stem, True) if dot and extension in _PAGE_EXTENSIONS else (name, False)


@lru_cache(maxsize=4096)
def _is_share_host(host: str) -> bool:
    return SHARE_HOSTS.search(host) is not None


@lru_cache(maxsize=4096)
def domain_of(host: str) -> str:
    """The registrable domain of `host`, by the two-label rule and the common second-level names."""
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


def host_of(url: str) -> str:
    """The host of `url` without "www."; empty where it has none."""
    try:
        return _host(urlsplit(url))
    except ValueError:
        return ""


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
