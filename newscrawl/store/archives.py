"""`archives` and `archived`: WARC files, and which answer lies where in them."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from newscrawl.errors import PageError
from newscrawl.store.base import Kept
from newscrawl.store.values import clean, from_json, must_instant, to_json, to_text
from newscrawl.urls import key

_KEPT = "SELECT r.*, a.path FROM archived r JOIN archives a ON a.id = r.archive_id"


class Archives:
    """Files by path, answers by address; each method that writes expects to be inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, kept: Kept, *, run_id: int, is_ours: bool) -> None:
        """One answer more. `is_ours`: the run wrote it; else it read it."""
        self._connection.execute(
            "INSERT INTO archived (archive_id, offset, bytes, record_id, kind, refers_to, url, url_key, fetched_at,"
            " status, payload_digest, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (archive_id, offset) DO NOTHING",
            (
                self.file_id(kept.path, run_id if is_ours else None),
                kept.offset,
                kept.bytes,
                kept.record_id,
                "revisit" if kept.refers_to else "response",
                kept.refers_to,
                clean(kept.url),
                _key(kept.url),
                to_text(kept.fetched_at),
                kept.status,
                kept.payload_digest,
                run_id,
            ),
        )

    def file_id(self, path: str, run_id: int | None = None) -> int:
        """The file's row, made where there is none."""
        self._connection.execute(
            "INSERT INTO archives (path, run_id) VALUES (?, ?) ON CONFLICT (path) DO NOTHING", (path, run_id)
        )
        row = self._connection.execute("SELECT id FROM archives WHERE path = ?", (path,)).fetchone()
        return int(row["id"])

    def add_step(self, record_id: str, path: str, offset: int) -> None:
        """Where the step lies that says how the answer `record_id` was read."""
        self._connection.execute(
            "UPDATE archived SET step_archive_id = ?, step_offset = ? WHERE record_id = ?",
            (self.file_id(path), offset, record_id),
        )

    def remove(self, record_id: str) -> None:
        """The answer lies nowhere any more."""
        self._connection.execute("DELETE FROM archived WHERE record_id = ?", (record_id,))

    def last_whole(self, url: str) -> Kept | None:
        """The last answer of this very address that was kept whole; None: none."""
        row = self._connection.execute(
            f"{_KEPT} WHERE r.url_key = ? AND r.url = ? AND r.kind = 'response' AND r.status = 200"
            " ORDER BY r.id DESC LIMIT 1",
            (_key(url), clean(url)),
        ).fetchone()
        return _kept(row) if row else None

    def by_record_id(self, record_id: str) -> Kept | None:
        """The answer with this record id; None: not in the index."""
        row = self._connection.execute(f"{_KEPT} WHERE r.record_id = ? LIMIT 1", (record_id,)).fetchone()
        return _kept(row) if row else None

    def of_keys(self, url_keys: Iterable[str]) -> list[dict[str, Any]]:
        """All answers of these addresses: rows of `archived` with `path` and `step_path`."""
        rows: list[dict[str, Any]] = []
        for url_key in url_keys:
            found = self._connection.execute(
                "SELECT r.*, a.path, s.path AS step_path FROM archived r JOIN archives a ON a.id = r.archive_id"
                " LEFT JOIN archives s ON s.id = r.step_archive_id WHERE r.url_key = ? ORDER BY r.id",
                (url_key,),
            )
            rows += map(dict, found)
        return rows

    def torn(self) -> list[tuple[str, int]]:
        """(path, end of the last answer on record) of each file whose writer was killed."""
        rows = self._connection.execute(
            "SELECT a.path, coalesce(max(r.offset + r.bytes), 0) FROM archives a JOIN runs u ON u.id = a.run_id"
            " LEFT JOIN archived r ON r.archive_id = a.id WHERE u.finish_reason = 'killed' GROUP BY a.id"
        )
        return [(row[0], row[1]) for row in rows]

    def progress(self, path: str) -> tuple[int, set[int]]:
        """How far `archive` has taken the file in: all before an offset, and some records beyond it."""
        row = self._connection.execute("SELECT read_to, read_ahead FROM archives WHERE path = ?", (path,)).fetchone()
        return ((row["read_to"] or 0), set(from_json(row["read_ahead"]) or ())) if row else (0, set())

    def advance(self, path: str, read_to: int, ahead: Iterable[int]) -> None:
        """All records before `read_to` have come to their end, and those at the offsets `ahead`."""
        self._connection.execute(
            "UPDATE archives SET read_to = ?, read_ahead = ? WHERE id = ?",
            (read_to, to_json(sorted(ahead)), self.file_id(path)),
        )


def _key(url: str) -> str | None:
    try:
        return clean(key(url))
    except PageError:
        return None


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        path=row["path"],
        offset=row["offset"],
        bytes=row["bytes"],
        record_id=row["record_id"],
        url=row["url"],
        fetched_at=must_instant(row["fetched_at"]),
        status=row["status"],
        payload_digest=row["payload_digest"],
        refers_to=row["refers_to"],
    )
