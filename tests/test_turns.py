"""Whose page is read next: the order of pages, and readers that slow sources cannot take."""

import asyncio
from contextlib import suppress

import pytest

from newscrawl.turns import OTHERS_S, SLOW_S, WAITING_MAX, Turns


class Desk:
    """Readers on a clock of their own; every page is read until the test says it is done."""

    def __init__(self, readers: int, early: int = 0) -> None:
        self.now_s = 0.0
        self.turns = Turns(readers, early=early, clock=lambda: self.now_s)
        self.reading: dict[str, asyncio.Event] = {}
        self.order: list[str] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def bring(self, page: str, *, is_large: bool = False) -> None:
        """A page `<source>/<name>` comes."""

        async def read() -> None:
            async with self.turns.turn(page.partition("/")[0], is_large=is_large):
                self.order.append(page)
                self.reading[page] = asyncio.Event()
                await self.reading[page].wait()
            del self.reading[page]

        self._tasks[page] = asyncio.create_task(read())
        await settle()

    async def done(self, page: str, *, after_s: float = 0.1) -> None:
        self.now_s += after_s
        self.reading[page].set()
        await settle()

    async def leave(self, page: str) -> None:
        self._tasks[page].cancel()
        with suppress(asyncio.CancelledError):
            await self._tasks[page]
        await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_no_more_are_read_at_once_than_there_are_readers():
    desk = Desk(2)
    for page in ("a/1", "b/1", "c/1"):
        await desk.bring(page)
    assert set(desk.reading) == {"a/1", "b/1"}
    await desk.done("a/1")
    assert set(desk.reading) == {"b/1", "c/1"}


async def test_of_a_crowd_each_source_has_its_turn():
    desk = Desk(1)
    for page in ("a/1", "a/2", "a/3", "b/1", "c/1"):
        await desk.bring(page)
    for _ in range(5):
        await desk.done(desk.order[-1], after_s=1.0)
    assert desk.order == ["a/1", "b/1", "c/1", "a/2", "a/3"]


async def test_what_was_used_long_ago_counts_no_more():
    desk = Desk(1)
    await desk.bring("a/1")
    await desk.done("a/1", after_s=4.0)
    desk.now_s += 3600
    await desk.bring("b/1")
    await desk.bring("b/2")
    await desk.bring("a/2")
    await desk.done("b/1", after_s=1.0)
    assert desk.order == ["a/1", "b/1", "a/2"]


async def fetch(desk: Desk, source_id: str) -> bool:
    """Ask for a page that never comes; gives whether it had to wait."""
    async with desk.turns.room(source_id) as waited:
        return waited


async def test_a_source_whose_pages_wait_is_asked_for_no_more():
    desk = Desk(1)
    await desk.bring("a/1")
    assert await fetch(desk, "a") is False
    await desk.bring("a/2")
    assert await fetch(desk, "b") is False
    waits = asyncio.create_task(fetch(desk, "a"))
    await settle()
    assert not waits.done()
    await desk.done("a/1")
    assert await waits is True


async def test_nobody_is_asked_while_many_pages_wait():
    desk = Desk(1)
    for number in range(WAITING_MAX + 1):
        await desk.bring(f"{number}/1")
    waits = asyncio.create_task(fetch(desk, "late"))
    await settle()
    assert not waits.done()
    await desk.done("0/1")
    assert await waits is True


async def test_of_many_that_wait_the_next_is_asked_though_no_page_came_of_the_first():
    desk = Desk(1)
    await desk.bring("a/1")
    await desk.bring("a/2")
    waits = [asyncio.create_task(fetch(desk, "a")) for _ in range(5)]
    await settle()
    await desk.done("a/1")
    assert await asyncio.gather(*waits) == [True] * 5


@pytest.mark.parametrize("is_large", [False, True])
async def test_slow_sources_leave_a_reader_to_the_others(is_large: bool):
    desk = Desk(2)
    for page in ("slow1/1", "slow2/1"):
        await desk.bring(page, is_large=is_large)
        await desk.done(page, after_s=0.1 if is_large else 2 * SLOW_S)
    await desk.bring("quick/1")
    await desk.done("quick/1")
    for page in ("slow1/2", "slow2/2"):
        await desk.bring(page, is_large=is_large)
    assert set(desk.reading) == {"slow1/2"}
    await desk.bring("quick/2")
    assert set(desk.reading) == {"slow1/2", "quick/2"}
    await desk.done("slow1/2")
    assert set(desk.reading) == {"quick/2", "slow2/2"}


async def test_when_no_quick_page_has_come_for_long_slow_ones_use_every_reader():
    desk = Desk(2)
    await desk.bring("quick/1")
    await desk.done("quick/1")
    desk.now_s += OTHERS_S
    await desk.bring("slow/1", is_large=True)
    await desk.bring("slow/2", is_large=True)
    assert set(desk.reading) == {"slow/1", "slow/2"}


async def test_alone_slow_sources_use_every_reader():
    desk = Desk(2)
    await desk.bring("slow/1")
    await desk.done("slow/1", after_s=2 * SLOW_S)
    await desk.bring("slow/2")
    await desk.bring("slow/3")
    assert set(desk.reading) == {"slow/2", "slow/3"}


async def test_who_gives_up_leaves_no_place_taken():
    desk = Desk(1)
    for page in ("a/1", "b/1", "c/1"):
        await desk.bring(page)
    await desk.leave("b/1")
    await desk.leave("a/1")
    assert desk.order == ["a/1", "c/1"]


async def test_quick_pages_are_handed_over_before_a_reader_is_free():
    desk = Desk(2, early=2)
    for page in ("a/1", "b/1", "c/1", "d/1", "e/1"):
        await desk.bring(page)
    assert desk.order == ["a/1", "b/1", "c/1", "d/1"]
    await desk.done("a/1")
    assert desk.order[4:] == ["e/1"]


async def test_a_page_handed_over_early_answers_for_its_own_time_only():
    desk = Desk(1, early=1)
    await desk.bring("slow/1")
    await desk.bring("quick/1")
    await desk.done("slow/1", after_s=2 * SLOW_S)
    await desk.done("quick/1", after_s=0.1)
    await desk.bring("other/1")
    for page in ("slow/2", "quick/2"):
        await desk.bring(page)
    assert desk.order[-1] == "quick/2", "slow pages are not handed over early, quick ones are"


async def test_large_pages_wait_until_a_reader_is_free():
    desk = Desk(1, early=2)
    await desk.bring("a/1")
    await desk.bring("b/1", is_large=True)
    assert desk.order == ["a/1"]
    await desk.done("a/1")
    assert desk.order == ["a/1", "b/1"]


async def test_who_gives_up_early_leaves_the_others_in_order():
    desk = Desk(1, early=2)
    for page in ("a/1", "b/1", "c/1"):
        await desk.bring(page)
    await desk.leave("b/1")
    await desk.bring("d/1")
    assert desk.order == ["a/1", "b/1", "c/1", "d/1"]
    await desk.done("a/1", after_s=2 * SLOW_S)
    await desk.done("c/1")
    await desk.bring("c/2")
    assert desk.order[-1] == "c/2", "c's page was not read while a's was"
