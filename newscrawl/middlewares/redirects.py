"""Redirects and meta refreshes: at most eight, never in a circle, every hop through the gate, nothing secret along."""

import re
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from w3lib.html import get_meta_refresh

from newscrawl import limits
from newscrawl.addresses import Allowed, check_link, parse_allowed
from newscrawl.errors import PageError
from newscrawl.middlewares.refused import Refused
from newscrawl.transport.meta import TOOK_S

_STATUSES = (301, 302, 303, 307, 308)
_SECRETS = ("Authorization", "Cookie", "Proxy-Authorization", "Referer")
_REFRESH = re.compile(rb"http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_REFRESH_BYTES = 8192
_REFRESH_S = 10
"""A longer wait is a page that reloads itself, not one that has moved."""


class RedirectsMiddleware:
    """Follows Location and short meta refreshes; the last URL is the page's, the first the one recorded."""

    def __init__(self, allowed: Allowed, times_max: int) -> None:
        self._allowed, self._times_max = allowed, times_max

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_ALLOW_ADDRESSES` and `REDIRECT_MAX_TIMES`."""
        settings = crawler.settings
        allowed = parse_allowed(settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES"))
        return cls(allowed, min(settings.getint("REDIRECT_MAX_TIMES"), limits.REDIRECTS))

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The next hop, or the answer itself. Raises Refused where a hop is not taken."""
        if response.status in _STATUSES and "Location" in response.headers:
            location = response.headers["Location"] or b""
            return self._follow(request, response, location.decode("utf-8", "replace").strip(), str(response.status))
        kind = getattr(request.meta.get("newscrawl"), "kind", None)
        if response.status == 200 and kind not in ("robots", "feed", "sitemap"):
            target = _read_refresh(response)
            if target is not None:
                return self._follow(request, response, target, "meta refresh")
        return response

    def _follow(self, request: Request, response: Response, location: str, reason: str) -> Request | Response:
        if not location:
            raise Refused("bad_url", "a redirect to nowhere", status=response.status)
        try:
            url = check_link(location, response.url, allowed=self._allowed)
        except PageError as error:
            raise Refused(error.outcome, f"redirect: {error.reason}", status=response.status) from None
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        bare = {one.partition("#")[0] for one in passed}
        if url.partition("#")[0] in bare:
            if reason == "meta refresh" and len(passed) == 1:
                return response  # a page that reloads itself
            raise Refused("redirect_loop", f"back to {url}", status=response.status)
        is_robots = getattr(request.meta.get("newscrawl"), "kind", None) == "robots"
        times_max = limits.ROBOTS_REDIRECTS if is_robots else self._times_max
        if len(passed) > times_max:
            raise Refused("too_many_redirects", f"more than {times_max}", status=response.status)
        return _next_request(request, url, passed, reason)


def _read_refresh(response: Response) -> str | None:
    """Where a page sends its reader within `_REFRESH_S`; None: nowhere."""
    head = response.body[:_REFRESH_BYTES]
    if _REFRESH.search(head) is None:
        return None
    try:
        wait_s, target = get_meta_refresh(head.decode("latin-1"), "", "latin-1", ignore_tags=("script", "noscript"))
    except ValueError:
        raise Refused("bad_url", "a meta refresh to what is no URL", status=response.status) from None
    return target if target and wait_s is not None and wait_s <= _REFRESH_S else None


def _next_request(request: Request, url: str, passed: list[str], reason: str) -> Request:
    onward = request.replace(url=url, method="GET", body=b"", dont_filter=True, cookies=None)
    origins = {urlsplit(one)[:2] for one in (request.url, url)}
    if len(origins) > 1:
        for name in _SECRETS:
            onward.headers.pop(name, None)
    if request.url.startswith("https:") and url.startswith("http:"):
        onward.meta["newscrawl_downgraded"] = True
    for name in ("download_slot", TOOK_S):
        onward.meta.pop(name, None)
    onward.meta["redirect_urls"] = passed
    onward.meta["redirect_times"] = len(passed)
    onward.meta["redirect_reasons"] = [*request.meta.get("redirect_reasons", ()), reason]
    return onward
