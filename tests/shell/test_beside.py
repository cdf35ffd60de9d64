"""A list that leaves a gap: other lists of the source are asked, close it, and bring what was lost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from newscrawl.beside import WAIT_S, queue_beside, take_beside
from newscrawl.clock import held
from newscrawl.crawl import Errand
from newscrawl.ends import end_failed
from newscrawl.intake import Taken, take_listing
from newscrawl.models import Channel, Entry, Listing, Page, Source, Timestamp
from newscrawl.steps import STEPS, BesideRead, Failed, GapLeft
from newscrawl.store import ListPage, QueuedUrl, open_store
from newscrawl.workers import Reading
from spiders.arguments import Plan
from spiders.listing import ListingSpider
from tests.shell.making import crawl_on

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
HOME = "https://herald.example/"
MAP = f"{HOME}news-sitemap.xml"
CHANNEL = Channel(kind="listing", url=HOME)
SOURCE = Source(id="zz_herald", publisher="The Herald", url=HOME, country="zz", channels=(CHANNEL,))
LATER = timedelta(seconds=WAIT_S)


def reading(numbers: Iterable[float], *, dated: bool = False, next_url: str | None = None) -> Reading:
    """Article n came n minutes after noon."""
    entries = []
    for place, number in enumerate(numbers):
        at = NOON + timedelta(minutes=number)
        stamp = Timestamp(earliest=at, latest=at, raw="x") if dated else None
        url = f"{HOME}news/story-{number}-of-the-town"
        entries.append(Entry(url=url, headline=f"Story {number}", position=place, date_published=stamp))
    return Reading(listing=Listing(entries=tuple(entries), next_url=next_url))


class Watch:
    """Reads the Herald's front page, and other lists of it, as the spider would."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder / "news.db")
        with self.store.transaction():
            channel_id = self.store.channels.register(SOURCE, now=NOON)[HOME].id
            run_id = self.store.runs.begin("test", arguments={}, version="0", now=NOON)
        self.errand = Errand(kind="listing", source=SOURCE, channel=CHANNEL, channel_id=channel_id)
        self.crawl = crawl_on(self.store, run_id, checks_per_day=1.0)

    def read(self, minute: int, numbers: Iterable[int], *, next_url: str | None = None) -> Taken:
        """The front page, so many minutes after noon."""
        at = NOON + timedelta(minutes=minute)
        page = Page(url=HOME, body=b"<p>", fetched_at=at)
        with held(at), self.store.transaction():
            return take_listing(self.crawl, self.errand, page, reading(numbers, next_url=next_url), sent_at=None)

    def ask(self, minute: int, *, kind: str = "sitemap") -> list[QueuedUrl]:
        """Queue the news sitemap; what of it is due when it is its turn."""
        at = NOON + timedelta(minutes=minute)
        with held(at), self.store.transaction():
            queue_beside(self.crawl, self.errand, [Channel(kind=kind, url=MAP), CHANNEL])
            queued = self.store.queue.lease(self.crawl.run_id, [SOURCE.id], now=at + LATER, limit=1_000)
        return [one for one in queued if one.page is not None]

    def answer(self, one: QueuedUrl, minute: int, numbers: Iterable[float], *, age_s: float = 0) -> set[str]:
        """The news sitemap is read; the addresses it brings, without what they have in common."""
        assert one.page is not None
        assert one.page.beside is not None
        at = NOON + timedelta(minutes=minute) + LATER
        channel = Channel(kind=one.page.beside, url=one.url)
        errand = replace(self.errand, kind=channel.kind, beside=channel, url_key=one.url_key)
        page = Page(url=one.url, body=b"<urlset/>", fetched_at=at, headers={"age": f"{age_s:.0f}"})
        with held(at), self.store.transaction():
            got = take_beside(self.crawl, errand, page, reading(numbers, dated=True), sent_at=None)
        return {lost.url.removeprefix(f"{HOME}news/story-").removesuffix("-of-the-town") for lost in got}

    @property
    def closed_by(self) -> list[str | None]:
        return [row["closed_by"] for row in self.store.connection.execute("SELECT closed_by FROM gaps ORDER BY id")]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path)
    yield watch
    watch.store.connection.close()


def test_a_list_that_joins_asks_no_other(watch: Watch) -> None:
    assert not watch.read(10, range(10, 0, -1)).is_gap_left
    assert not watch.read(14, range(14, 4, -1)).is_gap_left


def test_further_pages_are_read_before_other_lists(watch: Watch) -> None:
    watch.read(10, range(10, 0, -1))
    assert not watch.read(40, range(40, 30, -1), next_url=f"{HOME}?page=2").is_gap_left


