"""`articles`, `revisions`, `changes`, `urls`: the decision and what it writes, inside the caller's one transaction."""

import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from newscrawl.dedupe import Change, Neighbour, classify_change, decide, fingerprint
from newscrawl.models import Article, Decision, Fingerprint, Timestamp
from newscrawl.store.base import Stored
from newscrawl.store.changes import Changes
from newscrawl.store.copies import Copies
from newscrawl.store.near import NearIndex
from newscrawl.store.revisions import Revisions
from newscrawl.store.rows import CONTENT, article_of, article_row, content_row, row_hash
from newscrawl.store.urls import Urls
from newscrawl.store.values import timestamp_columns, timestamp_of, to_instant, to_json, to_text
from newscrawl.text import count_words
from newscrawl.times import intersect
from newscrawl.urls import canonical, key

_NAMESPACE = uuid.UUID("6e777363-0000-5000-8000-6e6577736372")

_READ = ("canonical_url", "time_text", "kind", "word_count", "origins", "extra")
"""Columns besides the content that come from reading a page."""


class Articles:
    """Articles by identity; every change leaves a row in `changes`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._near = NearIndex(connection)
        self._changes = Changes(connection)
        self.copies = Copies(connection, self._near, self._changes)
        self.revisions = Revisions(connection)
        self.urls = Urls(connection)

    def put(
        self,
        article: Article,
        *,
        run_id: int,
        channel_id: int | None,
        now: datetime,
        aliases: Iterable[tuple[str, str]] = (),
    ) -> Stored | None:
        """Decide what `article` is and write it. `aliases`: (url, role) it was also reached by.

        None: it was taken down by `forget` and is not stored again.
        """
        plain = key(article.url)
        if self.urls.is_taken_down(plain):
            return None
        mark = fingerprint(article, noise=self.urls.parameters.noise_of(plain))
        neighbours = self._near.neighbours(mark, article)
        if mark.url_key != plain and self.urls.parameters.is_contradicted(plain, mark, neighbours, now=now):
            mark = fingerprint(article)
            neighbours = self._near.neighbours(mark, article)
        decision = decide(article, mark, neighbours)
        if decision.verdict in ("same", "revision") and decision.of is not None:
            stored = self._again(decision, article, mark, neighbours, run_id=run_id, now=now)
        else:
            stored = self._first(decision, article, mark, run_id=run_id, channel_id=channel_id, now=now)
        if stored.decision.is_notice:
            self.copies.part_notices(mark, decision.reason, run_id=run_id, now=now)
        self.urls.parameters.learn(plain, mark, neighbours, now=now)
        self.urls.dispute(article, mark, decision, neighbours, now)
        own_key = mark.url_key if stored.decision.verdict in ("new", "copy") else plain
        self.urls.name(stored.article_id, article, own_key, aliases, now)
        return stored

    def _first(
        self,
        decision: Decision,
        article: Article,
        mark: Fingerprint,
        *,
        run_id: int,
        channel_id: int | None,
        now: datetime,
    ) -> Stored:
        row = article_row(article) | {
            "uid": str(uuid.uuid5(_NAMESPACE, mark.url_key)),
            "url": canonical(article.url),
            "url_key": mark.url_key,
            "channel_id": channel_id,
            "verdict": decision.verdict,
            "decision_reason": decision.reason,
            "copy_of": decision.of,
            "copy_similarity": decision.similarity,
            "revision": 1,
            "extraction": 1,
            "trivial_changes": 0,
            "status": "usable",
            "content_hash": mark.content_hash,
            "body_hash": mark.body_hash,
            "first_seen_at": to_text(now),
            "last_seen_at": to_text(now),
            "visited_at": to_text(article.fetched_at) if article.http_status else None,
            "run_id": run_id,
            "read_by": run_id,
        }
        row["row_hash"] = row_hash("articles", row)
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        cursor = self._connection.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", tuple(row.values()))
        article_id = cursor.lastrowid
        assert article_id is not None
        self._near.add(article_id, mark)
        self._changes.log(article_id, "new", {}, run_id=run_id, now=now)
        self.copies.add(article_id, decision.links)
        return Stored(article_id=article_id, decision=decision)

    def _again(
        self,
        decision: Decision,
        article: Article,
        mark: Fingerprint,
        neighbours: Sequence[Neighbour],
        *,
        run_id: int,
        now: datetime,
    ) -> Stored:
        assert decision.of is not None
        old = self._row(decision.of)
        values: dict[str, Any] = {"last_seen_at": to_text(now)}
        if article.http_status:
            values["visited_at"] = to_text(article.fetched_at)
            values["http_status"] = article.http_status
            if old["status"] in ("gone", "deleted", "moved"):
                values["status"] = "usable"
        published = _narrowed(timestamp_of("date_published", old), article.date_published)
        revision = old["revision"]
        op = "restore" if "status" in values else "visit"
        if decision.verdict == "revision":
            change = self.revisions.told(old["id"], mark.content_hash, classify_change(article_of(old), article))
            if change.is_trivial:
                decision = replace(decision, verdict="same", reason=f"{decision.reason}; {change.summary}")
                values["trivial_changes"] = old["trivial_changes"] + 1
        if decision.verdict == "revision":
            revision += 1
            op = "revise"
            self.revisions.archive(old, change, superseded_at=to_text(article.fetched_at) or "")
            values |= content_row(article) | {
                "revision": revision,
                "extraction": 1,
                "verdict": "revision",
                "decision_reason": decision.reason,
                "word_count": count_words(article.article_body),
                "fetched_at": to_text(article.fetched_at),
                "origins": to_json(dict(article.origins)),
                "extra": to_json(dict(article.extra)),
            }
        else:
            values |= _filled(old, article)
        values |= timestamp_columns("date_published", published)
        if decision.verdict == "revision":
            told = self._retext(old, values, article, mark, neighbours, op=op, run_id=run_id, now=now)
            decision = replace(decision, links=told.links, is_notice=told.is_notice)
        else:
            self._changes.update(old, values, op=op, run_id=run_id, now=now)
        return Stored(
            article_id=old["id"],
            decision=decision,
            revision=revision,
            is_alias=old["url_key"] != mark.url_key,
            date_flags=published.flags if published else (),
        )

    def reread(self, article_id: int, article: Article, *, run_id: int, now: datetime) -> bool:
        """`article` is what a later newscrawl reads from the answer the stored text came from: a new extraction of it.

        No revision: the publisher changed nothing. False: it was fetched anew in between, and nothing is written.
        """
        old = self._row(article_id)
        if old["fetched_at"] != to_text(article.fetched_at):
            return False
        mark = fingerprint(article)
        change = Change(("extraction",), "the same answer, read by a later newscrawl")
        self.revisions.archive(old, change, superseded_at=to_text(now) or "")
        row = article_row(article)
        values = {name: row[name] for name in (*CONTENT, *_READ)} | {"extraction": old["extraction"] + 1}
        neighbours = self._near.neighbours(mark, article)
        self._retext(old, values, article, mark, neighbours, op="reextract", run_id=run_id, now=now)
        return True

    def _retext(
        self,
        old: Mapping[str, Any],
        values: dict[str, Any],
        article: Article,
        mark: Fingerprint,
        neighbours: Sequence[Neighbour],
        *,
        op: str,
        run_id: int,
        now: datetime,
    ) -> Decision:
        """Write `values` with another text than `old` has, and all that follows from the text; what it repeats."""
        told = self.copies.compare(old["id"], article, mark, neighbours)
        values |= {
            "content_hash": mark.content_hash,
            "body_hash": mark.body_hash,
            "copy_of": told.of,
            "copy_similarity": told.similarity,
            "read_by": run_id,
        }
        self._near.replace(old["id"], mark)
        self._changes.update(old, values, op=op, run_id=run_id, now=now)
        self.copies.replace(old["id"], told.links, run_id=run_id, now=now)
        return told

    def seen_again(self, url_key: str, published: Timestamp | None, *, run_id: int, now: datetime) -> None:
        """A listing shows a known article: its last sight moves on, and its date may narrow."""
        row = self._by_key(url_key)
        if row is None:
            return
        stamp = _narrowed(timestamp_of("date_published", row), published)
        values = {"last_seen_at": to_text(now)} | timestamp_columns("date_published", stamp)
        self._changes.update(row, values, op="narrow", run_id=run_id, now=now)

    def mark_gone(self, url_key: str, *, run_id: int, now: datetime) -> None:
        """The article's own page answered 404 or 410; the text stays."""
        row = self._by_key(url_key)
        if row is not None and row["status"] == "usable":
            self._changes.update(row, {"status": "gone"}, op="gone", run_id=run_id, now=now)

    def mark_deleted(self, url_key: str, *, run_id: int, now: datetime) -> None:
        """The page is gone for good: 404 or 410 again, hours later, while its host answers; the text stays."""
        row = self._by_key(url_key)
        if row is not None and row["status"] == "gone":
            self._changes.update(row, {"status": "deleted"}, op="deleted", run_id=run_id, now=now)

    def mark_moved(self, url_key: str, *, run_id: int, now: datetime) -> bool:
        """The address of an article whose page was read before now leads elsewhere; the text stays.

        False: no article is at home there, or it is marked already.
        """
        row = self._by_key(url_key)
        if row is None or row["url_key"] != url_key or row["status"] != "usable" or row["visited_at"] is None:
            return False
        self._changes.update(row, {"status": "moved"}, op="moved", run_id=run_id, now=now)
        return True

    def known(self, url_keys: Sequence[str]) -> dict[str, int]:
        """url_key → article id, for those that are stored; taken-down ones map to 0."""
        found: dict[str, int] = {}
        for url_key in url_keys:
            article_id = self.urls.article_id(url_key)
            if article_id is not None:
                found[url_key] = article_id
            elif self.urls.is_taken_down(url_key):
                found[url_key] = 0
        return found

    def visited_at(self, url_key: str) -> datetime | None:
        """When the page of a stored article was last fetched; None: never, or not stored."""
        row = self._by_key(url_key)
        return to_instant(row["visited_at"]) if row else None

    def _by_key(self, url_key: str) -> dict[str, Any] | None:
        article_id = self.urls.article_id(url_key)
        return self._row(article_id) if article_id is not None else None

    def _row(self, article_id: int) -> dict[str, Any]:
        return dict(self._connection.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone())


def _narrowed(old: Timestamp | None, new: Timestamp | None) -> Timestamp | None:
    if old is None or new is None:
        return old or new
    # Where readings exclude each other, one of them met again settles nothing.
    if "contradicted" in old.flags or (old.earliest, old.latest) == (new.earliest, new.latest):
        return old
    return intersect(old, new)


def _filled(old: Mapping[str, Any], article: Article) -> dict[str, Any]:
    """Content columns that were empty and are now known; what is there stays."""
    return {
        name: value
        for name, value in content_row(article).items()
        if value is not None and old[name] in (None, "[]") and not name.startswith("date_published")
    }
