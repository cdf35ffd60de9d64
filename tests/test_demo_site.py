"""The demo papers are what their readers' tests rely on."""

import json
import socket
import urllib.request
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError

import pytest

from tests.conftest import NetworkClosedError
from tests.site import desk, forms
from tests.site.ages import age_words, russian
from tests.site.running import Papers
from tests.site.server import make_world
from tests.site.world import World

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
HERALD, GAZETTE, LISTOK, ROUNDUP = "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.1"
CRACKS = "/2026/03/10/east-bridge-hairline-cracks"


@pytest.fixture
def world() -> World:
    made = make_world(8731, epoch=NOON)
    made.now = lambda: NOON
    return made


def body(world: World, host: str, path: str, charset: str = "utf-8") -> str:
    status, _, page = world.respond(host, path, {})
    assert status == 200
    return page.decode(charset)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (44, "a few seconds ago"),
        (45, "a minute ago"),
        (44 * 60 + 29, "44 minutes ago"),
        (44 * 60 + 30, "an hour ago"),
        (90 * 60 - 1, "an hour ago"),
        (90 * 60, "2 hours ago"),
        (21.4 * 3_600, "21 hours ago"),
        (22 * 3_600, "a day ago"),
        (36 * 3_600, "2 days ago"),
        (25.4 * 86_400, "25 days ago"),
        (26 * 86_400, "a month ago"),
        (60 * 86_400, "2 months ago"),
        (400 * 86_400, "a year ago"),
    ],
)
def test_ages_are_worded_as_moment_js_words_them(seconds: float, words: str) -> None:
    assert age_words(timedelta(seconds=seconds)) == words


def test_russian_dates_use_the_genitive_and_the_papers_own_zone() -> None:
    assert russian(NOON, "Asia/Almaty") == "10 марта 2026, 17:00"


@pytest.mark.parametrize("host", [HERALD, GAZETTE, LISTOK, ROUNDUP])
def test_every_paper_has_eight_to_fifteen_articles_of_real_length(world: World, host: str) -> None:
    stories = [story for story in world.of(world.papers[host].key) if not story.subscribers]
    assert 8 <= len(stories) <= 15
    assert all(140 <= len(" ".join(story.paragraphs).split()) <= 500 for story in stories)


def test_the_aggregator_words_ages_at_the_time_of_the_request(world: World) -> None:
    assert '<div class="sc-age">an hour ago</div>' in body(world, ROUNDUP, "/")
    world.now = lambda: NOON + timedelta(hours=5)
    page = body(world, ROUNDUP, "/")
    assert '<div class="sc-age">6 hours ago</div>' in page
    assert "an hour ago" not in page


def test_an_article_is_edited_once_it_has_been_read(world: World) -> None:
    assert "in two of its nine piers" in body(world, HERALD, CRACKS)
    assert "in three of its nine piers" in body(world, HERALD, CRACKS)
    assert f"<lastmod>{(NOON + timedelta(seconds=2)).isoformat()}</lastmod>" in body(world, HERALD, "/news-sitemap.xml")


def test_an_article_disappears_once_it_has_been_read(world: World) -> None:
    birds = next(story for story in world.of("gazette") if story.withdrawn)
    path = f"/news/{birds.slug}-{birds.number}.html"
    assert path in body(world, GAZETTE, "/")
    body(world, GAZETTE, path)
    assert world.respond(GAZETTE, path, {})[0] == 404
    assert path in body(world, GAZETTE, "/")


def test_the_world_is_taken_up_where_it_was_left(world: World, tmp_path) -> None:
    world.state_path = tmp_path / "world.json"
    body(world, HERALD, CRACKS)
    again = make_world(8731, state_path=world.state_path)
    assert again.epoch == NOON
    assert "in three of its nine piers" in body(again, HERALD, CRACKS)


def test_the_wire_story_stands_in_two_papers_under_other_headlines(world: World) -> None:
    ours, theirs = (
        next(story for story in world.of(paper) if story.credit == "Northline") for paper in ("herald", "gazette")
    )
    assert ours.headline != theirs.headline
    assert ours.paragraphs[:5] == theirs.paragraphs


def test_front_pages_link_to_tracked_addresses_copies_and_forbidden_folders(world: World) -> None:
    front = body(world, GAZETTE, "/")
    assert "fbclid=" in front
    assert 'href="/amp/news/' in front
    assert 'href="/print/news/' in front
    assert "Disallow: /print/" in body(world, GAZETTE, "/robots.txt")
    assert "Disallow: /subscribers/" in body(world, HERALD, "/robots.txt")
    assert 'href="/subscribers/' in body(world, HERALD, CRACKS)


def test_the_listok_says_its_charset_in_the_page_only(world: World) -> None:
    _, headers, page = world.respond(LISTOK, "/", {})
    assert headers["Content-Type"] == "text/html"
    assert "Пешеходный мост" in page.decode("windows-1251")


def test_an_unchanged_channel_answers_304_to_either_validator(world: World) -> None:
    _, headers, _ = world.respond(HERALD, "/feed.xml", {})
    assert world.respond(HERALD, "/feed.xml", {"if-none-match": headers["ETag"]})[::2] == (304, b"")
    assert world.respond(HERALD, "/feed.xml", {"if-modified-since": headers["Last-Modified"]})[0] == 304
    body(world, HERALD, CRACKS)  # which edits it
    assert world.respond(HERALD, "/feed.xml", {"if-none-match": headers["ETag"]})[0] == 200


@pytest.mark.parametrize("form", ["text", *forms.FORMS])
def test_every_form_carries_the_same_three_records(world: World, form: str) -> None:
    page = body(world, ROUNDUP, f"/forms/{form}")
    readable = page if form == "text" else page.replace("&amp;", "&")
    records = forms.records(world)
    assert len(records) == 3
    for record in records:
        assert record.headline in readable
        assert record.text in readable
    if form == "text":
        assert "advancedturbines" in page


def test_the_state_of_the_next_page_is_json(world: World) -> None:
    page = body(world, ROUNDUP, "/forms/next-data")
    state = json.loads(page.split('type="application/json">')[1].split("</script>")[0])
    assert [row["title"] for row in state["props"]["pageProps"]["relatedArticles"]] == [
        record.headline for record in forms.records(world)
    ]


def test_the_papers_are_served_and_the_desk_sets_their_clock(papers: Papers) -> None:
    papers.ask_desk("clock", now="2026-03-10T12:00:00+00:00")
    with urllib.request.urlopen(papers.addresses["listok"] + "/", timeout=20) as answer:
        assert answer.headers["Date"] == "Tue, 10 Mar 2026 12:00:00 GMT"
    with pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(papers.addresses["listok"] + "/no-such-page", timeout=20)
    assert [(row["path"], row["status"]) for row in papers.log("listok")] == [("/", 200), ("/no-such-page", 404)]


def test_the_desk_lists_the_stories(world: World) -> None:
    assert len(json.loads(desk.answer(world, "/stories"))) == len(world.stories)


def test_the_network_is_closed_but_for_loopback() -> None:
    with socket.socket() as out, pytest.raises(NetworkClosedError):
        out.connect(("192.0.2.1", 80))
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.org", 80)
