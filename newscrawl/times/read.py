"""Text → Timestamp: the one place where what a text says becomes an interval in UTC."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache

from newscrawl.errors import TimeError
from newscrawl.limits import DATE_TEXT_CHARS, FUTURE_S, YEAR_MIN
from newscrawl.times.habits import Habits
from newscrawl.times.intervals import with_cache_slack
from newscrawl.times.languages import base_language
from newscrawl.times.reading import Reading
from newscrawl.times.whole import look_up
from newscrawl.times.zones import site_zone
from newscrawl.timestamps import TimeOrigin, Timestamp

_FUTURE = timedelta(seconds=FUTURE_S)


def parse_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: Habits | None = None,
    origin: TimeOrigin = "visible",
    cache_s: float = 0,
) -> Timestamp | None:
    """The interval `raw` can mean on a page fetched at `fetched_at`, or None when it is no time.

    `languages`: BCP 47, the likeliest first; empty: all known ones must agree. `timezone`: the site's, an IANA name
    or an offset, used when the text names none; None: the site's learned zone, else that of `fetched_at`, flagged
    `zone_unknown`. `rule`: the site's learned habits. `cache_s`: seconds the page may have waited in a cache
    (`caches.cached_s`): its ages may have been counted that much earlier. Only the first DATE_TEXT_CHARS characters
    are read.
    Raises TimeError for a time that cannot be: in the future, before YEAR_MIN, a day or hour no calendar has.
    """
    found = parse_with_reason(raw, fetched_at, languages, timezone, rule, origin, cache_s)
    return found[0] if found else None


def parse_with_reason(
    raw: str,
    fetched_at: datetime,
    languages: Sequence[str],
    timezone: str | None,
    rule: Habits | None,
    origin: TimeOrigin = "visible",
    cache_s: float = 0,
) -> tuple[Timestamp, str] | None:
    """`parse_time`, and which path read the text."""
    raw = raw[:DATE_TEXT_CHARS]
    known = _known(tuple(languages)) or _learned_language(rule)
    try:
        if known and (span := look_up(raw, known[0], rule.rule if rule else None)):
            most, least, why = span
            now = fetched_at.astimezone(UTC)
            stamp = Timestamp(earliest=now - most, latest=now - least, raw=raw, origin=origin, kind="relative")
        else:
            zone = _zone_of(timezone, rule)
            reading = _closely()(raw, fetched_at.astimezone(zone) if zone else fetched_at, known, rule)
            if reading is None:
                return None
            stamp, why = _stamp(reading, raw, zone or fetched_at.tzinfo or UTC, origin, zone is None), reading.why
            if stamp.earliest > fetched_at and stamp.earliest - fetched_at > _FUTURE:
                raise TimeError(raw, "after the fetch")
    except OverflowError as wrong:
        raise TimeError(raw, "outside the calendar") from wrong
    if stamp.latest.year < YEAR_MIN:
        raise TimeError(raw, f"before {YEAR_MIN}")
    slack_s = max(cache_s, rule.cache_s) if rule else cache_s
    return (with_cache_slack(stamp, slack_s) if slack_s else stamp), why


@lru_cache(maxsize=1)
def _closely() -> Callable[..., Reading | None]:
    """How texts that are more than a phrase are read; loaded when first needed, as most listings print phrases."""
    from newscrawl.times.paths import read_closely

    return read_closely


def _zone_of(timezone: str | None, rule: Habits | None) -> tzinfo | None:
    """The site's zone as it was given, else as it was learned."""
    if timezone and (zone := site_zone(timezone)):
        return zone
    return fixed_zone(timedelta(minutes=rule.zone_min)) if rule and rule.zone_min is not None else None


def _learned_language(rule: Habits | None) -> tuple[str, ...]:
    return (rule.language,) if rule and rule.language else ()


@lru_cache(maxsize=256)
def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The table's names of `languages`."""
    return tuple(dict.fromkeys(name for name in map(base_language, languages) if name))


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
