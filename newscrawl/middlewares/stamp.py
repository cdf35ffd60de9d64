"""When an answer was made for us, and when its request left: the instants every relative time is anchored at."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl import FETCHED_AT, SENT_AT, Crawl
from newscrawl.transport.meta import TOOK_S


class StampMiddleware:
    """Writes `FETCHED_AT` and `SENT_AT` into the request's meta."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        middleware = cls()
        crawler.signals.connect(middleware._headers, signal=signals.headers_received)
        crawler.signals.connect(middleware._left, signal=signals.request_left_downloader)
        return middleware

    def _headers(self, request: Request) -> None:
        request.meta.setdefault(FETCHED_AT, Crawl.clock())

    def process_response(self, request: Request, response: Response) -> Response:
        """Stamp the answer; one replayed from the HTTP cache keeps the instant it was first made."""
        errand = request.meta.get("newscrawl")
        now = Crawl.clock()
        given = getattr(errand, "fetched_at", None)
        fetched_at = given or (_stored_date(response) if "cached" in response.flags else None)
        request.meta[FETCHED_AT] = fetched_at or request.meta.get(FETCHED_AT, now)
        return response

    def _left(self, request: Request) -> None:
        """Stamp the attempt, whatever becomes of its answer."""
        if TOOK_S in request.meta:  # absent: nothing was sent
            request.meta[SENT_AT] = Crawl.clock() - timedelta(seconds=request.meta[TOOK_S])


def _stored_date(response: Response) -> datetime | None:
    raw = response.headers.get("Date")
    if raw is None:
        return None
    try:
        return parsedate_to_datetime(raw.decode("latin-1"))
    except ValueError:
        return None
