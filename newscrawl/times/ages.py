"""An age, and what it can mean: how libraries round, as a table.

The bounds were found by running each library second by second (moment 2.31, dayjs 1.11, date-fns 4.4, timeago.js 4.0,
jquery-timeago 1.6, javascript-time-ago 2.6, humanize 4.17, Django 5.2, arrow 1.4, pendulum 3.3), November 2026.
"""

from typing import NamedTuple

UNIT_S = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": 31_556_952}
UNIT_NAMES = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "M": "month", "y": "year"}
_DAY = 86_400
# Least and greatest length a library counts a unit with: 30-day months, leap years.
_SHORT_S = UNIT_S | {"M": 30 * _DAY, "y": 365 * _DAY}
_LONG_S = UNIT_S | {"M": 31 * _DAY, "y": 366 * _DAY}
_MINUTES_END = 60
NOW_S = 60
"""Phrases such as "just now", "a few seconds ago", "less than a minute ago" reach this far."""


FRACTIONS = {"½": (0.25, 1.0), "¼": (0.125, 0.5)}
"""What a half and a quarter of a unit can mean: from half of it, where one rounds, to twice it, where one counts."""


class Age(NamedTuple):
    """An age as a phrase says it."""

    unit: str
    """s m h d w M y; "n" now; "T" today, "Y" yesterday, "V" the day before; "L" and "C" before a unit."""
    number: int = 0
    """How many; 0: the unit says it."""
    limit: str = ""
    """">" over, "<" almost, "=" about, "-" less than, "?" beside words that may be one of these, or of FRACTIONS."""
    bare: bool = False
    """The phrase says no "ago": an age only when it is the whole text."""
    rest_s: int = 0
    """Seconds of larger units before this one ("1 week, 2 days")."""
    ahead: bool = False
    """The phrase says "in" or "from now": no age at all."""


def age_with_limit(age: Age, limit: str) -> Age:
    """An age of which a sign or a word says `limit`: less than a minute is now."""
    return Age("n", bare=age.bare) if (age.unit, age.number, limit) == ("m", 1, "-") else age._replace(limit=limit)


def is_length(age: Age, number: int) -> bool:
    """Whether "400 m", "90 min" without "ago" is some length: libraries count 60 minutes and more in hours."""
    return number >= _MINUTES_END and age.unit == "m" and age.bare


class Rule(NamedTuple):
    """How a family of libraries counts: below `n` units by how much, above by how much, and its odd first steps."""

    under: float
    over: float
    first: dict[str, tuple[int, int]]
    """Seconds that "one unit" spans, where it differs."""


_MOMENT_FIRST = {
    "m": (45, 89), "h": (2_670, 5_399), "d": (77_400, 129_599), "M": (2_203_200, 3_974_399),
    "y": (27_600_000, 47_433_599),
}  # fmt: skip
RULES: dict[str, Rule] = {
    # moment, dayjs: the nearest, with "an hour" from 44:30
    "moment": Rule(0.5, 0.5, _MOMENT_FIRST),
    # date-fns, rails, jquery-timeago: the nearest, "a day" up to 42 h
    "about": Rule(0.5, 0.5, {"m": (30, 89), "h": (2_670, 5_399), "d": (82_800, 151_199), "M": (2_505_600, 5_183_999),
                             "y": (31_536_000, 47_433_599)}),
    # javascript-time-ago, date-fns strict, Babel, WordPress: the nearest
    "round": Rule(0.5, 0.5, {"m": (59, 89), "h": (3_570, 5_399), "d": (84_600, 129_599),
                             "M": (2_332_800, 3_974_399), "y": (30_240_000, 47_433_599)}),
    # timeago.js, Carbon, Django, arrow, pendulum: whole units passed
    "floor": Rule(0.0, 1.0, {}),
}  # fmt: skip
TWO_UNITS, TIME_SINCE = "two units", "time since"
"""Django's: "5 days" is said below 5 days and 1 hour only, then "5 days, 1 hour"; without "ago" hours have minutes."""
_NEXT_S = {"d": 3_600, "w": _DAY, "M": 604_800, "y": 31 * _DAY}
# What "one unit" can mean when nobody knows the library: from the first that says it to the last.
_UNION_FIRST = {
    "m": (30, 119), "h": (2_670, 7_199), "d": (77_400, 172_799), "w": (302_400, 1_209_599),
    "M": (1_296_000, 5_356_799), "y": (27_600_000, 63_244_799),
}  # fmt: skip


def age_bounds(unit: str, count: int, limit: str = "", rule: str | None = None) -> tuple[float, float]:
    """The least and the greatest age in seconds that "`count` `unit`s" can mean, both inclusive.

    `limit`: ">" for "over 2 years", "<" for "almost 2 years", "=" for "about 2 years", "-" for
    "less than 2 years", "?" for words that may be one of these, a key of FRACTIONS for "half a year". `rule`: a key
    of RULES, TWO_UNITS or TIME_SINCE; None: any library's.
    """
    if unit == "s":
        # Pages are rendered, cached and read within a minute at best; moment prints "44 seconds" for 0 to 44.
        return max(0, count - NOW_S / 2) if count > NOW_S else 0, max(NOW_S, count + NOW_S / 2)
    short, long = _SHORT_S[unit], _LONG_S[unit]
    if limit in FRACTIONS:
        least, most = FRACTIONS[limit]
        return least * short, most * long
    if limit == ">":
        return count * short, (count + 1) * long - 1
    if limit == "=":
        return (count - 0.5) * short, (count + 0.5) * short
    if limit == "<":
        return (count - 0.5) * short, count * long
    if limit == "-":
        return (count - 1) * short, count * long
    if limit == "?":
        return (count - 1) * short, (count + 1) * long - 1
    if rule in (TWO_UNITS, TIME_SINCE):
        next_s = 60 if rule == TIME_SINCE and unit == "h" else _NEXT_S.get(unit, UNIT_S[unit])
        return count * short - (2 * _DAY if unit == "M" else 0), count * long + next_s - 1
    known = RULES.get(rule or "")
    if count == 1:
        first = (known.first if known else _UNION_FIRST).get(unit)
        if first:
            return first
    if known:
        return (count - known.under) * short, (count + known.over) * long - 1
    return max(0.0, (count - 0.5) * short), (count + 1) * long - 1
