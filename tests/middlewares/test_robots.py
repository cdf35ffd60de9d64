"""robots.txt: which rules are ours, how long they hold, and what happens when there are none to be had."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego
from scrapy.http import Response, TextResponse

from newscrawl.middlewares.robots import UNREACHABLE, _holds, _next_state, product_token, read_rules
from newscrawl.store.base import HostState

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PAGE = "http://news.example/c/story"
# (robots.txt, whether PAGE may be fetched, why)
RULES = (
    ("", True, "nothing is forbidden"),
    ("User-agent: *\nDisallow: /", False, "all are forbidden"),
    ("User-agent: *\nDisallow:", True, "an empty rule forbids nothing"),
    ("User-agent: newscrawl\nDisallow: /\n\nUser-agent: *\nAllow: /", False, "our group wins over *"),
    ("User-agent: *\nDisallow: /\n\nUser-agent: NewsCrawl/2.0\nAllow: /", True, "case and version do not matter"),
    ("User-agent: news\nDisallow: /", True, "a token is compared whole (RFC 9309 2.2.1)"),
    ("User-agent: newscrawler\nDisallow: /", True, "a longer token is another's"),
    ("User-agent: a\nUser-agent: newscrawl\nUser-agent: b\nDisallow: /", False, "one group of many names"),
    ("User-agent: newscrawl\nDisallow: /x\n\nUser-agent: newscrawl\nDisallow: /c/", False, "equal groups are merged"),
    ("User-agent: *\nDisallow: /\nAllow: /c/", True, "the longest match wins"),
    ("User-agent: *\nDisallow: /c/\nAllow: /c/story", True, "the longest match wins"),
    ("User-agent: *\nAllow: /c/\nDisallow: /c/", True, "of equals, allow"),
    ("User-agent: *\nDisallow: /*/story$", False, "wildcards and the end"),
    ("User-agent: *\nDisallow: /c/stor$", True, "the end is the end"),
    ("User-agent: *\nDisallow: /%63/", False, "an escaped letter is the letter"),
    ("\ufeffUser-agent: *\nDisallow: /", False, "a byte order mark"),
    ("User-agent: *\rDisallow: /\r", False, "carriage returns alone"),
    ("user-agent:*\ndisallow:/", False, "no spaces, no capitals"),
    ("Disallow: /\nUser-agent: *\nAllow: /", True, "a rule before any group is nobody's"),
    ("User-agent: *\n\nDisallow: /", False, "a blank line does not end a group"),
    ("<html><body>Welcome to the front page</body></html>", True, "no rules in a page"),
    ("User-agent: *\nDisallow: /\x00c/", False, "NUL is no character"),
)


@pytest.mark.parametrize(("text", "allowed", "why"), RULES, ids=[why for _, _, why in RULES])
def test_rules(text, allowed, why):
    assert read_rules(text, "newscrawl").can_fetch(PAGE, "newscrawl") is allowed, why
    assert read_rules(text.encode("utf-8"), "newscrawl").can_fetch(PAGE, "newscrawl") is allowed, why


@pytest.mark.parametrize(
    ("line", "delay_s"),
    [("5", 5.0), ("0.5", 0.5), ("-1", None), ("NaN", None), ("inf", None), ("soon", None), ("86400", 86400.0)],
)
def test_crawl_delay(line, delay_s):
    assert read_rules(f"User-agent: *\nCrawl-delay: {line}\n", "newscrawl").crawl_delay("newscrawl") == delay_s


def test_a_crowd_of_agents_and_rules_is_read_in_bounded_time():
    crowd = "".join(f"User-agent: a{n}\n" for n in range(16_000)) + "Disallow: /z\n" * 16_000
    started = time.process_time()
    assert read_rules(crowd, "newscrawl").can_fetch(PAGE, "newscrawl")
    read_rules("User-agent: *\nDisallow: /" + "*a" * 100_000 + "$\n", "newscrawl").can_fetch(PAGE * 20, "newscrawl")
    assert time.process_time() - started < 20  # read as it stands, the crowd takes minutes


@settings(max_examples=80)
@given(st.lists(st.sampled_from(["/", "/c", "/c/", "/c/story", "/*", "/*ory$", "/x"]), max_size=5), st.booleans())
def test_for_everyones_group_we_are_everyone(paths, allow):
    verb = "Allow" if allow else "Disallow"
    text = "User-agent: *\nDisallow: /c/s\n" + "".join(f"{verb}: {path}\n" for path in paths)
    assert read_rules(text, "newscrawl").can_fetch(PAGE, "newscrawl") == Protego.parse(text).can_fetch(PAGE, "any")


@given(st.binary(max_size=400))
def test_no_bytes_break_it(body):
    assert read_rules(body, "newscrawl").can_fetch(PAGE, "newscrawl") in (True, False)


def test_names_our_product():
    assert product_token("newscrawl/0.1 (+https://a.example; a@b.example)") == "newscrawl"
    assert product_token("NewsCrawl") == "newscrawl"


def answer(status: int, body: bytes = b"", **headers: str) -> Response:
    return TextResponse("http://news.example/robots.txt", status=status, body=body, headers=headers)


def test_rules_hold_for_a_day_and_not_from_the_future():
    state = _next_state(HostState(host="news.example"), answer(200, b"User-agent: *"), "ok", NOW)
    assert (state.robots_outcome, state.robots_txt) == ("ok", "User-agent: *")
    assert _holds(state, NOW + timedelta(hours=23, minutes=59))
    assert not _holds(state, NOW + timedelta(hours=24))
    assert not _holds(state, NOW - timedelta(hours=1))


def test_none_allows_all_for_a_day():
    state = _next_state(HostState(host="news.example"), answer(404), "http_404", NOW)
    assert (state.robots_outcome, state.robots_txt) == ("http_404", None)
    assert _holds(state, NOW + timedelta(hours=1))


def test_unreachable_forbids_all_and_is_tried_again_later_and_later():
    state = _next_state(HostState(host="news.example", robots_txt="User-agent: *"), None, "timeout_headers", NOW)
    assert state.robots_outcome == UNREACHABLE
    assert state.robots_failing_since == NOW
    assert _holds(state, NOW + timedelta(seconds=59))
    assert not _holds(state, NOW + timedelta(seconds=61))
    again = _next_state(state, answer(500), "http_500", NOW + timedelta(seconds=61))
    assert again.robots_failing_since == NOW
    assert again.retry_at == NOW + timedelta(seconds=61 + 120)
    well = _next_state(again, answer(200, b""), "ok", NOW + timedelta(seconds=300))
    assert (well.failures, well.retry_at, well.robots_failing_since) == (0, None, None)


def test_a_busy_robots_txt_says_itself_when_to_come_back():
    state = _next_state(HostState(host="news.example"), answer(429, **{"Retry-After": "600"}), "rate_limited", NOW)
    assert state.robots_outcome == UNREACHABLE
    assert state.retry_at == NOW + timedelta(seconds=600)


def test_a_page_given_with_401_is_no_rule():
    state = _next_state(HostState(host="news.example"), answer(403, b"User-agent: *\nDisallow: /"), "http_403", NOW)
    assert (state.robots_outcome, state.robots_txt) == ("http_403", None)
