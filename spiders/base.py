"""What every spider does: channels out, entries in, articles out; each address comes to exactly one end."""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.beside import queue_beside, take_beside
from newscrawl.commits import GROUP_OPERATIONS
from newscrawl.crawl import RECORD_ID, SENT_AT, Crawl, Errand, Landed
from newscrawl.ends import end_failed, end_unchanged, is_unchanged
from newscrawl.errors import PageError
from newscrawl.intake import (
    fetch_of,
    flags_of,
    is_not_to_be_copied,
    is_unwanted,
    page_of,
    take_listing,
    take_related,
)
from newscrawl.middlewares.guard import slot_of
from newscrawl.middlewares.refused import Unasked
from newscrawl.models import Channel, ChannelKind, Page, Source
from newscrawl.outcomes import severity_of
from newscrawl.steps import (
    Answered,
    ArticleRead,
    BesideRead,
    Failed,
    GapLeft,
    ListingRead,
    ListingUnchanged,
    RelatedRead,
    SourceRegistered,
)
from newscrawl.store import ChannelState, QueuedUrl
from newscrawl.transport.outcomes import outcome_of_failure
from newscrawl.urls import key
from newscrawl.workers import Reading, look_beside, read_article, read_channel
from spiders.arguments import Plan, read_plan

logger = logging.getLogger(__name__)
_CHANNEL_PRIORITY = 10
_QUEUE_BATCH = 200


