"""Keeping the file safe: a backup while crawls write, and a check that what was stored is what is there."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.errors import StoreError
from newscrawl.store.reading import one_view
from newscrawl.store.rows import row_hash
from newscrawl.store.values import to_text

_STEP_PAGES = 2_048
_BATCH = 500
_DUE = (
    ("channels", "next_check_at"),
    ("channels", "leased_until"),
    ("queue", "due_at"),
    ("hosts", "retry_at"),
)
"""Instants that something waits for."""
_DONE = (("channels", "last_checked_at"), ("channels", "last_complete_at"), ("channels", "last_new_at"))
"""Instants that are compared with the present one."""


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database to `target` with SQLite's online backup, check it, and only then give it its name.

    Raises StoreError; `target` is then not there.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        copy = sqlite3.connect(partial)
        try:
            with one_view(connection):  # else it begins anew whenever another process has written
                connection.backup(copy, pages=_STEP_PAGES)
            found = copy.execute("PRAGMA quick_check").fetchone()[0]
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        if found != "ok":
            raise StoreError(str(target), f"the copy is damaged ({found}); run scrapy verify on the database")
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(str(target), f"the backup failed ({error})") from error
    finally:
        partial.unlink(missing_ok=True)


def verify(connection: sqlite3.Connection, progress: Callable[[int], None] = lambda rows: None) -> Iterator[str]:
    """What is wrong, a line each: SQLite's own check, foreign keys, every article and earlier text against its hash."""
    for row in connection.execute("PRAGMA integrity_check(100)"):
        if row[0] != "ok":
            yield f"integrity: {row[0]}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"foreign key: row {row[1]} of {row[0]} points to nothing in {row[2]}"
    for row in _rows(connection, "articles", progress):
        if row_hash("articles", row) != row["row_hash"]:
            yield f"article {row['id']} is not as it was stored: {row['url']}"
    for row in _rows(connection, "revisions"):
        if row_hash("revisions", row) != row["row_hash"]:
            yield f"an earlier text of article {row['article_id']} is not as it was stored: number {row['number']}"


def _rows(
    connection: sqlite3.Connection, table: str, progress: Callable[[int], None] = lambda rows: None
) -> Iterator[dict[str, Any]]:
    """All rows, a few in one go: no view of the database is held while they are looked at."""
    last_id = 0
    while rows := connection.execute(
        f"SELECT * FROM {table} WHERE id > ? ORDER BY id LIMIT {_BATCH}", (last_id,)
    ).fetchall():
        yield from map(dict, rows)
        last_id = rows[-1]["id"]
        progress(len(rows))


def move_due(connection: sqlite3.Connection, seconds: float, now: datetime) -> None:
    """The computer's clock was set `seconds` on (or back): what is waited for stays as far away as it was.

    Inside a transaction. Without it a clock set on by a day makes everything due at once, and one that is set back
    lets nothing be checked for a day.
    """
    for table, column in _DUE:
        connection.execute(
            f"UPDATE {table} SET {column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, ?) WHERE {column} IS NOT NULL",
            (f"{seconds:+.3f} seconds",),
        )
    for table, column in _DONE:
        connection.execute(f"UPDATE {table} SET {column} = ?1 WHERE {column} > ?1", (to_text(now),))
