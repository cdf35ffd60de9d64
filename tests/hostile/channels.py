"""Faults of feeds, sitemaps and listings (96–111)."""

import gzip

from tests.hostile.answers import MIB, Visit, coded, endless, filled, gzip_bomb, hang, head, page, redirect
from tests.hostile.case import Case

XML = "application/xml; charset=utf-8"
FEED_EMPTY = ("empty_feed", "not_a_feed")


def rss(items: str, *, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><channel><title>Hostile</title>{items}'
        "</channel></rss>"
    ).encode()


def item(number: int, *, link: str | None = None, extra: str = "") -> str:
    where = f"http://127.0.0.1:{{main}}/story/{number}" if link is None else link
    return (
        f"<item><title>Headline number {number} about the town bridge</title><link>{where}</link>"
        f"<pubDate>Fri, 20 Nov 2026 08:{number % 60:02d}:00 GMT</pubDate>{extra}</item>"
    )


def sitemap(locs: list[str]) -> bytes:
    entries = "".join(f"<url><loc>{loc}</loc></url>" for loc in locs)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    )


_LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)) + "]>"
)
_QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'x' * 50_000}'>]>"
_XXE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
_XXE_HTTP = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:{canary}/x.dtd' [<!ENTITY a SYSTEM 'http://127.0.0.1:{canary}/'>]>"


async def _sitemap_endless(visit: Visit) -> None:
    """An index whose children are indexes, for ever."""
    base = f"http://127.0.0.1:{visit.ports['main']}{visit.path}"
    children = "".join(f"<sitemap><loc>{base}~{n}</loc></sitemap>" for n in range(3))
    body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'.encode()
    await visit.send(head(content_type=XML, length=len(body)) + body)


def _feed(id_: str, fault: int, body: bytes, expected: tuple[str, ...], **more: object) -> Case:
    return Case(id=id_, fault=fault, kind="feed", answer=filled(body, content_type=XML), expected=expected, **more)  # type: ignore[arg-type]


def _sitemap(id_: str, fault: int, body: bytes, expected: tuple[str, ...], **more: object) -> Case:
    return Case(id=id_, fault=fault, kind="sitemap", answer=filled(body, content_type=XML), expected=expected, **more)  # type: ignore[arg-type]


