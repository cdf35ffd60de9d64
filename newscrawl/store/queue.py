"""`queue`: the addresses to be fetched. It outlives the process, so a killed crawl resumes by itself."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

import msgspec

from newscrawl.models import Entry
from newscrawl.store.base import ListPage, QueuedUrl
from newscrawl.store.values import clean, to_json, to_text


class Queue:
    """Addresses in the order they are due."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, urls: Iterable[QueuedUrl], *, now: datetime, due_at: datetime | None = None) -> None:
        """Put `urls` in; one that is there already stays as it is."""
        at = to_text(now)
        due = to_text(due_at or now)
        self._connection.executemany(
            "INSERT INTO queue (url_key, url, source_id, channel_id, entry, page, related_depth, reason, added_at,"
            " due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url_key) DO NOTHING",
            (
                (
                    clean(u.url_key),
                    clean(u.url),
                    u.source_id,
                    u.channel_id,
                    _to_text(u.entry),
                    _to_text(u.page),
                    u.related_depth,
                    u.reason,
                    at,
                    due,
                )
                for u in urls
            ),
        )

    def lease(self, run_id: int, source_ids: Collection[str], *, now: datetime, limit: int) -> list[QueuedUrl]:
        """Take up to `limit` due addresses of these sources for this run; nobody else gets them while it lives."""
        rows = self._connection.execute(
            "UPDATE queue SET lease_run = ?, attempts = attempts + 1"
            " WHERE url_key IN (SELECT value FROM json_each(?)) RETURNING *",
            (run_id, to_json(list(islice(self._due(source_ids, now), limit)))),
        ).fetchall()
        return [_queued(row) for row in sorted(rows, key=lambda row: (row["due_at"], row["url_key"]))]

    def has_due(self, source_ids: Collection[str], *, now: datetime) -> bool:
        """Whether `lease` would bring anything."""
        return next(self._due(source_ids, now), None) is not None

    def _due(self, source_ids: Collection[str], now: datetime) -> Iterator[str]:
        """Keys of the sources' addresses that are due and free, longest due first."""
        rows = self._connection.execute(
            "SELECT url_key, source_id FROM queue WHERE due_at <= ? AND lease_run IS NULL ORDER BY due_at, source_id",
            (to_text(now),),
        )
        return (row["url_key"] for row in rows if row["source_id"] in source_ids)

    def take(self, run_id: int, url_keys: Sequence[str]) -> set[str]:
        """Lease these addresses by key; gives back the keys it got (the others are gone or someone else's)."""
        got = set()
        for key in url_keys:
            changed = self._connection.execute(
                "UPDATE queue SET lease_run = ?, attempts = attempts + 1 WHERE url_key = ? AND lease_run IS NULL",
                (run_id, key),
            ).rowcount
            if changed:
                got.add(key)
        return got

    def done(self, url_key: str) -> None:
        """The address has come to its end."""
        self._connection.execute("DELETE FROM queue WHERE url_key = ?", (url_key,))

    def look_again(self, url_key: str, *, now: datetime, retry_s: float) -> None:
        """The page came cut short: once more, `retry_s` from now; a second time it has come to its end."""
        changed = self._connection.execute(
            "UPDATE queue SET reason = 'truncated', lease_run = NULL, due_at = ? WHERE url_key = ?"
            " AND reason <> 'truncated'",
            (to_text(now + timedelta(seconds=retry_s)), url_key),
        ).rowcount
        if not changed:
            self.done(url_key)

    def postpone(self, url_key: str, *, due_at: datetime) -> None:
        """Free the address, untried, for `due_at`."""
        self._connection.execute(
            "UPDATE queue SET lease_run = NULL, attempts = max(0, attempts - 1), due_at = ? WHERE url_key = ?",
            (to_text(due_at), url_key),
        )

    def give_back(self, url_key: str, *, now: datetime, outcome: str, retry_s: float, attempts_max: int) -> None:
        """Free the address to be tried again `retry_s` after its first try, doubling; end it after `attempts_max`."""
        row = self._connection.execute("SELECT attempts FROM queue WHERE url_key = ?", (url_key,)).fetchone()
        if row is None or row["attempts"] >= attempts_max:
            self.done(url_key)
            return
        due = now + timedelta(seconds=retry_s * 2 ** max(0, row["attempts"] - 1))
        self._connection.execute(
            "UPDATE queue SET lease_run = NULL, due_at = ?, last_outcome = ? WHERE url_key = ?",
            (to_text(due), outcome, url_key),
        )


def _to_text(said: Entry | ListPage | None) -> str | None:
    return clean(msgspec.json.encode(said).decode()) if said else None


def _queued(row: sqlite3.Row) -> QueuedUrl:
    return QueuedUrl(
        url_key=row["url_key"],
        url=row["url"],
        source_id=row["source_id"],
        channel_id=row["channel_id"],
        entry=msgspec.json.decode(row["entry"], type=Entry) if row["entry"] else None,
        reason=row["reason"],
        attempts=row["attempts"],
        page=msgspec.json.decode(row["page"], type=ListPage) if row["page"] else None,
        related_depth=row["related_depth"],
    )
