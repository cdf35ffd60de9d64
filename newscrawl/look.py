"""Fetching a few pages for a command, politely and through every gate, without a database of one's own to keep."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcessBase
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.console import fail
from newscrawl.crawl import Errand
from newscrawl.errors import SeedError
from newscrawl.extensions.identity import require_contact
from newscrawl.intake import page_of
from newscrawl.models import Page
from newscrawl.sources import source_for_url
from newscrawl.store.base import FetchKind
from newscrawl.transport.outcomes import outcome_of_failure

Wanted = tuple[str, FetchKind]


@dataclass(slots=True)
class Look:
    """What was fetched, and what could not be: URL → (outcome, message)."""

    pages: dict[str, Page] = field(default_factory=dict)
    failures: dict[str, tuple[str, str]] = field(default_factory=dict)


class LookSpider(Spider):
    """Fetches what it is told to, and what `onward` asks for next."""

    name = "look"

    def __init__(self, first: Iterable[Wanted], onward: Callable[[Page], Iterable[Wanted]], look: Look) -> None:
        super().__init__()
        self._first, self._onward, self._look = list(first), onward, look
        self._asked: set[str] = set()

    async def start(self) -> Any:
        """The first requests."""
        for request in self._requests(self._first):
            yield request

    def _requests(self, wanted: Iterable[Wanted]) -> Iterable[Request]:
        for url, kind in wanted:
            if url in self._asked:
                continue
            self._asked.add(url)
            errand = Errand(kind=kind, source=source_for_url(url), user_url=url == self._first[0][0])
            yield Request(url, self._keep, errback=self._fail, meta={"newscrawl": errand})

    def _keep(self, response: Response) -> Iterable[Request]:
        page = page_of(response)
        self._look.pages[page.requested_url or page.url] = page
        yield from self._requests(self._onward(page))

    def _fail(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it on every errback's failure
        self._look.failures[request.url] = outcome_of_failure(failure)


def look(
    process: CrawlerProcessBase,
    first: Iterable[Wanted],
    onward: Callable[[Page], Iterable[Wanted]] = lambda page: (),
) -> Look:
    """Fetch `first`, then whatever `onward` asks for after each page. Blocks until all is fetched.

    Leaves with one line where a public site is asked for and no contact is given.
    """
    first = list(first)
    try:
        require_contact(process.settings, tuple(source_for_url(url) for url, _ in first))
    except SeedError as error:
        fail(error)
    found = Look()
    with tempfile.TemporaryDirectory() as folder:
        own = {"NEWSCRAWL_DB": str(Path(folder) / "look.db"), "NEWSCRAWL_EXTRACT_WORKERS": 0, "ITEM_PIPELINES": {}}
        process.settings.setdict({**own, "LOG_LEVEL": "ERROR"}, priority="cmdline")
        process.crawl(process.create_crawler(LookSpider), first=first, onward=onward, look=found)
        process.start()
    return found
