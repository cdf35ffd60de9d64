"""Where the time of reading an article goes, step by step, as shares of trafilatura with metadata on the same pages.

    python benchmarks/profile_extract.py DATA [--every 12] [--functions]

Each reads some other pages first: what is loaded once (language tables, trees) is no page's time.
`--functions` adds the functions that cost most, by cProfile.
"""

import argparse
import cProfile
import os
import pstats
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import trafilatura
from annotated_pages import AnnotatedPage, read_pages

from newscrawl.errors import PageError
from newscrawl.extract import body, extract_article, judge
from newscrawl.markup import parse


class Watch:
    """CPU seconds by step."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def run(self, step: str, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """What `function` gives, its time noted under `step`."""
        started = time.process_time()
        result = function(*args, **options)
        self.seconds[step] += time.process_time() - started
        return result


def read_all(page: AnnotatedPage) -> None:
    """All fields of a page; that it is no article takes its time too."""
    with suppress(PageError):
        extract_article(page.document.page)


def read_with_trafilatura(page: AnnotatedPage) -> None:
    """All fields of a page by the peer."""
    trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("NEWSCRAWL_BENCH_DATA"))
    parser.add_argument("--every", type=int, default=12)
    parser.add_argument("--functions", action="store_true")
    args = parser.parse_args()
    if not args.data:
        parser.error("name the data folder, or set NEWSCRAWL_BENCH_DATA")
    found = list(read_pages(Path(args.data)))
    pages = found[:: args.every]
    for page in found[1 :: 2 * args.every]:
        read_all(page)
        read_with_trafilatura(page)
    watch, whole, profile = Watch(), Watch(), cProfile.Profile()
    for page in pages:
        document = watch.run("parse", parse, page.document.page)
        blocks, rows = watch.run("split and describe blocks", body.describe_blocks, document)
        scores = watch.run("judge blocks by the page", judge.judge, rows, "alone")
        if not body.is_sure(blocks, scores):
            rows, _ = watch.run("trafilatura's reading", body.read_likely, document, blocks, rows, scores)
            watch.run("judge blocks by it", judge.judge, rows)
        whole.run("newscrawl", lambda page=page: body.read_body(parse(page.document.page)))
        whole.run("newscrawl, all fields", read_all, page)
        whole.run("trafilatura", read_with_trafilatura, page)
        if args.functions:
            profile.runcall(body.read_body, document)
    peer = whole.seconds["trafilatura"]
    print(f"{len(pages)} pages, trafilatura with metadata = 1.00 ({1000 * peer / len(pages):.0f} ms a page)")
    for step, seconds in watch.seconds.items():
        print(f"  {step:26} {seconds / peer:5.2f}")
    for step in ("newscrawl", "newscrawl, all fields"):
        print(f"  {step:26} {whole.seconds[step] / peer:5.2f}, {peer / whole.seconds[step]:.2f} times as fast")
    if args.functions:
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
