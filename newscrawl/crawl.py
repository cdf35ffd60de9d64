"""What the parts of one running crawl share: its database, its workers, its run.

Every write goes through `Crawl.write`, and so through the group commit of `commits`.
"""

import logging
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from newscrawl import limits
from newscrawl.clock import utc_now
from newscrawl.commits import Commits
from newscrawl.errors import DiskFullError, StoreError
from newscrawl.models import Channel, Entry, Source
from newscrawl.outcomes import severity_of
from newscrawl.rota import Rota
from newscrawl.store import Fetch, SqliteStore, open_store
from newscrawl.store.base import FetchKind
from newscrawl.store.sqlite import BUSY_TIMEOUT_S, WAL_BYTES_MAX
from newscrawl.store.upkeep import move_due
from newscrawl.turns import ROOMS
from newscrawl.workers import Workers

if TYPE_CHECKING:
    from newscrawl.archive.keeper import Keeper

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_HARD, EXIT_DISK, EXIT_DATABASE = range(6)
"""0 all well; 1 newscrawl itself failed; 2 a bad argument or seed; 3 a URL failed hard or a run fell short of
`[expect]`; 4 no room on the disk; 5 the database cannot be used."""

SENT_AT = "newscrawl_sent_at"
"""Key of `request.meta`: when the request left for the network."""
FETCHED_AT = "newscrawl_fetched_at"
"""Key of `request.meta`: when the answer was made for us."""
RECORD_ID = "newscrawl_record_id"
"""Key of `request.meta`: id of the record that keeps the last answer; absent: answers are not kept."""

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Why a request is made; rides in `request.meta["newscrawl"]`."""

    kind: FetchKind
    source: Source
    channel: Channel | None = None
    channel_id: int | None = None
    entry: Entry | None = None
    url_key: str | None = None
    """Key of the row in `queue`; None: a channel's own address, which is asked for by its schedule."""
    user_url: bool = False
    """The address was typed by the user, who may name a file or a listing of any kind."""
    pages_left: int = 0
    walk_began_at: datetime | None = None
    """When the first page of this walk through a list was fetched; None: this is the first."""
    is_left_over: bool = False
    """The walk was cut off and goes on: it does not end at what it saw itself before."""
    related_depth: int = 0
    sitemap_depth: int = 0
    """Sitemap indexes above this sitemap."""
    beside: Channel | None = None
    """Another list of the source, which is asked for what the channel may have lost; None: the channel itself."""
    fetched_at: datetime | None = None
    """The instant to take for the fetch (`-a fetched_at=…`); None: the clock's."""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """An article's fetch, and what had announced it."""

    fetch: Fetch
    entry: Entry | None
    step: Any = None
    """The step to keep of it; see `newscrawl.steps`."""
    then: Callable[[], None] = lambda: None
    """What else is written with it."""


