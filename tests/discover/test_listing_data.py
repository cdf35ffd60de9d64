"""Articles that a page marks as data: JSON-LD and microdata, rendered or not."""

import json

import pytest

from newscrawl.discover.listing.microdata import read_items
from newscrawl.discover.listing.nodes import Tree
from newscrawl.markup import parse
from tests.discover import listing_pages as pages
from tests.discover.making import SITE, page

ARTICLES = frozenset(("NewsArticle",))


def marked(story: pages.Story, number: int) -> str:
    """A card that prints a headline and says the rest in attributes."""
    return (
        '<div itemprop="hasPart" itemscope itemtype="https://schema.org/NewsArticle">'
        f'<h3 itemprop="headline"><a href="/articles/{story.slug}">{story.headline}</a></h3>'
        f'<meta itemprop="datePublished" content="2026-07-{20 + number}T08:30:00+02:00">'
        f'<meta itemprop="description" content="What the {story.publisher} wrote on the day.">'
        '<div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">'
        f'<meta itemprop="name" content="{story.publisher}"></div>'
        f'<link itemprop="image" href="/img/{number}.jpg"></div>'
    )


def test_microdata_fills_what_the_cards_do_not_print() -> None:
    html = pages.html_page("".join(marked(story, number) for number, story in enumerate(pages.STORIES)))
    entries = pages.read(html, "/news/").entries
    assert [entry.headline for entry in entries] == [story.headline for story in pages.STORIES]
    assert [entry.publisher for entry in entries] == [story.publisher for story in pages.STORIES]
    assert [entry.image_url for entry in entries] == [f"{SITE}/img/{number}.jpg" for number in range(3)]
    dates = [entry.date_published.earliest.isoformat() for entry in entries if entry.date_published]
    assert dates == [f"2026-07-{20 + number}T06:30:00+00:00" for number in range(3)]
    assert entries[0].description == "What the Harbour Gazette wrote on the day."
    assert entries[0].origins["publisher"] == "microdata"


def data(kind: str) -> str:
    """The stories in the head of the page, where nothing is rendered."""
    if kind == "JSON-LD articles":
        nodes = [
            {"@type": "NewsArticle", "headline": story.headline, "mainEntityOfPage": {"@id": story.url}}
            for story in pages.STORIES
        ]
        return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'
    items = "".join(
        '<div itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
        f'<meta itemprop="url" content="{story.url}"><meta itemprop="name" content="{story.headline}"></div>'
        for story in pages.STORIES
    )
    return f'<div itemscope itemtype="https://schema.org/ItemList">{items}</div>'


@pytest.mark.parametrize("kind", ["JSON-LD articles", "microdata list"])
def test_data_adds_what_is_not_rendered(kind: str) -> None:
    entries = pages.read(pages.html_page(f"<p>Nothing to see.</p>{data(kind)}"), "/news/").entries
    assert [(entry.url, entry.headline) for entry in entries] == [(s.url, s.headline) for s in pages.STORIES]


def items(body: str) -> list[dict[str, object]]:
    return read_items(Tree(parse(page(f"<html><body>{body}</body></html>", "/"))), ARTICLES)


def test_a_property_of_an_inner_item_is_not_the_outer_ones() -> None:
    found = items(
        '<div itemscope itemtype="http://schema.org/NewsArticle"><div itemscope itemtype="http://schema.org/Person">'
        '<b itemprop="name">Ada</b></div><h2 itemprop="headline">Boats</h2></div>'
    )
    assert found == [{"@type": "NewsArticle", "headline": "Boats"}]


def test_items_inside_items_without_end_are_read_in_bounds() -> None:
    scope = '<div itemprop="hasPart" itemscope itemtype="https://schema.org/NewsArticle">'
    assert len(items(scope * 200 + "</div>" * 200)) == 200
