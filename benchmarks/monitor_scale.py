"""The monitor at scale: thousands of feeds on loopback, a clock that runs sixty times as fast, and every loss counted.

    python -m benchmarks.monitor_scale [--sources 10000] [--hours 24] [--speed 60] [--checks-per-day 40000]

One process serves a feed for each source, each on a port and so a host of its own, with ETag and 304; what they
publish is drawn once (rates log-normal, seeded). `scrapy crawl monitor` runs beside it for the simulated hours, then
gets SIGTERM. All clocks are simulated ones but those of the connections. Printed are checks a second, the share that
brought nothing, how long after they were due requests left, memory by the simulated hour (the crawl and its workers),
and what was lost or stored twice: every item a feed held when it was last asked must be in the database, in its queue
(the run was ended on its way to storing it), or in the time of a recorded gap.
"""

import argparse
import asyncio
import contextlib
import json
import math
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[1]
START = datetime(2026, 1, 5, tzinfo=UTC)
"""The simulated beginning, a Monday."""
ITEMS = 20
RATE_MEDIAN, RATE_SIGMA, RATE_MAX = 0.12, 1.2, 20.0
"""Articles a source and day."""
HISTORY = 3
"""Articles a source has published, on average, before the beginning."""
WORDS = ("harbour", "council", "ferry", "bridge", "school", "storm", "market", "river", "museum", "island", "railway")


class Clock:
    """Simulated time: `speed` seconds of it for each one since `began_s`, which all processes are told."""

    def __init__(self, speed: float) -> None:
        self.began_s: float | None = None
        self._speed = speed

    def seconds(self) -> float:
        """Simulated seconds since `START`."""
        return 0.0 if self.began_s is None else (time.time() - self.began_s) * self._speed

    def now(self, zone: Any = None) -> datetime:
        """As `datetime.now`."""
        return (START + timedelta(seconds=self.seconds())).astimezone(zone)


def published(source: int, until_s: float) -> list[float]:
    """When a source publishes, seconds from `START`; the items before it are in its feed from the first."""
    draw = random.Random(source)
    rate = min(RATE_MAX, RATE_MEDIAN * math.exp(draw.gauss(0, RATE_SIGMA))) / 86_400
    at_s = -HISTORY / rate
    instants = [at_s]
    while at_s < until_s:
        at_s += draw.expovariate(rate)
        instants.append(at_s)
    return instants


def item(source: int, number: int, instant_s: float) -> str:
    """One feed item with the article whole, of its own words."""
    draw = random.Random(f"{source}/{number}")
    text = " ".join(f"{draw.choice(WORDS)} {draw.randrange(10**6)}" for _ in range(60))
    date = format_datetime(START + timedelta(seconds=instant_s))
    return (
        f"<item><title>{text[:60].title()}</title><link>{{here}}/{source}/{number}.html</link><pubDate>{date}</pubDate>"
        f"<content:encoded>&lt;p&gt;{text}.&lt;/p&gt;</content:encoded></item>"
    )


async def serve(sources: int, hours: float, clock: Clock) -> None:
    """Print the ports, read the instant at which the simulation began, then answer until standard input ends."""
    instants = [published(source, hours * 3600) for source in range(sources)]
    ports: list[int] = []

    def feed(source: int, shown: int) -> bytes:
        numbers = range(max(0, shown - ITEMS), shown)
        here = f"http://127.0.0.1:{ports[source]}"
        items = "".join(item(source, number, instants[source][number]) for number in reversed(numbers))
        head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>S</title>'
        return f"{head}{items}</channel></rss>".replace("{here}", here).encode()

    async def open_port(source: int) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                shown = bisect_right(instants[source], clock.seconds())
                tag = f'"{shown}"'
                if not head.startswith(b"GET /feed.xml"):
                    status, body = "404 Not Found", b""
                elif f"none-match: {tag}".encode() in head.replace(b"None-Match", b"none-match"):
                    status, body = "304 Not Modified", b""
                else:
                    status, body = "200 OK", feed(source, shown)
                kind = "Content-Type: application/rss+xml\r\n"
                lines = f"HTTP/1.1 {status}\r\n{kind}ETag: {tag}\r\nContent-Length: {len(body)}\r\n"
                writer.write(f"{lines}Connection: close\r\n\r\n".encode() + body)
                await writer.drain()
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        ports.append(server.sockets[0].getsockname()[1])

    for source in range(sources):
        await open_port(source)
    print(json.dumps(ports), flush=True)
    loop = asyncio.get_running_loop()
    clock.began_s = float(await loop.run_in_executor(None, sys.stdin.readline))
    await loop.run_in_executor(None, sys.stdin.read)