FEEDS = (
    _feed("laughs", 96, rss("<item><title>&a9;</title></item>", before=_LAUGHS), ("xml_entities",)),
    _feed(
        "quadratic", 96, rss("<item><title>" + "&a;" * 5000 + "</title></item>", before=_QUADRATIC), ("xml_entities",)
    ),
    _feed("xxe-file", 97, rss("<item><title>&a;</title></item>", before=_XXE), ("xml_entities",)),
    _feed("xxe-http", 97, rss("<item><title>&a;</title></item>", before=_XXE_HTTP), ("xml_entities", *FEED_EMPTY)),
    _feed("feed-deep", 98, rss(item(1) + "<a>" * 100_000), ("parse_limit", "ok", *FEED_EMPTY), within_s=15),
    _feed(
        "feed-attributes",
        98,
        rss(item(2, extra="<x " + " ".join(f"a{n}='b'" for n in range(200_000)) + "/>")),
        ("parse_limit",),
        within_s=8,
    ),
    _feed(
        "feed-20k-items",
        99,
        rss("".join(item(n, link="http://127.0.0.1:{main}/c/kept-open") for n in range(20_000))),
        ("ok", "entry_limit"),
        within_s=15,
        quick=False,
    ),
    _feed(
        "feed-1m-items",
        99,
        rss("<item/>" * 1_000_000),
        ("ok", "entry_limit", "parse_limit", *FEED_EMPTY),
        within_s=25,
        quick=False,
    ),
    _feed(
        "feed-escaped-20m",
        98,
        rss(item(36, extra=f"<description>{'&lt;p&gt;word ' * 1_700_000}</description>")),
        ("ok",),
        within_s=25,
        quick=False,
    ),
    Case(
        id="feed-json-values",
        fault=105,
        kind="feed",
        answer=page(
            b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"{}," * (8 * MIB) + b"{}]}",
            content_type="application/feed+json",
        ),
        expected=("parse_limit",),
        within_s=15,
        quick=False,
    ),
    _feed("feed-author", 100, rss(item(3, extra=f"<author>{'a@a.a' + '.a' * 16_000}</author>")), ("ok",), within_s=8),
    _feed(
        "feed-links-odd",
        101,
        rss(
            item(4, link="javascript:alert(1)")
            + item(5, link="file:///etc/hostname")
            + item(6, link="http://127.0.0.1:{canary}/")
            + item(7, link="http://127.0.0.1:{main}/" + "a" * MIB)
            + item(8, link="http://127.0.0.1:{main}/c/kept-open")
        ),
        ("ok",),
    ),
    _feed(
        "feed-guid-one",
        102,
        rss(
            "".join(item(20 + n, link="http://127.0.0.1:{main}/c/kept-open", extra="<guid>1</guid>") for n in range(5))
        ),
        ("ok",),
    ),
    _feed("feed-date-zero", 86, rss(item(30).replace("Fri, 20 Nov 2026", "Mon, 00 Jan 0000")), ("ok",)),
    _feed("feed-date-30-february", 89, rss(item(31).replace("Fri, 20 Nov", "Mon, 30 Feb")), ("ok",)),
    _feed(
        "feed-paths",
        138,
        rss(
            item(33, link="http://127.0.0.1:{main}/c/..%2f..%2fetc%2fpasswd%00")
            + item(34, link="http://127.0.0.1:{main}/c/a%0d%0aWARC-Type:%20response")
            + item(35, link="http://127.0.0.1:{main}/c/kept-open")
        ),
        ("ok",),
    ),
    _feed(
        "feed-scripts",
        106,
        rss(item(32).replace("bridge", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;")),
        ("ok",),
    ),
    _feed("feed-controls", 103, rss(item(9)).replace(b"bridge", b"bri\x08\x1bdge"), ("ok",)),
    _feed("feed-cut", 103, rss(item(10) + item(11))[:-120], ("ok",)),
    _feed("feed-not-declared", 103, rss(item(12)).replace(b"utf-8", b"utf-16"), ("ok", *FEED_EMPTY)),
    _feed("feed-none", 104, rss(""), ("empty_feed",)),
    Case(
        id="feed-is-html",
        fault=104,
        kind="feed",
        answer=page(b"<html><body><p>No feed here.</p></body></html>"),
        expected=("not_a_feed", "empty_feed"),
    ),
    Case(id="feed-empty-body", fault=104, kind="feed", answer=page(b"", content_type=XML), expected=("empty_body",)),
    Case(
        id="feed-json-deep",
        fault=105,
        kind="feed",
        answer=page(b'{"items":' + b"[" * 100_000, content_type="application/feed+json"),
        expected=FEED_EMPTY,
    ),
    Case(
        id="feed-etag-60k",
        fault=107,
        kind="feed",
        answer=page(rss(item(13)).replace(b"{main}", b"1"), f'ETag: "{"e" * 60_000}"', content_type=XML),
        expected=("ok",),
    ),
    Case(id="feed-gone", fault=108, kind="feed", answer=page(b"gone", status="410 Gone"), expected=("gone",)),
    Case(
        id="feed-bomb",
        fault=110,
        kind="feed",
        answer=coded("gzip", lambda: gzip_bomb(300), content_type=XML),
        expected=("body_too_large",),
    ),
    Case(id="feed-hang", fault=10, kind="feed", answer=hang(), expected=("timeout_headers",), within_s=15, quick=False),
    Case(
        id="feed-to-file", fault=39, kind="feed", answer=redirect("file:///etc/hostname"), expected=("blocked_scheme",)
    ),
    Case(
        id="feed-to-canary",
        fault=42,
        kind="feed",
        answer=redirect("http://127.0.0.1:{canary}/"),
        expected=("blocked_address",),
    ),
    Case(
        id="feed-endless",
        fault=14,
        kind="feed",
        answer=endless(head(content_type=XML) + b"<rss><channel>", item(1).encode() * 100),
        expected=("body_too_large",),
        within_s=25,  # it grows to the limit, and waits for room beside other large bodies
    ),
)
SITEMAPS = (
    Case(
        id="sitemap-endless",
        fault=109,
        kind="sitemap",
        answer=_sitemap_endless,
        expected=("ok", "sitemap_cycle", "empty_feed"),
        quick=False,
        within_s=60,
    ),
    _sitemap(
        "sitemap-cycle",
        109,
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://127.0.0.1:{main}/c/sitemap-cycle</loc></sitemap></sitemapindex>',
        ("ok", "sitemap_cycle", "empty_feed"),
    ),
    _sitemap(
        "sitemap-file",
        40,
        sitemap(["file:///etc/hostname", "http://127.0.0.1:{canary}/", "http://127.0.0.1:{main}/c/kept-open"]),
        ("ok",),
    ),
    Case(
        id="sitemap-bomb",
        fault=110,
        kind="sitemap",
        answer=coded("gzip", lambda: gzip_bomb(200), content_type=XML),
        expected=("body_too_large",),
    ),
    Case(
        id="sitemap-bomb-gz",
        fault=110,
        kind="sitemap",
        answer=coded("identity", lambda: gzip_bomb(200), content_type="application/x-gzip"),
        expected=("body_too_large",),
    ),
    Case(
        id="sitemap-gz",
        fault=110,
        kind="sitemap",
        answer=page(gzip.compress(sitemap(["http://127.0.0.1:1/a"])), content_type="application/x-gzip"),
        expected=("ok",),
    ),
    Case(
        id="sitemap-html",
        fault=111,
        kind="sitemap",
        answer=page(b"<html><body>Not found</body></html>"),
        expected=("not_a_sitemap",),
    ),
    Case(
        id="sitemap-blank", fault=111, kind="sitemap", answer=page(b"  \n", content_type=XML), expected=("empty_body",)
    ),
    Case(
        id="sitemap-noise",
        fault=111,
        kind="sitemap",
        answer=page(b"<urlset><url><loc>\xff\xfe<<<", content_type=XML),
        expected=("not_a_sitemap", "empty_feed"),
    ),
    _sitemap(
        "sitemap-javascript", 111, sitemap(["javascript:void(0)", "http://127.0.0.1:{main}/c/kept-open"]), ("ok",)
    ),
    _sitemap(
        "sitemap-laughs",
        96,
        sitemap(["http://127.0.0.1:{main}/x"])
        .replace(b"<urlset", _LAUGHS.encode() + b"<urlset")
        .replace(b"/x", b"/&a9;"),
        ("xml_entities",),
    ),
)

CASES = FEEDS + SITEMAPS
