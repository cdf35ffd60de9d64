"""What a changed layout costs: `python benchmarks/layout_change.py [PAGES]`, on pages of our own making.

For each kind of change, over PAGES generated sites: F1 of the records after it as a share of before, the polls until
records are no longer marked unconfirmed, and the wrong records accepted (unmarked) on the way.
"""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from layout_pages import CHANGES, Layout, change, render, write_stories

from newscrawl.discover.listing import read_html
from newscrawl.models import Channel, Listing, Page, Source

_URL = "https://quay-post.example/news/"
_SOURCE = Source(id="zz_quay", publisher="The Quay Post", url=_URL, country="zz", in_language=("en",))
_CHANNEL = Channel(kind="listing", url=_URL)
_STORIES, _NEW, _POLLS = 18, 4, 4


def read(html: str, wrapper: Mapping[str, Any]) -> Listing:
    page = Page(url=_URL, body=html.encode(), fetched_at=datetime(2026, 3, 2, 9, tzinfo=UTC))
    return read_html(page, source=_SOURCE, channel=_CHANNEL, wrapper=wrapper)


def f1(listing: Listing, wanted: set[str]) -> float:
    found = {entry.url.rpartition("/")[2] for entry in listing.entries}
    hits = len(found & wanted)
    return 2 * hits / (len(found) + len(wanted))


def measure(name: str, seed: int) -> tuple[float, int, int]:
    """F1 after as a share of before, polls until nothing is marked, wrong records accepted."""
    stories = write_stories(seed, _STORIES + _NEW * _POLLS)
    layout = Layout()
    wrapper: Mapping[str, Any] = {}
    for _ in range(2):
        old = read(render(stories[:_STORIES], layout, seed), wrapper)
        wrapper = old.wrapper
    before = f1(old, {story.slug for story in stories[:_STORIES]})
    changed = change(layout, name, seed)
    after, recovered, wrong = 0.0, 0, 0
    for poll in range(1, _POLLS + 1):
        shown = stories[_NEW * poll : _NEW * poll + _STORIES]
        listing = read(render(shown, changed, seed + poll), wrapper)
        wrapper = listing.wrapper
        wanted = {story.slug for story in shown}
        after = after or f1(listing, wanted)
        marked = [entry for entry in listing.entries if entry.origins.get("record") == "unconfirmed"]
        wrong += sum(entry.url.rpartition("/")[2] not in wanted and entry not in marked for entry in listing.entries)
        if not marked and not recovered:
            recovered = poll
    return after / before, recovered or _POLLS + 1, wrong


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(
        f"{'change':18} {'F1 after/before':>16} {'polls to recover':>17} {'wrong accepted':>15}   ({pages} sites each)"
    )
    for name in CHANGES:
        rows = [measure(name, seed) for seed in range(1, pages + 1)]
        share = sum(row[0] for row in rows) / len(rows)
        print(f"{name:18} {share:16.3f} {max(row[1] for row in rows):17d} {sum(row[2] for row in rows):15d}")


if __name__ == "__main__":
    main()
