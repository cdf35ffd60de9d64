"""Feeds and sitemaps that a page names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover.channels import common_places, find_beside, find_channels
from newscrawl.errors import PageError
from newscrawl.models import Page
from tests.discover.making import FETCHED_AT

HOME = "https://www.herald.co.uk/news/"


def found(body: str, robots_text: str | None = None, head: str = "") -> list[tuple[str, str]]:
    text = (
        body
        if body.startswith(("<rss", "<urlset", "<?xml", "{"))
        else f"<html><head>{head}</head><body>{body}</body></html>"
    )
    page = Page(url=HOME, body=text.encode(), fetched_at=FETCHED_AT)
    return [(channel.kind, channel.url) for channel in find_channels(page, robots_text=robots_text)]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            '<link rel="alternate" type="application/rss+xml" href="/feed/">',
            [("feed", "https://www.herald.co.uk/feed/")],
        ),
        (
            '<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="a.xml">',
            [("feed", "https://www.herald.co.uk/news/a.xml")],
        ),
        (
            '<base href="https://cdn.example/x/"><link rel="alternate" type="application/feed+json" href="f.json">',
            [("feed", "https://cdn.example/x/f.json")],
        ),
        ('<link rel="sitemap" href="/map.xml">', [("sitemap", "https://www.herald.co.uk/map.xml")]),
        ('<link rel="alternate" type="application/rss+xml" title="Comments" href="/c/feed/">', []),
        ('<link rel="alternate" type="application/rss+xml" href="/comments/feed/">', []),
        ('<link rel="alternate" type="application/json" href="/wp-json/posts/1">', []),
        ('<link rel="alternate" hreflang="fr" href="/fr/">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', []),
        ('<link rel="alternate" type="application/rss+xml">', []),
    ],
)
def test_link_elements(link, expected):
    assert found("", head=link) == expected


@pytest.mark.parametrize(
    ("anchor", "url"),
    [
        ('<a href="/feed/">Follow</a>', "https://www.herald.co.uk/feed/"),
        ('<a href="/rss/sport.xml">Sport</a>', "https://www.herald.co.uk/rss/sport.xml"),
        ('<a href="/latest.rss">Latest</a>', "https://www.herald.co.uk/latest.rss"),
        ('<a href="/feed.json">JSON</a>', "https://www.herald.co.uk/feed.json"),
        ('<a href="https://feeds.herald.co.uk/world">World</a>', "https://feeds.herald.co.uk/world"),
        ('<a href="/syndication"> RSS </a>', "https://www.herald.co.uk/syndication"),
        ('<a href="/rss/index.html">Our feeds</a>', None),
        ('<a href="/feedback">Feedback</a>', None),
        ('<a href="/news/rss-turns-thirty">RSS turns thirty</a>', None),
        ('<a href="https://reader.example/feed/https://www.herald.co.uk/">Reader</a>', None),
        ("<a>RSS</a>", None),
    ],
)
def test_anchors(anchor, url):
    assert found(anchor) == ([("feed", url)] if url else [])


def test_robots_sitemaps_come_last_and_each_channel_once():
    link = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    robots = "User-agent: *\nDisallow: /x\nSitemap: https://www.herald.co.uk/news.xml\nSITEMAP: /all.xml.gz\nSitemap: file:///x"
    assert found('<a href="/feed/">RSS</a>', robots, head=link * 2) == [
        ("feed", "https://www.herald.co.uk/feed/"),
        ("sitemap", "https://www.herald.co.uk/news.xml"),
        ("sitemap", "https://www.herald.co.uk/all.xml.gz"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<rss version='2.0'><channel></channel></rss>", "feed"),
        ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'></feed>", "feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ("<urlset></urlset>", "sitemap"),
        ("<?xml version='1.0'?><sitemapindex></sitemapindex>", "sitemap"),
    ],
)
def test_a_page_that_is_a_channel_itself(text, kind):
    assert found(text) == [(kind, HOME)]


def test_too_many_links_are_bounded():
    many = "".join(f'<a href="/rss/{number}.xml">x</a>' for number in range(5_000))
    assert len(found(many)) == 50


def test_common_places_are_below_the_page_and_at_the_root():
    places = common_places("https://herald.example/news/world/?a=1")
    assert places[0] == "https://herald.example/news/world/feed/"
    assert {"https://herald.example/feed/", "https://herald.example/sitemap.xml"} <= set(places)
    assert len(set(places)) == len(places) < 30
    assert common_places("https://herald.example")[0] == "https://herald.example/feed/"


@settings(deadline=None)
@given(st.binary(max_size=300), st.none() | st.text(max_size=100))
def test_bytes_raise_nothing_but_page_errors(body, robots):
    try:
        channels = find_channels(Page(url=HOME, body=body, fetched_at=FETCHED_AT), robots_text=robots)
    except PageError:
        return
    assert all(channel.url.startswith(("http://", "https://")) for channel in channels)


ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
ROBOTS = "Sitemap: https://www.herald.co.uk/sitemap.xml\nSitemap: https://www.herald.co.uk/news-sitemap.xml\n"


@pytest.mark.parametrize(
    ("body", "robots_text", "expected"),
    [
        (f"<html><head>{ALTERNATE}</head></html>", None, [("feed", "https://www.herald.co.uk/feed/")]),
        ("<html></html>", ROBOTS, [("sitemap", "https://www.herald.co.uk/news-sitemap.xml")]),
        ("<rss></rss>", ROBOTS, [("sitemap", "https://www.herald.co.uk/news-sitemap.xml")]),
        ("<html></html>", "Sitemap: https://www.herald.co.uk/newsletters.xml\n", []),
        (f"<html><head>{ALTERNATE.replace('/feed/', 'https://elsewhere.example/f')}</head></html>", None, []),
        (f"<html><head>{ALTERNATE.replace('/feed/', HOME)}</head></html>", None, []),
    ],
)
def test_other_lists_of_the_same_articles(body: str, robots_text: str | None, expected: list[tuple[str, str]]):
    page = Page(url=HOME, body=body.encode(), fetched_at=FETCHED_AT)
    assert [(one.kind, one.url) for one in find_beside(page, robots_text=robots_text)] == expected
