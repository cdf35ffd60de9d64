"""Between spider and store: a response becomes a Page, a read listing becomes queue rows and a check.

Functions named `take_…` run inside one operation of `Crawl.write`: all they write is committed together.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scrapy.http import Response

from newscrawl import limits
from newscrawl.condition import note_read
from newscrawl.crawl import FETCHED_AT, Crawl, Errand
from newscrawl.lessons import learn_from_listing
from newscrawl.models import Article, Entry, Page, Timestamp
from newscrawl.monitor.freshness import fresh_s
from newscrawl.proofs import is_gap_open, judge_read
from newscrawl.store import Check, Fetch, ListPage, QueuedUrl
from newscrawl.store.values import hash64
from newscrawl.times import bounded_below, cached_s
from newscrawl.transport.meta import UNVERIFIED
from newscrawl.urls import is_card, key
from newscrawl.workers import Reading

logger = logging.getLogger(__name__)
READ_ON_PAGES = 3
"""Pages that are read beyond what was asked for, where the list leaves a gap."""
FAILURE_WEIGHTS = {"hard": 1.0, "soft": 0.5, "temporary": 0.25}
_EMPTY = ("empty_feed", "No entry was found where articles are announced")


def page_of(response: Response) -> Page:
    """The response as the core takes it."""
    meta = response.request.meta if response.request else {}
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    passed = tuple(meta.get("redirect_urls", ()))
    return Page(
        url=response.url,
        requested_url=passed[0] if passed else response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=meta.get(FETCHED_AT) or Crawl.clock(),
        redirects=passed,
    )


def is_unwanted(article: Article) -> bool:
    """Whether the publisher asks that the page not be kept (X-Robots-Tag or meta robots: noindex)."""
    return "noindex" in article.extra.get("robots", {})


def is_not_to_be_copied(article: Article) -> bool:
    """Whether the publisher asks that no copy of the page be kept: noarchive, or noindex."""
    return not {"noarchive", "noindex"}.isdisjoint(article.extra.get("robots", {}))


def flags_of(response: Response, article: Article, entry: Entry | None) -> tuple[str, ...]:
    """What the row of a fetched article notes beside `ok`; `entry`: what announced it."""
    is_downgraded = bool(response.meta.get("newscrawl_downgraded"))
    notes = notes_of(article, is_truncated="truncated" in response.flags, is_downgraded=is_downgraded)
    if response.meta.get(UNVERIFIED):
        notes = (*notes, "tls_unverified")
    is_unconfirmed = entry is not None and entry.origins.get("record") == "unconfirmed"
    return (*notes, "layout_changed") if is_unconfirmed else notes


def notes_of(article: Article, *, is_truncated: bool, is_downgraded: bool = False) -> tuple[str, ...]:
    """Outcome codes of severity `note` for an article and the answer it came in."""
    reserved = article.extra.get("tdm_reservation", {})
    rows = (
        ("truncated", is_truncated),
        ("downgraded", is_downgraded),
        ("tdm_reserved", reserved.get("value") == 1),
        ("bad_date", article.date_published is None and article.time_text is not None),
        ("charset_doubtful", bool(article.extra.get("charset", {}).get("doubtful"))),
    )
    return tuple(flag for flag, is_so in rows if is_so)


def fetch_of(errand: Errand, page: Page, outcome: str, *, sent_at: datetime | None, message: str = "") -> Fetch:
    """The `fetches` row of an answered request."""
    return Fetch(
        url=page.requested_url or page.url,
        outcome=outcome,
        kind=errand.kind,
        message=message,
        status=page.status,
        body_bytes=len(page.body),
        source_id=errand.source.id,
        channel_id=errand.channel_id,
        started_at=sent_at,
        finished_at=Crawl.clock(),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a read listing leads to: articles and further pages that are this run's to fetch, articles it carried."""

    queued: list[QueuedUrl]
    further: list[QueuedUrl]
    articles: tuple[Article, ...]
    is_gap_left: bool = False
    """The list, with its further pages, left a gap that another list of the source may close."""


