"""Page → Entry …: listings, feeds, sitemaps, plain text."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from newscrawl.discover.feed import read_feed
from newscrawl.discover.listing import read_html
from newscrawl.discover.plaintext import read_plaintext
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.errors import DiscoverError, PageError
from newscrawl.markup import format_of
from newscrawl.models import Channel, Entry, Listing, Page, Source
from newscrawl.times import Habits

__all__ = ["read_entries", "read_listing"]

_START_BYTES = 1024
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]|^\s*\{\s*\"version\"\s*:\s*\"https?://jsonfeed",
    re.S,
)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|a|ul|table|section|article|meta)\b", re.IGNORECASE)


def read_listing(
    page: Page,
    *,
    source: Source,
    channel: Channel,
    wrapper: Mapping[str, Any] | None = None,
    habits: Habits | None = None,
) -> Listing:
    """Everything that one answer of `channel` announces, whatever form it came in.

    `wrapper`: what the last read of this channel gave as `Listing.wrapper`. Raises DiscoverError.
    """
    try:
        return _read(page, source, channel, wrapper, habits)
    except DiscoverError:
        raise
    except PageError as error:
        raise DiscoverError(error.url, error.reason, error.outcome) from error


def _read(
    page: Page, source: Source, channel: Channel, wrapper: Mapping[str, Any] | None, habits: Habits | None
) -> Listing:
    read = _reader_of(page, channel)
    if read is None:
        return read_html(page, source=source, channel=channel, wrapper=wrapper, habits=habits)
    listing = read(page, source=source, channel=channel, habits=habits)
    missed = [
        ("override_missed", f"{part}: {css!r} selects in HTML, which this is not")
        for part, css in channel.select.items()
    ]
    return replace(listing, warnings=(*listing.warnings, *missed)) if missed else listing


def _reader_of(page: Page, channel: Channel) -> Callable[..., Listing] | None:
    """What reads an answer of this form; None: it is HTML."""
    start = page.body[:_START_BYTES].removeprefix(b"\xef\xbb\xbf")
    if channel.kind == "sitemap" or (channel.kind == "listing" and _SITEMAP.search(_unzipped(start))):
        return read_sitemap
    if channel.kind == "feed" or _FEED.search(start):
        return read_feed
    if name := format_of(start):
        raise DiscoverError(page.url, f"the body is {name}", "not_html")
    return read_plaintext if _is_text(page, start) else None


def _unzipped(start: bytes) -> bytes:
    """What a gzip file that begins so holds at its start, as sitemaps do; all else as it is."""
    try:
        return zlib.decompressobj(wbits=31).decompress(start, _START_BYTES)
    except zlib.error:
        return start


def _is_text(page: Page, start: bytes) -> bool:
    if page.media_type in ("text/html", "application/xhtml+xml"):
        return False
    return not _MARKUP.search(page.body[: 8 * _START_BYTES]) or (
        page.media_type == "text/plain" and not start.lstrip().startswith(b"<")
    )


def read_entries(page: Page, *, source: Source | None = None, channel: Channel | None = None) -> tuple[Entry, ...]:
    """The entries that `page` announces; source and channel are made of its URL where none is given.

    Raises DiscoverError.
    """
    if source is None:
        host = urlsplit(page.url).hostname or "page"
        source = Source(id=f"url_{host}", publisher=host, url=page.url, country="zz")
    if channel is None:
        channel = Channel(kind="listing", url=page.requested_url or page.url)
    return read_listing(page, source=source, channel=channel).entries
