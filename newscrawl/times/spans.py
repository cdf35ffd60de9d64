"""An age as a phrase says it → the interval it can mean."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from newscrawl.times.ages import FRACTIONS, NOW_S, TIME_SINCE, TWO_UNITS, UNIT_NAMES, UNIT_S, Age, age_bounds
from newscrawl.times.reading import Reading

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NOW = timedelta(seconds=NOW_S)


def span_of(age: Age, local: datetime, rule: str | None, yesterday: str | None = None) -> Reading:
    """The instants `age` can mean on a page fetched at `local`, in the site's zone.

    `rule`: how the site rounds, a key of `ages.RULES`; None: any way. `yesterday`: what the word means on the site,
    one of `habits.YESTERDAYS`; None: either. Raises OverflowError for an age older than the calendar.
    """
    # Differences are taken in UTC: within a zone Python takes them on the clock's face, across summer time too.
    unit, now = age.unit, local.astimezone(UTC)
    if is_counted(unit):
        most, least, why = count_span(unit, age.number, age.limit, age.rest_s, rule)
        return Reading(now - most, now - least, "relative", stated=True, why=why)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "T":
        return Reading(midnight, local, "day", stated=False, why="phrase: today")
    if unit in "YV":
        days = 1 if unit == "Y" else 2
        since, until = now - (days + 1) * _DAY, midnight - (days - 1) * _DAY - _SECOND
        if yesterday == "calendar":
            since = midnight - days * _DAY
        elif yesterday == "hours":
            until = now - days * _DAY
        return Reading(
            since,
            until,
            "day",
            stated=yesterday == "hours",
            why="phrase: yesterday" if unit == "Y" else "phrase: the day before yesterday",
        )
    span = timedelta(seconds=UNIT_S[unit[1]])
    since, until = (now - 2 * span, now - span / 2) if unit[0] == "L" else (now - span, now)
    return Reading(
        since,
        until,
        "relative",
        stated=True,
        why=f"phrase: {'last' if unit[0] == 'L' else 'this'} {UNIT_NAMES[unit[1]]}",
    )


def is_counted(unit: str) -> bool:
    """Whether an age of `unit` is a number of units, or "now": then the zone does not matter."""
    return unit in UNIT_S or unit == "n"


@lru_cache(maxsize=1024)
def count_span(unit: str, number: int, limit: str, rest_s: int, rule: str | None) -> tuple[timedelta, timedelta, str]:
    """The greatest and the least age that a number of units (`Age`'s fields) can mean, and the same in words.

    Raises OverflowError for an age older than any calendar.
    """
    if unit == "n":
        return _NOW, timedelta(), "phrase: now"
    name = UNIT_NAMES[unit]
    count = limit if limit in FRACTIONS else number or 1
    why = f"phrase: {count} {name}{'s' if number > 1 else ''}"
    # Of two units the smaller one is whole: "1 week, 2 days" is said up to the third day. But for humanize's months.
    rounding = "floor" if rest_s and (unit != "M" or rule in (TWO_UNITS, TIME_SINCE)) else rule
    least_s, most_s = age_bounds(unit, number, limit, rounding)
    return timedelta(seconds=rest_s + most_s), timedelta(seconds=rest_s + least_s), why
