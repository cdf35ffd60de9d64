"""Month, weekday, day-part and filler words of every language, from CLDR and moment, for `generate.py`.

    node benchmarks/phrases/collect_words.cjs NODE_MODULES > words.jsonl
    python -m newscrawl.times.data.calendar_words NODE_MODULES words.jsonl > calendar.json

Codes: m1…m12 Gregorian months, j1…j12 Persian, i1…i12 Islamic; w1…w7 Monday to Sunday; pa before noon, pp after,
pk noon (after, below 9 o'clock), pn night (after, from 6 o'clock); n1…n12 number words; f what stands between the
parts of a date.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newscrawl.times.languages import base_language
from newscrawl.times.normal import fold, tokens

_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_PARTS = {"am": "pa", "pm": "pp", "morning1": "pa", "morning2": "pa", "noon": "pk", "afternoon1": "pk",
          "afternoon2": "pp", "evening1": "pp", "evening2": "pp", "night1": "pn", "night2": "pn"}  # fmt: skip
# Languages whose papers print Persian or Islamic dates.
_PERSIAN, _ISLAMIC = {"fa", "ps", "en", "ckb", "uz"}, {"ar", "fa", "ur", "ps", "en", "id", "ms", "tr", "bn", "ckb"}
_PERSIAN_PACK, _ISLAMIC_PACK = "cldr-cal-persian-full/main", "cldr-cal-islamic-full/main"
_SMALL = {str(number) for number in range(1, 13)}
_ONE_WORD = re.compile(r"[^\W\d_]+;")
_LITERAL = re.compile(r"'([^']+)'|([^\x00-\x7f]+)")
Found = Iterator[tuple[str, str]]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, str):
        yield node


def _calendar(folder: Path, name: str) -> Any:
    path = folder / f"ca-{name}.json"
    if not path.exists():
        return None
    return next(iter(json.loads(path.read_text("utf-8"))["main"].values()))["dates"]["calendars"][name]


def _wide(forms: Any) -> Iterator[tuple[str, str]]:
    """(key, text) of every form but the narrow ones, whose one letter says nothing."""
    for form in forms.values():
        for width, texts in form.items():
            if width != "narrow":
                yield from texts.items()


def _months(calendar: Any, letter: str) -> Found:
    yield from ((f"{letter}{number}", text) for number, text in _wide(calendar["months"]) if number.isdigit())


def _gregorian(calendar: Any) -> Found:
    yield from _months(calendar, "m")
    yield from ((f"w{_WEEKDAYS[day]}", text) for day, text in _wide(calendar["days"]))
    for form in calendar["dayPeriods"].values():
        for periods in form.values():
            named = ((part.split("-")[0], text) for part, text in periods.items())
            yield from ((_PARTS[part], text) for part, text in named if part in _PARTS)
    for group in ("dateFormats", "dateTimeFormats", "dateTimeFormats-atTime", "timeFormats"):
        for pattern in _texts(calendar.get(group, {})):
            yield from (("f", quoted or plain) for quoted, plain in _LITERAL.findall(pattern))


def _number_words(rules: Any) -> Found:
    """The words for 1 to 12 in every gender, where one word says it."""
    for name, ruleset in rules["rbnf"]["rbnf"].get("SpelloutRules", {}).items():
        if "cardinal" not in name and "numbering" not in name:
            continue
        for number, text in ruleset if isinstance(ruleset, list) else ruleset.items():
            if number in _SMALL and _ONE_WORD.fullmatch(text.replace("\xad", "")):
                yield f"n{number}", text


class Words:
    """language → code → folded phrases, in the order found."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))

    def add(self, language: str | None, code: str, text: str) -> None:
        """Add one text: fillers word by word, names whole; a single ASCII letter is no name."""
        words = tokens(fold(text))
        phrase = " ".join(words)
        if not language or not phrase:
            return
        if code == "f":
            kept = (word for word in words if not word.isdigit() and len(word) < 12)
            self.found[language]["f"].update(dict.fromkeys(kept))
        elif not any(word.isdigit() for word in words) and (len(phrase) > 1 or not phrase.isascii()):
            self.found[language][code][phrase] = None

    def add_cldr(self, node_modules: Path) -> None:
        """Add CLDR's months, weekdays, parts of the day, literals and number words."""
        for folder in sorted((node_modules / "cldr-dates-full" / "main").iterdir()):
            language = base_language(folder.name)
            calendars: list[tuple[str, Path, Callable[[Any], Found]]] = [("gregorian", folder, _gregorian)]
            if language in _PERSIAN:
                calendars.append(("persian", node_modules / _PERSIAN_PACK / folder.name, lambda c: _months(c, "j")))
            if language in _ISLAMIC:
                calendars.append(("islamic", node_modules / _ISLAMIC_PACK / folder.name, lambda c: _months(c, "i")))
            for name, place, read in calendars:
                if calendar := _calendar(place, name):
                    for code, text in read(calendar):
                        self.add(language, code, text)
        for path in sorted((node_modules / "cldr-rbnf" / "rbnf").glob("*.json")):
            for code, text in _number_words(json.loads(path.read_text("utf-8"))):
                self.add(base_language(path.stem), code, text)

    def add_moment(self, rows: list[dict[str, Any]]) -> None:
        """Add what `collect_words.cjs` printed."""
        hours: dict[tuple[str | None, str], set[int]] = defaultdict(set)
        days: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            language = base_language(row["locale"])
            if row["kind"] in ("month", "weekday"):
                self.add(language, row["kind"][0] + str(row["value"]), row["text"])
            elif row["kind"] == "hour":
                hours[language, row["text"]].add(row["value"])
            else:
                days[language][row["kind"]].update(word for word in tokens(fold(row["text"])) if not word.isdigit())
        for (language, text), when in hours.items():
            if len(when) < 24:
                self.add(language, _part_of_day(when), text)
        for language, said in days.items():
            today, yesterday = said["today"] - said["yesterday"], said["yesterday"] - said["today"]
            for code, own in (("T", today), ("Y", yesterday)):
                if len(own) == 1:
                    self.add(language, code, own.pop())
            codes = self.found[language or ""].values()
            names = {phrase for phrases in codes for phrase in phrases}
            for words in said.values():
                self.add(language, "f", " ".join(sorted(words - names)))


def _part_of_day(hours: set[int]) -> str:
    if hours == {11}:
        return "pk"
    if max(hours) < 12:
        return "pa"
    if {1, 23} <= hours:
        return "pn"
    return "pk" if min(hours) < 12 else "pp"


def collect(node_modules: Path, rows: Path) -> dict[str, dict[str, list[str]]]:
    """Everything, ready for `generate.write_table`."""
    words = Words()
    words.add_cldr(node_modules)
    words.add_moment([json.loads(line) for line in rows.read_text("utf-8").splitlines()])
    return {
        language: {code: list(phrases) for code, phrases in codes.items()} for language, codes in words.found.items()
    }


def main() -> None:
    """Print the words."""
    json.dump(collect(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
