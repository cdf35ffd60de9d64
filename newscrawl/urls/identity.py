"""The key: one string for every address of the same page, as far as the address alone can tell."""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote

from newscrawl.errors import PageError
from newscrawl.urls.forms import Parts, is_file, names_page, registered_domain, take_apart
from newscrawl.urls.parameters import read_parameters, without_tracking, write_parameters
from newscrawl.urls.rules import (
    AMP_SEGMENTS,
    FORM_SEGMENTS,
    HOST_LABELS,
    INDEX_FILE,
    LISTING_SEGMENTS,
    PATH_ENDINGS,
    TYPE_SEGMENTS,
    WRAPPERS,
)

_UNWRAPS = 3
_WRAPPING = tuple(host for host, _, _ in WRAPPERS if host and host != "google")
_WRAPPERS_ANYWHERE = tuple(row for row in WRAPPERS if not row[0])
_SLASHES = re.compile(r"/{2,}")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
# Escapes of characters that mean themselves in a path or query: RFC 3986 lets them differ, no news site does.
_PLAIN_ESCAPES = re.compile(r"%(?:2[124789AC]|3A|40)")
_DIGIT_OR_HYPHEN = re.compile(r"[\d_-]")


def key(url: str, *, noise: Collection[str] = ()) -> str:
    """The identity of the page at `url`: host and path without the forms it comes in, and what its query says.

    Folded: scheme, `www` and mobile hosts, tracking and session parameters, their order, AMP and print forms, index
    files, `.html`, slashes, escapes, fragments, and wrappers (archives, AMP caches, redirectors). Kept: case of the
    path, unknown parameters. `noise`: parameters learned to mean nothing on this host, in lower case.
    Raises PageError (`bad_url`).
    """
    return _key(url, frozenset(noise))


@lru_cache(maxsize=4_096)  # an article on its way to the store asks for the key of its address fifteen times
def _key(url: str, noise: frozenset[str]) -> str:
    if is_file(url):
        return url
    parts = _unwrap(take_apart(url))
    query = _fold_query(parts, noise) if parts.query else ""
    port = "" if parts.port is None else f":{parts.port}"
    fragment = f"#{parts.fragment}" if names_page(parts.fragment) else ""
    return _fold_host(parts.host) + port + _fold_path(parts.path) + (f"?{query}" if query else "") + fragment


def _fold_query(parts: Parts, noise: Collection[str]) -> str:
    parameters = without_tracking(read_parameters(parts.query), parts.fragment)
    pairs = [(_plain(name), _plain_value(value)) for name, value in parameters if name.lower() not in noise]
    return write_parameters(sorted(pairs, key=lambda pair: (pair[0], pair[1] or "")))


@lru_cache(maxsize=4_096)
def _fold_host(host: str) -> str:
    """`host` without labels that only choose how a page is shown; the registered domain stays whole."""
    domain = registered_domain(host)
    if not domain or host == domain:
        return host
    labels = host[: -len(domain) - 1].split(".")
    return ".".join([*(label for label in labels if label not in HOST_LABELS), domain])


def _fold_path(path: str) -> str:
    path = _SESSION_IN_PATH.sub("", _SLASHES.sub("/", _plain(path)))
    segments = _without_forms([segment for segment in path.split("/") if segment])
    if segments and INDEX_FILE.fullmatch(segments[-1]):
        segments.pop()
    if segments:
        for ending, replacement in PATH_ENDINGS:
            segments[-1] = ending.sub(replacement, segments[-1]) or segments[-1]
    return "/" + "/".join(segments)


def _without_forms(segments: list[str]) -> list[str]:
    """`segments` without those that say AMP or print, where an article's own segment is left."""
    kept: list[str] = []
    for at, segment in enumerate(segments):
        lowered = segment.lower()
        following = segments[at + 1 : at + 2]
        if lowered in TYPE_SEGMENTS and following and (following[0].lower() in AMP_SEGMENTS or "-" in following[0]):
            continue
        if lowered.startswith("amp_") and len(segment) > len("amp_"):
            kept.append(segment[len("amp_") :])
        elif lowered not in FORM_SEGMENTS:
            kept.append(segment)
    if not kept or (segments[-1].lower() in FORM_SEGMENTS and not _is_article(kept)):
        return segments
    return kept


def _is_article(segments: list[str]) -> bool:
    """Whether a path that goes on with "amp" is an article's, and amp no subject."""
    return segments[-1].lower() not in LISTING_SEGMENTS and (
        len(segments) > 1 or _DIGIT_OR_HYPHEN.search(segments[-1]) is not None
    )


def _unwrap(parts: Parts) -> Parts:
    for _ in range(_UNWRAPS):
        inner = _wrapped_in(parts)
        if inner is None:
            return parts
        parts = inner
    return parts


def _wrapped_in(parts: Parts) -> Parts | None:
    """The parts of the URL that `parts` carries, or None where it carries none that can be read."""
    known = parts.host.endswith(_WRAPPING) or "google." in parts.host
    for host, path, place in WRAPPERS if known else _WRAPPERS_ANYWHERE:
        if not _is_host(parts.host, host) or not (match := path.fullmatch(parts.path)):
            continue
        for candidate in _candidates(parts, match, place):
            try:
                return take_apart(candidate)
            except PageError:
                continue
    return None


def _candidates(parts: Parts, match: re.Match[str], place: str) -> list[str]:
    query = f"?{parts.query}" if parts.query else ""
    if place == "path":
        inner = match.group(1) if "%3A" not in match.group(1)[:8] else unquote(match.group(1))
        inner = inner if "://" in inner else inner.replace(":/", "://", 1)
        return [(inner if "://" in inner else f"http://{inner}") + query]
    if place == "amp":
        return [f"{'https' if match.group(1) else 'http'}://{match.group(2)}{query}"]
    if place == "turbo":
        return [f"https://{match.group(1)}{match.group(2)}{query}"]
    if place == "host":
        return [f"https://{_translated_host(parts.host)}{parts.path}{query}"]
    if place == "query":
        return [unquote(parts.query)]
    values = dict(read_parameters(parts.query))
    return [unquote(value) for name in place.split() if (value := values.get(name))]


def _translated_host(host: str) -> str:
    """The host that Google's translation at `host` is of: dots are written as hyphens, hyphens twice."""
    name = host.removesuffix(".translate.goog")
    return "-".join(part.replace("-", ".") for part in name.split("--"))


def _is_host(host: str, wanted: str) -> bool:
    if wanted == "google":
        return registered_domain(host).startswith("google.")
    return not wanted or host == wanted or host.endswith("." + wanted)


def _plain(text: str) -> str:
    return _PLAIN_ESCAPES.sub(lambda match: unquote(match.group()), text) if "%" in text else text


def _plain_value(value: str | None) -> str | None:
    """A value in one spelling; forms write a space as "+"."""
    return None if value is None else _plain(value.replace("+", "%20"))
