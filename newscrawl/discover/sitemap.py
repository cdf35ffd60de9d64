"""Sitemaps → entries, newest first: urlset, index, news and image extensions, plain text, gzipped or not.

The XML is streamed, so that a file of a million addresses costs no more memory than its newest ones
(sitemaps.org/protocol.html; Google's news and image extensions, developers.google.com/search/docs).
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest

from lxml import etree

from newscrawl import limits
from newscrawl.discover.dates import DateReader, rough_order
from newscrawl.discover.feed import read_feed
from newscrawl.discover.filters import keep_wanted
from newscrawl.discover.xml import FEED_ROOT, check_xml, name_of, open_xml
from newscrawl.errors import DiscoverError
from newscrawl.markup import decode
from newscrawl.markup.fragment import read_line
from newscrawl.models import Channel, Entry, Listing, Page, Source
from newscrawl.text import squeeze
from newscrawl.times import Habits
from newscrawl.urls import absolute

ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,20}:)?(?:urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_LOOKED_AT = 2
"""Addresses looked at for the newest, as a multiple of those kept; what lies beyond is not read."""
_CHUNK_CHARS = 2**16
_WARNINGS_MAX = 20


@dataclass(frozen=True, slots=True)
class _Record:
    """One `<url>` or `<sitemap>` as printed; empty: absent."""

    place: int
    fields: dict[str, str]

    @property
    def time_text(self) -> str:
        return self.fields.get("news:publication_date") or self.fields.get("lastmod", "")

    @property
    def order(self) -> tuple[float, int]:
        """The newer, the larger; undated ones last, in the file's order."""
        return rough_order(self.time_text), -self.place


@dataclass(slots=True)
class _Reading:
    """What one file gave so far."""

    urls: list[_Record] = field(default_factory=list)
    sitemaps: list[_Record] = field(default_factory=list)
    count: int = 0
    cut: bool = False
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def warn(self, code: str, message: str) -> None:
        if len(self.warnings) < _WARNINGS_MAX:
            self.warnings.append((code, message))


def read_sitemap(page: Page, *, source: Source, channel: Channel, habits: Habits | None = None) -> Listing:
    """The newest `limits.SITEMAP_ENTRIES` addresses, newest first, and the children of an index, newest first.

    Headline, publisher and `date_published` come from the news extension only; `lastmod` is `date_modified`. An
    entry's position is its place in the file. Bad entries are left out with a warning. A feed is read as a feed.
    Raises DiscoverError: `not_a_sitemap`, `empty_feed`, `body_too_large`, `xml_entities`, `parse_limit`,
    `override_missed`.
    """
    body, cut = _unzip(page)
    text = decode(body, content_type=page.headers.get("content-type"), known=page.encoding).text.lstrip(
        "\ufeff\0 \t\r\n"
    )
    if not text.startswith("<"):
        reading = _read_lines(text, page)
    elif not ROOT.search(text) and FEED_ROOT.search(text):  # the protocol allows a feed in place of a sitemap
        return read_feed(page, source=source, channel=channel, habits=habits)
    else:
        reading = _read_xml(text, page.url)
    if cut:
        reading.warnings.insert(0, ("truncated", "the gzip stream ends early"))  # before what follows from it
    dates = DateReader(page=page, source=source, origin="sitemap", habits=habits)
    records = nlargest(limits.SITEMAP_ENTRIES, reading.urls, key=lambda record: record.order)
    entries = keep_wanted(_entries(records, page, channel, dates, reading), channel, page.url)
    sitemaps = tuple(_addresses(reading, page))
    if not entries and not sitemaps:
        why = f": {reading.warnings[0][1]}" if reading.warnings else ""
        raise DiscoverError(page.url, f"{reading.count} addresses, none to be used{why}", "empty_feed")
    over = reading.cut or reading.count > limits.SITEMAP_ENTRIES or len(sitemaps) > limits.SITEMAP_FILES
    if over:
        reading.warnings.append(("entry_limit", "more addresses than the limit, the newest of those read kept"))
    return Listing(
        entries=entries,
        children=sitemaps[: limits.SITEMAP_FILES],
        warnings=(*reading.warnings, *dates.warnings),
        truncated=cut or over,
    )


