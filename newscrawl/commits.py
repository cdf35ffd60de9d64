"""The group commit: writes are gathered and committed together, and whoever asked learns of it once it is on disk.

At most `GROUP_OPERATIONS` of them, `GROUP_S` seconds after the first. Where another process holds the database, what
waits stays here, nothing more is fetched, and the crawl goes on once the database is free.
"""

import asyncio
import errno
import logging
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar, cast

from scrapy.exceptions import CloseSpider

from newscrawl.clock import held, utc_now
from newscrawl.errors import BusyError, DiskFullError, StoreError
from newscrawl.store import SqliteStore

if TYPE_CHECKING:
    from newscrawl.archive.keeper import Keeper

GROUP_OPERATIONS = 50
GROUP_S = 0.25
BUSY_TOLD_S = 60.0
"""A database that was locked for longer is spoken of."""
BUSY_MAX_S = 600.0
"""A database that stays locked for longer ends the run."""
_AGAIN_S = 0.5
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class _Operation:
    run: Callable[[], Any]
    done: asyncio.Future[Any]
    step: Any


class Commits:
    """Writes on their way to one database."""

    def __init__(self, store: SqliteStore, keeper: "Keeper | None" = None) -> None:
        self._store, self._keeper = store, keeper
        self._waiting: list[_Operation] = []
        self._timer: asyncio.TimerHandle | None = None
        self._busy_since_s: float | None = None
        self.failure: StoreError | None = None
        """What made the database unusable."""
        self.busy_s = 0.0
        """How long other processes kept this one from writing, in all, where it was worth speaking of."""
        self.on_busy: Callable[[bool], None] = lambda is_busy: None
        """Called when the database is found locked (True), and when it is free again (False)."""
        self.on_lost: Callable[[], None] = lambda: None
        """Called when the database cannot be used any more."""

    @property
    def waits(self) -> bool:
        """Whether operations are waiting."""
        return bool(self._waiting)

    async def write(self, operation: Callable[[], T], step: Any = None, *, is_urgent: bool = False) -> T:
        """Run `operation` in the next group commit; its result comes once that is on disk. Raises what it raises.

        `is_urgent`: that commit is made now, as a request waits for it. `step` says what the operation does
        (`newscrawl.steps`), for a replay; it is kept where fetches are kept. When the database is lost, `failure` says
        why and CloseSpider is raised: nothing more is fetched.
        """
        loop = asyncio.get_running_loop()
        waiting = _Operation(operation, loop.create_future(), step)
        self._waiting.append(waiting)
        if (is_urgent or len(self._waiting) >= GROUP_OPERATIONS) and self._busy_since_s is None:
            self.commit()
        elif self._timer is None:
            self._timer = loop.call_later(GROUP_S, self.commit)
        try:
            return cast(T, await waiting.done)
        except StoreError as error:
            raise CloseSpider("database") from error

    def commit(self, *, wait_s: float = 0.0) -> None:
        """Commit what waits, now. An operation that raises is undone alone; the others stand.

        `wait_s`: how long to stand still for another process's lock, rather than to try again later.
        """
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            results = self._run(batch, wait_s)
        except BusyError as error:  # nothing of the batch has run
            if wait_s or not self._may_wait():
                self._lose(error, batch)
                return
            self._waiting = batch + self._waiting
            self._timer = asyncio.get_running_loop().call_later(_AGAIN_S, self.commit)
            return
        except (sqlite3.Error, OSError) as error:
            self._lose(_explain(self._store.path, error), batch)
            return
        self._free()
        for operation, result, problem in results:
            if operation.done.done():
                continue
            if problem is not None:
                operation.done.set_exception(problem)
            else:
                operation.done.set_result(result)

    def _run(self, batch: list[_Operation], wait_s: float) -> list[tuple[_Operation, Any, Exception | None]]:
        results: list[tuple[_Operation, Any, Exception | None]] = []
        with self._store.transaction(wait_s=wait_s):
            for operation in batch:
                try:
                    with held(utc_now()), self._store.transaction():
                        results.append((operation, operation.run(), None))
                        if self._keeper is not None and operation.step is not None:
                            record_id = getattr(operation.step, "record_id", None)
                            self._keeper.note(operation.step, utc_now(), record_id)
                except (sqlite3.OperationalError, OSError):
                    raise
                except Exception as error:  # told to the one who asked, by its future
                    results.append((operation, None, error))
            if self._keeper is not None:
                self._keeper.sync()
        return results

    def _lose(self, failure: StoreError, batch: list[_Operation]) -> None:
        if self.failure is None:
            self.failure = failure
            logger.error("%s", failure)
            self.on_lost()
        for operation in batch:
            if not operation.done.done():
                operation.done.set_exception(failure)

    def _may_wait(self) -> bool:
        """Note that the database is locked; gives whether it may stay so for a while yet."""
        now_s = monotonic()
        if self._busy_since_s is None:
            self._busy_since_s = now_s
            logger.info("db_busy: %s is locked by another process; waiting, and fetching nothing", self._store.path)
            self.on_busy(True)
        return now_s - self._busy_since_s < BUSY_MAX_S

    def _free(self) -> None:
        if self._busy_since_s is None:
            return
        waited_s = monotonic() - self._busy_since_s
        self._busy_since_s = None
        self.busy_s += waited_s
        level = logging.WARNING if waited_s > BUSY_TOLD_S else logging.INFO
        logger.log(level, "db_busy: %s was locked for %.0f s; going on", self._store.path, waited_s)
        self.on_busy(False)


def _explain(path: str, error: sqlite3.Error | OSError) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL or "is full" in str(error):
        return full(path)
    if getattr(error, "errno", None) in _NO_ROOM or (code == sqlite3.SQLITE_IOERR_WRITE and _has_size_limit()):
        return full(path)
    return StoreError(path, f"cannot be written ({error})")


def _has_size_limit() -> bool:
    """Whether files of this process may only grow so large (`ulimit -f`), which SQLite calls an I/O error."""
    if sys.platform == "win32":
        return False
    import resource  # not on Windows

    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


def full(path: str) -> DiskFullError:
    """No room: in words that say what it means for the data."""
    return DiskFullError(path, "no room left on the disk; nothing acknowledged was lost, run again when there is room")
