"""What happens around a crawl: a database locked, shared or cut short, a proxy in the environment. Nothing is lost."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.crawl import EXIT_DATABASE, EXIT_DISK, EXIT_OK
from tests.crash.paper import serve

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ARTICLES = 120
MANY = 240
WAIT_S = 300
LOCKED_S = 12.0


def start(address: str, db: Path, limit: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "scrapy", "crawl", "listing", "-a", f"url={address}/", "-a", "pages=9"]
    settings = {
        "NEWSCRAWL_DB": db,
        "NEWSCRAWL_ALLOW_ADDRESSES": address.removeprefix("http://"),
        "NEWSCRAWL_EXTRACT_WORKERS": 1,  # reading in the crawl's own process would hold up its connections
    }
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"SCRAPY_PROJECT": "test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=limit,
    )


def end(process: "subprocess.Popen[str]") -> tuple[int, str]:
    told, _ = process.communicate(timeout=WAIT_S)
    assert "Traceback" not in told, told
    return process.returncode, told


def stored(db: Path) -> dict[str, int]:
    """Articles by key, from a database that is sound."""
    with sqlite3.connect(db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return dict(connection.execute("SELECT url_key, row_hash FROM articles"))


def last_run(db: Path) -> tuple[str | None, int | None, list[str]]:
    with sqlite3.connect(db) as connection:
        row = connection.execute("SELECT finish_reason, exit_status, notes FROM runs ORDER BY id DESC").fetchone()
    return row[0], row[1], [note["code"] for note in json.loads(row[2])]


def wait_until_stored(db: Path, articles: int) -> None:
    give_up_at = time.monotonic() + WAIT_S
    while time.monotonic() < give_up_at:
        if db.exists() and db.stat().st_size:
            with sqlite3.connect(db) as connection:
                tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'articles'").fetchone()[0]
                if tables and connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= articles:
                    return
        time.sleep(0.05)
    raise AssertionError("the crawl stores nothing")


def test_a_database_that_another_process_holds_is_waited_for(tmp_path: Path):
    db = tmp_path / "news.db"
    with serve(MANY) as (address, asked), start(address, db) as process:
        wait_until_stored(db, 1)
        with sqlite3.connect(db, isolation_level=None, timeout=30) as other:
            other.execute("BEGIN IMMEDIATE")
            before = sum(asked.values())
            time.sleep(LOCKED_S)
            asked_meanwhile = sum(asked.values()) - before
            other.execute("COMMIT")
        status, told = end(process)
    assert status == EXIT_OK, told
    assert len(stored(db)) == MANY
    # What was under way is still answered; without the pause, all would have been asked for.
    assert asked_meanwhile < MANY / 2
    assert last_run(db) == ("finished", EXIT_OK, ["db_busy"])


def test_two_crawls_at_once_store_everything_once(tmp_path: Path):
    db = tmp_path / "news.db"
    with serve(ARTICLES) as (address, asked), start(address, db) as one, start(address, db) as other:
        ends = [end(process) for process in (one, other)]
    assert [status for status, _ in ends] == [EXIT_OK, EXIT_OK], ends
    assert len(stored(db)) == ARTICLES
    assert {count for path, count in asked.items() if path.startswith("/news/")} == {1}


def test_a_proxy_in_the_environment_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    db = tmp_path / "news.db"
    with serve(3) as (address, _), start(address, db) as process:
        assert end(process)[0] == EXIT_OK
    assert len(stored(db)) == 3


def test_where_the_file_may_not_grow_what_was_stored_stays_and_a_rerun_completes_it(tmp_path: Path):
    db = tmp_path / "news.db"

    def limit() -> None:  # the log holds the tables, and more than one group commit; the whole crawl takes 2.3 MB
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    with serve(ARTICLES) as (address, _), start(address, db, limit) as process:
        status, told = end(process)
        assert status == EXIT_DISK, told
        before = stored(db)
        assert 0 < len(before) < ARTICLES
        with start(address, db) as again:
            assert end(again)[0] == EXIT_OK
    after = stored(db)
    assert len(after) == ARTICLES
    assert before.items() <= after.items()


def test_a_file_that_was_cut_off_is_not_written_to(tmp_path: Path):
    db = tmp_path / "news.db"
    with serve(5) as (address, _):
        with start(address, db) as process:
            assert end(process)[0] == EXIT_OK
        with db.open("r+b") as file:
            file.truncate(db.stat().st_size // 2)
        half = db.read_bytes()
        with start(address, db) as process:
            status, told = end(process)
    assert status == EXIT_DATABASE
    assert "cannot be used as a database" in told
    assert db.read_bytes() == half
