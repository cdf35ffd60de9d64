"""The near-duplicate index in SQLite: sampled shingles → articles, and a sketch of each article to verify with."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from newscrawl.dedupe.decide import Match, Neighbour
from newscrawl.errors import PageError
from newscrawl.models import Article, Fingerprint
from newscrawl.urls import key, site_of

NEAR_TABLES = (
    "CREATE TABLE IF NOT EXISTS near_shingles ("
    " shingle INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY (shingle, article_id)"
    ") STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS near_sketches ("
    " article_id INTEGER PRIMARY KEY, sketch BLOB NOT NULL, shingles BLOB NOT NULL"
    ") STRICT",
)
"""`near_shingles`: the inverted index. `near_sketches`: what `decide` verifies a candidate with."""

SHINGLE_ARTICLES = 16
"""Articles kept under one shingle: a text that a hundred papers print is found through its first printings, and
boilerplate costs no more than this."""
CANDIDATES = 8
"""Articles verified for one new text, those that share most first."""
TWINS = 8
"""Articles looked at that have the very same text."""
_UNIT = 720_720
"""The weight of a shingle, shared by those that hold it: every number up to 16 divides it, so nothing is rounded."""

_BEGINNING = 16
"""Shingles of about the first 200 words."""
_NEIGHBOUR = (
    "SELECT a.id, a.source_id, a.url_key, a.headline, a.content_hash, a.body_hash, coalesce(s.sketch, x''),"
    " a.word_count, a.date_published_earliest, a.date_published_latest, a.first_seen_at"
    " FROM articles a LEFT JOIN near_sketches s ON s.article_id = a.id WHERE a.id = ?"
)


class NearIndex:
    """The index over an open database; every call is part of the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def neighbours(self, fp: Fingerprint, article: Article, at: datetime) -> list[Neighbour]:
        """The stored articles that `article` may be the same as, or a copy of; all count, however old at `at`."""
        found: dict[int, Match] = {}
        for match, article_id in self._matches(fp, article):
            found.setdefault(article_id, match)
        rows = (
            (self._connection.execute(_NEIGHBOUR, (article_id,)).fetchone(), found[article_id]) for article_id in found
        )
        return [_neighbour(row, match) for row, match in rows if row is not None]

    def add(self, article_id: int, fp: Fingerprint) -> None:
        """Index a new article."""
        self._connection.execute(
            "INSERT INTO near_sketches (article_id, sketch, shingles) VALUES (?, ?, ?)",
            (article_id, fp.sketch, _pack(fp.shingles)),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO near_shingles SELECT ?1, ?2"
            f" WHERE (SELECT count(*) FROM near_shingles WHERE shingle = ?1) < {SHINGLE_ARTICLES}",
            [(shingle, article_id) for shingle in fp.shingles],
        )

    def replace(self, article_id: int, fp: Fingerprint) -> None:
        """Index an article's new text instead of its old one."""
        self.remove(article_id)
        self.add(article_id, fp)

    def remove(self, article_id: int) -> None:
        """Forget an article; nothing happens where it was not indexed."""
        row = self._connection.execute(
            "DELETE FROM near_sketches WHERE article_id = ? RETURNING shingles", (article_id,)
        ).fetchone()
        if row is not None:
            self._connection.executemany(
                "DELETE FROM near_shingles WHERE shingle = ? AND article_id = ?",
                [(shingle, article_id) for shingle in _unpack(row[0])],
            )

    def _matches(self, fp: Fingerprint, article: Article) -> Iterator[tuple[Match, int]]:
        execute = self._connection.execute
        for row in execute("SELECT article_id FROM urls WHERE url_key = ?", (fp.url_key,)):
            yield "same_url", row[0]
        declared = _declared_key(article)
        if declared and declared != fp.url_key:
            for row in execute("SELECT article_id FROM urls WHERE url_key = ?", (declared,)):
                yield "canonical", row[0]
        if fp.body_hash:
            twins = f"SELECT id FROM articles WHERE body_hash = ? ORDER BY id LIMIT {TWINS}"
            for row in execute(twins, (fp.body_hash,)):
                yield "same_body", row[0]
        for article_id in self._sharing(fp.shingles):
            yield "near", article_id

    def _sharing(self, shingles: Sequence[int]) -> list[int]:
        """Ids of the articles that share most, the rarest shingles counting most.

        Most articles are new, so a part is looked up first, and the rest only where it finds any article: every other
        of the beginning, which a cut copy keeps, and every fourth further on.
        """
        first = (*shingles[:_BEGINNING:2], *shingles[_BEGINNING::4])
        holders = self._holders(first)
        if not holders:
            return []
        holders |= self._holders((*shingles[1:_BEGINNING:2], *(set(shingles[_BEGINNING:]) - set(first))))
        weights: Counter[int] = Counter()
        for ids in holders.values():
            for article_id in ids:
                weights[article_id] += _UNIT // len(ids)
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return [article_id for article_id, _ in ranked[:CANDIDATES]]

    def _holders(self, shingles: Sequence[int]) -> dict[int, list[int]]:
        """Shingle → the articles that hold it."""
        marks = ", ".join("?" * len(shingles))
        query = f"SELECT shingle, article_id FROM near_shingles WHERE shingle IN ({marks})"
        holders: dict[int, list[int]] = {}
        for shingle, article_id in self._connection.execute(query, shingles):
            holders.setdefault(shingle, []).append(article_id)
        return holders


def _declared_key(article: Article) -> str | None:
    """The key of the address the page declares, where that is another page of the same site."""
    if not article.canonical_url:
        return None
    try:
        if site_of(article.canonical_url) != site_of(article.url):
            return None
        declared = key(article.canonical_url)
    except PageError:
        return None
    return declared if declared.partition("/")[2] else None


def _neighbour(row: Sequence[Any], match: Match) -> Neighbour:
    article_id, source_id, url_key, headline, content_hash, body_hash, sketch, word_count, *times = row
    earliest, latest, seen = times
    return Neighbour(
        article_id=article_id,
        match=match,
        source_id=source_id,
        url_key=url_key,
        host=url_key.partition("/")[0],
        headline=headline,
        content_hash=content_hash,
        body_hash=body_hash,
        sketch=sketch,
        word_count=word_count,
        published_earliest=_instant(earliest),
        published_latest=_instant(latest),
        first_seen_at=_instant(seen),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _pack(shingles: Iterable[int]) -> bytes:
    return b"".join(shingle.to_bytes(6, "little") for shingle in shingles)


def _unpack(packed: bytes) -> list[int]:
    return [int.from_bytes(packed[at : at + 6], "little") for at in range(0, len(packed), 6)]
