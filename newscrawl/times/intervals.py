"""What several readings of one time say together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from newscrawl.timestamps import Timestamp

ZONE_DOUBT = timedelta(hours=14)
"""No place on earth is further from UTC (Kiribati is at +14, Baker Island at -12)."""


def intersect(a: Timestamp, b: Timestamp) -> Timestamp:
    """The instants both readings allow; text, origin and kind are the narrower reading's.

    Readings that exclude each other keep their hull, flagged `contradicted`: the article was updated, or a cache
    answered. Beside a reading in a known zone, one in an unknown zone (`zone_unknown`) counts with that doubt.
    """
    finer = a if _width(a) <= _width(b) else b
    flags = tuple(dict.fromkeys(a.flags + b.flags))
    if ("zone_unknown" in a.flags) != ("zone_unknown" in b.flags):
        a, b = _with_zone_doubt(a), _with_zone_doubt(b)
        flags = tuple(flag for flag in flags if flag != "zone_unknown")
    earliest, latest = max(a.earliest, b.earliest), min(a.latest, b.latest)
    if earliest > latest:
        earliest, latest = min(a.earliest, b.earliest), max(a.latest, b.latest)
        flags = _add(flags, "contradicted")
    return replace(finer, earliest=earliest, latest=latest, flags=flags)


def bounded_below(timestamp: Timestamp, not_seen_at: datetime) -> Timestamp:
    """`timestamp`, knowing that a complete read of the listing at `not_seen_at` did not hold the article yet.

    An article whose whole interval lies before that read was held back; its reading stays, flagged `held_back`.
    """
    if timestamp.earliest >= not_seen_at:
        return timestamp
    if timestamp.latest < not_seen_at:
        return replace(timestamp, flags=_add(timestamp.flags, "held_back"))
    return replace(timestamp, earliest=not_seen_at.astimezone(UTC))


def with_cache_slack(timestamp: Timestamp, slack_s: float) -> Timestamp:
    """`timestamp`, knowing that the page may have been rendered up to `slack_s` seconds before it was fetched.

    Only ages move: a page rendered earlier was counting from an earlier instant.
    """
    if timestamp.kind != "relative" or slack_s <= 0:
        return timestamp
    return replace(timestamp, earliest=timestamp.earliest - timedelta(seconds=slack_s))


def _width(timestamp: Timestamp) -> timedelta:
    return timestamp.latest - timestamp.earliest


def _with_zone_doubt(timestamp: Timestamp) -> Timestamp:
    if "zone_unknown" not in timestamp.flags:
        return timestamp
    return replace(timestamp, earliest=timestamp.earliest - ZONE_DOUBT, latest=timestamp.latest + ZONE_DOUBT)


def _add(flags: tuple[str, ...], flag: str) -> tuple[str, ...]:
    return flags if flag in flags else (*flags, flag)
