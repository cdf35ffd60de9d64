"""Sitemaps: urlset, index, news and image extensions, text, gzip; and what is none."""

import gzip
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.discover import read_listing
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.errors import DiscoverError, PageError
from newscrawl.models import Listing
from tests.discover.making import channel, page, source

OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def url(path: str, rest: str = "") -> str:
    return f"<url><loc>https://paper.example{path}</loc>{rest}</url>"


def urlset(*urls: str) -> str:
    return f"{OPEN}{''.join(urls)}</urlset>"


def read(text: str | bytes, **patterns: str) -> Listing:
    return read_sitemap(page(text, "/sitemap.xml"), source=source(), channel=channel("sitemap", **patterns))


def paths(listing: Listing) -> list[str]:
    return [entry.url.removeprefix("https://paper.example") for entry in listing.entries]


def refused(text: str | bytes) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(text)
    return caught.value.outcome


NEWS = url(
    "/river?a=1&amp;b=2",
    "<lastmod>2026-07-28T05:30:00Z</lastmod><news:news><news:publication><news:name>The Paper</news:name>"
    "<news:language>en</news:language></news:publication><news:publication_date>2026-07-28T04:00:00+01:00"
    "</news:publication_date><news:title>River &amp;amp; rain</news:title></news:news>"
    "<image:image><image:loc>/river.jpg</image:loc><image:title>A river</image:title></image:image>"
    '<xhtml:link rel="alternate" hreflang="fr" href="https://paper.example/fr/river"/>',
)


def test_news_entry():
    listing = read(urlset(NEWS))
    (entry,) = listing.entries
    assert entry.url == "https://paper.example/river?a=1&b=2"
    assert entry.headline == "River & rain"
    assert entry.publisher == "The Paper"
    assert entry.image_url == "https://paper.example/river.jpg"
    assert entry.time_text == "2026-07-28T04:00:00+01:00"
    assert entry.date_published is not None
    assert entry.date_modified is not None
    assert entry.date_published.earliest == datetime(2026, 7, 28, 3, 0, tzinfo=UTC)
    assert entry.date_modified.earliest == datetime(2026, 7, 28, 5, 30, tzinfo=UTC)
    assert entry.date_published.origin == "sitemap"
    assert (entry.channel_url, entry.origins) == ("https://paper.example/channel", {"publisher": "element"})
    assert listing.warnings == ()


def test_lastmod_is_no_publication():
    (entry,) = read(urlset(url("/a", "<lastmod>2026-07-01</lastmod>"))).entries
    assert (entry.date_published, entry.time_text) == (None, "2026-07-01")
    assert entry.date_modified is not None
    assert entry.date_modified.kind == "day"


def test_newest_first_and_undated_last():
    listing = read(
        urlset(
            url("/plain"),
            url("/old", "<lastmod>2026-07-01</lastmod>"),
            url("/new", "<lastmod>2026-07-27T10:00:00+02:00</lastmod>"),
            url("/plain2"),
        )
    )
    assert paths(listing) == ["/new", "/old", "/plain", "/plain2"]
    assert [entry.position for entry in listing.entries] == [2, 1, 0, 3]


def test_index_newest_first():
    listing = read(
        INDEX
        + "<sitemap><loc>/2024.xml</loc><lastmod>2024-12-31</lastmod></sitemap>"
        + "<sitemap><loc>/none.xml</loc></sitemap>"
        + "<sitemap><loc>/2026.xml</loc><lastmod>2026-07-28</lastmod></sitemap>"
        + "<sitemap><loc>/2026.xml</loc></sitemap><sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>"
    )
    assert listing.entries == ()
    assert listing.children == tuple(f"https://paper.example/{name}.xml" for name in ("2026", "2024", "none"))
    assert [code for code, _ in listing.warnings] == ["blocked_scheme"]


def test_an_index_that_lists_itself():
    listing = read(
        f"{INDEX}<sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"
    )
    assert listing.children == ("https://paper.example/a.xml",)
    assert [code for code, _ in listing.warnings] == ["sitemap_cycle"]


