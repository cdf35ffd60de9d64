"""Printed times through the shell: caches widen them, absence bounds them, pairs teach, what cannot be is kept raw."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.crawl import Errand
from newscrawl.extract import extract_article
from newscrawl.intake import notes_of, take_listing
from newscrawl.models import Channel, Page, Source
from newscrawl.store import open_store
from newscrawl.times import Habits, parse_time
from newscrawl.urls import key
from newscrawl.workers import read_channel
from tests.shell.making import crawl_on
from tests.store.conftest import PARAGRAPHS, article

NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
URL = "https://herald.example/"
CHANNEL = Channel(kind="listing", url=URL)
SOURCE = Source(
    id="zz_herald",
    publisher="The Herald",
    url=URL,
    country="zz",
    in_language=("en",),
    timezone="UTC",
    channels=(CHANNEL,),
)
SUBJECTS = ("Ferry", "Bridge", "Harbour", "Library", "Orchard", "Museum", "Stadium", "Theatre")


class Desk:
    """A crawl that reads one channel's pages."""

    def __init__(self, path: Path) -> None:
        self.store = open_store(path)
        with self.store.transaction():
            run_id = self.store.runs.begin("test", arguments={}, version="0", now=NOON)
            states = self.store.channels.register(SOURCE, now=NOON)
        self.channel_id = states[URL].id
        self.crawl = crawl_on(self.store, run_id)

    def read(self, cards: list[tuple[str, str]], at: datetime, **headers: str):
        """One read of a page whose cards are (subject, markup of the time); the entries as they were queued."""
        body = "".join(
            f"<li class=card><h3><a href='/news/2026/{name.lower()}-plan-approved'>{name} plan approved by the"
            f" council after a long debate</a></h3>{time}</li>"
            for name, time in cards
        )
        page = Page(
            url=URL,
            body=f"<html lang=en><body><main><ul>{body}</ul></main></body></html>".encode(),
            fetched_at=at,
            headers={"content-type": "text/html; charset=utf-8", **headers},
        )
        habits = self.store.channels.habits(SOURCE.id)
        reading = read_channel(page, SOURCE, CHANNEL, {}, habits)
        errand = Errand(kind="listing", source=SOURCE, channel=CHANNEL, channel_id=self.channel_id)
        with self.store.transaction():
            take_listing(self.crawl, errand, page, reading, sent_at=None)
        return {entry.headline.split()[0]: entry for entry in reading.listing.entries}

    def sighting(self, name: str) -> tuple[str, str]:
        """The interval of what was seen of an article."""
        row = self.store.connection.execute(
            "SELECT earliest, latest FROM sightings WHERE url_key LIKE ? ORDER BY id DESC", (f"%{name.lower()}%",)
        ).fetchone()
        return row["earliest"], row["latest"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "news.db")
    yield made
    made.store.connection.close()


def cards(**ages: str) -> list[tuple[str, str]]:
    return [(name, f"<time>{ages.get(name, '5 hours ago')}</time>") for name in SUBJECTS]


def test_a_page_out_of_a_cache_is_read_as_old_as_it_may_be(desk: Desk) -> None:
    plain = desk.read(cards(), NOON)["Ferry"].date_published
    cached = desk.read(cards(), NOON, age="240")["Ferry"].date_published
    assert plain is not None
    assert cached is not None
    assert cached.earliest == plain.earliest - timedelta(seconds=240)
    assert cached.latest == plain.latest


def test_what_the_last_complete_read_did_not_show_is_younger_than_it(desk: Desk) -> None:
    desk.read(cards()[1:], NOON)
    desk.read(cards(Ferry="1 hour ago"), NOON + timedelta(minutes=60))
    assert desk.sighting("Ferry") == ("2026-03-15T12:00:00.000Z", "2026-03-15T12:15:30.000Z")
    assert desk.sighting("Bridge")[0] < "2026-03-15T08:00"


def test_absence_from_a_page_out_of_a_cache_says_less(desk: Desk) -> None:
    desk.read(cards()[1:], NOON)
    desk.read(cards(Ferry="1 hour ago"), NOON + timedelta(minutes=60), age="240")
    assert desk.sighting("Ferry")[0] == "2026-03-15T11:56:00.000Z"


def pairs(*minutes: int) -> list[tuple[str, str]]:
    """Cards that print whole hours and state the instant, of articles so many minutes old at noon."""
    return [
        (name, f'<time datetime="{(NOON - timedelta(minutes=age)).isoformat()}">{age // 60} hours ago</time>')
        for name, age in zip(SUBJECTS, minutes, strict=False)
    ]


