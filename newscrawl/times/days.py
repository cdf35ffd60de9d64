"""The day a text names: in numbers, with a month's name, by a day word, in five calendars."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from newscrawl.errors import TimeError
from newscrawl.times.calendars import BUDDHIST, ERAS, islamic, persian
from newscrawl.times.reading import Site

_DAY = timedelta(days=1)
# The first digit comes first, as a search that begins with a sign is many times faster than one that looks behind.
_YMD = re.compile(r"(\d(?<![\d.,].)\d{3})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)\.?")
# One sign, twice; but for Nordic "14/3-2026". "9.7/10" is a mark, "1-2/2020" an issue.
_DMY = re.compile(r"(\d(?<![\d.,].)\d?)\s?([-/.])\s?(\d{1,2})\s?(?:\2|(?<=/\d)-|(?<=/\d\d)-)\s?(\d{4}|\d{2})(?!\d)")
_SHORT_YMD = re.compile(r"(\d(?<![\d.,].)\d)\s?([./])\s?(\d{1,2})\s?[./]\s?(\d{1,2})(?!\d)\.?")
_DM = re.compile(r"(\d(?<![\d.,/-].)\d?)\s?([-/.])\s?(\d{1,2})(?![\d/-]|\s?(?:uhr|uur|[ap]m)\b)\.?")
_IDEOGRAPHIC = re.compile(
    r"(?:(令和|平成|昭和|民国|民國)?\s?(\d{1,4}|元)\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]?"
)
_VIETNAMESE = re.compile(
    r"(\d{1,2})\s?(?:,|-|/)?\s?(?:thang|thg)\s?(\d{1,2})(?:\s?(?:,|nam|-|/)?\s?(?:nam\s)?(\d{4}))?"
)
_VIETNAMESE_FIRST = re.compile(r"(?:thang|thg)\s(\d{1,2})\s(\d{1,2}),?\s(\d{4})")
_ERA_YEAR = re.compile(r"(令和|平成|昭和|民国|民國|reiwa|heisei|minguo)\s?(\d{1,3}|元)")
_ERA_DATE = re.compile(r"(民国|民國|令和|平成|昭和|\b[rhs])\s?(\d{1,3})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
_ERA_LETTERS = {"r": ERAS["令和"], "h": ERAS["平成"], "s": ERAS["昭和"]}
_ASCII_ERAS = [era for era in ERAS if era.isascii()]
_NEAR = 4
"""Words and numbers between a month's name and its day or year: "2026 m. kovo mėn. 14 d."."""
_SEPARATORS = frozenset("-/.")
_DECIMAL_DOTS = {"en", "fil", "he", "hi", "bn", "ta", "th", "ur"}
"""Who write a decimal with a dot, and no date so without its year."""
_YEAR_FIRST = {"ja", "zh", "ko", "hu", "mn", "lt", "eu"}
_SHORT_YEAR_FIRST = {"ja", "ko"}
"""Whose papers print "26. 3. 6." """
_MONTH_FIRST_ZONES = ("America/", "US/", "Pacific/Honolulu", "Pacific/Guam", "Asia/Manila")
Marked = Sequence[tuple[str, str]]
Form = tuple[re.Pattern[str], Callable[..., "Day | None"]]


class Day(NamedTuple):
    """A day as a text names it."""

    day: date
    has_year: bool
    """Whether the text says the year, itself or by a day word."""
    flags: tuple[str, ...] = ()


def take_number_day(raw: str, text: str, site: Site) -> tuple[Day | None, str] | None:
    """The first date in numbers with its year, or with 月, and the text without it; None: no such form.

    The day is None where the form is a date's and means none here. Raises TimeError for a day no calendar has.
    """
    for form, read in _forms(site.language, not _SEPARATORS.isdisjoint(text), text.isascii()):
        if match := form.search(text):
            return read(raw, match, site), f"{text[: match.start()]} {text[match.end() :]}"
    return None


@lru_cache(maxsize=1024)
def _forms(language: str, has_separator: bool, is_ascii: bool) -> tuple[Form, ...]:
    """The forms that a text may hold, by the signs they need."""
    found: list[Form] = []
    if has_separator and (language == "ja" or not is_ascii):
        found.append((_ERA_DATE, _era_first))
    if not is_ascii:
        found.append((_IDEOGRAPHIC, _ideographic))
    if has_separator:
        found.append((_YMD, _year_first))
        if language in _SHORT_YEAR_FIRST:
            found.append((_SHORT_YMD, _short_year_first))
        found.append((_DMY, _year_last))
    if language == "vi":
        found += (_VIETNAMESE, _vietnamese), (_VIETNAMESE_FIRST, _vietnamese_first)
    return tuple(found)