def test_too_many_children_are_cut():
    many = "".join(f"<sitemap><loc>/{number}.xml</loc></sitemap>" for number in range(300))
    listing = read(f"{INDEX}{many}</sitemapindex>")
    assert len(listing.children) == limits.SITEMAP_FILES
    assert listing.truncated


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(urlset(NEWS).encode()),
        urlset(NEWS).encode("utf-16"),
        b"\xef\xbb\xbf" + urlset(NEWS).encode(),
        b"\n\n" + urlset(NEWS).encode(),
        urlset(NEWS).replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', "").encode(),
        urlset(NEWS).replace("http://www.sitemaps.org", "https://www.sitemaps.org").encode(),
        urlset(NEWS).replace("<", "<s:").replace("<s:/", "</s:").replace("<s:?", "<?").replace("s:news:", "news:")
        .replace("s:image:", "image:").replace("s:xhtml:", "xhtml:").replace('xmlns="', 'xmlns:s="').encode(),
    ],
    ids=range(7),
)  # fmt: skip
def test_wrappings(body):
    (entry,) = read(body).entries
    assert (entry.url, entry.headline) == ("https://paper.example/river?a=1&b=2", "River & rain")


def test_a_zipped_sitemap_in_place_of_a_listing():
    body = gzip.compress(urlset(NEWS).encode())
    (entry,) = read_listing(page(body, "/sitemap.xml.gz"), source=source(), channel=channel("listing")).entries
    assert entry.headline == "River & rain"


def test_another_zipped_file_in_place_of_a_listing_is_loud():
    body = gzip.compress(b"<html><body><a href=/1>Four words make a headline</a></body></html>")
    with pytest.raises(DiscoverError, match="the body is gzip"):
        read_listing(page(body, "/page.html.gz"), source=source(), channel=channel("listing"))


def test_text_sitemap():
    listing = read("\ufeffhttps://paper.example/1\r\nhttps://paper.example/2\r\n\r\nnot one\r\n")
    assert paths(listing) == ["/1", "/2"]
    assert listing.warnings == (("bad_url", "1 lines are no addresses"),)


def test_a_feed_in_place_of_a_sitemap():
    listing = read("<rss><channel><item><title>One</title><link>/1</link></item></channel></rss>")
    assert [(entry.url, entry.headline) for entry in listing.entries] == [("https://paper.example/1", "One")]


def test_bad_entries_are_left_out_singly():
    listing = read(
        urlset(
            "<url></url>",
            "<url><loc></loc></url>",
            "<url><loc>javascript:alert(1)</loc></url>",
            "<url><loc>file:///etc/passwd</loc></url>",
            f"<url><loc>https://paper.example/{'x' * 5_000_000}</loc></url>",
            url("/bad-date", "<lastmod>2026-13-45</lastmod>"),
            url("/good"),
            url("/good"),
        )
    )
    assert paths(listing) == ["/bad-date", "/good"]
    codes = [code for code, _ in listing.warnings]
    assert codes == ["bad_url", "bad_url", "blocked_scheme", "blocked_scheme", "bad_url", "bad_date"]
    assert listing.entries[0].time_text == "2026-13-45"


def test_bare_ampersands_are_mended():
    assert paths(read(urlset(url("/a?x=1&y=2&copy=3")))) == ["/a?x=1&y=2&copy=3"]


def test_broken_xml_keeps_what_stands_around_it():
    listing = read(urlset(url("/1"), "<url><loc>https://paper.example/2</url>", url("/3")))
    assert {"/1", "/3"} <= set(paths(listing))
    assert "malformed" in [code for code, _ in listing.warnings]
    assert paths(read(OPEN + url("/1") + url("/2")[:-12])) == ["/1"]


