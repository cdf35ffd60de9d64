"""Which stored articles' pages are worth another look, and what is known of those that are gone."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from newscrawl.monitor.revisits import EDITED_SHARE, Candidate, plan
from newscrawl.store.values import must_instant, to_instant, to_json, to_text

CANDIDATES = 5_000
"""Articles weighed at once, the latest first."""
WEIGHED_DAYS = 4
"""Unedited articles older than this are not weighed; a listing that says they changed still sends us there."""
EDITED_DAYS = 30
TOP_PLACES = 3
SHARE_ARTICLES = 30.0
"""What is assumed of a source's edits counts as much as so many of its articles."""

_CANDIDATES = """
SELECT a.url_key, a.url, a.source_id, a.channel_id, a.kind, a.revision, a.fetched_at, a.visited_at, a.first_seen_at,
  coalesce(a.date_published, a.first_seen_at) AS published,
  (SELECT min(position_best) FROM sightings s WHERE s.article_id = a.id AND s.block = 'main') AS place
FROM articles a
WHERE a.status = 'usable' AND a.visited_at IS NOT NULL AND a.source_id IN (SELECT value FROM json_each(?))
  AND (a.first_seen_at > ? OR (a.revision > 1 AND a.first_seen_at > ?))
  AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.url_key = a.url_key)
ORDER BY a.first_seen_at DESC LIMIT ?
"""


class Revisits:
    """The plan of `monitor.revisits` on stored articles."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def queue(self, source_ids: Sequence[str], *, now: datetime, budget: int, chance_min: float) -> int:
        """Put up to `budget` articles of these sources into the queue, likeliest edit first; how many were."""
        rows = self._connection.execute(
            _CANDIDATES,
            (
                to_json(list(source_ids)),
                to_text(now - timedelta(days=WEIGHED_DAYS)),
                to_text(now - timedelta(days=EDITED_DAYS)),
                CANDIDATES,
            ),
        ).fetchall()
        by_key = {row["url_key"]: row for row in rows}
        shares = self._edited_shares(now)
        candidates = [_candidate(row, shares.get(row["source_id"], EDITED_SHARE)) for row in rows]
        chosen = plan(candidates, now_s=now.timestamp(), budget=budget, chance_min=chance_min)
        at = to_text(now)
        self._connection.executemany(
            "INSERT INTO queue (url_key, url, source_id, channel_id, reason, added_at, due_at)"
            " VALUES (?, ?, ?, ?, 'revisit', ?, ?) ON CONFLICT (url_key) DO NOTHING",
            [
                (one.url_key, row["url"], row["source_id"], row["channel_id"], at, at)
                for one in chosen
                for row in (by_key[one.url_key],)
            ],
        )
        return len(chosen)

    def _edited_shares(self, now: datetime) -> dict[str, float]:
        """Source → share of its articles found edited, of those visited again in the last weeks."""
        rows = self._connection.execute(
            "SELECT source_id, count(*) AS articles, sum(revision > 1) AS edited FROM articles"
            " WHERE first_seen_at > ? AND first_seen_at < ? AND visited_at > first_seen_at GROUP BY source_id",
            (to_text(now - timedelta(days=EDITED_DAYS)), to_text(now - timedelta(days=1))),
        )
        return {
            row["source_id"]: (row["edited"] + EDITED_SHARE * SHARE_ARTICLES) / (row["articles"] + SHARE_ARTICLES)
            for row in rows
        }

    def gone_at(self, url_key: str) -> datetime | None:
        """When the article was marked gone; None: it is not, or it is not stored."""
        row = self._connection.execute(
            "SELECT max(c.at) AS at FROM urls u JOIN articles a ON a.id = u.article_id"
            " JOIN changes c ON c.article_id = a.id AND c.op = 'gone'"
            " WHERE u.url_key = ? AND a.status = 'gone'",
            (url_key,),
        ).fetchone()
        return to_instant(row["at"])

    def is_host_live(self, url: str, *, since: datetime) -> bool:
        """Whether another page of the URL's host was read after `since`."""
        row = self._connection.execute(
            "SELECT 1 FROM fetches WHERE host = ? AND started_at > ? AND outcome IN ('ok', 'unchanged') AND url <> ?",
            (urlsplit(url).netloc.lower(), to_text(since), url),
        ).fetchone()
        return row is not None


def _candidate(row: sqlite3.Row, edited_share: float) -> Candidate:
    # A date may be wrong or missing; an article is no older than its publication and no younger than our sight of it.
    published = min(must_instant(row["published"]), must_instant(row["first_seen_at"]))
    return Candidate(
        url_key=row["url_key"],
        published_s=published.timestamp(),
        visited_s=must_instant(row["visited_at"]).timestamp(),
        edited_s=must_instant(row["fetched_at"]).timestamp() if row["revision"] > 1 else None,
        is_top=row["place"] is not None and row["place"] < TOP_PLACES,
        is_live=row["kind"] == "live",
        edited_share=edited_share,
    )
