"""Do hostile sources slow honest ones down? Two crawls in one run: honest sources alone, then with 5 % hostile ones.

`python -m benchmarks.isolation [honest sources]` prints honest articles per second in both, and their ratio (goal: at
least 0.9). All sources are on loopback, each on a port, and so a host, of its own.
"""

import asyncio
import contextlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from tests.hostile.answers import Answer, Visit, article, page
from tests.hostile.channels import rss
from tests.hostile.server import BY_ID

REPO = Path(__file__).parents[1]
HONEST, ARTICLES, HOSTILE_SHARE = 200, 3, 0.05
HOSTILE = ("silent", "header-drip", "body-drip", "body-hang", "body-endless", "gzip-300m", "attributes-200k", "br-1m",
           "comments-40k", "links-300k")  # fmt: skip


async def _serve(honest: int, hostile: int) -> None:
    """One port for each source; the hostile ones announce a page of their fault, and their feed is slow to come."""
    ports: dict[str, int] = {}

    def answer(name: str, path: str) -> Answer:
        here = f"http://127.0.0.1:{ports[name]}"
        if path == "/robots.txt":
            return page(b"none", status="404 Not Found")
        if path == "/feed.xml":
            links = [f"{here}/{n}" for n in range(ARTICLES)]
            items = (f"<item><title>Story {link} of the town</title><link>{link}</link></item>" for link in links)
            return page(rss("".join(items)), content_type="application/xml")
        if name.startswith("hostile"):
            return BY_ID[HOSTILE[int(name[7:]) % len(HOSTILE)]].answer
        return page(article(name + path))

    async def open_port(name: str) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode("latin-1")
                await answer(name, path)(Visit(path, {}, writer, ports))
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]

    for name in [*(f"honest{n}" for n in range(honest)), *(f"hostile{n}" for n in range(hostile))]:
        await open_port(name)
    print(json.dumps(ports), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def crawl(honest: int, hostile: int) -> tuple[int, float]:
    """(honest articles fetched, seconds from the first to the last of them)."""
    command = [sys.executable, "-m", "benchmarks.isolation", "serve", str(honest), str(hostile)]
    pipe = subprocess.PIPE
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=REPO, stdin=pipe, stdout=pipe, text=True) as server,
    ):
        assert server.stdout is not None
        assert server.stdin is not None
        ports: dict[str, int] = json.loads(server.stdout.readline())
        seeds = Path(folder) / "seeds" / "zz"
        seeds.mkdir(parents=True)
        for name, port in ports.items():
            url = f"http://127.0.0.1:{port}/feed.xml"
            text = f'publisher = "{name}"\nurl = "{url}"\n\n[[channels]]\nkind = "feed"\nurl = "{url}"\n'
            (seeds / f"{name}.toml").write_text(text)
        settings = {
            "NEWSCRAWL_DB": f"{folder}/news.db",
            "NEWSCRAWL_SEEDS": f"{folder}/seeds",
            "NEWSCRAWL_ALLOW_ADDRESSES": ",".join(f"127.0.0.1:{port}" for port in ports.values()),
            "DOWNLOAD_DELAY": "0.5",
            "AUTOTHROTTLE_ENABLED": "0",
            "LOG_LEVEL": "ERROR",
        }
        given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        subprocess.run([str(Path(sys.executable).with_name("scrapy")), "crawl", "feed", *given], cwd=REPO, check=False)
        with contextlib.closing(sqlite3.connect(f"{folder}/news.db")) as database:
            rows = database.execute(
                "SELECT min(finished_at), max(finished_at), count(*) FROM fetches"
                " WHERE source_id LIKE 'zz_honest%' AND kind = 'article' AND outcome = 'ok'"
            ).fetchone()
        server.stdin.close()
    first, last = (datetime.fromisoformat(text) for text in rows[:2])
    return rows[2], (last - first).total_seconds()


def main() -> None:
    honest = int(sys.argv[1]) if len(sys.argv) > 1 else HONEST
    hostile = max(1, round(honest * HOSTILE_SHARE))
    rates = []
    for count in (0, hostile):
        started = time.monotonic()
        articles, seconds = crawl(honest, count)
        rates.append(articles / seconds)
        print(
            f"{honest} honest and {count} hostile sources: {articles} honest articles in {seconds:.0f} s,"
            f" {rates[-1]:.2f} a second; the whole run {time.monotonic() - started:.0f} s",
            flush=True,
        )
    print(f"honest throughput beside hostile sources: {rates[1] / rates[0]:.2f} of what it is without (goal: 0.90)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(_serve(int(sys.argv[2]), int(sys.argv[3])))
    else:
        main()