def test_what_was_lost_is_found_and_the_gap_closed(watch: Watch) -> None:
    watch.read(3, range(3, -7, -1))
    watch.read(10, range(10, 0, -1))
    assert watch.read(24, range(24, 14, -1)).is_gap_left
    (one,) = watch.ask(24)
    assert watch.answer(one, 24, range(26, -3, -1)) == {"11", "12", "13", "14"}
    assert watch.closed_by == [MAP]
    assert [left for left in watch.ask(24) if left.url_key != one.url_key] == []


def test_a_gap_that_hides_nothing_is_closed(watch: Watch) -> None:
    watch.read(10, range(10, 0, -1))
    assert watch.read(20, range(20, 10, -1)).is_gap_left, "all new, and just full"
    (one,) = watch.ask(20)
    assert watch.answer(one, 20, range(20, 0, -1)) == set()
    assert watch.closed_by == [MAP]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (range(24, 12, -1), "it does not go back beyond the gap"),
        ([*range(24, 18, -1), *range(14, -3, -1)], "it shows too little of what the front page shows"),
        ([], "it is empty"),
    ],
)
def test_a_list_that_proves_nothing_closes_nothing(watch: Watch, numbers: list[int], why: str) -> None:
    watch.read(10, range(10, 0, -1))
    watch.read(24, range(24, 14, -1))
    (one,) = watch.ask(24)
    assert watch.answer(one, 24, numbers) == set(), why
    assert watch.closed_by == [None], why


def test_what_may_be_of_another_section_is_not_taken_for_lost(watch: Watch) -> None:
    for minute in (3, 10, 24):
        watch.read(minute, range(minute, minute - 10, -1))
    (one,) = watch.ask(24)
    others = [number + 0.5 for number in range(3, 10)]
    assert watch.answer(one, 24, [*range(24, -3, -1), *others]) == set()
    assert watch.closed_by == [None]


def test_a_list_out_of_a_cache_from_before_proves_nothing(watch: Watch) -> None:
    watch.read(10, range(10, 0, -1))
    watch.read(20, range(20, 10, -1))
    (one,) = watch.ask(20)
    assert watch.answer(one, 20, range(20, 0, -1), age_s=WAIT_S + 60) == set()
    assert watch.closed_by == [None]


def test_a_list_that_cannot_be_had_says_nothing_of_the_channel(watch: Watch) -> None:
    watch.read(10, range(10, 0, -1))
    watch.read(24, range(24, 14, -1))
    (one,) = watch.ask(24)
    errand = replace(watch.errand, kind="sitemap", beside=Channel(kind="sitemap", url=MAP), url_key=one.url_key)
    before = watch.store.channels.get(watch.errand.channel_id or 0)
    with held(NOON), watch.store.transaction():
        end_failed(watch.crawl, Failed(errand=errand, url=MAP, outcome="http_404", message="for a test", status=404))
    assert watch.store.channels.get(watch.errand.channel_id or 0) == before
    assert watch.store.connection.execute("SELECT count(*) FROM checks WHERE complete = 0").fetchone()[0] == 0
    assert [left for left in watch.ask(24) if left.url_key != one.url_key] == []


def test_its_steps_are_kept_and_read_back(watch: Watch) -> None:
    beside = Channel(kind="sitemap", url=MAP)
    errand = replace(watch.errand, kind="sitemap", beside=beside, url_key=f"beside 1 {MAP}")
    for step in (
        GapLeft(errand=errand, found=(beside,)),
        BesideRead(answered=None, errand=errand, habits={}, sent_at=NOON),
    ):
        kind = STEPS[type(step).__name__]
        assert msgspec.json.decode(msgspec.json.encode(step), type=kind) == step


def test_it_is_read_with_the_patterns_of_the_channel() -> None:
    channel = replace(CHANNEL, article_url="/sport/", not_url="/video/", select={"record": "li"})
    spider = ListingSpider(Plan(sources=(), user_url=False), {})
    place = ListPage(pages_left=0, began_at=NOON, beside="sitemap")
    queued = QueuedUrl(url_key="k", url=MAP, source_id=SOURCE.id, channel_id=1, entry=None, reason="page", page=place)
    request = spider.page_request(queued, Errand(kind="listing", source=SOURCE, channel=channel, channel_id=1))
    errand = request.meta["newscrawl"]
    assert (errand.kind, errand.channel, request.callback) == ("sitemap", channel, spider.parse_beside)
    assert errand.beside == Channel(kind="sitemap", url=MAP, article_url="/sport/", not_url="/video/")
