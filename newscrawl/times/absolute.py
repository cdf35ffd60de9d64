"""Dates, day words with clocks and bare clocks, in any language of the table.

The text is eaten part by part: clock, zone, day; what is left must be words that may stand beside a date. A bare
clock or a date without a year allows no unknown word; a whole date allows the few words of a byline.
"""

import re
from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

from newscrawl.errors import TimeError
from newscrawl.times.clocks import Clock, hour_of, mark_meridiem, take_clock, take_dotted_clock
from newscrawl.times.days import (
    Day,
    Marked,
    last_weekday,
    take_day_and_month,
    take_day_word,
    take_named_day,
    take_number_day,
)
from newscrawl.times.normal import NUMBER, tokens
from newscrawl.times.reading import Reading, Site
from newscrawl.times.vocabulary import ONE_NUMBER_ENOUGH
from newscrawl.times.words import WordBook
from newscrawl.times.zones import has_halves, is_zone_word, read_zone

_DAY = timedelta(days=1)
# Both ends of a reading belong to it.
_WHOLE_DAY, _MINUTE, _INSTANT = timedelta(days=1, seconds=-1), timedelta(seconds=59), timedelta()
_UNKNOWN_MAX = 6
"""Unknown words beside a whole date: "By Jane Doe and John Roe, Paris"."""
_SEGMENTS_MAX = 6
_SEPARATORS = re.compile(r"[|·•‧∙●►»›–—―\n\t]|\s-\s")
_OFFSET = re.compile(
    r"(?:\b(?:utc|gmt)\s?)?(?<![\d:/.])(?:\+\s?|[-−](?!\d\d?\.?\s[^\W\d_]))\d{1,2}:?(?:\d{2})?(?!\d)|\b(?:utc|gmt)\s?[+\-−]\s?\d{1,2}(?::?\d{2})?\b"
)
_SIGNS = frozenset("+-−")
_YEAR_AND_MONTH = re.compile(r"\d{4}\s?-\s?\d{1,2}\s?-")
_DAY_WORDS = {"T", "Y", "V"}
_DOT_CLOCKS = {"fi", "da", "id"}
_ONLY_DOT = re.compile(r"\d{1,2}\.\d{2}$")


# Three hours or three o'clock: where the phrase table does not say, nobody can.
_HOURS_ALONE = re.compile(r"\s*\d{1,2}\s?h\.?\s*$")


class _Left(NamedTuple):
    """What is left of a text when clock and day are taken."""

    numbers: int
    unknown: int
    """Words the language's book does not know."""
    weekday: int
    """The first weekday, Monday being 1; 0: none."""
    parts: list[str]
    """Codes of the words for parts of the day ("pm")."""
    zones: list[str]


def read_date(raw: str, folded: str, site: Site, book: WordBook) -> Reading | None:
    """The date, day word or clock `folded` holds (label already off), whole or in one of its segments.

    Raises TimeError for a day no calendar has, and for one that its weekday tells to be ahead.
    """
    first = NUMBER.search(folded)
    if not first:
        return _weekday_alone(folded, site, book)
    if site.language in _DOT_CLOCKS and _ONLY_DOT.match(folded):
        folded = folded.replace(".", ":")
    is_one_number = not NUMBER.search(folded, first.end()) and not ONE_NUMBER_ENOUGH.search(folded)
    if is_one_number and not any(code[0] in "mjiwTYV" for _, code in book.mark(tokens(folded))):
        return None
    if reading := _read_segment(raw, folded, site, book):
        return reading
    segments = [segment.strip() for segment in _SEPARATORS.split(folded)]
    if len(segments) > 1:
        for segment in segments[:_SEGMENTS_MAX]:
            if NUMBER.search(segment) and (reading := _read_segment(raw, segment, site, book)):
                return reading
    return None


def _read_segment(raw: str, text: str, site: Site, book: WordBook) -> Reading | None:
    if _HOURS_ALONE.match(text):
        return None
    clock, text = take_clock(mark_meridiem(text))
    zone, text = _take_zone(text, clock, site)
    day, clock, marked = _take_day(raw, text, clock, site, book)
    if day is None and clock is None:
        return None
    left = _weigh(marked)
    if day is None and left.weekday and not left.numbers:
        day = last_weekday(left.weekday, site)
    if day and not day.has_year and left.weekday and _is_to_come(day, left.weekday):
        raise TimeError(raw, "a day to come")
    is_whole = day is not None and day.has_year
    if left.numbers > (2 if is_whole and clock else 0):
        return None
    if left.unknown > (0 if site.strict else _UNKNOWN_MAX if is_whole else 2 if day and clock else 0):
        return None
    if zone is None and clock is not None:
        return signed_reading(day, clock, left.zones, left.parts, site)
    return reading_of(day, clock, zone, left.parts, site)


