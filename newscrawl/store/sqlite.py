"""Opening the one file, its migrations, and transactions. What is in it is reached through one object per noun."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database, Migrations

from newscrawl.errors import BusyError, SchemaError, StoreError
from newscrawl.store.archives import Archives
from newscrawl.store.articles import Articles
from newscrawl.store.channels import Channels
from newscrawl.store.gaps import Gaps
from newscrawl.store.health import Health
from newscrawl.store.hosts import Hosts
from newscrawl.store.matches import Matches
from newscrawl.store.queue import Queue
from newscrawl.store.revisits import Revisits
from newscrawl.store.runs import Runs
from newscrawl.store.schema import APPLICATION_ID, NEAR_TABLES, TABLES
from newscrawl.store.sightings import Sightings
from newscrawl.store.tellings import Tellings

BUSY_TIMEOUT_S = 60
CLOSE_WAIT_S = 5
"""How long closing waits for readers to let go of the write-ahead log."""
CACHE_BYTES = 32 * 2**20
"""Pages of the file held in memory; the near-duplicate index is looked up several times for each article."""
WAL_BYTES_MAX = 64 * 2**20
"""Past it the write-ahead log is cut once it is folded; only a reader that stays in one transaction delays that."""
FOLDED_PAGES = 4_000
"""Pages of the log that are folded into the file at once. By SQLite's own 1,000 every group commit of fifty articles
folds: a seventh more of the time of storing, at 1,000,000 articles (measured 2026-11)."""
SQLITE_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""Releases from which the WAL-reset race of two checkpointing connections is mended."""


migrations = Migrations("newscrawl")


@migrations()
def m001_tables(db: Database) -> None:
    """Every table of `schema.TABLES`, the near-duplicate index, and full-text search."""
    for table in TABLES:
        for statement in table.ddl():
            db.execute(statement)
    for statement in NEAR_TABLES:
        db.execute(statement)
    db.table("articles").enable_fts(
        ["headline", "article_body"], tokenize="unicode61 remove_diacritics 2", create_triggers=True
    )


class SqliteStore:
    """The database over one connection: one attribute for each noun (`articles`, `channels`, `queue`, …).

    Use `with store.transaction():` around writes; each noun's methods expect to be inside one.
    """

    def __init__(self, path: str, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.connection = connection
        self.archives = Archives(connection)
        self.articles = Articles(connection)
        self.channels = Channels(connection)
        self.gaps = Gaps(connection)
        self.health = Health(connection)
        self.matches = Matches(connection)
        self.tellings = Tellings(connection)
        self.queue = Queue(connection)
        self.sightings = Sightings(connection)
        self.revisits = Revisits(connection)
        self.runs = Runs(connection)
        self.hosts = Hosts(connection)

    @contextmanager
    def transaction(self, *, wait_s: float = BUSY_TIMEOUT_S) -> Iterator[None]:
        """BEGIN IMMEDIATE … COMMIT; all or nothing. Inside another one: a savepoint.

        Raises BusyError, with nothing done, where another process holds the database for `wait_s`.
        """
        if self.connection.in_transaction:
            commit, undo = "RELEASE inner_one", "ROLLBACK TO inner_one"
            self.connection.execute("SAVEPOINT inner_one")
        else:
            commit, undo = "COMMIT", "ROLLBACK"
            self._begin(wait_s)
        try:
            yield
            self.connection.execute(commit)
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute(undo)
            raise

    def _begin(self, wait_s: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {round(wait_s * 1000)}")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            reason = "is locked by another process; nothing acknowledged was lost, run again"
            raise BusyError(self.path, reason) from error
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")

    def log_bytes(self) -> int:
        """The size of the write-ahead log."""
        log = Path(f"{self.path}-wal")
        return log.stat().st_size if log.exists() else 0

    def close(self) -> None:
        """Fold the write-ahead log into the file, so that the one file is all there is, and close.

        Where the disk is full or another process reads, the log stays beside the file; whoever opens it next folds it.
        """
        if not self.read_only and not self.connection.in_transaction:
            with suppress(sqlite3.OperationalError):
                self.connection.execute(f"PRAGMA busy_timeout = {round(CLOSE_WAIT_S * 1000)}")
                self.connection.execute("PRAGMA optimize")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: str | Path, *, read_only: bool = False) -> SqliteStore:
    """Open the database at `path`, making or migrating it; `read_only` does neither and never waits for a writer.

    Raises StoreError (not a database, damaged, emptied) or SchemaError (someone else's, or a newer newscrawl's).
    """
    path = str(path)
    file = Path(path)
    fresh = not file.exists()
    if fresh and read_only:
        raise StoreError(path, "no such database; a crawl makes it")
    if not fresh and file.stat().st_size == 0:
        raise StoreError(path, "the file is empty although it exists; remove it to start anew, or restore a backup")
    # Nobody but SQLite may open and close the file: closing it lets go of the locks that this process holds on it.
    try:
        if fresh:
            _make(file)
        return _open(path, read_only=read_only)
    except sqlite3.DatabaseError as error:
        raise StoreError(path, f"cannot be used as a database ({error}); restore a backup") from error


def _make(file: Path) -> None:
    """A new database, whole before it has its name: a run that starts at the same time must not find half of one."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(part, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(connection)
        finally:
            connection.close()
        try:
            os.link(part, file)
        except FileExistsError:
            pass  # another run made one meanwhile: it is taken
        except OSError:  # a file system without links
            part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def _open(path: str, *, read_only: bool) -> SqliteStore:
    uri = f"{Path(path).absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S, cached_statements=256)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # A writer reads some twenty pages at random for each article: 10 % of its look-ups went into this check, which
        # changed nothing in what became of 200 damaged files (measured 2026-11). `scrapy verify` finds all damage.
        connection.execute(f"PRAGMA cell_size_check = {'ON' if read_only else 'OFF'}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_BYTES // 2**10}")
        _check_ours(path, connection)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {WAL_BYTES_MAX}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {FOLDED_PAGES}")
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return SqliteStore(path, connection, read_only=read_only)


def _check_ours(path: str, connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if found != APPLICATION_ID:
        raise SchemaError(path, "not a newscrawl database; name another file with NEWSCRAWL_DB")
    if tables and "articles" not in tables:
        raise SchemaError(path, "the articles table is gone; restore a backup")
    known = {migration.name for migration in migrations._migrations}
    if "_sqlite_migrations" in tables:
        rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'newscrawl'")
        newer = sorted({row[0] for row in rows} - known)
        if newer:
            raise SchemaError(path, f"written by a newer newscrawl (it has {', '.join(newer)}); upgrade to open it")


def _migrate(connection: sqlite3.Connection) -> None:
    db = Database(connection, execute_plugins=False)
    if not migrations.pending(db):
        return
    connection.execute("BEGIN IMMEDIATE")  # a second process waits here and then finds nothing pending
    try:
        migrations.apply(db)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def is_sqlite_sound(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset race mended."""
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in SQLITE_FIXED) or version >= SQLITE_FIXED[0]
