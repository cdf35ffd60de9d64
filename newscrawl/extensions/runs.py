"""Opens the crawl with the spider and closes it with the reason; in between a sign of life, and an eye on the clock."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl import Crawl
from newscrawl.ends import end_failed
from newscrawl.middlewares.refused import Unasked
from newscrawl.steps import Failed

BEAT_S = 15.0
LEASE_S = 600.0
"""A channel that is being checked is nobody else's for so long after the run's last sign of life."""
LOOK_S = 1.0
JUMP_S = 120.0
"""A clock that is off by less is not said to be set; checks of a channel are no closer together."""
RATE_MAX = 100.0
"""A clock that runs up to so many times as fast as it should is a simulation's, and is believed."""
BUSY_NOTED_S = 5.0
GRACE_S = 7.0
"""What is on its way when the run is told to end has so long to come and be read."""


class RunsExtension:
    """The run's row in `runs`, from start to end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._beating: list[asyncio.Task[None]] = []
        self._reason = "not started"
        self._is_ending = False
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        extension = cls(crawler)
        crawler.signals.connect(extension._opened, signal=signals.spider_opened)
        crawler.signals.connect(extension._idle, signal=signals.spider_idle)
        crawler.signals.connect(extension._broke, signal=signals.spider_error)
        crawler.signals.connect(extension._broke, signal=signals.item_error)
        crawler.signals.connect(extension._closed, signal=signals.spider_closed)
        crawler.signals.connect(extension._stopped, signal=signals.engine_stopped)
        return extension

    def _opened(self, spider: Spider) -> None:
        crawl, loop = Crawl.of(self._crawler), asyncio.get_running_loop()
        crawl.commits.on_busy = self._rest
        crawl.commits.on_lost = lambda: self._end("database")
        self._beating = [loop.create_task(task) for task in (self._beat(), self._watch_clock(), self._watch_end())]

    def _rest(self, is_busy: bool) -> None:
        """Ask for nothing while what comes could not be stored."""
        crawl, engine = Crawl.of(self._crawler), self._crawler.engine
        (engine.pause if is_busy else engine.unpause)()
        if not is_busy and crawl.commits.busy_s > BUSY_NOTED_S:
            self._start(
                crawl.note("db_busy", f"another process held the database, for {crawl.commits.busy_s:.0f} s so far")
            )

    async def _beat(self) -> None:
        crawl = Crawl.of(self._crawler)
        while True:
            if crawl.failure is not None or not await crawl.has_room():
                self._end("database" if crawl.failure is not None else "disk_full")
                return
            await asyncio.sleep(BEAT_S)
            await crawl.write(lambda: _beat(crawl))
            await crawl.look_at_log()

    def _end(self, reason: str) -> None:
        """Close the spider, once. Not awaited: closing waits for all who may ask for it."""
        if not self._is_ending:
            self._is_ending = True
            self._start(self._crawler.engine.close_spider_async(reason=reason))

    async def _watch_clock(self) -> None:
        """See when the computer's clock is set, against one that nobody sets."""
        crawl = Crawl.of(self._crawler)
        last_at, last_s = crawl.clock(), steady_s()
        if crawl.beaten_at is not None and (crawl.beaten_at - last_at).total_seconds() > JUMP_S:
            await crawl.move_due((last_at - crawl.beaten_at).total_seconds())
        while True:
            await asyncio.sleep(LOOK_S)
            now_at, now_s = crawl.clock(), steady_s()
            jumped_s = jump((now_at - last_at).total_seconds(), now_s - last_s)
            last_at, last_s = now_at, now_s
            if jumped_s is not None:
                await crawl.move_due(jumped_s)

    async def _watch_end(self) -> None:
        """Once the run is told to end, take back what waits for its host's turn; say so when the rest takes long.

        But for tdmrep.json, which articles that are here already wait for.
        """
        while self._crawler.crawling:
            await asyncio.sleep(LOOK_S / 4)
        late_s = steady_s() + GRACE_S
        while steady_s() < late_s:
            for slot in self._crawler.engine.downloader.slots.values():
                unasked = [one for one in slot.queue if getattr(one[0].meta.get("newscrawl"), "kind", "") != "tdmrep"]
                for one in unasked:
                    slot.queue.remove(one)
                    one[1].errback(Unasked())
            await asyncio.sleep(LOOK_S / 4)
        Crawl.of(self._crawler).on_late()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.add(task := asyncio.get_running_loop().create_task(work))
        task.add_done_callback(self._tasks.discard)

    def _idle(self, spider: Spider) -> None:
        crawl = Crawl.of(self._crawler)
        if crawl.commits.waits:
            crawl.commits.commit()
            raise DontCloseSpider

    def _broke(self, failure: Failure, response: Response | None) -> None:
        """A defect of ours (Scrapy has logged its traceback): the URL's outcome, and the run does not exit 0."""
        crawl = Crawl.of(self._crawler)
        errand = response.meta.get("newscrawl") if response is not None else None
        crawl.break_down()
        if errand is None or response is None or crawl.failure is not None:
            return
        url, message = response.url, f"{type(failure.value).__name__}: {failure.value}"
        failed = Failed(errand=errand, url=url, outcome="internal_error", message=message, status=response.status)
        self._start(crawl.write(lambda: end_failed(crawl, failed), failed))

    def _closed(self, spider: Spider, reason: str) -> None:
        for task in self._beating:
            task.cancel()
        self._reason = reason

    def _stopped(self) -> None:
        """After every other part has had its last word at `spider_closed`."""
        Crawl.of(self._crawler).close(self._reason)


def _beat(crawl: Crawl) -> None:
    """A sign of life; what this run is on its way to is held on to."""
    now = crawl.clock()
    crawl.store.runs.beat(crawl.run_id, now)
    crawl.store.channels.renew_leases(crawl.run_id, now=now, lease_s=LEASE_S)


def jump(clock_s: float, steady_s: float) -> float | None:
    """By how much the clock was set, when it went on by `clock_s` while `steady_s` passed; None: it was not."""
    off_s = clock_s - steady_s
    if -JUMP_S <= off_s <= JUMP_S + RATE_MAX * steady_s:
        return None
    return off_s


def steady_s() -> float:
    """Seconds on a clock that is never set and, where there is such a one, goes on while the computer sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
