"""How often `urls.key` joins two addresses of one page, and how often two of different pages.

    python benchmarks/urls.py DATA          (or NEWSCRAWL_BENCH_DATA=DATA)

DATA holds dedupe/url_pairs.jsonl.gz: one pair a line with a, b, label (1: one page) and kind. Prints recall by class,
their mean, false merges, and the time of one key as a ratio to w3lib's canonicalize_url in the same run.
"""

import gzip
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from w3lib.url import canonicalize_url

from newscrawl.urls import key

CLASSES = {
    "self_frag": "fragment",
    "hand_frag": "fragment",
    "self_query": "tracking",
    "hand_track": "tracking",
    "hand_session": "tracking",
    "self_form": "form",
    "hand_form": "form",
    "og": "form",
    "fetched": "form",
    "mobile": "mobile",
    "hand_mobile": "mobile",
    "amp": "AMP",
    "hand_amp": "AMP",
    "hand_wrap": "wrapper",
}


def read_pairs(folder: Path) -> list[dict[str, str]]:
    with gzip.open(folder / "dedupe" / "url_pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def score(name: str, form: Callable[[str], str], pairs: list[dict[str, str]]) -> float:
    """Print one line for `form`; seconds of CPU for one URL."""
    joined: dict[str, list[bool]] = defaultdict(list)
    merges: list[bool] = []
    started = time.thread_time()
    for pair in pairs:
        same = form(pair["a"]) == form(pair["b"])
        if pair["label"]:
            joined[CLASSES[pair["kind"]]].append(same)
        else:
            merges.append(same)
    each_s = (time.thread_time() - started) / (2 * len(pairs))
    recalls = {kind: sum(found) / len(found) for kind, found in joined.items()}
    mean = sum(recalls.values()) / len(recalls)
    by_class = ", ".join(f"{kind} {recall:.3f}" for kind, recall in recalls.items())
    print(f"{name}: mean recall {mean:.3f} ({by_class}); false merges {sum(merges)} of {len(merges)}")
    return each_s


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSCRAWL_BENCH_DATA")
    if not folder:
        sys.exit(__doc__)
    pairs = read_pairs(Path(folder))
    baseline_s = score("w3lib canonicalize_url", canonicalize_url, pairs)
    ours_s = score("newscrawl.urls.key", key, pairs)
    print(f"a key takes {ours_s / baseline_s:.2f} times the time of w3lib's form")


if __name__ == "__main__":
    main()
