"""dateparser, for what the tables do not know: one language, the label stripped, never a bare clock."""

import re
from datetime import UTC, datetime, timedelta

from newscrawl.times.reading import Reading

_BARE_CLOCK = re.compile(r"\D{0,12}\d{1,2}(?:\s?[:.h]\s?\d{2}){0,2}\D{0,8}$")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_NUMBERS_MAX, _CHARS_MAX = 6, 48
"""A date with a clock and seconds has six numbers; more text costs dateparser milliseconds and is no time."""
_AGE_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def read_elsewhere(text: str, local: datetime, language: str, *, ages: bool) -> Reading | None:
    """What dateparser makes of `text`, or None.

    `text`: folded and without label; `local`: the fetch in the site's zone; `ages`: the text says "ago".
    Ages come back with the doubt of their unit, dates with the doubt of what they leave unsaid. Refused: bare clocks
    (dateparser reads its base as local here and as UTC there), and what it would have to complete from today.
    """
    numbers = len(_AGE_NUMBER.findall(text))
    if (
        len(text) > _CHARS_MAX
        or not 0 < numbers <= _NUMBERS_MAX
        or not _HAS_LETTER.search(text)
        or _BARE_CLOCK.match(text)
    ):
        return None
    local_now = local.replace(tzinfo=None)
    if ages and not _CLOCK.search(text) and (when := _ask("relative-time", text, local_now, language)):
        return _age(when, local, text)
    if numbers > 1 and (when := _ask("absolute-time", text, local_now, language)):
        return _date(when, text)
    return None


def _ask(parser: str, text: str, local_now: datetime, language: str) -> datetime | None:
    from dateparser.date import DateDataParser  # 120 ms, and rarely needed

    settings = {"RELATIVE_BASE": local_now, "PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    try:
        found = DateDataParser(
            languages=[language], settings=settings | {"PARSERS": [parser], "REQUIRE_PARTS": ["day", "month"]}
        ).get_date_data(text)
    except Exception as why:  # its errors are of many kinds, and none of them is about us
        import logging

        logging.getLogger(__name__).debug("dateparser on %r: %s", text, why)
        return None
    return found.date_obj.replace(tzinfo=None) if found.date_obj else None


def _age(when: datetime, local: datetime, text: str) -> Reading | None:
    age_s = (local.replace(tzinfo=None) - when).total_seconds()
    if age_s < 0:
        return None
    fine_s = _doubt_s(age_s, _AGE_NUMBER.findall(text))
    now = local.astimezone(UTC)
    start, end = now - timedelta(seconds=age_s + fine_s), now - timedelta(seconds=age_s - fine_s / 2)
    return Reading(start, min(end, now), "relative", stated=True, why="dateparser, age")


def _doubt_s(age_s: float, numbers: list[str]) -> float:
    """The step a site counts such ages in: with one number its unit, with "1.5" half a unit, else a minute at least."""
    if len(numbers) == 1 and (number := float(numbers[0].replace(",", "."))):
        decimals = numbers[0].partition("." if "." in numbers[0] else ",")[2]
        return age_s / number * (0.5 if decimals == "5" else 10 ** -len(decimals))
    return next((unit_s for unit_s in (86_400, 3_600) if age_s and age_s % unit_s == 0), 60)


def _date(when: datetime, text: str) -> Reading:
    if ":" in text or (when.hour, when.minute) != (0, 0):
        return Reading(when, when + timedelta(seconds=59), "instant", stated=False, why="dateparser, date and clock")
    return Reading(when, when + timedelta(days=1, seconds=-1), "day", stated=False, why="dateparser, date")