def _unzip(page: Page) -> tuple[bytes, bool]:
    """(body, whether its end is missing)."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page.body[: limits.FEED_BYTES], False
    stream = zlib.decompressobj(wbits=31)
    try:
        body = stream.decompress(page.body, limits.FEED_BYTES + 1)
    except zlib.error as error:
        raise DiscoverError(page.url, f"not gzip: {error}", "not_a_sitemap") from None
    if len(body) > limits.FEED_BYTES:
        raise DiscoverError(page.url, f"more than {limits.FEED_BYTES} bytes unzipped", "body_too_large")
    return body, not stream.eof


def _read_lines(text: str, page: Page) -> _Reading:
    """A text sitemap: one address a line."""
    reading = _Reading()
    bad = 0
    for line in text.splitlines():
        address = line.strip()
        if not address:
            continue
        if not address.startswith(("http://", "https://")) or len(address) > limits.URL_BYTES:
            bad += 1
            continue
        reading.count += 1
        if reading.count > limits.SITEMAP_ENTRIES:
            reading.cut = True
            break
        reading.urls.append(_Record(reading.count - 1, {"loc": address}))
    if bad >= reading.count:
        raise DiscoverError(page.url, "neither XML nor a list of addresses", "not_a_sitemap")
    if bad:
        reading.warn("bad_url", f"{bad} lines are no addresses")
    return reading


def _read_xml(text: str, url: str) -> _Reading:
    text = open_xml(text, url, ROOT, "not_a_sitemap")
    check_xml(text, url, elements_max=limits.FEED_BYTES)
    reading = _Reading()
    for element in _stream(text, reading):
        if reading.count >= _LOOKED_AT * limits.SITEMAP_ENTRIES:
            reading.cut = True
            break
        record = _Record(reading.count, _fields(element))
        reading.count += 1
        kept = reading.sitemaps if name_of(str(element.tag)) == "sitemap" else reading.urls
        kept.append(record)
        if len(kept) >= 2 * limits.SITEMAP_ENTRIES:
            kept[:] = nlargest(limits.SITEMAP_ENTRIES, kept, key=lambda record: record.order)
    return reading


def _stream(text: str, reading: _Reading) -> Iterator[etree._Element]:
    parser = etree.XMLPullParser(
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for start in range(0, len(text), _CHUNK_CHARS):
            parser.feed(text[start : start + _CHUNK_CHARS].encode("utf-8", "replace"))
            for _event, element in parser.read_events():
                if isinstance(element, etree._Element):
                    yield element
                    _forget(element)
        parser.close()
    except etree.XMLSyntaxError as error:
        reading.warn("malformed", str(error))
    faults = [fault for fault in parser.feed_error_log if fault.domain != etree.ErrorDomains.NAMESPACE]
    if faults:
        reading.warn("malformed", f"not well-formed XML: line {faults[0].line}: {faults[0].message[:200]}")


def _forget(element: etree._Element) -> None:
    """Free what was read; the parser still holds the element itself."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _fields(element: etree._Element) -> dict[str, str]:
    """Texts inside the element by name, at any depth; of several the first."""
    fields: dict[str, str] = {}
    for leaf in element.iterdescendants("*"):
        if leaf.text and not len(leaf):
            fields.setdefault(name_of(str(leaf.tag)), leaf.text[: 2 * limits.URL_BYTES].strip())
    return fields


def _entries(
    records: list[_Record], page: Page, channel: Channel, dates: DateReader, reading: _Reading
) -> Iterator[Entry]:
    seen: set[str] = set()
    for record in records:
        url = _address(record, page, reading)
        if url is None or url in seen:
            continue
        seen.add(url)
        fields = record.fields
        image = fields.get("image:loc")
        publisher = _line(fields.get("news:name"), limits.AUTHOR_CHARS)
        yield Entry(
            url=url,
            headline=_line(fields.get("news:title"), limits.HEADLINE_CHARS),
            publisher=publisher,
            image_url=absolute(image, page.url) if image else None,
            position=record.place,
            time_text=squeeze(record.time_text)[: limits.DATE_TEXT_CHARS] or None,
            date_published=dates.read(fields.get("news:publication_date")),
            date_modified=dates.read(fields.get("lastmod")),
            channel_url=channel.url,
            origins={"publisher": "element"} if publisher else {},
        )


def _line(text: str | None, chars: int) -> str | None:
    return read_line(text[:chars]) if text else None


def _addresses(reading: _Reading, page: Page) -> Iterator[str]:
    """Children of an index, newest first."""
    seen: set[str] = set()
    for record in nlargest(2 * limits.SITEMAP_FILES, reading.sitemaps, key=lambda record: record.order):
        url = _address(record, page, reading)
        if url in (page.url, page.requested_url):
            reading.warn("sitemap_cycle", f"lists itself: {url}")
        elif url and url not in seen:
            seen.add(url)
            yield url


def _address(record: _Record, page: Page, reading: _Reading) -> str | None:
    loc = record.fields.get("loc", "")
    url = absolute(loc, page.url) if loc else None
    if url is None:
        scheme = loc.partition(":")[0].lower()
        code = "blocked_scheme" if ":" in loc[:20] and scheme not in ("http", "https") else "bad_url"
        reading.warn(code, f"entry {record.place}: {loc[:80]!r}")
    return url
