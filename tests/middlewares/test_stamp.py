"""When an answer was made: our clock at its headers, or the stored Date when it is replayed from the HTTP cache."""

from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.http import Response

from newscrawl.crawl import FETCHED_AT, SENT_AT, Crawl, Errand
from newscrawl.middlewares.stamp import StampMiddleware
from newscrawl.sources import source_for_url

URL = "https://herald.example/"
DATE = "Tue, 28 Jul 2026 06:00:00 GMT"


def stamped(*, flags: list[str], given: datetime | None = None) -> datetime:
    errand = Errand(kind="listing", source=source_for_url(URL), fetched_at=given)
    request = Request(URL, meta={"newscrawl": errand})
    StampMiddleware().process_response(request, Response(URL, headers={"Date": DATE}, flags=flags, request=request))
    return request.meta[FETCHED_AT]


def test_a_replay_keeps_the_instant_it_was_first_fetched():
    assert stamped(flags=["cached"]) == datetime(2026, 7, 28, 6, tzinfo=UTC)


def test_a_fresh_answer_has_our_clock_whatever_the_server_says():
    assert abs(stamped(flags=[]) - Crawl.clock()) < timedelta(minutes=5)


def test_an_instant_given_by_the_user_wins():
    given = datetime(2025, 7, 28, 6, tzinfo=UTC)
    assert stamped(flags=["cached"], given=given) == given


def test_without_a_request_on_the_wire_nothing_was_sent():
    request = Request(URL, meta={})
    StampMiddleware().process_response(request, Response(URL, request=request))
    assert SENT_AT not in request.meta