def take_listing(crawl: Crawl, errand: Errand, page: Page, reading: Reading, *, sent_at: datetime | None) -> Taken:
    """Write what one read of a channel brought."""
    assert errand.channel_id is not None
    store = crawl.store
    seen_before = store.sightings.known(errand.channel_id, [key(entry.url) for entry in reading.listing.entries])
    fresh = [entry for entry in reading.listing.entries if key(entry.url) not in seen_before]
    habits = learn_from_listing(crawl, errand.source, page, fresh)
    complete_at = store.channels.get(errand.channel_id).last_complete_at
    if complete_at is not None:
        # What came out of a cache then did not show what was younger than that cache's page.
        slack_s = max(cached_s(page.headers, page.fetched_at), habits.cache_s)
        reading = _bounded_by_absence(reading, seen_before, complete_at - timedelta(seconds=slack_s))
    listing = reading.listing
    carried = {article.url for article in reading.articles}
    keyed = [(key(entry.url), entry) for entry in listing.entries]
    known = store.articles.known([url_key for url_key, _ in keyed])
    changed = store.sightings.headlines_changed(errand.channel_id, keyed)
    store.sightings.add(errand.channel_id, keyed, fetched_at=page.fetched_at)
    for url_key, entry in keyed:
        if known.get(url_key):
            store.articles.seen_again(url_key, entry.date_published, run_id=crawl.run_id, now=crawl.clock())
    # A list that is an article's related block is one deep already.
    depth = max(0, errand.related_depth - listing.page_is_article)
    wanted = _wanted(
        crawl, errand, keyed, known, depth=depth, fetched_at=page.fetched_at, carried=carried, changed=changed
    )
    got = _queue(crawl, wanted)
    _queue(crawl, _carried(errand, keyed, known, carried, fetched_at=page.fetched_at))
    new = len({url_key for url_key, _ in keyed} - seen_before - known.keys())
    _end_check(crawl, errand, page, reading, keyed, new=new, sent_at=sent_at)
    new_here = bool(got or reading.articles) or _is_own_trace(crawl, errand, [url_key for url_key, _ in keyed])
    further = _queue(crawl, _further(crawl, errand, page, reading, new=new_here))
    if errand.url_key is not None:
        store.queue.done(errand.url_key)
    is_gap_left = not further and is_gap_open(store.channels.get(errand.channel_id))
    return Taken(got, further, reading.articles, is_gap_left)


def _is_own_trace(crawl: Crawl, errand: Errand, url_keys: list[str]) -> bool:
    """Whether a walk that was cut off saw some of these first, so that what lies beyond them is still unread."""
    if not errand.is_left_over or errand.walk_began_at is None or errand.channel_id is None:
        return False
    return len(crawl.store.sightings.known(errand.channel_id, url_keys, before=errand.walk_began_at)) < len(url_keys)


def _further(crawl: Crawl, errand: Errand, page: Page, reading: Reading, *, new: bool) -> list[QueuedUrl]:
    """The list's next page while there is something new, and the sitemaps of an index.

    Where the list leaves a gap, a few pages more are read: one that joins it to the last read closes the gap.
    """
    assert errand.channel_id is not None
    listing, depth = reading.listing, errand.sitemap_depth
    least = -READ_ON_PAGES if is_gap_open(crawl.store.channels.get(errand.channel_id)) else 0
    began_at = errand.walk_began_at or page.fetched_at
    onward = ListPage(pages_left=errand.pages_left - 1, began_at=began_at, sitemap_depth=depth)
    pages = [(listing.next_url, onward)] if listing.next_url and errand.pages_left > least and new else []
    if listing.children and depth + 1 >= limits.SITEMAP_DEPTH:
        logger.warning("sitemap_cycle %s: indexes %d deep; no deeper", errand.source.id, limits.SITEMAP_DEPTH)
    elif listing.children:
        inner = ListPage(pages_left=errand.pages_left, began_at=began_at, sitemap_depth=depth + 1)
        files = crawl.sitemaps[errand.channel_id] if depth else 0
        children = listing.children[: max(0, limits.SITEMAP_FILES - files)]
        crawl.sitemaps[errand.channel_id] = files + len(children)
        pages += [(child, inner) for child in children]
    return [
        QueuedUrl(
            url_key=f"page {errand.channel_id} {url}",
            url=url,
            source_id=errand.source.id,
            channel_id=errand.channel_id,
            entry=None,
            reason="page",
            page=place,
        )
        for url, place in pages
    ]


