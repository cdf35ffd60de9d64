"""Further pages of a list stand in the queue until they are read: a run that ends in between loses none."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl import limits
from newscrawl.clock import held
from newscrawl.crawl import Errand
from newscrawl.ends import BUDGET_RETRY_S, end_failed
from newscrawl.intake import Taken, take_listing
from newscrawl.models import Channel, Entry, Listing, Page, Source
from newscrawl.steps import Failed
from newscrawl.store import QueuedUrl, open_store
from newscrawl.workers import Reading
from tests.shell.making import crawl_on

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
URL = "https://herald.example/"
CHANNEL = Channel(kind="listing", url=URL)
SOURCE = Source(id="zz_herald", publisher="The Herald", url=URL, country="zz", channels=(CHANNEL,))


class Walk:
    """Reads pages of one channel into a database, as the spider would."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder / "news.db")
        with self.store.transaction():
            self.channel_id = self.store.channels.register(SOURCE, now=NOON)[URL].id
        self.run()

    def run(self) -> None:
        """A new run; what the last one held is free again, as after a kill."""
        with self.store.transaction():
            run_id = self.store.runs.begin("test", arguments={}, version="0", now=NOON)
        self.crawl = crawl_on(self.store, run_id, checks_per_day=1.0)

    def errand(self, of: QueuedUrl | None = None, *, is_left_over: bool = False) -> Errand:
        place = of.page if of else None
        return Errand(
            kind="listing",
            source=SOURCE,
            channel=CHANNEL,
            channel_id=self.channel_id,
            url_key=of.url_key if of else None,
            pages_left=place.pages_left if place else 9,
            walk_began_at=place.began_at if place else None,
            is_left_over=is_left_over,
            sitemap_depth=place.sitemap_depth if place else 0,
        )

    def read(
        self,
        of: QueuedUrl | None = None,
        *,
        new: int = 0,
        onward: str | None = None,
        inner: int = 0,
        like: str | None = None,
        at: datetime = NOON,
        is_left_over: bool = False,
    ) -> Taken:
        """One page that shows `new` articles (as many as `like` showed), a next page, or `inner` sitemaps."""
        url = of.url if of else URL
        entries = tuple(
            Entry(url=f"{URL}{len(like or url)}/story-{n}-of-the-town", headline=f"Story {n} of the town", position=n)
            for n in range(new)
        )
        children = tuple(f"{url}inner-{n}.xml" for n in range(inner))
        reading = Reading(listing=Listing(entries=entries, next_url=onward, children=children), articles=())
        page = Page(url=url, body=b"<p>", fetched_at=at)
        with held(at), self.store.transaction():
            return take_listing(self.crawl, self.errand(of, is_left_over=is_left_over), page, reading, sent_at=None)

    def fail(self, of: QueuedUrl, outcome: str, *, kind: str = "listing") -> None:
        errand = self.errand(of) if kind == "listing" else Errand(kind="article", source=SOURCE, url_key=of.url_key)
        with held(NOON), self.store.transaction():
            end_failed(self.crawl, Failed(errand=errand, url=of.url, outcome=outcome, message="for a test"))

    def due(self, *, after: timedelta = timedelta()) -> list[QueuedUrl]:
        """What a run takes out of the queue then."""
        with self.store.transaction():
            return self.store.queue.lease(self.crawl.run_id, [SOURCE.id], now=NOON + after, limit=1000)


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    walk = Walk(tmp_path)
    yield walk
    walk.store.connection.close()


def test_a_killed_walk_is_taken_up_where_it_stood(walk: Walk) -> None:
    (second,) = walk.read(new=3, onward=f"{URL}?page=2").further
    (third,) = walk.read(second, new=2, onward=f"{URL}?page=3").further
    walk.run()
    assert walk.read(new=0, onward=f"{URL}?page=2").further == []
    left = [one for one in walk.due() if one.page]
    assert [(one.url, one.page) for one in left] == [(f"{URL}?page=3", third.page)]
    assert left[0].page is not None
    assert left[0].page.pages_left == 7
    walk.read(left[0])
    walk.run()
    assert [one.url for one in walk.due() if one.page] == []


def test_a_walk_that_goes_on_does_not_end_at_what_it_saw_itself(walk: Walk) -> None:
    walk.read(new=3, like="before", at=NOON - timedelta(days=1))
    (second,) = walk.read(new=5, onward=f"{URL}?page=2").further
    walk.run()
    walk.due()  # the articles are under way
    # Articles have come meanwhile: what stood on the first page stands on the second.
    later = {"of": second, "onward": f"{URL}?page=3", "at": NOON + timedelta(hours=1)}
    assert walk.read(new=5, like=URL, **later).further == []
    (third,) = walk.read(new=5, like=URL, is_left_over=True, **later).further
    assert third.page is not None
    assert (third.page.began_at, third.page.pages_left) == (NOON, 7)
    assert walk.read(new=3, like="before", is_left_over=True, **later).further == []


def test_a_page_that_is_under_way_is_not_asked_for_twice(walk: Walk) -> None:
    assert len(walk.read(new=3, onward=f"{URL}?page=2").further) == 1
    assert walk.read(new=3, onward=f"{URL}?page=2").further == []


def test_a_further_page_that_fails_is_tried_again_and_leaves_its_channel_alone(walk: Walk) -> None:
    (second,) = walk.read(onward=f"{URL}?page=2", new=1).further
    before = walk.store.channels.get(walk.channel_id)
    walk.fail(second, "timeout_read")
    again = [one for one in walk.due(after=timedelta(hours=1)) if one.page]
    assert [one.url for one in again] == [second.url]
    walk.fail(again[0], "gone")
    assert [one for one in walk.due(after=timedelta(days=9)) if one.page] == []
    after = walk.store.channels.get(walk.channel_id)
    assert (after.parked_reason, after.failures, after.next_check_at) == (None, 0.0, before.next_check_at)


def test_the_sitemaps_of_an_index_are_counted_with_those_inside_them(walk: Walk) -> None:
    outer = walk.read(inner=limits.SITEMAP_FILES - 3).further
    assert len(outer) == limits.SITEMAP_FILES - 3
    assert len(walk.read(outer[0], inner=5).further) == 3
    assert walk.read(outer[1], inner=5).further == []


def test_what_a_budget_leaves_over_is_still_due(walk: Walk) -> None:
    (article,) = walk.read(new=1).queued
    for _ in range(9):
        walk.fail(article, "budget", kind="article")
        walk.run()
    assert walk.due(after=timedelta(seconds=BUDGET_RETRY_S - 1)) == []
    (again,) = walk.due(after=timedelta(seconds=BUDGET_RETRY_S))
    assert (again.url, again.attempts) == (article.url, 1)
