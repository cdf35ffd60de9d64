"""Doing again what recorded runs did: the steps of an archive, in their order, at their instants, into a new database.

Reading a page is a function of what is on record, so the pages of the next steps are read while this one is taken.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any, cast

import msgspec
from scrapy.exceptions import DropItem
from scrapy.settings import BaseSettings

from newscrawl.archive.index import Index, StepPlace, head_of
from newscrawl.archive.reading import Record, read_record
from newscrawl.beside import queue_beside, take_beside
from newscrawl.clock import held
from newscrawl.crawl import Crawl, Errand, Landed, extractor, workers_of
from newscrawl.ends import end_failed, end_unchanged
from newscrawl.errors import PageError
from newscrawl.intake import take_listing, take_related
from newscrawl.models import Article, Channel, Page
from newscrawl.outcomes import OUTCOMES
from newscrawl.pipelines.store import put, refuse
from newscrawl.pipelines.validate import ValidatePipeline
from newscrawl.rota import Rota
from newscrawl.steps import (
    STEPS,
    Answered,
    ArticleCarried,
    ArticleRead,
    BesideRead,
    Failed,
    GapLeft,
    ListingRead,
    ListingUnchanged,
    RelatedRead,
    SourceRegistered,
)
from newscrawl.store import SqliteStore
from newscrawl.transport.body import Bounds
from newscrawl.transport.kept import page_of
from newscrawl.urls import key
from newscrawl.workers import read_article, read_channel

_AHEAD = 8
"""Steps whose pages are read before their turn has come."""


class _Stats(Counter[str]):
    """As much of Scrapy's stats collector as a crawl writes to."""

    def inc_value(self, name: str, by: int = 1) -> None:
        self[name] += by


@dataclass(slots=True)
class _Replay:
    """A replay under way."""

    crawl: Crawl
    index: Index
    settings: BaseSettings
    runs: dict[str, int] = field(default_factory=dict)
    carried: dict[tuple[str | None, str], Article] = field(default_factory=dict)
    """Articles that listings carried whole and that are not stored yet."""
    validate: ValidatePipeline = field(default_factory=ValidatePipeline)

    def page(self, answered: Answered | None, errand: Errand) -> Page:
        """The page of an answer as the run had it. Raises PageError."""
        if answered is None:
            raise PageError(errand.source.url, "the answer was not kept", "bad_archive")
        record, answer = self.index.answer(answered.record_id)
        page = page_of(record, answer, size_max=Bounds.from_settings(self.settings, errand.kind).body_bytes)
        return replace(
            page,
            requested_url=answered.requested_url,
            redirects=answered.redirects,
            fetched_at=answered.fetched_at,
        )

    async def read(self, step: Any) -> Any:
        """What reading the step's page gives, or the PageError that it raises; None for steps without a page."""
        workers = self.crawl.workers
        try:
            if isinstance(step, ListingRead):
                page = self.page(step.answered, step.errand)
                channel = cast(Channel, step.errand.channel)
                return page, await workers.run(
                    read_channel, page, step.errand.source, channel, step.wrapper, step.habits
                )
            if isinstance(step, BesideRead):
                page = self.page(step.answered, step.errand)
                channel = cast(Channel, step.errand.beside)
                return page, await workers.run(read_channel, page, step.errand.source, channel, {}, step.habits)
            if isinstance(step, ArticleRead):
                page = self.page(step.answered, step.errand)
                return page, await workers.run(read_article, page, step.errand.source, step.errand.entry, step.habits)
            if isinstance(step, RelatedRead):
                page = self.page(step.answered, step.errand)
                channel = Channel(kind="listing", url=page.url)
                return page, await workers.run(read_channel, page, step.errand.source, channel, {}, {})
            if isinstance(step, ListingUnchanged):
                return self.page(step.answered, step.errand), None
        except PageError as error:
            return error
        return None

    def take(self, step: Any, read: Any) -> None:
        """What the step did to the database. Inside a transaction."""
        crawl = self.crawl
        if isinstance(read, PageError):
            errand = self._here(step.errand)
            asked = step.answered.requested_url if step.answered else read.url
            end_failed(crawl, Failed(errand=errand, url=asked, outcome=read.outcome, message=read.reason))
        elif isinstance(step, SourceRegistered):
            crawl.store.channels.register(step.source, now=crawl.clock())
        elif isinstance(step, ListingRead):
            page, reading = read
            errand = self._here(step.errand)
            taken = take_listing(crawl, errand, page, reading, sent_at=step.sent_at)
            self.carried |= {(article.channel_url, article.url): article for article in taken.articles}
        elif isinstance(step, BesideRead):
            take_beside(crawl, self._here(step.errand), read[0], read[1], sent_at=step.sent_at)
        elif isinstance(step, GapLeft):
            queue_beside(crawl, self._here(step.errand), step.found)
        elif isinstance(step, ListingUnchanged):
            end_unchanged(crawl, self._here(step.errand), read[0], sent_at=step.sent_at)
        elif isinstance(step, RelatedRead):
            take_related(crawl, self._here(step.errand), read[0], read[1].listing.entries)
        elif isinstance(step, Failed):
            end_failed(crawl, replace(step, errand=self._here(step.errand)))
        elif isinstance(step, ArticleCarried):
            article = self.carried.pop((step.channel_url, step.url), None)
            if article is not None:
                self._store(article)
        elif isinstance(step, ArticleRead):
            page, article = read
            entry = step.errand.entry
            article = replace(
                article,
                reached_by=step.reached_by,
                http_status=page.status,
                channel_url=entry.channel_url if entry else None,
            )
            fetch = replace(step.fetch, channel_id=self._here(step.errand).channel_id)
            crawl.landed[key(step.reached_by[0])] = Landed(fetch, entry)
            self._store(article)

    def _store(self, article: Article) -> None:
        try:
            put(self.crawl, self.validate.process_item(article))
        except DropItem as refused:
            refuse(self.crawl, article, str(refused) if str(refused) in OUTCOMES else "not_article")

    def _here(self, errand: Errand) -> Errand:
        """The errand with the row id its channel has in this database."""
        if errand.channel_id is None:
            return errand
        url = errand.channel.url if errand.channel else errand.entry.channel_url if errand.entry else None
        found = self.crawl.store.channels.id_of(errand.source.id, url) if url else None
        return replace(errand, channel_id=found)

    def enter_run(self, name: str) -> None:
        """What follows was done by the run of that name."""
        if name not in self.runs:
            self.runs[name] = self.crawl.store.runs.begin(
                "replay",
                arguments={"of": name},
                version=version("newscrawl"),
                extractor=extractor(),
                now=self.crawl.clock(),
            )
        self.crawl.run_id = self.runs[name]


