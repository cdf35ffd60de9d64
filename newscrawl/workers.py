"""Reading pages in worker processes, so that no page, however hostile, holds up the crawl.

A worker that hangs is killed after a time limit, one that dies or runs out of memory is replaced; either costs one
page, with its outcome. Pebble's pool is used because the standard library's dies whole with its first worker.

What reads pages (`discover`, `extract`, and trafilatura behind them) is imported where it runs, in the workers: the
crawl's own process starts in half the time without it, and is smaller.
"""

import asyncio
import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from importlib.machinery import ModuleSpec
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from newscrawl import limits
from newscrawl.errors import PageError
from newscrawl.models import Article, Channel, Entry, Listing, Page, Source
from newscrawl.text import count_words
from newscrawl.times import Habits
from newscrawl.turns import Turns

logger = logging.getLogger(__name__)

_TASKS_PER_WORKER = 2_000
"""A worker is replaced after so many pages, so that whatever leaks stays small."""
_EARLY = 10
"""Pages, for each reader, handed over before it is free: storing fifty articles in one go keeps this process busy for
.3 s, in which a reader reads ten pages (2026-11-25)."""
_WHOLE_WORDS_MIN = 60
_CUT = ("…", "...", "[…]", "[...]", "[&#8230;]")

_LARGE_BYTES = 2**20
"""Pages past it wait for their turn among slow ones."""
_HEAVY_BYTES = 2 * 2**20
"""Pages past it are read one at a time: two of 9 MB at once took 600 MB with the crawl itself (2026-11-25)."""

_M_MMAP_THRESHOLD = -3  # its number in <malloc.h>
_MAPPED_BYTES = 128 * 2**10
"""glibc's own first value, which grows to 32 MB in use unless it is set."""

_OUT_OF_TIME = getattr(signal, "SIGPROF", -1)
"""The signal that ends a worker whose CPU time is used up; none on Windows."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one channel page gave: its entries, and the articles it already carries whole."""

    listing: Listing
    articles: tuple[Article, ...] = ()
    problems: tuple[PageError, ...] = ()
    """What could not be read of the page's own article."""


def carries_whole(entry: Entry) -> bool:
    """Whether the entry's text is the article's, not a teaser of it."""
    body = (entry.article_body or "").rstrip()
    return not body.endswith(_CUT) and count_words(body) >= _WHOLE_WORDS_MIN


def read_channel(
    page: Page, source: Source, channel: Channel, wrapper: Mapping[str, Any], habits: Mapping[str, Any]
) -> Reading:
    """Entries of a listing, feed or sitemap page, and whole articles among them. Raises PageError."""
    from newscrawl.discover import read_listing
    from newscrawl.extract import article_from_entry, extract_article

    learned = Habits.from_json(habits) if habits else None
    listing = read_listing(page, source=source, channel=channel, wrapper=wrapper, habits=learned)
    articles = [
        replace(article_from_entry(entry, source=source, page=page), channel_url=channel.url)
        for entry in listing.entries
        if carries_whole(entry)
    ]
    problems: list[PageError] = []
    if listing.page_is_article:
        try:
            articles.insert(0, extract_article(page, source=source, habits=learned))
        except PageError as error:
            problems.append(error)
    return Reading(listing=listing, articles=tuple(articles), problems=tuple(problems))


def read_article(page: Page, source: Source, entry: Entry | None, habits: Mapping[str, Any]) -> Article:
    """The article on a page. Raises PageError."""
    from newscrawl.extract import extract_article

    learned = Habits.from_json(habits) if habits else None
    return extract_article(page, source=source, entry=entry, habits=learned)


def look_beside(page: Page, robots_text: str | None) -> tuple[Channel, ...]:
    """See `discover.channels.find_beside`. Raises PageError."""
    from newscrawl.discover.channels import find_beside

    return find_beside(page, robots_text=robots_text)


def _spare_main() -> None:
    """Keep the program's own script from running again in each worker, which has no use for it.

    multiprocessing runs it unless it is a package's `__main__`: the `scrapy` script imports all of Scrapy, and a user's
    own would start its crawl anew.
    """
    main = sys.modules["__main__"]
    if main.__spec__ is None:
        main.__spec__ = ModuleSpec("newscrawl.__main__", None)