class NewsSpider(Spider):
    """Reads the channels of one kind, and the articles they announce."""

    kind: ClassVar[ChannelKind | None]
    """The kind of channel it reads; None: all."""

    def __init__(self, plan: Plan, given: dict[str, str]) -> None:
        super().__init__()
        self.plan = plan
        self.given = given
        self.sources_by_id = {source.id: source for source in plan.sources}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """As Scrapy makes it; raises SeedError for an argument that is wrong."""
        spider = cls(cls.read_plan(crawler.settings, kwargs), dict(kwargs))
        spider._set_crawler(crawler)
        return spider

    @classmethod
    def read_plan(cls, settings: BaseSettings, given: Mapping[str, str]) -> Plan:
        """What the arguments ask for. Raises SeedError."""
        return read_plan(settings, given, kind=cls.kind)

    @property
    def crawl(self) -> Crawl:
        """What this run shares."""
        return Crawl.of(self.crawler)

    async def start(self) -> AsyncIterator[Any]:
        """The channels' requests, then what an earlier run left in the queue."""
        async for source, states in self._registered():
            for channel in source.channels:
                state = states[channel.url]
                if self.kind in (None, channel.kind) and state.parked_reason is None:
                    yield self.channel_request(source, channel, state)
        async for request in self._left_over():
            yield request

    async def _registered(self) -> AsyncIterator[tuple[Source, dict[str, ChannelState]]]:
        """Each source once it stands in the database, and its channels' states by URL; many are written at once."""
        sources = self.plan.sources
        for at in range(0, len(sources), GROUP_OPERATIONS):
            batch = sources[at : at + GROUP_OPERATIONS]
            for found in zip(batch, await asyncio.gather(*map(self._register, batch)), strict=True):
                yield found

    async def _register(self, source: Source) -> dict[str, ChannelState]:
        crawl = self.crawl
        step = SourceRegistered(source=source)
        return await crawl.write(lambda: crawl.store.channels.register(source, now=crawl.clock()), step)

    async def _left_over(self) -> AsyncIterator[Request]:
        """Requests for what is due in the queue: a killed run's, and failures whose time has come."""
        while batch := await self._lease():
            for queued in batch:
                yield self.article_request(queued) if queued.page is None else self._page_left_over(queued)

    async def _lease(self) -> list[QueuedUrl]:
        crawl, ids = self.crawl, self.sources_by_id.keys()
        if not crawl.store.queue.has_due(ids, now=crawl.clock()):
            return []
        return await crawl.write(
            lambda: crawl.store.queue.lease(crawl.run_id, ids, now=crawl.clock(), limit=_QUEUE_BATCH)
        )

    def channel_request(self, source: Source, channel: Channel, state: ChannelState) -> Request:
        """Ask for a channel, only if it changed; now and then in any case, as some servers answer 304 for ever."""
        is_probe = random.random() < self.settings.getfloat("NEWSCRAWL_PROBE_SHARE")
        errand = self._errand(source, channel, state.id)
        if not is_probe:
            errand = replace(errand, etag=state.etag, last_modified=state.last_modified)
        return self.request(channel.url, errand, self.parse_channel, priority=_CHANNEL_PRIORITY)

    def page_request(self, queued: QueuedUrl, errand: Errand) -> Request:
        """Ask for a further page of the errand's channel."""
        assert queued.page is not None
        onward = replace(
            errand,
            url_key=queued.url_key,
            pages_left=queued.page.pages_left,
            walk_began_at=queued.page.began_at,
            sitemap_depth=queued.page.sitemap_depth,
            etag=None,
            last_modified=None,
        )
        if kind := queued.page.beside:
            assert errand.channel is not None
            beside = replace(errand.channel, kind=kind, url=queued.url, select={})  # its patterns hold here too
            onward = replace(onward, kind=kind, beside=beside)
            return self.request(queued.url, onward, self.parse_beside)
        return self.request(queued.url, onward, self.parse_channel, priority=_CHANNEL_PRIORITY)

    def _page_left_over(self, queued: QueuedUrl) -> Request:
        assert queued.channel_id is not None
        source, state = self.sources_by_id[queued.source_id], self.crawl.store.channels.get(queued.channel_id)
        named = (channel for channel in source.channels if channel.url == state.url)
        channel = next(named, None) or Channel(kind=cast(ChannelKind, state.kind), url=state.url)
        return self.page_request(queued, replace(self._errand(source, channel, state.id), is_left_over=True))

    def _errand(self, source: Source, channel: Channel, channel_id: int) -> Errand:
        return Errand(
            kind=channel.kind,
            source=source,
            channel=channel,
            channel_id=channel_id,
            user_url=self.plan.user_url,
            pages_left=self.plan.pages - 1,
            related_depth=max(self.plan.depth, source.follow_related),
            fetched_at=self.plan.fetched_at,
        )

    def article_request(self, queued: QueuedUrl) -> Request:
        """Ask for an article's own page."""
        errand = Errand(
            kind="article",
            source=self.sources_by_id[queued.source_id],
            channel_id=queued.channel_id,
            entry=queued.entry,
            url_key=queued.url_key,
            related_depth=queued.related_depth,
        )
        return self.request(queued.url, errand, self.parse_article)

    def request(self, url: str, errand: Errand, callback: Any, *, priority: int = 0) -> Request:
        """A request whose every end is recorded."""
        meta = {"newscrawl": errand, "download_slot": slot_of(url)}
        return Request(url, callback=callback, errback=self.fail, priority=priority, meta=meta)

    async def parse_channel(self, response: Response) -> AsyncIterator[Any]:
        """Entries of a listing, feed or sitemap → requests for those that are new, articles it carries whole."""
        errand, crawl, page, sent_at = self._unpack(response)
        assert errand.channel is not None
        assert errand.channel_id is not None
        answered = Answered.of(response, page)
        state = crawl.store.channels.get(errand.channel_id)
        if is_unchanged(errand, page, state):
            same = ListingUnchanged(answered=answered, errand=errand, sent_at=sent_at)
            await crawl.write(lambda: end_unchanged(crawl, errand, page, sent_at=sent_at), same)
            return
        habits = crawl.store.channels.habits(errand.source.id)
        try:
            reading = await crawl.workers.run(read_channel, page, errand.source, errand.channel, state.wrapper, habits)
        except PageError as error:
            for found in await self.unread(errand, response, error):
                yield found
            return
        step = ListingRead(answered=answered, errand=errand, wrapper=state.wrapper, habits=habits, sent_at=sent_at)
        taken = await crawl.write(lambda: take_listing(crawl, errand, page, reading, sent_at=sent_at), step)
        self._tell(errand, page, reading, len(taken.queued))
        for article in taken.articles:
            yield article
        for one in taken.queued:
            yield self.article_request(one)
        for one in taken.further:
            yield self.page_request(one, errand)
        if taken.is_gap_left:
            await self._look_beside(errand, page)

    async def _look_beside(self, errand: Errand, page: Page) -> None:
        """Queue the other lists of the source that may show what the channel has lost."""
        crawl = self.crawl
        host = crawl.store.hosts.get(urlsplit(page.url).netloc.lower())
        try:
            found = await crawl.workers.run(look_beside, page, host.robots_txt if host else None)
        except PageError as error:
            logger.warning("%s; no other list is asked for what it may have lost", error)
            return
        await crawl.write(lambda: queue_beside(crawl, errand, found), GapLeft(errand=errand, found=found))

    async def parse_beside(self, response: Response) -> AsyncIterator[Any]:
        """Another list of the source → what the channel had lost."""
        errand, crawl, page, sent_at = self._unpack(response)
        habits = crawl.store.channels.habits(errand.source.id)
        try:
            reading = await crawl.workers.run(read_channel, page, errand.source, errand.beside, {}, habits)
        except PageError as error:
            await self._end(errand, response, error)
            return
        step = BesideRead(answered=Answered.of(response, page), errand=errand, habits=habits, sent_at=sent_at)
        for one in await crawl.write(lambda: take_beside(crawl, errand, page, reading, sent_at=sent_at), step):
            yield self.article_request(one)

    async def unread(self, errand: Errand, response: Response, error: PageError) -> list[Any]:
        """What a channel gives whose answer could not be read as one."""
        await self._end(errand, response, error)
        return []

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """An article's own page → the article."""
        errand, crawl, page, sent_at = self._unpack(response)
        habits = crawl.store.channels.habits(errand.source.id)
        try:
            article = await crawl.workers.run(read_article, page, errand.source, errand.entry, habits)
        except PageError as error:
            await self._end(errand, response, error)
            return
        record_id, keeper = response.meta.get(RECORD_ID), crawl.keeper
        if keeper is not None and record_id is not None and is_not_to_be_copied(article):
            await crawl.write(lambda: keeper.drop(record_id))
        if is_unwanted(article):
            await self._end(errand, response, PageError(page.url, "the publisher asks for it", "noindex"))
            return
        reached_by = page.redirects or ((page.requested_url,) if page.requested_url != page.url else ())
        entry_url = errand.entry.channel_url if errand.entry else None
        article = replace(article, reached_by=reached_by or (page.url,), http_status=page.status, channel_url=entry_url)
        fetch = fetch_of(errand, page, "ok", sent_at=sent_at)
        fetch = replace(fetch, flags=flags_of(response, article, errand.entry))
        answered = Answered.of(response, page)
        step = ArticleRead(answered=answered, errand=errand, habits=habits, fetch=fetch, reached_by=article.reached_by)
        crawl.landed[key(article.reached_by[0])] = Landed(fetch, errand.entry, step)
        yield article
        if errand.related_depth > 0:
            for request in await self._related(errand, page, answered):
                yield request

    async def _related(self, errand: Errand, page: Page, answered: Answered | None) -> list[Request]:
        """Requests for what the article's own related block announces."""
        crawl, channel = self.crawl, Channel(kind="listing", url=page.url)
        try:
            reading = await crawl.workers.run(read_channel, page, errand.source, channel, {}, {})
        except PageError as error:
            level = logging.DEBUG if error.outcome == "empty_feed" else logging.WARNING  # most articles have no block
            logger.log(level, "%s; its related block is not followed", error)
            crawl.count(f"related/{error.outcome}")
            return []
        step = RelatedRead(answered=answered, errand=errand)
        queued = await crawl.write(lambda: take_related(crawl, errand, page, reading.listing.entries), step)
        return [self.article_request(one) for one in queued]

    async def fail(self, failure: Failure) -> None:
        """Any request that brought no usable answer ends here, in one row of `fetches`; those not sent stay due."""
        if isinstance(failure.value, Unasked):
            return
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it on every errback's failure
        errand: Errand = request.meta["newscrawl"]
        outcome, message = outcome_of_failure(failure)
        response = getattr(failure.value, "response", None)
        status = response.status if response is not None else None
        passed = request.meta.get("redirect_urls") or [request.url]
        if outcome == "blocked_address" and errand.user_url:
            message += f"; if it is yours: -s NEWSCRAWL_ALLOW_ADDRESSES={urlsplit(request.url).netloc}"
        level = logging.WARNING if severity_of(outcome) == "hard" or errand.kind != "article" else logging.INFO
        logger.log(level, "%s: %s %s", outcome, passed[0], message)
        await self._fail(
            Failed(
                errand=errand,
                url=passed[0],
                outcome=outcome,
                message=message,
                status=status,
                body_bytes=None,
                sent_at=request.meta.get(SENT_AT),
            )
        )

    async def _fail(self, failed: Failed) -> None:
        crawl = self.crawl
        await crawl.write(lambda: end_failed(crawl, failed), failed)

    def _unpack(self, response: Response) -> tuple[Errand, Crawl, Page, datetime | None]:
        crawl = self.crawl
        if crawl.failure is not None:
            raise CloseSpider("database")
        return response.meta["newscrawl"], crawl, page_of(response), response.meta.get(SENT_AT)

    async def _end(self, errand: Errand, response: Response, error: PageError) -> None:
        page = page_of(response)
        logger.log(logging.WARNING if errand.kind != "article" else logging.INFO, "%s", error)
        await self._fail(
            Failed(
                errand=errand,
                url=page.requested_url or page.url,
                outcome=error.outcome,
                message=error.reason,
                status=page.status,
                body_bytes=len(page.body),
                sent_at=response.meta.get(SENT_AT),
                is_elsewhere=bool(page.redirects),
            )
        )

    def _tell(self, errand: Errand, page: Page, reading: Reading, queued: int) -> None:
        url, listing = page.requested_url or page.url, reading.listing
        told = [f"{len(listing.entries)} entries", f"{len(reading.articles)} whole articles", f"{queued} to fetch"]
        told += [f"{len(listing.children)} sitemaps"] if listing.children else []
        logger.info("%s %s: %s", errand.kind, url, ", ".join(told))
        for code, message in listing.warnings:
            logger.warning("%s %s: %s", code, url, message)
