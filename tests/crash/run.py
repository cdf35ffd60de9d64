"""SIGKILL at random moments: `python -m tests.crash.run --kills 200 --articles 1000`.

One database, one paper; a crawl is started, its process group killed at a random moment, and the database checked;
again and again; then one crawl runs to its end. Prints what was found wrong, and exits with 1 if anything was.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from newscrawl.commits import GROUP_OPERATIONS
from newscrawl.turns import UNREAD_MAX
from tests.crash.paper import serve

ROOT = Path(__file__).parents[2]
CRAWL_S = 1800
PATIENCE_S = 20


@dataclass
class Findings:
    """What a run of kills found."""

    wrong: list[str] = field(default_factory=list)
    stored: int = 0
    asked_most: int = 0
    starts_s: list[float] = field(default_factory=list)
    """Seconds from a start to its run's row, after each kill."""
    starts_cpu_s: list[float] = field(default_factory=list)
    """The CPU time of each, where the system tells; it does not depend on what else the machine does."""


def crash(*, kills: int, articles: int, seed: int, folder: Path, pause_s: float = 2.5, in_flight: int = 16) -> Findings:
    """Kill `kills` crawls of a paper, each within `pause_s` of its start; what was wrong, if anything.

    The paper has half its `articles` from the start; the others come out between the kills, so that each finds work.
    """
    draw, found = random.Random(seed), Findings()
    db = folder / "news.db"
    seen: dict[str, int] = {}
    published = articles // 2
    with serve(lambda: published) as (address, asked):
        for kill in range(kills):
            published = (articles * (kills + kill + 1)) // (2 * kills)
            process, began = _start(address, db, articles, in_flight), time.monotonic()
            found.starts_s.append(_wait_for_run(db, process, kill + 1) - began)
            found.starts_cpu_s.append(_cpu_s(process))
            if kill % 2:  # every second one while articles come, however slow the machine
                _wait_for_articles(db, process, min(published, len(seen) + draw.randint(1, 6)))
            time.sleep(draw.uniform(0, 0.4 * pause_s if kill % 2 else pause_s))
            with suppress(ProcessLookupError):  # a crawl that found nothing more to do has ended
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            seen = _check(db, seen, found, f"after kill {kill + 1}")
            if sys.stderr.isatty() or (kill + 1) % 20 == 0:
                end = "\r" if sys.stderr.isatty() else "\n"
                print(f"{kill + 1}/{kills} kills, {len(seen)} articles", end=end, file=sys.stderr, flush=True)
        published = articles
        last = _start(address, db, articles, in_flight)
        if last.wait(CRAWL_S) != 0:
            found.wrong.append(f"the last crawl ended with {last.returncode}")
        seen = _check(db, seen, found, "at the end")
        found.stored = len(seen)
        if found.stored != articles:
            found.wrong.append(f"{found.stored} of {articles} articles at the end")
        found.asked_most = max(asked.get(f"/news/{number}-story", 0) for number in range(articles))
        total = sum(n for path, n in asked.items() if path.startswith("/news/"))
        # A kill loses what is on the wire, what waits for a reader, and what waits for the group commit.
        most = articles + kills * (in_flight + UNREAD_MAX + GROUP_OPERATIONS)
        if total > most:
            found.wrong.append(f"{total} article requests, at most {most} are accounted for")
    return found


def _start(address: str, db: Path, articles: int, in_flight: int) -> "subprocess.Popen[bytes]":
    settings = {
        "NEWSCRAWL_DB": str(db),
        "NEWSCRAWL_ALLOW_ADDRESSES": address.removeprefix("http://"),
        "NEWSCRAWL_SOURCE_ARTICLES": str(10 * articles),
        "CONCURRENT_REQUESTS": str(in_flight),
        "CONCURRENT_REQUESTS_PER_DOMAIN": str(in_flight),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "listing", "-a", f"url={address}/", "-a", "pages=50"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment = os.environ | {"SCRAPY_PROJECT": "test"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def _wait_for_run(db: Path, process: "subprocess.Popen[bytes]", number: int) -> float:
    """The instant (monotonic) at which the run's row is there, so that a kill falls into its work, not its imports."""
    while process.poll() is None:
        if db.exists() and db.stat().st_size > 0:
            try:
                with sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True) as connection:
                    if connection.execute("SELECT count(*) FROM runs").fetchone()[0] >= number:
                        break
            except sqlite3.OperationalError:
                pass  # the tables are just being made
        time.sleep(0.02)
    return time.monotonic()


def _cpu_s(process: "subprocess.Popen[bytes]") -> float:
    """CPU time the process has taken so far; 0 where it cannot be read."""
    with suppress(OSError):
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _version_cpu_s() -> float:
    """CPU time of `scrapy version`, the least that a start of Scrapy takes here."""
    before = os.times()
    subprocess.run([sys.executable, "-m", "scrapy", "version"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _wait_for_articles(db: Path, process: "subprocess.Popen[bytes]", articles: int) -> None:
    """Until so many are stored; PATIENCE_S at most, as near the end there may be fewer."""
    give_up_at = time.monotonic() + PATIENCE_S
    with sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True) as connection:
        while process.poll() is None and time.monotonic() < give_up_at:
            if connection.execute("SELECT count(*) FROM articles").fetchone()[0] >= articles:
                return
            time.sleep(0.02)


def _check(db: Path, before: dict[str, int], found: Findings, when: str) -> dict[str, int]:
    """The articles (url_key → hash) that are there now; whatever is wrong goes into `found`."""
    with sqlite3.connect(db) as connection:
        if (state := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            found.wrong.append(f"{when}: integrity: {state}")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            found.wrong.append(f"{when}: a foreign key points nowhere")
        now = dict(connection.execute("SELECT url_key, row_hash FROM articles").fetchall())
        half = connection.execute(
            "SELECT count(*) FROM articles a WHERE article_body IS NULL OR NOT EXISTS (SELECT 1 FROM urls u"
            " WHERE u.article_id = a.id) OR NOT EXISTS (SELECT 1 FROM changes c WHERE c.article_id = a.id)"
        ).fetchone()[0]
    if half:
        found.wrong.append(f"{when}: {half} articles are half written")
    lost = [url_key for url_key, content in before.items() if now.get(url_key) != content]
    if lost:
        found.wrong.append(f"{when}: {len(lost)} articles seen before are gone or changed, {lost[0]} among them")
    return now


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, and tell by the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = crash(kills=options.kills, articles=options.articles, seed=options.seed, folder=Path(folder))
    starts_s = found.starts_s or [0.0]
    print(f"\n{options.kills} kills, {found.stored} articles stored, one asked for {found.asked_most} times at most,")
    print(f"half the starts within {median(starts_s):.1f} s, all within {max(starts_s):.1f} s;")
    cpu_s, least_s = median(found.starts_cpu_s or [0.0]), min(_version_cpu_s() for _ in range(3))
    print(f"CPU time of half the starts within {cpu_s:.1f} s, {cpu_s / least_s:.2f} times that of `scrapy version`;")
    print(f"{len(found.wrong) or 'nothing'} wrong")
    print("\n".join(found.wrong))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
