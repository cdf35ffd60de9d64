"""Log lines for people: neither every part's name at the start nor every article's whole text in between."""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import Settings
from twisted.python.failure import Failure

_LISTS_OF_PARTS = ("scrapy.addons", "scrapy.middleware", "scrapy.crawler", "scrapy.core.engine")


class Quiet:
    """An add-on: Scrapy's lists of its parts and settings, logged at INFO at every start, are for its developers."""

    def update_settings(self, settings: Settings) -> None:
        """Leave only warnings of those; with LOG_LEVEL DEBUG everything shows."""
        if settings["LOG_LEVEL"] != "DEBUG":
            for name in _LISTS_OF_PARTS:
                logging.getLogger(name).setLevel(logging.WARNING)


class QuietFormatter(LogFormatter):
    """Leaves items to the store pipeline's line, and refused ones to their outcome."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> None:  # type: ignore[override]  # None: silence
        """Nothing: the store pipeline says what became of it. Scrapy takes None for silence."""
        return

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """One line: which address, and why."""
        return {"level": logging.INFO, "msg": "dropped: %(why)s (%(url)s)", "args": {"why": exception, "url": item.url}}