def _is_to_come(day: Day, weekday: int) -> bool:
    """Whether a weekday beside a date without its year tells that the next such date is meant: an event's."""
    if day.day.isoweekday() == weekday or (day.day.month, day.day.day) == (2, 29):
        return False
    return day.day.replace(year=day.day.year + 1).isoweekday() == weekday


def _take_day(
    raw: str, text: str, clock: Clock | None, site: Site, book: WordBook
) -> tuple[Day | None, Clock | None, Marked]:
    """The day of a text, a dotted clock beside it ("5. nov. 14.30") where there is no other, and the other tokens."""
    if numbered := take_number_day(raw, text, site):
        day, rest = numbered
        marked: Marked = book.mark(tokens(rest if day else text))
    else:
        rest = text
        marked = book.mark(tokens(text))
        if clock is None and "." in text and any(code[0] in "mji" for _, code in marked):
            dotted, without = take_dotted_clock(text)
            if dotted:
                day, left = take_named_day(raw, text, book.mark(tokens(without)), site)
                if day:
                    return day, dotted, left
        day, marked = take_named_day(raw, text, marked, site)
        if day is None and not any(code in _DAY_WORDS for _, code in marked):  # "i dag 14.05" is no 14 May
            day, rest = take_day_and_month(raw, text, site)
            marked = book.mark(tokens(rest)) if day else marked
    if day is None:
        day, marked = take_day_word(marked, site)
    if clock is None and day is not None:
        clock, without = take_dotted_clock(rest)
        if clock is not None:
            marked = book.mark(tokens(without))
    return day, clock, marked


def _weigh(marked: Marked) -> _Left:
    numbers = unknown = weekday = 0
    parts: list[str] = []
    zones: list[str] = []
    for token, code in marked:
        kind = code[0]
        if kind in "?-" and is_zone_word(token):
            zones.append(token)
        elif kind == "?":
            unknown += 1
        elif kind == "#":
            numbers += 1
        elif kind == "p":
            parts.append(code)
        elif kind == "w":
            weekday = weekday or int(code[1:])
    return _Left(numbers, unknown, weekday, parts, zones)


def _with_other_half(reading: Reading, site: Site) -> Reading:
    """A site that signs "EST" all the year means its own clock in summer, one that signs with care does not: both."""
    other = reading.start.replace(tzinfo=site.zone) - reading.start
    if not other:
        return reading
    start, end = min(reading.start, reading.start + other), max(reading.end, reading.end + other)
    return reading._replace(start=start, end=end, flags=(*reading.flags, "dst"))


def _weekday_alone(folded: str, site: Site, book: WordBook) -> Reading | None:
    """The latest day of that name, for a text that is a weekday's full name and nothing else."""
    found = tokens(folded)
    if len(found) != 1 or len(found[0]) < (5 if found[0].isascii() else 3):
        return None
    code = book.codes.get(found[0], "")
    return reading_of(last_weekday(int(code[1:]), site), None, None, [], site) if code[:1] == "w" else None


def _take_zone(text: str, clock: Clock | None, site: Site) -> tuple[tzinfo | None, str]:
    if clock is None or _SIGNS.isdisjoint(text):
        return None, text
    match = _OFFSET.search(text)
    if match and _YEAR_AND_MONTH.search(text) and match.start() < 9 and "utc" not in match.group():
        match = None
    if match and (zone := read_zone(match.group().replace(" ", ""), site.zone)):
        return zone, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def signed_reading(day: Day | None, clock: Clock, words: list[str], parts: list[str], site: Site) -> Reading:
    """`reading_of` a clock in the zone that the first of `words` names which is one's; without any, in the site's."""
    for word in words:
        if zone := read_zone(word, site.zone):
            reading = reading_of(day, clock, zone, parts, site)
            return _with_other_half(reading, site) if has_halves(word, site.zone, reading.start.year) else reading
    return reading_of(day, clock, None, parts, site)


def reading_of(day: Day | None, clock: Clock | None, zone: tzinfo | None, parts: list[str], site: Site) -> Reading:
    """The instants of a day, a clock or both; `zone`: the text's own, `parts`: codes of the words beside the clock."""
    if clock is None:
        assert day is not None
        start = datetime.combine(day.day, time.min)
        return Reading(start, start + _WHOLE_DAY, "day", stated=False, why="date", flags=day.flags)
    hour = hour_of(clock.hour, parts)
    span = _MINUTE if clock.second is None else _INSTANT
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
