"""Questions about the whole database, for `scrapy status` and its kin."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from newscrawl.monitor.certificate import Certificate, certify
from newscrawl.store.sqlite import SqliteStore
from newscrawl.store.values import to_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One line of `scrapy status`."""

    id: str
    publisher: str
    articles: int
    last_check_at: datetime | None
    last_new_at: datetime | None
    next_check_at: datetime | None
    waiting: int
    """Addresses in the queue."""
    failures: int
    """Fetches in the last seven days with an outcome other than those in `_FINE`."""
    state: str
    state_reason: str | None


_FINE = (
    "'ok', 'unchanged', 'known', 'duplicate', 'stored_from_listing', 'robots_disallowed', 'noindex', 'gone',"
    " 'not_article', 'tdm_reserved'"
)
_STATUS = f"""
SELECT s.id, s.publisher, s.state, s.state_reason,
  (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,
  (SELECT max(last_checked_at) FROM channels c WHERE c.source_id = s.id) AS last_check_at,
  (SELECT max(first_seen_at) FROM articles a WHERE a.source_id = s.id) AS last_new_at,
  (SELECT min(next_check_at) FROM channels c WHERE c.source_id = s.id AND parked_reason IS NULL) AS next_check_at,
  (SELECT count(*) FROM queue q WHERE q.source_id = s.id) AS waiting,
  (SELECT count(*) FROM fetches f WHERE f.source_id = s.id AND f.outcome NOT IN ({_FINE})
     AND f.finished_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-7 days')) AS failures
FROM sources s ORDER BY s.id
"""


def source_statuses(connection: sqlite3.Connection) -> list[SourceStatus]:
    """Every source, by id."""
    return [
        SourceStatus(
            id=row["id"],
            publisher=row["publisher"],
            articles=row["articles"],
            last_check_at=to_instant(row["last_check_at"]),
            last_new_at=to_instant(row["last_new_at"]),
            next_check_at=to_instant(row["next_check_at"]),
            waiting=row["waiting"],
            failures=row["failures"],
            state=row["state"],
            state_reason=row["state_reason"],
        )
        for row in connection.execute(_STATUS)
    ]


def failure_counts(connection: sqlite3.Connection, source_id: str) -> list[tuple[str, int, str]]:
    """(outcome, how often, the last message) of what went wrong with a source, most frequent first."""
    rows = connection.execute(
        f"SELECT outcome, count(*), message, max(finished_at) FROM fetches WHERE source_id = ?"
        f" AND outcome NOT IN ({_FINE}) GROUP BY outcome ORDER BY count(*) DESC",
        (source_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def certificates_of(
    store: SqliteStore, source_id: str, *, from_at: datetime, to_at: datetime, known_at: datetime | None = None
) -> list[tuple[str, Certificate]]:
    """(channel URL, certificate for the period) of every channel of a source in use; `known_at`: as was known then."""
    rows = store.connection.execute(
        "SELECT id, url FROM channels WHERE source_id = ? AND parked_reason IS NULL ORDER BY id", (source_id,)
    ).fetchall()
    certificates = []
    for row in rows:
        first, last = store.gaps.watched(row["id"], until=known_at)
        gaps = [open_gap.gap for open_gap in store.gaps.open_of(row["id"], since=from_at, known_at=known_at)]
        certificates.append((row["url"], certify(first, last, gaps, from_at=from_at, to_at=to_at)))
    return certificates
