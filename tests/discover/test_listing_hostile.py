"""No page, however odd, makes a listing raise anything but its own error, or take for ever."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.discover.listing.addresses import _read_segment
from newscrawl.errors import DiscoverError
from tests.discover import listing_pages as pages

_PARTS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<a href='/news/the-boats-come-home-again-12345'>The boats come home again</a>",
        "<li>",
        "</p>",
        "<a href='http://[::1'>An address that no one can read</a>",
        "<a href='//'>nothing at all</a>",
        "<time>",
        "2 hours ago",
        '<script type="application/ld+json">{"@type": [1], "itemListElement": [[], {"item": {"name": 4}}]}</script>',
        '<script id=\'__NEXT_DATA__\'>{"a": [{"title": {}, "url": []}, {}, {}]}</script>',
        "<base href='http://[x'>",
        "<a rel=next href='http://[::'>Next</a>",
        "\u202e",
        "<a href='?id=1'>\ud7ff</a>",
        "<h3>",
        "<svg><a href=x>",
        "9" * 50,
    ]
)


@given(st.lists(_PARTS, max_size=25))
@settings(max_examples=150, deadline=None)
def test_only_its_own_error(parts: list[str]) -> None:
    try:
        listing = pages.read("<html><body>" + "".join(parts), "/news")
    except DiscoverError:
        return
    assert listing.entries


def test_links_past_the_limit_are_cut_and_it_says_so() -> None:
    links = "".join(
        f'<h3><a href="/news/the-boats-of-the-quay-come-home-{number}">The boats of quay {number} come home</a></h3>'
        for number in range(limits.LINKS + 50)
    )
    listing = pages.read(pages.html_page(links), "/news")
    assert listing.truncated
    assert {"link_limit", "entry_limit"} <= {code for code, _ in listing.warnings}
    assert len(listing.entries) == limits.ENTRIES


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5_000 + '<a href="/news/one-long-enough-headline-77123">One long enough headline</a>',
        "".join(f'<p><a href="/n/{n}">{"word " * 5}</a>{"text " * 20}</p>' for n in range(1_900)),
        f'<h3><a href="/n/12345">{"word " * 100_000}</a></h3>' * 3,
        f'<div class="{"time " * 20_000}"><a href="/news/a-long-enough-headline-12345">A long enough headline</a></div>'
        * 3,
    ],
    ids=["deep", "many links", "long text", "long class"],
)
def test_bounded(body: str) -> None:
    start = time.process_time()
    with contextlib.suppress(DiscoverError):
        pages.read(f"<html><body>{body}", "/news")
    assert time.process_time() - start < 20


@pytest.mark.parametrize("piece", ["a", "a-", "1a", "12a", "1a1-", "1aaa1-", "aaaaaaaaa-", "1111a", "%31", "a.", "_"])
@pytest.mark.parametrize("end", ["", "!", "-1"])
def test_the_number_in_an_address_is_looked_for_once(piece: str, end: str) -> None:
    start = time.process_time()
    _read_segment(piece * (100_000 // len(piece)) + end)
    assert time.process_time() - start < 10  # it takes some milliseconds; quadratic takes minutes
