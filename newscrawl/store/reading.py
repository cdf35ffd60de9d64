"""Articles as they stood at a place in the order of changes: what exports, cursors and `--as-of` read.

An article's present row is taken back by the `was` of every later change, and its body from the revision that was in
force. Only columns whose changes are logged are given, so the same range is the same rows, however late it is read.
"""

import sqlite3
from collections.abc import Container, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import pairwise
from typing import Any

from newscrawl.store.schema import ARTICLES, TOKENIZER
from newscrawl.store.values import from_json, to_instant, to_text

_UNLOGGED = frozenset({"last_seen_at", "visited_at", "run_id", "trivial_changes", "row_hash"})
COLUMNS = tuple(column.name for column in ARTICLES.columns if column.name not in _UNLOGGED)
"""Columns of `articles` that a state has."""
_OF_CHANGE = ("change_seq", "op", "changed_at")
_BATCH = 500
_BATCH_CHARS = 4 * 2**20
"""A batch ends after so many states, or so much text."""
_CACHE_BYTES = 4 * 2**20
_NOBODY = (None, None)

State = dict[str, Any]
"""A row of `COLUMNS`, with `change_seq`, `op` and `changed_at` of its last change, `copy_of_uid`, `channel_url`, and
`newscrawl_version` and `extractor` of the run that read its text; of a taken-down article only `uid`, `change_seq`,
`op` and `changed_at`."""


def last_seq(connection: sqlite3.Connection, as_of: str | None = None) -> int:
    """The last `change_seq`, or the last one written at or before `as_of` (ISO 8601 as stored); 0: none."""
    where, values = ("WHERE at <= ?", (as_of,)) if as_of else ("", ())
    row = connection.execute(f"SELECT max(change_seq) FROM changes {where}", values).fetchone()
    return row[0] or 0


def states(connection: sqlite3.Connection, *, after_seq: int, until_seq: int) -> Iterator[State]:
    """Each article changed in (after_seq, until_seq], once, as it stood at `until_seq`, in the order of its change.

    What was taken down after `until_seq` is left out: it is not handed out again, and comes as a takedown later on.
    Each batch is read in a transaction of its own, and what was written since is taken back like any later change: an
    export may take hours, and a view of the database that is held for hours keeps its write-ahead log growing.
    """
    connection.execute(f"PRAGMA cache_size = -{_CACHE_BYTES // 2**10}")  # each page is read once
    channels = dict(map(tuple, connection.execute("SELECT id, url FROM channels")))
    readers = _readers(connection)
    later: set[int] = set()
    place, known_seq = after_seq, until_seq
    while place < until_seq:
        with one_view(connection):
            rows = connection.execute("SELECT DISTINCT article_id FROM changes WHERE change_seq > ?", (known_seq,))
            later.update(row[0] for row in rows)
            known_seq = max(known_seq, last_seq(connection))
            place, batch = _batch(connection, place, until_seq, later)
        for state in batch:
            if "url" in state:
                state["channel_url"] = channels.get(state["channel_id"])
                state["newscrawl_version"], state["extractor"] = readers.get(state["read_by"], _NOBODY)
            yield state


def _batch(
    connection: sqlite3.Connection, after_seq: int, until_seq: int, later: Container[int]
) -> tuple[int, list[State]]:
    """(where the next batch starts, the first states after `after_seq`); `later`: ids of what changed since."""
    names = ", ".join(f"a.{name}" for name in COLUMNS)
    found: list[State] = []
    chars = 0
    with closing(connection.cursor()) as cursor:
        cursor.row_factory = None  # plain tuples: a Row looks each name up from the start, a third of an export's time
        cursor.execute(
            f"SELECT c.article_id, c.was, c.change_seq, c.op, c.at AS changed_at, {names},"
            " o.uid AS copy_of_uid FROM changes c"
            " LEFT JOIN articles a ON a.id = c.article_id LEFT JOIN articles o ON o.id = a.copy_of"
            " WHERE c.change_seq > ?1 AND c.change_seq <= ?2 AND NOT EXISTS ("
            "  SELECT 1 FROM changes n WHERE n.article_id = c.article_id AND n.change_seq > c.change_seq"
            "  AND n.change_seq <= ?2)"
            " ORDER BY c.change_seq",
            (after_seq, until_seq),
        )
        given = ["article_id", "was", *(column[0] for column in cursor.description[2:])]
        for values in cursor:
            state = dict(zip(given, values, strict=True))
            article_id, was = state.pop("article_id"), state.pop("was")
            if state["uid"] is None:
                if state["op"] == "takedown":
                    found.append({"uid": from_json(was)["uid"]} | {name: state[name] for name in _OF_CHANGE})
                continue
            found.append(_taken_back(connection, state, until_seq) if article_id in later else state)
            chars += len(state["article_body"] or "")
            if len(found) >= _BATCH or chars >= _BATCH_CHARS:
                return state["change_seq"], found
    return until_seq, found


