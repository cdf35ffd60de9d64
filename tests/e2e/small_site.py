"""A site of a few made-up pages on loopback, and a crawl of it as a user would run it."""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
CRAWL_S = 240
Answer = tuple[int, bytes]


@contextmanager
def serve(answer: Callable[[str], Answer]) -> Iterator[tuple[str, Counter[str]]]:
    """A site's address, and how often each path was asked for."""
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            status, body = (404, b"") if self.path == "/robots.txt" else answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever has the headers of an empty answer may be gone
                self.wfile.write(body)

        def log_message(self, *values: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # of five that wait, the sixth would lose its request

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def crawl(
    address: str,
    db: Path,
    *,
    spider: str = "listing",
    path: str = "/",
    settings: Mapping[str, str] | None = None,
    **arguments: str,
) -> None:
    """`scrapy crawl SPIDER` of one page of the site; fails the test unless it ends in order."""
    given = {
        "NEWSCRAWL_DB": str(db),
        "NEWSCRAWL_ALLOW_ADDRESSES": address.removeprefix("http://"),
        "CONCURRENT_REQUESTS_PER_DOMAIN": "1",
        "LOG_LEVEL": "ERROR",
        **(settings or {}),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"url={address}{path}"]
    for flag, pairs in (("-a", arguments), ("-s", given)):
        for name, value in pairs.items():
            command += [flag, f"{name}={value}"]
    environment = os.environ | {"SCRAPY_PROJECT": "test"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, timeout=CRAWL_S, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 3), done.stderr


def cards(paths: list[str], following: str = "") -> bytes:
    items = "".join(
        f'<article class="card"><h2><a href="{path}">{_headline(path)}</a></h2>'
        f'<time datetime="2026-11-20T08:00:00Z">20 November 2026</time></article>'
        for path in paths
    )
    return f"<html lang=en><title>The Trap</title><body><main>{items}</main>{following}</body></html>".encode()


def _headline(path: str) -> str:
    words = ("ferry", "bridge", "orchard", "lantern", "parish", "quarry", "signal", "harbour", "kiln", "meadow")
    draw = random.Random(path)
    return f"The {' '.join(draw.choices(words, k=4))} of ward {draw.randrange(10**6)} is to be rebuilt"
