"""The store's decision as the scorers call it: `Copies.process(i, doc)` and `Decisions.decide(i, doc)`.

A document has url, text, title and, where known, t (publication, seconds since 1970).
"""

import sqlite3
from datetime import UTC, datetime
from typing import Any

from newscrawl.dedupe import decide, fingerprint
from newscrawl.dedupe.decide import SAME_PAGE_SHARE
from newscrawl.models import Article, Decision, Fingerprint, Timestamp
from newscrawl.store.near import NEAR_TABLES, NearIndex

_TABLES = (
    "CREATE TABLE articles (id INTEGER PRIMARY KEY, url_key TEXT NOT NULL UNIQUE, headline TEXT,"
    " content_hash INTEGER, body_hash INTEGER, word_count INTEGER, date_published_earliest TEXT,"
    " date_published_latest TEXT) STRICT",
    "CREATE INDEX articles_body_hash ON articles (body_hash)",
    "CREATE TABLE urls (url_key TEXT PRIMARY KEY, article_id INTEGER, role TEXT) STRICT, WITHOUT ROWID",
)
_START = datetime(2025, 1, 1, tzinfo=UTC)


class Store:
    """The tables the index needs, and nothing else."""

    def __init__(self, path: str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for statement in (*_TABLES, *NEAR_TABLES):
            self.connection.execute(statement)
        self.index = NearIndex(self.connection)

    def look_up(self, article: Article) -> tuple[Fingerprint, Decision]:
        """The fingerprint of `article` and what it is to what is stored."""
        fp = fingerprint(article)
        return fp, decide(article, fp, self.index.neighbours(fp, article))

    def add(self, article: Article, fp: Fingerprint) -> int:
        """Store what the index reads of `article`, and its index rows; its row id."""
        when = article.date_published
        row = (
            fp.url_key,
            article.headline,
            fp.content_hash,
            fp.body_hash,
            fp.length,
            when.earliest.isoformat() if when else None,
            when.latest.isoformat() if when else None,
        )
        cursor = self.connection.execute("INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row)
        article_id = cursor.lastrowid or 0
        self.connection.execute("INSERT INTO urls VALUES (?, ?, 'url')", (fp.url_key, article_id))
        self.index.add(article_id, fp)
        return article_id

    def revise(self, article_id: int, article: Article, fp: Fingerprint) -> None:
        """Put a new text in the place of the stored one."""
        self.connection.execute(
            "UPDATE articles SET headline = ?, content_hash = ?, body_hash = ?, word_count = ? WHERE id = ?",
            (article.headline, fp.content_hash, fp.body_hash, fp.length, article_id),
        )
        self.index.replace(article_id, fp)


def article_of(doc: dict[str, Any], *, headline: bool = True) -> Article:
    when = datetime.fromtimestamp(doc["t"], UTC) if doc.get("t") else None
    return Article(
        source_id="zz_bench",
        url=doc["url"],
        fetched_at=_START,
        headline=(doc.get("title") or None) if headline else None,
        article_body=doc["text"],
        date_published=Timestamp(earliest=when, latest=when, raw="") if when else None,
    )


class Copies:
    """For score_dedupe: every document is stored as it comes; same address, revision and copy all count as found."""

    def __init__(self) -> None:
        self._store = Store()
        self._index_of: dict[int, int] = {}

    def process(self, i: int, doc: dict[str, Any]) -> list[tuple[float, int]]:
        """Decide on document `i` and store it; [(1.0, the document it repeats)] or []."""
        article = article_of(doc)
        fp, decision = self._store.look_up(article)
        if decision.verdict in ("same", "revision"):
            assert decision.of is not None
            if decision.verdict == "revision":
                self._store.revise(decision.of, article, fp)
        else:
            self._index_of[self._store.add(article, fp)] = i
        return [] if decision.of is None else [(1.0, self._index_of[decision.of])]


class Decisions(Copies):
    """For score_decisions, which looks at texts only: headlines are left out, so that a new one is no revision."""

    def decide(self, i: int, doc: dict[str, Any]) -> tuple[str, int | None]:
        """The scorer's label for document `i`, and the document it is about."""
        article = article_of(doc, headline=False)
        fp, decision = self._store.look_up(article)
        of = None if decision.of is None else self._index_of[decision.of]
        if decision.verdict in ("same", "revision"):
            assert decision.of is not None
            if decision.verdict == "revision":
                self._store.revise(decision.of, article, fp)
                self._index_of[decision.of] = i
        else:
            self._index_of[self._store.add(article, fp)] = i
        return _label(decision), of


def _label(decision: Decision) -> str:
    if decision.verdict == "revision":
        return "replaced" if (decision.similarity or 0) < SAME_PAGE_SHARE else "revision"
    if decision.verdict == "copy":
        if decision.reason == "the same text":
            return "duplicate"
        return "near_duplicate" if decision.reason.startswith("nearly") else "partial"
    return {"new": "new", "same": "unchanged"}[decision.verdict]
