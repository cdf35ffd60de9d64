"""Asks "only if it changed" with the validators a channel gave last time (RFC 9110 13.1)."""

from scrapy import Request

from newscrawl.crawl import Errand


class ConditionalMiddleware:
    """Adds If-None-Match and If-Modified-Since, and lets the 304 through to the spider."""

    def process_request(self, request: Request) -> None:
        """Make the request of a known channel conditional."""
        errand = request.meta.get("newscrawl")
        if not isinstance(errand, Errand):
            return
        if errand.etag:
            request.headers.setdefault("If-None-Match", errand.etag)
        if errand.last_modified:
            request.headers.setdefault("If-Modified-Since", errand.last_modified)
        if errand.etag or errand.last_modified:
            request.meta.setdefault("handle_httpstatus_list", [304])
