"""What a type cannot say of a seed's value. Each check raises ValueError with the reason, for a person."""

import re
import warnings
from difflib import get_close_matches
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.etree import XPathError

from newscrawl import limits

# RFC 5646 without its grandfathered and private tags: language, script, region, variants, extensions.
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|[0-9]{3}))?(-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})){0,4}"
)
_NOT_IN_URL = re.compile(r"[\s\\\x00-\x20\x7f<>\"]")
# One piece of a regular expression: an escape, a character class, a quantifier, or any other character.
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_REPEATS = re.compile(r"[*+]|\{\d*,?\d*\}")


def check_url(url: str, schemes: tuple[str, ...] = ("http", "https")) -> None:
    """Refuse what is not an absolute URL of `schemes` that every parser reads alike."""
    if len(url.encode("utf-8", "replace")) > limits.URL_BYTES:
        raise ValueError(f"longer than {limits.URL_BYTES} bytes")
    if _NOT_IN_URL.search(url):
        raise ValueError("a URL holds no spaces, quotes, angle brackets or backslashes")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"not a URL: {error}") from None
    if parts.scheme not in schemes:
        raise ValueError(f"{url[:80]!r} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if parts.scheme != "file" and not host:
        raise ValueError("the URL names no host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("no user name or password in a URL")


def check_language(tag: str) -> None:
    """Refuse what is not a BCP 47 tag."""
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is not a BCP 47 language tag such as 'en' or 'pt-BR'")


def check_timezone(name: str) -> None:
    """Refuse what is not an IANA zone; a near miss is named."""
    if name not in _zones():
        near = get_close_matches(name, _zones(), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else " such as 'Europe/London'"
        raise ValueError(f"{name!r} is not an IANA time zone{hint}")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime"}


def check_pattern(pattern: str) -> None:
    """Refuse a regular expression that does not compile, or whose matching can take exponential time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, Warning, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    if _nests_repeats(pattern):
        raise ValueError("a repeated group must not repeat or choose inside itself, as matching could take for ever")


def _nests_repeats(pattern: str) -> bool:
    """Whether a group that holds a repeat or a choice is itself repeated, as in `(a+)+` and `(a|aa)*`."""
    pieces = _PIECE.findall(pattern)
    depths = [False]
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=True):
        if piece == "(":
            depths.append(False)
        elif piece == ")" and len(depths) > 1:
            inside = depths.pop()
            if inside and _REPEATS.fullmatch(after):
                return True
            depths[-1] = depths[-1] or inside
        elif piece == "|" or _REPEATS.fullmatch(piece):
            depths[-1] = True
    return False


def check_selector(selector: str) -> None:
    """Refuse what is not a CSS selector of elements."""
    try:
        CSSSelector(selector, translator="html")
    except (SelectorError, XPathError, RecursionError, ValueError) as error:
        raise ValueError(f"not a CSS selector: {error}") from None
