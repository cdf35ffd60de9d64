"""A paper of any number of generated articles, for the crash runs: one list over many pages, and a page for each."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_NOUNS = ("ferry", "bridge", "orchard", "lantern", "parish", "quarry", "signal", "harbour", "kiln", "meadow", "tram")
_VERBS = ("reopens", "delays", "measures", "paints", "lends", "counts", "repairs", "opposes", "funds", "inspects")
PER_PAGE = 50


def headline(number: int) -> str:
    """A headline of its own for each number."""
    draw = random.Random(number)
    who, does, what = draw.choice(_NOUNS), draw.choice(_VERBS), draw.choice(_NOUNS)
    return f"The {who} of ward {number} {does} the old {what} by day {number * 7}"


def _words(number: int, count: int) -> str:
    draw = random.Random(number * 1_000_003)
    words = [draw.choice(_NOUNS + _VERBS) + str(draw.randrange(10_000)) for _ in range(count)]
    sentences = [" ".join(words[at : at + 12]).capitalize() + "." for at in range(0, count, 12)]
    return "".join(f"<p>{' '.join(sentences[at : at + 4])}</p>" for at in range(0, len(sentences), 4))


def _listing(page: int, articles: int) -> str:
    newest = articles - 1 - page * PER_PAGE
    oldest = max(0, newest - PER_PAGE + 1)
    cards = "".join(
        f'<article class="card"><h2><a href="/news/{n}-story">{headline(n)}</a></h2>'
        f'<time datetime="2026-07-{1 + n % 28:02d}T08:00:00Z">{1 + n % 28} July 2026</time></article>'
        for n in range(newest, oldest - 1, -1)
    )
    following = f'<a rel="next" href="/?page={page + 1}">Next</a>' if oldest > 0 else ""
    return f"<html lang=en><title>The Ward Post</title><body><main>{cards}</main>{following}</body></html>"


def _article(number: int) -> str:
    return (
        f"<html lang=en><title>{headline(number)}</title><body><article><h1>{headline(number)}</h1>"
        f'<time datetime="2026-07-{1 + number % 28:02d}T08:00:00Z"></time>{_words(number, 160)}</article></body></html>'
    )


@contextmanager
def serve(articles: int | Callable[[], int]) -> Iterator[tuple[str, dict[str, int]]]:
    """The paper's address, and how often each path was asked for. `articles`: how many there are, now or always."""
    asked: dict[str, int] = {}
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                asked[self.path] = asked.get(self.path, 0) + 1
            body = self._body()
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            data = (body or "").encode()
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(ConnectionError):  # who asked may have been killed
                self.wfile.write(data)

        def _body(self) -> str | None:
            if self.path.startswith("/news/"):
                return _article(int(self.path[6:].partition("-")[0]))
            if self.path == "/" or self.path.startswith("/?page="):
                published = articles() if callable(articles) else articles
                return _listing(int(self.path.partition("=")[2] or 0), published)
            return None

        def log_message(self, *values: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # of five that wait, the sixth would lose its request

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
