"""What befalls a run as a whole: a clock that is set, a disk that fills, a database that others hold."""

import asyncio
import json
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl import limits
from newscrawl.crawl import EXIT_DISK, EXIT_OK
from newscrawl.extensions.runs import JUMP_S, jump
from newscrawl.store import HostState, QueuedUrl, open_store
from newscrawl.store.upkeep import move_due
from newscrawl.store.values import to_text
from tests.shell.test_crawl import crawl  # noqa: F401 - a fixture
from tests.store.conftest import NOON

Usage = namedtuple("Usage", "total used free")


def notes(one) -> list[str]:
    with sqlite3.connect(f"file:{one.store.path}?mode=ro", uri=True) as other:
        told = other.execute("SELECT notes FROM runs").fetchone()[0]
    return [note["code"] for note in json.loads(told)]


@pytest.mark.parametrize(
    ("clock_s", "steady_s", "jumped_s"),
    [
        (1.0, 1.0, None),
        (31.0, 1.0, None),
        (-29.0, 1.0, None),
        (60.0, 1.0, None),  # a simulation's clock, sixty times as fast
        (60.0 * 5, 5.0, None),
        (86_401.0, 1.0, 86_400.0),
        (-3_599.0, 1.0, -3_600.0),
        (1.0 - 2 * JUMP_S, 1.0, -2 * JUMP_S),
        (3_600.0, 3_600.0, None),  # the process stood still, or the computer slept
    ],
)
def test_a_clock_that_was_set(clock_s, steady_s, jumped_s):
    assert jump(clock_s, steady_s) == jumped_s


@pytest.mark.parametrize("hours", [24, -1])
async def test_what_is_due_moves_with_the_clock(crawl, hours):  # noqa: F811
    store, now = crawl.store, NOON + timedelta(hours=hours)
    one = QueuedUrl(url_key="a", url="http://a.example/", source_id="zz_a", channel_id=None, entry=None)
    with store.transaction():
        store.connection.execute(
            "INSERT INTO sources (id, publisher, url, country, in_language, added_at)"
            " VALUES ('zz_a', '', '', 'zz', '[]', '')"
        )
        store.queue.add([one], now=NOON, due_at=NOON + timedelta(minutes=10))
        store.hosts.put(HostState(host="a.example", retry_at=NOON + timedelta(seconds=30)))
        store.connection.execute(
            "INSERT INTO channels (source_id, kind, url, last_checked_at, next_check_at)"
            " VALUES ('zz_a', 'feed', 'x', ?, ?)",
            (to_text(NOON), to_text(NOON + timedelta(minutes=5))),
        )
        move_due(store.connection, hours * 3600.0, now)
    row = store.connection.execute("SELECT last_checked_at, next_check_at FROM channels").fetchone()
    assert row["next_check_at"] == to_text(now + timedelta(minutes=5))
    assert row["last_checked_at"] == to_text(min(NOON, now))
    assert store.connection.execute("SELECT due_at FROM queue").fetchone()[0] == to_text(now + timedelta(minutes=10))
    assert store.hosts.get("a.example").retry_at == now + timedelta(seconds=30)


async def test_a_run_ends_in_order_while_the_disk_still_has_room(crawl, monkeypatch):  # noqa: F811
    assert await crawl.has_room()
    assert crawl.exit_status == EXIT_OK
    monkeypatch.setattr("shutil.disk_usage", lambda path: Usage(1, 1, limits.DISK_RESERVE_BYTES - 1))
    assert not await crawl.has_room()
    assert not await crawl.has_room()
    assert crawl.exit_status == EXIT_DISK
    assert crawl.failure is None
    assert notes(crawl) == ["disk_full"]


async def test_a_reader_that_stays_is_spoken_of_once(crawl, monkeypatch):  # noqa: F811
    await crawl.look_at_log()
    assert notes(crawl) == []
    monkeypatch.setattr("newscrawl.crawl.WAL_BYTES_MAX", 2**18)
    with open_store(crawl.store.path, read_only=True) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM articles").fetchone()
        await crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example", robots_txt="#" * 2**19)))
        await crawl.look_at_log()
        await crawl.look_at_log()
    assert notes(crawl) == ["long_reader"]


async def test_a_locked_database_is_waited_for_while_the_loop_goes_on(crawl, tmp_path: Path):  # noqa: F811
    busy: list[bool] = []
    crawl.commits.on_busy = busy.append
    with sqlite3.connect(crawl.store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example"))))
        async with asyncio.timeout(60):
            while not busy:
                await asyncio.sleep(0.05)
        assert not waiting.done()
        assert busy == [True]
        other.execute("COMMIT")
    await waiting
    assert busy == [True, False]
    assert crawl.store.hosts.get("a.example") is not None
    assert crawl.failure is None


async def test_one_that_stays_locked_ends_the_run(crawl, monkeypatch):  # noqa: F811
    monkeypatch.setattr("newscrawl.commits.BUSY_MAX_S", 0.0)
    with sqlite3.connect(crawl.store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(
            crawl.write(lambda: crawl.store.hosts.put(HostState(host="a.example"))), return_exceptions=True
        )
        other.execute("COMMIT")
    assert type(results[0]).__name__ == "CloseSpider"
    assert "locked" in str(crawl.failure)


async def test_a_note_says_when(crawl):  # noqa: F811
    before = datetime.now(UTC) - timedelta(seconds=1)
    await crawl.note("db_busy", "for 70 s")
    told = json.loads(crawl.store.connection.execute("SELECT notes FROM runs").fetchone()[0])
    assert told[0]["message"] == "for 70 s"
    assert datetime.fromisoformat(told[0]["at"]) >= before
