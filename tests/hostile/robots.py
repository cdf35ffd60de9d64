"""Faults of robots.txt (112) and of hosts that want a pause; each case has a port, and so a host, of its own."""

from tests.hostile.answers import Answer, coded, endless, gzip_bomb, hang, head, page, raw, redirect
from tests.hostile.case import Case

ALLOWED = ("ok",)
FORBIDDEN = ("robots_disallowed",)
DARK = ("robots_unreachable",)
BLOCK_ALL = b"User-agent: *\nDisallow: /\n"
PLAIN = "text/plain"


def _text(body: bytes, *headers: str) -> Answer:
    return page(body, *headers, content_type=PLAIN)


def _status(line: str, *headers: str) -> Answer:
    return page(BLOCK_ALL, *headers, status=line, content_type=PLAIN)


# (id, the answer for /robots.txt, outcome of the page)
_ROWS: tuple[tuple[str, Answer, tuple[str, ...]], ...] = (
    ("rb-none", _status("404 Not Found"), ALLOWED),
    ("rb-410", _status("410 Gone"), ALLOWED),
    ("rb-403", _status("403 Forbidden"), ALLOWED),
    ("rb-500", _status("500 Oops"), DARK),
    ("rb-503", _status("503 Busy"), DARK),
    ("rb-429", _status("429 Slow", "Retry-After: 120"), DARK),
    ("rb-reset", raw(b""), DARK),
    ("rb-noise", raw(b"\x00\x01\x02\n" * 100), DARK),
    ("rb-block", _text(BLOCK_ALL), FORBIDDEN),
    ("rb-block-us", _text(b"User-agent: newscrawl\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), FORBIDDEN),
    ("rb-allow-us", _text(b"User-agent: *\nDisallow: /\n\nUser-agent: NewsCrawl\nDisallow:\n"), ALLOWED),
    ("rb-other", _text(b"User-agent: news\nDisallow: /\n"), ALLOWED),
    ("rb-longest", _text(b"User-agent: *\nDisallow: /\nAllow: /c/\n"), ALLOWED),
    ("rb-merge", _text(b"User-agent: newscrawl\nDisallow: /x\n\nUser-agent: newscrawl\nDisallow: /c/\n"), FORBIDDEN),
    ("rb-bom", _text(b"\xef\xbb\xbf" + BLOCK_ALL), FORBIDDEN),
    ("rb-cr", _text(BLOCK_ALL.replace(b"\n", b"\r")), FORBIDDEN),
    ("rb-percent", _text(b"User-agent: *\nDisallow: /%63/\n"), FORBIDDEN),
    ("rb-wildcards", _text(b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"b$\nDisallow: *c/\n"), FORBIDDEN),
    ("rb-html", page(b"<html><body>Welcome</body></html>"), ALLOWED),
    ("rb-first", _text(BLOCK_ALL + b"# " + b"x" * (600 * 1024)), FORBIDDEN),
    ("rb-100m", endless(head(content_type=PLAIN) + BLOCK_ALL, b"# " + b"x" * 65536 + b"\n"), FORBIDDEN),
    ("rb-rules-200k", _text(b"User-agent: *\n" + b"".join(b"Disallow: /x%d/\n" % n for n in range(200_000))), ALLOWED),
    (
        "rb-agents-16k",
        _text(b"".join(b"User-agent: a%d\n" % n for n in range(16_000)) + b"Disallow: /z\n" * 16_000),
        ALLOWED,
    ),
    ("rb-bomb", coded("gzip", lambda: gzip_bomb(300, b"# x\n"), content_type=PLAIN), (*ALLOWED, *DARK)),
    ("rb-redirects-5", redirect("{path}~"), DARK),
    ("rb-loop", redirect("/robots.txt"), DARK),
    ("rb-inside", redirect("http://127.0.0.1:{canary}/robots.txt"), DARK),
    ("rb-metadata", redirect("http://169.254.169.254/"), DARK),
    ("rb-file", redirect("file:///etc/hostname"), DARK),
    ("rb-delay-minus", _text(b"User-agent: *\nCrawl-delay: -1\nAllow: /\n"), ALLOWED),
    ("rb-delay-nan", _text(b"User-agent: *\nCrawl-delay: NaN\nAllow: /\n"), ALLOWED),
    ("rb-delay-1", _text(b"User-agent: *\nCrawl-delay: 1\nAllow: /\n"), ALLOWED),
    ("rb-delay-day", _text(b"User-agent: *\nCrawl-delay: 86400\nAllow: /\n"), FORBIDDEN),
    ("rb-coding-3", coded("gzip, gzip, gzip", b"x"), DARK),
)
_SLOW: tuple[tuple[str, Answer, tuple[str, ...]], ...] = (
    ("rb-hang", hang(), DARK),
    ("rb-drip", endless(head(content_type=PLAIN), b"#", pause_s=0.3), DARK),
)

ROBOTS: dict[str, Answer] = {id_: answer for id_, answer, _ in _ROWS + _SLOW}
"""Case → what its host answers for /robots.txt."""

_INSIDE = {"rb-inside": 53, "rb-metadata": 53, "rb-file": 53}

_HOSTS = (
    Case(
        id="host-429",
        fault=112,
        kind="robots",
        answer=page(b"slow down", status="429 Slow"),
        expected=("rate_limited",),
    ),
    Case(
        id="host-429-after",
        fault=112,
        kind="robots",
        answer=page(b"slow down", "Retry-After: 120", status="429 Slow"),
        expected=("rate_limited",),
    ),
    Case(
        id="host-503-after",
        fault=112,
        kind="robots",
        answer=page(b"busy", "Retry-After: Wed, 01 Jan 2098 00:00:00 GMT", status="503 Busy"),
        expected=("rate_limited",),
    ),
    *(
        Case(
            id=f"host-{id_}",
            fault=112,
            kind="robots",
            answer=page(b"slow down", f"Retry-After: {wait}", status=status),
            expected=("rate_limited",),
        )
        for id_, status, wait in (
            ("429-minus", "429 Slow", "-5"),
            ("429-huge", "429 Slow", "9" * 400),
            ("429-words", "429 Slow", "soon"),
            ("503-zero", "503 Busy", "0"),
        )
    ),
    Case(id="host-503", fault=37, kind="robots", answer=page(b"busy", status="503 Busy"), expected=("http_503",)),
)

CASES = (
    *(
        Case(id=id_, fault=_INSIDE.get(id_, 112), kind="robots", answer=page(), expected=expected)
        for id_, _, expected in _ROWS
    ),
    *(
        Case(id=id_, fault=112, kind="robots", answer=page(), expected=expected, within_s=20.0, quick=False)
        for id_, _, expected in _SLOW
    ),
    *_HOSTS,
)
