"""Feeds that are as they should be: RSS, Atom, JSON Feed."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.discover.feed import read_feed
from newscrawl.models import Channel, Entry, Listing, Page
from tests.discover.making import FETCHED_AT, channel, page, source

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)
LINK = "<link>https://paper.example/1</link>"


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>{head}{inside}</channel></rss>'


def read(text: str | bytes, **headers: str) -> Listing:
    return read_feed(page(text, **headers), source=source(), channel=channel())


def first(text: str | bytes) -> Entry:
    return read(text).entries[0]


def test_rss_item():
    entry = first(
        rss(
            "<title>River rises after a night of rain</title><link>https://paper.example/river?a=1&amp;b=2</link>"
            '<guid isPermaLink="false">story-77</guid><pubDate>Tue, 28 Jul 2026 05:10:00 +0100</pubDate>'
            "<dc:creator>Ann Bell</dc:creator><description>&lt;p&gt;Two roads are &lt;b&gt;closed&lt;/b&gt;.&lt;/p&gt;"
            "</description><content:encoded><![CDATA[<p>Two roads are closed.</p><p>The third will follow.</p>]]>"
            '</content:encoded><media:content url="https://paper.example/s.jpg" medium="image" width="90"/>'
            '<media:content url="https://paper.example/l.jpg" medium="image" width="900"/>'
            '<source url="https://wire.example/rss">The Wire</source>'
        )
    )
    assert entry.url == "https://paper.example/river?a=1&b=2"
    assert entry.guid == "story-77"
    assert entry.headline == "River rises after a night of rain"
    assert entry.description == "Two roads are closed."
    assert entry.article_body == "Two roads are closed.\n\nThe third will follow."
    assert entry.authors == ("Ann Bell",)
    assert entry.publisher == "The Wire"
    assert entry.image_url == "https://paper.example/l.jpg"
    assert entry.time_text == "Tue, 28 Jul 2026 05:10:00 +0100"
    assert entry.date_published is not None
    assert entry.date_published.earliest == datetime(2026, 7, 28, 4, 10, tzinfo=UTC)
    assert (entry.date_published.origin, entry.date_published.raw) == ("feed", "Tue, 28 Jul 2026 05:10:00 +0100")
    assert (entry.position, entry.block, entry.channel_url) == (0, "main", "https://paper.example/channel")
    assert entry.origins == {"article_body": "feed", "publisher": "element"}


def test_atom_entry():
    entry = first(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/news/" xml:lang="de">'
        '<entry><title type="html">Br&amp;uuml;cke &lt;i&gt;gesperrt&lt;/i&gt;</title><id>tag:paper.example,2026:9</id>'
        '<link rel="self" href="self.xml"/><link rel="alternate" type="application/json" href="9.json"/>'
        '<link rel="alternate" type="text/html" href="9.html"/>'
        "<published>2026-07-28T05:00:00+02:00</published><updated>2026-07-28T06:00:00+02:00</updated>"
        "<author><name>Zoë Öhm</name><email>z@paper.example</email></author><author><name>Ann Bell</name></author>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Erster Satz.</p><p>Zweiter Satz.</p></div>'
        "</content></entry></feed>"
    )
    assert entry.url == "https://paper.example/news/9.html"
    assert entry.guid == "tag:paper.example,2026:9"
    assert entry.headline == "Brücke gesperrt"
    assert entry.article_body == "Erster Satz.\n\nZweiter Satz."
    assert entry.authors == ("Zoë Öhm", "Ann Bell")
    assert entry.date_published is not None
    assert entry.date_published.latest == datetime(2026, 7, 28, 3, 0, tzinfo=UTC)
    assert entry.date_modified is not None
    assert entry.date_modified.latest == datetime(2026, 7, 28, 4, 0, tzinfo=UTC)


def test_rss_1_items_stand_beside_the_channel():
    entry = first(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><items><rdf:Seq>'
        '<rdf:li rdf:resource="https://paper.example/3"/></rdf:Seq></items></channel>'
        '<item rdf:about="https://paper.example/3"><title>Three</title><dc:date>2026-07-28T01:00:00+09:00</dc:date></item>'
        "</rdf:RDF>"
    )
    assert (entry.url, entry.headline) == ("https://paper.example/3", "Three")
    assert entry.date_published is not None
    assert entry.date_published.latest == datetime(2026, 7, 27, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opening", "item"),
    [
        ('<rss version="0.91"><channel>', "item"),
        ('<rss version="0.92"><channel>', "item"),
        ('<RDF xmlns="http://my.netscape.com/rdf/simple/0.9/">', "item"),
        ('<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd"><rss><channel>', "item"),
        ("<channel>", "item"),
        ('\n\n<?xml version="1.0" encoding="utf-8"?><!-- made by hand --><rss><channel>', "item"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#">', "entry"),
    ],
)
def test_old_and_odd_openings(opening, item):
    link = '<link href="https://paper.example/1"/>' if item == "entry" else LINK
    entry = first(f"{opening}<{item}><title>One</title>{link}</{item}>")
    assert (entry.url, entry.headline) == ("https://paper.example/1", "One")


def test_a_prefix_of_its_own():
    entry = first(
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>One</a:title>'
        '<a:link href="https://paper.example/1"/></a:entry></a:feed>'
    )
    assert (entry.url, entry.headline) == ("https://paper.example/1", "One")


def test_json_feed():
    listing = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "next_url": "/feed.json?page=2",
                "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
                "authors": [{"name": "The desk"}],
                "items": [
                    {
                        "id": 12,
                        "url": "/a",
                        "title": "Less < more",
                        "content_html": "<p>One.</p><p>Two.</p>",
                        "date_published": "2026-07-28T05:00:00Z",
                        "authors": [{"name": "Ann Bell"}],
                        "image": "/a.jpg",
                    },
                    {"id": "https://paper.example/b", "content_text": "Alpha < beta\n\nGamma"},
                ],
            }
        )
    )
    one, two = listing.entries
    assert (one.url, one.guid, one.headline) == ("https://paper.example/a", "12", "Less < more")
    assert (one.article_body, one.authors, one.image_url) == (
        "One.\n\nTwo.",
        ("Ann Bell",),
        "https://paper.example/a.jpg",
    )
    assert one.date_published is not None
    assert (two.url, two.article_body, two.authors) == (
        "https://paper.example/b",
        "Alpha < beta\n\nGamma",
        ("The desk",),
    )
    assert listing.next_url == "https://paper.example/feed.json?page=2"
    assert listing.hints.hubs == ("https://hub.example/",)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://paper.example/g</guid>", "https://paper.example/g"),
        ('<guid isPermaLink="true">https://paper.example/g</guid>', "https://paper.example/g"),
        ("<guid>https://paper.example/g</guid>" + LINK, "https://paper.example/1"),
        ("<link>/relative</link>", "https://paper.example/relative"),
        ('<atom:link href="https://paper.example/2" rel="alternate"/>', "https://paper.example/2"),
        (LINK + "<feedburner:origLink>https://paper.example/own</feedburner:origLink>", "https://paper.example/own"),
        ("<link><![CDATA[ https://paper.example/c?x=1&y=2 ]]></link>", "https://paper.example/c?x=1&y=2"),
    ],
)
def test_where_the_address_comes_from(item, url):
    assert first(rss("<title>One</title>" + item)).url == url


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ('<guid isPermaLink="false">https://paper.example/g</guid>', "bad_url"),
        ("<guid>77</guid>", "bad_url"),
        ("<link>javascript:alert(1)</link>", "blocked_scheme"),
        ("<link>file:///etc/passwd</link>", "blocked_scheme"),
        (f"<link>https://paper.example/{'x' * 1_000_000}</link>", "bad_url"),
        ("<link>https://me@paper.example/</link>", "bad_url"),
    ],
)
def test_an_item_without_a_usable_address_is_left_out_alone(item, code):
    listing = read(rss("<title>Bad</title>" + item, "<title>Good</title>" + LINK))
    assert [entry.headline for entry in listing.entries] == ["Good"]
    assert listing.entries[0].position == 1
    assert [warning[0] for warning in listing.warnings] == [code]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("<![CDATA[Tom & Jerry]]>", "Tom & Jerry"),
        ("<![CDATA[Tom &amp; Jerry]]>", "Tom & Jerry"),
        ("Profit &lt; loss", "Profit < loss"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Quiet night", "Quiet night"),
        ("  Two\n   lines ", "Two lines"),
        ("Caf&eacute; opens", "Café opens"),
        ("Cats & dogs", "Cats & dogs"),
        ("&#8220;Yes&#8221; &#x2013; &#8;no", "“Yes” – no"),
        ("", None),
    ],
)
def test_headlines_are_text(title, headline):
    assert first(rss(f"<title>{title}</title>" + LINK)).headline == headline


@pytest.mark.parametrize(
    ("link", "url"),
    [("", "https://paper.example/id"), ('<link href="/1"/>', "https://paper.example/1")],
)
def test_an_atom_id_is_the_last_resort(link, url):
    entry = first(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://paper.example/id</id>{link}</entry></feed>'
    )
    assert entry.url == url


def test_plain_atom_text_may_hold_signs():
    entry = first(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="text">A &lt;b&gt; C</title>'
        '<link href="/1"/></entry></feed>'
    )
    assert entry.headline == "A <b> C"


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<br><br>Two.<br/>Still two.", "One.\n\nTwo. Still two."),
        ("<h2>Head</h2><ul><li>a</li><li>b</li></ul>", "Head\n\na\n\nb"),
        ("<div>a <a href='x'>link</a>, <b>bold</b>.</div>", "a link, bold."),
        ("<p>advanced<a href='x'>AI</a></p>", "advanced AI"),
        ("<script>bad()</script><style>p{}</style><p>Good.</p><iframe>no</iframe>", "Good."),
        ("plain text", "plain text"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("<p></p>", None),
    ],
)
def test_bodies_become_paragraphs(markup, body):
    assert first(rss(LINK + f"<content:encoded><![CDATA[{markup}]]></content:encoded>")).article_body == body


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("The post <a href='/1'>Ferry returns to harbour</a> appeared first on <a href='/'>The Paper</a>.", False),
        ("Der Beitrag <a href='/1'>Ferry returns to harbour</a> erschien zuerst auf The Paper.", False),
        ("The harbour waited eleven years for its ferry.", True),
        ("Ferry returns to harbour", True),
        (f"When the sign 'Ferry returns to harbour' went up, {'nobody in town believed a word of it. ' * 4}", True),
    ],
)
def test_the_trailer_of_publishing_systems_is_left_out(last, kept):
    body = f"<content:encoded><![CDATA[<p>One.</p><p>{last}</p>]]></content:encoded>"
    entry = first(rss(f"<title>Ferry returns to harbour</title>{LINK}{body}"))
    assert entry.article_body is not None
    assert (entry.article_body != "One.") is kept


@pytest.mark.parametrize(
    ("elements", "authors"),
    [
        ("<dc:creator>Ann Bell</dc:creator><dc:creator>Carl Dent</dc:creator>", ("Ann Bell", "Carl Dent")),
        ("<author>ann@paper.example (Ann Bell)</author>", ("Ann Bell",)),
        ("<author>Ann Bell &lt;ann@paper.example&gt;</author>", ("Ann Bell",)),
        ("<author>ann@paper.example</author>", ()),
        ("<dc:creator>Ann Bell</dc:creator><author>Ann Bell</author>", ("Ann Bell",)),
        ("<dc:creator></dc:creator>", ()),
    ],
)
def test_authors_are_names(elements, authors):
    assert first(rss(LINK + elements)).authors == authors


@pytest.mark.parametrize(
    ("elements", "image"),
    [
        ('<enclosure url="/e.jpg" type="image/jpeg" length="1"/>', "/e.jpg"),
        ('<enclosure url="/e.mp3" type="audio/mpeg" length="1"/>', None),
        ('<media:thumbnail url="/t.jpg"/>', "/t.jpg"),
        (
            '<media:group><media:content url="/v.mp4" type="video/mp4"/><media:content url="/g.jpg"/></media:group>',
            "/g.jpg",
        ),
        ('<media:content url="javascript:x" medium="image" width="9"/><media:thumbnail url="/t.jpg"/>', "/t.jpg"),
    ],
)
def test_images(elements, image):
    entry = first(rss(LINK + elements))
    assert entry.image_url == (image and f"https://paper.example{image}")


@pytest.mark.parametrize(
    "date",
    [
        "0000-00-00",
        "Mon, 30 Feb 2026 05:00:00 +0000",
        "9999-12-31T00:00:00Z",
        "Tue, 28 Jul 2026 99:99:99 +0000",
        "soon",
    ],
)
def test_a_date_that_cannot_be_keeps_its_text(date):
    listing = read(rss(LINK + f"<pubDate>{date}</pubDate>"))
    assert listing.entries[0].date_published is None
    assert listing.entries[0].time_text == date
    assert [code for code, _ in listing.warnings] == ["bad_date"]


def test_a_long_date_is_cut():
    listing = read(rss(LINK + f"<pubDate>{'am ' * 20_000}</pubDate>"))
    assert listing.entries[0].time_text is not None
    assert len(listing.entries[0].time_text) <= 96


def test_hints():
    listing = read(
        rss(
            LINK,
            head="<ttl>30</ttl><skipHours><hour>0</hour><hour>24</hour><hour>3</hour><hour>x</hour></skipHours>"
            "<skipDays><day>Sunday</day><day>someday</day></skipDays><sy:updatePeriod>hourly</sy:updatePeriod>"
            '<sy:updateFrequency>2</sy:updateFrequency><atom:link rel="hub" href="https://hub.example/"/>'
            '<atom:link rel="self" href="https://paper.example/feed.xml"/><atom:link rel="next" href="?page=2"/>',
        ),
        link='<https://paper.example/feed.xml>; rel="self", <https://hub2.example/>; rel="hub"',
    )
    assert listing.hints.ttl_s == 1800
    assert listing.hints.skip_hours == (0, 3)
    assert listing.hints.skip_days == ("Sunday",)
    assert listing.hints.update_period_s == 1800
    assert listing.hints.hubs == ("https://hub.example/", "https://hub2.example/")
    assert listing.next_url == "https://paper.example/feed.xml?page=2"


@pytest.mark.parametrize(
    ("generator", "url", "expected"),
    [
        ("https://wordpress.org/?v=6.8", "https://paper.example/feed/", "https://paper.example/feed/?paged=2"),
        (
            "https://wordpress.org/?v=6.8",
            "https://paper.example/?feed=rss2&paged=2",
            "https://paper.example/?feed=rss2&paged=3",
        ),
        ("http://wordpress.com/", "https://paper.example/feed/", "https://paper.example/feed/?paged=2"),
        ("https://wordpress.org/?v=6.8", "https://paper.example/feed/?paged=x", None),
        ("Not https://wordpress.org/", "https://paper.example/feed/", None),
        ("", "https://paper.example/feed/", None),
    ],
)
def test_feeds_of_wordpress_have_further_pages_and_do_not_say_so(generator: str, url: str, expected: str | None):
    item = "<item><title>Ferry sails</title><link>https://paper.example/ferry</link></item>"
    text = f"<rss version='2.0'><channel><title>P</title><generator>{generator}</generator>{item}</channel></rss>"
    answer = Page(url=url, body=text.encode(), fetched_at=FETCHED_AT)
    assert read_feed(answer, source=source(), channel=Channel(kind="feed", url=url)).next_url == expected


@pytest.mark.parametrize(
    "head", ["<ttl>-5</ttl>", "<ttl>soon</ttl>", "<ttl>0</ttl>", "<sy:updatePeriod>never</sy:updatePeriod>"]
)
def test_hints_that_make_no_sense_are_absent(head):
    hints = read(rss(LINK, head=head)).hints
    assert (hints.ttl_s, hints.update_period_s) == (None, None)


def test_the_newest_are_kept_of_too_many_wherever_they_stand():
    start = datetime(2026, 7, 1, tzinfo=UTC)
    items = [
        f"<link>/{number}</link><pubDate>{start + timedelta(minutes=number):%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        for number in range(1_200)
    ]
    for ordered in (items, items[::-1]):
        listing = read(rss(*ordered))
        numbers = {int(entry.url.rpartition("/")[2]) for entry in listing.entries}
        assert numbers == set(range(200, 1_200))
        assert listing.truncated
        assert ("entry_limit", "1200 entries, the newest 1000 read") in listing.warnings


def test_the_language_of_the_feed_helps_to_read_its_times():
    listing = read(rss(LINK + "<pubDate>28. Juli 2026 05:00</pubDate>", head="<language>de-DE</language>"))
    assert listing.entries[0].date_published is not None


def test_patterns_of_the_seed_choose():
    text = rss("<link>/news/1</link>", "<link>/video/2</link>", "<link>/news/video/3</link>")
    wanted = channel(article_url="^https://paper.example/news/", not_url="/video/")
    listing = read_feed(page(text), source=source(), channel=wanted)
    assert [entry.url for entry in listing.entries] == ["https://paper.example/news/1"]
