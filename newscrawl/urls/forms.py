"""A URL taken apart under one strict reading, and its fetchable forms."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

import idna
from tldextract import TLDExtract

from newscrawl import limits
from newscrawl.errors import PageError
from newscrawl.urls.parameters import read_parameters, without_tracking, write_parameters

_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_STRIPPED = "".join(map(chr, range(0x21))) + "\xa0\u3000\ufeff"
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_PAGE_FRAGMENT = re.compile(r"!.|/.|card-[0-9a-f]{16}$")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "%/:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
_SPELT = re.compile(r"[A-Za-z0-9/:@!$&'()*+,;=~._-]*")
"""What has one spelling only, as most paths do."""
# Private suffixes (blogspot.com, …) count: each blog is a site of its own. The snapshot shipped with tldextract only.
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """An http(s) URL taken apart; every part in its normal spelling."""

    scheme: str
    host: str
    port: int | None
    """None: the scheme's own."""
    path: str
    """Starts with "/"; dot segments resolved, escapes normal."""
    query: str
    fragment: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own."""
        return self.host if self.port is None else f"{self.host}:{self.port}"


def take_apart(url: str) -> Parts:
    """The parts of an absolute http(s) URL. Raises PageError (`bad_url`).

    Refused, because parsers read them differently: user names, backslashes in the authority, control characters.
    """
    text = url.strip(_STRIPPED)
    if len(text.encode("utf-8", "replace")) > limits.URL_BYTES:
        raise _bad(url, f"longer than {limits.URL_BYTES} bytes")
    if _CONTROL.search(text):
        raise _bad(url, "holds control characters")
    try:
        split = urlsplit(text)
        port = split.port
    except ValueError:
        raise _bad(url, "cannot be parsed") from None
    if split.scheme not in _PORTS:
        raise _bad(url, "neither http nor https")
    if "@" in split.netloc or "\\" in split.netloc or text[len(split.scheme) + 1 :][:2] != "//":
        raise _bad(url, "no plain host name")
    return Parts(
        split.scheme,
        _read_host(url, split.hostname or ""),
        None if port == _PORTS[split.scheme] else port,
        _resolve_dots(_spell(split.path, _PATH_SAFE)) or "/",
        _spell(split.query, _QUERY_SAFE),
        _spell(split.fragment, _QUERY_SAFE),
    )


def absolute(url: str, base: str) -> str | None:
    """What the link `url` on a page at `base` points to, as a browser reads it; None: to no http(s) page."""
    text = url.strip(_STRIPPED).replace("\n", "").replace("\r", "").replace("\t", "").replace(" ", "%20")
    try:
        joined = urljoin(base.strip(_STRIPPED), text)
        parts = take_apart(joined)
    except (ValueError, PageError):
        return None
    return _put_together(parts, parts.query, parts.fragment)


def canonical(url: str) -> str:
    """`url` as we would fetch it: one spelling, no fragment, no tracking parameters. Raises PageError (`bad_url`)."""
    if is_file(url):
        return url
    parts = take_apart(url)
    parameters = read_parameters(parts.query)
    kept = without_tracking(parameters, parts.fragment)
    query = parts.query if kept == parameters else write_parameters(kept)
    made = _put_together(parts, query, parts.fragment if names_page(parts.fragment) else "")
    if len(made) > limits.URL_BYTES:
        raise _bad(url, f"longer than {limits.URL_BYTES} bytes once it is percent-encoded")
    return made


def is_file(url: str) -> bool:
    """Whether `url` is a saved page that the user named; no link leads to one (`absolute` answers None)."""
    return url.startswith("file:///")


def names_page(fragment: str) -> bool:
    """Whether a fragment says which page it is: `#!/…` and `#/…` of one-page sites, `#card-…` of link-less cards."""
    return bool(_PAGE_FRAGMENT.match(fragment))


def host_of(url: str) -> str:
    """The host, in ASCII lower case, without port; empty for a saved page. Raises PageError (`bad_url`)."""
    return "" if is_file(url) else take_apart(url).host


def site_of(url: str) -> str:
    """The registered domain (`example.co.uk`), else the host; empty for a saved page. Raises PageError (`bad_url`)."""
    host = host_of(url)
    return registered_domain(host) or host


@lru_cache(maxsize=4_096)
def registered_domain(host: str) -> str:
    """The part of `host` that someone registered; empty for addresses, bare names and public suffixes."""
    return _suffixes.extract_str(host).top_domain_under_public_suffix


def _put_together(parts: Parts, query: str, fragment: str) -> str:
    return parts.origin + parts.path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


@lru_cache(maxsize=4_096)
def _ascii_host(host: str) -> str:
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    return host.rstrip(".")


def _read_host(url: str, host: str) -> str:
    if ":" in host:
        bracketed = f"[{host}]"
        if not _IPV6.fullmatch(bracketed):
            raise _bad(url, "no plain host name")
        return bracketed
    try:
        name = _ascii_host(host)
    except UnicodeError:  # idna.IDNAError is one
        raise _bad(url, "no plain host name") from None
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise _bad(url, "no plain host name")
    return name


def _spell(text: str, safe: str) -> str:
    """One spelling of the escapes: unreserved characters bare, the rest in upper case, nothing outside ASCII."""
    if _SPELT.fullmatch(text):
        return text
    if "%" in text:
        text = _ESCAPE.sub(_spell_escape, text)
    return quote(text, safe=safe)


def _spell_escape(match: re.Match[str]) -> str:
    if not match.group(1):
        return "%25"
    code = int(match.group(1), 16)
    return chr(code) if code in _UNRESERVED else match.group(0).upper()


def _resolve_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _bad(url: str, reason: str) -> PageError:
    return PageError(url[: limits.URL_BYTES], reason, "bad_url")
