"""Certificates at work: what each read of a channel proves or leaves open, written inside the read's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from newscrawl.crawl import Crawl, Errand
from newscrawl.models import Entry, Listing, Page
from newscrawl.monitor import coverage, volume
from newscrawl.monitor.coverage import CoverageState, Gap
from newscrawl.monitor.volume import VolumeState
from newscrawl.store import ChannelState


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one read of a channel's page means for the channel."""

    state: Mapping[str, Any]
    """The channel's column `coverage`."""
    clump: float
    is_complete: bool
    is_onward: bool = False
    """Not the channel's own address: a further page of its list, or a sitemap of its index."""
    overlap: bool | None = None
    """Whether it joins the last complete read; None: there was none, or it was not asked."""
    overflowed: bool = False
    hidden: float = 0.0
    """Articles that the gap is expected to hide."""
    room: int | None = None
    """Entries that new ones push out; None: it did not show."""
    moved: float = 0.0
    """Share of the entries known before whose dates moved on with the clock."""


def judge_read(
    crawl: Crawl,
    errand: Errand,
    page: Page,
    listing: Listing,
    keyed: Sequence[tuple[str, Entry]],
    state: ChannelState,
) -> Read:
    """Prove that nothing slipped since the last read, or write the gap; close gaps that this read covers."""
    known, counts = _states(state)
    shown = _shown(keyed)
    now_s = page.fetched_at.timestamp()
    _close_covered(crawl, errand, page, keyed, shown)
    if errand.channel is not None and (page.requested_url or page.url) != errand.channel.url:
        known = _read_on(crawl, known, shown, page, state)
        is_whole = bool(shown) and not listing.truncated
        return Read(state=_json(known, counts), clump=volume.clump_of(counts), is_complete=is_whole, is_onward=True)
    if not shown:
        # An index of sitemaps has no entries of its own: what it lists is read, and holds all there is.
        is_index = bool(listing.children)
        if is_index and not errand.sitemap_depth:
            since = state.last_complete_at
            known = replace(known, round_from_s=since.timestamp() if since else None)
        return Read(state=_json(known, counts), clump=volume.clump_of(counts), is_complete=is_index)
    proof = coverage.prove(known.items, known.read_at_s, shown)
    read_from_s, gap = known.read_at_s, None
    if proof is None and known.read_at_s is not None:
        gap = _measure(crawl, state, known, counts, shown, truncated=listing.truncated, now=page.fetched_at)
        crawl.store.gaps.add(state.id, gap, message=f"{len(shown)} entries, none that joins them to the last read")
        crawl.count(f"gaps/{gap.reason}")
        read_from_s = gap.to_at.timestamp()
    known_marks = {item.mark for item in known.items}
    after = coverage.remember(known, shown, now_s=now_s)
    if read_from_s is not None and read_from_s < now_s:
        found = sum(item.mark not in known_marks for item in after.items)
        due = crawl.rota.foretell(state, now=page.fetched_at)(read_from_s, now_s)
        counts = volume.count(counts, found=found - (gap is not None), expected=due, now_s=now_s)
    room = coverage.moving(known.items, shown)
    if gap is not None:
        after = CoverageState(items=after.items, before=known.items, read_at_s=now_s)
    return Read(
        state=_json(after, counts),
        clump=volume.clump_of(counts),
        is_complete=True,
        overlap=None if proof == "first" else proof is not None,
        overflowed=gap is not None,
        hidden=gap.expected if gap else 0.0,
        room=room,
        moved=_moved(known, keyed, now_s),
    )


def judge_unchanged(crawl: Crawl, page: Page, state: ChannelState) -> Mapping[str, Any]:
    """The column `coverage` after an answer that nothing changed: that is proof enough."""
    known, counts = _states(state)
    now_s = page.fetched_at.timestamp()
    if known.read_at_s is not None:
        due = crawl.rota.foretell(state, now=page.fetched_at)(known.read_at_s, now_s)
        counts = volume.count(counts, found=0, expected=due, now_s=now_s)
    return _json(CoverageState(items=known.items, before=known.before, read_at_s=now_s), counts)


def judge_missing(crawl: Crawl, errand: Errand, url: str, outcome: str, *, now: datetime) -> None:
    """A sitemap of an index could not be read: what it lists since the last complete round may be missed."""
    assert errand.channel_id is not None
    state = crawl.store.channels.get(errand.channel_id)
    known, counts = _states(state)
    if known.round_from_s is None:
        return
    since_s, now_s = known.round_from_s, now.timestamp()
    for told in crawl.store.gaps.open_of(state.id):
        if told.url == url and abs(told.gap.from_at.timestamp() - since_s) < 1:
            return  # it was tried again, and is missing still
    gap = coverage.measure(
        since_s,
        now_s,
        now_s,
        shown=0,
        clump=volume.clump_of(counts),
        foretell=crawl.rota.foretell(state, now=now),
        reason=coverage.why([outcome], due_s=None, since_s=since_s, now_s=now_s, truncated=False),
    )
    crawl.store.gaps.add(state.id, gap, message=f"{url}: {outcome}", url=url)
    crawl.count(f"gaps/{gap.reason}")


