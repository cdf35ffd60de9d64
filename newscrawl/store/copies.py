"""`copies`: which article's text repeats which other's; sets of copies are what these pairs join."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from newscrawl.models import Link, LinkKind
from newscrawl.store.reading import last_seq

_TURNED: dict[LinkKind, LinkKind] = {"part": "whole", "whole": "part"}
"""What a link is seen from its other end."""


class Copies:
    """Pairs of articles, the one stored later first; what was noted once stays on record for `--as-of`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, article_id: int, links: Iterable[Link]) -> None:
        """Note what an article's text repeats, after the change that shows it is logged; it replaces what was noted."""
        seq = last_seq(self._connection)
        for link in links:
            kind = _TURNED.get(link.kind, link.kind) if link.article_id > article_id else link.kind
            pair = max(article_id, link.article_id), min(article_id, link.article_id)
            noted = self._connection.execute(
                "SELECT kind, similarity FROM copies WHERE article_id = ? AND other_id = ? AND until_seq IS NULL", pair
            ).fetchone()
            if noted and tuple(noted) == (kind, link.similarity):
                continue
            self._connection.execute(
                "UPDATE copies SET until_seq = ? WHERE article_id = ? AND other_id = ? AND until_seq IS NULL",
                (seq, *pair),
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO copies (article_id, other_id, kind, similarity, from_seq)"
                " VALUES (?, ?, ?, ?, ?)",
                (*pair, kind, link.similarity, seq),
            )

    def repeating(self, article_ids: Sequence[int]) -> set[int]:
        """Which of these articles repeat an earlier one of them."""
        marks = ", ".join("?" * len(article_ids))
        rows = self._connection.execute(
            "SELECT article_id FROM copies"
            f" WHERE article_id IN ({marks}) AND other_id IN ({marks}) AND until_seq IS NULL",
            (*article_ids, *article_ids),
        )
        return {row["article_id"] for row in rows}

    def part(self, article_ids: Sequence[int]) -> None:
        """These articles are no copies of each other after all, as of the last change."""
        marks = ", ".join("?" * len(article_ids))
        self._connection.execute(
            "UPDATE copies SET until_seq = ?"
            f" WHERE article_id IN ({marks}) AND other_id IN ({marks}) AND until_seq IS NULL",
            (last_seq(self._connection), *article_ids, *article_ids),
        )

    def of(self, article_id: int) -> list[dict[str, Any]]:
        """The other ends of the pairs an article is in (other_id, kind seen from it, similarity), the closest first."""
        rows = self._connection.execute(
            "SELECT other_id, kind, similarity FROM copies WHERE article_id = ?1 AND until_seq IS NULL"
            " UNION ALL SELECT article_id, CASE kind WHEN 'part' THEN 'whole' WHEN 'whole' THEN 'part' ELSE kind END,"
            " similarity FROM copies WHERE other_id = ?1 AND until_seq IS NULL ORDER BY 3 DESC, 1",
            (article_id,),
        )
        return [dict(row) for row in rows]


def pairs_at(connection: sqlite3.Connection, until_seq: int) -> list[tuple[int, int, LinkKind]]:
    """The pairs that were known at a place in the order of changes: row ids, the later row first, and the kind."""
    rows = connection.execute(
        "SELECT article_id, other_id, kind FROM copies"
        " WHERE from_seq <= ?1 AND (until_seq IS NULL OR until_seq > ?1) ORDER BY 1, 2",
        (until_seq,),
    )
    return [tuple(row) for row in rows]
