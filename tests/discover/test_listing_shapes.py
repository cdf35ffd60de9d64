"""The same three records out of every shape an aggregator's related block takes."""

from datetime import timedelta

import pytest

from newscrawl.models import Entry
from tests.discover import listing_pages as pages
from tests.discover.making import FETCHED_AT, SITE

SHAPES = {
    "cards of nested blocks": pages.cards(),
    "whole cards as links": pages.whole_card_links(),
    "empty overlay links": pages.overlays(),
    "state with addresses": pages.state(with_url=True),
    "state with slugs": pages.state(with_url=False),
}


@pytest.fixture(params=SHAPES, scope="module")
def entries(request: pytest.FixtureRequest) -> tuple[Entry, ...]:
    return pages.read(SHAPES[request.param]).entries


def test_only_the_announced_articles_are_records_in_their_order(entries: tuple[Entry, ...]) -> None:
    assert [entry.url.partition("?")[0] for entry in entries] == [story.url for story in pages.STORIES]
    assert [entry.position for entry in entries] == [0, 1, 2]


def test_headlines(entries: tuple[Entry, ...]) -> None:
    assert [entry.headline for entry in entries] == [story.headline for story in pages.STORIES]


def test_publishers(entries: tuple[Entry, ...]) -> None:
    assert [entry.publisher for entry in entries] == [story.publisher for story in pages.STORIES]


def test_time_texts_are_kept_as_printed(entries: tuple[Entry, ...]) -> None:
    assert [entry.time_text for entry in entries] == [story.age for story in pages.STORIES]


def test_an_age_is_an_interval_before_the_fetch(entries: tuple[Entry, ...]) -> None:
    stamp = entries[1].date_published
    assert stamp is not None
    assert stamp.earliest <= FETCHED_AT - timedelta(hours=2) <= stamp.latest <= FETCHED_AT


def test_whole_bodies_are_bodies(entries: tuple[Entry, ...]) -> None:
    assert [entry.article_body for entry in entries] == [story.body for story in pages.STORIES]


def test_images(entries: tuple[Entry, ...]) -> None:
    assert [entry.image_url for entry in entries] == [f"{SITE}/img/{number}.jpg" for number in range(3)]


def test_they_are_a_related_block_of_an_article(entries: tuple[Entry, ...]) -> None:
    assert {entry.block for entry in entries} == {"related"}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_page_itself_is_an_article(shape: str) -> None:
    assert pages.read(SHAPES[shape]).page_is_article


@pytest.mark.parametrize("shape", SHAPES)
def test_a_front_page_is_never_an_article(shape: str) -> None:
    listing = pages.read(SHAPES[shape], "/")
    assert not listing.page_is_article
    assert "related" not in {entry.block for entry in listing.entries}


def test_words_glued_at_a_link_come_apart() -> None:
    html = pages.html_page(
        "".join(
            f'<div class="card"><h3><a href="/articles/{story.slug}">{story.headline}</a></h3>'
            '<p>The report names advanced<a href="/tag/ai">AI</a> systems the harbour office bought.</p></div>'
            for story in pages.STORIES
        )
    )
    description = pages.read(html, "/news/").entries[0].description
    assert description is not None
    assert "advanced AI systems" in description
