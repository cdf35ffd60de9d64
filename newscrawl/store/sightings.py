"""`sightings`: how a channel showed an article over time, one row per change."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from newscrawl.models import Entry, Timestamp
from newscrawl.store.values import clean, must_instant, to_text


class Sightings:
    """Prominence and headline changes, as data."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, channel_id: int, seen: Iterable[tuple[str, Entry]], *, fetched_at: datetime) -> None:
        """Record what one read of the channel showed: (url_key, entry) pairs."""
        at = to_text(fetched_at)
        for url_key, entry in seen:
            headline = clean(entry.headline)
            last = self._connection.execute(
                "SELECT id, headline, block FROM sightings"
                " WHERE channel_id = ? AND url_key = ? ORDER BY id DESC LIMIT 1",
                (channel_id, url_key),
            ).fetchone()
            if last and (last["headline"], last["block"]) == (headline, entry.block):
                self._connection.execute(
                    "UPDATE sightings SET position = iif(last_seen_at > ?2, position, ?1),"
                    " position_best = min(position_best, ?1),"
                    " first_seen_at = min(first_seen_at, ?2), last_seen_at = max(last_seen_at, ?2),"
                    " times_seen = times_seen + (last_seen_at < ?2 OR first_seen_at > ?2) WHERE id = ?3",
                    (entry.position, at, last["id"]),
                )
                continue
            stamp = entry.date_published
            self._connection.execute(
                "INSERT INTO sightings (channel_id, url_key, article_id, block, position, position_best, headline,"
                " time_text, earliest, latest, first_seen_at, last_seen_at, times_seen)"
                " VALUES (?, ?, (SELECT article_id FROM urls WHERE url_key = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (
                    channel_id,
                    url_key,
                    url_key,
                    entry.block,
                    entry.position,
                    entry.position,
                    headline,
                    clean(entry.time_text),
                    to_text(stamp.earliest) if stamp else None,
                    to_text(stamp.latest) if stamp else None,
                    at,
                    at,
                ),
            )

    def stamps(self, url_key: str) -> list[Timestamp]:
        """The publication intervals that sightings allow, oldest first."""
        rows = self._connection.execute(
            "SELECT earliest, latest, time_text FROM sightings WHERE url_key = ? AND earliest IS NOT NULL ORDER BY id",
            (url_key,),
        )
        return [
            Timestamp(
                earliest=must_instant(row["earliest"]),
                latest=must_instant(row["latest"]),
                raw=row["time_text"] or "",
                origin="listing",
                kind="instant" if row["earliest"] == row["latest"] else "relative",
            )
            for row in rows
        ]

    def known(self, channel_id: int, url_keys: Iterable[str], *, before: datetime | None = None) -> set[str]:
        """Which of these the channel has shown, or had shown `before` an instant."""
        until = to_text(before) if before else "~"  # later than any instant as text
        return {
            key
            for key in url_keys
            if self._connection.execute(
                "SELECT 1 FROM sightings WHERE channel_id = ? AND url_key = ? AND first_seen_at < ? LIMIT 1",
                (channel_id, key, until),
            ).fetchone()
        }

    def since(self, channel_id: int, instant: datetime) -> set[str]:
        """What the channel has shown for the first time after an instant."""
        rows = self._connection.execute(
            "SELECT url_key FROM sightings WHERE channel_id = ? GROUP BY url_key HAVING min(first_seen_at) > ?",
            (channel_id, to_text(instant)),
        )
        return {row["url_key"] for row in rows}

    def headlines_changed(self, channel_id: int, seen: Iterable[tuple[str, Entry]]) -> set[str]:
        """Which of these the channel shows under another headline than when last seen."""
        changed = set()
        for url_key, entry in seen:
            last = self._connection.execute(
                "SELECT headline FROM sightings WHERE channel_id = ? AND url_key = ? ORDER BY id DESC LIMIT 1",
                (channel_id, url_key),
            ).fetchone()
            if last and last["headline"] != clean(entry.headline):
                changed.add(url_key)
        return changed
