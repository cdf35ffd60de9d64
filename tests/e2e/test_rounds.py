"""Two rounds over the demo papers: everything once, exactly, and nothing that was not allowed."""

import re
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from tests.e2e.newsroom import Newsroom
from tests.site import demo
from tests.site.stories import Story, load

pytestmark = pytest.mark.slow

PUBLISHERS = ("herald", "gazette", "listok")


@pytest.fixture(scope="session")
def stored(first_round: Newsroom) -> dict[str, dict[str, Any]]:
    """Story key → the article stored through the paper whose story it is, after the first round."""
    by_headline: dict[tuple[str, str], dict[str, Any]] = {}
    for row in first_round.rows("SELECT * FROM articles"):
        by_headline[row["source_id"].removeprefix("zz_demo_"), row["headline"]] = row
    found = {}
    for story in load().values():
        row = by_headline.get((story.paper, story.headline)) or by_headline.get((story.paper, story.edited().headline))
        if row is not None:
            found[story.key] = row
    return found


@pytest.fixture(scope="session")
def published(first_round: Newsroom) -> dict[str, datetime]:
    """Story key → the true instant of its publication."""
    stories = first_round.papers.ask_desk("stories")
    return {f"{row['paper']}/{row['slug']}": datetime.fromisoformat(row["published"]) for row in stories}


def wanted(*papers: str) -> list[str]:
    return [story.key for story in load().values() if story.paper in papers and not story.subscribers]


@pytest.mark.parametrize("key", wanted(*PUBLISHERS, "roundup"))
def test_the_story_is_stored_with_its_whole_text(key: str, stored: dict[str, dict[str, Any]]) -> None:
    story: Story = load()[key]
    expected = story.edited() if key.startswith("herald/east") else story
    paragraphs = stored[key]["article_body"].split("\n\n")
    if story.credit and paragraphs[-1].endswith(story.credit):  # a credit line may stay, or go into `credit`
        del paragraphs[-1]
    assert paragraphs == list(expected.paragraphs)


@pytest.mark.parametrize("key", wanted(*PUBLISHERS, "roundup"))
def test_the_story_was_published_in_its_interval(
    key: str, stored: dict[str, dict[str, Any]], published: dict[str, datetime]
) -> None:
    row = stored[key]
    earliest, latest = (datetime.fromisoformat(row[f"date_published_{end}"]) for end in ("earliest", "latest"))
    assert earliest <= published[key] <= latest


def test_nothing_else_is_stored(first_round: Newsroom, stored: dict[str, dict[str, Any]]) -> None:
    rows = first_round.rows("SELECT id, url FROM articles")
    assert [row["url"] for row in rows if row["id"] not in {one["id"] for one in stored.values()}] == []


def test_the_wire_story_is_one_new_article_and_one_copy(stored: dict[str, dict[str, Any]]) -> None:
    ours = stored["herald/ferry-crews-call-off-strike"]
    theirs = stored["gazette/island-ferries-to-sail-on-saturday"]
    assert (ours["verdict"], ours["copy_of"]) == ("new", None)
    assert (theirs["verdict"], theirs["copy_of"]) == ("copy", ours["id"])


def test_the_aggregators_stories_are_copies_of_the_papers_own(stored: dict[str, dict[str, Any]]) -> None:
    carried = stored["roundup/meteor-caught-by-doorbell-cameras"]
    assert carried["copy_of"] == stored["herald/meteor-caught-by-doorbell-cameras"]["id"]


def test_the_edit_is_a_revision_and_the_first_text_is_kept(
    first_round: Newsroom, stored: dict[str, dict[str, Any]]
) -> None:
    row = stored["herald/east-bridge-hairline-cracks"]
    assert (row["verdict"], row["revision"]) == ("revision", 2)
    kept = first_round.rows("SELECT number, article_body FROM revisions WHERE article_id = ?", row["id"])
    assert [one["number"] for one in kept] == [1]
    assert "in two of its nine piers" in kept[0]["article_body"]


def test_the_language_is_known_in_each_script(stored: dict[str, dict[str, Any]]) -> None:
    assert stored["listok/staraya-karta"]["in_language"].startswith("ru")
    assert stored["herald/royal-theatre-roof-restored"]["in_language"].startswith("en")


def test_no_forbidden_folder_was_asked_for(first_round: Newsroom) -> None:
    asked = [
        row["path"] for paper in first_round.papers.addresses if paper != "desk" for row in _log(first_round, paper)
    ]
    assert "/robots.txt" in asked
    forbidden = ("/subscribers/", "/print/", "/premium/", "/poisk/")
    assert [path for path in asked if path.startswith(forbidden)] == []


def _log(room: Newsroom, paper: str) -> list[dict[str, Any]]:
    return room.papers.log(paper)


def test_every_address_came_to_one_end_in_a_run(first_round: Newsroom) -> None:
    twice = first_round.rows("SELECT url FROM fetches WHERE kind != 'robots' GROUP BY run_id, url HAVING count(*) > 1")
    assert twice == []
    assert first_round.rows("SELECT url FROM queue") == []


def test_the_second_round_adds_no_article(first_round: Newsroom, second_round: Newsroom) -> None:
    count = "SELECT count(*) AS articles FROM articles"
    assert second_round.rows(count) == first_round.rows(count)


def test_the_second_round_asks_conditionally(second_round: Newsroom) -> None:
    statuses = [(row["path"], row["status"]) for row in _log(second_round, "herald")]
    assert ("/news-sitemap.xml", 304) in statuses


def test_the_second_round_sees_the_headline_that_changed(second_round: Newsroom) -> None:
    rows = second_round.rows("SELECT revision, headline FROM articles WHERE headline LIKE 'First patient landed%'")
    assert [row["revision"] for row in rows] == [2]


def test_the_second_round_records_what_disappeared(second_round: Newsroom) -> None:
    rows = second_round.rows("SELECT headline, status, word_count FROM articles WHERE status = 'gone'")
    assert len(rows) == 1
    assert "sandpipers" in rows[0]["headline"]
    assert rows[0]["word_count"] > 200
    ends = second_round.rows("SELECT outcome, status FROM fetches WHERE url LIKE '%mudflat%' ORDER BY id DESC LIMIT 1")
    assert ends == [{"outcome": "http_404", "status": 404}]


def test_the_demos_table_shows_intervals_and_verdicts(first_round: Newsroom) -> None:
    with first_round.store() as store:
        shown = StringIO()
        Console(width=160, file=shown).print(demo.table(store.connection))
    printed = shown.getvalue()
    assert re.search(r"\d\d:\d\d ± \d+ min", printed)
    assert "copy of The Demo Herald" in printed
    assert "Речной листок" in printed
    assert "revision" in printed
    assert "unknown" not in printed
