"""The guard: what is not asked, what is not taken, and what one source may use."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from newscrawl.middlewares.guard import Budget, GuardMiddleware, site_of
from newscrawl.middlewares.refused import Refused
from newscrawl.transport.meta import TOOK_S


def request(url: str = "http://news.example/a", *, kind: str = "article", user_url: bool = False, **more) -> Request:
    errand = SimpleNamespace(kind=kind, source=SimpleNamespace(id="zz_news", delay_s=None), user_url=user_url)
    return Request(url, meta={"newscrawl": errand, **more.pop("meta", {})}, **more)


def outcome_of(guard: GuardMiddleware, one: Request) -> str | None:
    try:
        guard.process_request(one)
    except Refused as refusal:
        return refusal.outcome
    return None


@pytest.fixture
def guard():
    return GuardMiddleware({("127.0.0.1", 8000)}, Budget())


@pytest.mark.parametrize(
    ("one", "outcome"),
    [
        (request(), None),
        (request("http://127.0.0.1:8000/x"), None),
        (request("http://127.0.0.1:8001/x"), "blocked_address"),
        (request("file:///etc/hostname"), "blocked_scheme"),
        (request("file:///home/me/page.html", user_url=True), None),
        (request("file:///etc/hostname", user_url=True, meta={"redirect_times": 1}), "blocked_scheme"),
        (request("data:text/html,x"), "blocked_scheme"),
        (Request("http://10.0.0.1/"), "blocked_address"),
    ],
)
def test_the_gate(guard, one, outcome):
    assert outcome_of(guard, one) == outcome


def test_hosts_of_one_site_share_a_slot(guard):
    one = request("http://sport.news.co.uk/a")
    guard.process_request(one)
    assert one.meta["download_slot"] == "news.co.uk"
    assert site_of("127.0.0.1:8000") == "127.0.0.1:8000"
    assert site_of("[::1]:8000") == "[::1]:8000"
    assert site_of("paper.blogspot.com") == "paper.blogspot.com"


@pytest.mark.parametrize(
    ("budget", "took_s", "passes"),
    [(Budget(requests=3), 0.0, 3), (Budget(articles=2), 0.0, 2), (Budget(minutes=1.0), 25.0, 3)],
)
def test_budgets(budget, took_s, passes):
    guard = GuardMiddleware((), budget)
    ends = []
    for n in range(5):
        one = request(f"http://news.example/{n}")
        ends.append(outcome_of(guard, one))
        one.meta[TOOK_S] = took_s
        guard.process_exception(one, OSError())
    assert ends == [None] * passes + ["budget"] * (5 - passes)
    other = request()
    other.meta["newscrawl"].source.id = "zz_other"
    assert outcome_of(guard, other) is None


def answered(guard, one: Request, status: int = 200, body: bytes = b"<html><body>x</body></html>") -> HtmlResponse:
    return guard.process_response(one, HtmlResponse(one.url, status=status, body=body))


@pytest.mark.parametrize(
    ("status", "body", "headers", "outcome"),
    [
        (206, b"x", {}, "unexpected_206"),
        (304, b"", {}, "unexpected_304"),
        (200, b" \n", {}, "empty_body"),
        (204, b"", {}, "empty_body"),
        (206, b"x", {"Range": "bytes=0-1"}, None),
        (304, b"", {"If-None-Match": '"a"'}, None),
        (404, b"", {}, None),
    ],
)
def test_answers_that_are_no_pages(guard, status, body, headers, outcome):
    if outcome is None:
        assert answered(guard, request(headers=headers), status, body).status == status
    else:
        with pytest.raises(Refused, match=outcome):
            answered(guard, request(headers=headers), status, body)


def test_a_page_that_just_stops_is_flagged(guard):
    assert answered(guard, request(), body=b"<html><body><div><p>The bridge").flags == ["truncated"]
    assert answered(guard, request()).flags == []
    assert answered(guard, request(kind="feed"), body=b"<html><body><div><p>The bridge").flags == []
