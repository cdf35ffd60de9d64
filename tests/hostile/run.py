"""Crawl the hostile server as a user would, and compare every row of `fetches` with the table.

`python -m tests.hostile.run` runs the whole table (`make hostile`), `--quick` what CI runs, ids run those cases alone;
`--one-at-a-time` asks for nothing while another answer is under way, `--among 20` crawls the table as one hostile
source beside 20 honest ones, with one request a host at a time; `--part 2/5` runs the second fifth of the table.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.hostile.case import Case
from tests.hostile.server import CASES, HONEST_ARTICLES

REPO = Path(__file__).parents[2]
MEMORY_MAX_BYTES = 600 * 2**20
SLACK_S = 5.0
_SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "LOG_LEVEL": "INFO",
}
ONE_AT_A_TIME = {"CONCURRENT_REQUESTS": "1", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
AMONG_OTHERS = {"CONCURRENT_REQUESTS": "48", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "DOWNLOAD_DELAY": "0.2"}
_LOOK_EVERY_S = 0.2
_EXITS = (0, 3)
"""All well, or a URL failed hard, as most here do."""


@dataclass(slots=True)
class Result:
    """What a run of the table showed."""

    wrong: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """What took longer than its limit and SLACK_S; on a busy machine that may be nobody's fault."""
    outcomes: dict[str, str] = field(default_factory=dict)
    canary_hits: int = 0
    peak_bytes: int = 0
    took_s: float = 0.0
    slowest: tuple[float, str] = (0.0, "none")
    """Seconds of the case that took longest, and its id."""
    log: str = ""

    @property
    def ok(self) -> bool:
        return not self.wrong and self.canary_hits == 0 and self.peak_bytes <= MEMORY_MAX_BYTES


class HostileProcess:
    """The server in a process of its own, so that its memory is not counted."""

    def __init__(self, ids: list[str], honest: int = 0) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.server", "--honest", str(honest), *ids],
            cwd=REPO,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.ports: dict[str, int] = json.loads(self._process.stdout.readline())

    def close(self) -> int:
        """End it; gives how often the canary was touched."""
        out, _ = self._process.communicate("")
        return int(json.loads(out.strip().splitlines()[-1])["canary_hits"])


def url_of(case: Case, ports: dict[str, int]) -> str:
    """Where a case is served."""
    return f"http://127.0.0.1:{ports.get(case.id, ports['main'])}{case.path}"