@contextmanager
def one_view(connection: sqlite3.Connection) -> Iterator[None]:
    """One unchanging view of the database for all that is read inside; what is written meanwhile stays in its log."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # the view begins with the first read
        yield
    finally:
        connection.execute("ROLLBACK")


def _readers(connection: sqlite3.Connection) -> dict[int, tuple[str | None, str | None]]:
    rows = connection.execute("SELECT id, newscrawl_version, extractor FROM runs")
    return {row["id"]: (row["newscrawl_version"], row["extractor"]) for row in rows}


def _taken_back(connection: sqlite3.Connection, state: State, until_seq: int) -> State:
    rows = connection.execute(
        "SELECT was FROM changes WHERE article_id = ? AND change_seq > ? ORDER BY change_seq DESC",
        (state["id"], until_seq),
    )
    back = state.copy()
    for row in rows:
        _take_back(back, from_json(row["was"]))
    return _completed(connection, back, state)


def _take_back(state: State, was: Mapping[str, Any]) -> None:
    state.update({name: value for name, value in was.items() if name in state})


def _completed(connection: sqlite3.Connection, back: State, state: State) -> State:
    """`back`, which was `state` later on, with what changes do not hold: its body, and the stable id of `copy_of`."""
    text = (back["revision"], back["extraction"])
    if text != (state["revision"], state["extraction"]):
        body = connection.execute(
            "SELECT article_body FROM revisions WHERE article_id = ? AND (number, extraction) = (?, ?)",
            (back["id"], *text),
        ).fetchone()
        back["article_body"] = body["article_body"] if body else None
    if back["copy_of"] != state["copy_of"]:
        original = connection.execute("SELECT uid FROM articles WHERE id = ?", (back["copy_of"],)).fetchone()
        back["copy_of_uid"] = original["uid"] if original else None
    return back


def earlier_texts(connection: sqlite3.Connection, state: State) -> list[State]:
    """The article as it stood with each of its earlier texts, when that was about to change; oldest first.

    Texts that are not on record any more are left out.
    """
    if (state["revision"], state["extraction"]) == (1, 1):
        return []
    rows = connection.execute(
        "SELECT change_seq, op, at, was FROM changes WHERE article_id = ? AND change_seq <= ? ORDER BY change_seq DESC",
        (state["id"], state["change_seq"]),
    ).fetchall()
    readers = _readers(connection)
    found: list[State] = []
    back = state.copy()
    for change, before in pairwise(rows):
        was = from_json(change["was"])
        _take_back(back, was)
        if was.keys() & {"revision", "extraction"}:
            back |= {"change_seq": before["change_seq"], "op": before["op"], "changed_at": before["at"]}
            back["newscrawl_version"], back["extractor"] = readers.get(back["read_by"], _NOBODY)
            found.append(_completed(connection, back.copy(), state))
    return [text for text in reversed(found) if text["article_body"] is not None]


def instant_of(connection: sqlite3.Connection, seq: int) -> datetime | None:
    """When the change `seq` was written; None: there is no such change."""
    row = connection.execute("SELECT at FROM changes WHERE change_seq = ?", (seq,)).fetchone()
    return to_instant(row["at"]) if row else None


def first_check(connection: sqlite3.Connection) -> datetime | None:
    """The first check of any channel that read its whole list."""
    row = connection.execute("SELECT min(checked_at) FROM checks WHERE complete = 1").fetchone()
    return to_instant(row[0])


def sources_at(connection: sqlite3.Connection, at: datetime) -> list[str]:
    """Ids of the sources that were in use by `at`."""
    rows = connection.execute("SELECT id FROM sources WHERE added_at <= ? ORDER BY id", (to_text(at),))
    return [row["id"] for row in rows]


def gaps_at(connection: sqlite3.Connection, until_seq: int) -> list[dict[str, Any]]:
    """The times in which articles may have been missed, as far as was known at `until_seq`, by source and start."""
    rows = connection.execute(
        "SELECT c.source_id, c.url, g.from_at, g.to_at, g.reason, g.hidden_expected, g.hidden_most"
        " FROM gaps g JOIN channels c ON c.id = g.channel_id, (SELECT at FROM changes WHERE change_seq = ?) t"
        " WHERE g.to_at <= t.at AND (g.closed_at IS NULL OR g.closed_at > t.at) ORDER BY 1, 3, 2",
        (until_seq,),
    )
    return [dict(row) for row in rows]


class TextQuery:
    """A full-text query asked of one text at a time, so that it can be asked of texts as they stood."""

    def __init__(self, query: str) -> None:
        """Raises ValueError where `query` is not FTS5's syntax."""
        self._query = query
        self._memory = sqlite3.connect(":memory:", isolation_level=None)
        self._memory.execute(f"CREATE VIRTUAL TABLE texts USING fts5(headline, article_body, tokenize='{TOKENIZER}')")
        try:
            self.matches(None, None)
        except sqlite3.OperationalError as error:
            raise ValueError(f"{query!r} is not a full-text query ({error})") from error

    def matches(self, headline: str | None, article_body: str | None) -> bool:
        """Whether headline and body together answer the query."""
        self._memory.execute("DELETE FROM texts")
        self._memory.execute("INSERT INTO texts VALUES (?, ?)", (headline, article_body))
        found = self._memory.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (self._query,)).fetchone()
        return found is not None
