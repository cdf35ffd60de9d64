"""Why a text was read as it was, for `scrapy probe`."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from newscrawl.errors import TimeError
from newscrawl.times.habits import Habits
from newscrawl.times.labels import Role, read_label
from newscrawl.times.read import parse_with_reason
from newscrawl.timestamps import Timestamp


class Explanation(NamedTuple):
    """One text's way through the parser."""

    raw: str
    role: Role | None
    timestamp: Timestamp | None
    path: str
    """Which path read it, or why none did."""

    def __str__(self) -> str:
        if self.timestamp is None:
            return f"{self.raw!r}: {self.path}"
        label = f" {self.role}" if self.role else ""
        span = f"{self.timestamp.earliest:%Y-%m-%d %H:%M:%S}Z … {self.timestamp.latest:%Y-%m-%d %H:%M:%S}Z"
        return f"{self.raw!r}:{label} {span} ({self.path})"


def explain_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: Habits | None = None,
    cache_s: float = 0,
) -> Explanation:
    """How `parse_time` reads `raw` and why; never raises."""
    role = read_label(raw).role
    try:
        found = parse_with_reason(raw, fetched_at, languages, timezone, rule, cache_s=cache_s)
    except TimeError as wrong:
        return Explanation(raw, role, None, f"refused: {wrong.reason}")
    if found is None:
        return Explanation(raw, role, None, "no time")
    timestamp, why = found
    # An age needs no zone; what it leaves open is how the site rounds.
    rounding = f"rounded as {rule.rule}" if rule and rule.rule else "no rounding learned"
    first = rounding if timestamp.kind == "relative" else f"zone {timestamp.zone}"
    return Explanation(raw, role, timestamp, f"{why}; {', '.join((first, *timestamp.flags))}")
