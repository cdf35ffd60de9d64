"""Opens the crawl with the spider and closes it with the reason; a sign of life in between."""

import asyncio
import logging
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from newscrawl.crawl import Crawl

BEAT_S = 15.0
logger = logging.getLogger(__name__)


class RunsExtension:
    """The run's row in `runs`, from start to end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._beating: asyncio.Task[None] | None = None
        self._reason = "not started"

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        extension = cls(crawler)
        crawler.signals.connect(extension._opened, signal=signals.spider_opened)
        crawler.signals.connect(extension._idle, signal=signals.spider_idle)
        crawler.signals.connect(extension._closed, signal=signals.spider_closed)
        crawler.signals.connect(extension._stopped, signal=signals.engine_stopped)
        return extension

    def _opened(self, spider: Spider) -> None:
        Crawl.of(self._crawler)
        self._beating = asyncio.get_running_loop().create_task(self._beat())

    async def _beat(self) -> None:
        crawl = Crawl.of(self._crawler)
        while True:
            await asyncio.sleep(BEAT_S)
            await crawl.write(lambda: crawl.store.runs.beat(crawl.run_id, crawl.clock()))

    def _idle(self, spider: Spider) -> None:
        crawl = Crawl.of(self._crawler)
        if crawl.waits:
            crawl.commit()
            raise DontCloseSpider

    def _closed(self, spider: Spider, reason: str) -> None:
        if self._beating is not None:
            self._beating.cancel()
        self._reason = reason

    def _stopped(self) -> None:
        """After every other part has had its last word at `spider_closed`."""
        Crawl.of(self._crawler).close(self._reason)
