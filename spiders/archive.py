"""`scrapy crawl archive`."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawl.archive.ledger import Ledger
from newscrawl.crawl import Crawl, Landed
from newscrawl.errors import PageError, SeedError
from newscrawl.intake import is_unwanted, notes_of
from newscrawl.markup import ends_open
from newscrawl.models import Article, Channel, Page, Source
from newscrawl.sources import by_host, load_all, source_for_url
from newscrawl.store import Fetch, Kept
from newscrawl.transport.outcomes import AnswerError
from newscrawl.urls import key
from newscrawl.workers import read_article, read_channel
from spiders.archived import Places, channels_of, kept_of, narrow_by_sightings, take_channel
from spiders.arguments import ArchivePlan, read_archive_plan

logger = logging.getLogger(__name__)
AHEAD = 16
"""Records that are read before their turn has come, for each reading process, …"""
AHEAD_BYTES = 64 * 2**20
"""… as long as their pages are together no larger than this."""
OPEN_MAX = 400
"""Records whose end is not on disk yet."""


@dataclass(slots=True)
class _File:
    path: Path
    ledger: Ledger


@dataclass(slots=True)
class _Taken:
    """A record that is being read."""

    file: _File
    record: Any
    page: Page
    source: Source
    channel: Channel | None
    """None: it is no channel's page but an article's, as far as is known."""
    reading: "asyncio.Task[Any]"
    refers_to: str | None = None
    """The record that holds the body, where this one does not."""


class ArchiveSpider(Spider):
    """Articles out of WARC files, ours or Common Crawl's: -a path='…/*.warc.gz'. Nothing is fetched."""

    name = "archive"

    def __init__(self, plan: ArchivePlan, given: dict[str, str]) -> None:
        super().__init__()
        self.plan, self.given = plan, given
        self.sources_by_id: dict[str, Source] = {}
        self._by_host: dict[str, Source] = {}
        self._channels: dict[str, tuple[Source, Channel]] = {}
        self._registered: set[str] = set()
        self._ended = asyncio.Event()
        self._writing: set[asyncio.Task[Any]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """As Scrapy makes it; raises SeedError for an argument that is wrong."""
        spider = cls(cls.read_plan(crawler.settings, kwargs), dict(kwargs))
        spider._set_crawler(crawler)
        seeds = load_all(crawler.settings["NEWSCRAWL_SEEDS"])
        spider._by_host, spider._channels = by_host(seeds), channels_of(seeds)
        crawler.signals.connect(spider._broke, signal=signals.item_error)
        return spider

    @classmethod
    def read_plan(cls, settings: BaseSettings, given: Mapping[str, str]) -> ArchivePlan:
        """The files that `path` names. Raises SeedError."""
        return read_archive_plan(given)

    @property
    def crawl(self) -> Crawl:
        """What this run shares."""
        return Crawl.of(self.crawler)

    async def start(self) -> AsyncIterator[Any]:
        """The articles of all files, in the order their pages lie in."""
        waiting: deque[_Taken] = deque()
        most = AHEAD * max(1, self.crawl.workers.count)
        held_bytes = 0
        for taken in self._records():
            if taken is not None:
                waiting.append(taken)
                held_bytes += len(taken.page.body)
            while len(waiting) >= most or held_bytes > AHEAD_BYTES:
                first = waiting.popleft()
                held_bytes -= len(first.page.body)
                async for article in self._outcome(first):
                    yield article
            await asyncio.sleep(0)
        for taken in waiting:
            async for article in self._outcome(taken):
                yield article
        await self._until(lambda: not self.crawl.landed and not self._writing)
        await self._leave_pipelines()

    async def _leave_pipelines(self) -> None:
        """Wait for the last item's way out: an engine that finds it there looks again five seconds later."""
        engine = self.crawler.engine
        assert engine is not None
        assert engine.scraper.slot is not None
        while not engine.scraper.slot.is_idle():
            await asyncio.sleep(0.01)

    def _records(self) -> Iterator[_Taken | None]:
        """The pages to read, each being read already; None after a record that holds none."""
        from newscrawl.archive.members import Broken
        from newscrawl.archive.reading import read_records

        places = Places(self.crawl.store)
        for path in self.plan.files:
            file = _File(path, Ledger(*self.crawl.store.archives.progress(str(path))))
            for record in read_records(path, file.ledger.read_to):
                if isinstance(record, Broken):
                    self._broken(file, record)
                    yield None
                elif file.ledger.begin(record.offset, record.end):
                    yield self._begin(file, record, places)
            self._write(partial(self._advance, file))

    def _broken(self, file: _File, broken: Any) -> None:
        logger.warning("bad_archive: %s at %d: %s", file.path, broken.offset, broken.reason)
        is_new = broken.is_torn or file.ledger.begin(broken.offset, broken.end)
        if is_new:
            url = f"{file.path.as_uri()}#{broken.offset}"
            then = (lambda: None) if broken.is_torn else self._ender(file, broken.offset)
            self._end(
                Fetch(url=url, outcome="bad_archive", kind="article", message=broken.reason, finished_at=Crawl.clock()),
                then,
            )

    def _begin(self, file: _File, record: Any, places: Places) -> _Taken | None:
        from newscrawl.archive.reading import answer_of
        from newscrawl.transport.kept import check_page, page_of

        if record.type not in ("response", "revisit") or not record.url.startswith(("http://", "https://")):
            file.ledger.end(record.offset)
            return None
        status, size = None, None
        try:
            answer = answer_of(record)
            status, size = answer.status, len(answer.body)
            if 300 <= status < 400:  # a redirect, or not modified: nothing new
                file.ledger.end(record.offset)
                return None
            body_of = places.body_of(record) if record.type == "revisit" else None
            if body_of is None:
                places.remember(record)
            else:
                answer = answer_of(record, body_of)
            page = page_of(record, answer)
            source, channel = self._origin(record.url)
            check_page(page, is_channel=channel is not None)
        except (PageError, AnswerError) as error:
            fetch = Fetch(
                url=record.url,
                outcome=error.outcome,
                kind="article",
                message=error.reason if isinstance(error, PageError) else error.message,
                status=status,
                body_bytes=size,
                finished_at=Crawl.clock(),
            )
            self._end(fetch, self._ender(file, record.offset))
            return None
        workers = self.crawl.workers
        reader = workers.run(read_channel, page, source, channel, {}, {}) if channel else None
        reading = asyncio.get_running_loop().create_task(reader or workers.run(read_article, page, source, None, {}))
        refers_to = body_of.record_id if body_of else None
        return _Taken(file, replace(record, block=b""), page, source, channel, reading, refers_to)

    async def _outcome(self, taken: _Taken) -> AsyncIterator[Article]:
        """The article on its way to the store, or nothing and the outcome on its way there."""
        crawl, page, record, channel = self.crawl, taken.page, taken.record, taken.channel
        then = self._ender(taken.file, record.offset, kept_of(record, page, taken.refers_to))
        fetch = Fetch(
            url=page.url,
            outcome="ok",
            kind=channel.kind if channel else "article",
            status=page.status,
            body_bytes=len(page.body),
            source_id=taken.source.id,
            finished_at=crawl.clock(),
        )
        try:
            read = await taken.reading
            if channel is None and is_unwanted(read):
                raise PageError(page.url, "the publisher asks for it", "noindex")
            asked = key(page.url)
        except PageError as error:
            logger.info("%s", error)
            self._end(replace(fetch, outcome=error.outcome, message=error.reason), then)
            return
        if channel is not None:
            await self._until(lambda: not crawl.landed)  # what was announced before it came is stored by then
            self._end(fetch, partial(take_channel, crawl, taken.source, channel, page, read), then)
            await self._until(lambda: not self._writing)
            return
        article = read
        await self._until(lambda: asked not in crawl.landed and taken.file.ledger.open < OPEN_MAX)
        is_truncated = ends_open(page.body) or "warc-truncated" in record.fields
        flags = notes_of(article, is_truncated=is_truncated)
        crawl.landed[asked] = Landed(replace(fetch, flags=flags), None, None, then)
        yield replace(article, reached_by=(page.url,), http_status=page.status)

    def _origin(self, url: str) -> tuple[Source, Channel | None]:
        """Whose page it is, and which channel of theirs; the rows of both are written before what comes of it."""
        named = self._channels.get(key(url))
        if named is None:
            return self._source(url), None
        source, channel = named
        if url not in self._registered:
            self._registered.add(url)
            crawl, shown = self.crawl, replace(source, channels=(channel,))
            self._write(lambda: crawl.store.channels.register(shown, now=crawl.clock()))
        return source, channel

    def _source(self, url: str) -> Source:
        """The seed file's source for the host, else one made of the host; its row is written before its articles."""
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        source = self._by_host.get(host)
        if source is None:
            try:
                source = replace(source_for_url(url), channels=())
            except SeedError as error:
                raise PageError(url, str(error), "bad_url") from None
            parts = urlsplit(url)
            source = self._by_host[host] = replace(source, url=f"{parts.scheme}://{parts.netloc}/")
        if source.id not in self._registered:
            self._registered.add(source.id)
            crawl = self.crawl
            self._write(lambda: crawl.store.channels.register(source, now=crawl.clock()))
        return source

    def _ender(self, file: _File, offset: int, kept: Kept | None = None) -> Callable[[], None]:
        """What is written when the record at `offset` has come to its end, in the same transaction."""

        def end() -> None:
            if kept is not None:
                self.crawl.store.archives.add(kept, run_id=self.crawl.run_id, is_ours=False)
                narrow_by_sightings(self.crawl, key(kept.url))
            file.ledger.end(offset)
            self._advance(file)
            self._ended.set()

        return end

    def _advance(self, file: _File) -> None:
        self.crawl.store.archives.advance(str(file.path), *file.ledger.state())

    def _end(self, fetch: Fetch, *then: Callable[[], None]) -> None:
        def write() -> None:
            self.crawl.record_fetch(fetch)
            for one in then:
                one()

        self._write(write)

    def _write(self, operation: Callable[[], Any]) -> None:
        """Into the next group commit, after what was handed to it before."""
        self._writing.add(task := asyncio.get_running_loop().create_task(self.crawl.write(operation)))
        task.add_done_callback(self._wrote)

    def _wrote(self, task: "asyncio.Task[Any]") -> None:
        self._writing.discard(task)
        self._ended.set()
        if not task.cancelled() and task.exception() is not None and self.crawl.failure is None:
            logger.error("a record's end could not be written", exc_info=task.exception())
            self.crawl.break_down()

    async def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            if self.crawl.failure is not None:
                raise CloseSpider("database")
            self._ended.clear()
            await self._ended.wait()

    def _broke(self, item: Article, failure: Failure) -> None:
        """A defect of ours in a pipeline (Scrapy has logged it): the record's outcome."""
        landed = self.crawl.landed.pop(key(item.reached_by[0] if item.reached_by else item.url), None)
        if landed is not None:
            message = f"{type(failure.value).__name__}: {failure.value}"
            self._end(replace(landed.fetch, outcome="internal_error", message=message), landed.then)