async def replay(store: SqliteStore, index: Index, settings: BaseSettings) -> Counter[str]:
    """Take every step of `index` again, in order; gives how many of each kind."""
    workers = workers_of(settings)
    rota = Rota(
        store, settings.getfloat("NEWSCRAWL_CHECKS_PER_DAY"), check_min_s=settings.getfloat("NEWSCRAWL_CHECK_MIN_S")
    )
    crawl = Crawl(store=store, workers=workers, run_id=0, rota=rota, stats=_Stats())
    done: Counter[str] = Counter()
    this = _Replay(crawl, index, settings)
    try:
        async for place, step, read in _read_ahead(this):
            with held(place.at), store.transaction():
                this.enter_run(place.run)
                this.take(step, read)
            done[type(step).__name__] += 1
    finally:
        workers.close()
    return done


async def _read_ahead(this: _Replay) -> AsyncIterator[tuple[StepPlace, Any, Any]]:
    """(place, step, what its page reads as), in order, while the pages of the next ones are being read."""
    waiting: deque[tuple[StepPlace, Any, Awaitable[Any]]] = deque()
    for place in this.index.steps:
        if (step := _step_at(place)) is None:
            continue
        waiting.append((place, step, asyncio.ensure_future(this.read(step))))
        if len(waiting) >= _AHEAD:
            place, step, reading = waiting.popleft()
            yield place, step, await reading
    for place, step, reading in waiting:
        yield place, step, await reading


def _step_at(place: StepPlace) -> Any:
    """The step; None where this newscrawl does not know such steps."""
    record = read_record(place.file, place.offset)
    head = head_of(record) if isinstance(record, Record) else None
    if head is None or head.did not in STEPS:
        return None
    return msgspec.json.decode(head.step, type=STEPS[head.did])