@dataclass(slots=True)
class Crawl:
    """One running crawl."""

    store: SqliteStore
    workers: Workers
    run_id: int
    rota: Rota
    stats: Any
    """Scrapy's stats collector."""
    beaten_at: datetime | None = None
    """The last sign of life of a run before this one; None: it is the first."""
    keeper: "Keeper | None" = None
    """What is fetched is kept here, and in which order things were done; None: nowhere."""
    retry_s: float = 900.0
    attempts_max: int = 5
    verdicts: Counter[str] = field(default_factory=Counter)
    sitemaps: Counter[int] = field(default_factory=Counter)
    """Sitemap files that are read since the channel's index was, by channel id."""
    landed: dict[str, Landed] = field(default_factory=dict)
    """Fetches whose article is on its way through the pipelines, by queue key."""
    on_late: Callable[[], None] = lambda: None
    """Called when a run that was told to end should have done so."""
    on_fetch: list[Callable[[Fetch], None]] = field(default_factory=list)
    """Told of every end of a request."""
    commits: Commits = field(init=False)
    _hard: int = 0
    _broken: bool = False
    _is_full: bool = False
    _is_log_told: bool = False

    def __post_init__(self) -> None:
        self.commits = Commits(self.store, self.keeper)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The crawl of `crawler`; opened at the first call. Raises StoreError."""
        if crawler not in _CRAWLS:
            settings = crawler.settings
            store = open_store(settings["NEWSCRAWL_DB"])
            spider = crawler.spidercls
            beaten_at = store.runs.last_beat()
            with store.transaction():
                run_id = store.runs.begin(
                    spider.name,
                    arguments=_arguments(crawler),
                    version=version("newscrawl"),
                    extractor=extractor(),
                    now=utc_now(),
                )
            workers = workers_of(settings)
            ROOMS[crawler] = workers.room
            _CRAWLS[crawler] = cls(
                store=store,
                workers=workers,
                run_id=run_id,
                rota=Rota(
                    store,
                    settings.getfloat("NEWSCRAWL_CHECKS_PER_DAY"),
                    check_min_s=settings.getfloat("NEWSCRAWL_CHECK_MIN_S"),
                ),
                stats=crawler.stats,
                beaten_at=beaten_at,
                retry_s=settings.getfloat("NEWSCRAWL_RETRY_S"),
                attempts_max=settings.getint("NEWSCRAWL_ATTEMPTS"),
                keeper=_keeper(store, settings, run_id),
            )
        return cast(Self, _CRAWLS[crawler])

    @staticmethod
    def clock() -> datetime:
        """The present instant."""
        return utc_now()

    async def write(self, operation: Callable[[], T], step: Any = None, *, is_urgent: bool = False) -> T:
        """Run `operation` in the next group commit: see `Commits.write`."""
        return await self.commits.write(operation, step, is_urgent=is_urgent)

    def record(
        self,
        url: str,
        outcome: str,
        *,
        kind: FetchKind,
        message: str = "",
        status: int | None = None,
        body_bytes: int | None = None,
        source_id: str | None = None,
        channel_id: int | None = None,
        started_at: datetime | None = None,
        flags: tuple[str, ...] = (),
    ) -> None:
        """Write the URL's one row in `fetches` and count it. Inside an operation of `write`."""
        self.record_fetch(
            Fetch(
                url=url,
                outcome=outcome,
                kind=kind,
                message=message,
                status=status,
                body_bytes=body_bytes,
                source_id=source_id,
                channel_id=channel_id,
                started_at=started_at,
                finished_at=utc_now(),
                flags=flags,
            )
        )

    def record_fetch(self, fetch: Fetch) -> None:
        """As `record`, of a row that is ready."""
        self.store.runs.record(self.run_id, fetch)
        for told in self.on_fetch:
            told(fetch)
        self.count(f"fetches/{fetch.outcome}")
        if severity_of(fetch.outcome) == "hard":
            self._hard += 1
        if fetch.outcome == "internal_error":
            self.break_down()

    def count(self, what: str, by: int = 1) -> None:
        """Add to the stat `newscrawl/<what>`."""
        self.stats.inc_value(f"newscrawl/{what}", by)

    def fall_short(self) -> None:
        """The run missed what its seed expects; it will not exit 0."""
        self._hard += 1

    def break_down(self) -> None:
        """A defect of newscrawl showed; the run will say so."""
        self._broken = True

    @property
    def failure(self) -> StoreError | None:
        """What made the database unusable; the spider closes on it."""
        return self.commits.failure

    async def note(self, code: str, message: str) -> None:
        """Record what befell the run as a whole."""
        logger.warning("%s: %s", code, message)
        self.count(f"notes/{code}")
        await self.write(lambda: self.store.runs.note(self.run_id, code, message, self.clock()))

    async def has_room(self) -> bool:
        """Whether the disk has room to go on; said while there is still enough to end the run in order."""
        free = shutil.disk_usage(Path(self.store.path).absolute().parent).free
        if free < limits.DISK_RESERVE_BYTES and not self._is_full:
            self._is_full = True
            await self.note(
                "disk_full", f"{free} bytes are left on the disk, {limits.DISK_RESERVE_BYTES} are kept free"
            )
        return not self._is_full

    async def look_at_log(self) -> None:
        """Say, once, that the write-ahead log grows because another program holds on to what it reads."""
        size = self.store.log_bytes()
        if size > WAL_BYTES_MAX and not self._is_log_told:
            self._is_log_told = True
            await self.note(
                "long_reader",
                f"the write-ahead log has {size} bytes: another program reads the database in one go; {WAL_BYTES_MAX}"
                " are usual",
            )

    async def move_due(self, seconds: float) -> None:
        """The computer's clock was set by so much: what is waited for stays as far away as it was."""
        await self.write(lambda: move_due(self.store.connection, seconds, self.clock()))
        await self.note("clock_jump", f"the computer's clock was set by {seconds:+.0f} s; what was due moved with it")

    @property
    def exit_status(self) -> int:
        """What the process should exit with, by what happened so far."""
        if self.failure is not None:
            return EXIT_DISK if isinstance(self.failure, DiskFullError) else EXIT_DATABASE
        if self._is_full:
            return EXIT_DISK
        if self._broken:
            return EXIT_FAILED
        return EXIT_HARD if self._hard else EXIT_OK

    def close(self, reason: str) -> None:
        """Commit what waits, end the run's row, the workers and the connection."""
        self.commits.commit(wait_s=BUSY_TIMEOUT_S)
        if self.failure is None:
            stats = {
                name: value for name, value in self.stats.get_stats().items() if isinstance(value, int | float | str)
            }
            with self.store.transaction():
                self.store.runs.end(
                    self.run_id, now=utc_now(), reason=reason, exit_status=self.exit_status, stats=stats
                )
        if self.keeper is not None:
            self.keeper.close()
        self.workers.close()
        self.store.close()


_CRAWLS: WeakKeyDictionary[Crawler, Crawl] = WeakKeyDictionary()


def workers_of(settings: BaseSettings) -> Workers:
    """The reading processes that the settings ask for."""
    count = settings["NEWSCRAWL_EXTRACT_WORKERS"]
    return Workers(
        count=None if count is None else int(count),
        timeout_s=settings.getfloat("NEWSCRAWL_EXTRACT_TIMEOUT_S"),
        cpu_s=settings.getfloat("NEWSCRAWL_EXTRACT_CPU_S"),
    )


def extractor() -> str:
    """The library that reads bodies, and its version: what a run has on record beside newscrawl's own."""
    return f"trafilatura {version('trafilatura')}"


def _arguments(crawler: Crawler) -> dict[str, str]:
    given = getattr(crawler.spider, "given", None)
    return dict(given) if given else {}


def _keeper(store: SqliteStore, settings: BaseSettings, run_id: int) -> "Keeper | None":
    if not settings["NEWSCRAWL_WARC"]:
        return None
    from newscrawl.archive.keeper import open_keeper  # an extra: only those who keep answers need it

    software, size = f"newscrawl/{version('newscrawl')}", settings.getint("NEWSCRAWL_WARC_BYTES")
    folder = Path(settings["NEWSCRAWL_WARC"])
    return open_keeper(store, folder, run_id=run_id, software=software, now=utc_now(), size=size)