def test_half_a_gzip_file_gives_its_half():
    body = gzip.compress(urlset(*(url(f"/{number}") for number in range(5_000))).encode())
    listing = read(body[: len(body) // 2])
    assert 0 < len(listing.entries) < 5_000
    assert listing.truncated
    assert "truncated" in [code for code, _ in listing.warnings]


def test_a_gzip_file_cut_before_its_first_address_says_so():
    with pytest.raises(DiscoverError, match="none to be used: the gzip stream ends early"):
        read(gzip.compress(urlset(url("/1")).encode(), 0)[:-40])


def test_patterns_of_the_seed_choose():
    text = urlset(url("/news/1"), url("/tag/2"))
    assert paths(read(text, article_url="/news/")) == ["/news/1"]
    assert paths(read(text, not_url="/tag/")) == ["/news/1"]
    with pytest.raises(DiscoverError) as caught:
        read(text, article_url="/artikel/")
    assert caught.value.outcome == "override_missed"


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("", "not_a_sitemap"),
        ("Not found", "not_a_sitemap"),
        ("<html><body>Sorry</body></html>", "not_a_sitemap"),
        ("<!doctype html><html><body><urlset></urlset></body></html>", "not_a_sitemap"),
        ("<opml></opml>", "not_a_sitemap"),
        (b"\x1f\x8bgarbage", "not_a_sitemap"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_sitemap"),
        (OPEN + "</urlset>", "empty_feed"),
        (INDEX + "</sitemapindex>", "empty_feed"),
        (urlset("<url><loc>file:///etc/passwd</loc></url>"), "empty_feed"),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + urlset("<url><loc>&a;</loc></url>"),
            "xml_entities",
        ),
        (gzip.compress(b"a" * (limits.FEED_BYTES + 1)), "body_too_large"),
        (urlset("<url " + " ".join(f"a{n}='1'" for n in range(9_000)) + "></url>"), "parse_limit"),
    ],
    ids=range(13),
)
def test_other_things_are_loud(body, outcome):
    assert refused(body) == outcome


def test_the_newest_are_kept_of_too_many(monkeypatch):
    monkeypatch.setattr(limits, "SITEMAP_ENTRIES", 1_000)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    many = [url(f"/{n}", f"<lastmod>{start + timedelta(days=n // 10):%Y-%m-%d}</lastmod>") for n in range(1_500)]
    for ordered in (many, many[::-1]):
        listing = read(urlset(*ordered))
        assert {int(path[1:]) for path in paths(listing)} == set(range(500, 1_500))
        assert listing.truncated
        assert "entry_limit" in [code for code, _ in listing.warnings]


def test_the_end_of_a_huge_file_is_not_read(monkeypatch):
    monkeypatch.setattr(limits, "SITEMAP_ENTRIES", 100)
    listing = read(urlset(*(url(f"/{n}") for n in range(10_000))))
    assert paths(listing) == [f"/{n}" for n in range(100)]
    assert listing.truncated


@pytest.mark.parametrize(
    "text",
    [
        OPEN + "<url>" * 500_000,
        OPEN + "<url><loc>" * 100_000,
        OPEN + url("/1") * 20_000,
        OPEN + "<![CDATA[" * 200_000,
        OPEN + "<!--" * 300_000,
        "http://" * 500_000,
        "x\n" * 2_000_000,
        INDEX + "<sitemap><loc>/a.xml</loc></sitemap>" * 50_000,
    ],
    ids=range(8),
)
def test_time_is_bounded(text):
    started = time.process_time()
    try:
        read(text)
    except PageError as error:
        assert error.outcome in ("empty_feed", "not_a_sitemap", "parse_limit")  # noqa: PT017 - some hold addresses
    assert time.process_time() - started < 30


PIECES = """<urlset> </urlset> <sitemapindex> <sitemap> </sitemap> <url> </url> <loc> </loc> <lastmod> </lastmod>
    & &amp; 2026-07-28 https://paper.example/1 file:///x <news:news> <news:title> </news:title> <![CDATA[ ]]> <!-- -->
    < > ' " <!DOCTYPE <!ENTITY <?xml xmlns='u' xmlns:news='v' é <news:publication_date> <image:loc> </image:loc> &#8;"""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PIECES.split(), "\0", "\n"]), max_size=30), st.sampled_from(["", "<urlset>", OPEN]))
def test_pieces_of_sitemaps_raise_nothing_but_page_errors(parts, opening):
    try:
        listing = read(opening + "".join(parts))
    except PageError:
        return
    assert all(entry.url.startswith(("http://", "https://")) for entry in listing.entries)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"\x1f\x8b", b"\x1f\x8b\x08\x00"]))
def test_bytes_raise_nothing_but_page_errors(body, start):
    try:
        read(start + body)
    except PageError as error:
        assert error.outcome  # noqa: PT017 - whether it raises is the example's choice