def is_gap_open(state: ChannelState) -> bool:
    """Whether the channel's last read left a gap that further pages of its list may close."""
    return bool(_states(state)[0].before)


def shows_entries(state: ChannelState) -> bool:
    """Whether the channel's last read showed entries of its own: an index of sitemaps has none."""
    return bool(_states(state)[0].items)


def volume_of(state: ChannelState) -> VolumeState:
    """What was learned of the channel's counts."""
    return _states(state)[1]


def _measure(
    crawl: Crawl,
    state: ChannelState,
    known: CoverageState,
    counts: VolumeState,
    shown: Sequence[tuple[str, float | None]],
    *,
    truncated: bool,
    now: datetime,
) -> Gap:
    assert known.read_at_s is not None
    now_s = now.timestamp()
    since = datetime.fromtimestamp(known.read_at_s, UTC)
    reason = coverage.why(
        crawl.store.gaps.failures_since(state.id, since),
        due_s=state.next_check_at.timestamp() if state.next_check_at else None,
        since_s=known.read_at_s,
        now_s=now_s,
        truncated=truncated,
    )
    until_s = coverage.oldest_shown(shown, known.read_at_s)
    return coverage.measure(
        known.read_at_s,
        min(now_s, until_s if until_s is not None else now_s),
        now_s,
        shown=coverage.fresh_count(known.items, shown),
        clump=volume.clump_of(counts),
        foretell=crawl.rota.foretell(state, now=now),
        reason=reason,
    )


def _read_on(
    crawl: Crawl, known: CoverageState, shown: Sequence[tuple[str, float | None]], page: Page, state: ChannelState
) -> CoverageState:
    """Close the gap that the list left, where this further page joins it to what was read before."""
    gaps = crawl.store.gaps.open_of(state.id) if known.before else []
    if not gaps or not coverage.prove(known.before, gaps[-1].gap.from_at.timestamp(), shown):
        return known
    crawl.store.gaps.close(gaps[-1].id, by=page.url, now=page.fetched_at)
    return CoverageState(items=known.items, read_at_s=known.read_at_s)


def _close_covered(
    crawl: Crawl,
    errand: Errand,
    page: Page,
    keyed: Sequence[tuple[str, Entry]],
    shown: Sequence[tuple[str, float | None]],
) -> None:
    """Close the source's gaps over whose whole time this read shows what was published."""
    is_sitemap = errand.kind == "sitemap"
    url_keys = {url_key for url_key, _ in keyed}
    published = [at_s for _, at_s in shown]
    dates = [at_s for at_s in published if at_s is not None]
    if not dates:
        return
    newest = datetime.fromtimestamp(max(dates), UTC)
    for gap in crawl.store.gaps.open_of_source(errand.source.id):
        from_s = gap.gap.from_at.timestamp()
        if gap.url not in (None, page.requested_url or page.url):
            continue
        if newest < gap.gap.to_at or not coverage.covers(published, from_s, is_sitemap=is_sitemap):
            continue
        oldest = datetime.fromtimestamp(min(dates), UTC)
        if gap.channel_id == errand.channel_id or crawl.store.gaps.witnesses(gap, url_keys, since=oldest):
            crawl.store.gaps.close(gap.id, by=page.url, now=page.fetched_at)


def _shown(keyed: Sequence[tuple[str, Entry]]) -> list[tuple[str, float | None]]:
    """(url_key, latest publication instant) of the list's own entries, in order; side lists only where all is such."""
    main = [(url_key, entry) for url_key, entry in keyed if entry.block == "main"] or keyed
    ordered = sorted(main, key=lambda pair: pair[1].position)
    return [
        (url_key, entry.date_published.latest.timestamp() if entry.date_published else None)
        for url_key, entry in ordered
    ]


def _moved(known: CoverageState, keyed: Sequence[tuple[str, Entry]], now_s: float) -> float:
    """See `Read.moved`. Ages ("3 hours ago") stand still while the clock runs on, so only printed instants count."""
    if known.read_at_s is None:
        return 0.0
    instants = [
        (url_key, entry.date_published.latest.timestamp())
        for url_key, entry in keyed
        if entry.date_published is not None and entry.date_published.kind == "instant"
    ]
    return coverage.moved_share(known.items, known.read_at_s, instants, now_s)


def _states(state: ChannelState) -> tuple[CoverageState, VolumeState]:
    kept = state.coverage or {}
    return CoverageState.from_json(kept.get("last", {})), VolumeState.from_json(kept.get("volume", {}))


def _json(known: CoverageState, counts: VolumeState) -> Mapping[str, Any]:
    return {"last": known.to_json(), "volume": counts.to_json()}
