"""One `<item>` or `<entry>` → Record. Where several elements can say the same, the rows below give their order."""

import html
import re

from lxml import etree

from newscrawl.discover.feed.record import Record
from newscrawl.discover.xml import children, fields_of
from newscrawl.text import squeeze

_XML = "{http://www.w3.org/XML/1998/namespace}"
_HTML_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

# RSS 2.0 (rssboard.org/rss-specification), Atom (RFC 4287) and 0.3, Dublin Core, Media RSS, iTunes, Yandex News.
_TITLE = ("title", "dc:title", "media:title")
_SUMMARY = ("description", "summary", "dcterms:abstract", "itunes:summary", "media:description")
_CONTENT = ("content:encoded", "yandex:full-text", "content")
_AUTHOR = ("dc:creator", "author", "itunes:author")
_GUID = ("guid", "id", "dc:identifier")
_PUBLISHED = ("pubdate", "published", "dc:date", "dcterms:issued", "dcterms:created", "issued", "created", "date")
_MODIFIED = ("updated", "dcterms:modified", "modified")
_PUBLISHER = ("source", "dc:publisher")

_Fields = dict[str, list[etree._Element]]


def read_item(item: etree._Element) -> Record:
    """What `item` says; absent elements are empty."""
    fields = fields_of(item)
    return Record(
        links=_links(item, fields),
        base=next((found for element in (item, *item.iterancestors()) if (found := element.get(f"{_XML}base"))), ""),
        guid=squeeze(_first(fields, _GUID) or item.get(_RDF_ABOUT) or ""),
        title=_first(fields, _TITLE),
        summary=_first(fields, _SUMMARY),
        content=_first(fields, _CONTENT),
        authors=[name for row in _AUTHOR for element in fields.get(row, ()) if (name := _name(element))],
        publisher=next((name for row in _PUBLISHER for element in fields.get(row, ()) if (name := _name(element))), ""),
        images=_images(item),
        published=squeeze(_first(fields, _PUBLISHED)),
        modified=squeeze(_first(fields, _MODIFIED)),
    )


def text_of(element: etree._Element) -> str:
    """The element's own text, or its child elements as markup; plain text that says it is plain comes escaped."""
    if len(element):
        return _inner_markup(element)
    text = element.text or ""
    plain = (element.get("type") or "").strip().lower() in ("text", "text/plain")
    return html.escape(text, quote=False) if plain else text


def _inner_markup(element: etree._Element) -> str:
    # XHTML prefixes go, so that an HTML parser knows the elements.
    for child in element.iterdescendants("*"):
        bare = str(child.tag).rpartition("}")[2].rpartition(":")[2]
        child.tag = bare if _HTML_NAME.fullmatch(bare) else "span"
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def _first(fields: _Fields, rows: tuple[str, ...]) -> str:
    for row in rows:
        for element in fields.get(row, ()):
            text = text_of(element)
            if text.strip():
                return text
    return ""


def _name(element: etree._Element) -> str:
    """The name in a person or source element: its `name` or `title` child, else its own text."""
    inner = next((child for name, child in children(element) if name in ("name", "title")), None)
    return text_of(inner if inner is not None else element).strip() if inner is not None or not len(element) else ""


def _links(item: etree._Element, fields: _Fields) -> list[str]:
    """Addresses of the article, the publisher's own first.

    A guid counts as one unless it says `isPermaLink="false"` (RSS 2.0). An Atom id that is an address is the last
    resort: it need not be the article's, but what has no link has nothing else.
    """
    links = [text_of(element) for element in fields.get("feedburner:origlink", ())]
    plain = [element for element in fields.get("link", ()) if (element.get("rel") or "alternate") == "alternate"]
    # An alternate in another format than HTML is only second best.
    plain.sort(key=lambda element: "html" not in (element.get("type") or "html"))
    links += [element.get("href") or element.text or "" for element in plain]
    for guid in (*fields.get("guid", ()), *fields.get("id", ())):
        text = (guid.text or "").strip()
        if (guid.get("isPermaLink") or "true").lower() != "false" and text.startswith(("http://", "https://")):
            links.append(text)
    links.append(item.get(_RDF_ABOUT) or "")
    return [link.strip() for link in links if link.strip()]


def _images(item: etree._Element) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for holder in (item, *(child for name, child in children(item) if name == "media:group")):
        for name, element in children(holder):
            if name == "media:content" and _is_image(element):
                found.append((_width(element), element.get("url") or ""))
                found += [
                    (0, thumb.get("url") or "") for inner, thumb in children(element) if inner == "media:thumbnail"
                ]
            elif name == "media:thumbnail" or (name == "enclosure" and _is_image(element)):
                found.append((_width(element), element.get("url") or ""))
            elif name == "itunes:image":
                found.append((0, element.get("href") or ""))
    return [(width, url) for width, url in found if url]


def _is_image(element: etree._Element) -> bool:
    kind = (element.get("medium") or element.get("type") or "").lower()
    address = (element.get("url") or "").lower().partition("?")[0]
    return kind.startswith("image") or (
        not kind and address.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))
    )


def _width(element: etree._Element) -> int:
    width = (element.get("width") or "").strip()
    return int(width) if width.isascii() and width.isdecimal() and len(width) < 6 else 0
