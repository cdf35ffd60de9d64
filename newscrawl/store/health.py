"""`health`, and the state columns of `sources`: how each source is, and how it came to be so."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from newscrawl.monitor.health import State
from newscrawl.store.values import clean, from_json, to_instant, to_json, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """What is known of a source's health."""

    state: State
    since: datetime | None
    reason: str
    texts: Mapping[str, Any]
    """What the tests of its articles learned."""
    channels: Mapping[str, Mapping[str, Any]]
    """Channel URL → what the tests of its reads learned, of channels in use."""


class Health:
    """States of sources; their changes are rows of `health`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, source_id: str) -> SourceHealth | None:
        """A source's health; None: no such source."""
        row = self._connection.execute(
            "SELECT state, state_since, state_reason, health FROM sources WHERE id = ?", (source_id,)
        ).fetchone()
        if row is None:
            return None
        channels = self._connection.execute(
            "SELECT url, health FROM channels WHERE source_id = ? AND parked_reason IS NULL", (source_id,)
        )
        return SourceHealth(
            state=cast(State, row["state"]),
            since=to_instant(row["state_since"]),
            reason=row["state_reason"] or "",
            texts=from_json(row["health"]),
            channels={channel["url"]: from_json(channel["health"]) for channel in channels},
        )

    def save_texts(self, source_id: str, texts: Mapping[str, Any]) -> None:
        """Remember what the tests of the source's articles learned."""
        self._connection.execute("UPDATE sources SET health = ? WHERE id = ?", (to_json(dict(texts)), source_id))

    def save_reason(self, source_id: str, reason: str) -> None:
        """The state is the same, what is told of it has changed."""
        self._connection.execute("UPDATE sources SET state_reason = ? WHERE id = ?", (clean(reason) or None, source_id))

    def change(self, source_id: str, state: State, reason: str, evidence: Mapping[str, Any], *, now: datetime) -> None:
        """The source's state is now another one."""
        self._connection.execute(
            "UPDATE sources SET state = ?, state_since = ?, state_reason = ? WHERE id = ?",
            (state, to_text(now), clean(reason) or None, source_id),
        )
        self._connection.execute(
            "INSERT INTO health (source_id, at, state, reason, evidence) VALUES (?, ?, ?, ?, ?)",
            (source_id, to_text(now), state, clean(reason), to_json(dict(evidence))),
        )
