"""`scrapy crawl related`: from an article along its related blocks, as deep as asked."""

import sqlite3
from pathlib import Path

import pytest

from tests.e2e.small_site import Answer, cards, crawl, serve
from tests.hostile.answers import article

pytestmark = pytest.mark.slow

STORIES = [f"/news/{number}-story-of-the-town" for number in range(15)]


def tree(path: str) -> Answer:
    """Story n leads to the stories 2n + 1 and 2n + 2, so that as many blocks deep lie 1, 2, 4 and 8 stories."""
    if path not in STORIES:
        return 404, b""
    at = STORIES.index(path)
    following = STORIES[2 * at + 1 : 2 * at + 3]
    items = cards(following).decode().partition("<main>")[2].partition("</main>")[0] if following else ""
    block = f'<aside class="related"><h2>Related articles</h2>{items}</aside>' if following else ""
    return 200, article(path, body=block)


def test_an_article_without_a_related_block_is_read_all_the_same(tmp_path: Path) -> None:
    db = tmp_path / "news.db"
    with serve(tree) as (address, _):
        crawl(address, db, spider="related", path=STORIES[-1])
        with sqlite3.connect(db) as connection:
            stored = connection.execute("SELECT url FROM articles").fetchall()
            kinds = connection.execute("SELECT kind, outcome FROM fetches WHERE url LIKE '%story%'").fetchall()
    assert stored == [(address + STORIES[-1],)]
    assert kinds == [("article", "ok")]


@pytest.mark.parametrize(("depth", "stories"), [("1", 3), ("2", 7)])
def test_as_many_blocks_deep_as_asked(tmp_path: Path, depth: str, stories: int) -> None:
    db = tmp_path / "news.db"
    with serve(tree) as (address, asked):
        crawl(address, db, spider="related", path=STORIES[0], depth=depth)
        with sqlite3.connect(db) as connection:
            stored = {url.removeprefix(address) for (url,) in connection.execute("SELECT url FROM articles")}
        assert stored == set(STORIES[:stories])
        assert {path for path in asked if path in STORIES} == stored
