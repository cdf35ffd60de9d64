"""Reading archived answers as today's newscrawl does: how that differs from what is stored, and storing it."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import msgspec
from scrapy.exceptions import DropItem
from scrapy.settings import BaseSettings

from newscrawl.archive.differences import Differences, with_narrowed_dates
from newscrawl.archive.index import head_of
from newscrawl.archive.reading import Record, answer_of, read_record
from newscrawl.clock import utc_now
from newscrawl.crawl import extractor, workers_of
from newscrawl.errors import PageError
from newscrawl.models import Article, Source
from newscrawl.pipelines.validate import ValidatePipeline
from newscrawl.steps import ArticleRead
from newscrawl.store import SqliteStore
from newscrawl.store.extractions import Origin, origins
from newscrawl.transport.kept import page_of
from newscrawl.workers import Workers, read_article

_AHEAD = 8
"""Answers that are read before their turn has come, for each reading process."""
_WRITE_GROUP = 50


@dataclass(slots=True)
class Outcome:
    """What came of reading everything again."""

    differences: Differences
    unread: Counter[str] = field(default_factory=Counter)
    """Outcome code → articles that could not be read, or are none any more."""
    written: int = 0
    raced: int = 0
    """Fetched anew in between, and left alone."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """One pass over what is archived."""

    store: SqliteStore
    workers: Workers
    seeds: Mapping[str, Source]
    """Seed files as they are today, by source id."""
    validate: ValidatePipeline = field(default_factory=ValidatePipeline)

    async def pairs(self, found: Iterable[Origin]) -> AsyncIterator[tuple[Origin, Article | PageError]]:
        """Each origin with what it reads as today, in order, while the next ones are being read."""
        waiting: deque[tuple[Origin, asyncio.Task[Article | PageError]]] = deque()
        for origin in found:
            waiting.append((origin, asyncio.ensure_future(self._read(origin))))
            if len(waiting) >= _AHEAD * max(1, self.workers.count):
                first, reading = waiting.popleft()
                yield first, await reading
        for first, reading in waiting:
            yield first, await reading

    async def _read(self, origin: Origin) -> Article | PageError:
        stored = origin.article
        try:
            record = _record(origin.path, origin.offset)
            kept = self.store.archives.by_record_id(origin.refers_to) if origin.refers_to else None
            body_of = _record(kept.path, kept.offset) if kept else None
            page = replace(page_of(record, answer_of(record, body_of)), url=stored.url)
            step = _step(origin)
            entry, habits = (step.errand.entry, step.habits) if step else (None, {})
            if step is not None and step.answered is not None:
                page = replace(page, fetched_at=step.answered.fetched_at, url=record.url)
            article = await self.workers.run(read_article, page, self._source(stored, step), entry, habits)
            article = self.validate.process_item(replace(article, http_status=page.status))
        except PageError as error:
            return error
        except DropItem as refused:
            return PageError(stored.url, "refused", str(refused))
        return replace(article, url=stored.url, publisher=stored.publisher)

    def _source(self, stored: Article, step: ArticleRead | None) -> Source:
        """The seed file as it is today, else the source as it was."""
        if stored.source_id in self.seeds:
            return self.seeds[stored.source_id]
        if step is not None:
            return step.errand.source
        return Source(id=stored.source_id, publisher=stored.publisher or "", url=stored.url, country="zz")

    def write(self, group: list[tuple[int, Article]], run_id: int) -> int:
        """Store new extractions, in one transaction; gives how many of them were not overtaken by a fetch."""
        with self.store.transaction():
            return sum(
                self.store.articles.reread(article_id, article, run_id=run_id, now=utc_now())
                for article_id, article in group
            )


async def reread(
    store: SqliteStore,
    settings: BaseSettings,
    seeds: Mapping[str, Source],
    *,
    sources: str,
    examples: int,
    is_writing: bool,
    progress: Callable[[], None],
) -> Outcome:
    """Read every archived answer of `sources` (GLOB over ids) again, and with `is_writing` store what differs."""
    workers = workers_of(settings)
    outcome, this = Outcome(Differences(examples)), Rereading(store, workers, seeds)
    run_id = _begin(store) if is_writing else 0
    group: list[tuple[int, Article]] = []

    def put() -> None:
        written = this.write(group, run_id)
        outcome.written += written
        outcome.raced += len(group) - written
        group.clear()

    try:
        async for origin, article in this.pairs(origins(store.connection, sources)):
            progress()
            if isinstance(article, PageError):
                outcome.unread[article.outcome] += 1
                continue
            article = with_narrowed_dates(origin.article, article)
            if outcome.differences.add(origin.article, article) and is_writing:
                group.append((origin.article_id, article))
            if len(group) >= _WRITE_GROUP:
                put()
        if is_writing:
            put()
            with store.transaction():
                store.runs.end(run_id, now=utc_now(), reason="finished", exit_status=0, stats={})
    finally:
        workers.close()
    return outcome


def _begin(store: SqliteStore) -> int:
    with store.transaction():
        return store.runs.begin(
            "reextract", arguments={}, version=version("newscrawl"), extractor=extractor(), now=utc_now()
        )


def _record(path: str, offset: int) -> Record:
    try:
        record = read_record(Path(path), offset)
    except OSError as error:
        raise PageError(path, f"cannot be read ({error})", "bad_archive") from None
    if not isinstance(record, Record):
        raise PageError(path, record.reason, "bad_archive")
    return record


def _step(origin: Origin) -> ArticleRead | None:
    """What the page was read with; None: nothing but itself, as far as is on record."""
    if origin.step_path is None or origin.step_offset is None:
        return None
    head = head_of(_record(origin.step_path, origin.step_offset))
    if head is None or head.did != ArticleRead.__name__:
        return None
    return msgspec.json.decode(head.step, type=ArticleRead)
