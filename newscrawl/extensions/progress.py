"""A line a few seconds apart while a crawl works, and one at its end, for the person who waits."""

import asyncio
import logging
from time import monotonic
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.crawl import Crawl

EVERY_S = 10.0
logger = logging.getLogger(__name__)


class ProgressExtension:
    """Says how many pages were fetched, how many articles came of them, and what is in flight."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._since = monotonic()
        self._telling: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        extension = cls(crawler)
        crawler.signals.connect(extension._opened, signal=signals.spider_opened)
        crawler.signals.connect(extension._closed, signal=signals.spider_closed)
        return extension

    def _opened(self, spider: Spider) -> None:
        self._telling = asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            logger.info("%s; %d in flight", self._line(), len(self._crawler.engine.downloader.active))

    def _closed(self, spider: Spider, reason: str) -> None:
        if self._telling is not None:
            self._telling.cancel()
        level = logging.INFO if reason == "finished" else logging.WARNING
        logger.log(level, "%s: %s → %s", reason, self._line(), Crawl.of(self._crawler).store.path)

    def _line(self) -> str:
        crawl = Crawl.of(self._crawler)
        fetched = self._crawler.stats.get_value("response_received_count", 0)
        counts = ", ".join(f"{crawl.verdicts[verdict]} {verdict}" for verdict in ("new", "revision", "copy", "same"))
        return f"{monotonic() - self._since:.0f} s: {fetched} answers, articles: {counts}"
