"""Asks a site once a day what it reserves of text and data mining, as soon as it is known to announce articles.

Where tdmrep.json cannot be had nothing is said of the site's articles, and it is asked for again after an hour.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.crawl import SENT_AT, Crawl, Errand
from newscrawl.models import Source
from newscrawl.store.base import Fetch, HostState
from newscrawl.tdmrep import PATH
from newscrawl.transport.outcomes import outcome_of_error

_VALID = timedelta(hours=24)
_AGAIN = timedelta(hours=1)
_NOT_SAID = ("robots_disallowed", "not_html", "empty_body")
"""Answers that are as good as none."""


class SiteReservations:
    """The tdmrep.json of every host, from the store or from the site; one asks, the others wait for it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asking: dict[str, asyncio.Task[None]] = {}

    @classmethod
    def of(cls, crawler: Crawler) -> "SiteReservations | None":
        """What the parts of a crawl share; None: `NEWSCRAWL_TDMREP` is off."""
        if not crawler.settings.getbool("NEWSCRAWL_TDMREP"):
            return None
        return _SHARED.setdefault(crawler, cls(crawler))

    def ask(self, url: str, source: Source) -> "asyncio.Task[None] | None":
        """Begin to ask the host of `url`, where what is known of it is too old; None: it is not."""
        crawl, parts = Crawl.of(self._crawler), urlsplit(url)
        host = parts.netloc.lower()
        if host in self._asking:
            return self._asking[host]
        if parts.scheme not in ("http", "https") or _holds(crawl.store.hosts.get(host), crawl.clock()):
            return None
        task = asyncio.get_running_loop().create_task(self._fetch(f"{parts.scheme}://{host}{PATH}", host, source))
        self._asking[host] = task
        task.add_done_callback(lambda _: self._asking.pop(host, None))
        return task

    async def text_of(self, url: str, source: Source) -> str | None:
        """The tdmrep.json in force for `url`; None: there is none."""
        asking = self.ask(url, source)
        if asking is not None:
            await asking
        state = Crawl.of(self._crawler).store.hosts.get(urlsplit(url).netloc.lower())
        return state.tdmrep_json if state is not None else None

    async def _fetch(self, url: str, host: str, source: Source) -> None:
        crawl, engine = Crawl.of(self._crawler), self._crawler.engine
        assert engine is not None
        response: Response | None = None
        request = Request(url, callback=NO_CALLBACK, meta={"newscrawl": Errand(kind="tdmrep", source=source)})
        try:
            response = await engine.download_async(request)
            outcome, message = "ok", f"status {response.status}"
        except Exception as error:  # whatever it is, it is recorded, and nothing is said of the site
            outcome, message = outcome_of_error(error)
        is_told = response is not None and response.status < 500 and response.status != 429
        is_told = is_told or outcome in _NOT_SAID
        text = response.body.decode("utf-8-sig", "replace") if response is not None and response.status == 200 else None
        now = crawl.clock()
        recorded = Fetch(
            url=url,
            outcome="ok" if is_told else "tdmrep_unreachable",
            kind="tdmrep",
            message=message if outcome == "ok" else f"{outcome}: {message}",
            status=response.status if response is not None else None,
            body_bytes=len(response.body) if response is not None else None,
            source_id=source.id,
            started_at=(response.meta if response is not None else request.meta).get(SENT_AT),
            finished_at=now,
        )

        def write() -> None:
            state = crawl.store.hosts.get(host) or HostState(host=host)
            if is_told:
                state = replace(state, tdmrep_json=text, tdmrep_fetched_at=now)
            else:
                state = replace(state, tdmrep_fetched_at=now - _VALID + _AGAIN)
            crawl.store.hosts.put(state)
            crawl.record_fetch(recorded)

        await crawl.write(write)


_SHARED: WeakKeyDictionary[Crawler, SiteReservations] = WeakKeyDictionary()


def _holds(state: HostState | None, now: datetime) -> bool:
    """Whether what is known of a host is of the last 24 hours."""
    if state is None or state.tdmrep_fetched_at is None:
        return False
    return timedelta(0) <= now - state.tdmrep_fetched_at < _VALID


class TdmrepMiddleware:
    """Asks beside the first list that a site answers, so that its articles need not wait for it later."""

    def __init__(self, crawler: Crawler, reservations: SiteReservations) -> None:
        self._crawler, self._reservations = crawler, reservations

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_TDMREP`."""
        reservations = SiteReservations.of(crawler)
        if reservations is None:
            raise NotConfigured
        return cls(crawler, reservations)

    def process_response(self, request: Request, response: Response) -> Response:
        """Begin to ask."""
        errand: Errand | None = request.meta.get("newscrawl")
        if errand is not None and errand.channel_id is not None and errand.kind != "article" and response.status == 200:
            self._reservations.ask(response.url, errand.source)
        return response
