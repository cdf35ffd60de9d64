"""Speeds of `newscrawl.times`, as ratios to dateparser with the language given, in one run; and a scorer's callable.

    python benchmarks/times.py [DATA]     DATA (or NEWSCRAWL_BENCH_DATA) holds times/*.jsonl.gz; without it a few texts

`score` is what a scorer calls: (text, anchor in the site's zone, language or None) → (earliest, latest) or None.
"""

import gzip
import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.errors import TimeError
from newscrawl.times import parse_time

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
Text = tuple[str, str]
PATTERNS: dict[str, list[Text]] = {
    "relative hit": [("{} hours ago", "en"), ("il y a {} heures", "fr"), ("vor {} Minuten", "de"), ("{}小时前", "zh")],
    "miss": [("{} comments", "en"), ("Section {}", "en"), ("{} Kommentare", "de"), ("Folge {} von Exklusiv", "de")],
    "absolute": [("{}. mars 2026 kl. 18:03", "nb"), ("March {}, 2026", "en"), ("{}/02/2026 18:03", "fr")],
}
BUILT_IN = {
    kind: [(text.format(n), lang) for text, lang in texts for n in range(2, 28)] for kind, texts in PATTERNS.items()
}
FILES = {"relative hit": "relative_dev", "miss": "negatives_dev", "absolute": "absolute_dev"}
ROUNDS = 9
COLD = "import time; t = time.process_time(); {}; print(1000 * (time.process_time() - t))"
OURS = (
    "from newscrawl.times import parse_time; from datetime import datetime, UTC; "
    "parse_time('2 hours ago', fetched_at=datetime(2026, 3, 15, tzinfo=UTC), languages=['en'])"
)
THEIRS = "import dateparser; dateparser.parse('2 hours ago', languages=['en'])"


def score(text: str, anchor: datetime, language: str | None) -> tuple[datetime, datetime] | None:
    """`parse_time` in the shape scorers call."""
    found = parse_time(text, fetched_at=anchor, languages=(language,) if language else (), timezone=str(anchor.tzinfo))
    return (found.earliest, found.latest) if found else None


def ours(text: str, language: str) -> None:
    try:
        parse_time(text, fetched_at=NOW, languages=(language,), timezone="UTC")
    except TimeError:
        return


def theirs(text: str, language: str) -> None:
    from dateparser.date import DateDataParser

    try:
        DateDataParser(languages=[language], settings={"RELATIVE_BASE": NOW.replace(tzinfo=None)}).get_date_data(text)
    except ValueError:  # a language it does not know
        return


def median_us(read: Callable[[str, str], None], texts: list[Text]) -> float:
    """Median over distinct texts of the microseconds one takes, in a language the parser has met.

    Every second text only warms it up. The least of ROUNDS counts, as the machine has other work; neither parser keeps
    texts it has read.
    """
    for text, language in texts[::2]:
        read(text, language)
    timed = texts[1::2]
    least = [float("inf")] * len(timed)
    for _ in range(ROUNDS):
        for place, (text, language) in enumerate(timed):
            started = time.perf_counter()
            read(text, language)
            least[place] = min(least[place], time.perf_counter() - started)
    return 1e6 * statistics.median(least)


def load(folder: Path | None) -> dict[str, list[Text]]:
    """Texts by kind: from the data folder, else the few built in."""
    if folder is None:
        return BUILT_IN
    found = {}
    for kind, name in FILES.items():
        with gzip.open(folder / "times" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        distinct = list(dict.fromkeys((row["text"], row["lang"] or "en") for row in rows))
        found[kind] = distinct[:: max(1, len(distinct) // 800)]
    return found


def cold_ms(code: str) -> float:
    """Milliseconds of CPU of an import and first parse in a fresh interpreter; the least of five."""
    runs = [
        subprocess.run([sys.executable, "-c", COLD.format(code)], capture_output=True, text=True, check=True).stdout
        for _ in range(5)
    ]
    return min(map(float, runs))


def main() -> None:
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSCRAWL_BENCH_DATA")
    texts = load(Path(given) if given else None)
    tracemalloc.start()
    ours("2 hours ago", "en")
    ours("14 mars 2026", "fr")
    print(f"memory of two languages: {tracemalloc.get_traced_memory()[0] / 2**20:.1f} MB")
    tracemalloc.stop()
    print(f"import and first parse: {cold_ms(OURS):.0f} ms (dateparser {cold_ms(THEIRS):.0f} ms)")
    for kind, some in texts.items():
        mine, other = median_us(ours, some), median_us(theirs, some)
        print(
            f"{kind:14s} {len(some):5d} texts  median {mine:7.1f} µs  dateparser {other:7.1f} µs  ×{other / mine:.0f}"
        )


if __name__ == "__main__":
    main()
