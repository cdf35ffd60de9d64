"""The one gate for every address: seeds, links, feeds, sitemaps, redirects, robots, alerts.

A URL passes when it is http or https, when every parser reads the same host out of it, and when a literal address
in it is public. Names are judged again at connect time, by the addresses they resolve to (`transport.resolver`).
"""

import ipaddress
import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from newscrawl import limits
from newscrawl.errors import PageError

Allowed = Collection[tuple[str, int]]
"""(host, port) pairs that may be reached although they are not public: `("127.0.0.1", 8000)`."""

DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA special-purpose registries, as of 2026-11 (iana.org/assignments/iana-ipv4-special-registry, …-ipv6-…), written
# out because `ipaddress.is_global` has changed its mind between patch releases of Python.
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, deprecated
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_AUTHORITY = re.compile(r"//([^/?#]*)")
_HOST_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::([0-9]{1,5}))?")
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"0x[0-9a-f]*|[0-9]+")
_DOTTED_QUAD = re.compile(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")
_HOST_CHARS = 253
# What RFC 3986 reserves or leaves unreserved, and "%": the rest is percent-encoded as UTF-8.
_SAFE = "%:/?#[]@!$&'()*+,;=-._~"


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether `ip` is an address of the public internet; addresses that embed another are judged by it."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _NOT_PUBLIC_4)
    if ip.ipv4_mapped is not None:
        return is_public(ip.ipv4_mapped)
    if ip in _NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _GLOBAL_6 and not any(ip in network for network in _NOT_PUBLIC_6)


def parse_allowed(text: str | Collection[str]) -> frozenset[tuple[str, int]]:
    """(host, port) pairs of "127.0.0.1:8000, [::1]:8001" or of a list of such. Raises ValueError for anything else."""
    parts = text.split(",") if isinstance(text, str) else text
    pairs = set()
    for part in filter(None, (part.strip() for part in parts)):
        found = _HOST_PORT.fullmatch(part)
        if found is None or found.group(2) is None or not 0 < int(found.group(2)) < 65536:
            raise ValueError(f"{part!r} is not host:port")
        pairs.add((found.group(1).strip("[]").lower().rstrip("."), int(found.group(2))))
    return frozenset(pairs)


def check_url(url: str, *, allowed: Allowed = ()) -> str:
    """`url` in the form in which it may be fetched: ASCII, host in lower case and punycode.

    Raises PageError: `blocked_scheme`, `bad_url` (too long, or parsers could disagree), `blocked_address`.
    """
    if len(url) > limits.URL_BYTES:
        raise _bad(url, f"{len(url)} characters, the limit is {limits.URL_BYTES} bytes")
    if _FORBIDDEN.search(url):
        raise _bad(url, "control characters")
    scheme_match = _SCHEME.match(url)
    if scheme_match is None:
        raise _bad(url, "no scheme")
    scheme = scheme_match.group(1).lower()
    if scheme not in DEFAULT_PORTS:
        raise PageError(_shown(url), f"scheme {scheme[:20]} is not fetched", "blocked_scheme")
    authority = _AUTHORITY.match(url, scheme_match.end())
    if authority is None:
        raise _bad(url, "no host")
    rest = url[authority.end() :]
    if "\\" in rest.partition("?")[0]:
        raise _bad(url, "a backslash")
    host, port = _read_authority(url, authority.group(1), scheme, allowed)
    shown_port = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
    path = rest if rest.startswith("/") else "/" + rest
    checked = f"{scheme}://{host}{shown_port}{quote(path, safe=_SAFE)}"
    if len(checked) > limits.URL_BYTES:
        raise _bad(url, f"{len(checked)} bytes, the limit is {limits.URL_BYTES}")
    return checked


def check_link(link: str, base: str, *, allowed: Allowed = ()) -> str:
    """`link`, as found at `base`, in the form in which it may be fetched. Raises PageError, as `check_url` does.

    Joined only once it is known to be harmless: urljoin drops tabs and takes `http:///x` for a path of `base`.
    """
    link = link.strip(" ")
    if _FORBIDDEN.search(link):
        raise _bad(link, "control characters")
    if _SCHEME.match(link):
        return check_url(link, allowed=allowed)
    try:
        return check_url(urljoin(base, link), allowed=allowed)
    except ValueError:
        raise _bad(link, "not a URL") from None


def authority_of(checked_url: str) -> str:
    """Host and port of a URL that passed the gate, as `store.base.HostState` names hosts."""
    return checked_url.split("/", 3)[2]


def _read_authority(url: str, authority: str, scheme: str, allowed: Allowed) -> tuple[str, int]:
    """The host as it is to be written, and the port."""
    found = _HOST_PORT.fullmatch(authority)
    if found is None or "@" in authority or "%" in authority or "\\" in authority:
        raise _bad(url, "no host, or one that parsers read differently")
    port = int(found.group(2)) if found.group(2) else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise _bad(url, f"port {port}")
    literal = found.group(1)
    host = _read_ipv6(url, literal) if literal.startswith("[") else _read_name(url, literal)
    if (host.strip("[]"), port) in allowed:
        return host, port
    if host == "localhost" or host.endswith(".localhost"):
        raise PageError(_shown(url), f"{host} is not a public address", "blocked_address")
    if host.startswith("[") or _DOTTED_QUAD.fullmatch(host):
        if not is_public(ipaddress.ip_address(host.strip("[]"))):
            raise PageError(_shown(url), f"{host} is not a public address", "blocked_address")
    elif _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        # Decimal, hexadecimal, octal and short forms: resolvers read them as addresses, parsers as names.
        raise PageError(_shown(url), f"{host} is an address in disguise", "blocked_address")
    return host, port


def _read_ipv6(url: str, literal: str) -> str:
    try:
        return f"[{IPv6Address(literal[1:-1])}]"
    except ValueError:
        raise _bad(url, "not an IPv6 address") from None


def _read_name(url: str, literal: str) -> str:
    """`literal` folded as browsers fold it (UTS 46), without the root's dot."""
    if len(literal) > _HOST_CHARS:
        raise _bad(url, f"a host of {len(literal)} characters")
    name = literal.lower()
    if not name.isascii():
        try:
            name = idna.encode(literal, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise _bad(url, "not a host name") from None
    name = name.removesuffix(".")
    if len(name) > _HOST_CHARS or _NAME.fullmatch(name) is None:
        raise _bad(url, "not a host name")
    if _DOTTED_QUAD.fullmatch(name) and any(int(label) > 255 for label in name.split(".")):
        raise _bad(url, "not an IPv4 address")
    return name


def _bad(url: str, reason: str) -> PageError:
    return PageError(_shown(url), reason, "bad_url")


def _shown(url: str) -> str:
    """`url` short enough and printable, for a message."""
    return url[:200].encode("unicode_escape").decode("ascii")
