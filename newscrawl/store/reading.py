"""Articles as they stood at a place in the order of changes: what exports, cursors and `--as-of` read.

An article's present row is taken back by the `was` of every later change, and its body from the revision that was in
force. Only columns whose changes are logged are given, so the same range is the same rows, however late it is read.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from newscrawl.store.schema import ARTICLES
from newscrawl.store.values import from_json

_UNLOGGED = frozenset({"last_seen_at", "visited_at", "run_id", "trivial_changes", "row_hash"})
COLUMNS = tuple(column.name for column in ARTICLES.columns if column.name not in _UNLOGGED)
"""Columns of `articles` that a state has."""
_BATCH = 500

State = dict[str, Any]
"""A row of `COLUMNS`, with `change_seq`, `op` and `changed_at` of its last change, `copy_of_uid` and `channel_url`;
of a taken-down article only `uid`, `change_seq`, `op` and `changed_at`."""


def last_seq(connection: sqlite3.Connection, as_of: str | None = None) -> int:
    """The last `change_seq`, or the last one written at or before `as_of` (ISO 8601 as stored); 0: none."""
    where, values = ("WHERE at <= ?", (as_of,)) if as_of else ("", ())
    row = connection.execute(f"SELECT max(change_seq) FROM changes {where}", values).fetchone()
    return row[0] or 0


def states(connection: sqlite3.Connection, *, after_seq: int, until_seq: int) -> Iterator[State]:
    """Each article changed in (after_seq, until_seq], once, as it stood at `until_seq`, in the order of its change."""
    later = {
        row[0]
        for row in connection.execute("SELECT DISTINCT article_id FROM changes WHERE change_seq > ?", (until_seq,))
    }
    names = ", ".join(f"a.{name}" for name in COLUMNS)
    cursor = connection.execute(
        f"SELECT c.article_id, c.change_seq, c.op, c.at AS changed_at, c.was, {names}, o.uid AS copy_of_uid,"
        " h.url AS channel_url FROM changes c"
        " LEFT JOIN articles a ON a.id = c.article_id LEFT JOIN articles o ON o.id = a.copy_of"
        " LEFT JOIN channels h ON h.id = a.channel_id"
        " WHERE c.change_seq > ?1 AND c.change_seq <= ?2 AND NOT EXISTS ("
        "  SELECT 1 FROM changes n WHERE n.article_id = c.article_id AND n.change_seq > c.change_seq"
        "  AND n.change_seq <= ?2)"
        " ORDER BY c.change_seq",
        (after_seq, until_seq),
    )
    while rows := cursor.fetchmany(_BATCH):
        for row in rows:
            state = dict(row)
            article_id, was = state.pop("article_id"), state.pop("was")
            if state["uid"] is None:
                yield {"uid": from_json(was).get("uid")} | {
                    name: state[name] for name in ("change_seq", "op", "changed_at")
                }
            elif article_id in later:
                yield _taken_back(connection, state, article_id, until_seq)
            else:
                yield state


def _taken_back(connection: sqlite3.Connection, state: State, article_id: int, until_seq: int) -> State:
    revision_now, copy_now = state["revision"], state["copy_of"]
    rows = connection.execute(
        "SELECT was FROM changes WHERE article_id = ? AND change_seq > ? ORDER BY change_seq DESC",
        (article_id, until_seq),
    )
    for row in rows:
        was: Mapping[str, Any] = from_json(row["was"])
        state.update({name: value for name, value in was.items() if name in state})
    if state["revision"] != revision_now:
        body = connection.execute(
            "SELECT article_body FROM revisions WHERE article_id = ? AND number = ?", (article_id, state["revision"])
        ).fetchone()
        state["article_body"] = body["article_body"] if body else None
    if state["copy_of"] != copy_now:
        original = connection.execute("SELECT uid FROM articles WHERE id = ?", (state["copy_of"],)).fetchone()
        state["copy_of_uid"] = original["uid"] if original else None
    return state
