"""The same faults in other forms: labels, lengths, status lines, addresses, charsets, markup as others write them."""

import base64
import gzip
import zlib
from collections.abc import Callable

import brotli
from backports import zstd

from tests.hostile.answers import (
    MIB,
    Answer,
    Visit,
    article,
    chunked,
    coded,
    endless,
    gzip_bomb,
    head,
    page,
    raw,
    redirect,
)
from tests.hostile.case import Case

OK = ("ok",)
FRAMING = ("bad_framing",)
ADDRESS = ("blocked_address",)
SCHEME = ("blocked_scheme",)
BAD = ("bad_url",)
NOT_HTML = ("not_html",)
LARGE = ("body_too_large",)
CODING = ("bad_encoding",)
IN_WORKER_S = 25.0
"""Large pages are read one at a time, and stand in line for it here."""
CHUNKED = "Transfer-Encoding: chunked"


def _named(start: bytes) -> Callable[[str], Answer]:
    """`start`, then an article named after the case."""
    return lambda name: raw(start + article(name))


def _gzip_wide_head(data: bytes) -> bytes:
    """gzip whose header carries a name of 3 MB."""
    plain = gzip.compress(data, mtime=0)
    return plain[:3] + b"\x08" + plain[4:10] + b"n" * (3 * MIB) + b"\x00" + plain[10:]


def _dictionary(data: bytes) -> bytes:
    engine = zlib.compressobj(zdict=b"a dictionary nobody has")
    return engine.compress(data) + engine.flush()


