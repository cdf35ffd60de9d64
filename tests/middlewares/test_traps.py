"""Endless URL spaces are left; honest ones are not."""

import pytest

from newscrawl.middlewares.traps import Traps, is_repeating, kind_of, pattern_of


@pytest.mark.parametrize(
    ("path", "repeats"),
    [
        ("/a/a/a/", True),
        ("/news/a/b/a/b/a/b", True),
        ("/x/a/b/c/a/b/c/a/b/c/y", True),
        ("/" + "/".join(f"s{n}" for n in range(30)), True),
        ("/a/a/b", False),
        ("/2026/11/24/a-b-c", False),
        ("/11/11/11/eleven", False),
        ("/world/europe/uk/politics/story", False),
        ("", False),
    ],
)
def test_repeating_paths(path, repeats):
    assert is_repeating(path) is repeats


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://a.example/calendar/2031/05/", "trap_calendar"),
        ("http://a.example/events?date=2031-05-01", "trap_calendar"),
        ("http://a.example/x;jsessionid=12ab", "trap_session"),
        ("http://a.example/x?PHPSESSID=12ab", "trap_session"),
        ("http://a.example/list?page=900", "trap_pages"),
    ],
)
def test_kinds(url, kind):
    assert kind_of(url) == kind


def test_like_urls_share_a_pattern():
    assert pattern_of("http://a.example/cal/2031/05?x=1&y=2") == pattern_of("http://a.example/cal/2044/01?y=7&x=9")
    assert pattern_of("http://a.example/x8f3") == pattern_of("http://a.example/kk2")
    assert pattern_of("http://a.example/x?a=1&b=1&c=1") == pattern_of("http://a.example/x?d=1&e=1&f=1")
    assert pattern_of("http://a.example/cal/1") != pattern_of("http://a.example/news/1")


def test_a_pattern_without_fruit_is_left_after_its_share():
    traps = Traps(fruitless_max=20)
    ends = []
    for n in range(30, 60):
        url = f"http://a.example/calendar/20{n}/01/"
        ends.append(traps.enter(url))
        if ends[-1] is None:
            traps.bring_nothing(url)
    assert ends[:20] == [None] * 20
    assert {end[0] for end in ends[20:]} == {"trap_calendar"}
    assert traps.enter("http://a.example/news/1") is None


def test_fruit_lets_a_pattern_go_on():
    traps = Traps(fruitless_max=20)
    for n in range(200):
        url = f"http://a.example/news/{n}"
        assert traps.enter(url) is None
        (traps.bear if n % 10 == 0 else traps.bring_nothing)(url)


def test_what_is_under_way_does_not_count():
    traps = Traps(fruitless_max=20)
    assert {traps.enter(f"http://a.example/news/{n}") for n in range(100)} == {None}


def test_hosts_without_number_are_left_and_known_ones_are_not():
    traps = Traps(hosts_max=3)
    ends = [traps.enter(f"http://h{n}.a.example.org/x/1") for n in range(5)]
    assert [end and end[0] for end in ends] == [None, None, None, "trap_hosts", "trap_hosts"]
    assert traps.enter("http://h1.a.example.org/x/2") is None
    assert traps.enter("http://b.example.net/x/2") is None


def test_hosts_that_bring_articles_are_no_trap():
    traps = Traps(hosts_max=3)
    for n in range(20):
        url = f"http://writer{n}.example.org/p/1"
        assert traps.enter(url) is None
        traps.bear(url)
