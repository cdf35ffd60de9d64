"""Log lines for people: what Scrapy would print of every item (its whole text) is one short line of ours instead."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class QuietFormatter(LogFormatter):
    """Leaves items to the store pipeline's line, and refused ones to their outcome."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> None:  # type: ignore[override]
        """Nothing: the store pipeline says what became of it. (Scrapy takes None for "do not log".)"""
        return

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One line: which address, and why."""
        return {"level": logging.INFO, "msg": "dropped: %(why)s (%(url)s)", "args": {"why": exception, "url": item.url}}
