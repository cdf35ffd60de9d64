"""A text that is more than a phrase of the table → Timestamp: its reading, put into the site's zone."""

from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from newscrawl.errors import TimeError
from newscrawl.limits import FUTURE_S
from newscrawl.times.habits import Habits
from newscrawl.times.paths import read_closely
from newscrawl.times.reading import Reading
from newscrawl.times.zones import site_zone
from newscrawl.timestamps import TimeOrigin, Timestamp

_FUTURE = timedelta(seconds=FUTURE_S)


def stamp_closely(
    raw: str,
    fetched_at: datetime,
    languages: tuple[str, ...],
    timezone: str | None,
    rule: Habits | None,
    origin: TimeOrigin,
) -> tuple[Timestamp, str] | None:
    """The interval `raw` means and which path read it, or None; parameters as in `read.parse_time`.

    Raises TimeError for a time that cannot be, OverflowError for one outside the calendar.
    """
    zone = _zone_of(timezone, rule)
    reading = read_closely(raw, fetched_at.astimezone(zone) if zone else fetched_at, languages, rule)
    if reading is None:
        return None
    stamp = _stamp(reading, raw, zone or fetched_at.tzinfo or UTC, origin, zone is None)
    if stamp.earliest > fetched_at and stamp.earliest - fetched_at > _FUTURE:
        raise TimeError(raw, "after the fetch")
    return stamp, reading.why


def _zone_of(timezone: str | None, rule: Habits | None) -> tzinfo | None:
    """The site's zone as it was given, else as it was learned."""
    if timezone and (zone := site_zone(timezone)):
        return zone
    return fixed_zone(timedelta(minutes=rule.zone_min)) if rule and rule.zone_min is not None else None


def _stamp(reading: Reading, raw: str, zone: tzinfo, origin: TimeOrigin, zone_unknown: bool) -> Timestamp:
    start, end, kind, stated, _, flags = reading
    earliest = _in_utc(start, zone, 0)
    if zone is UTC:
        latest = earliest + (end - start)
    else:
        # The end counts as in the second of an hour that comes twice when clocks are set back: either may be meant.
        latest = _in_utc(end, zone, 1)
        if kind != "day" and latest - earliest != end - start:
            earliest, latest, flags = min(earliest, latest), max(earliest, latest), (*flags, "dst")
    if zone_unknown and not stated:
        flags = (*flags, "zone_unknown")
    return Timestamp(
        earliest=earliest,
        latest=latest,
        raw=raw,
        origin=origin,
        kind=kind,
        zone="stated" if stated else "assumed",
        flags=flags,
    )


def _in_utc(when: datetime, zone: tzinfo, fold: int) -> datetime:
    """An end of a reading; naive ones are in `zone`, in the first (0) or second (1) of an hour that comes twice."""
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC) if zone is UTC else when.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    return when if when.tzinfo is UTC else when.astimezone(UTC)
