"""How fast is a whole crawl? Against the smaller of bare Scrapy and as many bare trafilaturas as there are workers.

    python -m benchmarks.throughput DATA [--pages 300] [--workers 2]

The pages of the annotated sets are served on loopback, each set-up reads the same ones, and all run in one go:
newscrawl from its sitemap to the database, a Scrapy spider that fetches and does nothing, and trafilatura with
metadata on the bytes in memory. DATA as in `fit_blocks.py`.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

REPO = Path(__file__).parents[1]
sys.path.insert(0, str(REPO / "benchmarks"))
HEAD = "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: keep-alive\r\n\r\n"
BARE = """
import scrapy
class Bare(scrapy.Spider):
    name = "bare"
    custom_settings = {{"LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 16}}
    start_urls = {urls!r}
    def parse(self, response):
        yield {{"url": response.url, "bytes": len(response.body)}}
"""


CLOCKED = """
import time
import bare
from scrapy.crawler import CrawlerProcess

process = CrawlerProcess({"LOG_LEVEL": "ERROR"})
process.crawl(bare.Bare)
started = time.monotonic()
process.start()
print(time.monotonic() - started)
"""


async def serve(bodies: list[bytes]) -> None:
    """Print the port, then answer /0.html, /1.html … and /sitemap.xml until standard input ends."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode("latin-1")
                status, kind, body = answer(path)
                writer.write(HEAD.format(status=status, kind=kind, length=len(body)).encode() + body)
                await writer.drain()
        writer.close()

    def answer(path: str) -> tuple[str, str, bytes]:
        name = path.strip("/").removesuffix(".html")
        if name.isdigit() and int(name) < len(bodies):
            return "200 OK", "text/html", bodies[int(name)]
        if path == "/sitemap.xml":
            return "200 OK", "application/xml", sitemap.encode()
        return "404 Not Found", "text/plain", b"none"

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    urls = "".join(f"<url><loc>http://127.0.0.1:{port}/{n}.html</loc></url>" for n in range(len(bodies)))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def crawl(port: int, folder: Path, workers: int) -> float:
    """Pages a second from the first page fetched to the last one stored."""
    seeds, url = folder / "seeds" / "zz", f"http://127.0.0.1:{port}/sitemap.xml"
    seeds.mkdir(parents=True)
    (seeds / "all.toml").write_text(
        f'publisher = "All"\nurl = "http://127.0.0.1:{port}/"\n\n[[channels]]\nkind = "sitemap"\nurl = "{url}"\n'
    )
    settings = {
        "NEWSCRAWL_DB": folder / "news.db",
        "NEWSCRAWL_SEEDS": folder / "seeds",
        "NEWSCRAWL_ALLOW_ADDRESSES": f"127.0.0.1:{port}",
        "NEWSCRAWL_EXTRACT_WORKERS": workers,
        "NEWSCRAWL_SOURCE_ARTICLES": 100_000,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "LOG_LEVEL": "ERROR",
    }
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    scrapy = Path(sys.executable).with_name("scrapy")
    subprocess.run([scrapy, "crawl", "sitemap", *given], cwd=REPO, check=False, stdout=subprocess.DEVNULL)
    with contextlib.closing(sqlite3.connect(folder / "news.db")) as database:
        first, last, count = database.execute(
            "SELECT min(started_at), max(finished_at), count(*) FROM fetches WHERE kind = 'article'"
        ).fetchone()
        outcomes = dict(database.execute("SELECT outcome, count(*) FROM fetches WHERE kind = 'article' GROUP BY 1"))
    print("  newscrawl's outcomes:", json.dumps(outcomes))
    return count / (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()


def fetch(port: int, folder: Path, pages: int) -> float:
    """Pages a second of a Scrapy spider that does nothing with them, by its own clock."""
    urls = [f"http://127.0.0.1:{port}/{n}.html" for n in range(pages)]
    (folder / "bare.py").write_text(BARE.format(urls=urls))
    (folder / "clocked.py").write_text(CLOCKED)
    run = subprocess.run([sys.executable, "clocked.py"], cwd=folder, check=True, capture_output=True, text=True)
    return pages / float(run.stdout.split()[-1])


def read(bodies: list[bytes]) -> float:
    """Read each page with trafilatura, all fields; the seconds it took on the clock."""
    from trafilatura import bare_extraction

    bare_extraction(bodies[0], with_metadata=True)  # what is loaded once is not counted
    started = time.monotonic()
    for body in bodies:
        bare_extraction(body, with_metadata=True, include_comments=False)
    return time.monotonic() - started


def read_apart(bodies: list[bytes], workers: int) -> float:
    """Pages a second of trafilatura in as many processes at once, each with its share of the pages."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        seconds = list(pool.map(read, [bodies[n::workers] for n in range(workers)]))
    return len(bodies) / max(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("NEWSCRAWL_BENCH_DATA"))
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.data:
        parser.error("name the data folder, or set NEWSCRAWL_BENCH_DATA")
    with contextlib.redirect_stdout(sys.stderr):
        from annotated_pages import read_pages

        found = [page.body for page in read_pages(Path(args.data))]
    bodies = found[:: max(1, len(found) // args.pages)][: args.pages]
    if args.serve:
        asyncio.run(serve(bodies))
        return
    command = [sys.executable, __file__, args.data, "--pages", str(args.pages), "--serve"]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(command, cwd=REPO, stdin=pipe, stdout=pipe, text=True) as server,
    ):
        assert server.stdout is not None
        assert server.stdin is not None
        port, folder = int(server.stdout.readline()), Path(name)
        ours = crawl(port, folder, args.workers)
        bare = fetch(port, folder, len(bodies))
        server.stdin.close()
    alone = read_apart(bodies, args.workers)
    print(f"{len(bodies)} pages, {args.workers} workers, pages a second:")
    print(f"  newscrawl, the whole crawl       {ours:7.1f}")
    print(f"  bare Scrapy                      {bare:7.1f}")
    print(f"  trafilatura x {args.workers}, all fields      {alone:7.1f}")
    print(f"  newscrawl / the smaller of both  {ours / min(bare, alone):7.2f} (goal: 1.0)")


if __name__ == "__main__":
    main()