# (id, fault, label, what to make of the page, outcome)
_CODED: tuple[tuple[str, int, str, Callable[[bytes], bytes], tuple[str, ...]], ...] = (
    ("x-gzip", 9, "x-gzip", gzip.compress, OK),
    ("upper", 9, "GZIP", gzip.compress, OK),
    ("identity-too", 9, " gzip , identity", gzip.compress, OK),
    ("no-label", 9, "", lambda data: data, OK),
    ("deflate-bare", 9, "deflate", lambda data: zlib.compress(data)[2:-4], OK),
    ("zstd", 9, "zstd", zstd.compress, OK),
    ("wide-head", 8, "gzip", _gzip_wide_head, (*OK, *CODING, *LARGE)),
    ("zeros-after", 8, "gzip", lambda data: gzip.compress(data) + b"\0" * 5000, OK),
    ("dictionary", 4, "deflate", _dictionary, CODING),
    ("nothing", 7, "gzip", lambda data: b"", ("empty_body", *CODING)),
    ("head-alone", 7, "gzip", lambda data: gzip.compress(data)[:10], ("empty_body", "no_text", *CODING)),
    ("zstd-short", 7, "zstd", lambda data: zstd.compress(data)[:-30], (*OK, "empty_body", *CODING)),
    ("deflate-short", 7, "deflate", lambda data: zlib.compress(data)[:-30], OK),
    ("br-noise", 9, "br", lambda data: bytes(range(256)) * 40, (*CODING, *NOT_HTML)),
    ("gzip-noise", 9, "gzip", lambda data: b"\x1f\x8b\x08\x00" + bytes(range(256)) * 40, CODING),
    ("br-of-gzip-bomb", 5, "gzip, br", lambda data: brotli.compress(gzip_bomb(30)), LARGE),
    ("markup-bomb", 1, "gzip", lambda data: gzip.compress(data + b"<p>a</p>" * 1_200_000), LARGE),
)
# (id, fault, what comes before the page, outcome)
_STARTS: tuple[tuple[str, int, bytes, tuple[str, ...]], ...] = (
    ("http-10", 25, b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", OK),
    ("http-2-line", 25, b"HTTP/2 200 OK\r\nContent-Type: text/html\r\n\r\n", FRAMING),
    ("icy", 25, b"ICY 200 OK\r\nContent-Type: text/html\r\n\r\n", FRAMING),
    ("line-first", 25, b"\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", (*OK, *FRAMING)),
    ("no-reason", 26, b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n", OK),
    ("two-digits", 26, b"HTTP/1.1 20 OK\r\nContent-Type: text/html\r\n\r\n", FRAMING),
    ("four-digits", 26, b"HTTP/1.1 2000 OK\r\nContent-Type: text/html\r\n\r\n", FRAMING),
    ("switching", 32, b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", FRAMING),
    ("no-headers", 64, b"HTTP/1.1 200 OK\r\n\r\n", OK),
    ("name-empty", 31, b"HTTP/1.1 200 OK\r\n: x\r\nContent-Type: text/html\r\n\r\n", (*OK, *FRAMING)),
    ("space-colon", 31, b"HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n\r\n", (*OK, *FRAMING)),
    ("length-plus", 21, b"HTTP/1.1 200 OK\r\nContent-Length: +900\r\n\r\n", (*FRAMING, "truncated_body")),
    ("length-hex", 21, b"HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n", FRAMING),
    ("length-list", 21, b"HTTP/1.1 200 OK\r\nContent-Length: 5, 9\r\n\r\n", FRAMING),
    ("length-digits", 22, b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", (*FRAMING, *LARGE)),
    ("type-10k", 27, b"HTTP/1.1 200 OK\r\nContent-Type: text/html;" + b" a=b;" * 2000 + b"\r\n\r\n", OK),
)
# (id, fault, chunks as they come, outcome)
_CHUNKS: tuple[tuple[str, int, Callable[[bytes], bytes], tuple[str, ...]], ...] = (
    ("zeros-first", 24, lambda data: b"0" * 12 + b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data), (*OK, *FRAMING)),
    ("prefix-0x", 24, lambda data: b"0x%x\r\n%s\r\n0\r\n\r\n" % (len(data), data), FRAMING),
    ("no-size", 24, lambda data: b"\r\n%s\r\n0\r\n\r\n" % data, FRAMING),
    ("size-short", 24, lambda data: b"%x\r\n%s\r\n0\r\n\r\n" % (len(data) - 9, data), FRAMING),
    ("bare-lf", 24, lambda data: b"%x\n%s\n0\n\n" % (len(data), data), (*OK, *FRAMING)),
    ("after-last", 35, lambda data: chunked([data]) + head() + article("after"), OK),
)
# (id, status, headers, outcome)
_STATUSES: tuple[tuple[str, int, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("201-location", 37, "201 Created", ("Location: http://127.0.0.1:1/",), OK),
    ("205", 33, "205 Reset", (), (*OK, "empty_body", "http_205")),
    ("300", 37, "300 Choices", (), ("http_300",)),
    ("304-location", 33, "304 Not Modified", ("Location: file:///etc/hostname",), ("unexpected_304",)),
    ("305", 37, "305 Use Proxy", ("Location: http://127.0.0.1:1/",), ("http_305",)),
    ("301-bare", 48, "301 Moved", (), ("http_301", "bad_url")),
    ("407", 37, "407 Proxy", (), ("http_407",)),
    ("599", 37, "599 No", (), ("http_599",)),
)
# (id, fault, Location, outcome)
_LOCATIONS: tuple[tuple[str, int, str, tuple[str, ...]], ...] = (
    ("relative-host", 42, "//127.0.0.1:{canary}/", ADDRESS),
    ("upper-scheme", 42, "HTTP://127.0.0.1:{canary}/", ADDRESS),
    ("three-slashes", 48, "http:///127.0.0.1:{canary}/", (*BAD, *ADDRESS)),
    ("four-slashes", 48, "http:////127.0.0.1:{canary}/", (*BAD, *ADDRESS)),
    ("one-slash", 48, "http:/127.0.0.1:{canary}/", (*BAD, *ADDRESS, "http_404")),
    ("no-slash", 48, "http:127.0.0.1:{canary}/", (*BAD, *ADDRESS, "http_404")),
    ("backslashes", 47, "\\\\127.0.0.1:{canary}\\", (*BAD, *ADDRESS)),
    ("backslash-host", 47, "http:\\\\127.0.0.1:{canary}\\", (*BAD, *ADDRESS)),
    (
        "hash-host",
        47,
        "http://example.org#@127.0.0.1:{canary}/",
        (*BAD, "dns_failed", "connection_lost", "robots_unreachable"),
    ),
    ("percent-host", 45, "http://%31%32%37.0.0.1:{canary}/", (*BAD, *ADDRESS)),
    ("dot-after", 44, "http://127.0.0.1.:{canary}/", (*ADDRESS, *BAD)),
    ("zeros-many", 44, "http://127.0.0.0000001:{canary}/", (*ADDRESS, *BAD)),
    ("octal-long", 44, "http://017700000001:{canary}/", (*ADDRESS, *BAD)),
    ("hex-parts", 44, "http://0x7f.1:{canary}/", (*ADDRESS, *BAD)),
    ("overflow", 44, "http://4294967297:{canary}/", (*ADDRESS, *BAD)),
    ("mapped-words", 43, "http://[0:0:0:0:0:ffff:7f00:1]:{canary}/", ADDRESS),
    ("compatible", 43, "http://[::127.0.0.1]:{canary}/", ADDRESS),
    ("translated", 43, "http://[::ffff:0:7f00:1]:{canary}/", ADDRESS),
    ("teredo", 43, "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", ADDRESS),
    ("multicast", 46, "http://224.0.0.1/", ADDRESS),
    ("broadcast", 46, "http://255.255.255.255/", ADDRESS),
    ("benchmark", 46, "http://198.18.0.1/", ADDRESS),
    ("documentation", 46, "http://192.0.2.1/", ADDRESS),
    ("reserved", 46, "http://240.0.0.1/", ADDRESS),
    ("containers", 41, "http://169.254.170.2/v2/credentials", ADDRESS),
    ("view-source", 39, "view-source:http://127.0.0.1:{canary}/", SCHEME),
    ("blob", 39, "blob:http://127.0.0.1:{canary}/a", SCHEME),
    ("file-host", 39, "file://localhost/etc/hostname", SCHEME),
    ("ws", 39, "ws://127.0.0.1:{canary}/", SCHEME),
    ("port-zero", 48, "http://127.0.0.1:0/", (*BAD, *ADDRESS)),
    ("user-alone", 47, "http://user@127.0.0.1:{canary}/", BAD),
    ("no-host-port", 48, "http://:{canary}/", BAD),
    ("fragment-loop", 38, "{path}#again", ("redirect_loop",)),
)
# (id, fault, what the page's head says, outcome)
_REFRESHES: tuple[tuple[str, int, str, tuple[str, ...]], ...] = (
    ("upper", 50, "<META HTTP-EQUIV=REFRESH CONTENT=\"0;URL='http://127.0.0.1:1/'\">", ADDRESS),
    ("comma", 50, '<meta content="1, url=http://127.0.0.1:1/" http-equiv="refresh">', (*ADDRESS, *OK)),
    ("javascript", 50, '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', (*SCHEME, *OK)),
    ("data", 50, '<meta http-equiv="refresh" content="0;url=data:text/html,x">', (*SCHEME, *OK)),
    ("itself", 38, '<meta http-equiv="refresh" content="300">', OK),
    ("in-comment", 50, '<!-- <meta http-equiv="refresh" content="0;url=http://127.0.0.1:1/"> -->', OK),
)

_TURKISH = "Şehir meclisi salı günü eski köprünün kışın sonuna kadar kapalı kalmasına karar verdi. Ölçü ığdır çağrı. "
_GREEK = "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι η παλιά γέφυρα θα μείνει κλειστή ως το τέλος του χειμώνα. "
_KOREAN = "시의회는 화요일 강 위의 낡은 다리를 겨울이 끝날 때까지 닫기로 결정했다. 수리는 봄에 시작된다. "
_ARABIC = "قرر مجلس المدينة يوم الثلاثاء أن يبقى الجسر القديم فوق النهر مغلقا حتى نهاية الشتاء. "
_THAI = "สภาเมืองตัดสินใจเมื่อวันอังคารว่าสะพานเก่าข้ามแม่น้ำจะยังคงปิดจนถึงสิ้นฤดูหนาว "
_TRADITIONAL = "市議會星期二決定,河上的舊橋將關閉到冬天結束。附近居民希望早些開放,但工程師在橋墩上發現了新的裂縫。"


def _told(text: str, charset: str, meta: str = "") -> bytes:
    paragraphs = "".join(f"<p>{text * 3}{n}</p>" for n in range(4))
    return f"<html><head>{meta}<title>{text[:40]}</title></head><body><article><h1>{text[:40]}</h1>{paragraphs}".encode(
        charset, "xmlcharrefreplace"
    )


# (id, fault, bytes, Content-Type)
_CHARSETS: tuple[tuple[str, int, bytes, str], ...] = (
    ("utf16-bare", 57, _told(_GREEK, "utf-16-le"), "text/html; charset=utf-16"),
    ("utf16be", 57, b"\xfe\xff" + _told(_GREEK, "utf-16-be"), "text/html"),
    ("quoted", 57, _told(_GREEK, "iso8859-7"), 'text/html; charset="iso-8859-7"'),
    ("unclosed", 57, _told(_GREEK, "utf-8"), 'text/html; charset="utf-8'),
    ("label-odd", 57, _told(_GREEK, "utf-8"), "text/html; charset=UTF8; charset=latin1"),
    ("meta-alone", 57, _told(_GREEK, "cp1253", '<meta charset="windows-1253">'), "text/html"),
    ("meta-late", 57, _told(_GREEK, "utf-8", "<!--" + "x" * 3000 + '--><meta charset="utf-8">'), "text/html"),
    ("turkish", 58, _told(_TURKISH, "iso8859-9"), "text/html"),
    ("korean", 60, _told(_KOREAN, "cp949"), "text/html; charset=euc-kr"),
    ("korean-bare", 58, _told(_KOREAN, "euc-kr"), "text/html"),
    ("arabic-bare", 58, _told(_ARABIC, "cp1256"), "text/html"),
    ("thai-bare", 58, _told(_THAI, "tis-620"), "text/html"),
    ("big5-bare", 58, _told(_TRADITIONAL, "big5"), "text/html"),
    ("user-defined", 59, _told(_GREEK, "utf-8"), "text/html; charset=x-user-defined"),
    ("idna", 59, _told(_GREEK, "utf-8"), "text/html; charset=idna"),
    ("bom-twice", 57, b"\xef\xbb\xbf" * 2 + _told(_GREEK, "utf-8"), "text/html"),
)
# (id, fault, Content-Type, bytes, outcome)
_TYPES: tuple[tuple[str, int, str, bytes, tuple[str, ...]], ...] = (
    ("xhtml", 64, "application/xhtml+xml", b"", OK),
    ("upper", 64, "TEXT/HTML", b"", OK),
    ("blank", 64, " ", b"", OK),
    ("words", 64, "no such type at all", b"", (*OK, *NOT_HTML)),
    ("json-said", 64, "application/json", b"", (*OK, *NOT_HTML)),
    ("json", 65, "application/json", b'{"headline": "The bridge"}' * 40, (*NOT_HTML, "no_text", "not_article")),
    ("svg", 65, "image/svg+xml", b"<svg><script>alert(1)</script></svg>", NOT_HTML),
    ("gzip-file", 65, "text/html", gzip.compress(article("gzf")), (*NOT_HTML, *OK)),
    ("exe", 65, "text/html", b"MZ\x90\x00" + b"\0" * 3000, NOT_HTML),
    ("mp4", 65, "text/html", b"\0\0\0\x20ftypisom" + b"\0" * 3000, NOT_HTML),
    ("sqlite", 65, "text/html", b"SQLite format 3\0" + b"\0" * 3000, NOT_HTML),
    ("pdf-late", 65, "text/html", b"\r\n%PDF-1.4\n" + b"\0x" * 3000, (*NOT_HTML, "no_text", "not_article")),
    ("zeros", 65, "text/html", b"\0" * 200_000, (*NOT_HTML, "no_text", "not_article", "empty_body")),
    ("noise-high", 65, "text/html", bytes(range(128, 256)) * 200, NOT_HTML),
    ("noise-in-page", 65, "text/html", b"<p>" + bytes(range(128, 256)) * 200 + b"</p>", ("no_text",)),
    ("base64", 65, "text/html", base64.encodebytes(bytes(range(256)) * 90), NOT_HTML),
    ("base64-in-page", 65, "text/html", b"<p>" + base64.encodebytes(bytes(range(256)) * 90) + b"</p>", ("no_text",)),
    ("script", 65, "text/html", b"function open(door) { return door + 1; }\n" * 90, NOT_HTML),
    ("table-of-commas", 65, "text/html", b"day,boats,fog\n" * 400, NOT_HTML),
    ("plain-binary", 65, "text/plain", b"\x7fELF" + b"\0\1" * 3000, NOT_HTML),
    (
        "mixed-replace",
        65,
        "multipart/x-mixed-replace; boundary=a",
        b"--a\r\n\r\nx",
        (*NOT_HTML, "no_text", "not_article"),
    ),
)
_WIDE = "".join(f"<p {' '.join(f'a{n}' for n in range(250))}>x" for _ in range(6_000))


_STATE = '<script id="__NEXT_DATA__" type="application/json">['


def _ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


# (id, fault, what stands in the body, outcomes)
_MARKUP: tuple[tuple[str, int, str, tuple[str, ...]], ...] = (
    ("attributes-250-each", 71, _WIDE, ("parse_limit",)),
    ("attributes-lines", 71, "<p\n" + "\n".join(f"a{n}='>'" for n in range(3_000)) + ">x", ("parse_limit",)),
    ("attributes-slashes", 71, "<p/" + "/".join(f"a{n}" for n in range(3_000)) + ">x", ("parse_limit",)),
    ("quote-open-5m", 70, '<p title="' + "a" * (5 * MIB), (*OK, "truncated")),
    ("bold-deep", 68, "<b>" * 45_000 + "x", OK),
    ("tables-deep", 68, "<table><tr><td>" * 15_000 + "x", OK),
    ("lists-deep", 68, "<ul><li>" * 20_000 + "x", OK),
    ("anchors-misnested", 68, "<a href=/x><p>" * 20_000, OK),
    ("formatting-misnested", 68, "<b><i><u><p>" * 10_000 + "</b></i>" * 10_000, OK),
    ("select-options", 74, "<select>" + "<option>a" * 40_000, OK),
    ("svg-deep", 68, "<svg>" + "<g>" * 40_000, OK),
    ("cdata-9m", 74, "<svg><![CDATA[" + "c" * (9 * MIB), (*OK, "truncated", "parse_timeout")),
    ("comment-open", 74, "<!--" + "-" * (5 * MIB), OK),
    ("script-open", 74, "<script>" + "</scrip" * 500_000, OK),
    ("textarea-open", 74, "<textarea>" + "<p>" * 40_000, OK),
    ("entities-long", 74, "&" + "a" * (5 * MIB) + ";", (*OK, "parse_timeout")),
    ("references-400k", 63, "<p>" + "&#8;&#x0;&#55555;" * 100_000 + "</p>", (*OK, "parse_timeout")),
    ("processing-5m", 74, "<?" + "x" * (5 * MIB), OK),
    ("word-5m", 70, "<p>" + "w" * (5 * MIB) + "</p>", (*OK, "parse_timeout")),
    ("spaces-8m", 70, "<p>" + " \n" * (4 * MIB) + "</p>", (*OK, "parse_timeout")),
    ("lines-2m", 70, "<pre>" + "a\n" * MIB + "</pre>", (*OK, "parse_timeout")),
    ("ld-many", 79, _ld('{"@type":"NewsArticle","headline":"A bridge"}') * 20_000, OK),
    ("ld-lists-9m", 79, _ld("[" + "[]," * 170_000 + "[]]") * 17, (*OK, "parse_timeout", "parse_limit")),
    ("state-lists-8m", 79, _STATE + "{}," * 2_700_000 + "{}]</script>", OK),
    ("ld-exponent", 76, _ld('{"@type":"NewsArticle","wordCount":1e999999999,"x":-1E-99999}'), OK),
    ("ld-authors", 78, _ld('{"@type":"NewsArticle","author":[' + '{"name":"A B"},' * 20_000 + '"C D"]}'), OK),
    ("links-900-each-1k", 72, "".join(f'<a href="/{"a" * 1000}{n}">link {n}</a>' for n in range(5_000)), OK),
    ("images-srcset", 74, '<img srcset="' + "a.jpg 1x, " * 500_000 + '">', OK),
    ("styles-10k", 74, "<style>p{color:red}</style>" * 10_000, OK),
    ("times-40k", 84, "<time>3 hours ago</time>" * 40_000, OK),
    ("noscript-deep", 68, "<noscript>" * 40_000, OK),
    ("frames", 81, "<iframe src=x></iframe>" * 20_000, OK),
)  # fmt: skip


async def _reset_at_once(visit: Visit) -> None:
    visit.writer.transport.abort()


async def _half_head(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


async def _two_locations(visit: Visit) -> None:
    inside = f"Location: http://127.0.0.1:{visit.ports['canary']}/"
    await visit.send(
        head("302 Found", f"Location: http://127.0.0.1:{visit.ports['main']}/c/kept-open", inside, length=0)
    )


_REFRESH_HEADER = (
    "Refresh: 0; url=http://127.0.0.1:1/",
    "Link: <http://127.0.0.1:1/>; rel=canonical",
    "Content-Location: //a/",
)

CASES = (
    *(
        Case(
            id=f"coded-{id_}",
            fault=fault,
            answer=coded(label, make(article(f"coded {id_}"))),
            expected=expected,
            within_s=8.0,
        )
        for id_, fault, label, make, expected in _CODED
    ),
    *(
        Case(id=f"start-{id_}", fault=fault, answer=raw(start + article(f"start {id_}")), expected=expected)
        for id_, fault, start, expected in _STARTS
    ),
    *(
        Case(
            id=f"chunks-{id_}",
            fault=fault,
            answer=raw(head("200 OK", CHUNKED) + make(article(f"chunks {id_}"))),
            expected=expected,
        )
        for id_, fault, make, expected in _CHUNKS
    ),
    *(
        Case(id=f"answer-{id_}", fault=fault, answer=page(None, *headers, status=status), expected=expected)
        for id_, fault, status, headers, expected in _STATUSES
    ),
    *(
        Case(id=f"way-{id_}", fault=fault, answer=redirect(location), expected=expected)
        for id_, fault, location, expected in _LOCATIONS
    ),
    *(
        Case(id=f"refresh-{id_}", fault=fault, answer=page(article(f"refresh {id_}", head=text)), expected=expected)
        for id_, fault, text, expected in _REFRESHES
    ),
    *(
        Case(id=f"charset-{id_}", fault=fault, answer=page(data, content_type=kind), expected=OK)
        for id_, fault, data, kind in _CHARSETS
    ),
    *(
        Case(
            id=f"kind-{id_}",
            fault=fault,
            answer=page(data or article(f"kind {id_}"), content_type=kind),
            expected=expected,
        )
        for id_, fault, kind, data, expected in _TYPES
    ),
    *(
        Case(
            id=f"markup-{id_}",
            fault=fault,
            answer=page(article(f"markup {id_}", body=body)),
            expected=expected,
            within_s=IN_WORKER_S,
            quick=False,
        )
        for id_, fault, body, expected in _MARKUP
    ),
    Case(
        id="plain-as-tls",
        fault=54,
        answer=redirect("https://127.0.0.1:{main}/"),
        expected=("timeout_headers", "tls_invalid", "connection_lost"),
        within_s=15,
        quick=False,
    ),
    Case(id="reset-at-once", fault=19, answer=_reset_at_once, expected=("connection_lost", *FRAMING)),
    Case(id="half-head", fault=19, answer=_half_head, expected=("connection_lost", "truncated_body", *FRAMING)),
    Case(id="two-locations", fault=42, answer=_two_locations, expected=("duplicate", *OK, *ADDRESS, *BAD)),
    Case(id="headers-that-lead", fault=51, answer=page(None, *_REFRESH_HEADER), expected=OK),
    Case(
        id="bomb-behind-404",
        fault=37,
        answer=raw(head("404 No", "Content-Encoding: gzip") + gzip_bomb(50)),
        expected=("http_404", *LARGE),
    ),
    Case(
        id="redirect-with-endless-body",
        fault=14,
        answer=endless(head("302 Found", "Location: file:///etc/hostname"), b"x" * 65536),
        expected=(*SCHEME, *LARGE),
    ),
)
