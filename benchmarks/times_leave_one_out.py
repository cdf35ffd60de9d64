"""How much of a library's phrases `parse_time` reads when the table never saw that library's family.

    python benchmarks/times_leave_one_out.py ROWS.jsonl CALENDAR.json [--closed] [--no-language] [--show N]

ROWS and CALENDAR: what `newscrawl.times.data.generate` compiles. For each family a table without it is compiled, and
its phrases are read with that table, in a process of its own. Each phrase counts once a language. Languages that no
other library has are left out, and so is a unit alone ("hour"), which is no time. Right: the true age is inside the
interval, which covers half of what the library means by the phrase and is at most six times as wide (180 s at least).
"outside" of the wrong ones: the true age is not inside; the others are only too wide, as for Django's "5 hours", said
in the first minute of the sixth hour.
"""

import argparse
import json
import multiprocessing
import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newscrawl.errors import TimeError
from newscrawl.times import parse_time, table
from newscrawl.times.data.generate import Row, compile_table, lines_of, read_rows, votes_of
from newscrawl.times.languages import base_language

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
FAMILIES = {
    "moment, dayjs": {"moment", "dayjs"}, "date-fns": {"date-fns", "date-fns-strict"}, "timeago.js": {"timeago.js"},
    "jquery-timeago": {"jquery-timeago"}, "CLDR, javascript-time-ago": {"cldr", "javascript-time-ago"},
    "Carbon": {"carbon"}, "Django": {"django"}, "humanize": {"humanize"}, "arrow": {"arrow"}, "pendulum": {"pendulum"},
    "timeago (Python)": {"timeago"},
}  # fmt: skip
NEWS = """
ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sr sv ta th tr
uk ur vi zh
"""
NEWS_LANGUAGES = set(NEWS.split())
# Scripts in which the papers of those languages are not written.
_OTHER_SCRIPT = re.compile(r"[-_@](?:latn?|latin|arab|hira|kana|shakl)\b", re.IGNORECASE)
VERDICTS = "right", "outside", "wide", "refused"
Table = Mapping[str, str]


def judge(row: Row, interval: tuple[float, float] | None) -> str:
    """One of VERDICTS on the ages (least, most; seconds) a row was read as."""
    if interval is None:
        return "refused"
    least_s, most_s = interval
    lo, hi = row["lo"], row["hi"]
    slack, span = max(1, 0.02 * row["age"]), max(hi - lo, 1)
    covered = (min(most_s + slack, hi) - max(least_s - slack, lo)) / span if hi > lo else 1
    if not least_s - slack <= row["age"] <= most_s + slack or covered < 0.5:
        return "outside"
    return "right" if most_s - least_s <= max(6 * span, 180) else "wide"


def read(text: str, languages: tuple[str, ...]) -> tuple[float, float] | None:
    """The ages (least, most) that `parse_time` gives a text."""
    try:
        found = parse_time(text, fetched_at=NOW, languages=languages, timezone="UTC")
    except TimeError:
        return None
    second = timedelta(seconds=1)
    return ((NOW - found.latest) / second, (NOW - found.earliest) / second) if found else None


def tested_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """One row for each library, language and text."""
    seen: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        language = base_language(row["locale"])
        says_number = any(map(str.isdigit, row["text"]))
        if language and row["form"] != "future" and (says_number or row["form"] != "bare"):
            is_news = language in NEWS_LANGUAGES and not _OTHER_SCRIPT.search(row["locale"])
            seen.setdefault((row["lib"], language, row["text"]), {**row, "lang": language, "news": is_news})
    return list(seen.values())


def verdicts_of(job: tuple[Table, list[dict[str, Any]], bool]) -> list[str]:
    """Judge rows read with a table; in a process that has read nothing yet."""
    lines, rows, no_language = job
    if lines:
        table.use(lines)
    return [judge(row, read(row["text"], () if no_language else (row["lang"],))) for row in rows]


def share(count: Counter[str]) -> str:
    """Right / wrong / refused in per cent, and how many of the wrong are outside."""
    parts = {verdict: 100 * count[verdict] / max(1, count.total()) for verdict in VERDICTS}
    wrong = parts["outside"] + parts["wide"]
    return f"{parts['right']:5.1f} / {wrong:4.1f} (outside {parts['outside']:3.1f}) / {parts['refused']:4.1f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=Path)
    parser.add_argument("calendar", type=Path)
    parser.add_argument("--show", type=int, default=0, help="so many of those not right, of the news languages")
    parser.add_argument("--sample", type=int, default=3000, help="rows of each family")
    parser.add_argument("--family")
    parser.add_argument("--closed", action="store_true", help="leave nothing out")
    parser.add_argument("--no-language", action="store_true", help="read without a language given")
    options = parser.parse_args()
    rows, words = read_rows(options.rows), json.loads(options.calendar.read_text("utf-8"))
    votes = [] if options.closed else votes_of(rows, words)
    tested = tested_rows(rows)
    totals: dict[str, Counter[str]] = {"news": Counter(), "all": Counter()}
    for family, libraries in FAMILIES.items():
        if options.family and options.family not in family:
            continue
        compiled = compile_table(vote for vote in votes if vote.library not in libraries)
        sample = [row for row in tested if row["lib"] in libraries and (options.closed or row["lang"] in compiled)]
        sample = random.Random(7).sample(sample, min(options.sample, len(sample)))
        with multiprocessing.get_context("fork").Pool(1) as pool:
            (verdicts,) = pool.map(
                verdicts_of, [(lines_of(compiled, words) if votes else {}, sample, options.no_language)]
            )
        counts: dict[str, Counter[str]] = {"news": Counter(), "all": Counter(verdicts)}
        counts["news"].update(verdict for row, verdict in zip(sample, verdicts, strict=True) if row["news"])
        print(f"{family:26s}", *(f"{name} {share(count)}" for name, count in counts.items()), sep="  ", flush=True)
        missed = [pair for pair in zip(sample, verdicts, strict=True) if pair[1] != "right" and pair[0]["news"]]
        for row, verdict in random.Random(3).sample(missed, min(options.show, len(missed))):
            print(f"    {verdict} {row['lib']} {row['locale']} {row['text']!r} {row['lo']}…{row['hi']}")
        for name, count in counts.items():
            totals[name].update({verdict: round(1e6 * n / max(1, count.total())) for verdict, n in count.items()})
    print(f"{'mean over families':26s}", *(f"{name} {share(count)}" for name, count in totals.items()), sep="  ")


if __name__ == "__main__":
    main()