def monitor(folder: Path, clock: Clock, speed: float, checks_per_day: float) -> None:
    """Run the monitor by the simulated clock, and note how late it took each due channel.

    The clock starts when all sources are registered: it prints a line then, and reads the instant.
    """
    import newscrawl.clock

    newscrawl.clock.datetime = clock  # type: ignore[assignment, attr-defined, misc] # the clock reads `datetime.now` alone
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response
    from scrapy.utils.project import get_project_settings

    from newscrawl.crawl import SENT_AT
    from newscrawl.extensions import runs
    from newscrawl.middlewares import stamp
    from newscrawl.store import ChannelState
    from spiders import monitor as spider
    from spiders.monitor import MonitorSpider

    stamp.timedelta = lambda seconds: timedelta(seconds=seconds * speed)  # type: ignore[assignment, misc] # since it was sent
    spider.LEASE_S = runs.LEASE_S = runs.LEASE_S * speed  # a check takes real seconds

    lags = (folder / "lags.txt").open("w", buffering=1)
    due: dict[int, datetime] = {}

    class Fast(MonitorSpider):
        async def _lease_due(self) -> list[ChannelState]:
            if clock.began_s is None:
                print("ready", flush=True)
                clock.began_s = float(sys.stdin.readline())
            states = await super()._lease_due()
            due.update((state.id, state.next_check_at) for state in states if state.next_check_at is not None)
            return states

        async def parse_channel(self, response: Response) -> AsyncIterator[Any]:
            was_due = due.pop(response.meta["newscrawl"].channel_id, None)
            if was_due is not None:
                lags.write(f"{(response.meta[SENT_AT] - was_due).total_seconds():.1f}\n")
            async for each in super().parse_channel(response):
                yield each

        def _wait_s(self) -> float:
            return max(spider.WAIT_MIN_S, super()._wait_s() / speed)

    os.environ["SCRAPY_SETTINGS_MODULE"] = "settings.monitor"
    settings = get_project_settings()
    ports = json.loads((folder / "ports.json").read_text())
    given = {
        "NEWSCRAWL_DB": str(folder / "news.db"),
        "NEWSCRAWL_SEEDS": str(folder / "seeds"),
        "NEWSCRAWL_ALLOW_ADDRESSES": ",".join(f"127.0.0.1:{port}" for port in ports),
        "NEWSCRAWL_CHECKS_PER_DAY": checks_per_day,
        "DOWNLOAD_DELAY": settings.getfloat("DOWNLOAD_DELAY") / speed,
        "AUTOTHROTTLE_ENABLED": False,
    }
    for name, value in given.items():
        settings.set(name, value, priority="cmdline")
    process = CrawlerProcess(settings)
    process.crawl(Fast)
    process.start()


@dataclass(frozen=True, slots=True)
class Look:
    """The crawl and its workers at the end of a simulated hour, and what was done by then."""

    mb: tuple[float, ...]
    """Memory of each process, the crawl's own first."""
    own_s: float
    all_s: float
    """CPU time of the crawl's own process, and of all of them with those that are gone."""
    checks: int
    visited: int
    """Feeds that were checked at least once."""


def look(pid: int, database: Path) -> Look:
    """See what the processes have used, and count what is in the database."""
    tree, mb, cpu_s = [pid], [], []
    for one in tree:
        with contextlib.suppress(OSError):
            tree += [int(child) for child in Path(f"/proc/{one}/task/{one}/children").read_text().split()]
            status = Path(f"/proc/{one}/status").read_text().splitlines()
            mb.append(next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024)
            spent = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]
            own, ended = (sum(map(int, pair)) / os.sysconf("SC_CLK_TCK") for pair in (spent[:2], spent[2:]))
            cpu_s += [own, ended]
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        checks, visited = opened.execute("SELECT count(*), count(DISTINCT channel_id) FROM checks").fetchone()
    return Look(tuple(mb), cpu_s[0], sum(cpu_s), checks, visited)


def write_seeds(folder: Path, ports: Sequence[int]) -> None:
    """A seed file for each feed."""
    (folder / "ports.json").write_text(json.dumps(ports))
    seeds = folder / "seeds" / "zz"
    seeds.mkdir(parents=True)
    for source, port in enumerate(ports):
        url = f"http://127.0.0.1:{port}/feed.xml"
        text = f'publisher = "Source {source}"\nurl = "{url}"\n\n[[channels]]\nkind = "feed"\nurl = "{url}"\n'
        (seeds / f"s{source:05}.toml").write_text(text)


