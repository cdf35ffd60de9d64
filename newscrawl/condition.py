"""Health at work: what each read and each article says of its source's condition, written in the same transaction."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from newscrawl.crawl import Crawl, Errand
from newscrawl.models import Entry, Listing
from newscrawl.monitor import health, volume
from newscrawl.monitor.health import ChannelHealth, Reading
from newscrawl.monitor.texts import Text, TextHealth, examine_text
from newscrawl.proofs import Read, volume_of

NO_ARTICLE = frozenset({"no_text", "soft_404", "challenge", "consent", "login", "empty_body", "not_html"})
"""Outcomes of an article's page that say: it answered, and held no article."""
INSTEAD = frozenset({"challenge", "consent", "login"})
"""Outcomes of a page that came in place of another."""
# UTF-8 that was read as Latin-1 or windows-125x, or bytes that had no reading at all.
_GARBLED = re.compile("\ufffd|[ÃÂÐÑØÙ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def note_read(
    crawl: Crawl, errand: Errand, listing: Listing, read: Read, outcome: str, *, new: int, now: datetime
) -> None:
    """A listing, feed or sitemap was read."""
    if read.is_onward:
        return
    entries = [entry for entry in listing.entries if entry.block == "main"] or listing.entries
    reading = Reading(
        outcome="ok" if listing.children and not entries else outcome,
        entries=max(len(entries), len(listing.children)),
        dated=sum(_has_time(entry) for entry in entries),
        headlined=sum(bool(entry.headline) for entry in entries),
        garbled=sum(bool(_GARBLED.search(entry.headline or "")) for entry in entries),
        new=new,
        moved=read.moved,
    )
    _examine(crawl, errand, reading, now=now)


def note_unchanged(crawl: Crawl, errand: Errand, *, now: datetime) -> None:
    """The channel answered that nothing changed."""
    _examine(crawl, errand, Reading(outcome="unchanged"), now=now)


def note_failure(crawl: Crawl, errand: Errand, outcome: str, *, now: datetime) -> None:
    """The channel could not be fetched or read."""
    _examine(crawl, errand, Reading(outcome=outcome, is_failed=True, is_blocked=outcome in INSTEAD), now=now)


def note_text(crawl: Crawl, source_id: str, text: Text, *, now: datetime) -> None:
    """An article's own page was read, or held no article."""
    known = crawl.store.health.of(source_id)
    if known is None:
        return
    before = TextHealth.from_json(known.texts)
    after = examine_text(before, text)
    crawl.store.health.save_texts(source_id, after.to_json())
    if after.evidence or before.evidence:
        _settle(crawl, source_id, now)


def _examine(crawl: Crawl, errand: Errand, reading: Reading, *, now: datetime) -> None:
    assert errand.channel_id is not None
    state = crawl.store.channels.get(errand.channel_id)
    counts = volume_of(state)
    if not reading.is_failed:
        reading = replace(
            reading,
            surprise=volume.surprise(counts),
            threshold=volume.threshold(counts),
            clump=volume.clump_of(counts),
        )
    after = health.examine(ChannelHealth.from_json(state.health), reading, now_s=now.timestamp())
    crawl.store.channels.update(errand.channel_id, health=after.to_json())
    _settle(crawl, errand.source.id, now)


def _has_time(entry: Entry) -> bool:
    return entry.date_published is not None or entry.date_modified is not None


def _settle(crawl: Crawl, source_id: str, now: datetime) -> None:
    """Decide the source's state from all signs; a change is a row of `health`."""
    known = crawl.store.health.of(source_id)
    if known is None:
        return
    signs: dict[str, str] = dict(TextHealth.from_json(known.texts).evidence)
    evidence: dict[str, Any] = {"articles": dict(signs)}
    for url, kept in known.channels.items():
        told = dict(kept.get("evidence", {}))
        evidence[url] = told
        signs |= {test: f"{proof}, {url}" for test, proof in told.items()}
    since_s = (known.since or now).timestamp()
    state, reason = health.decide(known.state, since_s, signs, now_s=now.timestamp())
    if state != known.state:
        crawl.store.health.change(source_id, state, reason, {k: v for k, v in evidence.items() if v}, now=now)
        crawl.count(f"health/{state}")
    elif reason != known.reason:
        crawl.store.health.save_reason(source_id, reason)
