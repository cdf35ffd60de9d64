"""The near-duplicate index in SQLite: sampled shingles → articles, and a sketch of each article to verify with."""

import sqlite3
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from newscrawl.dedupe.decide import SHARED_MIN, Match, Neighbour
from newscrawl.dedupe.sketch import count_shared
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
_WEIGHT_OVER = _UNIT // 8
"""What a candidate must weigh more than: one shingle that seven others hold is a common phrase. Measured 2026-11: two
of 5,729 edited and cut copies weigh less, and a third of the articles that share anything."""
_FOUND = """
SELECT CASE role WHEN 'url' THEN 'same_url' ELSE 'alias' END, article_id, NULL FROM urls WHERE url_key = ?1
UNION ALL SELECT 'canonical', article_id, NULL FROM urls WHERE url_key = ?2
UNION ALL SELECT 'near', article_id, shingle FROM (VALUES {places}) CROSS JOIN near_shingles WHERE shingle = column1
"""
"""One statement for what is looked up of every text: most articles are new, and find nothing."""
_TWINS = f"SELECT 'same_body', id, NULL FROM articles WHERE body_hash = ? ORDER BY id LIMIT {TWINS}"
_NEIGHBOURS = """
SELECT a.id, a.url_key, a.headline, a.content_hash, a.body_hash, coalesce(s.sketch, x'') AS sketch,
  a.word_count, a.date_published_earliest, a.date_published_latest
FROM articles a LEFT JOIN near_sketches s ON s.article_id = a.id WHERE a.id IN ({marks})
"""
_INDEX = f"""
INSERT OR IGNORE INTO near_shingles SELECT column1, ?1 FROM (VALUES {{places}})
WHERE column1 IS NOT NULL AND (SELECT count(*) FROM near_shingles WHERE shingle = column1) < {SHINGLE_ARTICLES}
"""
_PLACES = 8
"""Shingles go into a statement in multiples of it, filled up with NULL, so that few statements serve all texts. Read
from a JSON list instead, a look-up takes an eighth more (measured 2026-11 at 1,000,000 articles)."""


class NearIndex:
    """The index over an open database; every call is part of the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def neighbours(self, fp: Fingerprint, article: Article) -> list[Neighbour]:
        """The stored articles that `article` may be the same as, or a copy of; all count, however old."""
        addressed = fp.url_key, _declared_key(article, fp.url_key)
        found = self._connection.execute(*_with_shingles(_FOUND, addressed, fp.shingles)).fetchall()
        if fp.body_hash and (found or not fp.shingles):  # the very same text has the very same shingles
            found += self._connection.execute(_TWINS, (fp.body_hash,)).fetchall()
        if not found:  # as most often
            return []
        matches = {article_id: match for match, article_id, _ in reversed(found) if match != "near"}
        near = [article_id for article_id in _ranked(found) if article_id not in matches]
        return self.read(matches | dict.fromkeys(self._sharing(fp, near), "near"))

    def add(self, article_id: int, fp: Fingerprint) -> None:
        """Index a new article."""
        self._connection.execute(
            "INSERT INTO near_sketches (article_id, sketch, shingles) VALUES (?, ?, ?)",
            (article_id, fp.sketch, _pack(fp.shingles)),
        )
        self._connection.execute(*_with_shingles(_INDEX, (article_id,), fp.shingles))

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

    def _sharing(self, fp: Fingerprint, near: Sequence[int]) -> list[int]:
        """Those of the articles whose sketches have something in common with the text's: most do by chance only."""
        query = f"SELECT article_id, sketch FROM near_sketches WHERE article_id IN ({_marks(near)})"
        rows = self._connection.execute(query, near) if near else ()
        return [article_id for article_id, sketch in rows if count_shared(fp.sketch, sketch) >= SHARED_MIN]

    def read(self, matches: Mapping[int, Match]) -> list[Neighbour]:
        """The articles of these row ids as neighbours, each found in this way."""
        query = _NEIGHBOURS.format(marks=_marks(matches))
        rows = self._connection.execute(query, tuple(matches)) if matches else ()
        return [_neighbour(row, matches[row[0]]) for row in rows]


def _ranked(found: Iterable[tuple[Match, int, int | None]]) -> list[int]:
    """The `CANDIDATES` that share most, the rarest shingles counting most; those that share what many do are out."""
    holders: dict[int, list[int]] = {}
    for _, article_id, shingle in found:
        if shingle is not None:
            holders.setdefault(shingle, []).append(article_id)
    weights: dict[int, int] = {}
    for ids in holders.values():
        share = _UNIT // len(ids)
        for article_id in ids:
            weights[article_id] = weights.get(article_id, 0) + share
    strong = [(-weight, article_id) for article_id, weight in weights.items() if weight > _WEIGHT_OVER]
    return [article_id for _, article_id in sorted(strong)[:CANDIDATES]]


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _declared_key(article: Article, url_key: str) -> str | None:
    """The key of the address the page declares, where that is another page of the same site."""
    if not article.canonical_url:
        return None
    try:
        if site_of(article.canonical_url) != site_of(article.url):
            return None
        declared = key(article.canonical_url)
    except PageError:
        return None
    return declared if declared.partition("/")[2] and declared != url_key else None


def _neighbour(row: Sequence[Any], match: Match) -> Neighbour:
    article_id, url_key, headline, content_hash, body_hash, sketch, word_count, earliest, latest = row
    return Neighbour(
        article_id=article_id,
        match=match,
        url_key=url_key,
        headline=headline,
        content_hash=content_hash,
        body_hash=body_hash,
        sketch=sketch,
        word_count=word_count,
        published_earliest=_instant(earliest),
        published_latest=_instant(latest),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _with_shingles(query: str, values: tuple[object, ...], shingles: Sequence[int]) -> tuple[str, tuple[object, ...]]:
    """The statement and what it binds: `values`, and a place for each shingle."""
    places = _PLACES * max(1, -(-len(shingles) // _PLACES))
    return _statement(query, places), (*values, *shingles, *(None,) * (places - len(shingles)))


@cache
def _statement(query: str, places: int) -> str:
    return query.format(places=", ".join(["(?)"] * places))


def _pack(shingles: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(shingles)}i", *shingles)


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 4}i", packed)
