"""The gate on every request, redirects included; a budget for every source; and answers that are no pages."""

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl import limits
from newscrawl.addresses import Allowed, authority_of, check_url, parse_allowed
from newscrawl.errors import PageError
from newscrawl.markup import ends_open
from newscrawl.middlewares.refused import Refused
from newscrawl.transport.meta import TOOK_S
from newscrawl.urls.forms import registered_domain

_CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass(slots=True)
class Spent:
    """What one source has used since `since_s` (monotonic)."""

    since_s: float
    requests: int = 0
    articles: int = 0
    connected_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one source may use of a run, or of a day where a run is longer."""

    requests: int = limits.SOURCE_REQUESTS
    articles: int = limits.SOURCE_ARTICLES
    minutes: float = limits.SOURCE_MINUTES
    window_s: float = 24 * 3600.0

    def exceeded(self, spent: Spent) -> str | None:
        """Which limit is reached, in words; None: none."""
        if spent.requests >= self.requests:
            return f"{spent.requests} requests, the limit is {self.requests}"
        if spent.articles >= self.articles:
            return f"{spent.articles} articles, the limit is {self.articles}"
        if spent.connected_s >= self.minutes * 60:
            return f"{spent.connected_s / 60:.0f} minutes of connections, the limit is {self.minutes:g}"
        return None


def site_of(authority: str) -> str:
    """The registered domain of an authority, which requests to it share as their slot; an address stays itself."""
    host = authority if authority.endswith("]") else authority.rpartition(":")[0] or authority
    return registered_domain(host) or authority


def slot_of(url: str) -> str:
    """`site_of` the URL's host, which need not have passed the gate: what the scheduler shares places out by."""
    try:
        return site_of(urlsplit(url).netloc.lower())
    except ValueError:
        return ""


def keep_apart(crawler: Crawler, request: Request, delay_s: float) -> None:
    """Let at least `delay_s` pass between two requests of the request's slot, and send one at a time."""
    assert crawler.engine is not None
    downloader, key = crawler.engine.downloader, request.meta["download_slot"]
    request.meta["autothrottle_dont_adjust_delay"] = True
    wanted = downloader.per_slot_settings.setdefault(key, {"concurrency": 1, "jitter": 0.0, "delay": 0.0})
    wanted["delay"] = max(delay_s, wanted.get("delay", 0.0))
    slot = downloader.slots.get(key)
    if slot is not None:
        slot.concurrency, slot.jitter, slot.delay = 1, 0.0, max(slot.delay, delay_s)


class GuardMiddleware:
    """Refuses what must not be asked, before it is asked; and what came without being a page."""

    def __init__(self, allowed: Allowed, budget: Budget, crawler: Crawler | None = None) -> None:
        self._allowed, self._budget, self._crawler = allowed, budget, crawler
        self._spent: dict[str, Spent] = defaultdict(lambda: Spent(time.monotonic()))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_ALLOW_ADDRESSES` and the `NEWSCRAWL_SOURCE_…` budgets."""
        settings = crawler.settings
        budget = Budget(
            requests=settings.getint("NEWSCRAWL_SOURCE_REQUESTS", limits.SOURCE_REQUESTS),
            articles=settings.getint("NEWSCRAWL_SOURCE_ARTICLES", limits.SOURCE_ARTICLES),
            minutes=settings.getfloat("NEWSCRAWL_SOURCE_MINUTES", limits.SOURCE_MINUTES),
        )
        return cls(parse_allowed(settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES")), budget, crawler)

    def process_request(self, request: Request) -> None:
        """Raise Refused: `blocked_scheme`, `bad_url`, `blocked_address` or `budget`."""
        errand = request.meta.get("newscrawl")
        if request.url.startswith("file:") and getattr(errand, "user_url", False) and not is_redirected(request):
            return
        try:
            checked = check_url(request.url, allowed=self._allowed)
        except PageError as error:
            raise Refused(error.outcome, error.reason) from None
        request.meta["download_slot"] = site_of(authority_of(checked))
        if errand is not None:
            self._slow_down(errand, request)
            if errand.kind != "robots":
                self._spend(errand, request)

    def _slow_down(self, errand: Any, request: Request) -> None:
        """Give the slot the delay that the source's seed asks for, where it is more than ours."""
        delay_s = errand.source.delay_s
        if not delay_s or self._crawler is None:
            return
        if delay_s > self._crawler.settings.getfloat("DOWNLOAD_DELAY"):
            keep_apart(self._crawler, request, delay_s)

    def _spend(self, errand: Any, request: Request) -> None:
        spent = self._spent[errand.source.id]
        if time.monotonic() - spent.since_s > self._budget.window_s:
            spent = self._spent[errand.source.id] = Spent(time.monotonic())
        exceeded = self._budget.exceeded(spent)
        if exceeded is not None:
            raise Refused("budget", exceeded)
        spent.requests += 1
        spent.articles += errand.kind == "article" and not is_redirected(request)

    def _charge(self, request: Request) -> None:
        errand = request.meta.get("newscrawl")
        if errand is not None:
            self._spent[errand.source.id].connected_s += request.meta.get(TOOK_S, 0.0)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Charge the source for the time of a request that failed."""
        self._charge(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise Refused: `unexpected_206`, `unexpected_304` or `empty_body`; flag a page that was cut."""
        self._charge(request)
        kind = getattr(request.meta.get("newscrawl"), "kind", None)
        if kind == "robots":
            return response
        if response.status == 206 and "Range" not in request.headers:
            raise Refused("unexpected_206", "a part, though the whole was asked for", status=206)
        if response.status == 304 and not any(name in request.headers for name in _CONDITIONS):
            raise Refused("unexpected_304", "nothing was asked conditionally", status=304)
        if response.status in range(200, 300) and not response.body.strip():
            raise Refused("empty_body", f"status {response.status} without a body", status=response.status)
        if response.status == 200 and kind == "article" and ends_open(response.body):
            response.flags.append("truncated")
        return response


def is_redirected(request: Request) -> bool:
    """Whether a site, not newscrawl, named the request's URL."""
    return bool(request.meta.get("redirect_times"))