def test_pairs_of_a_listing_teach_once_and_past_a_count(desk: Desk) -> None:
    desk.read(pairs(170, 175, 230, 235), NOON)
    learned = Habits.from_json(desk.store.channels.habits(SOURCE.id))
    assert (learned.evidence("rule"), learned.rule) == (4, None)
    desk.read(pairs(170, 175, 230, 235, 290, 295), NOON + timedelta(minutes=1))
    learned = Habits.from_json(desk.store.channels.habits(SOURCE.id))
    assert (learned.evidence("rule"), learned.rule) == (6, "floor")
    known = desk.read([("Stadium", "<time>2 hours ago</time>"), *pairs(170, 175, 230, 235)], NOON)["Stadium"]
    assert known.date_published is not None
    assert known.date_published.earliest == NOON - timedelta(hours=3, seconds=-1)


def test_pairs_of_a_page_out_of_a_cache_teach_nothing(desk: Desk) -> None:
    desk.read(pairs(170, 175, 230, 235, 290, 295), NOON, age="60")
    assert desk.store.channels.habits(SOURCE.id) == {}


def test_a_time_that_cannot_be_is_told_and_its_text_kept(desk: Desk) -> None:
    shown = cards(Ferry="30 February 2026", Bridge="1 January 9999", Library="18 March 2026")
    entries = desk.read(shown, NOON)
    for name in ("Ferry", "Bridge", "Library"):
        assert entries[name].date_published is None, name
        assert entries[name].time_text == dict(shown)[name].removeprefix("<time>").removesuffix("</time>")
    assert entries["Orchard"].date_published is not None
    row = desk.store.connection.execute("SELECT outcome, flags FROM fetches ORDER BY id DESC").fetchone()
    assert (row["outcome"], "bad_date" in row["flags"]) == ("ok", True)


@pytest.mark.parametrize("raw", ["9999-01-01T00:00:00Z", "0000-01-01", "2026-02-30", "2026-03-17T12:00:00Z"])
def test_an_article_whose_date_cannot_be_is_kept_with_its_text(raw: str) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    head = f'<meta property="article:published_time" content="{raw}">'
    html = (
        f"<html lang=en><head>{head}</head><body><article><h1>Ferry to sail hourly</h1>{body}</article></body></html>"
    )
    found = extract_article(Page(url=f"{URL}news/ferry", body=html.encode(), fetched_at=NOON), source=SOURCE)
    assert (found.date_published, found.time_text) == (None, raw)
    assert "ferry" in (found.article_body or "")
    assert notes_of(found, is_truncated=False) == ("bad_date",)


def stored(desk: Desk, *told: tuple[str, datetime]) -> dict[str, str]:
    """The date columns of an article that was seen with these texts at these instants."""
    stamps = [parse_time(raw, fetched_at=at, languages=["en"], timezone="UTC") for raw, at in told]
    with desk.store.transaction():
        first = article(url=f"{URL}news/ferry", date_published=stamps[0])
        desk.store.articles.put(first, run_id=desk.crawl.run_id, channel_id=desk.channel_id, now=NOON)
        for stamp in stamps[1:]:
            desk.store.articles.seen_again(key(first.url), stamp, run_id=desk.crawl.run_id, now=NOON)
    row = desk.store.connection.execute("SELECT * FROM articles").fetchone()
    return {name: row[f"date_published_{name}"] for name in ("earliest", "latest", "flags")}


def test_a_day_and_an_age_narrow_each_other_in_the_store(desk: Desk) -> None:
    found = stored(desk, ("15 March 2026", NOON), ("2 hours ago", NOON), ("3 hours ago", NOON + timedelta(minutes=50)))
    assert found["earliest"] == "2026-03-15T09:00:01.000Z"
    assert found["latest"] == "2026-03-15T10:20:00.000Z"
    assert found["flags"] == "[]"


def test_readings_that_exclude_each_other_keep_their_hull_and_say_so(desk: Desk) -> None:
    found = stored(desk, ("5 hours ago", NOON), ("20 minutes ago", NOON))
    assert found["earliest"] == "2026-03-15T06:00:01.000Z"
    assert found["latest"] == "2026-03-15T11:40:30.000Z"
    assert "contradicted" in found["flags"]
