"""Faults of redirects, schemes and addresses (38–56)."""

from tests.hostile.answers import Visit, article, filled, head, page, redirect
from tests.hostile.case import Case

ADDRESS = ("blocked_address",)
SCHEME = ("blocked_scheme",)
BAD = ("bad_url",)


async def _farther(visit: Visit) -> None:
    """A redirect that always leads one step on."""
    step = int(visit.path.rpartition("~")[2]) if "~" in visit.path else 0
    await redirect(f"{visit.path.partition('~')[0]}~{step + 1}")(visit)


async def _circle(visit: Visit) -> None:
    base, _, step = visit.path.partition("~")
    await redirect(f"{base}~b" if step != "b" else base)(visit)


async def _refresh_farther(visit: Visit) -> None:
    step = int(visit.path.rpartition("~")[2]) if "~" in visit.path else 0
    target = f"{visit.path.partition('~')[0]}~{step + 1}"
    await page(_refresh(target))(visit)


async def _moved_twice(visit: Visit) -> None:
    step = visit.path.count("~")
    if step == 2:
        await page()(visit)
    else:
        await redirect(visit.path + "~", "301 Moved Permanently")(visit)


def _refresh(target: str) -> bytes:
    return article(target, head=f'<meta http-equiv="refresh" content="0; url={target}">')


# (id, fault, Location, outcome)
_LOCATIONS = (
    ("to-file", 39, "file:///etc/hostname", SCHEME),
    ("to-data", 39, "data:text/html,hello", SCHEME),
    ("to-ftp", 39, "ftp://127.0.0.1:{canary}/", SCHEME),
    ("to-gopher", 39, "gopher://127.0.0.1:{canary}/", SCHEME),
    ("to-s3", 39, "s3://bucket/key", SCHEME),
    ("to-javascript", 39, "javascript:alert(1)", SCHEME),
    ("to-file-short", 39, "file:/etc/hostname", SCHEME),
    ("to-metadata", 41, "http://169.254.169.254/latest/meta-data/", ADDRESS),
    ("to-loopback", 42, "http://127.0.0.1:{canary}/", ADDRESS),
    ("to-loopback-2", 42, "http://127.0.0.2:{canary}/", ADDRESS),
    ("to-localhost", 42, "http://localhost:{canary}/", ADDRESS),
    ("to-localhost-dot", 42, "http://LOCALHOST.:{canary}/", ADDRESS),
    ("to-localhost-sub", 42, "http://a.localhost:{canary}/", ADDRESS),
    ("to-6-loopback", 43, "http://[::1]:{canary}/", ADDRESS),
    ("to-6-mapped", 43, "http://[::ffff:127.0.0.1]:{canary}/", ADDRESS),
    ("to-6-nat64", 43, "http://[64:ff9b::7f00:1]:{canary}/", ADDRESS),
    ("to-6-ula", 43, "http://[fd00::1]:{canary}/", ADDRESS),
    ("to-6-link", 43, "http://[fe80::1]:{canary}/", ADDRESS),
    ("to-6-zone", 43, "http://[fe80::1%25lo]:{canary}/", BAD),
    ("to-6-6to4", 43, "http://[2002:7f00:1::]:{canary}/", ADDRESS),
    ("to-decimal", 44, "http://2130706433:{canary}/", ADDRESS),
    ("to-hex", 44, "http://0x7f000001:{canary}/", ADDRESS),
    ("to-hex-dotted", 44, "http://0x7f.0.0.1:{canary}/", ADDRESS),
    ("to-octal", 44, "http://0177.0.0.1:{canary}/", ADDRESS),
    ("to-short", 44, "http://127.1:{canary}/", ADDRESS),
    ("to-zero", 44, "http://0.0.0.0:{canary}/", ADDRESS),
    ("to-zero-short", 44, "http://0:{canary}/", ADDRESS),
    ("to-fullwidth", 45, "http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1:{canary}/", BAD),
    ("to-private-10", 46, "http://10.0.0.1:{canary}/", ADDRESS),
    ("to-private-192", 46, "http://192.168.1.1/", ADDRESS),
    ("to-private-172", 46, "http://172.20.0.1/", ADDRESS),
    ("to-cgnat", 46, "http://100.64.0.1/", ADDRESS),
    ("to-backslash", 47, "http://example.org\\@127.0.0.1:{canary}/", BAD),
    ("to-userinfo", 47, "http://user:pass@127.0.0.1:{canary}/", BAD),
    ("to-port-bad", 48, "http://127.0.0.1:99999/", BAD),
    ("to-port-text", 48, "http://127.0.0.1:http/", BAD),
    ("to-host-empty", 48, "http:///etc/passwd", BAD),
    ("to-nowhere", 48, "", BAD),
    ("to-6-bad", 48, "http://[::1/", BAD),
    ("to-long", 48, "/" + "a" * 3000, BAD),
    ("to-control", 48, "/a\tb", BAD),
    ("to-space-host", 48, "http://exa mple.org/", BAD),
    ("to-label-300", 48, "http://" + "a." * 300 + "org/", BAD),
    ("to-label-long", 48, "http://" + "a" * 70 + ".org/", BAD),
)


async def _fullwidth(visit: Visit) -> None:
    target = f"http://\uff11\uff12\uff17.0.0.1:{visit.ports['canary']}/".encode()
    await visit.send(head("302 Found", length=0)[:-2] + b"Location: " + target + b"\r\n\r\n")


async def _location_2m(visit: Visit) -> None:
    await visit.send(b"HTTP/1.1 302 Found\r\nLocation: /" + b"a" * 2_000_000 + b"\r\n\r\n")


INSIDE = article(
    "inside",
    head='<link rel="canonical" href="http://127.0.0.1:{canary}/c"><link rel="icon" href="http://127.0.0.1:{canary}/i">'
    '<link rel="amphtml" href="http://127.0.0.1:{canary}/a">'
    '<meta property="og:image" content="http://127.0.0.1:{canary}/o">'
    '<base href="http://127.0.0.1:{canary}/">',
)

CASES = (
    Case(id="loop-self", fault=38, answer=redirect("{path}"), expected=("redirect_loop",)),
    Case(id="loop-two", fault=38, answer=_circle, expected=("redirect_loop",)),
    Case(id="loop-endless", fault=38, answer=_farther, expected=("too_many_redirects",)),
    Case(id="refresh-endless", fault=38, answer=_refresh_farther, expected=("too_many_redirects",)),
    Case(id="moved-twice", fault=38, answer=_moved_twice, expected=("ok",)),
    *(
        Case(id=id_, fault=fault, answer=redirect(location), expected=expected)
        for id_, fault, location, expected in _LOCATIONS
    ),
    Case(id="to-fullwidth-raw", fault=45, answer=_fullwidth, expected=ADDRESS),
    Case(id="to-2m", fault=48, answer=_location_2m, expected=("headers_too_large", "bad_url")),
    Case(
        id="refresh-inside",
        fault=50,
        answer=filled(_refresh("http://127.0.0.1:{canary}/")),
        expected=ADDRESS,
    ),
    Case(id="refresh-file", fault=50, answer=page(_refresh("file:///etc/hostname")), expected=SCHEME),
    Case(id="links-inside", fault=51, answer=filled(INSIDE), expected=("ok",)),
)