def take_named_day(raw: str, text: str, marked: Marked, site: Site) -> tuple[Day | None, Marked]:
    """A date with the month in letters ("14 March 2026", "2026 m. kovo 14 d."), and the tokens without it."""
    for place in range(len(marked) - 1, -1, -1):  # "mar. 3 févr.": the weekday comes first
        letter = marked[place][1][0]
        if letter not in "mji":
            continue
        day, year = _numbers_near(marked, place)
        if day is None:
            continue
        stated = _stated_year(text, "" if year is None else marked[year][0], site)
        found = day_of(raw, stated, int(marked[place][1][1:]), int(marked[day][0]), site, calendar=letter)
        if found:
            return found, [mark for spot, mark in enumerate(marked) if spot not in (place, day, year)]
    return None, marked


def _numbers_near(marked: Marked, place: int) -> tuple[int | None, int | None]:
    """Where the day and the year of the month at `place` stand: the nearest that fit, the one before it first."""
    day = year = None
    for distance in range(1, _NEAR + 1):
        for spot in (place - distance, place + distance):
            if not 0 <= spot < len(marked) or marked[spot][1] != "#":
                continue
            digits = len(marked[spot][0])
            if day is None and digits < 3 and 1 <= int(marked[spot][0]) <= 31:
                day = spot
            elif year is None and digits in (3, 4):
                year = spot
        if day is not None and year is not None:
            return day, year
    if day is not None and year is None:
        other = day + 1 if day > place else place + 1
        is_year = other < len(marked) and marked[other][1] == "#" and len(marked[other][0]) == 2
        year = other if is_year and int(marked[other][0]) > 12 else None
    return day, year


def _stated_year(text: str, digits: str, site: Site) -> str | None:
    """The year beside a month's name: its digits, those of an era's year in the text, or None."""
    if digits:
        return _century(digits, site) if len(digits) == 2 else digits
    if text.isascii() and not any(era in text for era in _ASCII_ERAS):
        return None
    era = _ERA_YEAR.search(text)
    return str(ERAS[era.group(1)] + (1 if era.group(2) == "元" else int(era.group(2)))) if era else None


def take_day_and_month(raw: str, text: str, site: Site) -> tuple[Day | None, str]:
    """A date in two numbers ("15/3"), and the text without it."""
    match = None if _SEPARATORS.isdisjoint(text) else _DM.search(text)
    if match:
        first, mark, second = match.groups()
        if mark == "." and site.language in _DECIMAL_DOTS and not match.group().endswith("."):
            return None, text  # "9.7" is a mark
        if mark == "-" and len(first) + len(second) < (4 if site.language == "en" else 3):
            return None, text  # "2-1" is a result
        pair = (int(first), int(second)) if _month_first(site, mark) else (int(second), int(first))
        if not 1 <= pair[0] <= 12:
            pair = pair[::-1]
        if 1 <= pair[0] <= 12 and 1 <= pair[1] <= 31:
            return day_of(raw, None, *pair, site), f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def take_day_word(marked: Marked, site: Site) -> tuple[Day | None, Marked]:
    """Today, yesterday or the day before, by its word; and the tokens without it."""
    for place, (_, code) in enumerate(marked):
        if code in ("T", "Y", "V"):
            back = {"T": 0, "Y": 1, "V": 2}[code]
            return Day((site.local - back * _DAY).date(), True), [*marked[:place], *marked[place + 1 :]]
    return None, marked


def last_weekday(weekday: int, site: Site) -> Day:
    """The latest day of that name (Monday is 1), the day of the fetch included."""
    back = (site.local.isoweekday() - weekday) % 7
    return Day((site.local - back * _DAY).date(), True)


def _vietnamese(raw: str, match: re.Match[str], site: Site) -> Day | None:
    day, month, year = match.groups()
    return day_of(raw, year, int(month), int(day), site)


def _vietnamese_first(raw: str, match: re.Match[str], site: Site) -> Day | None:
    month, day, year = match.groups()
    return day_of(raw, year, int(month), int(day), site)


