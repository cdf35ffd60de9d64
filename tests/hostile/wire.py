"""Faults of compression, pace, framing and headers (1–37)."""

import asyncio
import gzip
import zlib

import brotli
from backports import zstd

from tests.hostile.answers import (
    MIB,
    Visit,
    article,
    brotli_bomb,
    chunked,
    coded,
    deflate_bomb,
    endless,
    gzip_bomb,
    hang,
    head,
    nested_gzip,
    page,
    raw,
    zstd_bomb,
    zstd_wide,
)
from tests.hostile.case import Case

HTML = article("wire")
LARGE = ("body_too_large",)
BAD_CODING = ("bad_encoding",)
FRAMING = ("bad_framing",)
OK = ("ok",)


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


COMPRESSION = (
    Case(id="gzip-300m", fault=1, answer=coded("gzip", lambda: gzip_bomb(300)), expected=LARGE),
    Case(id="gzip-1g", fault=2, answer=coded("gzip", lambda: gzip_bomb(1000)), expected=LARGE, quick=False),
    Case(id="deflate-1g", fault=2, answer=coded("deflate", lambda: deflate_bomb(1000)), expected=LARGE, quick=False),
    Case(
        id="deflate-raw-200m",
        fault=2,
        answer=coded("deflate", lambda: deflate_bomb(200, raw_stream=True)),
        expected=LARGE,
    ),
    Case(id="brotli-1g", fault=3, answer=coded("br", lambda: brotli_bomb(1200)), expected=LARGE, quick=False),
    Case(id="brotli-100m", fault=3, answer=coded("br", lambda: brotli_bomb(100)), expected=LARGE),
    Case(id="zstd-300m", fault=4, answer=coded("zstd", lambda: zstd_bomb(300)), expected=LARGE),
    Case(id="zstd-window", fault=4, answer=coded("zstd", zstd_wide(article("zw"))), expected=BAD_CODING),
    Case(
        id="gzip-gzip",
        fault=5,
        answer=coded("gzip, gzip", lambda: nested_gzip(gzip_bomb(300), 1)),
        expected=LARGE,
        quick=False,
    ),
    Case(id="gzip-brotli", fault=5, answer=coded("gzip, br", lambda: brotli.compress(gzip_bomb(100))), expected=LARGE),
    Case(
        id="gzip-empty-members",
        fault=5,
        answer=endless(head("200 OK", "Content-Encoding: gzip"), gzip.compress(b"") * 3000),
        expected=LARGE,
    ),
    Case(
        id="gzip-of-gzip-members",
        fault=5,
        answer=coded("gzip, gzip", gzip.compress(gzip.compress(b"") * 100_000)),
        expected=LARGE,
    ),
    Case(id="codings-3", fault=6, answer=coded("gzip, gzip, gzip", nested_gzip(HTML, 3)), expected=BAD_CODING),
    Case(
        id="codings-200", fault=6, answer=coded(", ".join(["gzip"] * 200), nested_gzip(HTML, 200)), expected=BAD_CODING
    ),
    Case(id="codings-2", fault=6, answer=coded("gzip, gzip", nested_gzip(article("c2"), 2)), expected=OK),
    Case(
        id="gzip-short",
        fault=7,
        answer=coded("gzip", gzip.compress(article("gs", body="<p>x</p>" * 900))[:-40]),
        expected=OK,
        flag="truncated",
    ),
    Case(
        id="gzip-crc",
        fault=7,
        answer=coded("gzip", _flip(gzip.compress(article("gc")), -6)),
        expected=OK,
        flag="truncated",
    ),
    Case(
        id="brotli-short",
        fault=7,
        answer=coded("br", brotli.compress(article("bs", body="y" * 9000))[:-9]),
        expected=("ok", "truncated", "bad_encoding", "no_text"),
    ),
    Case(id="gzip-garbage", fault=8, answer=coded("gzip", gzip.compress(article("gg")) + b"garbage"), expected=OK),
    Case(
        id="gzip-members",
        fault=8,
        answer=coded("gzip", b"".join(gzip.compress(article("gm")[i : i + 1]) for i in range(len(article("gm"))))),
        expected=OK,
    ),
    Case(id="gzip-label-lies", fault=9, answer=coded("gzip", article("gl")), expected=OK),
    Case(id="br-label-lies", fault=9, answer=coded("br", article("bl")), expected=OK),
    Case(id="br-is-gzip", fault=9, answer=coded("br", gzip.compress(article("bg"))), expected=OK),
    Case(id="coding-unknown", fault=9, answer=coded("rot13", zlib.compress(HTML)), expected=BAD_CODING),
    Case(id="coding-utf8", fault=9, answer=coded("utf-8", article("cu")), expected=OK),
    Case(id="coding-unlabelled", fault=9, answer=page(gzip.compress(article("cl"))), expected=OK),
    Case(id="gzip-noise", fault=9, answer=coded("gzip", bytes(range(256)) * 20), expected=BAD_CODING),
    Case(id="zstd-honest", fault=9, answer=coded("zstd", zstd.compress(article("zh"))), expected=OK),
)


