"""Days of other calendars → Gregorian dates."""

from bisect import bisect_right
from datetime import date, timedelta

# Years of the 33-year cycle that have 366 days; exact for 1206 to 1498.
_PERSIAN_LEAPS = (1, 5, 9, 13, 17, 22, 26, 30)
_NOWRUZ_1404 = date(2025, 3, 21)
# Umm al-Qura, 1410 to 1471: bit n set when month n + 1 has 30 days. From ICU 75 (Unicode licence).
_ISLAMIC_FIRST_YEAR = 1410
_ISLAMIC_FIRST_DAY = date(1989, 8, 3)
_ISLAMIC_MONTHS = (
    603, 1243, 2517, 1490, 3493, 3402, 2709, 1357, 2733, 938, 3026, 3012, 2953, 2709, 1325, 1453, 2922,
    1748, 3529, 3474, 2726, 2390, 686, 1389, 874, 2901, 2730, 2381, 1181, 2397, 698, 1461, 1450, 3413,
    2714, 2350, 622, 1373, 2778, 1748, 1701, 2855, 2637, 1197, 1389, 2906, 1876, 3913, 3730, 3366, 2646,
    854, 1717, 2986, 2962, 2853, 1675, 2715, 1370, 2778, 1460, 3497,
)  # fmt: skip

# Name of an era → its first year less one: era year + offset is the Gregorian year.
ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "民国": 1911,
    "民國": 1911,
    "reiwa": 2018,
    "heisei": 1988,
    "minguo": 1911,
}
BUDDHIST = 543
"""Years a Buddhist year is ahead."""


def persian(year: int, month: int, day: int) -> date:
    """The date of a day of the Solar Hijri calendar; ValueError when there is none."""
    if not (1206 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError("no such Persian day")
    days = 365 * (year - 1404) + _leaps_before(year) - _leaps_before(1404)
    return _NOWRUZ_1404 + timedelta(days=days + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def islamic(year: int, month: int, day: int) -> date:
    """The date of a day of the Umm al-Qura calendar; ValueError when there is none. Elsewhere it may be a day off."""
    place = year - _ISLAMIC_FIRST_YEAR
    if not (0 <= place < len(_ISLAMIC_MONTHS) and 1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError("no such Islamic day")
    days = sum(354 + mask.bit_count() - 6 for mask in _ISLAMIC_MONTHS[:place])
    days += 29 * (month - 1) + (_ISLAMIC_MONTHS[place] & ((1 << (month - 1)) - 1)).bit_count()
    return _ISLAMIC_FIRST_DAY + timedelta(days=days + day - 1)


def _leaps_before(year: int) -> int:
    cycles, rest = divmod(year - 1, 33)
    return 8 * cycles + bisect_right(_PERSIAN_LEAPS, rest)
