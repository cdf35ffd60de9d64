"""`alerts`: the stories that watches have matched. Whom they were told to is in `tellings`."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawl.errors import SeedError
from newscrawl.store.values import must_instant, to_instant, to_text
from newscrawl.watches import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story that a watch matches: its first article, and how many repeat its text."""

    story: int
    """Row id of the first article."""
    uid: str
    url: str
    headline: str
    description: str
    source_id: str
    publisher: str
    published_at: datetime | None
    found_at: datetime
    copies: int


_MATCHES = """
SELECT a.id AS story, a.uid, a.url, a.headline, a.description, a.source_id, a.publisher, a.date_published,
  a.first_seen_at, 1 + (SELECT count(*) FROM articles c WHERE c.copy_of = a.id) AS copies
FROM articles a
WHERE a.id IN (SELECT coalesce(m.copy_of, m.id) FROM articles m WHERE m.first_seen_at > ? {conditions})
  AND copies >= ?
ORDER BY a.first_seen_at LIMIT ?
"""

STORIES = """
SELECT a.id AS story, a.uid, a.url, a.headline, a.description, a.source_id, a.publisher, a.date_published,
  a.first_seen_at, 1 + (SELECT count(*) FROM articles c WHERE c.copy_of = a.id) AS copies
FROM alerts w JOIN articles a ON a.id = w.story
"""
"""The stories of watches (`w`), a row each."""


class Matches:
    """What watches match."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, watch: Watch, *, since: datetime, limit: int = 500) -> list[Match]:
        """Stories with an article found after `since` that the watch matches, oldest first.

        Raises SeedError for a query that FTS5 cannot read.
        """
        conditions, values = "AND m.status = 'usable'", []
        if watch.query:
            conditions += " AND m.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
            values.append(watch.query)
        if watch.sources:
            conditions += f" AND ({' OR '.join(['m.source_id GLOB ?'] * len(watch.sources))})"
            values += watch.sources
        if watch.in_language:
            conditions += (
                f" AND ({' OR '.join(['m.in_language = ? OR m.in_language GLOB ?'] * len(watch.in_language))})"
            )
            values += [text for tag in watch.in_language for text in (tag, f"{tag}-*")]
        try:
            rows = self._connection.execute(
                _MATCHES.format(conditions=conditions), (to_text(since), *values, watch.copies_min, limit)
            ).fetchall()
        except sqlite3.OperationalError as error:
            raise SeedError(watch.path, "query", f"not a full-text query ({error})") from error
        return [read_match(row) for row in rows]

    def add(self, watch: Watch, matches: Iterable[Match], *, now: datetime) -> None:
        """Remember these stories as the watch's; those it has already stay as they are."""
        self._connection.executemany(
            "INSERT INTO alerts (watch, story, matched_at) VALUES (?, ?, ?) ON CONFLICT (watch, story) DO NOTHING",
            [(watch.name, match.story, to_text(now)) for match in matches],
        )

    def of(self, watch: Watch, *, limit: int) -> list[Match]:
        """The watch's stories, latest first."""
        rows = self._connection.execute(
            f"{STORIES} WHERE w.watch = ? ORDER BY w.matched_at DESC, a.id DESC LIMIT ?", (watch.name, limit)
        )
        return [read_match(row) for row in rows]

    def last_matched_at(self, watch: Watch) -> datetime | None:
        """When the watch last matched a story; None: never."""
        row = self._connection.execute(
            "SELECT max(matched_at) AS at FROM alerts WHERE watch = ?", (watch.name,)
        ).fetchone()
        return to_instant(row["at"])


def read_match(row: sqlite3.Row) -> Match:
    """A row of `STORIES`."""
    return Match(
        story=row["story"],
        uid=row["uid"],
        url=row["url"],
        headline=row["headline"] or "",
        description=row["description"] or "",
        source_id=row["source_id"],
        publisher=row["publisher"] or "",
        published_at=to_instant(row["date_published"]),
        found_at=must_instant(row["first_seen_at"]),
        copies=row["copies"],
    )