def _ideographic(raw: str, match: re.Match[str], site: Site) -> Day | None:
    era, year, month, day = match.groups()
    if year == "元":
        year = "1"
    if era and year:
        year = str(ERAS[era] + int(year))
    elif year and len(year) == 2:
        year = str(2000 + int(year))
    elif year and len(year) == 3 and site.language == "zh":
        year = str(ERAS["民國"] + int(year))
    return day_of(raw, year, int(month), int(day), site)


def _era_first(raw: str, match: re.Match[str], site: Site) -> Day | None:
    era, year, month, day = match.groups()
    if len(era) == 1 and site.language != "ja":
        return None
    return day_of(raw, str(_ERA_LETTERS.get(era, ERAS.get(era, 0)) + int(year)), int(month), int(day), site)


def _year_first(raw: str, match: re.Match[str], site: Site) -> Day | None:
    year, _, month, day = match.groups()
    if int(month) > 12 >= int(day):
        month, day = day, month
    return day_of(raw, year, int(month), int(day), site)


def _short_year_first(raw: str, match: re.Match[str], site: Site) -> Day | None:
    year, _, month, day = match.groups()
    return day_of(raw, "20" + year, int(month), int(day), site)


def _year_last(raw: str, match: re.Match[str], site: Site) -> Day | None:
    first, mark, second, last = match.groups()
    flags: tuple[str, ...] = ()
    if len(last) == 2 and (site.language in _YEAR_FIRST or int(first) > 31) and 1 <= int(second) <= 12:
        return day_of(raw, "20" + first, int(second), int(last), site)
    month_first = _month_first(site, mark, whole=True)
    if int(first) > 12:
        month_first = False
    elif int(second) > 12:
        month_first = True
    elif first != second and site.order is None:
        flags = ("ambiguous",)
    month, day = (int(first), int(second)) if month_first else (int(second), int(first))
    year = last if len(last) == 4 else _century(last, site)
    found = day_of(raw, year, month, day, site, flags)
    if flags and found and found.day > site.local.date() + _DAY:
        swapped = day_of(raw, year, day, month, site)
        return swapped if swapped and swapped.day <= site.local.date() + _DAY else found
    return found


def _century(two_digits: str, site: Site) -> str:
    """The year of a two-digit year; Thai papers count Buddhist years."""
    if site.language == "th" and 2000 <= (buddhist := 2500 + int(two_digits) - BUDDHIST) <= site.local.year + 1:
        return str(buddhist)
    return "20" + two_digits


def _month_first(site: Site, mark: str, *, whole: bool = False) -> bool:
    if site.order:
        return site.order == "mdy"
    if mark == "." or site.language not in ("en", "fil"):
        return mark != "." and site.language in _YEAR_FIRST and not whole
    key = getattr(site.zone, "key", None)
    if key is not None and key not in ("UTC", "Etc/UTC"):
        return str(key).startswith(_MONTH_FIRST_ZONES)
    offset = site.local.utcoffset() or timedelta()
    return offset <= timedelta()


def day_of(
    raw: str, year: str | None, month: int, day: int, site: Site, flags: tuple[str, ...] = (), calendar: str = "m"
) -> Day | None:
    """A date; without a year the latest that is not after tomorrow. ValueErrors become TimeErrors when it has one."""
    try:
        if year is None:
            return _latest(month, day, site, flags, calendar)
        number = int(year)
        if calendar == "j" or (1300 <= number <= 1498 and calendar == "m" and site.language == "fa"):
            return Day(persian(number, month, day), True, flags)
        if calendar == "i":
            return Day(islamic(number, month, day), True, flags)
        if site.language == "th" and 2400 < number < 2700:
            number -= BUDDHIST
        elif 1400 <= number <= 1471 and site.language in ("ar", "ur"):
            return Day(islamic(number, month, day), True, flags)
        elif number < 200 and site.language == "zh":
            number += ERAS["民國"]
        return Day(date(number, month, day), True, flags)
    except (ValueError, OverflowError) as wrong:
        if year is None or calendar != "m":
            return None
        raise TimeError(raw, f"no such day: {wrong}") from wrong


def _latest(month: int, day: int, site: Site, flags: tuple[str, ...], calendar: str) -> Day | None:
    """The latest day of that month and number that is not after tomorrow."""
    today = site.local.date()
    convert, newest = {
        "m": (date, today.year + 1),
        "j": (persian, today.year - 621),
        "i": (islamic, int((today.year - 621) * 1.0307)),
    }[calendar]
    for back in range(9):
        try:
            found = convert(newest - back, month, day)
        except ValueError:
            continue
        if found <= today + _DAY:
            return Day(found, False, flags)
    return None
