"""The day of publication where the paper is: what a page states in UTC may be the day before or after its own."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.models import Timestamp
from newscrawl.times import read_label

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_UTC = frozenset({"Z", "UTC", "GMT", "+00:00", "+0000", "-00:00", "-0000"})
_DIGITS = re.compile(r"\d+")
# Zones lie between UTC-12 and UTC+14, in quarters of an hour (https://www.iana.org/time-zones).
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_QUARTER_S = 15 * 60
_NEAR_EAST = timedelta(hours=3)
_LINES_MAX, _PARTS_MAX = 8, 4
IN_TEXT = "in the text"
"""End of the origin of lines past the first running text: what they date may be another article."""
Reader = Callable[[str], Timestamp | None]
Parts = Callable[[str], Iterator[str]]
"""What of a line may be a time."""


def read_day(
    published: Timestamp,
    evidence: Evidence,
    *,
    zone: str | None,
    read: Reader,
    parts_of: Parts,
) -> date | None:
    """The day `published` fell on where it was published; None for an age.

    In this order: the offset the text states, the source's zone, another claim of the same instant with an offset, the
    day in the address, a printed time a whole number of quarters of an hour away, a printed day; else the day in UTC.
    """
    if published.kind == "relative":
        return None
    told = _ISO.match(published.raw)
    if told and not (told[3] and told[3].upper() in _UTC):
        return _day(told[1])
    middle = published.earliest + (published.latest - published.earliest) / 2
    if zone and published.kind != "day":
        return middle.astimezone(ZoneInfo(zone)).date()
    if told is None or published.kind == "day":
        return middle.date()
    found = _stated_elsewhere(published.earliest, evidence) or _printed(published.earliest, evidence, read, parts_of)
    return found or middle.date()


def _stated_elsewhere(instant: datetime, evidence: Evidence) -> date | None:
    nearest = evidence.of("time_attribute")[:1]
    for item in (*evidence.of("date_published"), *evidence.of("time_attribute")):
        told = _ISO.match(item.value)
        day = _day(told[1]) if told else None
        if told is None or day is None or (told[3] and told[3].upper() in _UTC):
            continue
        if told[2] is None:
            if item.reader == "url" and _may_be(day, instant):
                return day
            continue
        if told[3]:
            same = _instant(told[1], told[2], told[3]) == instant.replace(microsecond=0)
        else:
            # To the second no two articles agree; to the minute other articles' times may fit by chance.
            clock = _instant(told[1], told[2], "+00:00")
            same = clock is not None and _is_offset(clock - instant.replace(microsecond=0))
            same = same and (item in nearest or bool(clock and clock.second))
        if same:
            return day
    return None


def _printed(instant: datetime, evidence: Evidence, read: Reader, parts_of: Parts) -> date | None:
    """The day that a line near the headline prints, where it is the day before or after the one in UTC."""
    beside = {instant.date() - timedelta(days=1), instant.date() + timedelta(days=1)}
    changed = {told[1] for item in evidence.of("date_modified") if (told := _ISO.match(item.value))}
    for line in _lines(evidence, {str(day.day) for day in beside}):
        if read_label(line.value).role == "modified":
            continue
        for part in islice(parts_of(line.value), _PARTS_MAX):
            found = read(part)
            if found is None or found.kind not in ("day", "instant"):
                continue
            day = (found.earliest + (found.latest - found.earliest) / 2).date()
            offset = found.earliest - instant.replace(second=0, microsecond=0)
            fits = _is_offset(offset) if found.kind == "instant" else _may_be(day, instant)
            if found.kind == "day" and day.isoformat() in changed:
                # It may be the day of the change, unless the instant is the printed day's midnight in Europe or Africa.
                fits = timedelta(0) < found.earliest - instant <= _NEAR_EAST and not instant.minute
            return day if day in beside and fits else None
    return None


def _lines(evidence: Evidence, numbers: set[str]) -> Iterator[Candidate]:
    """The lines that hold one of the numbers, the first few only: reading a printed time is slow."""
    count = 0
    for line in (*evidence.of("time_text")[:1], *(line for line in evidence.near if not line.origin.endswith(IN_TEXT))):
        if count < _LINES_MAX and not numbers.isdisjoint(number.lstrip("0") for number in _DIGITS.findall(line.value)):
            count += 1
            yield line


def _is_offset(offset: timedelta) -> bool:
    """Whether clocks of two zones may differ by `offset`."""
    return not offset % timedelta(seconds=_QUARTER_S) and _WEST <= offset <= _EAST


def _may_be(day: date, instant: datetime) -> bool:
    """Whether `instant` falls on `day` in some zone."""
    start = datetime(day.year, day.month, day.day, tzinfo=instant.tzinfo)
    return start - _EAST <= instant < start + timedelta(days=1) - _WEST


def _instant(day: str, clock: str, offset: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