async def _interim(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000)


async def _two_hints(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2)
    await page()(visit)


def _steady(bytes_per_s: int, seconds: float) -> object:
    async def answer(visit: Visit) -> None:
        filler = b"<!-- " + b"x" * (bytes_per_s // 4 - 9) + b" -->"
        await visit.send(head() + article(visit.path, tail=""))
        for _ in range(int(seconds * 4)):
            await visit.send(filler)
            await asyncio.sleep(0.25)
        await visit.send(b"</body></html>")

    return answer


SLOW = (
    Case(id="silent", fault=10, answer=hang(), expected=("timeout_headers",), within_s=15, quick=False),
    Case(
        id="header-drip",
        fault=11,
        answer=endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", pause_s=0.5),
        expected=("timeout_headers",),
        within_s=15,
        quick=False,
    ),
    Case(
        id="body-drip",
        fault=12,
        answer=endless(head(), b"a", pause_s=0.3),
        expected=("timeout_total",),
        within_s=30,
        quick=False,
    ),
    Case(
        id="body-hang",
        fault=13,
        answer=hang(head(length=5000) + b"<html>"),
        expected=("timeout_read",),
        within_s=12,
        quick=False,
    ),
    Case(id="body-endless", fault=14, answer=endless(head(), b"z" * 65536), expected=LARGE),
    Case(
        id="chunks-endless",
        fault=14,
        answer=endless(head("200 OK", "Transfer-Encoding: chunked"), b"10000\r\n" + b"z" * 65536 + b"\r\n"),
        expected=LARGE,
    ),
    Case(
        id="chunks-of-one",
        fault=15,
        answer=endless(head("200 OK", "Transfer-Encoding: chunked"), b"1\r\nz\r\n" * 2000),
        expected=("timeout_total", "body_too_large"),
        within_s=30,
    ),
    Case(
        id="headers-endless",
        fault=16,
        answer=endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000),
        expected=("headers_too_large",),
    ),
    Case(
        id="header-line-endless",
        fault=16,
        answer=endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536),
        expected=("headers_too_large",),
    ),
    Case(id="steady-slow", fault=17, answer=_steady(5000, 40), expected=OK, within_s=90, quick=False),
    Case(
        id="steady-for-ever",
        fault=17,
        answer=_steady(3000, 200),
        expected=("timeout_total",),
        within_s=90,
        quick=False,
    ),
    Case(id="late-start", fault=18, answer=raw(b"", head() + article("ls"), pause_s=3.0), expected=OK, quick=False),
    Case(id="kept-open", fault=18, answer=raw(head(length=len(HTML)) + HTML, hold_s=60), expected=(*OK, "duplicate")),
)


def _status(line: str) -> object:
    return raw(f"{line}\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n".encode() + HTML)


async def _reset(visit: Visit) -> None:
    await visit.send(head(length=50_000) + HTML)
    visit.writer.transport.abort()


