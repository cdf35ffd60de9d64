"""Where a channel's list left a gap: other lists of the source are asked for what it may have lost.

A news sitemap or a feed holds more than a front page. It closes the gap where it goes back beyond it, shows what the
channel itself showed since, and what it dates within the gap is known or can be fetched now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newscrawl.crawl import Crawl, Errand
from newscrawl.intake import fetch_of, queue_entries
from newscrawl.models import Channel, Entry, Page
from newscrawl.monitor import coverage
from newscrawl.store import ListPage, QueuedUrl
from newscrawl.store.gaps import ChannelGap
from newscrawl.times import cached_s
from newscrawl.urls import key
from newscrawl.workers import Reading

WAIT_S = 900.0
"""Feeds and sitemaps come out of caches: so much later they show what the channel shows now."""
ENTRIES_MAX = 2_000
"""Entries that are looked at, the newest: a news sitemap has a thousand at most."""


def queue_beside(crawl: Crawl, errand: Errand, found: Sequence[Channel]) -> None:
    """Put the lists that are no channels of the source, which are read anyway, into the queue."""
    now, own = crawl.clock(), {channel.url for channel in errand.source.channels}
    rows = [
        QueuedUrl(
            url_key=f"beside {errand.channel_id} {one.url}",
            url=one.url,
            source_id=errand.source.id,
            channel_id=errand.channel_id,
            entry=None,
            reason="page",
            page=ListPage(pages_left=0, began_at=now, beside=one.kind),
        )
        for one in found
        if one.url not in own and one.kind != "listing"
    ]
    crawl.store.queue.add(rows, now=now, due_at=now + timedelta(seconds=WAIT_S))


def take_beside(
    crawl: Crawl, errand: Errand, page: Page, reading: Reading, *, sent_at: datetime | None
) -> list[QueuedUrl]:
    """Close the channel's gaps that the list covers; gives the addresses of lost articles that are this run's to fetch.

    Inside one operation of `Crawl.write`.
    """
    assert errand.channel_id is not None
    store, lost = crawl.store, dict[str, Entry]()
    keyed = {key(entry.url): entry for entry in reading.listing.entries[:ENTRIES_MAX]}
    published = [entry.date_published.latest.timestamp() if entry.date_published else None for entry in keyed.values()]
    made_at = page.fetched_at - timedelta(seconds=cached_s(page.headers, page.fetched_at))
    for gap in store.gaps.open_of(errand.channel_id):
        if gap.url is not None or made_at < gap.gap.to_at:
            continue
        if not coverage.covers(published, gap.gap.from_at.timestamp(), is_sitemap=errand.kind == "sitemap"):
            continue
        hidden = _hidden(crawl, gap, keyed)
        if _shows_as_much(crawl, gap, keyed) and (not hidden or _is_alike(crawl, gap, keyed)):
            store.gaps.close(gap.id, by=page.url, now=page.fetched_at)
            crawl.count("gaps/closed")
            lost |= {url_key: replace(entry, article_body=None) for url_key, entry in hidden.items()}
    crawl.record_fetch(fetch_of(errand, page, "ok", sent_at=sent_at, message=f"{len(lost)} lost articles found"))
    if errand.url_key is not None:
        store.queue.done(errand.url_key)
    return queue_entries(crawl, errand, lost.items(), depth=errand.related_depth, fetched_at=page.fetched_at)


def _shows_as_much(crawl: Crawl, gap: ChannelGap, keyed: Mapping[str, Entry]) -> bool:
    """Whether the list shows what the channel has shown for the first time since the gap began."""
    since = crawl.store.sightings.since(gap.channel_id, gap.gap.from_at)
    return coverage.is_witness(sum(url_key in keyed for url_key in since), len(since))


def _hidden(crawl: Crawl, gap: ChannelGap, keyed: Mapping[str, Entry]) -> dict[str, Entry]:
    """What the list dates within the gap, or not at all, and the channel never showed."""
    known = crawl.store.sightings.known(gap.channel_id, keyed)
    return {
        url_key: entry
        for url_key, entry in keyed.items()
        if url_key not in known
        and (
            entry.date_published is None
            or (entry.date_published.latest > gap.gap.from_at and entry.date_published.earliest <= gap.gap.to_at)
        )
    }


def _is_alike(crawl: Crawl, gap: ChannelGap, keyed: Mapping[str, Entry]) -> bool:
    """Whether what the list dates while the channel was watched is the channel's: else it may be of other sections."""
    first, last = crawl.store.gaps.watched(gap.channel_id, until=None)
    since, until = gap.gap.from_at, gap.gap.to_at
    stamps = {url_key: entry.date_published for url_key, entry in keyed.items()}
    watched = [
        url_key
        for url_key, at in stamps.items()
        if at is not None and first and last and (first < at.earliest <= since or until < at.earliest < last)
    ]
    return coverage.is_witness(len(crawl.store.sightings.known(gap.channel_id, watched)), len(watched))
