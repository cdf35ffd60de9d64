"""`urls`: the addresses an article is known by, and `disputed_urls`: those that no article is known by."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from newscrawl.dedupe.decide import STUB_WORDS, Neighbour
from newscrawl.models import Article, Decision, Fingerprint
from newscrawl.store.parameters import Parameters
from newscrawl.store.values import clean, to_text
from newscrawl.urls import key


class Urls:
    """Which article an address leads to; what was learned of the host's parameters counts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.parameters = Parameters(connection)

    def article_id(self, url_key: str) -> int | None:
        """The article known by an address, given by its plain key; None: none is."""
        query = "SELECT article_id FROM urls WHERE url_key = ?"
        row = self._connection.execute(query, (url_key,)).fetchone()
        if row is None and (short := self._short(url_key)):
            row = self._connection.execute(query, (short,)).fetchone()
        return row["article_id"] if row else None

    def is_taken_down(self, url_key: str) -> bool:
        """Whether what stood there was taken down by `forget`."""
        keys = (url_key, self._short(url_key) or url_key)
        query = "SELECT 1 FROM tombstones WHERE url_key IN (?, ?)"
        return self._connection.execute(query, keys).fetchone() is not None

    def name(
        self, article_id: int, article: Article, url_key: str, aliases: Iterable[tuple[str, str]], now: datetime
    ) -> None:
        """Make an article known by its key, its address, and those that lead to it.

        These are the ones it was reached by (`aliases`: url, role), and the one it declares.

        An article's own address is taken from one that was only led to, or declared, from there.
        """
        known = [(article.url, "url"), *aliases]
        if url_key != key(article.url):
            known.append((f"https://{url_key}", "url"))
        if article.canonical_url and not self.is_disputed(key(article.canonical_url)):
            known.append((article.canonical_url, "canonical"))
        for url, role in known:
            self._connection.execute(
                "INSERT INTO urls (url_key, article_id, url, role, first_seen_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (url_key) DO UPDATE"
                " SET article_id = excluded.article_id, url = excluded.url, role = excluded.role"
                " WHERE role <> 'url' AND excluded.role = 'url'",
                (clean(key(url)), article_id, clean(url), role, to_text(now)),
            )
            self._connection.execute(
                "UPDATE sightings SET article_id = ? WHERE url_key = ? AND article_id IS NULL", (article_id, key(url))
            )

    def dispute(
        self, article: Article, fp: Fingerprint, decision: Decision, neighbours: Iterable[Neighbour], now: datetime
    ) -> None:
        """Nobody is known by an address that two pages with different texts declare as theirs.

        Where the address is an article's own, that article stays known by it.
        """
        declared = [old for old in neighbours if old.match == "canonical"]
        if not declared or not article.canonical_url or decision.verdict in ("same", "revision"):
            return
        if min(fp.length, *(old.word_count for old in declared)) <= STUB_WORDS:
            return
        url_key = key(article.canonical_url)
        gone = "DELETE FROM urls WHERE url_key = ? AND role = 'canonical' RETURNING url_key"
        if self._connection.execute(gone, (url_key,)).fetchone():
            self._connection.execute(
                "INSERT OR IGNORE INTO disputed_urls (url_key, disputed_at) VALUES (?, ?)", (url_key, to_text(now))
            )

    def is_disputed(self, url_key: str) -> bool:
        """Whether pages with different texts declare this address."""
        row = self._connection.execute("SELECT 1 FROM disputed_urls WHERE url_key = ?", (url_key,)).fetchone()
        return row is not None

    def _short(self, url_key: str) -> str | None:
        """The key without what was learned to be noise on its host; None: the same."""
        noise = self.parameters.noise_of(url_key)
        short = key(f"https://{url_key}", noise=noise) if noise else url_key
        return short if short != url_key else None
