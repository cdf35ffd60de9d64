"""Finding one article by any of its addresses, with what is known about it, for `why`, `diff` and `copies`."""

import sqlite3
from typing import Any

from newscrawl.dedupe.sketch import Overlap, compare
from newscrawl.errors import PageError
from newscrawl.store.urls import Urls
from newscrawl.urls import key


def find_article(connection: sqlite3.Connection, address: str) -> dict[str, Any] | None:
    """The article's row, by URL (any alias), row id or stable id; None: not stored."""
    if address.isascii() and address.isdigit():
        row = connection.execute("SELECT * FROM articles WHERE id = ?", (int(address),)).fetchone()
    elif "/" not in address:
        row = connection.execute("SELECT * FROM articles WHERE uid = ?", (address,)).fetchone()
    else:
        try:
            url_key = key(address)
        except PageError:
            return None
        article_id = Urls(connection).article_id(url_key)
        row = connection.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    return dict(row) if row else None


def aliases_of(connection: sqlite3.Connection, article_id: int) -> list[dict[str, Any]]:
    """Every address the article is known by, oldest first."""
    rows = connection.execute(
        "SELECT url, role, first_seen_at FROM urls WHERE article_id = ? ORDER BY first_seen_at, role", (article_id,)
    )
    return [dict(row) for row in rows]


def changes_of(connection: sqlite3.Connection, article_id: int) -> list[dict[str, Any]]:
    """The article's rows of `changes`, oldest first."""
    rows = connection.execute("SELECT * FROM changes WHERE article_id = ? ORDER BY change_seq", (article_id,))
    return [dict(row) for row in rows]


def overlap_of(connection: sqlite3.Connection, article_id: int, other_id: int) -> Overlap | None:
    """How much of the text of an article (new) and of another (old) is in the other; None: one has no sketch."""
    query = "SELECT article_id, sketch FROM near_sketches WHERE article_id IN (?, ?)"
    sketch_of = {row["article_id"]: row["sketch"] for row in connection.execute(query, (article_id, other_id))}
    if len(sketch_of) < 2:
        return None
    return compare(sketch_of[article_id], sketch_of[other_id])


def sightings_of(connection: sqlite3.Connection, article_id: int) -> list[dict[str, Any]]:
    """Where and how channels showed the article, oldest first."""
    rows = connection.execute(
        "SELECT s.*, c.url AS channel_url FROM sightings s JOIN channels c ON c.id = s.channel_id"
        " WHERE s.article_id = ? ORDER BY s.first_seen_at, s.id",
        (article_id,),
    )
    return [dict(row) for row in rows]


def copy_set(connection: sqlite3.Connection, article_id: int) -> list[dict[str, Any]]:
    """The articles joined by `copies`, in either direction and over any number of steps; the article itself too."""
    rows = connection.execute(
        "WITH RECURSIVE joined(id) AS ("
        " VALUES (?) UNION SELECT c.article_id FROM copies c JOIN joined j ON c.other_id = j.id AND c.until_seq IS NULL"
        " UNION SELECT c.other_id FROM copies c JOIN joined j ON c.article_id = j.id AND c.until_seq IS NULL"
        ") SELECT * FROM articles WHERE id IN (SELECT id FROM joined) ORDER BY date_published, first_seen_at, uid",
        (article_id,),
    )
    return [dict(row) for row in rows]
