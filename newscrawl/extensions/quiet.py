"""Log lines for people: neither every part's name at the start nor every article's whole text in between.

What a site wrote is in many of them, so none may steer a terminal or pass for two lines.
"""

import logging
from typing import Any

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.settings import Settings
from twisted.python.failure import Failure

from newscrawl.console import flat

_LISTS_OF_PARTS = ("scrapy.addons", "scrapy.middleware", "scrapy.crawler", "scrapy.core.engine")


class SafeRecord(logging.LogRecord):
    """A log record whose message holds no control characters and no half ones; one of ours is one line."""

    def getMessage(self) -> str:  # noqa: N802 - the name is logging's
        """The message, as it can be written anywhere."""
        text = super().getMessage().encode("utf-8", "replace").decode("utf-8")
        if self.name.startswith(("newscrawl", "spiders")):
            return flat(text)
        return "\n".join(map(flat, text.split("\n")))


class Quiet:
    """An add-on: Scrapy's lists of its parts and settings, logged at INFO at every start, are for its developers."""

    def update_settings(self, settings: Settings) -> None:
        """Leave only warnings of those; with LOG_LEVEL DEBUG everything shows. Make every message safe."""
        logging.setLogRecordFactory(SafeRecord)
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
