"""Run every library over a ladder of ages and write what each prints: the rows newscrawl.times.data.generate compiles.

    npm install --ignore-scripts moment@2.31.0 dayjs@1.11.23 date-fns@4.4.0 timeago.js@4.0.2 timeago@1.6.7 \
        javascript-time-ago@2.6.4 cldr-dates-full@48.2.0 cldr-units-full@48.2.0
    pip install Django==5.2.19 humanize==4.17.0 arrow==1.4.0 pendulum==3.3.0 timeago==1.0.16
    python collect.py NODE_MODULES CARBON_LANG > rows.jsonl

CARBON_LANG is `src/Carbon/Lang` of nesbot/carbon 2.65 (Debian: php-nesbot-carbon); "-" leaves Carbon out.
All are under MIT, BSD, Apache 2.0 or the Unicode licence. The machine's own locale does not matter.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = 60, 3_600, 86_400, 604_800, 2_629_746, 31_556_952
LADDER = sorted(
    {
        round(count * unit)
        for unit, counts in {
            1: (0, 1, 2, 3, 5, 10, 20, 30, 44),
            MINUTE: (1, 2, 3, 4, 5, 8, 10, 11, 15, 20, 21, 22, 30, 45, 51),
            HOUR: (1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 20, 21, 22, 23),
            DAY: (1, 2, 3, 4, 5, 6, 8, 8.1, 9.1, 10, 11, 14, 20, 21, 22),
            WEEK: (1, 2, 3, 4),
            MONTH: (1.01, 1.6, 2.01, 3.02, 4.1, 5.1, 6.1, 7.1, 8.1, 9.1, 10.1, 11.1),
            YEAR: (1, 1.2, 1.8, 2, 2.3, 3, 4, 5, 6, 8, 10, 11, 20, 21, 22, 25),
        }.items()
        for count in counts
    }
)
NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
Row = dict[str, object]


def sweep(lib: str, locale: str, write: Callable[[int], str], form: str = "past") -> Iterator[Row]:
    """One row for each text of the ladder, with the first and last age (seconds) that print it."""
    seen = set()

    def say(age: int) -> str:
        try:
            return write(age)
        except (ValueError, KeyError, OverflowError, TypeError, IndexError):
            return ""  # this locale lacks this unit

    for age in LADDER:
        text = say(age)
        if text and text not in seen:
            seen.add(text)
            lo, hi = edge(say, age, text, -1), edge(say, age, text, 1)
            yield {"lib": lib, "locale": locale, "text": text, "age": age, "lo": lo, "hi": hi, "form": form}


def edge(say: Callable[[int], str], age: int, text: str, jump: int) -> int:
    """The furthest age on one side of `age` that still prints `text`."""
    near, far = age, age + jump
    while 0 <= far < 60 * YEAR and say(far) == text:
        jump *= 2
        near, far = far, far + jump
    far = max(far, -1)
    while abs(far - near) > 1:
        middle = (near + far) // 2
        near, far = (middle, far) if middle >= 0 and say(middle) == text else (near, middle)
    return near


def run_django() -> Iterator[Row]:
    """Say naturaltime and timesince, with their two-unit phrases."""
    import django
    from django.conf import settings
    from django.contrib.humanize.templatetags import humanize
    from django.utils import translation
    from django.utils.timesince import timesince

    settings.configure(USE_TZ=True, USE_I18N=True, INSTALLED_APPS=["django.contrib.humanize"])
    django.setup()

    class Frozen(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return NOW

    humanize.datetime = Frozen
    folder = Path(humanize.__file__).parents[1] / "locale"
    for locale in sorted(path.name for path in folder.iterdir() if (path / "LC_MESSAGES/django.mo").exists()):
        with translation.override(translation.to_language(locale)):
            yield from sweep("django", locale, lambda age: str(humanize.naturaltime(NOW - timedelta(seconds=age))))
            yield from sweep("django", locale, lambda age: str(timesince(NOW - timedelta(seconds=age), NOW)), "bare")


def run_humanize() -> Iterator[Row]:
    """Say naturaltime of the humanize package."""
    import humanize

    folder = Path(humanize.__file__).parent / "locale"
    for locale in ["en", *sorted(path.name for path in folder.iterdir() if path.is_dir())]:
        if locale == "en":
            humanize.deactivate()
        else:
            humanize.activate(locale)
        yield from sweep("humanize", locale, lambda age: humanize.naturaltime(timedelta(seconds=age)))
    humanize.deactivate()


def run_arrow() -> Iterator[Row]:
    """Arrow.humanize."""
    import arrow
    from arrow.locales import _locale_map

    now = arrow.get(NOW)
    for locale in sorted(_locale_map):
        yield from sweep(
            "arrow", locale, lambda age, locale=locale: now.shift(seconds=-age).humanize(now, locale=locale)
        )


def run_pendulum() -> Iterator[Row]:
    """diff_for_humans."""
    import pendulum

    now = pendulum.instance(NOW)
    folder = Path(pendulum.__file__).parent / "locales"
    for locale in sorted(path.name for path in folder.iterdir() if (path / "locale.py").exists()):
        yield from sweep(
            "pendulum",
            locale,
            lambda age, locale=locale: pendulum.format_diff(now.subtract(seconds=age).diff(now), True, False, locale),
        )


def run_timeago() -> Iterator[Row]:
    """The Python package timeago."""
    import timeago

    folder = Path(timeago.__file__).parent / "locales"
    for locale in sorted(path.stem for path in folder.glob("*.py")):
        if locale[:2] in ("__", "cr", "im"):
            continue
        yield from sweep(
            "timeago", locale, lambda age, locale=locale: timeago.format(NOW - timedelta(seconds=age), NOW, locale)
        )


_ENTRY = re.compile(r"^\s*'([a-zµ_]+)' => (?:implode\('\|', \[(.*?)\]\)|'((?:[^'\\]|\\.)*)'),", re.MULTILINE)
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_RANGE = re.compile(r"^(?:\{(\d+)(?:,\d+)*\}|\](\d+),\s*(\d+|Inf)\[|\[(\d+),\s*(\d+|Inf)[\[\]])\s*")
_CARBON = {
    "year": YEAR, "y": YEAR, "month": MONTH, "m": MONTH, "week": WEEK, "w": WEEK, "day": DAY, "d": DAY,
    "hour": HOUR, "h": HOUR, "minute": MINUTE, "min": MINUTE, "second": 1, "s": 1,
}  # fmt: skip


def run_carbon(folder: Path) -> Iterator[Row]:
    """Carbon's phrases, put together from its language files; each plural form once, at a number it can stand for."""
    for path in sorted(folder.glob("*.php")):
        texts = {
            key: "|".join(_QUOTED.findall(several)) if several else one
            for key, several, one in _ENTRY.findall(path.read_text("utf-8").replace(":optional-space", ""))
        }
        ago = texts.get("ago")
        if not ago or ":time" not in ago:
            continue
        for key, unit in _CARBON.items():
            for source in (f"{key}_ago", key, f"a_{key}"):
                for count, form in _carbon_forms(texts.get(source, "")):
                    for wrap, kind in ((ago, "past"), (":time", "bare")):
                        if kind == "bare" and source.endswith("_ago"):
                            continue
                        text = wrap.replace(":time", form.replace(":count", str(count)))
                        age = round(count * unit)
                        if count == 1 and unit == 1 and ":count" not in form:
                            age, lo, hi = 0, 0, 44
                        else:
                            lo, hi = age, round((count + 1) * unit) - 1
                        yield {"lib": "carbon", "locale": path.stem, "text": text, "age": age, "lo": lo, "hi": hi,
                               "form": kind}  # fmt: skip


def _carbon_forms(text: str) -> Iterator[tuple[int, str]]:
    forms = [form for form in text.split("|") if form]
    for index, form in enumerate(forms):
        if match := _RANGE.match(form):
            low = int(match.group(1) or match.group(2) or match.group(4) or 0)
            count = low if match.group(1) or match.group(4) else low + 1
            count, form = max(count, 2 if not match.group(1) else 0), form[match.end() :]
            if count == 0:
                count = 5
        else:
            count = (1, 2, 5, 11, 20, 30)[min(index, 5)] if len(forms) > 2 else (1, 5)[index] if len(forms) == 2 else 5
        if ":count" not in form and count > 2:
            continue
        yield count, form
        if ":count" in form and count > 2:
            yield count + 2, form


def main() -> None:
    """Print every library's rows."""
    node_modules, carbon = sys.argv[1:3]
    script = Path(__file__).with_name("collect.cjs")
    subprocess.run(["node", str(script), node_modules], check=True)
    for run in (run_django, run_humanize, run_arrow, run_pendulum, run_timeago):
        for row in run():
            print(json.dumps(row, ensure_ascii=False))
    if carbon != "-":
        for row in run_carbon(Path(carbon)):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
