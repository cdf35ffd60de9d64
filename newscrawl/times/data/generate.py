"""Compile the rows of `benchmarks/phrases/collect.py` into the phrase table.

    python -m newscrawl.times.data.generate ROWS.jsonl CALENDAR.json

The table is one XZ file of several streams (`write_table`). Its lines are languages, each a JSON object:
`ages`: meaning → {libraries: [phrases]}; a phrase is folded text with "#" for its number;
`ahead`: words of phrases about times to come only ("in", "dans");
`spaced`: words that libraries other than Django print behind a number and a no-break space;
`minus`: whether a library writes ages with a minus sign ("-3 h");
`doubtful`: phrase of several units → {spelling: meaning} where the spelling tells them apart ("5 m", "5 M", "5 m."),
and MANY and the spelling → minutes where it says months as well, for numbers that no library counts months to;
`words`: what `calendar_words` took from CLDR, moment and dayjs (month names and so on).
A meaning is a unit letter (s m h d w M y), then the count where the phrase has no number, then "<", ">", "=" for
"almost", "over", "about", then "~" when the phrase says no "ago"; or "n" (now; "n#": "less than 1 minute"; "n~": as
the whole text only), or "T", "Y", "V" (today, yesterday, the day before), or "L" and "C" before a unit (last week,
this week).
"""

import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.times.ages import UNIT_S
from newscrawl.times.data.now_phrases import NOW
from newscrawl.times.data.settle import LETTERS, is_doubtful, may_be_months, settle, told_apart
from newscrawl.times.languages import base_language
from newscrawl.times.lexicon import UNSPACED
from newscrawl.times.normal import NUMBER, fold, spelling, tokens
from newscrawl.times.phrases import MINUS
from newscrawl.times.qualifiers import ago_words, limit_words

TABLE = Path(__file__).with_name("phrases.json.xz")
# The 3rd and March rather than three days and months.
_DATES = {"# 日", "# 月", "# 일"}
_NO_BREAK = re.compile(r"\d\xa0(\w+)")
_NAMED = {(0, 43_200): "T", (52_200, 138_599): "Y", (138_600, 224_999): "V", (0, 59): "n"}
# Whose phrases without "ago" come from patterns made for that; "mini" styles fall back on past phrases.
_BARE_LIBRARIES = {"cldr", "carbon", "django"}
_DICTIONARY = "dictionary"
_BLOCK_CHARS = 24_000
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0}]
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
            ((abs(math.log(max(age, 1) / (count * seconds))), f"{unit}{count}{_limit(count, seconds, lo, hi)}")
             for unit, seconds in UNIT_S.items() for count in (1, 2)
             if lo * 0.98 <= count * seconds <= hi * 1.02 + 1
             or (unit == "y" and _limit(count, seconds, lo, hi) == ">")),
            default=(0, None),
        )[1]  # fmt: skip
    if lo <= 1 and hi <= 60 and numbers[0] != age:
        return "n#" if numbers == [1] and hi > 25 else None
    return _counted(numbers[0], age, lo, hi)


def _counted(number: int, age: int, lo: int, hi: int) -> str | None:
    ratio, unit = min((abs(math.log(max(age, 0.7) / (number * seconds))), unit) for unit, seconds in UNIT_S.items())
    if unit == "s" and hi >= UNIT_S["m"]:
        return None  # "1m" of a library that says so from the first second on
    # Where the number is one unit's of two ("3 weeks, a day"), it is off; "over 2 years" may be said from 2¼ years on.
    late = 0.3 if unit == "y" else 0.1
    is_whole = lo - late * UNIT_S[unit] <= number * UNIT_S[unit] <= hi + 0.1 * UNIT_S[unit]
    return unit + _limit(number, UNIT_S[unit], lo, hi) if ratio <= 0.8 and is_whole else None


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
    return "<" if -0.4 < under < -0.1 and over < 0.03 else ">" if under > 0.2 and over < 0.8 else ""


