"""`scrapy reextract`: today's extractor over what is archived; the difference first, then the writing."""

import argparse
import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from rich.progress import Progress
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import DropItem, UsageError
from scrapy.settings import BaseSettings

from newscrawl.clock import utc_now
from newscrawl.console import console, errors, fail, opened, printable, table
from newscrawl.crawl import extractor
from newscrawl.errors import PageError, SeedError
from newscrawl.models import Article, Source
from newscrawl.pipelines.validate import ValidatePipeline
from newscrawl.sources import load_all
from newscrawl.steps import ArticleRead
from newscrawl.store import SqliteStore
from newscrawl.store.extractions import Origin, origins
from newscrawl.workers import Workers, read_article

_AHEAD = 8
_WRITE_GROUP = 50


class Command(ScrapyCommand):
    """Reads archived answers again, shows what comes out otherwise, and writes it when asked to."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[options]"

    def short_desc(self) -> str:
        """One line."""
        return "Read archived pages with today's extractor: what differs, field by field; --write stores it"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Takes every stored article whose answer lies in a WARC file (NEWSCRAWL_WARC, or `scrapy crawl archive`),"
            " reads that answer as this newscrawl would today, and counts the fields that come out otherwise, with"
            " examples. With --write what differs is stored as a new extraction of the same text: `revision` stays,"
            " `extraction` counts up, the text before is kept, and cursors hand it out with op reextract."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its options."""
        super().add_options(parser)
        parser.add_argument("--sources", default="*", help="source ids, with wildcards (default: *)")
        parser.add_argument("--examples", type=int, default=3, metavar="N", help="of each field (default: 3)")
        parser.add_argument("--write", action="store_true", help="store what differs")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, compare, show, write."""
        if args:
            raise UsageError
        assert self.settings is not None
        try:
            import newscrawl.archive.reading  # noqa: F401 -- only whether its library is there
        except ImportError:
            fail("fastwarc is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[warc]'")
        try:
            seeds = {source.id: source for source in load_all(self.settings["NEWSCRAWL_SEEDS"])}
        except SeedError as error:
            fail(error)
        with opened(self.settings, read_only=not opts.write) as store:
            run = _Run(store, self.settings, seeds, examples=max(0, opts.examples))
            asyncio.run(run.read_all(opts.sources, is_writing=opts.write))
        run.show(is_writing=opts.write)


@dataclass(slots=True)
class _Run:
    """One pass over what is archived."""

    store: SqliteStore
    settings: BaseSettings
    seeds: dict[str, Source]
    examples: int
    differences: Any = None
    unread: Counter[str] = field(default_factory=Counter)
    written: int = 0
    raced: int = 0
    validate: ValidatePipeline = field(default_factory=ValidatePipeline)

    async def read_all(self, sources: str, *, is_writing: bool) -> None:
        """Read every origin again, count, and write what differs in small groups."""
        from newscrawl.archive.differences import Differences, with_narrowed_dates

        self.differences = Differences(self.examples)
        run_id = self._begin() if is_writing else 0
        group: list[tuple[int, Article]] = []
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
            task = progress.add_task("reading …", total=None)
            async for origin, article in self._read(origins(self.store.connection, sources)):
                progress.advance(task)
                if isinstance(article, PageError):
                    self.unread[article.outcome] += 1
                    continue
                article = with_narrowed_dates(origin.article, article)
                if self.differences.add(origin.article, article) and is_writing:
                    group.append((origin.article_id, article))
                if len(group) >= _WRITE_GROUP:
                    self._write(group, run_id)
                    group = []
        if is_writing:
            self._write(group, run_id)
            with self.store.transaction():
                self.store.runs.end(run_id, now=utc_now(), reason="finished", exit_status=0, stats={})

    def _begin(self) -> int:
        with self.store.transaction():
            return self.store.runs.begin(
                "reextract", arguments={}, version=version("newscrawl"), extractor=extractor(), now=utc_now()
            )

    def _write(self, group: list[tuple[int, Article]], run_id: int) -> None:
        with self.store.transaction():
            for article_id, article in group:
                if self.store.articles.reread(article_id, article, run_id=run_id, now=utc_now()):
                    self.written += 1
                else:
                    self.raced += 1

    async def _read(self, found: Iterable[Origin]) -> AsyncIterator[tuple[Origin, Article | PageError]]:
        count = self.settings["NEWSCRAWL_EXTRACT_WORKERS"]
        timeout_s = self.settings.getfloat("NEWSCRAWL_EXTRACT_TIMEOUT_S")
        workers = Workers(count=None if count is None else int(count), timeout_s=timeout_s)
        waiting: deque[tuple[Origin, asyncio.Task[Article | PageError]]] = deque()
        try:
            for origin in found:
                waiting.append((origin, asyncio.ensure_future(self._read_one(workers, origin))))
                if len(waiting) >= _AHEAD * max(1, workers.count):
                    first, reading = waiting.popleft()
                    yield first, await reading
            for first, reading in waiting:
                yield first, await reading
        finally:
            workers.close()

    async def _read_one(self, workers: Workers, origin: Origin) -> Article | PageError:
        from newscrawl.archive.reading import answer_of
        from newscrawl.transport.kept import page_of

        stored = origin.article
        try:
            record = _record(origin.path, origin.offset)
            body_of = None
            if record.type == "revisit":
                kept = self.store.archives.by_record_id(record.fields.get("warc-refers-to", "").strip("<> "))
                body_of = _record(kept.path, kept.offset) if kept else None
            page = replace(page_of(record, answer_of(record, body_of)), url=stored.url)
            step = _step(origin)
            entry, habits = (step.errand.entry, step.habits) if step else (None, {})
            if step is not None and step.answered is not None:
                page = replace(page, fetched_at=step.answered.fetched_at, url=record.url)
            article = await workers.run(read_article, page, self._source(stored, step), entry, habits)
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

    def show(self, *, is_writing: bool) -> None:
        """The table of fields, examples, and what was or would be written."""
        found = self.differences
        shown = table("field", "#filled", "#emptied", "#changed", title=f"{found.articles} articles were read again")
        for row in found.rows():
            shown.add_row(*map(str, row))
        console.print(shown)
        for name, examples in found.examples.items():
            for example in examples:
                console.print(f"\n{name}  ", printable(example.url), style="dim")
                console.print("  - ", _shown(example.before))
                console.print("  + ", _shown(example.after))
        console.print()
        for outcome, count in self.unread.most_common():
            console.print(
                f"{count} are no articles to it any more, or cannot be read: {outcome}; they stay as they are"
            )
        if is_writing:
            console.print(f"{self.written} new extractions written")
        else:
            console.print(f"{found.differing} differ; nothing was written: --write stores them")
        if self.raced:
            console.print(f"{self.raced} were fetched anew in between and left alone")


def _record(path: str, offset: int) -> Any:
    from newscrawl.archive.reading import Record, read_record

    try:
        record = read_record(Path(path), offset)
    except OSError as error:
        raise PageError(path, f"cannot be read ({error})", "bad_archive") from None
    if not isinstance(record, Record):
        raise PageError(path, record.reason, "bad_archive")
    return record


def _step(origin: Origin) -> ArticleRead | None:
    """What the page was read with; None: nothing but itself, as far as is on record."""
    from newscrawl.archive.index import head_of

    if origin.step_path is None or origin.step_offset is None:
        return None
    head = head_of(_record(origin.step_path, origin.step_offset))
    if head is None or head.did != ArticleRead.__name__:
        return None
    return msgspec.json.decode(head.step, type=ArticleRead)


def _shown(value: Any) -> Any:
    if isinstance(value, tuple) and value and hasattr(value[0], "isoformat"):
        return printable(" … ".join(one.isoformat() for one in value))
    if isinstance(value, tuple):
        return printable(", ".join(value))
    return printable("nothing" if value in (None, "") else value)
