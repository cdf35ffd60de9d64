"""Endless and false pages, crawled as a user would: each crawl ends, and each address has its outcome."""

import sqlite3
from pathlib import Path

import pytest

from tests.e2e.small_site import Answer, cards, crawl, serve
from tests.hostile.answers import article
from tests.hostile.pages import CHALLENGE

pytestmark = pytest.mark.slow

MOST = 8
"""Requests alike that may bring nothing, in these crawls."""
UNDER_WAY = 60
"""What may have been asked for before the first of them are known to bring nothing."""
TRIES = 12 * MOST
FEW = {"NEWSCRAWL_TRAP_REQUESTS": str(MOST), "CONCURRENT_REQUESTS": "2"}
NOTHING = b"<html><title>Agenda</title><body><h1>Agenda</h1><p>No entries in this month.</p></body></html>"
MISSING = (
    b"<html><title>Page not found</title><body><h1>404 - page not found</h1>"
    b"<p>The page you asked for does not exist any more.</p></body></html>"
)
CONSENT = (
    b"<html><title>Before you continue</title><body><h1>We value your privacy</h1><p>We and our 837 partners use"
    b" cookies to store and access personal data. Choose whether you consent.</p><button>Accept all</button>"
    b"<button>Reject all</button></body></html>"
)


def outcomes(db: Path, address: str) -> dict[str, str]:
    """Path → outcome; an address with two rows fails."""
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT url, outcome FROM fetches WHERE kind = 'article'").fetchall()
    ends = {url.removeprefix(address): outcome for url, outcome in rows}
    assert len(ends) == len(rows)
    return ends


CALENDAR = [f"/calendar/{2030 + n // 12}/{1 + n % 12:02d}/" for n in range(TRIES)]
SESSIONS = [f"/view/page?sid={n:08x}" for n in range(TRIES)]
REPEATING = ["/tour/a/b/a/b/a/b/story-of-the-town"]
STORIES = [f"/news/{n}-story-of-the-town" for n in range(TRIES)]
FALSE = {
    "/lost/1-story-of-the-town": (MISSING, ("soft_404",)),
    "/wall/2-story-of-the-town": (CONSENT, ("consent", "not_article", "no_text")),
    "/guard/3-story-of-the-town": (CHALLENGE, ("challenge",)),
}


def trap(path: str) -> Answer:
    if path == "/":
        return 200, cards([*CALENDAR, *SESSIONS, *REPEATING, *STORIES, *FALSE])
    if path in FALSE:
        return 200, FALSE[path][0]
    return 200, article(path) if path.startswith("/news/") else NOTHING


@pytest.fixture(scope="module")
def trapped(tmp_path_factory):
    db = tmp_path_factory.mktemp("traps") / "news.db"
    with serve(trap) as (address, asked):
        crawl(address, db, settings=FEW)
        return outcomes(db, address), asked


@pytest.mark.parametrize(
    ("paths", "outcome"), [(CALENDAR, "trap_calendar"), (SESSIONS, "trap_session"), (REPEATING, "trap_path")]
)
def test_a_trap_is_left(trapped, paths, outcome):
    ends, asked = trapped
    assert sum(asked[path] for path in paths) <= MOST + UNDER_WAY
    left = [path for path in paths if not asked[path]]
    assert left
    # An address that is no article's to begin with is not even taken up.
    assert {ends[path] for path in left if path in ends} <= {outcome}
    assert outcome == "trap_calendar" or any(path in ends for path in left)


def test_stories_beside_traps_come(trapped):
    assert {trapped[0][path] for path in STORIES} == {"ok"}


@pytest.mark.parametrize("path", FALSE)
def test_a_false_page_is_no_article(trapped, path):
    assert trapped[0][path] in FALSE[path][1]


def test_endless_pages_are_left(tmp_path):
    def endless(path: str) -> Answer:
        if path.startswith("/story/"):
            return 200, NOTHING
        page = int(path.partition("=")[2] or 0)
        return 200, cards(
            [f"/story/{page}-{n}-of-the-town" for n in range(6)], f'<a rel="next" href="/?page={page + 1}">Next</a>'
        )

    with serve(endless) as (address, asked):
        crawl(address, tmp_path / "news.db", pages="500", settings=FEW)
        assert set(outcomes(tmp_path / "news.db", address).values()) <= {"trap_pages", "not_article", "no_text"}
    assert sum(number for path, number in asked.items() if path.startswith("/?page=")) <= MOST + UNDER_WAY
    assert sum(number for path, number in asked.items() if path.startswith("/story/")) <= MOST + UNDER_WAY


def test_mirrors_are_one_article(tmp_path):
    paths = [f"/{mirror}/story-of-the-town" for mirror in ("a", "b", "c", "d")]
    with serve(lambda path: (200, cards(paths) if path == "/" else article("the one"))) as (address, _):
        crawl(address, tmp_path / "news.db", settings=FEW)
    with sqlite3.connect(tmp_path / "news.db") as connection:
        originals = connection.execute("SELECT count(*) FROM articles WHERE copy_of IS NULL").fetchone()[0]
    assert originals == 1


def test_a_false_page_never_takes_the_place_of_a_story(tmp_path):
    db, path = tmp_path / "news.db", STORIES[0]
    shown = {"story": article(path), "word": b"rebuilt"}

    def answer(asked: str) -> Answer:
        if asked == "/":
            # Another headline on the list, so that the story is visited again.
            return 200, cards(STORIES[:6]).replace(b"rebuilt", shown["word"])
        return 200, shown["story"] if asked == path else article(asked)

    def stored(address: str) -> tuple[str, str]:
        with sqlite3.connect(db) as connection:
            return connection.execute(
                "SELECT headline, article_body FROM articles WHERE url = ?", (address + path,)
            ).fetchone()

    with serve(answer) as (address, asked):
        crawl(address, db, settings=FEW)
        first = stored(address)
        for number, (page, _) in enumerate(FALSE.values()):
            shown |= {"story": page, "word": f"mended {number} times".encode()}
            crawl(address, db, settings=FEW)
            assert asked[path] == 2 + number
            assert stored(address) == first
