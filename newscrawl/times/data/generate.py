"""Compile the rows of `benchmarks/phrases/collect.py` into the phrase table.

    python -m newscrawl.times.data.generate ROWS.jsonl CALENDAR.json

The table is one LZMA file. Its lines are languages, each a JSON object:
`ages`: meaning → {libraries: [phrases]}; a phrase is folded text with "#" for its number;
`words`: what `calendar_words` took from CLDR, moment and dayjs (month names and so on).
A meaning is a unit letter (s m h d w M y), then the count where the phrase has no number, then "<", ">", "=" for
"almost", "over", "about", then "~" when the phrase says no "ago"; or "n" (now; "n#": "less than 1 minute"), "T", "Y",
"V" (today, yesterday, the day before), "L" and "C" before a unit (last week, this week).
"""

import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newscrawl.times.ages import UNIT_S
from newscrawl.times.languages import base_language
from newscrawl.times.normal import NUMBER, fold, tokens

TABLE = Path(__file__).with_name("phrases.json.xz")
# The provenance column: one letter a library.
LETTERS = {
    "cldr": "c", "moment": "m", "dayjs": "y", "date-fns": "f", "date-fns-strict": "f", "timeago.js": "t",
    "jquery-timeago": "q", "javascript-time-ago": "j", "carbon": "n", "django": "g", "humanize": "h", "arrow": "a",
    "pendulum": "p", "timeago": "i",
}  # fmt: skip
_ONE_LETTER_M = re.compile(r"\d\s?[mм]\.?$")
_NAMED = {(0, 43_200): "T", (52_200, 138_599): "Y", (138_600, 224_999): "V", (0, 59): "n"}
# Whose phrases without "ago" come from patterns made for that; "mini" styles fall back on past phrases.
_BARE_LIBRARIES = {"cldr", "carbon", "django"}
Row = Mapping[str, Any]


def meaning_of(row: Row) -> str | None:
    """The meaning of one row's phrase, or None when its numbers do not tell (two units, zero)."""
    numbers = [int(number) for number in NUMBER.findall(fold(row["text"]))]
    age, lo, hi = row["age"], row["lo"], row["hi"]
    if row["form"] == "named":
        # CLDR's Norwegian "-2 d." for the day before yesterday has a number of its own: an age, not a name.
        return None if numbers else _NAMED.get((lo, hi)) or _named_unit(lo, hi)
    if len(numbers) > 1 or numbers == [0]:
        return None
    if not numbers:
        if lo <= 1 and hi <= 60:
            return "n"
        return min(
            ((abs(math.log(max(age, 1) / (count * seconds))), f"{unit}{count}")
             for unit, seconds in UNIT_S.items() for count in (1, 2) if lo * 0.98 <= count * seconds <= hi * 1.02 + 1),
            default=(0, None),
        )[1]  # fmt: skip
    if lo <= 1 and hi <= 60 and numbers[0] != age:
        return "n#" if numbers == [1] and hi > 25 else None
    ratio, unit = min((abs(math.log(max(age, 0.7) / (numbers[0] * seconds))), unit) for unit, seconds in UNIT_S.items())
    return None if ratio > 0.8 else unit + _limit(numbers[0], UNIT_S[unit], lo, hi)


def _named_unit(lo: int, hi: int) -> str | None:
    for unit, seconds in UNIT_S.items():
        if hi == seconds - 1 and lo == 0:
            return "C" + unit
        if hi == 2 * seconds - 1:
            return "L" + unit
    return None


def _limit(count: int, unit_s: int, lo: int, hi: int) -> str:
    if unit_s < UNIT_S["M"]:
        return ""
    under, over = lo / unit_s - count, hi / unit_s - count
    if under > -0.1 and 0.2 < over < 0.4 and unit_s == UNIT_S["y"]:
        return "="
    return "<" if under > -0.4 and over < 0.03 else ">" if under > 0.2 and over < 0.8 else ""


def compile_ages(rows: Iterable[Row]) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Languages → meaning → libraries → phrases. A phrase with two meanings keeps the one most libraries give it."""
    votes: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    bare_words: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[Any, ...]] = set()
    libraries: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        language = base_language(row["locale"])
        meaning = meaning_of(row)
        key = row["lib"], language, row["text"], row["form"]
        if not meaning or language is None or key in seen:
            continue
        seen.add(key)
        if meaning == "M" and _ONE_LETTER_M.search(row["text"]):
            continue  # CLDR's narrow month; pages that print "5m" mean minutes
        phrase = " ".join("#" if token.isdigit() else token for token in tokens(fold(row["text"])))
        if row["form"] == "bare" and row["lib"] in _BARE_LIBRARIES:
            bare_words[language].update(phrase.split())
        if phrase.strip("# "):
            votes[language][phrase][meaning] += 1
            libraries[language, phrase].add(LETTERS[row["lib"]])
    table: dict[str, dict[str, dict[str, list[str]]]] = {}
    for language, phrases in sorted(votes.items()):
        entry = table.setdefault(language, {})
        for phrase, meanings in sorted(phrases.items()):
            meaning = settle(meanings)
            if meaning and meaning[0] in UNIT_S and bare_words[language].issuperset(phrase.split()):
                meaning += "~"
            if meaning:
                entry.setdefault(meaning, {}).setdefault("".join(sorted(libraries[language, phrase])), []).append(
                    phrase
                )
    return table


def settle(meanings: Counter[str]) -> str | None:
    """The one meaning of a phrase: what most libraries give it; None when two units come close."""
    named = [meaning for meaning in meanings if meaning[0] in "TYVLC" or meaning == "n"]
    if named:
        return max(named, key=lambda meaning: meanings[meaning])
    units: Counter[str] = Counter()
    for meaning, n in meanings.items():
        units[meaning.rstrip("<>=")] += n
    (top, votes), *rest = units.most_common(2)
    if rest and rest[0][1] * 2 > votes:
        return None
    limits = {meaning[len(top) :] for meaning in meanings if meaning.rstrip("<>=") == top}
    return top + (limits.pop() if len(limits) == 1 else "")


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of `benchmarks/phrases/collect.py`."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_table(ages: Mapping[str, Any], words: Mapping[str, Any], path: Path = TABLE) -> int:
    """Write the table; the size in bytes."""
    lines = []
    for language in sorted({*ages, *words}):
        entry = {"ages": ages.get(language, {}), "words": words.get(language, {})}
        lines.append(language + "\t" + json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    data = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    path.write_bytes(data)
    return len(data)


def main() -> None:
    """Compile the rows and words named on the command line."""
    rows, calendar = Path(sys.argv[1]), Path(sys.argv[2])
    size = write_table(compile_ages(read_rows(rows)), json.loads(calendar.read_text("utf-8")))
    print(f"{TABLE.name}: {size} bytes")


if __name__ == "__main__":
    main()
