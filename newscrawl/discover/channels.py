"""A page → the feeds and sitemaps it names; and where to look for those it does not name."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from protego import Protego

from newscrawl import limits
from newscrawl.discover.sitemap import ROOT as SITEMAP_ROOT
from newscrawl.discover.xml import FEED_ROOT
from newscrawl.errors import PageError
from newscrawl.markup import Document, decode, parse
from newscrawl.models import Channel, ChannelKind, Page
from newscrawl.urls import absolute, site_of

_CHANNELS_MAX = 50
_HEAD_CHARS = 4_096
_FEED_TYPES = frozenset(
    # application/json is left out: it is mostly WordPress's API.
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml")
)
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss|atom)(?:/|$)|\.(?:rss|rdf|atom)$|[/._-](?:feed|rss|atom)s?\.(?:xml|json)$", re.I
)
_FEED_HOST = re.compile(r"^(?:feeds?|rss)\d?\.", re.IGNORECASE)
_FEED_TEXT = re.compile(r"\s*(?:rss|atom)(?:[ -]?feed)?\s*", re.IGNORECASE)
_NEWS = re.compile(r"news(?!letter)", re.IGNORECASE)
"""A sitemap whose path says so lists the news of the last two days; the others go back for years."""
_COMMENTS = re.compile(r"comment|kommentar|comentario", re.IGNORECASE)
"""Feeds of readers' comments announce no articles."""

# Where publishing systems put feeds and sitemaps, the commonest first.
_PLACES = (
    "/feed/",  # WordPress
    "/rss.xml",  # Drupal, and by hand
    "/rss",
    "/feed.xml",  # Jekyll
    "/index.xml",  # Hugo
    "/atom.xml",
    "/feeds/posts/default",  # Blogger
    "/feed.json",  # JSON Feed's own advice
    "/sitemap.xml",  # sitemaps.org's own advice
    "/sitemap_index.xml",  # Yoast for WordPress
    "/news-sitemap.xml",  # Yoast News
    "/sitemap-news.xml",
    "/sitemap/news.xml",
    "/wp-sitemap.xml",  # WordPress 5.5
)


def find_channels(page: Page, *, robots_text: str | None = None) -> tuple[Channel, ...]:
    """Feeds and sitemaps named by the page's link elements and links, then by robots.txt; each once.

    A page that is itself a feed or sitemap is its own only channel. Raises PageError where a page cannot be parsed.
    """
    found = _itself(page)
    if found is None:
        document = parse(page)
        found = [*_linked(document), *_anchored(document), *_in_robots(page, robots_text)]
    unique = dict.fromkeys(found)
    return tuple(Channel(kind=kind, url=url) for kind, url in unique)[:_CHANNELS_MAX]


def find_beside(page: Page, *, robots_text: str | None) -> tuple[Channel, ...]:
    """Other lists where articles that the page's list has lost may still stand: a feed it announces, a news sitemap.

    A news sitemap holds the articles of two days (developers.google.com/search/docs). Raises PageError.
    """
    named = _linked(parse(page)) if _itself(page) is None else ()
    feeds = [url for kind, url in named if kind == "feed" and _same_site(url, page.url)]
    news = [url for _, url in _in_robots(page, robots_text) if _NEWS.search(urlsplit(url).path)]
    found: tuple[tuple[ChannelKind, list[str]], ...] = (("feed", feeds), ("sitemap", news))
    own = (page.url, page.requested_url)
    return tuple(Channel(kind=kind, url=urls[0]) for kind, urls in found if urls and urls[0] not in own)


def common_places(url: str) -> tuple[str, ...]:
    """Addresses on the site of `url`, and below `url` itself, where feeds and sitemaps often are; none is certain."""
    section = urlsplit(url).path.rstrip("/")
    below = [f"{section}{place}" for place in ("/feed/", "/rss.xml", "/rss")] if section else []
    return tuple(dict.fromkeys(urljoin(url, place) for place in (*below, *_PLACES)))


_Found = tuple[ChannelKind, str]


def _itself(page: Page) -> list[_Found] | None:
    head = decode(page.body[:_HEAD_CHARS], content_type=page.headers.get("content-type"), known=page.encoding).text
    if re.search(r"<html[\s>]", head, re.IGNORECASE):
        return None
    if SITEMAP_ROOT.search(head):
        return [("sitemap", page.url)]
    return [("feed", page.url)] if FEED_ROOT.search(head) or "jsonfeed.org/version" in head else None


def _linked(document: Document) -> Iterator[_Found]:
    for link in document.root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        href = link.get("href") or ""
        url = absolute(href, document.base_url) if href else None
        if url is None or _COMMENTS.search(f"{url} {link.get('title')}"):
            continue
        if "sitemap" in relations:
            yield "sitemap", url
        elif "alternate" in relations and kind in _FEED_TYPES:
            yield "feed", url


def _anchored(document: Document) -> Iterator[_Found]:
    """Links that look like feeds, on the page's own site."""
    for count, anchor in enumerate(document.root.iter("a")):
        if count >= limits.LINKS:
            return
        href = anchor.get("href") or ""
        url = absolute(href, document.base_url) if href else None
        if url is None or _COMMENTS.search(url) or not _looks_like_feed(url, anchor.text_content()[:100]):
            continue
        if _same_site(url, document.url):
            yield "feed", url


def _looks_like_feed(url: str, text: str) -> bool:
    parts = urlsplit(url)
    if parts.path.endswith((".html", ".htm")):
        return False  # a page about feeds
    by_host = bool(_FEED_HOST.match(parts.netloc)) and len(parts.path) > 1
    return by_host or bool(_FEED_PATH.search(parts.path)) or bool(_FEED_TEXT.fullmatch(text))


def _same_site(url: str, other: str) -> bool:
    try:
        return site_of(url) == site_of(other)
    except PageError:
        return False


def _in_robots(page: Page, text: str | None) -> Iterator[_Found]:
    for address in Protego.parse(text[: limits.ROBOTS_BYTES]).sitemaps if text else ():
        if url := absolute(address, page.url):
            yield "sitemap", url
