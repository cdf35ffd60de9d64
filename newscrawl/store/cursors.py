"""`cursors`: how far each consumer of exports has confirmed, and what it was handed and has not confirmed yet."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from newscrawl.store.reading import last_seq
from newscrawl.store.values import to_json, to_text


class Cursors:
    """Cursors by consumer; each method expects to be inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def take(self, name: str, selection: Mapping[str, Any], *, now: datetime) -> tuple[int, int] | None:
        """The range (after, until] to hand out: the unconfirmed one again, else all that is new; None: nothing new.

        Raises ValueError when the cursor was made with another selection.
        """
        options = to_json(dict(selection))
        self._connection.execute(
            "INSERT INTO cursors (name, acked_seq, handed_out, selection, updated_at) VALUES (?, 0, 0, ?, ?)"
            " ON CONFLICT (name) DO NOTHING",
            (name, options, to_text(now)),
        )
        row = self._row(name)
        assert row is not None
        if row["selection"] != options:
            raise ValueError(f"the cursor {name} was made with {row['selection']}; take another name for {options}")
        after: int = row["acked_seq"]
        if row["pending_seq"] is not None:
            return after, row["pending_seq"]
        until = last_seq(self._connection)
        if until == after:
            return None
        self._connection.execute(
            "UPDATE cursors SET pending_seq = ?, handed_out = 0, updated_at = ? WHERE name = ?",
            (until, to_text(now), name),
        )
        return after, until

    def hand_out(self, name: str, until: int) -> None:
        """The range that ends at `until` lies written, whole, where the consumer finds it."""
        self._connection.execute("UPDATE cursors SET handed_out = 1 WHERE name = ? AND pending_seq = ?", (name, until))

    def acknowledge(self, name: str, *, now: datetime) -> int | None:
        """Confirm the pending range and give its end; None: none is pending. Raises ValueError: it is not whole."""
        row = self._row(name)
        if row is None:
            raise ValueError(f"no cursor is called {name}")
        if row["pending_seq"] is None:
            return None
        if not row["handed_out"]:
            raise ValueError(f"the last export with the cursor {name} was cut short; export again before confirming")
        self._connection.execute(
            "UPDATE cursors SET acked_seq = pending_seq, pending_seq = NULL, handed_out = 0, updated_at = ?"
            " WHERE name = ?",
            (to_text(now), name),
        )
        until: int = row["pending_seq"]
        return until

    def _row(self, name: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute("SELECT * FROM cursors WHERE name = ?", (name,)).fetchone()
        return row
