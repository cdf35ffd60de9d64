"""What archived answers are, beside an article's page: a channel as it was then, or a repeat of an earlier answer."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy.exceptions import DropItem

from newscrawl.crawl import Crawl
from newscrawl.errors import PageError
from newscrawl.models import Article, Channel, Page, Source
from newscrawl.pipelines.store import put
from newscrawl.pipelines.validate import ValidatePipeline
from newscrawl.store import Kept, SqliteStore
from newscrawl.store.values import hash64
from newscrawl.urls import key
from newscrawl.workers import Reading

REMEMBERED = 100_000
"""Answers whose places are remembered, in 35 MB (2026-11-25): a gigabyte of Common Crawl's news holds about 40,000."""


@dataclass(slots=True)
class Places:
    """Where whole answers lie: the last ones read, and before them those that the database has on record."""

    store: SqliteStore
    _seen: OrderedDict[int, tuple[Path, int]] = field(default_factory=OrderedDict)

    def remember(self, record: Any) -> None:
        """`record` holds an answer with its body."""
        place = record.file, record.offset
        for name in (record.record_id, _name_of(record.url, record.fields.get("warc-date", ""))):
            self._seen[hash64(name)] = place
        while len(self._seen) > 2 * REMEMBERED:
            self._seen.popitem(last=False)

    def body_of(self, record: Any) -> Any:
        """The record whose answer `record`, a revisit, repeats. Raises PageError: it is not at hand."""
        from newscrawl.archive.reading import Record, read_record

        told = record.fields
        record_id = told.get("warc-refers-to", "").strip("<> ")
        url = told.get("warc-refers-to-target-uri", record.url).strip("<> ")
        names = record_id, _name_of(url, told.get("warc-refers-to-date", ""))
        place = next((seen for name in names if (seen := self._seen.get(hash64(name)))), None)
        if place is None and (kept := self.store.archives.by_record_id(record_id)) is not None:
            place = Path(kept.path), kept.offset
        found = read_record(*place) if place and place[0].exists() else None
        if not isinstance(found, Record) or found.type != "response":
            raise PageError(record.url, f"the answer it repeats is not at hand ({record_id or url})", "bad_archive")
        return found


def _name_of(url: str, date: str) -> str:
    return f"{date} {url}"


def kept_of(record: Any, page: Page, refers_to: str | None) -> Kept:
    """The row of the index for an answer that was taken in; `refers_to`: the record that holds its body."""
    return Kept(
        path=str(record.file),
        offset=record.offset,
        bytes=record.end - record.offset,
        record_id=record.record_id,
        url=record.url,
        fetched_at=page.fetched_at,
        status=page.status,
        payload_digest=record.fields.get("warc-payload-digest"),
        refers_to=refers_to,
    )


def channels_of(sources: Iterable[Source]) -> dict[str, tuple[Source, Channel]]:
    """url_key → the one source and channel that name it."""
    found: dict[str, list[tuple[Source, Channel]]] = {}
    for source in {one.id: one for one in sources}.values():
        for channel in source.channels:
            found.setdefault(key(channel.url), []).append((source, channel))
    return {url_key: named[0] for url_key, named in found.items() if len(named) == 1}


def take_channel(crawl: Crawl, source: Source, channel: Channel, page: Page, reading: Reading) -> None:
    """Write what an old read of a channel tells: how it showed articles, narrower dates, articles it carried whole.

    Nothing is queued, and the channel's schedule, validators and coverage stay as they are: those are of today.
    """
    store, now = crawl.store, crawl.clock()
    channel_id = store.channels.id_of(source.id, channel.url)
    assert channel_id is not None
    keyed = [(key(entry.url), entry) for entry in reading.listing.entries]
    store.sightings.add(channel_id, keyed, fetched_at=page.fetched_at)
    for article in reading.articles:
        _put(crawl, article)
    for url_key, entry in keyed:
        store.articles.seen_again(url_key, entry.date_published, run_id=crawl.run_id, now=now)


def _put(crawl: Crawl, article: Article) -> None:
    try:
        put(crawl, ValidatePipeline().process_item(article))
    except DropItem as refused:
        crawl.count(f"articles/{refused}")


def narrow_by_sightings(crawl: Crawl, url_key: str) -> None:
    """What channels showed of an article before it came narrows its date."""
    for stamp in crawl.store.sightings.stamps(url_key):
        crawl.store.articles.seen_again(url_key, stamp, run_id=crawl.run_id, now=crawl.clock())
