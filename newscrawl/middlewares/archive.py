"""Keeps every answer in the archive before anything is made of it, redirects and robots.txt included.

But for those whose publishers say noarchive.
"""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.refusals import forbids_copies
from newscrawl.crawl import FETCHED_AT, RECORD_ID, Crawl
from newscrawl.intake import page_of
from newscrawl.transport.meta import WIRE, Wire


class ArchiveMiddleware:
    """Writes the answer and its request, and their row in `archived`, in one group commit."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_WARC`."""
        if not crawler.settings["NEWSCRAWL_WARC"]:
            raise NotConfigured
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Keep it; its record's id is in `request.meta` from then on."""
        wire: Wire | None = request.meta.pop(WIRE, None)
        crawl = Crawl.of(self._crawler)
        keeper = crawl.keeper
        if wire is None or keeper is None:
            return response
        page = page_of(response)
        if forbids_copies(page.headers, page.body):
            return response
        given = getattr(request.meta.get("newscrawl"), "fetched_at", None)
        exchange = Exchange(
            url=request.url,
            fetched_at=given or request.meta.get(FETCHED_AT) or crawl.clock(),
            method=request.method.encode("ascii"),
            asked=wire.asked,
            status=response.status,
            phrase=wire.phrase,
            told=wire.told,
            body=wire.body,
            ip_address=str(response.ip_address) if response.ip_address else None,
        )
        request.meta[RECORD_ID] = await crawl.write(lambda: keeper.keep(exchange))
        return response
