"""`scrapy crawl archive` against trafilatura alone on the same pages in the same run, and what keeping answers costs.

    python benchmarks/archive.py [pages]        default 1,500 generated pages of median size, in a temporary folder

Prints pages a second by the clock and by CPU time (the crawl's with that of its reading processes), each as a ratio
to trafilatura with metadata: by the clock to cores × its rate in one process, by CPU time to its rate. Times by the
clock say little on a machine that others use too.
"""

import ctypes
import gzip
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trafilatura
from median_pages import Maker

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.reading import answer_of, read_records
from newscrawl.archive.writer import Writer
from newscrawl.store import open_store
from newscrawl.transport.kept import page_of

START = datetime(2026, 7, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[1]


def write(folder: Path, count: int) -> float:
    """Archive `count` pages in a few files; CPU seconds of the writer, of the pages' own making none."""
    maker = Maker(random.Random(7))
    writer = Writer(folder, "pages", "benchmark", 8 * 2**20)
    spent = 0.0
    for number in range(count):
        at = START + timedelta(minutes=number)
        html = gzip.compress(maker.page(number, at), 6)
        exchange = Exchange(
            url=f"https://paper{number % 20}.example/news/{number}",
            fetched_at=at + timedelta(hours=1),
            status=200,
            told=((b"Content-Type", b"text/html; charset=utf-8"), (b"Content-Encoding", b"gzip")),
            body=html,
        )
        started = time.process_time()
        writer.write(exchange)
        spent += time.process_time() - started
    writer.close()
    return spent


def pages(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir()):
        for record in read_records(file):
            if getattr(record, "type", "") == "response":
                read = page_of(record, answer_of(record))
                yield read.url, read.body


def peer(folder: Path) -> tuple[float, float]:
    """Seconds and CPU seconds of trafilatura alone, of each page once it is in memory."""
    seconds = cpu_seconds = 0.0
    for number, (url, html) in enumerate(pages(folder)):
        if number == 0:  # what is loaded once is no page's time
            trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        started, cpu = time.perf_counter(), time.process_time()
        trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        seconds += time.perf_counter() - started
        cpu_seconds += time.process_time() - cpu
    return seconds, cpu_seconds


def adopt_orphans() -> None:
    """Have Linux give this process the children of those that end, to count their time (prctl(2))."""
    pr_set_child_subreaper = 36
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_child_subreaper, 1)


def bury() -> None:
    """Wait for all children, adopted ones too."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def crawl(folder: Path, db: Path) -> tuple[float, float, int]:
    """Seconds of the whole command from start to exit; CPU seconds of all its processes, peak MiB of the largest."""
    command = [sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={folder}/*.warc.gz"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [*command, "-s", f"NEWSCRAWL_DB={db}", "-s", "LOG_LEVEL=ERROR"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    took = time.perf_counter() - started
    bury()  # the reading processes are children of a fork server
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, used, after.ru_maxrss // 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500
    cores = os.cpu_count() or 1
    adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder, db = Path(name) / "warc", Path(name) / "news.db"
        wrote = write(folder, count)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{count:,} pages in {size / 2**20:.0f} MiB; kept at {1000 * wrote / count:.2f} ms of CPU each")
        first = peer(folder)
        took, used, peak = crawl(folder, db)
        second = peer(folder)
        wall, cpu = (min(one) for one in zip(first, second, strict=True))
        with open_store(db, read_only=True) as store:
            (stored,) = store.connection.execute("SELECT count(*) FROM articles").fetchone()
        print(f"load {os.getloadavg()[0]:.1f} on {cores} cores; {stored:,} articles stored")
        print(f"trafilatura alone: {count / wall:7.1f} pages/s  {count / cpu:7.1f} pages/CPU-s")
        print(f"archive:           {count / took:7.1f} pages/s  {count / used:7.1f} pages/CPU-s  peak {peak} MiB")
        print(f"archive / trafilatura alone: {wall / took / cores:.2f} by the clock and core, {cpu / used:.2f} by CPU")


if __name__ == "__main__":
    main()
