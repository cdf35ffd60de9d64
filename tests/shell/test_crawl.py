"""The group commit: told only once it is on disk, one bad operation undone alone, a lost database said so."""

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.exceptions import CloseSpider

from newscrawl import commits
from newscrawl.crawl import EXIT_DATABASE, EXIT_DISK, EXIT_FAILED, EXIT_HARD, EXIT_OK, Crawl
from newscrawl.errors import StoreError
from newscrawl.store import HostState, open_store
from tests.shell.making import crawl_on


@pytest.fixture
def crawl(tmp_path: Path):
    store = open_store(tmp_path / "news.db")
    with store.transaction():
        run_id = store.runs.begin("test", arguments={}, version="0", now=datetime.now(UTC))
    yield crawl_on(store, run_id)
    store.connection.close()


def on_disk(crawl: Crawl) -> set[str]:
    with sqlite3.connect(f"file:{crawl.store.path}?mode=ro", uri=True) as other:
        return {row[0] for row in other.execute("SELECT host FROM hosts")}


async def test_who_asked_learns_of_it_once_it_is_on_disk(crawl: Crawl):
    await crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example")))
    assert on_disk(crawl) == {"a.example"}


async def test_one_bad_operation_is_undone_alone(crawl: Crawl):
    def half() -> None:
        crawl.store.hosts.put(HostState(host="half.example"))
        raise ValueError("no")

    good, bad = crawl.write(lambda: crawl.store.hosts.put(HostState(host="good.example"))), crawl.write(half)
    results = await asyncio.gather(good, bad, return_exceptions=True)
    assert results[0] is None
    assert isinstance(results[1], ValueError)
    assert on_disk(crawl) == {"good.example"}


async def test_a_full_group_is_committed_at_once(crawl: Crawl):
    def put(n: int):
        return crawl.write(lambda: crawl.store.hosts.put(HostState(host=f"{n}.example")))

    await asyncio.gather(*(put(n) for n in range(120)))
    assert len(on_disk(crawl)) == 120


async def test_what_is_urgent_is_committed_now_with_all_that_waits(crawl: Crawl, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(commits, "GROUP_S", 1e6)
    waiting = asyncio.ensure_future(crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example"))))
    await asyncio.sleep(0)
    assert on_disk(crawl) == set()
    await crawl.write(lambda: crawl.store.hosts.put(HostState(host="b.example")), is_urgent=True)
    await waiting
    assert on_disk(crawl) == {"a.example", "b.example"}


@pytest.mark.parametrize(
    ("words", "status"),
    [("database or disk is full", EXIT_DISK), ("database is locked", EXIT_DATABASE), ("disk I/O error", EXIT_DATABASE)],
)
async def test_a_lost_database_is_told_to_everyone_and_in_the_exit_status(crawl: Crawl, words: str, status: int):
    def fail() -> None:
        raise sqlite3.OperationalError(words)

    other = crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example")))
    results = await asyncio.gather(other, crawl.write(fail), return_exceptions=True)
    assert all(isinstance(result, CloseSpider) for result in results)
    assert isinstance(crawl.failure, StoreError)
    assert on_disk(crawl) == set()
    assert crawl.exit_status == status


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("ok", EXIT_OK),
        ("http_404", EXIT_OK),
        ("robots_disallowed", EXIT_OK),
        ("body_too_large", EXIT_HARD),
        ("internal_error", EXIT_FAILED),
    ],
)
async def test_the_exit_status_tells_the_worst_outcome(crawl: Crawl, outcome: str, status: int):
    await crawl.write(lambda: crawl.record("https://a.example/", outcome, kind="article"))
    assert crawl.exit_status == status
    assert crawl.stats[f"newscrawl/fetches/{outcome}"] == 1