def _bounded_by_absence(reading: Reading, seen_before: set[str], complete_at: datetime) -> Reading:
    """What the channel shows now and did not show at its last complete check was published after that, by its age.

    Only ages and days are bounded so, and only where they allow it: a listing may show old articles late.
    """

    def bounded(url: str, stamp: Timestamp | None) -> Timestamp | None:
        if stamp is None or stamp.kind not in ("relative", "day") or key(url) in seen_before:
            return stamp
        narrowed = bounded_below(stamp, complete_at)
        return stamp if "held_back" in narrowed.flags else narrowed

    entries = tuple(
        replace(entry, date_published=bounded(entry.url, entry.date_published)) for entry in reading.listing.entries
    )
    articles = tuple(
        replace(article, date_published=bounded(article.url, article.date_published)) for article in reading.articles
    )
    return replace(reading, listing=replace(reading.listing, entries=entries), articles=articles)


def take_related(crawl: Crawl, errand: Errand, page: Page, entries: Iterable[Entry]) -> list[QueuedUrl]:
    """Queue what an article's related block announces; gives the addresses that are this run's to fetch."""
    keyed = [(key(entry.url), entry) for entry in entries if entry.block == "related"]
    return queue_entries(crawl, errand, keyed, depth=errand.related_depth - 1, fetched_at=page.fetched_at)


def queue_entries(
    crawl: Crawl, errand: Errand, keyed: Collection[tuple[str, Entry]], *, depth: int, fetched_at: datetime
) -> list[QueuedUrl]:
    """Queue the pages of entries that are no news of the channel's own list; gives those that are this run's to fetch.

    `depth`: how many related blocks deep their pages are followed.
    """
    known = crawl.store.articles.known([url_key for url_key, _ in keyed])
    wanted = _wanted(crawl, errand, keyed, known, depth=depth, fetched_at=fetched_at, carried=set(), changed=set())
    return _queue(crawl, wanted)


def _wanted(
    crawl: Crawl,
    errand: Errand,
    keyed: Iterable[tuple[str, Entry]],
    known: Mapping[str, int],
    *,
    depth: int,
    fetched_at: datetime,
    carried: set[str],
    changed: set[str],
) -> list[QueuedUrl]:
    """Which entries' own pages are worth a request: those not stored, and those the listing says have changed."""
    wanted: dict[str, QueuedUrl] = {}
    for url_key, entry in keyed:
        if url_key in wanted or entry.url in carried or is_card(entry.url) or known.get(url_key) == 0:
            continue
        if url_key in known and not _is_edited(crawl.store.articles.visited_at(url_key), entry, url_key in changed):
            crawl.count("entries/known")
            continue
        wanted[url_key] = QueuedUrl(
            url_key=url_key,
            url=entry.url,
            source_id=errand.source.id,
            channel_id=errand.channel_id,
            entry=replace(entry, channel_url=errand.channel.url if errand.channel else None, fetched_at=fetched_at),
            reason="revisit" if url_key in known else "new",
            related_depth=depth,
        )
    return list(wanted.values())


