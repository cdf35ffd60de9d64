"""`copies`: which article's text repeats which other's; sets of copies are what these pairs join."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from newscrawl.models import Link, LinkKind

_TURNED: dict[LinkKind, LinkKind] = {"part": "whole", "whole": "part"}
"""What a link is seen from its other end."""


class Copies:
    """Pairs of articles, the one stored later first."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, article_id: int, links: Iterable[Link]) -> None:
        """Note what an article's text repeats; what was noted of a pair before is replaced."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO copies (article_id, other_id, kind, similarity) VALUES (?, ?, ?, ?)",
            [
                (
                    max(article_id, link.article_id),
                    min(article_id, link.article_id),
                    _TURNED.get(link.kind, link.kind) if link.article_id > article_id else link.kind,
                    link.similarity,
                )
                for link in links
            ],
        )

    def part(self, article_ids: Sequence[int]) -> None:
        """These articles are no copies of each other after all."""
        marks = ", ".join("?" * len(article_ids))
        self._connection.execute(
            f"DELETE FROM copies WHERE article_id IN ({marks}) AND other_id IN ({marks})",
            (*article_ids, *article_ids),
        )

    def of(self, article_id: int) -> list[dict[str, Any]]:
        """The pairs an article is in, as rows with its own side as `article_id`, the closest first."""
        rows = self._connection.execute(
            "SELECT other_id, kind, similarity FROM copies WHERE article_id = ?1"
            " UNION ALL SELECT article_id, CASE kind WHEN 'part' THEN 'whole' WHEN 'whole' THEN 'part' ELSE kind END,"
            " similarity FROM copies WHERE other_id = ?1 ORDER BY 3 DESC, 1",
            (article_id,),
        )
        return [dict(row) for row in rows]
