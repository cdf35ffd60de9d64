"""Retry-After, 429 and 503: the whole host is left alone until it says, and longer each time it has to say it again.

Many names can lie at one address. Once two of them want a pause at the same time, the others there are left alone too;
one alone speaks for itself, as the address may be that of a network that serves half the world.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl import Crawl
from newscrawl.middlewares.refused import Refused
from newscrawl.store.base import HostState

WAIT_FIRST_S = 60.0
WAIT_MAX_S = 24 * 3600.0
_THROTTLED = (429, 503)
_NAMES_KEPT = 50_000
_NEIGHBOURS_WAIT = timedelta(hours=1)
"""What one name asks for counts no longer than this for the others at its address."""


def wait_after(failures: int, retry_after: bytes | None, now: datetime) -> float:
    """Seconds to leave a host alone after its `failures`-th refusal in a row: what it asks, else doubling; ≤ a day."""
    asked_s = read_retry_after(retry_after, now)
    doubled_s = WAIT_FIRST_S * 2.0 ** min(failures - 1, 20)
    return min(asked_s if asked_s is not None else doubled_s, WAIT_MAX_S)


def read_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds that a Retry-After value names, as a number or as a date (RFC 9110 10.2.3); None: neither."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # the second for numbers that no date has
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


class Addresses:
    """Which names lie at which address, and which of them want a pause; of this run only."""

    def __init__(self) -> None:
        self._address_of: dict[str, str] = {}
        self._pauses: dict[str, dict[str, datetime]] = {}

    def answered(self, host: str, address: str) -> None:
        """`host` (with its port) answered from `address`. An address in place of a name is not one of many."""
        name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
        if name.strip("[]") != address:
            if len(self._address_of) >= _NAMES_KEPT:
                self._address_of.clear()
            self._address_of[host] = address

    def paused(self, host: str, until: datetime, now: datetime) -> None:
        """`host` wants a pause."""
        address = self._address_of.get(host)
        if address is not None:
            pauses = {name: end for name, end in self._pauses.get(address, {}).items() if end > now}
            self._pauses[address] = pauses | {host: min(until, now + _NEIGHBOURS_WAIT)}

    def until(self, host: str, now: datetime) -> datetime | None:
        """Until when the names at its address are left alone: the first end that leaves one that waits; None: free."""
        pauses = self._pauses.get(self._address_of.get(host, ""), {})
        ends = sorted(end for name, end in pauses.items() if end > now and name != host)
        return ends[-2] if len(ends) > 1 else None


class BackoffMiddleware:
    """Asks nothing of a host that wants a pause; remembers the pause in the store, so that it outlives the run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._addresses = Addresses()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise Refused(`rate_limited`) while the host's pause lasts."""
        errand = request.meta.get("newscrawl")
        if errand is None or errand.kind == "robots" or request.url.startswith("file:"):
            return
        crawl = Crawl.of(self._crawler)
        until = self._addresses.until(_host_of(request.url), crawl.clock())
        if until is not None:
            raise Refused("rate_limited", f"hosts at its address want a pause until {until:%Y-%m-%d %H:%M:%S} UTC")
        state = crawl.store.hosts.get(_host_of(request.url))
        if state is not None and state.retry_at is not None and crawl.clock() < state.retry_at:
            raise Refused("rate_limited", f"the host wants a pause until {state.retry_at:%Y-%m-%d %H:%M:%S} UTC")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Raise Refused(`rate_limited`) for 429, and for 503 with Retry-After or repeated; forget old refusals."""
        errand = request.meta.get("newscrawl")
        if errand is None or errand.kind == "robots" or request.url.startswith("file:"):
            return response
        crawl = Crawl.of(self._crawler)
        host = _host_of(request.url)
        self._addresses.answered(host, str(response.ip_address))
        state = crawl.store.hosts.get(host) or HostState(host=host)
        if response.status not in _THROTTLED:
            if state.failures or state.retry_at:
                rested = replace(state, failures=0, retry_at=None)
                await crawl.write(lambda: crawl.store.hosts.put(rested))
            return response
        failures, now = state.failures + 1, crawl.clock()
        retry_after = response.headers.get("Retry-After")
        # A single 503 without Retry-After is one page's trouble as often as the host's: http_503, and counted.
        is_pause = response.status == 429 or retry_after is not None or failures > 1
        wait_s = wait_after(failures, retry_after, now) if is_pause else 0.0
        until = now + timedelta(seconds=wait_s) if is_pause else None
        throttled = replace(state, failures=failures, retry_at=until)
        await crawl.write(lambda: crawl.store.hosts.put(throttled))
        if is_pause:
            self._addresses.paused(host, now + timedelta(seconds=wait_s), now)
            raise Refused("rate_limited", f"status {response.status}; pause of {wait_s:.0f} s", status=response.status)
        return response


def _host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()
