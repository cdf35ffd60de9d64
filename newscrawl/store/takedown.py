"""Takedown: an article goes for good, with every text of it; an id and a tombstone stay."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from newscrawl.store.archives import Archives
from newscrawl.store.changes import Changes
from newscrawl.store.lookup import copy_set
from newscrawl.store.near import NearIndex
from newscrawl.store.values import clean, to_text


def forget(
    connection: sqlite3.Connection,
    articles: Sequence[dict[str, Any]],
    *,
    reason: str,
    now: datetime,
    overwrite: Callable[[dict[str, Any]], None] = lambda place: None,
) -> None:
    """Remove articles (rows of the table) inside the caller's transaction; none of their addresses is fetched again.

    Gone are the text, its revisions, what listings printed of it, its place in the queue and in both indexes, the
    values that the change log kept, and the index of its archived answers; `overwrite` is called with each of those
    (a row of `archived` with `path` and `step_path`) before it goes. Consumers with a cursor learn of it as a change
    with `op` takedown.
    """
    connection.execute("PRAGMA secure_delete = ON")
    going = [article["id"] for article in articles]
    _let_copies_go(connection, going, now)
    for article in articles:
        _forget(connection, article, overwrite, reason=reason, now=now)


def _let_copies_go(connection: sqlite3.Connection, going: Sequence[int], now: datetime) -> None:
    """Articles that stay are copies of these no more; all that were in a set with them are told to have changed."""
    rows = {row["id"]: row for one in going for row in copy_set(connection, one)}
    marks = ", ".join("?" * len(going))
    rows |= {
        row["id"]: dict(row) for row in connection.execute(f"SELECT * FROM articles WHERE copy_of IN ({marks})", going)
    }
    connection.execute(f"UPDATE articles SET copy_of = NULL WHERE id IN ({marks})", going)  # so that any may go first
    changes, parted = Changes(connection), {"copy_of": None, "copy_similarity": None}
    for row in (row for row in rows.values() if row["id"] not in going):
        if row["copy_of"] in going:
            changes.update(row, parted, op="relate", run_id=None, now=now)
        else:
            changes.log(row["id"], "relate", {}, run_id=None, now=now)


def _forget(
    connection: sqlite3.Connection,
    article: dict[str, Any],
    overwrite: Callable[[dict[str, Any]], None],
    *,
    reason: str,
    now: datetime,
) -> None:
    article_id, uid = article["id"], article["uid"]
    keys = [
        row["url_key"] for row in connection.execute("SELECT url_key FROM urls WHERE article_id = ?", (article_id,))
    ]
    for place in Archives(connection).of_keys({article["url_key"], *keys}):
        overwrite(place)
        connection.execute("DELETE FROM archived WHERE id = ?", (place["id"],))
    for key in {article["url_key"], *keys}:
        connection.execute(
            "INSERT OR REPLACE INTO tombstones (url_key, uid, forgotten_at, reason) VALUES (?, ?, ?, ?)",
            (key, uid, to_text(now), clean(reason)),
        )
        connection.execute("DELETE FROM queue WHERE url_key = ?", (key,))
        connection.execute("UPDATE sightings SET headline = NULL, article_id = NULL WHERE url_key = ?", (key,))
    connection.execute("UPDATE sightings SET headline = NULL, article_id = NULL WHERE article_id = ?", (article_id,))
    NearIndex(connection).remove(article_id)
    connection.execute("UPDATE changes SET was = '{}' WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))  # revisions and urls go with it
    Changes(connection).log(article_id, "takedown", {"uid": uid}, run_id=None, now=now)
