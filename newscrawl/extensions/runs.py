"""Opens the crawl with the spider and closes it with the reason; a sign of life in between."""

import asyncio
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl import Crawl
from newscrawl.ends import end_failed
from newscrawl.steps import Failed

BEAT_S = 15.0


class RunsExtension:
    """The run's row in `runs`, from start to end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._beating: asyncio.Task[None] | None = None
        self._reason = "not started"
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
        Crawl.of(self._crawler)
        self._beating = asyncio.get_running_loop().create_task(self._beat())

    async def _beat(self) -> None:
        crawl = Crawl.of(self._crawler)
        while True:
            crawl.check_room()
            if crawl.failure is not None:
                await self._crawler.engine.close_spider_async(reason="database")
                return
            await asyncio.sleep(BEAT_S)
            await crawl.write(lambda: crawl.store.runs.beat(crawl.run_id, crawl.clock()))

    def _idle(self, spider: Spider) -> None:
        crawl = Crawl.of(self._crawler)
        if crawl.waits:
            crawl.commit()
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
        waiting = crawl.write(lambda: end_failed(crawl, failed), failed)
        self._tasks.add(task := asyncio.get_running_loop().create_task(waiting))
        task.add_done_callback(self._tasks.discard)

    def _closed(self, spider: Spider, reason: str) -> None:
        if self._beating is not None:
            self._beating.cancel()
        self._reason = reason

    def _stopped(self) -> None:
        """After every other part has had its last word at `spider_closed`."""
        Crawl.of(self._crawler).close(self._reason)
