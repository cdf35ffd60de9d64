"""Dates, day words with clocks and bare clocks, in any language of the table and five calendars.

The text is eaten part by part: zone, clock, date; what is left must be words that may stand beside a date. A bare
clock or a date without a year allows no unknown word; a whole date allows the few words of a byline.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from newscrawl.errors import TimeError
from newscrawl.times.calendars import BUDDHIST, ERAS, islamic, persian
from newscrawl.times.clocks import Clock, hour_of, mark_meridiem, take_clock
from newscrawl.times.normal import tokens
from newscrawl.times.reading import Reading
from newscrawl.times.words import WordBook
from newscrawl.times.zones import is_zone_word, read_zone

_DAY = timedelta(days=1)
_UNKNOWN_MAX = 6
"""Unknown words beside a whole date: "By Jane Doe and John Roe, Paris"."""
_SEPARATORS = re.compile(r"[|·•‧∙●►»›–—―\n\t]|\s-\s")
_YMD = re.compile(r"(?<![\d.,])(\d{4})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)\.?")
_DMY = re.compile(r"(?<![\d.,])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?!\d)")
_DM = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([-/.])\s?(\d{1,2})(?![\d/-])\.?")
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
_OFFSET = re.compile(
    r"(?:\b(?:utc|gmt)\s?)?(?<![\d:/.])[+\-−]\s?\d{1,2}:?(?:\d{2})?(?!\d)|\b(?:utc|gmt)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?\b"
)
_SHORT_YEAR = re.compile(r"['’](\d{2})\b")
_NUMBER = re.compile(r"\d+")
_ONE_NUMBER_ENOUGH = re.compile(r"\d\s?(?:[h月월時时點点시]|uhr|uur|[ap]\.?\s?m)")
_DOT_CLOCKS = {"fi", "da", "id"}
_ONLY_DOT = re.compile(r"\d{1,2}\.\d{2}$")
_YEAR_FIRST = {"ja", "zh", "ko", "hu", "mn", "lt", "eu"}
_MONTH_FIRST_ZONES = ("America/", "US/", "Pacific/Honolulu", "Pacific/Guam", "Asia/Manila")


class Site(NamedTuple):
    """What of the site a date's reading may depend on."""

    local: datetime
    """The fetch, in the site's zone."""
    language: str
    order: str | None = None
    """"dmy" or "mdy", learned; None: decided by zone and language."""
    strict: bool = False
    """Whether no unknown word may stand beside a date: the language is a guess."""


class _Day(NamedTuple):
    day: date
    has_year: bool
    flags: tuple[str, ...] = ()


def read_date(raw: str, folded: str, site: Site, book: WordBook) -> Reading | None:
    """The date, day word or clock `folded` holds (label already off), whole or in one of its segments.

    Raises TimeError for a day no calendar has.
    """
    if not any(character.isdigit() for character in folded):
        return _weekday_alone(folded, site, book)
    if site.language in _DOT_CLOCKS and _ONLY_DOT.match(folded):
        folded = folded.replace(".", ":")
    is_one_number = len(_NUMBER.findall(folded)) < 2 and not _ONE_NUMBER_ENOUGH.search(folded)
    if is_one_number and not any(code[0] in "mjiwTYV" for _, code in book.mark(tokens(folded))):
        return None
    if reading := _read_segment(raw, folded, site, book):
        return reading
    segments = [segment.strip() for segment in _SEPARATORS.split(folded)]
    if len(segments) > 1:
        for segment in segments[:6]:
            if any(map(str.isdigit, segment)) and (reading := _read_segment(raw, segment, site, book)):
                return reading
    return None


def _read_segment(raw: str, text: str, site: Site, book: WordBook) -> Reading | None:
    text = mark_meridiem(text)
    clock, text = take_clock(text)
    zone, text = _take_zone(text, clock, site)
    day, text = _take_date(raw, text, site, book)
    marked = book.mark(tokens(text))
    if day is None:
        day, marked = _day_word(marked, site)
    if clock is None and (day is not None):
        clock, rest = take_clock(text, dots=True)
        if clock is not None:
            marked = book.mark(tokens(rest))
    if day is None and clock is None:
        return None
    named = next((int(code[1:]) for _, code in marked if code[0] == "w"), None)
    parts = [code for _, code in marked if code[0] == "p"]
    if day is None and named is not None and not any(code == "#" for _, code in marked):
        back = (site.local.isoweekday() - named) % 7
        day = _Day((site.local - back * _DAY).date(), True)
    unknown = sum(code == "?" for token, code in marked if not is_zone_word(token))
    zone_words = [token for token, code in marked if code in "?-" and is_zone_word(token)]
    numbers = sum(code == "#" for _, code in marked)
    whole = day is not None and day.has_year
    if numbers > (2 if whole and clock else 0) or unknown > (
        0 if site.strict else _UNKNOWN_MAX if whole else 2 if day and clock else 0
    ):
        return None
    if zone is None and clock is not None:
        zone = next((found for token in zone_words if (found := read_zone(token, _zone(site)))), None)
    return _reading(day, clock, zone, parts, site)


