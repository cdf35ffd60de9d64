"""How the demo papers print a time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def age_words(age: timedelta) -> str:
    """An age in the words of moment.js (`fromNow`, English, default thresholds: 45 s, 45 min, 22 h, 26 d)."""
    seconds = max(age.total_seconds(), 0.0)
    minutes, hours, days = (int(seconds / unit + 0.5) for unit in (60, 3_600, 86_400))
    rows = (
        (seconds < 44.5, "a few seconds"),
        (minutes <= 1, "a minute"),
        (minutes < 45, f"{minutes} minutes"),
        (hours <= 1, "an hour"),
        (hours < 22, f"{hours} hours"),
        (days <= 1, "a day"),
        (days < 26, f"{days} days"),
        (days < 46, "a month"),
        (days < 320, f"{int(days / 30.44 + 0.5)} months"),
        (days < 548, "a year"),
    )
    words = next((words for holds, words in rows if holds), f"{int(days / 365.25 + 0.5)} years")
    return f"{words} ago"


def british(instant: datetime, zone: str) -> str:
    """`24 November 2026, 10:31`, in the paper's own zone and without naming it."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%-d %B %Y, %H:%M")


def russian(instant: datetime, zone: str) -> str:
    """`24 ноября 2026, 15:31`, in the paper's own zone and without naming it."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS_RU[local.month - 1]} {local.year}, {local:%H:%M}"


def rfc_822(instant: datetime) -> str:
    """`Tue, 24 Nov 2026 10:31:07 GMT`, as feeds and HTTP headers have it."""
    return instant.strftime("%a, %d %b %Y %H:%M:%S GMT")


def iso(instant: datetime, zone: str = "UTC") -> str:
    """`2026-11-24T10:31:07+00:00`."""
    return instant.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