class Vote(NamedTuple):
    """What one library's row says."""

    library: str
    language: str
    phrase: str
    """Folded, "#" for the number."""
    meaning: str | None
    form: str
    spaced: str = ""
    """The word behind a number and a no-break space."""
    minus: bool = False
    spelling: str = ""


def votes_of(rows: Iterable[Row], words: Mapping[str, Any]) -> list[Vote]:
    """What the rows say, each phrase of a library counted once a language. `words`: the table's, for its numbers."""
    votes: dict[tuple[str, ...], Vote] = {}
    for row in rows:
        language = base_language(row["locale"])
        if language is None or (key := (row["lib"], language, row["text"], row["form"])) in votes:
            continue
        found = tokens(fold(row["text"]))
        meaning = None if row["form"] == "future" else _spelled(row, found, words.get(language, {})) or meaning_of(row)
        phrase = " ".join("#" if token.isdigit() else token for token in found)
        if not phrase.strip("# "):
            meaning = None
        elif meaning and meaning[0] in UNIT_S and meaning[-1] not in "<>=" and _says_about(found, language):
            meaning += "="
        spaced = _NO_BREAK.search(row["text"])
        votes[key] = Vote(
            row["lib"],
            language,
            phrase,
            meaning,
            row["form"],
            fold(spaced.group(1)) if spaced else "",
            bool(MINUS.match(row["text"])),
            spelling(row["text"]),
        )
    return list(votes.values())


def _spelled(row: Row, found: list[str], words: Mapping[str, Iterable[str]]) -> str | None:
    """The meaning of a phrase with its number in letters ("sju dagar sedan"), which becomes digits in `found`."""
    if any(map(str.isdigit, found)):
        return None
    numbers = {word: int(code[1:]) for code, names in words.items() if code[0] == "n" for word in names}
    count, place = max(((numbers.get(token, 0), place) for place, token in enumerate(found)), default=(0, 0))
    meaning = _counted(count, row["age"], row["lo"], row["hi"]) if count > 1 else None
    if meaning:
        found[place] = str(count)
    return meaning


def _says_about(found: Iterable[str], language: str) -> bool:
    return any(limit_words(language).get(word) == "=" for word in found)


def compile_table(votes: Iterable[Vote]) -> dict[str, dict[str, Any]]:
    """Languages → what the table says of each, but for `words`."""
    by_language: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_language[vote.language].append(vote)
    for language in by_language:
        by_language[language] += _now(language)
    return {language: _compile(by_language[language]) for language in sorted(by_language)}


def _now(language: str) -> Iterator[Vote]:
    """What the dictionary says of a language; without an "ago" its phrases may be of prose."""
    for written in NOW.get(language, "").split(","):
        if found := tokens(fold(written)):
            bare = "~" if set(ago_words(language)).isdisjoint(found) else ""
            yield Vote(_DICTIONARY, language, " ".join(found), "n" + bare, "past")


def _compile(votes: Sequence[Vote]) -> dict[str, Any]:
    """One language's part. A phrase with two meanings keeps the one most libraries give it."""
    meanings: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    spelt: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    bare_words: set[str] = set()
    for vote in votes:
        if vote.meaning:
            meanings[vote.phrase][vote.meaning].add(LETTERS[vote.library])
            spelt[vote.phrase][vote.spelling].add(vote.meaning)
            if vote.form == "bare" and vote.library in _BARE_LIBRARIES:
                bare_words.update(vote.phrase.split())
    months = may_be_months(meanings)
    ages: dict[str, dict[str, list[str]]] = {}
    doubtful: dict[str, dict[str, str]] = {}
    for phrase, libraries in sorted(meanings.items()):
        meaning = settle(Counter({meaning: len(letters) for meaning, letters in libraries.items()}))
        bare = "~" if bare_words.issuperset(phrase.split()) else ""
        if phrase in _DATES:
            continue
        if is_doubtful(phrase, meaning, libraries, months=months):
            doubtful[phrase] = {form: one + bare for form, one in told_apart(phrase, spelt[phrase]).items()}
        elif meaning:
            letters = "".join(sorted(set().union(*libraries.values())))
            meaning += bare if meaning[0] in UNIT_S else ""
            ages.setdefault(meaning, {}).setdefault(letters, []).append(phrase)
    found = {
        "ages": ages,
        "ahead": _ahead(votes, glued=votes[0].language in UNSPACED),
        "spaced": sorted({vote.spaced for vote in votes if vote.library != "django"} - {""}),
        "doubtful": doubtful,
        "minus": any(vote.minus and vote.form == "past" for vote in votes),
    }
    return {name: part for name, part in found.items() if part or name == "ages"}


