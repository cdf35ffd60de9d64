"""What a seed says by hand wins, and says so when it finds nothing."""

from dataclasses import replace
from datetime import date

import pytest

from newscrawl.discover import read_listing
from newscrawl.errors import DiscoverError
from newscrawl.models import ChannelKind, Layout, Listing, Page
from tests.discover import listing_pages as pages
from tests.discover.making import FETCHED_AT, SITE, channel, source

CARDS = "".join(
    f'<li class="card"><a href="/k/{place}"><b class="t">{story.headline}</b></a><i class="w">{story.age}</i>'
    f'<u class="p">{story.publisher}</u><div class="story"><p>{story.body}</p><p>And more.</p></div>'
    f'<span class="by">Dora Quay</span><img class="pic" src="/pic/{place}.jpg"></li>'
    for place, story in enumerate(pages.STORIES)
)
PAGE = pages.html_page(
    f'<ul>{CARDS}</ul><h3><a href="/sport/the-boats-of-the-north-race-again">The boats race again</a></h3>'
)
SELECT = {
    "item": "li.card",
    "headline": "b.t",
    "time": "i.w",
    "publisher": "u.p",
    "article_body": "div.story",
    "authors": "span.by",
    "image": "img.pic",
}


def read(select: dict[str, str] | None = None, layouts: tuple[Layout, ...] = (), **patterns: str) -> Listing:
    page = Page(url=f"{SITE}/news", body=PAGE.encode(), fetched_at=FETCHED_AT)
    chosen = replace(channel("listing"), select=select or {}, **patterns)
    return read_listing(page, source=replace(source(), layouts=layouts), channel=chosen)


def test_selectors_choose_the_records_and_their_parts() -> None:
    entries = read(SELECT).entries
    assert [(e.url, e.headline, e.time_text, e.publisher) for e in entries] == [
        (f"{SITE}/k/{place}", story.headline, story.age, story.publisher) for place, story in enumerate(pages.STORIES)
    ]
    assert entries[0].article_body == f"{pages.STORIES[0].body}\n\nAnd more."
    assert entries[0].authors == ("Dora Quay",)
    assert entries[0].image_url == f"{SITE}/pic/0.jpg"
    assert entries[0].origins["headline"] == "select"


def test_selectors_that_match_are_quiet() -> None:
    assert not [warning for warning in read(SELECT).warnings if warning[0] == "override_missed"]


@pytest.mark.parametrize("part", ["item", "headline", "time", "publisher", "article_body", "image"])
def test_a_selector_that_matches_nothing_is_loud(part: str) -> None:
    listing = read({**SELECT, part: "em.absent"})
    assert ("override_missed", f"{part}: 'em.absent' matched nothing") in listing.warnings
    assert listing.entries


def test_a_broken_selector_is_loud() -> None:
    assert ("override_missed", "time: 'i[' is no selector") in read({**SELECT, "time": "i["}).warnings


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("feed", "<rss><channel><item><title>One</title><link>/1</link></item></channel></rss>"),
        ("sitemap", "<urlset><url><loc>https://paper.example/1</loc></url></urlset>"),
        ("listing", "<rss><channel><item><title>One</title><link>/1</link></item></channel></rss>"),
    ],
)
def test_a_selector_for_what_is_no_html_is_loud(kind: ChannelKind, body: str) -> None:
    page = Page(url=f"{SITE}/news", body=body.encode(), fetched_at=FETCHED_AT)
    listing = read_listing(page, source=source(), channel=replace(channel(kind), select={"time": "i.w"}))
    assert listing.entries
    assert ("override_missed", "time: 'i.w' selects in HTML, which this is not") in listing.warnings


def test_only_addresses_of_the_pattern_are_records() -> None:
    assert [entry.url for entry in read(article_url=r"/sport/").entries] == [
        f"{SITE}/sport/the-boats-of-the-north-race-again"
    ]


def test_a_pattern_finds_what_no_other_sign_does() -> None:
    assert [entry.url for entry in read(article_url=r"/login$").entries] == [f"{SITE}/login"]


def test_addresses_of_not_url_are_no_records() -> None:
    assert all("/sport/" not in entry.url for entry in read(not_url=r"/sport/").entries)


def test_items_whose_links_the_patterns_refuse_are_left_out() -> None:
    assert [entry.url for entry in read(SELECT, not_url=r"/k/[02]$").entries] == [f"{SITE}/k/1"]
    with pytest.raises(DiscoverError, match="article_url: '/never/' matched nothing"):
        read(SELECT, article_url=r"/never/")


def test_a_pattern_that_leaves_nothing_is_no_empty_page() -> None:
    with pytest.raises(DiscoverError) as caught:
        read(article_url=r"/never/")
    assert caught.value.outcome == "override_missed"
    assert "/never/" in caught.value.reason


def test_a_pattern_that_keeps_nothing_out_is_loud() -> None:
    assert ("override_missed", "not_url: '/never/' matched nothing") in read(not_url=r"/never/").warnings


def test_patterns_hold_for_cards_whose_link_has_no_words() -> None:
    cards = "".join(
        f'<div class="k"><a href="/k/{place}"></a><h3>{story.headline}</h3><i>{story.age}</i></div>'
        for place, story in enumerate(pages.STORIES)
    )
    page = Page(url=f"{SITE}/news", body=pages.html_page(cards).encode(), fetched_at=FETCHED_AT)
    chosen = replace(channel("listing"), not_url=r"/k/1$")
    found = read_listing(page, source=source(), channel=chosen).entries
    assert [entry.url for entry in found] == [f"{SITE}/k/0", f"{SITE}/k/2"]


@pytest.mark.parametrize(("valid_until", "used"), [(date(2026, 7, 28), True), (date(2026, 7, 27), False)])
def test_a_layout_is_used_up_to_its_last_day(valid_until: date, used: bool) -> None:
    old = Layout(select={"item": "li.card", "headline": "u.p"}, valid_until=valid_until)
    new = Layout(select={"item": "li.card", "headline": "b.t"})
    expected = pages.STORIES[0].publisher if used else pages.STORIES[0].headline
    assert read(layouts=(old, new)).entries[0].headline == expected


def test_the_channels_selectors_win_over_the_layouts() -> None:
    layout = Layout(select={"headline": "u.p"})
    assert read(SELECT, layouts=(layout,)).entries[0].headline == pages.STORIES[0].headline
