"""Feed page → Listing."""

from dataclasses import replace

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.feed.entries import read_entry
from newscrawl.discover.feed.hints import with_header_hubs
from newscrawl.discover.feed.jsonfeed import read_json
from newscrawl.discover.feed.record import Feed
from newscrawl.discover.feed.xmlfeed import read_xml
from newscrawl.discover.filters import keep_wanted
from newscrawl.errors import DiscoverError, PageError
from newscrawl.markup import decode
from newscrawl.models import Channel, Entry, Listing, Page, Source
from newscrawl.times import Habits
from newscrawl.urls import absolute

_WARNINGS_MAX = 50
_TAGS_MAX = 1_000_000
"""Tags in the texts of one feed that are read: some 4 CPU seconds (measured 2026-11-25); 25 MiB can hold 8 million."""


def read_feed(page: Page, *, source: Source, channel: Channel, habits: Habits | None = None) -> Listing:
    """The newest `limits.ENTRIES` entries of a feed, in the feed's order, and its hints.

    An entry that cannot be used is left out with a warning; so is a time that cannot be read, its text kept.
    Raises DiscoverError: `not_a_feed`, `empty_feed`, `xml_entities`, `parse_limit`, `override_missed`.
    """
    decoded = decode(page.body[: limits.FEED_BYTES], content_type=page.headers.get("content-type"), known=page.encoding)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text.strip("\0 \t\r\n"):
        raise DiscoverError(page.url, "the body is empty", "empty_feed")
    feed = read_json(text, page.url) if text[0] in "{[" else read_xml(text, page.url)
    warnings = [*feed.warnings]
    if decoded.doubtful:
        warnings.append(("charset_doubtful", f"read as {decoded.encoding}, {decoded.replaced} characters replaced"))
    dates = DateReader(page=page, source=source, origin="feed", habits=habits, language=feed.language)
    entries = _read_entries(feed, page, channel, dates, warnings)
    truncated = feed.total > limits.ENTRIES
    if truncated:
        warnings.append(("entry_limit", f"{feed.total} entries, the newest {limits.ENTRIES} read"))
    if not entries:
        skipped = f": {warnings[0][1]}" if warnings else ""
        outcome = "parse_limit" if any(code == "parse_limit" for code, _ in warnings) else "empty_feed"
        raise DiscoverError(page.url, f"{feed.total} entries, none to be used{skipped}", outcome)
    return Listing(
        entries=keep_wanted(entries, channel, page.url),
        next_url=absolute(feed.next_url, page.url) if feed.next_url else None,
        hints=with_header_hubs(feed.hints, page),
        warnings=(*warnings[:_WARNINGS_MAX], *dates.warnings),
        truncated=truncated,
    )


def _read_entries(
    feed: Feed, page: Page, channel: Channel, dates: DateReader, warnings: list[tuple[str, str]]
) -> list[Entry]:
    entries: dict[tuple[str, str | None], Entry] = {}
    tags = 0
    for position, record in enumerate(feed.records):
        tags += record.content.count("<") + record.summary.count("<")
        if tags > _TAGS_MAX:
            if record.content or record.summary:
                warnings.append(
                    ("parse_limit", f"entry {position}: more than {_TAGS_MAX} tags in all, its text left out")
                )
            record.content = record.summary = ""
        try:
            entry = read_entry(record, page=page, dates=dates)
        except PageError as error:
            warnings.append((error.outcome, f"entry {position}: {error.reason}"))
            continue
        # Only the very same is dropped: one address under two headlines is for the store to judge.
        entries.setdefault((entry.url, entry.headline), replace(entry, position=position, channel_url=channel.url))
    return list(entries.values())
