"""`revisions`: the earlier texts of articles."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from newscrawl import limits
from newscrawl.dedupe import Change
from newscrawl.store.rows import CONTENT, row_hash
from newscrawl.store.values import to_json


class Revisions:
    """Superseded texts, by article and number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def archive(self, old: Mapping[str, Any], change: Change, *, superseded_at: str) -> None:
        """Keep the text of `old`, an article's row, before it is overwritten; the first and the latest few stay."""
        row = {name: old[name] for name in CONTENT} | {
            "article_id": old["id"],
            "number": old["revision"],
            "extraction": old["extraction"],
            "fetched_at": old["fetched_at"],
            "superseded_at": superseded_at,
            "content_hash": old["content_hash"],
            "change": to_json({"kinds": list(change.kinds), "summary": change.summary}),
        }
        row["row_hash"] = row_hash("revisions", row)
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO revisions ({names}) VALUES ({marks})", tuple(row.values()))
        self._connection.execute(
            "DELETE FROM revisions WHERE article_id = ? AND number > 1 AND number <= ?",
            (old["id"], old["revision"] - limits.REVISIONS + 1),
        )

    def told(self, article_id: int, content_hash: int, change: Change) -> Change:
        """`change` with what the earlier texts say of it, where the new one is among them.

        The first time a text comes back it was restored; if any had come back before, the page goes back and forth
        (an A/B test), which is trivial.
        """
        rows = self._connection.execute(
            "SELECT content_hash FROM revisions r WHERE article_id = ?1 AND NOT EXISTS (SELECT 1 FROM revisions l"
            " WHERE l.article_id = r.article_id AND l.number = r.number AND l.extraction > r.extraction)"
            " UNION ALL SELECT content_hash FROM articles WHERE id = ?1",
            (article_id,),
        )
        hashes = [row["content_hash"] for row in rows]
        if change.is_trivial or content_hash not in hashes:
            return change
        if len(set(hashes)) < len(hashes):
            return Change(("trivial",), f"an earlier text again, going back and forth; {change.summary}")
        return Change(("restored", *change.kinds), f"an earlier text is back; {change.summary}")

    def of(self, article_id: int) -> list[dict[str, Any]]:
        """All earlier texts of an article, oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM revisions WHERE article_id = ? ORDER BY number, extraction", (article_id,)
        )
        return [dict(row) for row in rows]
