"""The monitor as a service: it stays up, shares its channels with a second one, and ends in order at SIGTERM."""

import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.e2e.newsroom import Newsroom

pytestmark = pytest.mark.slow

WAIT_S = 240
WAITED_FOR = (
    "SELECT (SELECT count(*) FROM runs WHERE heartbeat_at > started_at) = 2 AND count(*) > 0"
    " AND count(*) = count(last_checked_at) FROM channels"
)
"""Both are under way, and every channel was checked."""


def test_two_monitors_share_the_channels_and_end_in_order(newsroom: Newsroom) -> None:
    newsroom.settings.update(NEWSCRAWL_CHECK_MIN_S="3600", LOG_LEVEL="WARNING")
    with (
        newsroom.start("monitor", sources="zz/demo*") as one,
        newsroom.start("monitor", sources="zz/demo*") as other,
    ):
        _wait_for(newsroom, WAITED_FOR)
        for process in (one, other):
            process.send_signal(signal.SIGTERM)
        for process in (one, other):
            process.communicate(timeout=WAIT_S)
            assert process.returncode == 0
    twice = newsroom.rows("SELECT channel_id FROM checks GROUP BY channel_id HAVING count(DISTINCT run_id) > 1")
    assert twice == [], "both checked one channel, though it was not due again"
    assert newsroom.rows("SELECT id FROM channels WHERE lease_run IS NOT NULL") == []
    assert [row["exit_status"] for row in newsroom.rows("SELECT exit_status FROM runs")] == [0, 0]

    newsroom.crawl("monitor", sources="zz/demo*", once="1")
    last = newsroom.rows("SELECT * FROM checks WHERE run_id = (SELECT max(id) FROM runs)")
    assert last == [], "nothing was due"


def _wait_for(newsroom: Newsroom, query: str) -> None:
    give_up_at = time.monotonic() + WAIT_S
    while time.monotonic() < give_up_at:
        if newsroom.db.exists():
            with closing(sqlite3.connect(f"file:{newsroom.db}?mode=ro", uri=True)) as database:
                tables = database.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('runs', 'channels')")
                if tables.fetchone()[0] == 2 and database.execute(query).fetchone()[0]:
                    return
        time.sleep(0.2)
    raise AssertionError(f"not in time: {query}")


def test_told_to_end_it_does_not_wait_for_a_site_that_never_answers(newsroom: Newsroom) -> None:
    patient = dict.fromkeys(("NEWSCRAWL_HEADERS_S", "NEWSCRAWL_TOTAL_S", "NEWSCRAWL_ROBOTS_S"), str(10 * WAIT_S))
    newsroom.settings.update(patient, LOG_LEVEL="WARNING")
    newsroom.papers.ask_desk("delay", s=str(10 * WAIT_S))
    with newsroom.start("monitor", sources="zz/demo*") as process:
        _wait_for(newsroom, "SELECT count(*) > 0 FROM channels WHERE lease_run IS NOT NULL")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=WAIT_S)
        assert process.returncode == 0
    newsroom.papers.ask_desk("delay", s="0")
    assert newsroom.rows("SELECT outcome FROM fetches") == [], "what was given up is nobody's failure"
    assert newsroom.rows("SELECT id FROM channels WHERE lease_run IS NOT NULL OR failures > 0") == []
    assert [row["finish_reason"] for row in newsroom.rows("SELECT finish_reason FROM runs")] == ["shutdown"]
