"""An address that leads elsewhere: its article is marked moved, asked once more, and restored if it is back."""

from dataclasses import replace

import pytest

from newscrawl.clock import held
from newscrawl.crawl import Crawl, Errand
from newscrawl.ends import end_failed
from newscrawl.pipelines.store import put
from newscrawl.steps import Failed
from newscrawl.urls import key
from tests.shell.making import crawl_on
from tests.store.conftest import PARAGRAPHS, Desk, article, desk, later, source  # noqa: F401 - desk is a fixture

FERRY = article()
MILL = article("mill", headline="Mill sold", paragraphs=tuple(text[::-1] for text in PARAGRAPHS))


@pytest.fixture
def crawl(desk: Desk) -> Crawl:  # noqa: F811
    return crawl_on(desk.store, desk.run_id)


def store(crawl: Crawl, one, hours: float) -> None:
    with held(later(hours)), crawl.store.transaction():
        put(crawl, replace(one, fetched_at=later(hours)))


def fail(crawl: Crawl, outcome: str, *, is_elsewhere: bool) -> None:
    errand = Errand(kind="article", source=source(), url_key=key(FERRY.url))
    with held(later(2)), crawl.store.transaction():
        end_failed(crawl, Failed(errand=errand, url=FERRY.url, outcome=outcome, message="", is_elsewhere=is_elsewhere))


def told(crawl: Crawl) -> tuple[str, list[str]]:
    """The ferry article's status, and what befell it."""
    row = crawl.store.connection.execute("SELECT * FROM articles WHERE url_key = ?", (key(FERRY.url),)).fetchone()
    changes = crawl.store.connection.execute(
        "SELECT op FROM changes WHERE article_id = ? ORDER BY change_seq", (row["id"],)
    )
    return row["status"], [change["op"] for change in changes]


def test_an_address_that_leads_to_another_article(crawl: Crawl) -> None:
    store(crawl, FERRY, 0)
    store(crawl, replace(MILL, reached_by=(FERRY.url,)), 1)
    assert told(crawl) == ("moved", ["new", "moved"])
    queued = crawl.store.connection.execute("SELECT url, reason, due_at FROM queue").fetchall()
    assert [(row["url"], row["reason"]) for row in queued] == [(FERRY.url, "revisit")]
    store(crawl, FERRY, 8)
    assert told(crawl)[0] == "usable"
    assert told(crawl)[1][-1] == "restore"


def test_an_address_that_leads_to_the_same_text_has_not_moved_the_article(crawl: Crawl) -> None:
    store(crawl, FERRY, 0)
    store(crawl, replace(FERRY, url=FERRY.url + "-2", canonical_url=FERRY.url, reached_by=(FERRY.url,)), 1)
    assert told(crawl)[0] == "usable"


def test_what_was_only_read_in_a_feed_is_not_known_to_have_moved(crawl: Crawl) -> None:
    store(crawl, replace(FERRY, http_status=None), 0)
    store(crawl, replace(MILL, reached_by=(FERRY.url,)), 1)
    assert told(crawl)[0] == "usable"


@pytest.mark.parametrize(
    ("outcome", "is_elsewhere", "status"),
    [
        ("not_article", True, "moved"),  # the front page
        ("soft_404", True, "moved"),
        ("not_article", False, "usable"),
        ("consent", True, "usable"),  # a page that came in place of the article
        ("timeout_total", True, "usable"),
    ],
)
def test_an_address_that_leads_to_no_article(crawl: Crawl, outcome: str, is_elsewhere: bool, status: str) -> None:
    store(crawl, FERRY, 0)
    fail(crawl, outcome, is_elsewhere=is_elsewhere)
    assert told(crawl)[0] == status
    due = [row["due_at"] for row in crawl.store.connection.execute("SELECT due_at FROM queue WHERE reason = 'revisit'")]
    assert len(due) == (status == "moved")


def test_a_moved_article_is_marked_once(crawl: Crawl) -> None:
    store(crawl, FERRY, 0)
    for _ in range(2):
        fail(crawl, "not_article", is_elsewhere=True)
    assert told(crawl)[1] == ["new", "moved"]
