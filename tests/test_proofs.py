"""Reads of a channel against the store: gaps are written, closed by further pages and by sitemaps, and told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from newscrawl.condition import note_failure, note_read
from newscrawl.crawl import Errand
from newscrawl.models import Channel, Entry, Listing, Page, Timestamp
from newscrawl.proofs import is_gap_open, judge_missing, judge_read
from newscrawl.rota import Rota
from newscrawl.store import Check
from newscrawl.store.overview import certificates_of
from newscrawl.urls import key
from tests.store.conftest import NOON, Desk, desk, later, source

__all__ = ["desk"]

HOME = "https://herald.example/"
SITEMAP = "https://herald.example/sitemap.xml"


class Reader:
    """Reads pages of the Herald into the store, as the spider would."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.crawl = SimpleNamespace(store=desk.store, rota=Rota(desk.store, 1_000.0), count=lambda *_: None)

    def read(
        self, hours: float, numbers: Iterable[int], *, dated: bool = False, url: str = HOME, kind: str = "listing"
    ):
        """One read, `hours` after noon, of a page that shows these articles; article n is n minutes older than noon."""
        store, at, channel_id = self.desk.store, later(hours), self.desk.channel_id
        entries = [entry(n, place, dated) for place, n in enumerate(numbers)]
        keyed = [(key(one.url), one) for one in entries]
        errand = Errand(
            kind=kind,
            source=source(),
            channel=Channel(kind="listing", url=HOME if kind == "listing" else SITEMAP),
            channel_id=channel_id,
        )
        page, listing = Page(url=url, body=b"", fetched_at=at), Listing(entries=tuple(entries))
        with store.transaction():
            store.sightings.add(channel_id, keyed, fetched_at=at)
            read = judge_read(self.crawl, errand, page, listing, keyed, store.channels.get(channel_id))
            check = Check(
                channel_id=channel_id,
                checked_at=at,
                outcome="ok" if entries else "empty_feed",
                complete=read.is_complete,
            )
            store.channels.add_check(self.desk.run_id, check)
            store.channels.update(channel_id, coverage=read.state)
            note_read(self.crawl, errand, listing, read, check.outcome, new=1, now=at)
        return read

    def fail(self, hours: float, outcome: str) -> None:
        """One check that fails."""
        errand = Errand(kind="listing", source=source(), channel=source().channels[0], channel_id=self.desk.channel_id)
        check = Check(channel_id=self.desk.channel_id, checked_at=later(hours), outcome=outcome, complete=False)
        with self.desk.store.transaction():
            self.desk.store.channels.add_check(self.desk.run_id, check)
            note_failure(self.crawl, errand, outcome, now=later(hours))

    @property
    def state(self):
        return self.desk.store.channels.get(self.desk.channel_id)


def entry(number: int, place: int, dated: bool) -> Entry:
    at: datetime = NOON + timedelta(minutes=number)
    stamp = Timestamp(earliest=at, latest=at, raw="x") if dated else None
    url = f"https://herald.example/news/story-{number}"
    return Entry(url=url, headline=f"Story {number}", position=place, date_published=stamp)


def down(newest: int, size: int = 10) -> range:
    return range(newest, newest - size, -1)


@pytest.fixture
def reader(desk: Desk) -> Reader:
    return Reader(desk)


def test_reads_that_join_leave_no_gap(reader: Reader):
    assert reader.read(0, down(10)).overlap is None
    assert reader.read(1, down(14)).overlap
    assert reader.desk.rows("gaps") == []


def test_a_read_that_joins_nothing_leaves_a_gap(reader: Reader):
    reader.read(0, down(10))
    read = reader.read(1, down(40))
    assert read.overflowed
    assert is_gap_open(reader.state)
    (gap,) = reader.desk.rows("gaps")
    assert (gap["reason"], gap["from_at"][11:16], gap["to_at"][11:16]) == ("no_overlap", "12:00", "13:00")
    assert gap["hidden_most"] >= 1


def test_failed_checks_are_the_reason(reader: Reader):
    reader.read(0, down(10))
    reader.fail(1, "http_503")
    reader.fail(2, "http_503")
    reader.read(3, down(40))
    assert reader.desk.rows("gaps")[0]["reason"] == "source_down"


def test_an_outage_that_lost_nothing_leaves_no_gap(reader: Reader):
    reader.read(0, down(10))
    reader.fail(1, "http_503")
    reader.read(3, down(12))
    assert reader.desk.rows("gaps") == []


def test_a_further_page_that_joins_the_list_closes_the_gap(reader: Reader):
    reader.read(0, down(10))
    reader.read(1, down(24))
    reader.read(1.01, down(14), url=f"{HOME}?page=2")
    assert reader.desk.rows("gaps")[0]["closed_by"] == f"{HOME}?page=2"
    assert not is_gap_open(reader.state)


