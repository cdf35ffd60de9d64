import tomllib
from contextlib import suppress
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawl.errors import PageError
from newscrawl.urls import (
    Evidence,
    absolute,
    canonical,
    card_url,
    host_of,
    is_noise,
    key,
    only_difference,
    site_of,
)

CASES = tomllib.loads((Path(__file__).parent / "cases" / "urls.toml").read_text())
PATHS = st.text(st.sampled_from("ab1Ä/.%2F;=?&+#~ -_amp"), max_size=40)
URLS = st.builds(
    lambda scheme, host, rest: f"{scheme}://{host}/{rest}",
    st.sampled_from(["http", "https"]),
    st.sampled_from(["example.com", "www.example.co.uk", "m.example.org:8080", "bücher.example", "127.0.0.1:8000"]),
    PATHS,
)


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["why"])
def test_one_page_has_one_key(case):
    assert len({key(url) for url in case["urls"]}) == 1, [key(url) for url in case["urls"]]


@pytest.mark.parametrize("case", CASES["apart"], ids=lambda case: case["why"])
def test_different_pages_have_different_keys(case):
    for one, other in combinations(case["urls"], 2):
        assert key(one) != key(other), (one, other)


@pytest.mark.parametrize("case", CASES["bad"], ids=lambda case: repr(case["url"]))
@pytest.mark.parametrize("form", [canonical, key, host_of, site_of])
def test_what_is_no_page_is_refused(case, form):
    with pytest.raises(PageError) as error:
        form(case["url"])
    assert error.value.outcome == "bad_url"


@settings(deadline=None)
@given(URLS)
def test_canonical_is_idempotent_and_keeps_the_key(url):
    once = canonical(url)
    assert canonical(once) == once
    assert once.isascii()
    assert key(once) == key(url)


@settings(deadline=None)
@given(URLS)
def test_a_key_is_the_key_of_itself(url):
    once = key(url)
    assert key(f"https://{once}") == once


@settings(deadline=None)
@given(st.text(max_size=200))
@example("http://[")
@example("http://a..b/")
@example("http://\ud800.example/")
@example("https://" + "a" * 300 + ".example/")
def test_any_text_is_a_page_or_bad_url(text):
    for form in (canonical, key, host_of, site_of):
        with suppress(PageError):
            assert isinstance(form(text), str)
    assert (absolute(text, "https://example.com/") or "http").startswith("http")


def test_an_overlong_url_is_refused():
    assert absolute("/" + "a" * 3_000, "https://example.com/") is None


@pytest.mark.parametrize(
    ("link", "meaning"),
    [
        ("b", "https://example.com/a/b"),
        ("/b c", "https://example.com/b%20c"),
        ("../x/./y#z", "https://example.com/x/y#z"),
        ("//other.example/é", "https://other.example/%C3%A9"),
        (" \n/b\n/c ", "https://example.com/b/c"),
        ("?q=1", "https://example.com/a/?q=1"),
        ("javascript:void(0)", None),
        ("data:text/html,x", None),
        ("http://[", None),
    ],
)
def test_links_mean_what_a_browser_takes_them_for(link, meaning):
    assert absolute(link, "https://example.com/a/") == meaning


def test_canonical_stays_fetchable():
    url = "http://www.Example.com:80/a/../N/1?b=2&utm_source=x&a=1#top"
    assert canonical(url) == "http://www.example.com/N/1?b=2&a=1"


def test_host_and_site():
    assert host_of("https://News.Bücher.example:8080/x") == "news.xn--bcher-kva.example"
    assert site_of("https://a.b.example.co.uk/x") == "example.co.uk"
    assert site_of("https://a.blogspot.com/x") == "a.blogspot.com"
    assert site_of("http://127.0.0.1:8000/") == "127.0.0.1"
    assert host_of("http://localhost:8000/") == "localhost"


def test_a_card_without_a_link_has_an_address_of_its_own():
    one, other = (
        card_url("https://example.com/#x", "Flood recedes"),
        card_url("https://example.com/", "FLOOD  recedes!"),
    )
    assert key(one) == key(other) == canonical(one).removeprefix("https://")
    assert key(one) != key(card_url("https://example.com/", "Flood returns"))


def test_a_learned_parameter_is_left_out():
    assert key("https://example.com/n?id=1&skin=2", noise={"skin"}) == "example.com/n?id=1"


def test_the_one_parameter_in_which_two_addresses_differ():
    assert only_difference("https://example.com/n?id=1&Skin=2", "https://example.com/n?id=1") == "skin"
    assert only_difference("https://example.com/n?id=1&skin=2", "https://example.com/n?id=2") is None
    assert only_difference("https://example.com/n?skin=2", "https://example.com/m?skin=3") is None


def test_one_different_text_ends_the_belief_that_a_parameter_is_noise():
    assert not is_noise(Evidence(same=4))
    assert is_noise(Evidence(same=5))
    assert not is_noise(Evidence(same=5, different=1))
