"""How we behaved towards each host, from the request log alone: the evidence behind `scrapy politeness`."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from newscrawl.store.values import to_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """One host: how often, how close together, how many at once."""

    host: str
    requests: int
    """Requests that left for it; robots.txt is one of them."""
    gap_min_s: float | None
    """Shortest time from one request to the next within a run; None: no run sent two."""
    at_once_max: int
    """Most requests under way at a time; an upper bound, as a request counts until its end was recorded."""
    rate_limited: int
    """Answers and refusals that asked us to pause."""
    robots_txt: str | None
    """The rules in force; None: none."""
    urls: tuple[str, ...]
    """The addresses asked for, robots.txt left out."""


_ROWS = """
SELECT host, run_id, kind, url, outcome, started_at, finished_at FROM fetches
WHERE started_at IS NOT NULL AND (? IS NULL OR host = ?) ORDER BY host, run_id, started_at
"""


def read_manners(connection: sqlite3.Connection, host: str | None = None) -> list[Manners]:
    """Every host that a request left for, by name; `host`: only that one."""
    by_host: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute(_ROWS, (host, host)):
        by_host.setdefault(row["host"], []).append(row)
    rules = dict(connection.execute("SELECT host, robots_txt FROM hosts WHERE robots_outcome = 'ok'").fetchall())
    return [_manners(name, rows, rules.get(name)) for name, rows in by_host.items()]


def _manners(host: str, rows: list[sqlite3.Row], robots_txt: str | None) -> Manners:
    spans = [(row["run_id"], _instant(row["started_at"]), _instant(row["finished_at"])) for row in rows]
    gaps = [(later[1] - earlier[1]).total_seconds() for earlier, later in pairwise(spans) if earlier[0] == later[0]]
    return Manners(
        host=host,
        requests=len(rows),
        gap_min_s=min(gaps, default=None),
        at_once_max=_at_once([(start, end) for _, start, end in spans]),
        rate_limited=sum(row["outcome"] == "rate_limited" for row in rows),
        robots_txt=robots_txt,
        urls=tuple(row["url"] for row in rows if row["kind"] != "robots"),
    )


def _at_once(spans: list[tuple[datetime, datetime]]) -> int:
    """The most spans that overlap; one that ends when another starts does not."""
    steps = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    most = running = 0
    for _, step in steps:
        running += step
        most = max(most, running)
    return most


def _instant(text: str) -> datetime:
    instant = to_instant(text)
    assert instant is not None
    return instant
