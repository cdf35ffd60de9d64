"""Feeds that are broken, or meant to break their reader."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.discover.feed import read_feed
from newscrawl.errors import DiscoverError, PageError
from newscrawl.models import Listing
from newscrawl.urls import key
from tests.discover.making import channel, page, source
from tests.discover.test_feed import LINK, read, rss


def refused(text: str | bytes) -> str:
    with pytest.raises(DiscoverError) as caught:
        read(text)
    return caught.value.outcome


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
    f"<rss><channel><item><title>&lol2;</title>{LINK}</item></channel></rss>"
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        LAUGHS.encode("utf-16"),
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;</title></item></channel></rss>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><rss><channel></channel></rss>',
        '<!DOCTYPE x [<!ENTITY a "<rss>">]><rss><channel><item><title>&a;</title></item></channel></rss>',
    ],
)
def test_entities_of_its_own_are_refused_unread(text):
    assert refused(text) == "xml_entities"


def test_an_external_dtd_and_an_inclusion_are_ignored():
    listing = read(
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel>'
        f'<item><title>One<xi:include href="file:///etc/passwd" parse="text"/></title>{LINK}</item></channel></rss>'
    )
    assert [entry.headline for entry in listing.entries] == ["One"]


def test_entities_in_an_article_about_entities_are_no_reason():
    listing = read(rss(LINK + "<title>T</title><description><![CDATA[Write <!ENTITY x 'y'> so.]]></description>"))
    assert len(listing.entries) == 1


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", "empty_feed"),
        (" \n ", "empty_feed"),
        ("\0\0\0", "empty_feed"),
        ("<rss><channel></channel></rss>", "empty_feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "empty_feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "empty_feed"),
        (rss("<title>no link</title>"), "empty_feed"),
        ("<!doctype html><html><body>Sorry</body></html>", "not_a_feed"),
        ("<html><body><p>How to write <rss> and <item></p></body></html>", "not_a_feed"),
        ("just text", "not_a_feed"),
        ('{"error": "not found"}', "not_a_feed"),
        ('{"version": ["https://jsonfeed.org/version/1"]}', "not_a_feed"),
        ("{" * 100_000, "not_a_feed"),
        ("[" * 100_000, "not_a_feed"),
        ("<urlset><url><loc>https://paper.example/</loc></url></urlset>", "not_a_feed"),
        (b"%PDF-1.7 \x80\x81", "not_a_feed"),
    ],
)
def test_nothing_and_other_things_are_loud(text, outcome):
    assert refused(text) == outcome


def test_an_entry_with_too_many_attributes_or_elements_costs_itself():
    attributes = " ".join(f'a{number}="1"' for number in range(20_000))
    listing = read(rss(f"{LINK}<x {attributes}/>", f"<link>/2</link>{'<b>' * 60_000}", "<link>/3</link>"))
    assert [entry.url for entry in listing.entries] == ["https://paper.example/3"]
    assert [code for code, _ in listing.warnings] == ["parse_limit", "parse_limit"]


def test_a_feed_of_nothing_but_attributes_is_refused():
    attributes = " ".join(f'xmlns:a{number}="u{number}"' for number in range(20_000))
    assert refused(f"<rss {attributes}><channel><item>{LINK}</item></channel></rss>") == "parse_limit"
    assert refused(rss(f"<a {attributes}/>{LINK}")) == "parse_limit"


def test_attributes_in_escaped_html_are_counted_too():
    attributes = " ".join(f'a{number}="1"' for number in range(20_000))
    listing = read(rss(f"{LINK}<description><![CDATA[<p {attributes}>]]></description>", "<link>/2</link>"))
    assert [code for code, _ in listing.warnings] == ["parse_limit"]
    assert len(listing.entries) == 1


def test_texts_are_left_out_once_all_tags_are_too_many(monkeypatch):
    monkeypatch.setattr("newscrawl.discover.feed.read._TAGS_MAX", 10_000)
    text = f"<content:encoded><![CDATA[{'<br>' * 400}end]]></content:encoded>"
    listing = read(rss(*(f"<link>/{number}</link>{text}" for number in range(30))))
    bodies = [entry.article_body for entry in listing.entries]
    assert (len(bodies), bodies[0], bodies[-1]) == (30, "end", None)
    assert {code for code, _ in listing.warnings} == {"parse_limit"}


def bounded_s(text: str, most_s: float) -> Listing | None:
    """Generous bounds: the faults these texts are for cost minutes, or never end."""
    started = time.process_time()
    try:
        return read(text)
    except PageError:
        return None
    finally:
        assert time.process_time() - started < most_s


@pytest.mark.parametrize(
    "text",
    [
        rss(f"{LINK}<author>{'a@' + 'a.' * 16_000}</author>"),
        rss(f"{LINK}<dc:creator>{'(' * 100_000}</dc:creator>"),
        rss(f"{LINK}<title>{'&lt;' * 100_000}</title>"),
        rss(f"{LINK}<pubDate>{'2026-07-28' * 5_000}</pubDate>"),
        rss(f"{LINK}<description>{'&lt;br&gt;' * 100_000}</description>"),
        "<rss><channel>" + "<item>" * 300_000,
        "<rss><channel>" + "<item><title><title><title>" * 30_000,
        "<rss><channel>" + "<item><![CDATA[" * 100_000,
        "<rss><channel><item>" + "<title>" * 49_000,
        "<rss><channel><item>" + "<!--" * 300_000,
        "<rss " * 300_000,
        "<a " + "x='" * 300_000 + "<rss>",
        "<rss><channel>" + "<item><pubDate>" * 200_000,
        "&" * 2_000_000 + "<rss>",
        "<rss><channel>" + f"<item>{LINK}<title>x</title></item>" * 200_000,
    ],
    ids=range(15),
)
def test_time_is_bounded(text):
    bounded_s(text, 15)


def test_long_fields_are_cut():
    long = "word " * 300_000
    entry = read(
        rss(
            f"{LINK}<title>{long}</title><description>{long}</description><dc:creator>{long}</dc:creator>"
            f"<content:encoded>{long}</content:encoded><guid>{long}</guid>"
        )
    ).entries[0]
    assert entry.headline is not None
    assert entry.description is not None
    assert entry.article_body is not None
    assert entry.guid is not None
    assert len(entry.headline) <= limits.HEADLINE_CHARS
    assert len(entry.description) <= limits.DESCRIPTION_CHARS
    assert len(entry.article_body) <= limits.BODY_CHARS
    assert len(entry.guid) <= limits.URL_BYTES
    assert all(len(author) <= limits.AUTHOR_CHARS for author in entry.authors)


def test_one_guid_for_all_keeps_all():
    items = [f"<title>Story {number}</title><link>/{number}</link><guid>same</guid>" for number in range(5)]
    assert len(read(rss(*items)).entries) == 5


def test_a_new_guid_at_each_poll_makes_no_new_story():
    items = [f"<title>Story {number} of the town</title><link>/{number}</link>" for number in range(5)]
    polls = [read(rss(*(f"{item}<guid>{poll}</guid>" for item in items))) for poll in range(100)]
    assert len({key(entry.url) for poll in polls for entry in poll.entries}) == 5


def test_the_same_item_twice_is_one_entry():
    assert len(read(rss(LINK + "<title>T</title>", LINK + "<title>T</title>")).entries) == 1


# Broken XML


@pytest.mark.parametrize(
    ("text", "headlines"),
    [
        # cut in the middle of an item, behind its address and amid it
        (rss("<title>One</title>" + LINK, "<title>Two</title><link>/2</link>")[:-23], ["One", "Two"]),
        (rss("<title>One</title>" + LINK, "<title>Two</title><link>/234</link>")[:-32], ["One"]),
        # a tag that is not closed
        (rss("<title>One <b>bold</title>" + LINK, "<title>Two</title><link>/2</link>"), ["One bold", "Two"]),
        # raw HTML in a description
        (rss(f"<title>One</title><description><p>a<br>b</p></description>{LINK}", "<link>/2</link>"), ["One", None]),
        # a prefix nobody declared
        (f"<rss><channel><item><title>One</title>{LINK}<foo:bar>x</foo:bar></item></channel></rss>", ["One"]),
        # HTML's entities, bare ampersands, control characters, references to them
        (rss("<title>&laquo;One&raquo; &bogus; A&B \x08&#x1b;</title>" + LINK), ["«One» &bogus; A&B"]),
        # an item that ends inside another
        (rss("<title>One</title>" + LINK + "<item><title>Two</title><link>/2</link>"), ["One", "Two"]),
        # text before the document
        ("Warning: line 3<br />\n" + rss("<title>One</title>" + LINK), ["One"]),
        # wrong end tags
        (f"<rss><channel><item><title>One</title>{LINK}</entry></item></feed>", ["One"]),
    ],
)
def test_what_can_be_read_of_a_broken_feed_is(text, headlines):
    assert [entry.headline for entry in read(text).entries] == headlines


@pytest.mark.parametrize("text", ["<p>The first.</p>", "<p>The first.</p><p>And the sec", "]]&gt;<p>The first.</p>"])
def test_a_text_that_the_end_of_the_feed_cuts_off_is_not_taken_for_the_whole(text):
    cut = rss(f"<title>Two</title>{LINK}<content:encoded><![CDATA[{text}").partition("</item>")[0]
    assert [(entry.headline, entry.article_body) for entry in read(cut).entries] == [("Two", None)]


def test_an_atom_entry_keeps_what_stands_whole_before_the_cut():
    entry = '<entry><title>Two</title><link href="/2"/>'
    for rest in ("", '<summary type="html">Half of', '<content type="xhtml"><div><p>Half</p></div>'):
        (found,) = read(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}{rest}').entries
        assert (found.headline, found.description, found.article_body) == ("Two", None, None)


def test_items_above_the_fault_of_a_json_feed_are_read():
    items = [{"id": str(n), "url": f"/{n}", "title": f"Story {n}"} for n in range(3)]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": "de", "items": items})
    listing = read(text[:-40])
    assert [entry.headline for entry in listing.entries] == ["Story 0", "Story 1"]
    assert listing.warnings == (("malformed", "not JSON as a whole; its first 2 items were read"),)


@pytest.mark.parametrize(
    "text", ['{"version": "https://jsonfeed.org/version/1.1", "items": [{"url":', '{"items": [{}, ', "["]
)
def test_a_json_feed_broken_before_its_first_item_or_of_no_version_is_refused(text):
    with pytest.raises(DiscoverError) as caught:
        read(text)
    assert caught.value.outcome == "not_a_feed"


def test_broken_items_are_said_to_be():
    listing = read(rss("<title>One <b>bold</title>" + LINK, "<title>Two</title><link>/2</link>"))
    assert listing.warnings == (("malformed", "1 of 2 entries are not well-formed XML"),)


def test_a_sound_feed_has_no_warnings():
    assert read(rss("<title>One</title>" + LINK)).warnings == ()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (rss("<title>Größe</title>" + LINK).replace('"1.0"', '"1.0" encoding="iso-8859-1"').encode("latin-1"), {}),
        (rss("<title>Größe</title>" + LINK).replace('"1.0"', '"1.0" encoding="utf-16"').encode(), {}),
        (rss("<title>Größe</title>" + LINK).encode("utf-16"), {}),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + rss("<title>Größe</title>" + LINK).encode(), {}),
        (rss("<title>Größe</title>" + LINK).encode("latin-1"), {"content_type": "text/xml; charset=ISO-8859-1"}),
        (rss("<title>Größe</title>" + LINK).replace('"1.0"', '"1.0" encoding="zlib_codec"').encode(), {}),
    ],
)
def test_declared_and_lying_charsets(body, headers):
    assert read(body, **headers).entries[0].headline == "Größe"


def test_a_charset_that_is_a_guess_is_said_to_be():
    listing = read(b"<rss><channel><item><title>caf\xe9 \x81\x8d</title>" + LINK.encode() + b"</item></channel></rss>")
    assert [code for code, _ in listing.warnings] == ["charset_doubtful"]
    assert listing.entries[0].headline is not None


def test_json_of_wrong_types_keeps_the_good_entries():
    items = [
        3,
        None,
        {"url": ["x"]},
        {"url": 5, "id": None},
        {"url": "/good", "title": {"a": 1}, "authors": "x", "image": 7},
    ]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, "hubs": "x"})
    listing = read(text.replace("7", "9" * 10_000))
    assert [entry.url for entry in listing.entries] == ["https://paper.example/good"]
    assert listing.entries[0].headline is None


def test_json_of_more_values_than_allowed_is_not_parsed(monkeypatch):
    monkeypatch.setattr("newscrawl.limits.FEED_VALUES", 10)
    items = '{"version": "https://jsonfeed.org/version/1.1", "items": [' + "{}," * 10 + "{}]}"
    assert refused(items) == "parse_limit"


def test_ampersands_are_mended_and_what_xml_knows_is_left():
    text = rss(f"<item><title>A &amp; B & C &nbsp;&eacute; &#x41; &zzz; &lt;b&gt;</title>{LINK}</item>")
    assert read(text).entries[0].headline == "A & B & C é A &zzz;"


def test_json_of_characters_no_text_has():
    items = [{"url": "/1", "title": "half \ud800 pair\x00"}]
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    assert read(text).entries[0].headline == "half ? pair"


# Whatever comes

PIECES = """<rss> <channel> <item> </item> <entry> </entry> <feed> </feed> <title> </title> <guid> </guid> <![CDATA[ ]]>
    <!-- --> &amp; & < > ' " <!DOCTYPE <!ENTITY
    <pubDate>2026-07-28T00:00:00Z</pubDate> <content:encoded> </content:encoded>
    &#8; <p> <a <ttl> <x:y { "version":"https://jsonfeed.org/version/1" é <media:content </media:content> <description>
    </description> url='x' width='99999999' xmlns:x='u' xml:base='http://[' <?xml encoding='utf-7'?> <author> </author>
    <link>/1</link> <link href='/2'/> 28.7.2026 <dc:creator> <source> <name> &lt;br&gt; <atom:link <rdf:RDF>"""
pieces = st.sampled_from(PIECES.split()) | st.sampled_from([" ", "\0", "\ud800", "\r\n"])


def survives(body: bytes) -> None:
    try:
        listing = read_feed(page(body), source=source(), channel=channel())
    except PageError as error:
        assert error.outcome  # noqa: PT017 - whether it raises is the example's choice
        return
    for entry in listing.entries:
        assert entry.url.startswith(("http://", "https://"))


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")))
def test_pieces_of_feeds_raise_nothing_but_page_errors(body):
    survives(b"<rss>" + body)
    survives(body)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_raise_nothing_but_page_errors(body):
    survives(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["url", "id", "title", "authors", "name", "date_published"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)


@settings(deadline=None)
@given(json_values)
def test_json_values_raise_nothing_but_page_errors(value):
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": value, "hubs": value, "authors": value}
    survives(json.dumps(feed).encode())
    survives(json.dumps({**feed, "items": [value, {"url": "/1", "title": value, "content_html": value}]}).encode())
