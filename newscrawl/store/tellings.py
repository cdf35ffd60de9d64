"""`tellings`: what each target of a watch was told. A story, or a change of health, is told to each target once."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.monitor.health import State
from newscrawl.store.matches import STORIES, Match, read_match
from newscrawl.store.values import must_instant, to_text
from newscrawl.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChange:
    """A row of `health`."""

    id: int
    source_id: str
    at: datetime
    state: State
    reason: str


_TOLD = "EXISTS (SELECT 1 FROM tellings t WHERE t.watch = ? AND t.target = ? AND t.{item} = {id})"


class Tellings:
    """Who was told what. `target` is a digest (`watches.digest`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stories(self, watch: Watch, target: str, *, since: datetime) -> list[Match]:
        """The watch's stories that the target is still to be told, oldest first; matched before `since`: let be."""
        rows = self._connection.execute(
            f"{STORIES} WHERE w.watch = ? AND w.matched_at >= ? AND NOT {_TOLD.format(item='story', id='a.id')}"
            " ORDER BY w.matched_at, a.id",
            (watch.name, to_text(since), watch.name, target),
        )
        return [read_match(row) for row in rows]

    def changes(self, watch: Watch, target: str, *, since: datetime) -> list[HealthChange]:
        """Changes of sources' health that the target is still to be told, oldest first; before `since`: let be."""
        rows = self._connection.execute(
            f"SELECT * FROM health h WHERE h.at >= ? AND NOT {_TOLD.format(item='change', id='h.id')} ORDER BY h.id",
            (to_text(since), watch.name, target),
        )
        return [
            HealthChange(
                id=row["id"],
                source_id=row["source_id"],
                at=must_instant(row["at"]),
                state=row["state"],
                reason=row["reason"],
            )
            for row in rows
        ]

    def put(
        self, watch: Watch, target: str, stories: Iterable[Match], changes: Iterable[HealthChange], *, now: datetime
    ) -> None:
        """These were delivered to the target, in one message."""
        told_at = to_text(now)
        rows = [(match.story, None) for match in stories] + [(None, change.id) for change in changes]
        self._connection.executemany(
            "INSERT INTO tellings (watch, target, story, change, told_at) VALUES (?, ?, ?, ?, ?)",
            [(watch.name, target, story, change, told_at) for story, change in rows],
        )

    def messages(self, watch: Watch, target: str, *, since: datetime) -> int:
        """How many messages the target was sent after `since`."""
        row = self._connection.execute(
            "SELECT count(DISTINCT told_at) AS times FROM tellings WHERE watch = ? AND target = ? AND told_at > ?",
            (watch.name, target, to_text(since)),
        ).fetchone()
        return int(row["times"])
