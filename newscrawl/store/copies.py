"""`copies`: which article's text repeats which other's; sets of copies are what these pairs join."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from newscrawl.dedupe import Neighbour, decide_by_text, fingerprint
from newscrawl.models import Article, Decision, Fingerprint, Link, LinkKind
from newscrawl.store.changes import Changes
from newscrawl.store.near import NearIndex
from newscrawl.store.reading import last_seq
from newscrawl.store.rows import article_of

_TURNED: dict[LinkKind, LinkKind] = {"part": "whole", "whole": "part"}
"""What a link is seen from its other end."""


class Copies:
    """Pairs of articles, the one stored later first; what was noted once stays on record for `--as-of`."""

    def __init__(self, connection: sqlite3.Connection, near: NearIndex, changes: Changes) -> None:
        self._connection = connection
        self._near = near
        self._changes = changes

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
            self._part(*pair, seq)
            self._connection.execute(
                "INSERT OR REPLACE INTO copies (article_id, other_id, kind, similarity, from_seq)"
                " VALUES (?, ?, ?, ?, ?)",
                (*pair, kind, link.similarity, seq),
            )

    def compare(self, article_id: int, article: Article, fp: Fingerprint, neighbours: Iterable[Neighbour]) -> Decision:
        """What a stored article's new text repeats, of `neighbours` and of all that it was paired with."""
        others = {one.article_id: one for one in neighbours if one.article_id != article_id}
        paired = [pair["other_id"] for pair in self.of(article_id) if pair["other_id"] not in others]
        every = [*others.values(), *self._near.read(dict.fromkeys(paired, "near"))]
        return decide_by_text(article, fp, every, stored_as=article_id)

    def replace(self, article_id: int, links: Sequence[Link], *, run_id: int, now: datetime) -> None:
        """`links` are all that an article's new text repeats: other pairs of it end with the change last logged.

        A later article that was stored as a copy of it is one of the closest it still repeats, or of none.
        """
        kept = {link.article_id for link in links}
        gone = [pair["other_id"] for pair in self.of(article_id) if pair["other_id"] not in kept]
        seq = last_seq(self._connection)
        for other_id in gone:
            self._part(max(article_id, other_id), min(article_id, other_id), seq)
        self.add(article_id, links)
        for other_id in gone:
            row = self._connection.execute("SELECT * FROM articles WHERE id = ?", (other_id,)).fetchone()
            if row["copy_of"] == article_id:
                self._leave(dict(row), run_id=run_id, now=now)

    def _leave(self, row: dict[str, Any], *, run_id: int, now: datetime) -> None:
        """The article that this one was a copy of has another text now."""
        article = article_of(row)
        found = self.compare(row["id"], article, fingerprint(article), ())
        values: dict[str, Any] = {"copy_of": found.of, "copy_similarity": found.similarity}
        if row["verdict"] == "copy":
            now_it_is = f"of {found.of} {found.reason}" if found.of else "a copy of none"
            reason = f"the text of {row['copy_of']}, which it repeated, has changed; {now_it_is}"
            values |= {"verdict": found.verdict, "decision_reason": reason}
        self._changes.update(row, values, op="relate", run_id=run_id, now=now)

    def part_notices(self, fp: Fingerprint, reason: str, *, run_id: int, now: datetime) -> None:
        """Articles of one host that turn out to hold one notice are copies of each other no more."""
        host = fp.url_key.partition("/")[0]
        rows = self._connection.execute(
            "SELECT * FROM articles WHERE body_hash = ?1 AND url_key > ?2 || '/' AND url_key < ?2 || '0'",
            (fp.body_hash, host),
        ).fetchall()
        ids = {row["id"] for row in rows}
        pairs = self._among(list(ids))
        repeating = {article_id for article_id, _ in pairs}
        for row in rows:
            if row["copy_of"] in ids:
                values = {"verdict": "new", "decision_reason": reason, "copy_of": None, "copy_similarity": None}
                self._changes.update(dict(row), values, op="relate", run_id=run_id, now=now)
            elif row["id"] in repeating:
                self._changes.log(row["id"], "relate", {}, run_id=run_id, now=now)
        seq = last_seq(self._connection)
        for pair in pairs:
            self._part(*pair, seq)

    def _among(self, article_ids: Sequence[int]) -> list[tuple[int, int]]:
        marks = ", ".join("?" * len(article_ids))
        rows = self._connection.execute(
            "SELECT article_id, other_id FROM copies"
            f" WHERE article_id IN ({marks}) AND other_id IN ({marks}) AND until_seq IS NULL",
            (*article_ids, *article_ids),
        )
        return [tuple(row) for row in rows]

    def _part(self, article_id: int, other_id: int, seq: int) -> None:
        self._connection.execute(
            "UPDATE copies SET until_seq = ? WHERE article_id = ? AND other_id = ? AND until_seq IS NULL",
            (seq, article_id, other_id),
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
