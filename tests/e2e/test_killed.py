"""SIGKILL in the middle of a crawl: the database opens, nothing is half-written, and a rerun completes it."""

import sqlite3
import time

import pytest

from tests.e2e.newsroom import Newsroom
from tests.site.stories import load

pytestmark = pytest.mark.slow

SERVED = 4
STORIES = sum(story.paper != "herald" and not story.withdrawn for story in load().values())
"""Those that the listings announce, but for the one that is taken down once it has been served, stored or not."""
WAIT_S = 240


def test_a_killed_crawl_leaves_a_sound_database_and_a_rerun_completes_it(newsroom: Newsroom) -> None:
    newsroom.papers.ask_desk("delay", s="1.5")
    with newsroom.start("listing", sources="zz/demo*") as process:
        _wait_until_served(newsroom)
        process.kill()
        process.communicate()
    newsroom.papers.ask_desk("delay", s="0")

    with sqlite3.connect(newsroom.db) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    half = newsroom.rows(
        "SELECT id FROM articles a WHERE article_body IS NULL OR NOT EXISTS"
        " (SELECT 1 FROM urls u WHERE u.article_id = a.id) OR NOT EXISTS"
        " (SELECT 1 FROM changes c WHERE c.article_id = a.id)"
    )
    assert half == []
    before = _stored(newsroom)
    assert len(before) < STORIES

    newsroom.crawl("listing", sources="zz/demo*")
    after = _stored(newsroom)
    assert before < after
    assert len(after) == STORIES
    assert newsroom.rows("SELECT url FROM queue") == []


def _stored(newsroom: Newsroom) -> set[str]:
    return {row["url_key"] for row in newsroom.rows("SELECT url_key FROM articles") if "mudflat" not in row["url_key"]}


def _wait_until_served(newsroom: Newsroom) -> None:
    give_up_at = time.monotonic() + WAIT_S
    while time.monotonic() < give_up_at:
        articles = [
            row for paper in ("gazette", "listok") for row in newsroom.papers.log(paper) if len(row["path"]) > 12
        ]
        if len(articles) >= SERVED:
            return
        time.sleep(0.1)
    raise AssertionError("the crawl asked for no articles")