def _weekday_alone(folded: str, site: Site, book: WordBook) -> Reading | None:
    """The latest day of that name, for a text that is a weekday's full name and nothing else."""
    found = tokens(folded)
    if len(found) != 1 or len(found[0]) < (5 if found[0].isascii() else 3):
        return None
    code = book.codes.get(found[0], "")
    if code[:1] != "w":
        return None
    day = (site.local - ((site.local.isoweekday() - int(code[1:])) % 7) * _DAY).date()
    return _reading(_Day(day, True), None, None, [], site)


def _zone(site: Site) -> tzinfo:
    assert site.local.tzinfo is not None
    return site.local.tzinfo


def _take_zone(text: str, clock: Clock | None, site: Site) -> tuple[tzinfo | None, str]:
    if clock is None:
        return None, text
    match = _OFFSET.search(text)
    if match and re.search(r"\d{4}\s?-\s?\d{1,2}\s?-", text) and match.start() < 9 and "utc" not in match.group():
        match = None
    if match and (zone := read_zone(match.group().replace(" ", ""), _zone(site))):
        return zone, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _take_date(raw: str, text: str, site: Site, book: WordBook) -> tuple[_Day | None, str]:
    """The first date of `text` and the text without it."""
    for form, read in ((_ERA_DATE, _era_first), (_IDEOGRAPHIC, _ideographic), (_YMD, _year_first), (_DMY, _year_last)):
        if match := form.search(text):
            day = read(raw, match, site)
            return day, f"{text[: match.start()]} {text[match.end() :]}" if day else text
    if site.language == "vi" and (match := _VIETNAMESE.search(text)):
        day_, month, year = match.groups()
        return _whole(raw, year, int(month), int(day_), site), f"{text[: match.start()]} {text[match.end() :]}"
    if site.language == "vi" and (match := _VIETNAMESE_FIRST.search(text)):
        month, day_, year = match.groups()
        return _whole(raw, year, int(month), int(day_), site), f"{text[: match.start()]} {text[match.end() :]}"
    day, rest = _named_month(raw, text, site, book)
    if day:
        return day, rest
    if match := _DM.search(text):
        first, _, second = match.groups()
        pair = (int(first), int(second)) if _month_first(site, match.group(2)) else (int(second), int(first))
        if not 1 <= pair[0] <= 12:
            pair = pair[::-1]
        if 1 <= pair[0] <= 12 and 1 <= pair[1] <= 31:
            return _whole(raw, None, *pair, site), f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _ideographic(raw: str, match: re.Match[str], site: Site) -> _Day | None:
    era, year, month, day = match.groups()
    if year == "元":
        year = "1"
    if era and year:
        year = str(ERAS[era] + int(year))
    elif year and len(year) == 2:
        year = str(2000 + int(year))
    elif year and len(year) == 3 and site.language == "zh":
        year = str(ERAS["民國"] + int(year))
    return _whole(raw, year, int(month), int(day), site)


def _era_first(raw: str, match: re.Match[str], site: Site) -> _Day | None:
    era, year, month, day = match.groups()
    if len(era) == 1 and site.language != "ja":
        return None
    return _whole(raw, str(_ERA_LETTERS.get(era, ERAS.get(era, 0)) + int(year)), int(month), int(day), site)


def _year_first(raw: str, match: re.Match[str], site: Site) -> _Day | None:
    year, _, month, day = match.groups()
    if int(month) > 12 >= int(day):
        month, day = day, month
    return _whole(raw, year, int(month), int(day), site)


def _year_last(raw: str, match: re.Match[str], site: Site) -> _Day | None:
    first, mark, second, last = match.groups()
    flags: tuple[str, ...] = ()
    if len(last) == 2 and (site.language in _YEAR_FIRST or int(first) > 31) and 1 <= int(second) <= 12:
        return _whole(raw, "20" + first, int(second), int(last), site)
    month_first = _month_first(site, mark, whole=True)
    if int(first) > 12:
        month_first = False
    elif int(second) > 12:
        month_first = True
    elif first != second and site.order is None:
        flags = ("ambiguous",)
    month, day = (int(first), int(second)) if month_first else (int(second), int(first))
    year = last if len(last) == 4 else _century(last, site)
    found = _whole(raw, year, month, day, site, flags)
    if flags and found and found.day > site.local.date() + _DAY:
        swapped = _whole(raw, year, day, month, site)
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
    key = getattr(_zone(site), "key", None)
    if key is not None and key not in ("UTC", "Etc/UTC"):
        return str(key).startswith(_MONTH_FIRST_ZONES)
    offset = site.local.utcoffset() or timedelta()
    return offset <= timedelta()


