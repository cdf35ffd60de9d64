"""What a monitor does right now: the questions of `scrapy status --watch`."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from newscrawl.store.values import must_instant, to_text

LATE_MIN = 15
"""A channel is overdue when it has been due for longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """An article as it was found."""

    source_id: str
    headline: str
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """One look at a running monitor."""

    checks_a_minute: float
    """Over the last five minutes."""
    due: int
    overdue: int
    queued: int
    is_running: bool
    """Whether a monitor gave a sign of life in the last five minutes."""
    finds: tuple[Find, ...]
    failures: tuple[tuple[str, int], ...]
    """(outcome, how often) of checks in the last hour that read no whole list, most frequent first."""


def take_pulse(connection: sqlite3.Connection, *, now: datetime, finds: int) -> Pulse:
    """The pulse at `now`, with the latest `finds` articles."""

    def before(minutes: int) -> str | None:
        return to_text(now - timedelta(minutes=minutes))

    def count(query: str, *values: object) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {query}", values).fetchone()[0])

    in_use = "channels WHERE parked_reason IS NULL AND lease_run IS NULL AND"
    found = connection.execute(
        "SELECT source_id, headline, first_seen_at FROM articles ORDER BY first_seen_at DESC LIMIT ?", (finds,)
    )
    failed = connection.execute(
        "SELECT outcome, count(*) FROM checks WHERE checked_at > ? AND complete = 0 GROUP BY outcome"
        " ORDER BY count(*) DESC LIMIT 6",
        (before(60),),
    )
    return Pulse(
        checks_a_minute=count("checks WHERE checked_at > ?", before(5)) / 5,
        due=count(f"{in_use} (next_check_at IS NULL OR next_check_at <= ?)", to_text(now)),
        overdue=count(f"{in_use} next_check_at <= ?", before(LATE_MIN)),
        queued=count("queue WHERE due_at <= ?", to_text(now)),
        is_running=count("runs WHERE spider = 'monitor' AND finished_at IS NULL AND heartbeat_at > ?", before(5)) > 0,
        finds=tuple(Find(source_id=row[0], headline=row[1] or "", found_at=must_instant(row[2])) for row in found),
        failures=tuple((row[0], row[1]) for row in failed),
    )