def _ahead(votes: Iterable[Vote], *, glued: bool) -> list[str]:
    """The words that say "in": of phrases about times to come, and of no others, forms of other words left out.

    A word of one such phrase and of "this year" is the unit's: Polish "roku".
    A word of many such phrases may stand beside one unit of the past: Romanian "peste" says "over" beside years.
    """
    units: dict[str, set[str]] = defaultdict(set)
    to_come: dict[str, set[str]] = defaultdict(set)
    stems, named = set(), set()
    for vote in votes:
        for word in vote.phrase.split():
            if vote.form == "future":
                to_come[word].add(vote.phrase)
            elif vote.form == "named":
                named.add(word)
            else:
                units[word].add((vote.meaning or "?")[0])
                stems.add(word[:3] if len(word) > 3 else "")
    return sorted(
        word
        for word, phrases in to_come.items()
        if (not units[word] and (glued or word[:3] not in stems) and (word not in named or len(phrases) > 1))
        or (len(units[word]) == 1 and len(phrases) > 8)
    )


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of `benchmarks/phrases/collect.py`."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def lines_of(compiled: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, str]:
    """Languages → their part of the table as JSON."""
    return {
        language: json.dumps(
            {"ages": {}, **compiled.get(language, {}), "words": words.get(language, {})},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for language in sorted({*compiled, *words})
    }


def write_table(compiled: Mapping[str, Any], words: Mapping[str, Any], path: Path = TABLE) -> int:
    """Write the table; the size in bytes.

    The first stream lists the blocks behind it ("size language language …"); each is a stream of a few languages, so
    that who reads one language unpacks little. Languages of one script stand together, as they pack best so.
    """
    lines = lines_of(compiled, words)
    blocks: list[list[str]] = [[]]
    for language in sorted(lines, key=lambda name: (_script(lines[name]), name)):
        if sum(len(lines[name]) for name in blocks[-1]) > _BLOCK_CHARS:
            blocks.append([])
        blocks[-1].append(language)
    packed = [_pack(f"{language}\t{lines[language]}" for language in block) for block in blocks]
    index = _pack(f"{len(data)} {' '.join(block)}" for data, block in zip(packed, blocks, strict=True))
    path.write_bytes(index + b"".join(packed))
    return path.stat().st_size


def _pack(lines: Iterable[str]) -> bytes:
    return lzma.compress(("\n".join(lines) + "\n").encode(), check=lzma.CHECK_CRC32, filters=_FILTERS)


def _script(line: str) -> int:
    """A number that languages of one script share."""
    return min((ord(sign) >> 7 for sign in line if ord(sign) > 0x2FF), default=0)


def main() -> None:
    """Compile the rows and words named on the command line."""
    rows, calendar = Path(sys.argv[1]), Path(sys.argv[2])
    words = json.loads(calendar.read_text("utf-8"))
    size = write_table(compile_table(votes_of(read_rows(rows), words)), words)
    print(f"{TABLE.name}: {size} bytes")


if __name__ == "__main__":
    main()
