"""`changes`: a row for every change of an article, written with the change itself."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from newscrawl.store.rows import OF_VISITS, row_hash
from newscrawl.store.values import to_json, to_text


class Changes:
    """Writes to stored articles, and the log of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def update(
        self, old: Mapping[str, Any], values: Mapping[str, Any], *, op: str, run_id: int | None, now: datetime
    ) -> None:
        """Write what differs from the row `old`; anything beyond the times of our own visits is logged.

        `run_id` None: a person changes it, and the row keeps the run that changed it last.
        """
        changed = {name: value for name, value in values.items() if old[name] != value}
        if not changed:
            return
        told = changed.keys() - OF_VISITS
        if told:
            changed["row_hash"] = row_hash("articles", {**old, **changed})
            if run_id is not None:
                changed["run_id"] = run_id
        assignments = ", ".join(f"{name} = ?" for name in changed)
        self._connection.execute(
            f"UPDATE articles SET {assignments} WHERE id = ?",
            (*changed.values(), old["id"]),
        )
        if told:
            if op == "visit" and any(name.startswith("date_published") for name in told):
                op = "narrow"
            was = {name: old[name] for name in told if name != "article_body"}
            self.log(old["id"], op, was, run_id=run_id, now=now)

    def log(self, article_id: int, op: str, was: Mapping[str, Any], *, run_id: int | None, now: datetime) -> None:
        """Note that an article changed; `was`: column → value before."""
        self._connection.execute(
            "INSERT INTO changes (article_id, op, at, run_id, was) VALUES (?, ?, ?, ?, ?)",
            (article_id, op, to_text(now), run_id, to_json(dict(was))),
        )