def losses(database: sqlite3.Connection, sources: int, hours: float) -> tuple[int, int, int]:
    """(items shown at a source's last check, of them neither stored, queued nor in a gap, rows stored twice)."""
    queued = {url.rsplit(":", 1)[1].split("/", 1)[1] for (url,) in database.execute("SELECT url FROM queue")}
    stored = Counter(url.rsplit(":", 1)[1].split("/", 1)[1] for (url,) in database.execute("SELECT url FROM articles"))
    last = {
        int(source[4:]): (datetime.fromisoformat(at) - START).total_seconds()
        for source, at in database.execute(
            "SELECT source_id, max(started_at) FROM fetches"
            " WHERE kind = 'feed' AND outcome IN ('ok', 'unchanged') GROUP BY 1"
        )
    }
    gaps: dict[int, list[tuple[str, str]]] = {}
    for source, start, end in database.execute(
        "SELECT source_id, from_at, to_at FROM gaps JOIN channels c ON c.id = channel_id"
    ):
        gaps.setdefault(int(source[4:]), []).append((start, end))
    shown = lost = 0
    for source in range(sources):
        instants = published(source, hours * 3600)
        first = max(0, bisect_right(instants, 0.0) - ITEMS)
        end = bisect_right(instants, last[source]) if source in last else first  # else it was never read
        for number in range(first, end):
            shown += 1
            at = (START + timedelta(seconds=instants[number])).isoformat()
            name = f"{source}/{number}.html"
            if name not in stored and name not in queued and not any(a <= at <= b for a, b in gaps.get(source, [])):
                lost += 1
    return shown, lost, sum(count - 1 for count in stored.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--hours", type=float, default=24.0, help="simulated hours")
    parser.add_argument("--speed", type=float, default=60.0)
    parser.add_argument("--checks-per-day", type=float, default=40_000.0)
    parser.add_argument("--role", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.role == "serve":
        asyncio.run(serve(args.sources, args.hours, Clock(args.speed)))
    elif args.role == "monitor":
        monitor(args.folder, Clock(args.speed), args.speed, args.checks_per_day)
    else:
        with tempfile.TemporaryDirectory() as name:
            measure(args, Path(name))


def measure(args: argparse.Namespace, folder: Path) -> None:
    """Run both processes and print the figures."""
    own = [sys.executable, "-m", "benchmarks.monitor_scale"]
    for name in ("sources", "hours", "speed", "checks_per_day"):
        own += [f"--{name.replace('_', '-')}", str(getattr(args, name))]
    talk: dict[str, Any] = {"cwd": REPO, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*own, "--role", "serve"], **talk) as server:
        write_seeds(folder, json.loads(hear(server)))
        crawl = subprocess.Popen([*own, "--role", "monitor", "--folder", str(folder)], **talk)
        hear(crawl)
        began_s = time.time()
        for process in (server, crawl):
            tell(process, f"{began_s}")
        looks, hour_s = [Look((), 0.0, 0.0, 0, 0)], 3600 / args.speed
        print("  hour  checks  first  ms CPU a check (crawl alone)  MB = crawl + …")
        while time.time() - began_s < args.hours * hour_s and crawl.poll() is None:
            time.sleep(min(hour_s, max(0.1, began_s + args.hours * hour_s - time.time())))
            looks.append(look(crawl.pid, folder / "news.db"))
            show(len(looks) - 1, looks[-2], looks[-1])
        crawl.send_signal(signal.SIGTERM)
        stopped = time.monotonic()
        status = crawl.wait(120)
        print(f"  exit status {status}, {time.monotonic() - stopped:.1f} s after SIGTERM")
        server.communicate()
    report(folder, args, looks[1:])


def hear(process: subprocess.Popen[str]) -> str:
    """A line that it says."""
    assert process.stdout is not None
    return process.stdout.readline()


def tell(process: subprocess.Popen[str], line: str) -> None:
    """Say a line to it."""
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def show(hour: int, before: Look, now: Look) -> None:
    """One line of the table."""
    checks, first = now.checks - before.checks, now.visited - before.visited
    all_ms, own_ms = (1000 * (now.all_s - before.all_s), 1000 * (now.own_s - before.own_s))
    each = f"{all_ms / checks:10.1f} ({own_ms / checks:.1f})" if checks else f"{'':15}"
    print(
        f"  {hour:4} {checks:7} {first:6} {each:>29}  {sum(now.mb):.0f} = {' + '.join(f'{mb:.0f}' for mb in now.mb)}",
        flush=True,
    )


def report(folder: Path, args: argparse.Namespace, looks: Sequence[Look]) -> None:
    """Print what came of it."""
    with contextlib.closing(sqlite3.connect(folder / "news.db")) as database:
        outcomes = dict(
            database.execute(
                "SELECT outcome, count(*) FROM fetches WHERE kind IN ('listing', 'feed', 'sitemap') GROUP BY 1"
            )
        )
        shown, lost, twice = losses(database, args.sources, args.hours)
        articles = database.execute("SELECT count(*) FROM articles").fetchone()[0]
        queued = database.execute("SELECT count(*) FROM queue").fetchone()[0]
    checks, seconds = sum(outcomes.values()), args.hours * 3600 / args.speed
    lags = sorted(float(line) for line in (folder / "lags.txt").read_text().split())
    print(f"{args.sources} sources, {args.hours:g} simulated hours at x{args.speed:g}")
    print(f"  checks a second           {checks / seconds:9.1f} (goal: 25); outcomes {json.dumps(outcomes)}")
    if lags:
        p99 = lags[int(0.99 * len(lags))]
        print(f"  lag behind the due time   {p99:9.1f} s at p99 (goal: 60), median {statistics.median(lags):.1f} s")
    else:
        print("  lag behind the due time       none: the first round was not over")
    own = [one.mb[0] for one in looks[1:]]
    if len(own) > 1:
        slope = statistics.linear_regression(range(len(own)), own).slope
        print(f"  memory after hour 1       {slope:+9.2f} MB an hour of the crawl itself (goal: < 1)")
    print(f"  articles stored         {articles:9}, {shown} shown, {queued} queued; lost {lost}, twice {twice} (0, 0)")


if __name__ == "__main__":
    main()
