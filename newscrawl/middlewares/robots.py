"""robots.txt as RFC 9309 has it, failing closed: where it cannot be had, nothing is asked for.

4xx allows everything; 429, 5xx, timeouts, resets and redirects into the dark forbid everything until a later try.
What was read holds for 24 hours, across runs, in the store's `hosts`.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

from newscrawl import limits
from newscrawl.crawl import Crawl, Errand
from newscrawl.middlewares.backoff import wait_after
from newscrawl.middlewares.guard import keep_apart
from newscrawl.middlewares.refused import Refused, Unasked
from newscrawl.outcomes import outcome_for_status
from newscrawl.store.base import Fetch, HostState
from newscrawl.transport.outcomes import outcome_of_error

UNREACHABLE = "robots_unreachable"
_VALID = timedelta(hours=24)  # RFC 9309 2.4
_PRIORITY = 1000
_RULES_KEPT = 500
"""Rules of hosts asked last that are kept taken apart: a monitor of ten thousand hosts asks each twice a day."""
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*(\S*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+")
_OTHERS = "User-agent: -"


def read_rules(body: bytes | str, token: str) -> Protego:
    """The rules of a robots.txt for the product `token` and for `*`; those of others are kept apart as one group.

    RFC 9309 2.2.1 compares product tokens whole, so a group for `news` says nothing to `newscrawl`.
    """
    text = body.decode("utf-8-sig", "replace") if isinstance(body, bytes) else body
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").replace("\0", "").splitlines():
        found = _AGENT_LINE.match(line)
        if found is not None:
            product = _PRODUCT.match(found.group(1).lower())
            named = "*" if found.group(1) == "*" else product.group() if product else ""
            line = f"User-agent: {named}" if named in ("*", token) else _OTHERS
            if lines and lines[-1] == line:
                continue
        lines.append(line)
    return Protego.parse("\n".join(lines))


class RobotsMiddleware:
    """Lets a request pass only where the host's robots.txt was read and allows it; sets its Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._token = product_token(crawler.settings["USER_AGENT"])
        self._delay_s = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._closed_statuses = {401, 403} if crawler.settings.getbool("NEWSCRAWL_ROBOTS_401_CLOSED") else set()
        self._asking: dict[str, Deferred[None]] = {}
        self._rules: dict[str, tuple[datetime, Protego]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `ROBOTSTXT_OBEY` and `USER_AGENT`."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refused: `robots_disallowed` or `robots_unreachable`."""
        errand = request.meta.get("newscrawl")
        if errand is None or errand.kind == "robots" or request.url.startswith("file:"):
            return
        parts = urlsplit(request.url)
        state = await self._state(parts.scheme, parts.netloc.lower(), errand)
        if state.robots_outcome == UNREACHABLE:
            since = state.robots_failing_since
            raise Refused(UNREACHABLE, f"since {since:%Y-%m-%d %H:%M} UTC" if since else "")
        if state.robots_outcome != "ok" or state.robots_fetched_at is None:
            return
        rules = self._rules_of(state, state.robots_fetched_at)
        if not rules.can_fetch(request.url, self._token):
            raise Refused("robots_disallowed", "robots.txt forbids this path to us")
        self._slow_down(request, rules.crawl_delay(self._token))

    def _slow_down(self, request: Request, delay_s: float | None) -> None:
        """Give the request's slot the Crawl-delay the host asks for, where it is more than ours."""
        if not delay_s or delay_s <= self._delay_s:
            return
        if delay_s > limits.CRAWL_DELAY_S:
            raise Refused("robots_disallowed", f"Crawl-delay {delay_s:g} s, the limit is {limits.CRAWL_DELAY_S} s")
        keep_apart(self._crawler, request, delay_s)

    def _rules_of(self, state: HostState, fetched_at: datetime) -> Protego:
        held = self._rules.pop(state.host, None)
        if held is None or held[0] != fetched_at:
            held = fetched_at, read_rules(state.robots_txt or "", self._token)
        self._rules[state.host] = held
        if len(self._rules) > _RULES_KEPT:
            del self._rules[next(iter(self._rules))]
        return held[1]

    async def _state(self, scheme: str, host: str, errand: Errand) -> HostState:
        """What is known of `host`, asked for anew where it is too old; one asks, the others wait for it."""
        crawl = Crawl.of(self._crawler)
        while True:
            state = crawl.store.hosts.get(host) or HostState(host=host)
            if _holds(state, crawl.clock()):
                return state
            if host not in self._asking:
                break
            waiting: Deferred[None] = Deferred()
            self._asking[host].chainDeferred(waiting)
            await maybe_deferred_to_future(waiting)
        self._asking[host] = Deferred()
        try:
            return await self._ask(f"{scheme}://{host}/robots.txt", state, errand)
        finally:
            self._asking.pop(host).callback(None)

    async def _ask(self, url: str, state: HostState, errand: Errand) -> HostState:
        crawl = Crawl.of(self._crawler)
        started_at = crawl.clock()
        response: Response | None = None
        try:
            response = await self._fetch(url, errand)
            outcome, message = self._judge(response.status), f"status {response.status}"
        except Unasked:
            raise
        except Exception as error:
            outcome, message = outcome_of_error(error)
        asked = _next_state(state, response, outcome, crawl.clock())
        recorded = Fetch(
            url=url,
            outcome="ok" if asked.robots_outcome != UNREACHABLE else UNREACHABLE,
            kind="robots",
            message=message if outcome == "ok" else f"{outcome}: {message}",
            status=response.status if response is not None else None,
            body_bytes=len(response.body) if response is not None else None,
            source_id=errand.source.id,
            channel_id=errand.channel_id,
            started_at=started_at,
            finished_at=crawl.clock(),
        )

        def write() -> None:
            crawl.store.hosts.put(asked)
            crawl.record_fetch(recorded)

        await crawl.write(write, is_urgent=True)
        return asked

    async def _fetch(self, url: str, errand: Errand) -> Response:
        assert self._crawler.engine is not None
        meta: dict[str, Any] = {"newscrawl": Errand(kind="robots", source=errand.source)}
        request = Request(url, callback=NO_CALLBACK, priority=_PRIORITY, meta=meta)
        return await self._crawler.engine.download_async(request)

    def _judge(self, status: int) -> str:
        """`ok` for a robots.txt, `http_4xx` for none; anything else is unreachable."""
        if 200 <= status < 300:
            return "ok"
        if 400 <= status < 500 and status != 429 and status not in self._closed_statuses:
            return f"http_{status}"
        return outcome_for_status(status) if status >= 400 else "bad_framing"


def product_token(user_agent: str) -> str:
    """The product token of a User-Agent value, in lower case: `newscrawl` of `newscrawl/0.1 (+…)`."""
    found = _PRODUCT.match(user_agent.strip().lower())
    return found.group() if found else "*"


def _holds(state: HostState, now: datetime) -> bool:
    """Whether `state` still answers; a clock that was set back counts as too old."""
    if state.robots_fetched_at is None or state.robots_outcome is None:
        return False
    if state.robots_outcome == UNREACHABLE:
        return state.retry_at is not None and now < state.retry_at
    return timedelta(0) <= now - state.robots_fetched_at < _VALID


def _next_state(state: HostState, response: Response | None, outcome: str, now: datetime) -> HostState:
    """`state` after asking: the rules and when they were read, or since when there are none to be had."""
    if response is not None and (outcome == "ok" or (400 <= response.status < 500 and outcome.startswith("http_4"))):
        text = response.body.decode("utf-8-sig", "replace") if outcome == "ok" else None
        return replace(
            state,
            robots_txt=text,
            robots_fetched_at=now,
            robots_outcome=outcome,
            robots_failing_since=None,
            failures=0,
            retry_at=None,
        )
    failures = state.failures + 1
    asked_wait = response.headers.get("Retry-After") if response is not None else None
    return replace(
        state,
        robots_fetched_at=now,
        robots_outcome=UNREACHABLE,
        robots_failing_since=state.robots_failing_since or now,
        failures=failures,
        retry_at=now + timedelta(seconds=wait_after(failures, asked_wait, now)),
    )
