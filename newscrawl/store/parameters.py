"""`parameters`: what a parameter means in the addresses of a host, learned from addresses that gave one text."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from newscrawl.dedupe.decide import SAME_PAGE_SHARE, STUB_WORDS, Neighbour
from newscrawl.dedupe.sketch import compare
from newscrawl.models import Fingerprint
from newscrawl.store.values import to_text
from newscrawl.urls import Evidence, is_noise, key, only_difference

SCANNED = 20_000
"""Addresses of a host looked through when one of its parameters is about to be believed noise."""


class _Known(NamedTuple):
    """An address of the host, and the article known by it."""

    url_key: str
    article_id: int
    body_hash: int
    word_count: int
    sketch: bytes


class Parameters:
    """Evidence by host and parameter, one row for each text; hosts as in keys."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def key(self, url: str) -> str:
        """The identity of the page at `url`, without what was learned to be noise. Raises PageError (`bad_url`)."""
        plain = key(url)
        noise = self.noise_of(plain)
        return key(url, noise=noise) if noise else plain

    def noise_of(self, url_key: str) -> frozenset[str]:
        """The parameters that say nothing on the host of `url_key`; empty where it has no query."""
        if "?" not in url_key:
            return frozenset()
        return frozenset(row["name"] for row in self.learned(_host(url_key)) if row["is_noise"])

    def learned(self, host: str) -> list[dict[str, Any]]:
        """Each parameter there is evidence of: name, same, different (numbers of texts), is_noise."""
        rows = self._connection.execute(
            "SELECT name, sum(is_same) AS same, sum(1 - is_same) AS different FROM parameters WHERE host = ?"
            " GROUP BY name ORDER BY name",
            (host,),
        )
        return [dict(row) | {"is_noise": is_noise(Evidence(row["same"], row["different"]))} for row in rows]

    def learn(self, url_key: str, fp: Fingerprint, neighbours: Iterable[Neighbour], *, now: datetime) -> None:
        """Take the text `fp` under `url_key`, the plain key, as evidence. Notices and short texts prove nothing."""
        if "?" not in url_key or fp.length <= STUB_WORDS:
            return
        host = _host(url_key)
        for old in neighbours:
            if old.host != host or old.body_hash != fp.body_hash:
                continue
            name = only_difference(f"https://{url_key}", f"https://{old.url_key}")
            if name is not None and name not in self.noise_of(url_key):
                self._note(host, name, old, url_key, is_same=True, now=now)
                if name in self.noise_of(url_key):
                    self._settle(host, name, now=now)

    def is_contradicted(self, url_key: str, fp: Fingerprint, neighbours: Iterable[Neighbour], *, now: datetime) -> bool:
        """Whether a page found by leaving noise out of `url_key` has another text; if so, the belief is given up."""
        for old in neighbours:
            if old.match in ("same_url", "alias") and _are_different(fp.length, fp.sketch, old.word_count, old.sketch):
                host = _host(url_key)
                for name in self.noise_of(url_key):
                    if key(f"https://{url_key}", noise={name}) != url_key:
                        self._note(host, name, old, url_key, is_same=False, now=now)
                self._forget_aliases(host)
                for name in self.noise_of(url_key):
                    self._settle(host, name, now=now)
                return True
        return False

    def _settle(self, host: str, name: str, *, now: datetime) -> None:
        """Make every stored article of the host known without the parameter, unless two of them show that it counts."""
        first: dict[str, _Known] = {}
        for one in self._addresses(host, name):
            known = first.setdefault(key(f"https://{one.url_key}", noise={name}), one)
            if known.article_id != one.article_id and _are_different(
                known.word_count, known.sketch, one.word_count, one.sketch
            ):
                self._note(host, name, one, one.url_key, is_same=False, now=now)
                return
        self._connection.executemany(
            "INSERT INTO urls (url_key, article_id, url, role, first_seen_at) VALUES (?, ?, ?, 'learned', ?)"
            " ON CONFLICT (url_key) DO NOTHING",
            [(short, known.article_id, f"https://{short}", to_text(now)) for short, known in first.items()],
        )

    def _addresses(self, host: str, name: str) -> Iterator[_Known]:
        rows = self._connection.execute(
            "SELECT u.url_key, u.article_id, a.body_hash, a.word_count, coalesce(s.sketch, x'') FROM urls u"
            " JOIN articles a ON a.id = u.article_id LEFT JOIN near_sketches s ON s.article_id = a.id"
            " WHERE u.url_key > ?1 || '/' AND u.url_key < ?1 || '0' AND instr(lower(u.url_key), ?2)"
            " AND u.role <> 'learned' ORDER BY u.article_id LIMIT ?3",
            (host, name, SCANNED),
        )
        return (_Known(*row) for row in rows)

    def _note(
        self, host: str, name: str, old: Neighbour | _Known, url_key: str, *, is_same: bool, now: datetime
    ) -> None:
        self._connection.execute(
            "INSERT INTO parameters (host, name, body_hash, article_id, url_key, is_same, noted_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET is_same = min(is_same, excluded.is_same)",
            (host, name, old.body_hash, old.article_id, url_key, int(is_same), to_text(now)),
        )

    def _forget_aliases(self, host: str) -> None:
        self._connection.execute(
            "DELETE FROM urls WHERE url_key > ?1 || '/' AND url_key < ?1 || '0' AND role = 'learned'", (host,)
        )


def _host(url_key: str) -> str:
    return url_key.partition("/")[0]


def _are_different(length: int, sketch: bytes, other_length: int, other_sketch: bytes) -> bool:
    """Whether two texts, both long enough to be articles', have next to nothing in common."""
    if min(length, other_length) <= STUB_WORDS:
        return False
    overlap = compare(sketch, other_sketch)
    return max(overlap.of_new, overlap.of_old) < SAME_PAGE_SHARE