class Workers:
    """A pool of reading processes; `count` 0 reads in this process (tests, profiling)."""

    def __init__(
        self,
        *,
        count: int | None = None,
        timeout_s: float,
        cpu_s: float = limits.EXTRACT_CPU_S,
        memory_bytes: int | None = None,
    ) -> None:
        self._timeout_s, self._cpu_s = timeout_s, cpu_s
        self._count = os.cpu_count() or 1 if count is None else count
        self._turns = Turns(self._count, early=_EARLY * self._count)
        self._memory_bytes = limits.EXTRACT_BYTES if memory_bytes is None else memory_bytes
        self._one_heavy = asyncio.Lock()
        _map_large()
        self._pool = self._start() if self._count else None

    @property
    def count(self) -> int:
        """Reading processes; 0: pages are read in this one."""
        return self._count

    def _start(self) -> ProcessPool:
        _spare_main()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["newscrawl.workers", "newscrawl.discover", "newscrawl.extract"])
        return ProcessPool(
            max_workers=self._count,
            max_tasks=_TASKS_PER_WORKER,
            initializer=_limit,
            initargs=[self._memory_bytes, limits.changed()],
            context=context,
        )

    @asynccontextmanager
    async def room(self, source_id: str) -> AsyncIterator[bool]:
        """Wait until one more page of the source may come: see `Turns.room`."""
        if self._pool is None:
            yield False
            return
        async with self._turns.room(source_id) as waited:
            yield waited

    async def run(self, function: Callable[..., T], page: Page, *arguments: Any) -> T:
        """`function(page, *arguments)` in a worker. Raises PageError, also when the worker is lost."""
        try:
            return await self._run(function, page, *arguments)
        except PageError:
            raise
        except Exception as error:  # a defect of ours that this page brings out: it costs the page, and says so
            logger.debug("%s", page.url, exc_info=True)
            raise PageError(page.url, f"{type(error).__name__}: {error}", "internal_error") from error

    async def _run(self, function: Callable[..., T], page: Page, *arguments: Any) -> T:
        if self._pool is None:
            return function(page, *arguments)
        if not self._pool.active:  # every worker died at once: the pool is lost, its successor is not
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble annotates little
            self._pool = self._start()
        is_heavy = len(page.body) > _HEAVY_BYTES
        source_id = next((one.id for one in arguments if isinstance(one, Source)), "")
        try:
            async with (
                self._one_heavy if is_heavy else nullcontext(),
                self._turns.turn(source_id, is_large=len(page.body) > _LARGE_BYTES),
            ):
                args = [self._cpu_s, function, page, *arguments]
                future = self._pool.schedule(_read, args=args, timeout=self._timeout_s)
                try:
                    return await asyncio.wrap_future(future)
                finally:
                    if is_heavy:
                        _give_back()
        except FutureTimeoutError as error:
            reason = f"reading {len(page.body)} bytes took more than {self._timeout_s:g} s"
            raise PageError(page.url, reason, "parse_timeout") from error
        except (ProcessExpired, BrokenProcessPool, MemoryError, RecursionError) as error:
            if getattr(error, "exitcode", None) == -_OUT_OF_TIME:
                reason = f"reading {len(page.body)} bytes took more than {self._cpu_s:g} s of CPU"
                raise PageError(page.url, reason, "parse_timeout") from error
            raise PageError(
                page.url, f"the reading process was lost ({type(error).__name__})", "parse_crash"
            ) from error

    def close(self) -> None:
        """End the processes; what they were reading is lost."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call] # pebble annotates little
            self._pool.join()


def _read(cpu_s: float, function: Callable[..., T], page: Page, *arguments: Any) -> T:
    """`function(page, *arguments)` within `cpu_s`, or the end of this process.

    What a heavy page took is given back to the system, not kept for the next.
    """
    _allow_cpu(cpu_s)
    try:
        return function(page, *arguments)
    finally:
        _allow_cpu(0)
        if len(page.body) > _HEAVY_BYTES:
            _give_back()


def _allow_cpu(seconds: float) -> None:
    """Let the system end this process after so much CPU time from now; 0: never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _give_back() -> None:
    """Return freed memory to the system, which glibc keeps otherwise."""
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library other than glibc
            ctypes.CDLL(None).malloc_trim(0)


def _map_large() -> None:
    """Have glibc give large memory back as soon as it is freed: by itself it keeps more the more it is asked for."""
    if sys.platform == "linux":
        with suppress(AttributeError):  # a C library other than glibc
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _MAPPED_BYTES)


def _limit(memory_bytes: int, changed: Mapping[str, float]) -> None:
    import resource  # not on Windows, where there is no such limit to set

    _map_large()
    limits.change(changed)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    os.nice(1)
    gc.freeze()  # what every page uses is no rubbish: looking through it took 2 % of the reading (2026-11-25)
