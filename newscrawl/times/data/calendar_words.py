"""Month, weekday, day-part and filler words of every language, from CLDR and moment, for `generate.py`.

    node collect_words.cjs NODE_MODULES > words.jsonl
    python -m newscrawl.times.data.calendar_words NODE_MODULES words.jsonl > calendar.json

Codes: m1…m12 Gregorian months, j1…j12 Persian, i1…i12 Islamic; w1…w7 Monday to Sunday; pa before noon, pp after,
pk noon (after, below 9 o'clock), pn night (after, from 6 o'clock); n1…n12 number words; f what stands between the parts of a date.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newscrawl.times.languages import base_language
from newscrawl.times.normal import fold, tokens

_WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_PARTS = {"am": "pa", "pm": "pp", "morning1": "pa", "morning2": "pa", "noon": "pk", "afternoon1": "pk",
          "afternoon2": "pp", "evening1": "pp", "evening2": "pp", "night1": "pn", "night2": "pn"}  # fmt: skip
# Languages whose papers print Persian or Islamic dates.
_PERSIAN, _ISLAMIC = {"fa", "ps", "en", "ckb", "uz"}, {"ar", "fa", "ur", "ps", "en", "id", "ms", "tr", "bn", "ckb"}
_LITERAL = re.compile(r"'([^']+)'|([^\x00-\x7f]+)")
Found = Iterator[tuple[str, str]]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, str):
        yield node


def _from_calendar(folder: Path, name: str, letter: str) -> Found:
    path = folder / f"ca-{name}.json"
    if not path.exists():
        return
    calendar = next(iter(json.loads(path.read_text("utf-8"))["main"].values()))["dates"]["calendars"][name]
    for form in calendar["months"].values():
        for width, months in form.items():
            if width != "narrow":
                yield from ((f"{letter}{number}", text) for number, text in months.items() if number.isdigit())
    if letter != "m":
        return
    for form in calendar["days"].values():
        for width, days in form.items():
            if width != "narrow":
                yield from ((f"w{_WEEKDAYS[day]}", text) for day, text in days.items())
    for form in calendar["dayPeriods"].values():
        for periods in form.values():
            yield from (
                (_PARTS[part.split("-")[0]], text) for part, text in periods.items() if part.split("-")[0] in _PARTS
            )
    for group in ("dateFormats", "dateTimeFormats", "dateTimeFormats-atTime", "timeFormats"):
        for pattern in _texts(calendar.get(group, {})):
            yield from (("f", quoted or plain) for quoted, plain in _LITERAL.findall(pattern))


def _number_words(rules: Any) -> Found:
    """The words for 1 to 12 in every gender, where one word says it."""
    for name, ruleset in rules["rbnf"]["rbnf"].get("SpelloutRules", {}).items():
        if "cardinal" in name or "numbering" in name:
            for number, text in ruleset if isinstance(ruleset, list) else ruleset.items():
                if (
                    number.isdigit()
                    and 1 <= int(number) <= 12
                    and re.fullmatch(r"[^\W\d_]+;", text.replace("\xad", ""))
                ):
                    yield f"n{number}", text


def collect(node_modules: Path, rows: Path) -> dict[str, dict[str, list[str]]]:
    """language → code → folded phrases."""
    found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))

    def add(language: str | None, code: str, text: str) -> None:
        words = tokens(fold(text))
        phrase = " ".join(words)
        if not language or not phrase:
            return
        if code == "f":
            found[language]["f"].update(dict.fromkeys(word for word in words if not word.isdigit() and len(word) < 12))
        elif not any(word.isdigit() for word in words) and (len(phrase) > 1 or not phrase.isascii()):
            found[language][code][phrase] = None

    for folder in sorted((node_modules / "cldr-dates-full" / "main").iterdir()):
        language = base_language(folder.name)
        for code, text in _from_calendar(folder, "gregorian", "m"):
            add(language, code, text)
        for pack, name, letter, wanted in (
            ("cldr-cal-persian-full", "persian", "j", _PERSIAN), ("cldr-cal-islamic-full", "islamic", "i", _ISLAMIC),
        ):  # fmt: skip
            if language in wanted:
                for code, text in _from_calendar(node_modules / pack / "main" / folder.name, name, letter):
                    add(language, code, text)
    literals, hours = [], defaultdict(set)
    days: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: {"today": set(), "yesterday": set()})
    for line in rows.read_text("utf-8").splitlines():
        row = json.loads(line)
        language = base_language(row["locale"])
        if row["kind"] in ("month", "weekday"):
            add(language, row["kind"][0] + str(row["value"]), row["text"])
        elif row["kind"] == "hour":
            hours[language, row["text"]].add(row["value"])
        else:
            literals.append((language, row["text"]))
        if row["kind"] in ("today", "yesterday"):
            days[language][row["kind"]].update(word for word in tokens(fold(row["text"])) if not word.isdigit())
    for (language, text), when in hours.items():
        code = (
            "pk"
            if when == {11}
            else "pa"
            if max(when) < 12
            else "pn"
            if 23 in when and 1 in when
            else "pk"
            if min(when) < 12
            else "pp"
        )
        if len(when) < 24:
            add(language, code, text)
    for path in sorted((node_modules / "cldr-rbnf" / "rbnf").glob("*.json")):
        for code, text in _number_words(json.loads(path.read_text("utf-8"))):
            add(base_language(path.stem), code, text)
    for language, said in days.items():
        for code, own in (("T", said["today"] - said["yesterday"]), ("Y", said["yesterday"] - said["today"])):
            for word in own if len(own) == 1 else ():
                add(language, code, word)
    for language, text in literals:
        known = {phrase for code, phrases in found[language or ""].items() for phrase in phrases}
        add(language, "f", " ".join(word for word in tokens(fold(text)) if word not in known))
    return {language: {code: list(phrases) for code, phrases in codes.items()} for language, codes in found.items()}


def main() -> None:
    json.dump(collect(Path(sys.argv[1]), Path(sys.argv[2])), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
