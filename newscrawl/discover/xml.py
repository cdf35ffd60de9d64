"""XML of strangers → trees: refused when it defines entities, mended where publishers commonly break it.

lxml reads it, recovering: it is bounded, opens no file and no connection, and keeps what stands before and after a
fault. feedparser is not used: its time is quadratic in an author's length and in attributes of one element, and it
would decode with any codec a feed names (measured 2026-11-23 with 6.0.14).
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5
from io import StringIO

from lxml import etree

from newscrawl import limits
from newscrawl.errors import DiscoverError
from newscrawl.markup.tree import clean_text

FEED_ROOT = re.compile(r"<(?:([A-Za-z][\w.-]{0,20}):)?(?:rss|feed|rdf|channel)(?=[\s>])", re.IGNORECASE)
_HTML = re.compile(r"<(?:html|head|body)[\s>/]", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
# One without an end reaches to the end of the text, so that many of them stay linear.
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
# What XML knows is passed over: escaped HTML has millions of them.
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,8});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?"
)
# A start tag; what looks like one inside a quoted value is none. Possessive: else a tag of 2 MB takes 250 MB, kept to
# go back in.
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")

# Namespace, without scheme and closing slash → the prefix its names are known by here. Empty: the bare name.
_PREFIXES = {
    "": "",
    "www.w3.org/2005/atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "news.yandex.ru": "yandex:",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss2": "",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "www.google.com/schemas/sitemap/0.84": "",
    "www.google.com/schemas/sitemap/0.9": "",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/dc/elements/1.0": "dc:",
    "purl.org/dc/terms": "dcterms:",
    "purl.org/rss/1.0/modules/content": "content:",
    "purl.org/rss/1.0/modules/syndication": "sy:",
    "search.yahoo.com/mrss": "media:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "www.w3.org/xml/1998/namespace": "xml:",
    "www.google.com/schemas/sitemap-news/0.9": "news:",
    "www.google.com/schemas/sitemap-image/1.1": "image:",
}


def open_xml(text: str, url: str, root: re.Pattern[str], outcome: str) -> str:
    """`text` from its root element on, mended. `root` matches the start tags of roots that are expected.

    Raises DiscoverError: `xml_entities` when entities are defined before the root; `outcome` when there is no such
    root, or HTML above it.
    """
    found = root.search(text)
    head = text[: found.start()] if found else text
    if _ENTITY.search(head):
        raise DiscoverError(url, "defines entities of its own", "xml_entities")
    if found is None or _HTML.search(head):
        raise DiscoverError(url, f"starts with {' '.join(text[:200].split())[:60]!r}", outcome)
    return _mend(clean_text(text[found.start() :]))


def check_xml(text: str, url: str, elements_max: int | None = None) -> None:
    """Raise DiscoverError(`parse_limit`) for more elements, or attributes on one, than allowed, CDATA left out."""
    elements, most = 0, limits.ELEMENTS if elements_max is None else elements_max
    for part in _CDATA.split(text)[::2]:
        for tag in _TAG.finditer(part):
            elements += 1
            start, end = tag.span()
            if end - start > 2 * limits.ELEMENT_ATTRIBUTES and _attributes(tag.group()) > limits.ELEMENT_ATTRIBUTES:
                raise DiscoverError(
                    url, f"more than {limits.ELEMENT_ATTRIBUTES} attributes on one element", "parse_limit"
                )
    if elements > most:
        raise DiscoverError(url, f"{elements} elements, the limit is {most}", "parse_limit")


def _attributes(tag: str) -> int:
    return len(_QUOTED.sub(" ", tag).split())


def _mend(text: str) -> str:
    """HTML's entities as characters and bare ampersands escaped, outside CDATA sections."""
    if "&" not in text:
        return text
    parts = _CDATA.split(text)
    parts[::2] = [_mend_ampersands(part) for part in parts[::2]]
    return "".join(parts)


def _mend_ampersands(text: str) -> str:
    """As `_AMPERSAND.sub`, which would hold every piece of the text as a string of its own."""
    mended, position = StringIO(), 0
    for match in _AMPERSAND.finditer(text):
        mended.write(text[position : match.start()])
        mended.write(_mend_ampersand(match))
        position = match.end()
    mended.write(text[position:])
    return mended.getvalue()


def _mend_ampersand(match: re.Match[str]) -> str:
    name = match.group(1)
    character = html5.get(f"{name};") if name else None
    return html.escape(character) if character else "&amp;" + match.group(0)[1:]


def parse_xml(text: str) -> tuple[etree._Element | None, bool]:
    """(root, whether `text` was well-formed but for undeclared prefixes). Recovers; deaf to DTDs and the network."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    return root, all(entry.domain == etree.ErrorDomains.NAMESPACE for entry in parser.error_log)


@lru_cache(maxsize=1_024)
def name_of(tag: str) -> str:
    """The tag as `title`, `dc:creator`, …, whichever prefix the document uses; `?:name` in an unknown namespace."""
    if not tag.startswith("{"):
        # A prefix without a declaration stays in the name; Atom's adds nothing.
        return tag.lower().removeprefix("atom:")
    space, _, local = tag[1:].partition("}")
    bare = space.lower().removeprefix("http://").removeprefix("https://").rstrip("/#")
    return _PREFIXES.get(bare, "?:") + local.lower()


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """(name, child) of each child element."""
    for child in element:
        if isinstance(child.tag, str):
            yield name_of(child.tag), child


def fields_of(element: etree._Element) -> dict[str, list[etree._Element]]:
    """The child elements by name, in document order."""
    fields: dict[str, list[etree._Element]] = {}
    for name, child in children(element):
        fields.setdefault(name, []).append(child)
    return fields
