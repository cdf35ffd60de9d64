"""200: what the site reserves of text and data mining, where the page itself says nothing of it."""

from dataclasses import replace
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.crawl import Crawl
from newscrawl.middlewares.tdmrep import SiteReservations
from newscrawl.models import Article
from newscrawl.tdmrep import reservation_at
from newscrawl.urls import key


class ReservePipeline:
    """Adds `tdm_reservation` with its evidence, as the page's own header or meta would."""

    def __init__(self, crawler: Crawler, reservations: SiteReservations) -> None:
        self._crawler, self._reservations = crawler, reservations

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_TDMREP`."""
        reservations = SiteReservations.of(crawler)
        if reservations is None:
            raise NotConfigured
        return cls(crawler, reservations)

    async def process_item(self, item: Article) -> Article:
        """The article, with what its site says."""
        source = getattr(self._crawler.spider, "sources_by_id", {}).get(item.source_id)
        if "tdm_reservation" in item.extra or source is None:
            return item
        text = await self._reservations.text_of(item.url, source)
        parts = urlsplit(item.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        found = reservation_at(text, path) if text else None
        if found is None:
            return item
        if found["value"] == 1:
            self._flag(item)
        return replace(item, extra={**item.extra, "tdm_reservation": dict(found)})

    def _flag(self, item: Article) -> None:
        """Note it on the fetch, as for a page that says so itself."""
        crawl, asked = Crawl.of(self._crawler), key(item.reached_by[0] if item.reached_by else item.url)
        landed = crawl.landed.get(asked)
        if landed is not None:
            flags = (*landed.fetch.flags, "tdm_reserved")
            crawl.landed[asked] = replace(landed, fetch=replace(landed.fetch, flags=flags))
