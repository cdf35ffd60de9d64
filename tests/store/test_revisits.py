"""Re-visits are queued likeliest first and once; a page is deleted only after a second look."""

from newscrawl.store import Fetch
from newscrawl.urls import key
from tests.store.conftest import PARAGRAPHS, Desk, article, later

OTHER = ("The mill at Ostrow was sold to its workers on Friday.", *(text.upper() for text in PARAGRAPHS[:3]))


def queue(desk: Desk, budget: int = 10, chance_min: float = 0.05) -> int:
    with desk.store.transaction():
        return desk.store.revisits.queue(["zz_herald"], now=later(2), budget=budget, chance_min=chance_min)


def test_a_young_article_is_queued_once(desk: Desk):
    desk.put(article())
    assert queue(desk) == 1
    assert [row["reason"] for row in desk.rows("queue")] == ["revisit"]
    assert queue(desk) == 0


def test_the_budget_is_kept(desk: Desk):
    desk.put(article())
    desk.put(article("mill", paragraphs=OTHER, headline="Mill sold"))
    assert queue(desk, budget=1) == 1
    assert queue(desk, budget=0) == 0


def test_an_article_that_never_had_a_page_of_its_own_is_not_visited(desk: Desk):
    desk.put(article(http_status=None))
    assert queue(desk) == 0


def test_gone_and_then_deleted(desk: Desk):
    desk.put(article())
    url_key = key(article().url)
    assert desk.store.revisits.gone_at(url_key) is None
    with desk.store.transaction():
        desk.store.articles.mark_deleted(url_key, run_id=desk.run_id, now=later(1))
    assert desk.rows("articles")[0]["status"] == "usable"
    with desk.store.transaction():
        desk.store.articles.mark_gone(url_key, run_id=desk.run_id, now=later(1))
    assert desk.store.revisits.gone_at(url_key) == later(1)
    with desk.store.transaction():
        desk.store.articles.mark_deleted(url_key, run_id=desk.run_id, now=later(8))
    assert desk.rows("articles")[0]["status"] == "deleted"
    assert [row["op"] for row in desk.rows("changes")] == ["new", "gone", "deleted"]


def test_a_host_is_live_by_another_page_than_the_one_in_doubt(desk: Desk):
    fetch = Fetch(
        url="https://herald.example/a", outcome="ok", kind="article", started_at=later(1), finished_at=later(1)
    )
    with desk.store.transaction():
        desk.store.runs.record(desk.run_id, fetch)
    live = desk.store.revisits.is_host_live
    assert live("https://herald.example/b", since=later(0))
    assert not live("https://herald.example/a", since=later(0))
    assert not live("https://herald.example/b", since=later(2))
    assert not live("https://other.example/b", since=later(0))
