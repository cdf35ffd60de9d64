"""Empty is loud: at the end of a run, each source against its seed's `[expect]`, and against nothing at all."""

import logging
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.crawl import Crawl
from newscrawl.models import Expect

logger = logging.getLogger(__name__)


class ExpectExtension:
    """Compares what a run brought with what its sources' seeds say it must bring."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        extension = cls(crawler)
        crawler.signals.connect(extension._closing, signal=signals.spider_closed)
        return extension

    def _closing(self, spider: Spider) -> None:
        crawl = Crawl.of(self._crawler)
        for source in getattr(spider, "sources_by_id", {}).values():
            if source.expect == Expect():
                continue
            found = crawl.store.runs.brought(crawl.run_id, source.id)
            for message in shortfalls(source.expect, *found):
                happened = "; ".join(crawl.store.runs.channel_troubles(crawl.run_id, source.id))
                logger.error("expect_missed: %s: %s%s", source.id, message, f" ({happened})" if happened else "")
                crawl.count("sources/expect_missed")
                crawl.fall_short()


def shortfalls(expect: Expect, entries: int | None, articles: int, dated: int, mean_chars: float | None) -> list[str]:
    """What the run fell short of, a line each. `entries`: None when no channel was read in full (304, or down)."""
    lines = []
    if expect.entries_min is not None and entries is not None and entries < expect.entries_min:
        lines.append(f"{entries} entries, expected at least {expect.entries_min}")
    share = dated / articles if articles else None
    if expect.date_published_share_min is not None and share is not None and share < expect.date_published_share_min:
        lines.append(f"{share:.0%} of {articles} articles dated, expected {expect.date_published_share_min:.0%}")
    if (
        expect.article_body_chars_min is not None
        and mean_chars is not None
        and mean_chars < expect.article_body_chars_min
    ):
        lines.append(f"{mean_chars:.0f} characters a body on average, expected {expect.article_body_chars_min}")
    return lines
