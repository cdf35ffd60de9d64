"""`sources`, `channels`, `checks`, `gaps` and `health`: whom we watch, and what is remembered between two checks."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from newscrawl.models import Source
from newscrawl.store.base import ChannelState, Check
from newscrawl.store.values import from_json, to_instant, to_json, to_text

_STATE_COLUMNS = {field.name for field in fields(ChannelState)} - {"id", "source_id", "kind", "url"}


class Channels:
    """Sources and their channels, with the state of each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def register(self, source: Source, *, now: datetime) -> dict[str, ChannelState]:
        """Make the source's row and its channels' rows current; gives the channels' states by URL."""
        self._connection.execute(
            "INSERT INTO sources (id, publisher, url, country, in_language, timezone, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET publisher = excluded.publisher,"
            " url = excluded.url, country = excluded.country, in_language = excluded.in_language,"
            " timezone = excluded.timezone",
            (
                source.id,
                source.publisher,
                source.url,
                source.country,
                to_json(list(source.in_language)),
                source.timezone,
                to_text(now),
            ),
        )
        self._connection.executemany(
            "INSERT INTO channels (source_id, kind, url) VALUES (?, ?, ?)"
            " ON CONFLICT (source_id, url) DO UPDATE SET kind = excluded.kind",
            [(source.id, channel.kind, channel.url) for channel in source.channels],
        )
        rows = self._connection.execute("SELECT * FROM channels WHERE source_id = ?", (source.id,))
        return {row["url"]: _state(row) for row in rows}

    def get(self, channel_id: int) -> ChannelState:
        """The state of one channel; KeyError when there is none."""
        row = self._connection.execute("SELECT * FROM channels WHERE id = ?", (channel_id,)).fetchone()
        if row is None:
            raise KeyError(channel_id)
        return _state(row)

    def id_of(self, source_id: str, url: str) -> int | None:
        """The channel's row id; None: not a registered channel."""
        row = self._connection.execute(
            "SELECT id FROM channels WHERE source_id = ? AND url = ?", (source_id, url)
        ).fetchone()
        return row["id"] if row else None

    def update(self, channel_id: int, **values: Any) -> None:
        """Set columns of a channel: instants, numbers, text, or a mapping for a JSON column."""
        unknown = values.keys() - _STATE_COLUMNS
        if unknown:
            raise TypeError(f"not columns of a channel's state: {', '.join(sorted(unknown))}")
        assignments = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(
            f"UPDATE channels SET {assignments} WHERE id = ?",
            (*(_column(value) for value in values.values()), channel_id),
        )

    def lease_due(
        self, run_id: int, source_ids: Sequence[str], *, now: datetime, lease_s: float, limit: int
    ) -> list[ChannelState]:
        """Take up to `limit` due channels for this run, longest overdue first; a lease not renewed ends by itself."""
        rows = self._connection.execute(
            "UPDATE channels SET lease_run = ?, leased_until = ? WHERE id IN ("
            " SELECT id FROM channels WHERE parked_reason IS NULL"
            "  AND (next_check_at IS NULL OR next_check_at <= ?) AND (leased_until IS NULL OR leased_until <= ?)"
            "  AND source_id IN (SELECT value FROM json_each(?)) ORDER BY next_check_at LIMIT ?) RETURNING *",
            (
                run_id,
                to_text(now + timedelta(seconds=lease_s)),
                to_text(now),
                to_text(now),
                to_json(list(source_ids)),
                limit,
            ),
        ).fetchall()
        return [_state(row) for row in rows]

    def renew_leases(self, run_id: int, *, now: datetime, lease_s: float) -> None:
        """Hold for `lease_s` more what this run has taken and not given back: it may wait long for its host's turn."""
        self._connection.execute(
            "UPDATE channels SET leased_until = ? WHERE lease_run = ? AND leased_until > ?",
            (to_text(now + timedelta(seconds=lease_s)), run_id, to_text(now)),
        )

    def next_due(self, source_ids: Sequence[str]) -> datetime | None:
        """When the next channel of these sources is due; None: none is in use."""
        row = self._connection.execute(
            "SELECT min(coalesce(next_check_at, '')) AS due FROM channels"
            " WHERE parked_reason IS NULL AND lease_run IS NULL AND source_id IN (SELECT value FROM json_each(?))",
            (to_json(list(source_ids)),),
        ).fetchone()
        return to_instant(row["due"])

    def schedules(self) -> list[Mapping[str, Any]]:
        """What was learned of every channel in use."""
        rows = self._connection.execute("SELECT schedule FROM channels WHERE parked_reason IS NULL")
        return [from_json(row["schedule"]) for row in rows]

    def release(self, channel_id: int) -> None:
        """Give the channel back."""
        self._connection.execute(
            "UPDATE channels SET lease_run = NULL, leased_until = NULL WHERE id = ?", (channel_id,)
        )

    def add_check(self, run_id: int, check: Check) -> None:
        """One row of `checks`."""
        self._connection.execute(
            "INSERT INTO checks (channel_id, run_id, checked_at, outcome, entries, new, overlap, complete)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                check.channel_id,
                run_id,
                to_text(check.checked_at),
                check.outcome,
                check.entries,
                check.new,
                check.overlap,
                check.complete,
            ),
        )

    def habits(self, source_id: str) -> Mapping[str, Any]:
        """What was learned of how the source prints times."""
        row = self._connection.execute("SELECT habits FROM sources WHERE id = ?", (source_id,)).fetchone()
        learned: Mapping[str, Any] = from_json(row["habits"]) if row else {}
        return learned

    def save_habits(self, source_id: str, habits: Mapping[str, Any]) -> None:
        """Remember what was learned of how the source prints times."""
        self._connection.execute("UPDATE sources SET habits = ? WHERE id = ?", (to_json(dict(habits)), source_id))


def _column(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, Mapping):
        return to_json(dict(value))
    return value


def _state(row: sqlite3.Row) -> ChannelState:
    return ChannelState(
        id=row["id"],
        source_id=row["source_id"],
        kind=row["kind"],
        url=row["url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        last_checked_at=to_instant(row["last_checked_at"]),
        last_complete_at=to_instant(row["last_complete_at"]),
        last_new_at=to_instant(row["last_new_at"]),
        next_check_at=to_instant(row["next_check_at"]),
        failures=row["failures"],
        parked_reason=row["parked_reason"],
        moved_to=row["moved_to"],
        moved_times=row["moved_times"],
        wrapper=from_json(row["wrapper"]),
        schedule=from_json(row["schedule"]),
        coverage=from_json(row["coverage"]),
        health=from_json(row["health"]),
        hints=from_json(row["hints"]),
    )
