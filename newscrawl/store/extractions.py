"""Stored articles beside the archived answers they were read from, for reading them anew."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.models import Article
from newscrawl.store.rows import article_of

_BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An article, and where its answer and the step that read it lie."""

    article_id: int
    article: Article
    record_id: str
    path: str
    offset: int
    refers_to: str | None
    """The record that holds the answer's body, where its own does not."""
    step_path: str | None
    step_offset: int | None


def origins(connection: sqlite3.Connection, sources: str = "*") -> Iterator[Origin]:
    """Articles with an archived answer that their present text came from, by row id; `sources`: GLOB over their ids.

    Read in batches, so that others may write in between.
    """
    last = 0
    while True:
        rows = connection.execute(
            "SELECT a.*, r.record_id, r.refers_to, f.path, r.offset, s.path AS step_path, r.step_offset FROM ("
            "  SELECT * FROM articles WHERE id > ? AND http_status IS NOT NULL AND source_id GLOB ? ORDER BY id LIMIT ?"
            ") a LEFT JOIN archived r ON r.id = ("
            "  SELECT max(k.id) FROM urls u JOIN archived k ON k.url_key = u.url_key AND k.fetched_at = a.fetched_at"
            "  WHERE u.article_id = a.id AND k.status = 200)"
            " LEFT JOIN archives f ON f.id = r.archive_id LEFT JOIN archives s ON s.id = r.step_archive_id"
            " ORDER BY a.id",
            (last, sources, _BATCH),
        ).fetchall()
        for row in rows:
            if row["record_id"] is not None:
                yield Origin(
                    article_id=row["id"],
                    article=article_of(row),
                    record_id=row["record_id"],
                    path=row["path"],
                    offset=row["offset"],
                    refers_to=row["refers_to"],
                    step_path=row["step_path"],
                    step_offset=row["step_offset"],
                )
        if not rows:
            return
        last = rows[-1]["id"]