def run(cases: list[Case], *, settings: dict[str, str] | None = None, honest: int = 0) -> Result:
    """Crawl `cases` all together, beside `honest` honest papers, and judge them."""
    server = HostileProcess([case.id for case in cases if case.kind in ("article", "robots")], honest)
    result, started = Result(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            _write_seeds(Path(folder) / "seeds" / "zz", cases, server.ports)
            for spider in ("feed", "sitemap"):
                if spider == "feed" or any(case.kind == spider for case in cases):
                    _crawl(spider, Path(folder), server.ports, result, settings or {})
            result.took_s = time.monotonic() - started
            _judge(cases, Path(folder) / "news.db", server.ports, result)
            _judge_honest(Path(folder) / "news.db", honest, result)
        finally:
            result.canary_hits = server.close()
    return result


def _write_seeds(folder: Path, cases: list[Case], ports: dict[str, int]) -> None:
    folder.mkdir(parents=True)
    channels = [(case.id.replace("-", "_"), case.kind, url_of(case, ports)) for case in cases]
    rows = [row for row in channels if row[1] in ("feed", "sitemap")]
    rows.append(("all", "feed", f"http://127.0.0.1:{ports['main']}/all.xml"))
    honest = (name for name in ports if name.startswith("honest"))
    rows += [(name, "feed", f"http://127.0.0.1:{ports[name]}/feed.xml") for name in honest]
    for name, kind, url in rows:
        text = f'publisher = "Hostile {name}"\nurl = "{url}"\n\n[[channels]]\nkind = "{kind}"\nurl = "{url}"\n'
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def _crawl(spider: str, folder: Path, ports: dict[str, int], result: Result, settings: dict[str, str]) -> None:
    allowed = ",".join(f"127.0.0.1:{port}" for name, port in ports.items() if name != "canary")
    given = {
        **_SETTINGS,
        "NEWSCRAWL_DB": str(folder / "news.db"),
        "NEWSCRAWL_SEEDS": str(folder / "seeds"),
        "NEWSCRAWL_ALLOW_ADDRESSES": allowed,
        **settings,
    }
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    typed = [scrapy, "crawl", spider, *(part for name, value in given.items() for part in ("-s", f"{name}={value}"))]
    with (folder / f"{spider}.log").open("w+") as log:
        process = subprocess.Popen(typed, cwd=REPO, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        while process.poll() is None:
            result.peak_bytes = max(result.peak_bytes, tree_bytes(process.pid))
            time.sleep(_LOOK_EVERY_S)
        log.seek(0)
        text = log.read()
    result.log += text
    if process.returncode not in _EXITS:
        raise RuntimeError(f"scrapy crawl {spider} left with {process.returncode}:\n{text[-3000:]}")
    if "Traceback" in result.log:
        result.wrong.append(f"a traceback in the log of {spider}")
    if any(ord(char) < 32 and char not in "\n\t\r" for char in result.log):
        result.wrong.append(f"control characters in the log of {spider}")


def _judge(cases: list[Case], database: Path, ports: dict[str, int], result: Result) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM fetches WHERE kind != 'robots'").fetchall()
    by_url: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        by_url.setdefault(row["url"], []).append(row)
    for case in cases:
        ends = by_url.get(url_of(case, ports), [])
        result.outcomes[case.id] = ", ".join(end["outcome"] for end in ends) or "none"
        if len(ends) != 1:
            result.wrong.append(f"{case.id}: {len(ends)} outcomes ({result.outcomes[case.id]})")
            continue
        end = ends[0]
        if end["outcome"] not in case.expected:
            result.wrong.append(f"{case.id}: {end['outcome']} ({end['message']}), not {' or '.join(case.expected)}")
        took_s = _took_s(end)
        if took_s > result.slowest[0]:
            result.slowest = (took_s, case.id)
        if took_s > case.within_s + SLACK_S:
            result.late.append(f"{case.id}: {end['outcome']} after {took_s:.1f} s, its limit is {case.within_s:g} s")
        if case.flag is not None and case.flag not in (end["flags"] or ""):
            result.wrong.append(f"{case.id}: no flag {case.flag} (flags: {end['flags']})")


def _judge_honest(database: Path, honest: int, result: Result) -> None:
    with closing(sqlite3.connect(database)) as connection:
        stored = connection.execute("SELECT count(*) FROM articles WHERE source_id LIKE 'zz_honest%'").fetchone()[0]
    if stored != honest * HONEST_ARTICLES:
        result.wrong.append(f"{stored} of {honest * HONEST_ARTICLES} honest articles")


def _took_s(end: sqlite3.Row) -> float:
    """From the request that was sent to the outcome; 0 where none was sent."""
    if end["started_at"] is None:
        return 0.0
    return (datetime.fromisoformat(end["finished_at"]) - datetime.fromisoformat(end["started_at"])).total_seconds()


def tree_bytes(pid: int) -> int:
    """Proportional memory (PSS) of a process and all its descendants; 0 where it cannot be read."""
    total = 0
    for member in _descendants(pid):
        with _gone():
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def _descendants(pid: int) -> Iterator[int]:
    yield pid
    with _gone():
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _descendants(int(child))


@contextmanager
def _gone() -> Iterator[None]:
    """A process may end while it is looked at."""
    try:
        yield
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return


def main() -> int:
    """Run and print; 0 when every case came to a fitting end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every outcome and the log")
    parser.add_argument("--one-at-a-time", action="store_true")
    parser.add_argument("--among", metavar="HONEST", type=int, default=0)
    parser.add_argument("--part", metavar="N/OF", help="only every OF-th case, from the N-th on")
    parser.add_argument("ids", nargs="*")
    given = parser.parse_args()
    cases = [case for case in CASES if (case.id in given.ids if given.ids else case.quick or not given.quick)]
    if given.part:
        number, of = map(int, given.part.split("/"))
        cases = cases[number - 1 :: of]
    settings = ONE_AT_A_TIME if given.one_at_a_time else AMONG_OTHERS if given.among else None
    result = run(cases, settings=settings, honest=given.among)
    if given.show:
        print(result.log)
        for case_id, outcome in result.outcomes.items():
            print(f"{case_id:24} {outcome}")
    for line in result.wrong:
        print(f"WRONG {line}")
    for line in result.late:
        print(f"LATE {line}")
    print(
        f"{len(cases)} cases of {len({case.fault for case in cases})} faults, {len(result.wrong)} wrong,"
        f" {len(result.late)} late,"
        f" canary touched {result.canary_hits} times, peak {result.peak_bytes / 2**20:.0f} MiB"
        f" (limit {MEMORY_MAX_BYTES // 2**20}), slowest {result.slowest[1]} with {result.slowest[0]:.1f} s,"
        f" {result.took_s:.0f} s on {os.cpu_count()} cores"
    )
    return 0 if result.ok else 1


if __name__ == "__main__":
    sys.exit(main())
