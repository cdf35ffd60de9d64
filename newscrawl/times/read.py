"""The order in which a text's readings are tried, and the one place where a Reading becomes a Timestamp."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from newscrawl.errors import TimeError
from newscrawl.limits import DATE_TEXT_CHARS, FUTURE_S, YEAR_MIN
from newscrawl.models import TimeOrigin, Timestamp
from newscrawl.times.fallback import read_elsewhere
from newscrawl.times.habits import Habits
from newscrawl.times.labels import read_label
from newscrawl.times.machine import read_machine
from newscrawl.times.reading import Reading
from newscrawl.times.zones import site_zone


def parse_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: Habits | None = None,
    origin: TimeOrigin = "visible",
) -> Timestamp | None:
    """The interval `raw` can mean on a page fetched at `fetched_at`, or None when it is no time.

    `languages`: BCP 47, the likeliest first; empty: all known ones must agree. `timezone`: the site's, an IANA name
    or an offset, used when the text names none; None: the site's learned zone, else that of `fetched_at`, flagged
    `zone_unknown`. `rule`: the site's learned habits. Only the first DATE_TEXT_CHARS characters are read.
    Raises TimeError for a time that cannot be: in the future, before YEAR_MIN, a day or hour no calendar has.
    """
    zone = site_zone(timezone) if timezone else None
    local = fetched_at.astimezone(zone) if zone else fetched_at
    reading = read_machine(raw) if raw.isascii() else None
    if reading is None:
        label = read_label(raw)
        for language in languages:
            reading = read_elsewhere(label.text, local.replace(tzinfo=None), language.split("-")[0])
            if reading:
                break
    if reading is None:
        return None
    return _stamp(reading, raw, fetched_at, local.tzinfo or UTC, origin, zone is None)


def _stamp(
    reading: Reading, raw: str, fetched_at: datetime, zone: tzinfo, origin: TimeOrigin, zone_unknown: bool
) -> Timestamp:
    try:
        start = (reading.start if reading.start.tzinfo else reading.start.replace(tzinfo=zone)).astimezone(UTC)
        end = (reading.end if reading.end.tzinfo else reading.end.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as wrong:
        raise TimeError(raw, "outside the calendar") from wrong
    if start - fetched_at > timedelta(seconds=FUTURE_S):
        raise TimeError(raw, "after the fetch")
    if end.year < YEAR_MIN:
        raise TimeError(raw, f"before {YEAR_MIN}")
    flags = reading.flags
    if zone_unknown and not reading.stated:
        flags = (*flags, "zone_unknown")
    return Timestamp(
        earliest=start,
        latest=end,
        raw=raw[:DATE_TEXT_CHARS],
        origin=origin,
        kind=reading.kind,
        zone="stated" if reading.stated else "assumed",
        flags=flags,
    )
