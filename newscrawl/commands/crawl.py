"""`scrapy crawl`: Scrapy's own, with arguments checked first and an exit status that tells."""

import argparse
import logging
import os
from importlib.util import find_spec
from threading import Timer
from typing import Any

from scrapy import Spider, signals
from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl.crawl import EXIT_DATABASE, EXIT_USAGE, Crawl
from newscrawl.errors import SeedError, StoreError
from newscrawl.extensions.identity import require_contact
from newscrawl.store import open_store

LEAVE_S = 2.0
_BAD_NAME_HELP = "see `scrapy list` for the spiders there are"


class Command(CrawlCommand):
    """Runs a spider; exits 0 all well, 2 bad argument or seed, 3 something failed hard, 4 disk full, 5 database."""

    _made: Crawler | None = None

    def long_desc(self) -> str:
        """What `scrapy crawl --help` says."""
        return (
            "Run a spider: listing, feed, sitemap, related, monitor or archive (-a path='*.warc.gz'). Without arguments"
            " it crawls every seed file; -a sources='gb/*' picks some; -a url=URL takes one page without a seed file."
            " Exit status: 0 all well, 1 newscrawl failed, 2 a bad argument or seed file, 3 a URL failed hard or a"
            " source fell short of its [expect], 4 no room on the disk, 5 the database cannot be used."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check, crawl, and leave with the run's status."""
        assert self.settings is not None
        assert self.crawler_process is not None
        if len(args) == 1:
            problem = self._check(args[0], opts.spargs)
            if problem:
                return
        super().run(args, opts)
        if self._made is not None:
            self.exitcode = self.exitcode or Crawl.of(self._made).exit_status

    def _create_crawler(self, spidercls: type[Spider] | str) -> Crawler:
        """As Scrapy makes it; kept, because the process forgets its crawlers as they finish."""
        self._made = super()._create_crawler(spidercls)
        self._made.signals.connect(self._opened, signal=signals.spider_opened)
        return self._made

    def _opened(self, spider: Spider) -> None:
        from twisted.internet import reactor

        assert self._made is not None
        Crawl.of(self._made).on_late = self._leave
        trigger: Any = reactor
        trigger.addSystemEventTrigger("before", "shutdown", self._stopped)

    def _leave(self) -> None:
        """End the run without what is still on its way: it stays due."""
        assert self._made is not None
        crawl = Crawl.of(self._made)
        logging.getLogger("newscrawl").warning("shutdown: what had not come by now is asked for again by the next run")
        crawl.close("shutdown")
        logging.shutdown()
        os._exit(crawl.exit_status)

    def _stopped(self) -> None:
        """All is written; Twisted would wait for a name look-up that does not come back."""
        assert self._made is not None
        leaving = Timer(LEAVE_S, os._exit, [Crawl.of(self._made).exit_status])
        leaving.daemon = True
        leaving.start()

    def _check(self, name: str, arguments: dict[str, str]) -> bool:
        """Print one line and set the exit status when the run cannot start; gives whether it cannot."""
        assert self.settings is not None
        assert self.crawler_process is not None
        try:
            spider = self.crawler_process.spider_loader.load(name)
        except KeyError:
            return self._refuse(f"no spider called {name!r}; {_BAD_NAME_HELP}", EXIT_USAGE)
        read = getattr(spider, "read_plan", None)
        try:
            _require_warc(self.settings)
            if read is not None:
                require_contact(self.settings, read(self.settings, arguments).sources)
            open_store(self.settings["NEWSCRAWL_DB"]).close()
        except SeedError as error:
            return self._refuse(str(error), EXIT_USAGE)
        except StoreError as error:
            return self._refuse(str(error), EXIT_DATABASE)
        return False

    def _refuse(self, line: str, status: int) -> bool:
        logging.getLogger("newscrawl").error("%s", line)
        self.exitcode = status
        return True


def _require_warc(settings: BaseSettings) -> None:
    """Raise SeedError where answers are to be kept and the library for it is not there."""
    if settings["NEWSCRAWL_WARC"] and find_spec("fastwarc") is None:
        reason = "fastwarc is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[warc]'"
        raise SeedError("setting", "NEWSCRAWL_WARC", reason)
