"""How well and how fast listings are read: `python benchmarks/listing.py DATA [SPLIT]` (or NEWSCRAWL_BENCH_DATA).

DATA holds `listings/SPLIT/truth.jsonl` with the pages beside it; SPLIT is `dev` unless named. Printed: macro F1 of the
records' addresses (side lists spared, then counted as wrong), headlines, times and publishers right, publishers filled
where none is printed, order kept, pages under 0.5; CPU milliseconds of each page's first reading, beside parsing alone
and, where it is installed, newspaper4k's reading of the same pages in the same run. On a shared machine only the ratios
mean something.

What is compared: both have the page's bytes at hand and no network. newspaper4k's `Source.build(only_homepage=True)`
decodes and parses the page, reads its meta data, and makes an article of each link whose address looks like one: its
address and the link's own text. Times, publishers, summaries and images it would take from each article's own page. Its
memory of earlier runs is off, as it would leave articles out. Two figures of ours stand against it: the whole reading,
entries with all fields and their times read, embedded data, next page and wrapper; and as much as newspaper4k gives,
addresses and headlines alone.
"""

import gc
import gzip
import json
import os
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urljoin

from newscrawl.discover import read_entries
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.links import collect
from newscrawl.discover.listing.nodes import Tree
from newscrawl.discover.listing.score import weigh
from newscrawl.discover.listing.weights import RECORD_MIN
from newscrawl.errors import DiscoverError
from newscrawl.markup import parse
from newscrawl.models import Entry, Page


@dataclass
class Counts:
    """(right, asked) of each field over all pages, and each page's F1."""

    f1: list[float] = field(default_factory=list)
    strict_f1: list[float] = field(default_factory=list)
    fields: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, right: int, asked: int) -> None:
        """Count `right` of `asked` for a field."""
        total = self.fields.setdefault(name, [0, 0])
        total[0] += right
        total[1] += asked


def key_of(url: str, base: str) -> str:
    address = read_address(urljoin(base, url))
    return address.key if address else url


def plain(text: str | None) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text or "").lower()).split())


def same_headline(ours: str | None, theirs: str) -> bool:
    a, b = plain(ours), plain(theirs)
    if not a or not b:
        return False
    near = (b in a and len(a) <= 1.35 * len(b) + 6) or (a in b and len(a) >= 0.6 * len(b))
    return near or SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.85


def same_field(ours: str | None, theirs: str) -> bool:
    a, b = plain(ours), plain(theirs)
    return bool(a and b) and ((b in a and len(a) <= 2 * len(b) + 8) or (a in b and 2 * len(a) >= len(b) - 4))


def f1(found: set[str], wanted: set[str]) -> float:
    return 2 * len(found & wanted) / max(1, len(found) + len(wanted))


def read(page: Page) -> tuple[Entry, ...]:
    """The entries of `page`; none where it is refused."""
    try:
        return read_entries(page)
    except DiscoverError:
        return ()


def score(truth: dict, page: Page, entries: tuple[Entry, ...], counts: Counts) -> None:
    found = {}
    for entry in entries:
        found.setdefault(key_of(entry.url, page.url), entry)
    wanted = {key_of(record["url"], page.url): record for record in truth["records"]}
    spared = {key_of(url, page.url) for url in truth.get("optional", ())} - set(wanted)
    counts.f1.append(f1(set(found) - spared, set(wanted)))
    counts.strict_f1.append(f1({key for key, entry in found.items() if entry.block != "widget"}, set(wanted)))
    places = [list(wanted).index(key) for key in found if key in wanted]
    pairs = list(pairwise(places))
    counts.add("order kept", sum(a < b for a, b in pairs), len(pairs))
    for key, record in wanted.items():
        entry = found.get(key)
        if entry is not None:
            counts.add("headline right", same_headline(entry.headline, record["headline"]), 1)
        if record.get("time_text"):
            counts.add("time found", entry is not None and same_field(entry.time_text, record["time_text"]), 1)
        if record.get("source"):
            counts.add("publisher found", entry is not None and same_field(entry.publisher, record["source"]), 1)
        elif entry is not None:
            counts.add("publisher filled, none printed", entry.publisher is not None, 1)


def timed(work, page: Page) -> tuple[float, Any]:
    """CPU milliseconds of one reading of `page`, and what it gave. Each reader clears away its own rubbish alone."""
    gc.collect()
    start = time.process_time()
    result = work(page)
    return 1000 * (time.process_time() - start), result


def addresses_alone(page: Page) -> list[str]:
    """The addresses of a page's records, with headlines at hand, and nothing else of them."""
    document = parse(page)
    tree = Tree(document)
    candidates, _ = collect(document, tree)
    weigh(candidates, tree, page.url)
    return [candidate.address.url for candidate in candidates if candidate.score >= RECORD_MIN]


def newspaper_readers() -> dict[str, Callable[[Page], Any]]:
    """newspaper4k's ways from a front page at hand to articles, without the network; none where it is not installed.

    `build` is what its manual has users call for one page; `links` is the part of it that makes the articles.
    """
    try:
        import newspaper
        from newspaper.source import Category
    except ImportError:
        return {}

    config = newspaper.Config()
    config.memorize_articles = False  # else it leaves out what an earlier run has seen

    def build(page: Page) -> Any:
        site = newspaper.Source(page.url, config=config)
        site.build(input_html=page.body.decode("utf-8", "replace"), only_homepage=True)
        return site.articles

    def links(page: Page) -> Any:
        site = newspaper.Source(page.url, config=config)
        html = page.body.decode("utf-8", "replace")
        site.categories = [Category(url=page.url, html=html, doc=newspaper.parsers.fromstring(html))]
        return site.categories_to_articles()

    return {"newspaper4k's Source.build": build, "newspaper4k's links alone": links}


def main() -> None:
    data = sys.argv[1] if len(sys.argv) > 1 else os.environ["NEWSCRAWL_BENCH_DATA"]
    folder = Path(data) / "listings" / (sys.argv[2] if len(sys.argv) > 2 else "dev")
    counts, ours = Counts(), []
    gc.freeze()  # what the libraries hold is looked through at nobody's cost
    others = {"parsing alone": parse, "addresses alone": addresses_alone, **newspaper_readers()}
    theirs: dict[str, list[float]] = {name: [] for name in others}
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        body = gzip.decompress((folder / f"{truth['id']}.html.gz").read_bytes())
        headers = {"content-type": "text/html"}
        page = Page(
            url=truth["url"], body=body, encoding="utf-8", headers=headers, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        spent, entries = timed(read, page)
        ours.append(spent)
        score(truth, page, entries, counts)
        for name, work in others.items():
            theirs[name].append(timed(work, page)[0])
    print(f"{len(counts.f1)} pages of {folder.name}")
    print(f"macro F1                         {sum(counts.f1) / len(counts.f1):.3f}")
    print(f"the same, side lists wrong       {sum(counts.strict_f1) / len(counts.f1):.3f}")
    for name, (right, asked) in sorted(counts.fields.items()):
        print(f"{name:32} {right / max(1, asked):.3f}   ({asked})")
    print(f"pages under 0.5                  {sum(value < 0.5 for value in counts.f1)}")
    print(f"CPU a page                       median {median(ours):.0f} ms, longest {max(ours):.0f} ms")
    own = {"the whole reading": ours, "addresses and headlines alone": theirs.pop("addresses alone")}
    for what, mine in own.items():
        for name, spent in theirs.items():
            print(f"{what}, times {name:28} {median(mine) / median(spent):.2f}")
    if len(theirs) == 1:
        print("newspaper4k is not installed")


if __name__ == "__main__":
    main()
