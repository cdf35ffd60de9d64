"""`sources`, `channels`, `checks`, `gaps` and `health`: whom we watch, and what is remembered between two checks."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from newscrawl.models import Source
from newscrawl.store.base import ChannelState, Check
from newscrawl.store.values import from_json, must_instant, to_instant, to_json, to_text

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
        self._set(channel_id, values)

    def give_back(self, channel_id: int, **values: Any) -> None:
        """As `update`, at the end of a check: the channel is nobody's any more."""
        self._set(channel_id, values, "lease_run = NULL, leased_until = NULL")

    def _set(self, channel_id: int, values: Mapping[str, Any], *assigned: str) -> None:
        unknown = values.keys() - _STATE_COLUMNS
        if unknown:
            raise TypeError(f"not columns of a channel's state: {', '.join(sorted(unknown))}")
        assignments = ", ".join([*(f"{name} = ?" for name in values), *assigned])
        self._connection.execute(
            f"UPDATE channels SET {assignments} WHERE id = ?",
            (*(_column(value) for value in values.values()), channel_id),
        )

    def lease_due(
        self, run_id: int, source_ids: Collection[str], *, now: datetime, lease_s: float, limit: int
    ) -> list[ChannelState]:
        """Take up to `limit` due channels for this run, longest overdue first; a lease not renewed ends by itself."""
        self._connection.execute(
            "UPDATE channels SET lease_run = NULL, leased_until = NULL"
            " WHERE lease_run IS NOT NULL AND leased_until <= ?",
            (to_text(now),),
        )
        due = takewhile(lambda free: free[1] is None or free[1] <= now, self._in_turn(source_ids))
        ids = [channel_id for channel_id, _ in islice(due, limit)]
        rows = self._connection.execute(
            "UPDATE channels SET lease_run = ?, leased_until = ?"
            " WHERE id IN (SELECT value FROM json_each(?)) RETURNING *",
            (run_id, to_text(now + timedelta(seconds=lease_s)), to_json(ids)),
        ).fetchall()
        return [_state(row) for row in sorted(rows, key=lambda row: (row["next_check_at"] or "", row["id"]))]

    def renew_leases(self, run_id: int, *, now: datetime, lease_s: float) -> None:
        """Hold for `lease_s` more what this run has taken and not given back: it may wait long for its host's turn.

        Leases that have more than half of that left are good for a while yet.
        """
        self._connection.execute(
            "UPDATE channels SET leased_until = ? WHERE lease_run = ? AND leased_until > ? AND leased_until < ?",
            (
                to_text(now + timedelta(seconds=lease_s)),
                run_id,
                to_text(now),
                to_text(now + timedelta(seconds=lease_s / 2)),
            ),
        )

    def held(self, run_id: int) -> int:
        """How many channels this run has taken and not given back."""
        count: int = self._connection.execute(
            "SELECT count(*) FROM channels WHERE lease_run = ?", (run_id,)
        ).fetchone()[0]
        return count

    def next_due(self, source_ids: Collection[str]) -> datetime | None:
        """When the next channel of these sources can be taken, a held one at the end of its lease; None: there is none.

        One that was never checked was due from `datetime.min` on.
        """
        free = [due or datetime.min.replace(tzinfo=UTC) for _, due in islice(self._in_turn(source_ids), 1)]
        held = self._connection.execute("SELECT min(leased_until) FROM channels WHERE lease_run IS NOT NULL")
        return min([*free, *(must_instant(until) for (until,) in held if until)], default=None)

    def _in_turn(self, source_ids: Collection[str]) -> Iterator[tuple[int, datetime | None]]:
        """(id, next check) of the sources' channels in use that no run holds, the one due first first."""
        rows = self._connection.execute(
            "SELECT id, source_id, next_check_at FROM channels WHERE parked_reason IS NULL AND lease_run IS NULL"
            " ORDER BY next_check_at, source_id"
        )
        return ((row["id"], to_instant(row["next_check_at"])) for row in rows if row["source_id"] in source_ids)

    def unplanned(self, source_ids: Collection[str]) -> list[int]:
        """Channels of the sources that nobody has read and that have no time to be: first each source's first."""
        rows = self._connection.execute(
            "SELECT id, source_id, row_number() OVER (PARTITION BY source_id ORDER BY id) AS place FROM channels"
            " WHERE parked_reason IS NULL AND last_checked_at IS NULL AND next_check_at IS NULL ORDER BY place, id"
        )
        return [row["id"] for row in rows if row["source_id"] in source_ids]

    def last_first_check(self) -> datetime | None:
        """When the last of the channels that wait for their first check is due; None: none waits."""
        row = self._connection.execute(
            "SELECT max(next_check_at) FROM channels WHERE last_checked_at IS NULL AND parked_reason IS NULL"
        ).fetchone()
        return to_instant(row[0])

    def schedules(self) -> Iterator[Mapping[str, Any]]:
        """What was learned of every channel in use, one after the other."""
        rows = self._connection.execute("SELECT schedule FROM channels WHERE parked_reason IS NULL")
        return (from_json(row["schedule"]) for row in rows)

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