def _named_month(raw: str, text: str, site: Site, book: WordBook) -> tuple[_Day | None, str]:
    """A date with the month in letters: "14 March 2026", "March 14th", "2026 m. kovo 14 d."."""
    marked = book.mark(tokens(_SHORT_YEAR.sub(r" 20\1", text)))
    at = [place for place, (_, code) in enumerate(marked) if code[0] in "mji"]
    for place in reversed(at):  # "mar. 3 févr.": the weekday comes first
        near = [spot for spot in range(max(0, place - 4), min(len(marked), place + 5)) if marked[spot][1] == "#"]
        days = [spot for spot in near if len(marked[spot][0]) <= 2 and 1 <= int(marked[spot][0]) <= 31]
        years = [spot for spot in near if len(marked[spot][0]) in (3, 4)]
        if not days:
            continue
        day = min(days, key=lambda spot: (abs(spot - place), spot > place))
        year = min(years, key=lambda spot: abs(spot - place), default=None)
        if (
            year is None
            and len(days) > 1
            and (other := day + 1 if day > place else place + 1) in days
            and int(marked[other][0]) > 12
        ):
            year = other
        era = _ERA_YEAR.search(text)
        stated = None if year is None else marked[year][0]
        if era and year is None:
            stated = str(ERAS[era.group(1)] + (1 if era.group(2) == "元" else int(era.group(2))))
        elif stated and len(stated) == 2:
            stated = "20" + stated
        code = marked[place][1]
        found = _whole(raw, stated, int(code[1:]), int(marked[day][0]), site, calendar=code[0])
        if found:
            used = {place, day, year}
            return found, " ".join(token for spot, (token, _) in enumerate(marked) if spot not in used)
    return None, text


def _whole(
    raw: str, year: str | None, month: int, day: int, site: Site, flags: tuple[str, ...] = (), calendar: str = "m"
) -> _Day | None:
    """A date; without a year the latest that is not after tomorrow. ValueErrors become TimeErrors when it has one."""
    today = site.local.date()
    try:
        if year is None:
            convert, newest = {"m": (date, today.year + 1), "j": (persian, today.year - 621),
                               "i": (islamic, int((today.year - 621) * 1.0307))}[calendar]  # fmt: skip
            for back in range(9):
                try:
                    found = convert(newest - back, month, day)
                except ValueError:
                    continue
                if found <= today + _DAY:
                    return _Day(found, False, flags)
            return None
        number = int(year)
        if calendar == "j" or (1300 <= number <= 1498 and calendar == "m" and site.language == "fa"):
            return _Day(persian(number, month, day), True, flags)
        if calendar == "i":
            return _Day(islamic(number, month, day), True, flags)
        if site.language == "th" and 2400 < number < 2700:
            number -= BUDDHIST
        elif 1400 <= number <= 1471 and site.language in ("ar", "ur"):
            return _Day(islamic(number, month, day), True, flags)
        elif number < 200 and site.language == "zh":
            number += ERAS["民國"]
        return _Day(date(number, month, day), True, flags)
    except (ValueError, OverflowError) as wrong:
        if year is None or calendar != "m":
            return None
        raise TimeError(raw, f"no such day: {wrong}") from wrong


def _day_word(marked: Sequence[tuple[str, str]], site: Site) -> tuple[_Day | None, list[tuple[str, str]]]:
    for place, (_, code) in enumerate(marked):
        if code in ("T", "Y", "V"):
            back = {"T": 0, "Y": 1, "V": 2}[code]
            rest = [*marked[:place], *marked[place + 1 :]]
            return _Day((site.local - back * _DAY).date(), True), rest
    return None, list(marked)


def _reading(
    day: _Day | None, clock: Clock | None, zone: tzinfo | None, parts: list[str], site: Site
) -> Reading | None:
    if clock is None:
        assert day is not None
        start = datetime.combine(day.day, time.min)
        return Reading(start, start + _DAY - timedelta(seconds=1), "day", stated=False, why="date", flags=day.flags)
    hour = hour_of(clock.hour, parts)
    span = timedelta(seconds=0 if clock.second is not None else 59)
    base = day.day if day else (site.local.astimezone(zone) if zone else site.local).date()
    start = datetime(base.year, base.month, base.day, hour % 24, clock.minute, clock.second or 0, tzinfo=zone)
    if hour == 24:
        start += _DAY
    if day is not None:
        return Reading(start, start + span, "instant", zone is not None, "date and clock", day.flags)
    now = site.local if zone else site.local.replace(tzinfo=None)
    if start > now + timedelta(minutes=10):
        start -= _DAY
    return Reading(start, start + span, "clock", zone is not None, "bare clock")
