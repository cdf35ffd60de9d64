"""`hosts`: what politeness remembers of a host across runs."""

import sqlite3

from newscrawl.store.base import HostState
from newscrawl.store.values import clean, to_instant, to_text


class Hosts:
    """Host states by host name and port."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, host: str) -> HostState | None:
        """The state of `host`; None: never met."""
        row = self._connection.execute("SELECT * FROM hosts WHERE host = ?", (host,)).fetchone()
        if row is None:
            return None
        return HostState(
            host=row["host"],
            robots_txt=row["robots_txt"],
            robots_fetched_at=to_instant(row["robots_fetched_at"]),
            robots_outcome=row["robots_outcome"],
            robots_failing_since=to_instant(row["robots_failing_since"]),
            crawl_delay_s=row["crawl_delay_s"],
            tdmrep_json=row["tdmrep_json"],
            tdmrep_fetched_at=to_instant(row["tdmrep_fetched_at"]),
            retry_at=to_instant(row["retry_at"]),
            failures=row["failures"],
        )

    def put(self, state: HostState) -> None:
        """Remember `state` in place of what was known of its host."""
        self._connection.execute(
            "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                state.host,
                clean(state.robots_txt),
                to_text(state.robots_fetched_at),
                state.robots_outcome,
                to_text(state.robots_failing_since),
                state.crawl_delay_s,
                clean(state.tdmrep_json),
                to_text(state.tdmrep_fetched_at),
                to_text(state.retry_at),
                state.failures,
            ),
        )
