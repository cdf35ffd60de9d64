"""Machine-readable times: ISO 8601, RFC 3339, RFC 5322, seconds or milliseconds since 1970."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from newscrawl.errors import TimeError
from newscrawl.times.reading import Reading

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    r"(?:(?:T|t| {1,2}|_)(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,9}))?)?)?"
    r" ?(Z|z|UTC|GMT|[+\-−]\d{2}:?(?:\d{2})?)?(?:\[[A-Za-z0-9_+/-]{1,40}\])?)?$"
)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])$")
_EPOCH = re.compile(r"(\d{10})(\d{3}|\d{6})?$|(\d{9,10})\.\d{1,9}$")
_RFC5322 = re.compile(
    r"(?:[A-Za-z]{3,9},? )?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} \d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|[A-Za-z]{1,5})$"
)


def read_machine(raw: str) -> Reading | None:
    """The instant a machine wrote, or None when the text is of no machine's form.

    Raises TimeError when the form is a machine's and the value cannot be (30 February, hour 99, year 0000).
    """
    text = raw.strip()
    if not text or not text.isascii() or len(text) > 64 or not (text[0].isdigit() or text[-1].isalnum()):
        return None
    if text[:4].isdigit():
        for form, read in ((_ISO, _read_iso), (_EPOCH, _read_epoch), (_ISO_WEEK, _read_week)):
            if (match := form.match(text)) and (reading := read(match, raw)):
                return reading
    if ":" in text and _RFC5322.match(text):
        from email.utils import parsedate_to_datetime  # 5 ms that most runs never need

        try:
            instant = parsedate_to_datetime(text)
        except (ValueError, IndexError, OverflowError):
            return None
        if instant.tzinfo is not None:
            span_s = 0 if text.count(":") > 1 and not text.rstrip().endswith(":") else 59
            return Reading(instant, instant + timedelta(seconds=span_s), "instant", stated=True, why="RFC 5322")
    return None


def _read_iso(match: re.Match[str], raw: str) -> Reading | None:
    year, month, day, hour, minute, second, _, zone = match.groups()
    try:
        if hour is None:
            start = datetime.combine(date(int(year), int(month), int(day)), time.min)
            return Reading(start, start + timedelta(days=1, seconds=-1), "day", stated=False, why="ISO 8601 date")
        clock = time(int(hour) % 24, int(minute or 0), min(int(second or 0), 59))
        start = datetime.combine(date(int(year), int(month), int(day)), clock)
        if int(hour) > 24 or int(second or 0) > 60:
            raise ValueError("hour or second out of range")
        if int(hour) == 24:
            start += timedelta(days=1)
        span_s = 0 if second is not None else 59 if minute is not None else 3599
        start = start.replace(tzinfo=_zone_of(zone)) if zone else start
        return Reading(start, start + timedelta(seconds=span_s), "instant", stated=bool(zone), why="ISO 8601")
    except (ValueError, OverflowError) as wrong:
        raise TimeError(raw, f"no such date: {wrong}") from wrong


def _read_week(match: re.Match[str], raw: str) -> Reading:
    try:
        start = datetime.fromisocalendar(*(int(part) for part in match.groups()))
    except ValueError as wrong:
        raise TimeError(raw, f"no such week date: {wrong}") from wrong
    return Reading(start, start + timedelta(days=1, seconds=-1), "day", stated=False, why="ISO 8601 week date")


def _read_epoch(match: re.Match[str], raw: str) -> Reading:
    instant = datetime.fromtimestamp(int(match.group(1) or match.group(3)), UTC)
    return Reading(instant, instant, "instant", stated=True, why="seconds since 1970")


def _zone_of(text: str) -> tzinfo:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"\D", "", text)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if offset > timedelta(hours=15):
        raise ValueError("offset out of range")
    return timezone(-offset if text[0] in "-−" else offset)
