"""The next page of the same list."""

import pytest

from tests.discover import listing_pages as pages
from tests.discover.making import SITE

ITEMS = "".join(f'<h3><a href="{story.url}">{story.headline}</a></h3>' for story in pages.STORIES)
NUMBERS = '<div class="pager"><a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=3">3</a></div>'


@pytest.mark.parametrize(
    ("links", "path", "expected"),
    [
        ('<a rel="next" href="/news?page=2">Older</a>', "/news", "/news?page=2"),
        (NUMBERS, "/news", "/news?page=2"),
        (NUMBERS, "/news?page=2", "/news?page=3"),
        (NUMBERS, "/news?page=3", None),
        ('<div class="pagination"><a href="/news/2/">Siguiente »</a></div>', "/news", "/news/2/"),
        ('<nav class="pager"><a href="/news/2/">次へ</a></nav>', "/news", "/news/2/"),
        ('<div class="loadmore"><a href="/news?offset=20">Load more</a></div>', "/news", "/news?offset=20"),
        ('<p><a class="btn" href="/news/2">Load more stories</a></p>', "/news", "/news/2"),
        ('<p><a href="/news/page/3">Older posts</a></p>', "/news/page/2", "/news/page/3"),
        ('<p><a href="?after=71c">Show more</a></p>', "/news", "/news?after=71c"),
        ('<p><a href="/sport">More news</a></p>', "/news", None),
        ('<div class="pagination"><a href="#">Next</a></div>', "/news", None),
        ('<div class="pagination"><a href="https://other.example/2">Next</a></div>', "/news", None),
        ('<p class="story">See the <a href="/plan">next</a> plan of the town.</p>', "/news", None),
        ("", "/news", None),
    ],
)  # fmt: skip
def test_next_page(links: str, path: str, expected: str | None) -> None:
    listing = pages.read(pages.html_page(ITEMS + links), path)
    assert listing.next_url == (SITE + expected if expected else None)


def test_a_link_element_in_the_head_names_it() -> None:
    listing = pages.read(pages.html_page(ITEMS, head='<link rel="next" href="/news/page/2">'), "/news")
    assert listing.next_url == f"{SITE}/news/page/2"