def test_a_further_page_that_joins_nothing_closes_nothing(reader: Reader):
    reader.read(0, down(10))
    reader.read(1, down(60, 10), dated=True)
    reader.read(1.01, down(50, 10), dated=True, url=f"{HOME}?page=2")
    assert reader.desk.rows("gaps")[0]["closed_at"] is None


def test_a_later_sitemap_that_reaches_back_closes_the_gap(reader: Reader):
    reader.read(0.2, down(10), dated=True)
    reader.read(1, down(60), dated=True)
    assert reader.desk.rows("gaps")[0]["closed_at"] is None
    reader.read(2, range(-30, 110), dated=True, url=SITEMAP, kind="sitemap")
    assert reader.desk.rows("gaps")[0]["closed_by"] == SITEMAP


def test_a_sitemap_that_fails_leaves_a_gap_that_only_it_can_close(reader: Reader):
    store, channel_id = reader.desk.store, reader.desk.channel_id
    child = "https://herald.example/news.xml"
    errand = Errand(
        kind="sitemap", source=source(), channel=Channel(kind="sitemap", url=SITEMAP), channel_id=channel_id
    )

    def read_index(hours: float) -> None:
        listing = Listing(entries=(), children=(child,))
        page = Page(url=SITEMAP, body=b"", fetched_at=later(hours))
        with store.transaction():
            read = judge_read(reader.crawl, errand, page, listing, [], store.channels.get(channel_id))
            assert read.is_complete
            store.channels.update(channel_id, coverage=read.state, last_complete_at=later(hours))

    read_index(0)
    read_index(2)
    with store.transaction():
        for hours in (2.1, 2.4):  # tried again, it is the same gap
            judge_missing(reader.crawl, replace(errand, sitemap_depth=1), child, "http_503", now=later(hours))
    (gap,) = store.gaps.open_of(channel_id)
    assert (gap.gap.from_at, gap.gap.to_at, gap.gap.reason, gap.url) == (NOON, later(2.1), "source_down", child)
    reader.read(3, range(180, -20, -1), dated=True, url="https://herald.example/sport.xml", kind="sitemap")
    assert store.gaps.open_of(channel_id)
    reader.read(3, range(180, -20, -1), dated=True, url=child, kind="sitemap")
    assert not store.gaps.open_of(channel_id)


def test_the_certificate_of_a_day(reader: Reader):
    reader.read(0, down(10))
    reader.read(6, down(40))
    reader.read(12, down(44))
    ((url, got),) = certificates_of(reader.desk.store, "zz_herald", from_at=NOON, to_at=later(24))
    assert url == HOME
    assert got.certified_share == pytest.approx(6 / 24)
    assert got.pending_s == 12 * 3600
    assert len(got.gaps) == 1


def test_a_source_breaks_and_recovers_with_a_reason(reader: Reader):
    for hour in range(6):
        reader.read(hour, down(10 + hour))
    reader.read(6, [])
    assert reader.desk.rows("sources")[0]["state"] == "ok"
    reader.read(7, [])
    assert reader.desk.rows("sources")[0]["state"] == "broken"
    assert "announces nothing" in reader.desk.rows("sources")[0]["state_reason"]
    reader.read(8, down(17))
    reader.read(9, down(18))
    reader.read(35, down(19))
    assert [row["state"] for row in reader.desk.rows("health")] == ["broken", "recovered", "ok"]


def test_ages_that_stand_still_are_no_stale_copy(reader: Reader):
    def read(hours: float, kind: str) -> float:
        shift = timedelta(hours=hours)
        stamps = [
            Timestamp(earliest=NOON + shift, latest=NOON + shift + timedelta(hours=1), raw="3 hours ago", kind=kind)
            for _ in range(10)
        ]
        entries = [replace(entry(n, n, dated=False), date_published=stamp) for n, stamp in enumerate(stamps)]
        keyed = [(key(one.url), one) for one in entries]
        errand = Errand(
            kind="listing", source=source(), channel=source().channels[0], channel_id=reader.desk.channel_id
        )
        page, listing = Page(url=HOME, body=b"", fetched_at=later(hours)), Listing(entries=tuple(entries))
        with reader.desk.store.transaction():
            got = judge_read(reader.crawl, errand, page, listing, keyed, reader.state)
            reader.desk.store.channels.update(reader.desk.channel_id, coverage=got.state)
        return got.moved

    assert [read(0.0, "relative"), read(0.1, "relative")] == [0.0, 0.0]
    assert [read(0.2, "instant"), read(0.3, "instant")] == [1.0, 1.0]
