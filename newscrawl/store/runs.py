"""`runs` and `fetches`: who ran when, and what became of each URL."""

import json
import os
import socket
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from newscrawl.store.base import Fetch
from newscrawl.store.values import clean, to_instant, to_json, to_text


class Runs:
    """Runs, and the outcome of every URL they took up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(
        self, spider: str, *, arguments: Mapping[str, Any], version: str, extractor: str | None = None, now: datetime
    ) -> int:
        """A new run's id. Runs of this machine whose process is gone are closed as killed, their leases freed."""
        self._close_dead(now)
        cursor = self._connection.execute(
            "INSERT INTO runs (spider, arguments, started_at, heartbeat_at, host, pid, newscrawl_version,"
            " extractor, sqlite_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                spider,
                to_json(dict(arguments)),
                to_text(now),
                to_text(now),
                socket.gethostname(),
                os.getpid(),
                version,
                extractor,
                sqlite3.sqlite_version,
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _close_dead(self, now: datetime) -> None:
        rows = self._connection.execute(
            "SELECT id, pid FROM runs WHERE finished_at IS NULL AND host = ?", (socket.gethostname(),)
        ).fetchall()
        for row in rows:
            if row["pid"] == os.getpid() or not _is_alive(row["pid"]):
                self.end(row["id"], now=now, reason="killed", exit_status=None, stats={})

    def beat(self, run_id: int, now: datetime) -> None:
        """A sign of life."""
        self._connection.execute("UPDATE runs SET heartbeat_at = ? WHERE id = ?", (to_text(now), run_id))

    def note(self, run_id: int, code: str, message: str, now: datetime) -> None:
        """Add to what befell the run; `code` is one of `newscrawl.outcomes`."""
        note = to_json({"code": code, "at": to_text(now), "message": message})
        self._connection.execute(
            "UPDATE runs SET notes = json_insert(notes, '$[#]', json(?)) WHERE id = ?", (note, run_id)
        )

    def last_beat(self) -> datetime | None:
        """The latest sign of life of any run of this machine; None: it never ran here."""
        row = self._connection.execute(
            "SELECT max(heartbeat_at) FROM runs WHERE host = ?", (socket.gethostname(),)
        ).fetchone()
        return to_instant(row[0])

    def end(
        self, run_id: int, *, now: datetime, reason: str, exit_status: int | None, stats: Mapping[str, Any]
    ) -> None:
        """Close the run and free whatever it still holds."""
        self._connection.execute(
            "UPDATE runs SET finished_at = ?, finish_reason = ?, exit_status = ?, stats = ? WHERE id = ?",
            (to_text(now), reason, exit_status, to_json(dict(stats)), run_id),
        )
        # A lease that came to no outcome is no try: many kills must not use up an address's tries.
        self._connection.execute(
            "UPDATE queue SET lease_run = NULL, attempts = max(0, attempts - 1) WHERE lease_run = ?", (run_id,)
        )
        self._connection.execute(
            "UPDATE channels SET lease_run = NULL, leased_until = NULL WHERE lease_run = ?", (run_id,)
        )

    def record(self, run_id: int, fetch: Fetch) -> None:
        """One row of `fetches`."""
        self._connection.execute(
            "INSERT INTO fetches (run_id, source_id, channel_id, kind, url, host, started_at, finished_at, status,"
            " body_bytes, outcome, flags, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run_id,
                fetch.source_id,
                fetch.channel_id,
                fetch.kind,
                clean(fetch.url),
                _host(fetch.url),
                to_text(fetch.started_at),
                to_text(fetch.finished_at),
                fetch.status,
                fetch.body_bytes,
                fetch.outcome,
                to_json(list(fetch.flags)),
                clean(" ".join(fetch.message.split())),
            ),
        )

    def brought(self, run_id: int, source_id: str) -> tuple[int | None, int, int, float | None]:
        """What a run brought of a source: entries, articles, dated articles, mean length of a body.

        Entries are the most any of its channels showed, None when none was read. The mean is in characters, None
        when there is no article.
        """
        entries = self._connection.execute(
            "SELECT max(entries) FROM checks JOIN channels c ON c.id = channel_id"
            " WHERE run_id = ? AND c.source_id = ? AND outcome IN ('ok', 'empty_feed')",
            (run_id, source_id),
        ).fetchone()[0]
        row = self._connection.execute(
            "SELECT count(*), count(date_published), avg(length(article_body)) FROM articles"
            " WHERE run_id = ? AND source_id = ?",
            (run_id, source_id),
        ).fetchone()
        return entries, row[0], row[1], row[2]

    def channel_troubles(self, run_id: int, source_id: str) -> list[str]:
        """What the channels of a source came to in a run, where that was not simply `ok`: each once, in order."""
        rows = self._connection.execute(
            "SELECT outcome, message, flags FROM fetches WHERE run_id = ? AND source_id = ?"
            " AND kind IN ('listing', 'feed', 'sitemap') ORDER BY id",
            (run_id, source_id),
        )
        told: list[str] = []
        for outcome, message, flags in rows:
            told += [f"{outcome}: {message}"] if outcome != "ok" else json.loads(flags)
        return list(dict.fromkeys(told))


def _host(url: str) -> str:
    try:
        return clean(urlsplit(url).netloc.rpartition("@")[2].lower()) or ""
    except ValueError:
        return ""


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
