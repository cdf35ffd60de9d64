"""`gaps`: the times in which articles may have been missed, and what later reads showed of them."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawl.monitor.coverage import Gap, is_witness
from newscrawl.store.values import clean, must_instant, to_instant, to_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelGap:
    """A row of `gaps`."""

    id: int
    channel_id: int
    gap: Gap
    url: str | None
    """The sitemap of an index that could not be read; None: the channel's own list."""


class Gaps:
    """Gap certificates."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, channel_id: int, gap: Gap, *, message: str, url: str | None = None) -> None:
        """One more gap; `url`: see `ChannelGap`."""
        self._connection.execute(
            "INSERT INTO gaps (channel_id, from_at, to_at, reason, hidden_expected, hidden_most, url, message)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (channel_id, to_text(gap.from_at), to_text(gap.to_at), gap.reason, gap.expected, gap.most, url, message),
        )

    def close(self, gap_id: int, *, by: str, now: datetime) -> None:
        """A later read showed what the gap hid."""
        self._connection.execute(
            "UPDATE gaps SET closed_at = ?, closed_by = ? WHERE id = ?", (to_text(now), clean(by), gap_id)
        )

    def open_of(
        self, channel_id: int, *, since: datetime | None = None, known_at: datetime | None = None
    ) -> list[ChannelGap]:
        """Open gaps of a channel, oldest first; `since`: that end after it; `known_at`: as was known then."""
        rows = self._connection.execute(
            "SELECT * FROM gaps WHERE channel_id = ?1 AND to_at > ?2 AND (closed_at IS NULL OR closed_at > ?3)"
            " AND (?3 IS NULL OR to_at <= ?3) ORDER BY from_at",
            (channel_id, to_text(since) or "", to_text(known_at)),
        )
        return [_gap(row) for row in rows]

    def open_of_source(self, source_id: str) -> list[ChannelGap]:
        """Open gaps of all channels of a source, oldest first."""
        rows = self._connection.execute(
            "SELECT g.* FROM gaps g JOIN channels c ON c.id = g.channel_id"
            " WHERE c.source_id = ? AND g.closed_at IS NULL ORDER BY g.from_at",
            (source_id,),
        )
        return [_gap(row) for row in rows]

    def witnesses(self, gap: ChannelGap, url_keys: Collection[str], *, since: datetime) -> bool:
        """Whether a list that shows `url_keys` shows what the gap's channel showed of the time from `since` on."""
        rows = self._connection.execute(
            "SELECT DISTINCT url_key FROM sightings WHERE channel_id = ? AND earliest > ? AND first_seen_at < ?",
            (gap.channel_id, to_text(since), to_text(gap.gap.to_at)),
        ).fetchall()
        return is_witness(sum(row["url_key"] in url_keys for row in rows), len(rows))

    def failures_since(self, channel_id: int, since: datetime) -> Sequence[str]:
        """Outcomes of the checks after `since` that read no whole list, oldest first."""
        rows = self._connection.execute(
            "SELECT outcome FROM checks WHERE channel_id = ? AND checked_at > ? AND complete = 0 ORDER BY checked_at",
            (channel_id, to_text(since)),
        )
        return [row["outcome"] for row in rows]

    def watched(self, channel_id: int, *, until: datetime | None) -> tuple[datetime | None, datetime | None]:
        """The channel's first complete check, and the last one (made by `until`); None: there is none."""
        row = self._connection.execute(
            "SELECT min(checked_at) AS first, max(checked_at) AS last FROM checks"
            " WHERE channel_id = ? AND complete = 1 AND checked_at <= coalesce(?, checked_at)",
            (channel_id, to_text(until)),
        ).fetchone()
        return to_instant(row["first"]), to_instant(row["last"])


def _gap(row: sqlite3.Row) -> ChannelGap:
    return ChannelGap(
        id=row["id"],
        channel_id=row["channel_id"],
        url=row["url"],
        gap=Gap(
            from_at=must_instant(row["from_at"]),
            to_at=must_instant(row["to_at"]),
            reason=row["reason"],
            expected=row["hidden_expected"],
            most=row["hidden_most"],
        ),
    )
