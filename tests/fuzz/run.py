"""`python -m tests.fuzz.run [TARGET …] [--seconds 60] [--seed 1]`: changed and mixed samples, until time is up.

With atheris installed (`pip install atheris`), `--atheris` lets it choose the inputs of one target by coverage.
Prints what breaks a promise, with the input; exits with 1 if anything does.
"""

import argparse
import random
import sys
import time
import traceback
from collections.abc import Iterator

from tests.fuzz.targets import TARGETS
from tests.hostile.answers import article
from tests.hostile.channels import item, rss, sitemap

WORDS = (
    b"http://", b"https://", b"file:///etc/passwd", b"//", b"\\@", b"127.0.0.1", b"[::ffff:7f00:1]", b"0x7f.1",
    b"2130706433", "１２７.０.０.１".encode(), b"localhost.", b"%00", b"%2e%2e/", b"\r\n", b"\x00", b"\xff\xfe",
    b"\xed\xa0\x80", b"&#8;", b"&#xFFFF;", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<script>", b"</script>", b"<a href=", b"<p ", b'"', b"'",
    b"99999999999999999999", b"-1", b"NaN", b"1e999", b"2026-02-30", b"3 hours ago", b"yesterday",
    b"Mon, 01 Jan 2026 00:00:00 GMT", b"HTTP/1.1 200 OK\r\n", b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n", b"5\r\nhello\r\n0\r\n\r\n", b"User-agent: *\nDisallow: /\n",
    b"Crawl-delay: 5\n", b"{", b"[", b"}", b"]", b"publisher = ", b"[[channels]]\n", b"\x1f\x8b\x08\x00",
    b"\x28\xb5\x2f\xfd", b"charset=utf-7", b"; charset=\"", b"@", b":", b"?", b"#", b".", b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
)  # fmt: skip
SAMPLES = (
    article("fuzz"),
    rss(item(1) + item(2)),
    sitemap(["https://fuzz.example/a", "https://fuzz.example/b"]),
    b"https://user@fuzz.example:443/a/../b?c=d&utm_source=e#f",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"User-agent: newscrawl\nDisallow: /a*b$\nAllow: /\n",
    b'publisher = "A"\nurl = "https://a.example/"\n[[channels]]\nkind = "feed"\nurl = "https://a.example/f"\n',
    b'[{"location": "/", "tdm-reservation": 1}]',
    b"25 November 2026, 14:05",
)
_CHANGES_MOST = 8


def inputs(draw: random.Random) -> Iterator[bytes]:
    """Samples with pieces cut, doubled, swapped or put in."""
    while True:
        data = bytearray(draw.choice((*SAMPLES, b"")))
        for _ in range(draw.randint(1, _CHANGES_MOST)):
            at, to = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
            data[at:to] = draw.choice(
                (
                    b"",
                    bytes(data[at:to]) * draw.randint(1, 3),
                    draw.choice(WORDS) * draw.choice((1, 1, 1, 40)),
                    draw.randbytes(draw.randint(0, 12)),
                    bytes(data[at:to]) + draw.choice(WORDS),
                )
            )
            del data[2**16 :]
        yield bytes(data)


def fuzz(name: str, *, seconds: float, seed: int, times: int | None = None) -> tuple[int, str | None]:
    """(inputs tried, what went wrong with the last of them; None: nothing)."""
    until_s, tried = time.monotonic() + seconds, 0
    for data in inputs(random.Random(f"{name} {seed}")):
        if time.monotonic() > until_s or tried == times:
            break
        tried += 1
        try:
            TARGETS[name](data)
        except Exception:
            return tried, f"{data[:2000]!r}\n{traceback.format_exc()}"
    return tried, None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; none: all")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    given = parser.parse_args()
    names = given.targets or list(TARGETS)
    if given.atheris:
        import atheris  # not locked: for who fuzzes by hand

        atheris.instrument_all()
        atheris.Setup([sys.argv[0], f"-max_total_time={given.seconds:.0f}"], TARGETS[names[0]])
        atheris.Fuzz()
    broken = 0
    for name in names:
        tried, wrong = fuzz(name, seconds=given.seconds, seed=given.seed)
        broken += wrong is not None
        print(f"{name}: {tried} inputs, {'nothing broken' if wrong is None else 'BROKEN by ' + wrong}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
