"""RSS 0.9x, 1.0, 2.0 and Atom 0.3, 1.0 → Feed.

The text is cut into items first: of a million items only the newest thousand ever reach a parser, and an item that
breaks the document costs itself only.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from newscrawl.discover.feed.hints import read_hints
from newscrawl.discover.feed.items import read_item, text_of
from newscrawl.discover.feed.mending import mend_fields
from newscrawl.discover.feed.newest import newest
from newscrawl.discover.feed.record import Feed, Record
from newscrawl.discover.xml import FEED_ROOT, check_xml, children, fields_of, open_xml, parse_xml
from newscrawl.errors import DiscoverError

_ROOT_TAG = re.compile(r"""<([A-Za-z][\w.:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_WORDPRESS = re.compile(r"https?://(?:www\.)?wordpress\.(?:org|com)/", re.IGNORECASE)
_TIME = re.compile(
    r"<(?:\w{1,20}:)?(?:pubDate|date|published|issued|created|updated|modified)\b[^<>]{0,200}>\s*"
    r"(?:<!\[CDATA\[\s*)?([^<\]]{1,64})",
    re.IGNORECASE,
)


def read_xml(text: str, url: str) -> Feed:
    """The feed in `text`. Raises DiscoverError (`not_a_feed`, `xml_entities`, `parse_limit`)."""
    text = open_xml(text, url, FEED_ROOT, "not_a_feed")
    tag = _ROOT_TAG.match(text)
    opening, closing = (tag.group(), f"</{tag.group(1)}>") if tag else ("<feed>", "</feed>")
    root = FEED_ROOT.match(text)
    starts = _starts(text, (root.group(1) if root else None) or "rss")
    stops = [*starts[1:], len(text)]
    feed = _read_head(text[: starts[0]] if starts else text, url)
    feed.total = len(starts)
    broken, cut = 0, len(starts) - 1 if starts and closing.lower() not in text[starts[-1] :].lower() else None
    for index in newest(len(starts), lambda at: _time(text, starts[at], stops[at])):
        chunk = _whole_item(text[starts[index] : stops[index]])
        try:
            record, sound = _read_chunk(opening, chunk, closing, url, is_cut=index == cut)
        except DiscoverError as error:
            feed.warnings.append((error.outcome, f"entry {index}: {error.reason}"))
            continue
        feed.records.append(record)
        broken += not sound
    if broken:
        feed.warnings.append(("malformed", f"{broken} of {len(feed.records)} entries are not well-formed XML"))
    return feed


def _starts(text: str, prefix: str) -> list[int]:
    """Where items begin, outside CDATA sections and comments."""
    items = rf"(<(?:(?:{re.escape(prefix)}|rss|atom):)?(?:item|entry)(?=[\s>/]))"
    pattern = re.compile(rf"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|{items}", re.DOTALL | re.IGNORECASE)
    return [match.start() for match in pattern.finditer(text) if match.group(1)]


def _time(text: str, start: int, stop: int) -> str:
    found = _TIME.search(text, start, stop)
    return found.group(1) if found else ""


def _whole_item(chunk: str) -> str:
    """`chunk` up to the end tag of its item, without what stands between two items."""
    end = max(chunk.rfind("</item"), chunk.rfind("</entry"), chunk.rfind(":item>"), chunk.rfind(":entry>"))
    return chunk[: chunk.find(">", end) + 1] if end > 0 and ">" in chunk[end:] else chunk


def _read_chunk(opening: str, chunk: str, closing: str, url: str, *, is_cut: bool) -> tuple[Record, bool]:
    """The item, and whether it is well-formed; `is_cut`: the feed ends here, perhaps amid one of its fields."""
    check_xml(opening + chunk, url)
    root, sound = parse_xml(opening + chunk + closing)
    if not sound:
        root, _sound = parse_xml(opening + mend_fields(chunk) + closing)
    item = next(iter(root), None) if root is not None else None
    if is_cut and item is not None and len(item) and not _ends_whole(chunk, item[-1]):
        item.remove(item[-1])  # half an address leads elsewhere, half a text passes for the whole
    return (read_item(item), sound) if item is not None else (Record(), False)


def _ends_whole(chunk: str, last: etree._Element) -> bool:
    """Whether `chunk` ends with its item, or with the whole of that item's last field."""
    local = str(last.tag).rpartition("}")[2]
    name = f"{last.prefix}:{local}" if last.prefix else local
    ends = ("</item>", "</entry>", ":item>", ":entry>", f"</{name}>", *([] if len(last) or last.text else ["/>"]))
    return chunk.rstrip().endswith(ends)


def _read_head(text: str, url: str) -> Feed:
    """What stands above the first item: language, hints, next page."""
    check_xml(text, url)
    root, _sound = parse_xml(text)
    if root is None:
        return Feed(records=[], total=0)
    channel = next((child for name, child in children(root) if name == "channel"), root)
    fields = fields_of(channel)
    links = [link for owner in (root, channel) for name, link in children(owner) if name == "link"]

    def text_at(name: str) -> str:
        return text_of(fields[name][0]) if name in fields else ""

    def texts_in(outer: str, inner: str) -> Sequence[str]:
        return [text_of(child) for holder in fields.get(outer, ()) for name, child in children(holder) if name == inner]

    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    return Feed(
        records=[],
        total=0,
        language=(text_at("language") or text_at("dc:language") or root.get(lang) or "").strip()[:35] or None,
        next_url=next((link.get("href") for link in links if _rel(link) == "next"), None)
        or _next_of_wordpress(text_at("generator"), url),
        hints=read_hints(
            ttl=text_at("ttl"),
            hours=texts_in("skiphours", "hour"),
            days=texts_in("skipdays", "day"),
            period=text_at("sy:updateperiod"),
            frequency=text_at("sy:updatefrequency"),
            hubs=[link.get("href") or "" for link in links if _rel(link) == "hub"],
            base=url,
        ),
    )


def _next_of_wordpress(generator: str, url: str) -> str | None:
    """WordPress answers for `paged=2` and so on, and does not say so; None: another system made the feed."""
    if not _WORDPRESS.match(generator):
        return None
    parts = urlsplit(url)
    named = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None))
    here = named.get("paged", "1")
    if not (here.isascii() and here.isdigit() and len(here) < 6):
        return None
    return urlunsplit(parts._replace(query=urlencode(named | {"paged": str(int(here) + 1)}), fragment=""))


def _rel(link: etree._Element) -> str:
    return (link.get("rel") or "").strip().lower()