def _carried(
    errand: Errand,
    keyed: Iterable[tuple[str, Entry]],
    known: Mapping[str, int],
    carried: set[str],
    *,
    fetched_at: datetime,
) -> list[QueuedUrl]:
    """New articles that the listing carries whole.

    They are stored after it. Should the run end before that, the next one fetches their own pages: a listing that
    answers then that it is unchanged would not bring them again.
    """
    channel_url = errand.channel.url if errand.channel else None
    return [
        QueuedUrl(
            url_key=url_key,
            url=entry.url,
            source_id=errand.source.id,
            channel_id=errand.channel_id,
            entry=replace(entry, article_body=None, channel_url=channel_url, fetched_at=fetched_at),
            reason="new",
        )
        for url_key, entry in keyed
        if entry.url in carried and url_key not in known and not is_card(entry.url)
    ]


def _queue(crawl: Crawl, wanted: list[QueuedUrl]) -> list[QueuedUrl]:
    crawl.store.queue.add(wanted, now=crawl.clock())
    got = crawl.store.queue.take(crawl.run_id, [one.url_key for one in wanted])
    return [one for one in wanted if one.url_key in got]


def _is_edited(visited_at: datetime | None, entry: Entry, headline_changed: bool) -> bool:
    """Whether the listing itself says that a stored article has changed since its page was last visited."""
    if visited_at is None or headline_changed:
        return True
    return entry.date_modified is not None and entry.date_modified.earliest > visited_at


def _end_check(
    crawl: Crawl,
    errand: Errand,
    page: Page,
    reading: Reading,
    keyed: Sequence[tuple[str, Entry]],
    *,
    new: int,
    sent_at: datetime | None,
) -> None:
    assert errand.channel_id is not None
    listing, store = reading.listing, crawl.store
    state = store.channels.get(errand.channel_id)
    is_empty = not listing.entries and not listing.children and not reading.articles
    outcome, message = _EMPTY if is_empty else ("ok", f"{len(listing.entries)} entries, {new} new")
    fetch = fetch_of(errand, page, outcome, sent_at=sent_at, message=message)
    flags = sorted({code for code, _ in listing.warnings} | {error.outcome for error in reading.problems})
    crawl.record_fetch(replace(fetch, flags=tuple(flags)))
    crawl.count("entries/read", len(listing.entries))
    crawl.count("entries/new", new)
    read = judge_read(crawl, errand, page, listing, keyed, state)
    store.channels.add_check(
        crawl.run_id,
        Check(
            channel_id=errand.channel_id,
            checked_at=page.fetched_at,
            outcome=outcome,
            entries=len(listing.entries),
            new=new,
            overlap=read.overlap,
            complete=read.is_complete,
        ),
    )
    marks = {} if read.is_onward else {**validators_of(page), "body_hash": hash64(page.body)}
    store.channels.give_back(
        errand.channel_id,
        **marks,
        last_checked_at=page.fetched_at,
        last_complete_at=page.fetched_at if read.is_complete else state.last_complete_at,
        last_new_at=page.fetched_at if new else state.last_new_at,
        failures=0.0 if not is_empty else state.failures + FAILURE_WEIGHTS["soft"],
        wrapper=listing.wrapper or state.wrapper,
        coverage=read.state,
        **crawl.rota.after_check(
            state,
            listing.entries,
            new=new,
            overflowed=read.overflowed,
            hidden=read.hidden,
            room=read.room,
            clump=read.clump,
            hints=replace(listing.hints, fresh_s=fresh_s(page.headers, page.fetched_at)),
            now=page.fetched_at,
        ),
    )
    note_read(crawl, errand, listing, read, outcome, new=new, now=page.fetched_at)


def validators_of(page: Page) -> dict[str, str | None]:
    """What the next request for the page may be made conditional with: columns of its channel."""
    values = {"etag": page.headers.get("etag"), "last_modified": page.headers.get("last-modified")}
    return {name: value if value and len(value) <= limits.VALIDATOR_BYTES else None for name, value in values.items()}
