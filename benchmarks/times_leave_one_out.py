"""How much of a library's phrases is read when the table never saw that library's family.

    python benchmarks/times_leave_one_out.py ROWS.jsonl [--show N]     rows of benchmarks/phrases/collect.py

Right: the true age inside the interval, half of what the phrase can mean covered, at most six times as wide.
Each phrase counts once for each language. Rows whose digits cannot tell (a library that says "44 seconds" for any
age below 45) stay in. Printed for the 42 news languages and for all, with dateparser for what the table refuses.
"""

import argparse
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.times import read as reading
from newscrawl.times.data.generate import Row, compile_ages, read_rows
from newscrawl.times.fallback import read_elsewhere
from newscrawl.times.labels import label_of
from newscrawl.times.languages import base_language
from newscrawl.times.normal import fold
from newscrawl.times.phrases import PhraseBook
from newscrawl.times.table import phrase_book

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


def judge(row: Row, interval: tuple[float, float] | None) -> str:
    """Say right, wrong or refused."""
    if interval is None:
        return "refused"
    least_s, most_s = interval
    lo, hi = row["lo"], row["hi"]
    slack, span = max(1, 0.02 * row["age"]), max(hi - lo, 1)
    covered = (min(most_s + slack, hi) - max(least_s - slack, lo)) / span if hi > lo else 1
    inside = least_s - slack <= row["age"] <= most_s + slack
    return "right" if inside and covered >= 0.5 and most_s - least_s <= max(6 * span, 180) else "wrong"


def read_with(book: PhraseBook, row: Row, language: str, fallback: bool) -> tuple[float, float] | None:
    """The ages (least, most) a book gives a row."""
    folded = fold(row["text"])
    age = book.read(folded)
    rule = reading._rule_of_spacing(row["text"], [language])
    found = reading._age_reading(age, NOW, rule) if age else None
    if found is None and fallback:
        found = read_elsewhere(label_of(folded).text, NOW.replace(tzinfo=None), language, ages=book.says_ago(folded))
    if found is None:
        return None
    start, end = (when if when.tzinfo else when.replace(tzinfo=UTC) for when in (found.start, found.end))
    return (NOW - end) / timedelta(seconds=1), (NOW - start) / timedelta(seconds=1)


def unique_rows(rows: list[Row]) -> list[dict[str, object]]:
    """One row for each library, language and text."""
    seen: dict[tuple[str, str, str], dict[str, object]] = {}
    for row in rows:
        language = base_language(row["locale"])
        if language:
            seen.setdefault((row["lib"], language, row["text"]), {**row, "lang": language})
    return list(seen.values())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=Path)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--sample", type=int, default=4000)
    parser.add_argument("--family")
    parser.add_argument("--closed", action="store_true", help="leave nothing out")
    parser.add_argument("--fallback", action="store_true", help="dateparser for what is refused")
    options = parser.parse_args()
    rows = unique_rows(read_rows(options.rows))
    totals: dict[str, Counter[str]] = {"news": Counter(), "all": Counter()}
    for family, libraries in FAMILIES.items():
        if options.family and options.family not in family:
            continue
        left = [row for row in rows if options.closed or row["lib"] not in libraries]
        books = {
            language: PhraseBook(ages, language, phrase_book(language).numbers)
            for language, ages in compile_ages(left).items()
        }
        tested = [row for row in rows if row["lib"] in libraries]
        tested = random.Random(7).sample(tested, min(options.sample, len(tested)))
        counts: dict[str, Counter[str]] = {"news": Counter(), "all": Counter()}
        shown = []
        for row in tested:
            language = str(row["lang"])
            if language not in books:
                continue
            interval = read_with(books[language], row, language, options.fallback)
            verdict = judge(row, interval)
            counts["all"][verdict] += 1
            if language in NEWS_LANGUAGES:
                counts["news"][verdict] += 1
                if verdict != "right":
                    shown.append(
                        f"    {verdict} {row['lib']} {row['locale']} {row['text']!r} {row['lo']}…{row['hi']} {interval}"
                    )
        print(f"{family:28s}", *(f"{name}: {share(count)}" for name, count in counts.items()), sep="  ")
        print(*random.Random(3).sample(shown, min(options.show, len(shown))), sep="\n", end="\n" if shown else "")
        for name, count in counts.items():
            weight = 1000 / max(1, count.total())
            totals[name].update({verdict: round(n * weight) for verdict, n in count.items()})
    print(f"{'mean over families':28s}", *(f"{name}: {share(count)}" for name, count in totals.items()), sep="  ")


def share(count: Counter[str]) -> str:
    """Write right / wrong / refused of a count, in per cent."""
    total = max(1, count.total())
    return (
        " / ".join(f"{100 * count[verdict] / total:.1f}" for verdict in ("right", "wrong", "refused"))
        + f" of {count.total()}"
    )


if __name__ == "__main__":
    main()