FRAMING_CASES = (
    Case(id="body-short", fault=19, answer=raw(head(length=len(HTML) + 500) + HTML), expected=("truncated_body",)),
    Case(
        id="chunk-last-missing",
        fault=19,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + chunked([HTML])[:-5]),
        expected=("truncated_body",),
    ),
    Case(id="reset", fault=19, answer=_reset, expected=("truncated_body", "connection_lost")),
    Case(
        id="length-small",
        fault=20,
        answer=raw(head(length=len(article("lsm")) - 60) + article("lsm", body="<div>" + "more " * 9)),
        expected=OK,
        flag="truncated",
    ),
    Case(id="length-negative", fault=21, answer=raw(head("200 OK", "Content-Length: -5") + HTML), expected=FRAMING),
    Case(id="length-text", fault=21, answer=raw(head("200 OK", "Content-Length: many") + HTML), expected=FRAMING),
    Case(
        id="length-two",
        fault=21,
        answer=raw(head("200 OK", "Content-Length: 5", "Content-Length: 900") + HTML),
        expected=FRAMING,
    ),
    Case(id="length-huge", fault=22, answer=raw(head(length=10**18) + HTML, hold_s=30), expected=LARGE),
    Case(
        id="length-and-chunked",
        fault=23,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked", length=9) + chunked([article("lac")])),
        expected=OK,
    ),
    Case(
        id="chunk-size-bad",
        fault=24,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + b"zz\r\n" + HTML),
        expected=FRAMING,
    ),
    Case(
        id="chunk-size-negative",
        fault=24,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + b"-5\r\nhello\r\n0\r\n\r\n"),
        expected=FRAMING,
    ),
    Case(
        id="chunk-size-huge",
        fault=24,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + b"f" * 30 + b"\r\n" + HTML),
        expected=(*FRAMING, "body_too_large", "truncated_body"),
    ),
    Case(
        id="chunk-extension-5m",
        fault=24,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + b"5;" + b"x" * (5 * MIB) + b"\r\nhello\r\n"),
        expected=(*FRAMING, "headers_too_large"),
    ),
    Case(
        id="chunk-trailer-5m",
        fault=24,
        answer=raw(head("200 OK", "Transfer-Encoding: chunked") + chunked([HTML])[:-2] + b"X: " + b"x" * (5 * MIB)),
        expected=(*FRAMING, "headers_too_large"),
    ),
    Case(id="http-09", fault=25, answer=raw(HTML), expected=FRAMING),
    Case(
        id="http2-frames",
        fault=25,
        answer=raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\n" * 20),
        expected=FRAMING,
    ),
    Case(id="no-answer", fault=25, answer=raw(b""), expected=FRAMING),
    Case(id="noise", fault=25, answer=raw(bytes(range(256)) * 400), expected=FRAMING),
    Case(id="noise-one-line", fault=25, answer=raw(b"q" * 200_000), expected=FRAMING),
    Case(
        id="transfer-coding-odd", fault=25, answer=raw(head("200 OK", "Transfer-Encoding: x") + HTML), expected=FRAMING
    ),
    Case(id="status-999", fault=26, answer=_status("HTTP/1.1 999 No"), expected=("http_999",)),
    Case(id="status-000", fault=26, answer=_status("HTTP/1.1 000 No"), expected=FRAMING),
    Case(id="status-minus", fault=26, answer=_status("HTTP/1.1 -200 OK"), expected=FRAMING),
    Case(id="status-words", fault=26, answer=_status("HTTP/1.1 OK fine"), expected=FRAMING),
    Case(id="header-20k", fault=27, answer=page(None, "X-Long: " + "y" * 20_000), expected=OK),
    Case(id="header-70k", fault=27, answer=page(None, "X-Long: " + "y" * 70_000), expected=("headers_too_large",)),
    Case(id="etag-60k", fault=27, answer=page(None, f'ETag: "{"e" * 60_000}"'), expected=OK),
    Case(
        id="headers-100k",
        fault=28,
        answer=page(None, *(f"X-{n}: y" for n in range(100_000))),
        expected=("headers_too_large",),
    ),
    Case(id="header-ansi", fault=29, answer=page(None, "X-A: \x1b[31mred\x00\x07"), expected=OK),
    Case(id="header-latin", fault=30, answer=page(None, "X-\xe9t\xe9: oui"), expected=OK + FRAMING),
    Case(id="header-no-colon", fault=31, answer=page(None, "no colon here"), expected=OK),
    Case(id="header-folded", fault=31, answer=page(None, "X-A: one\r\n two"), expected=OK),
    Case(
        id="header-folded-first",
        fault=31,
        answer=raw(b"HTTP/1.1 200 OK\r\n\tX: y\r\n" + head()[17:] + HTML),
        expected=OK,
    ),
    Case(
        id="header-bare-lf",
        fault=31,
        answer=raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + article("lf")),
        expected=OK,
    ),
    Case(id="interim-100k", fault=32, answer=_interim, expected=FRAMING),
    Case(id="interim-two", fault=32, answer=_two_hints, expected=OK),
    Case(id="status-204", fault=33, answer=raw(head("204 No Content") + HTML), expected=("empty_body",)),
    Case(id="status-304", fault=33, answer=page(b"", status="304 Not Modified"), expected=("unexpected_304",)),
    Case(
        id="status-206",
        fault=34,
        answer=page(None, "Content-Range: bytes 0-99/9999", status="206 Partial Content"),
        expected=("unexpected_206",),
    ),
    Case(id="two-answers", fault=35, answer=raw((head(length=len(article("ta"))) + article("ta")) * 2), expected=OK),
    Case(
        id="cookies-100",
        fault=36,
        answer=page(None, *(f"Set-Cookie: c{n}={'v' * 400}" for n in range(100))),
        expected=OK,
    ),
    Case(
        id="cookies-4m",
        fault=36,
        answer=page(None, *(f"Set-Cookie: c{n}={'v' * 4000}" for n in range(1000))),
        expected=("headers_too_large",),
    ),
    *(
        Case(id=f"status-{code}", fault=37, answer=page(None, status=f"{code} No"), expected=(outcome,))
        for code, outcome in (
            (400, "http_400"),
            (401, "http_401"),
            (403, "http_403"),
            (404, "http_404"),
            (410, "gone"),
            (418, "http_418"),
            (451, "gone"),
            (500, "http_500"),
            (502, "http_502"),
        )
    ),
)

CASES = COMPRESSION + SLOW + FRAMING_CASES
