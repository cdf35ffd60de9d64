"""What a site's own pairs of printed text and machine-readable time teach about how it prints times.

Every pair votes; a habit is used only past a stated count of votes, and only when next to none speak against it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any

from newscrawl.times.ages import RULES, UNIT_S, age_bounds

EVIDENCE_MIN = 5
"""Pairs that must speak for a habit before it is used."""
AGREE_SHARE = 0.9
"""Share of the pairs about a habit that must agree with it (cached fragments disagree)."""
_SLACK_S = 2
"""Seconds a clock may differ before a pair contradicts a rule."""
_CACHE_S_MAX = 900
_DISCRIMINATING_MIN = 3
"""Pairs that must speak against another way of counting before one is held to be the site's."""
_PAIRS = "*"
YESTERDAYS = ("calendar", "hours")
"""What "yesterday" can be: the calendar day before, or 24 to 48 hours ago."""
NAMES = {
    "rule": "how ages are rounded",
    "yesterday": "what yesterday is",
    "zone": "minutes from UTC",
    "order": "day and month in numbers",
    "language": "language of its times",
    "cache": "seconds in caches",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """Votes by habit and value: habit → value → pairs that speak for it.

    Habits: `rule` (keys of `ages.RULES`) and `yesterday` (YESTERDAYS), where `*` counts the pairs and one pair may
    speak for several values; `zone` (minutes from UTC; only the latest pairs in a row that agree are kept, as summer
    time ends what was learned in winter), `order` ("dmy", "mdy"), `language` (BCP 47), `cache` (seconds, in steps of
    a minute).
    """

    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """JSON values only; `from_json` gives the same back."""
        return {habit: dict(values) for habit, values in self.votes.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Habits":
        """The habits `to_json` wrote; {} gives habits without evidence."""
        return cls({str(habit): {str(value): int(n) for value, n in values.items()} for habit, values in data.items()})

    def evidence(self, habit: str) -> int:
        """How many pairs spoke about a habit."""
        votes = self.votes.get(habit, {})
        return votes.get(_PAIRS, sum(votes.values()))

    def used(self) -> dict[str, str | None]:
        """Habit → the value that readings are made with; None: there is not enough evidence for one."""
        zone = self.zone_min
        return {
            "rule": self.rule,
            "yesterday": self.yesterday,
            "zone": None if zone is None else str(zone),
            "order": self.order,
            "language": self.language,
            "cache": str(self.cache_s) if self.evidence("cache") >= EVIDENCE_MIN else None,
        }

    @property
    def rule(self) -> str | None:
        """The one rounding rule the pairs allow while they exclude another; None: not known yet."""
        return self._told_apart("rule", sorted(RULES, key=lambda name: (name != "round", name != "moment")))

    @property
    def yesterday(self) -> str | None:
        """Which of YESTERDAYS the site's "yesterday" is; None: not known yet."""
        return self._told_apart("yesterday", YESTERDAYS)

    @property
    def zone_min(self) -> int | None:
        """Minutes from UTC the site's clocks are at; None: not known yet."""
        found = self._settled("zone")
        return int(found) if found else None

    @property
    def order(self) -> str | None:
        """Day before month ("dmy") or after it ("mdy"); None: not known yet."""
        return self._settled("order")

    @property
    def language(self) -> str | None:
        """The language its times are printed in; None: not known yet."""
        return self._settled("language")

    @property
    def cache_s(self) -> int:
        """Seconds a page may have waited in a cache before it came to us; 0: no sign of a cache."""
        votes = self.votes.get("cache", {})
        total = sum(votes.values())
        if total < EVIDENCE_MIN:
            return 0
        late, covered = sorted(((int(value), n) for value, n in votes.items())), 0
        for value, n in late:
            covered += n
            if covered >= 0.95 * total:
                return value
        return 0

    def _told_apart(self, habit: str, values: Iterable[str]) -> str | None:
        """The value that most pairs allow, the first of `values` where several do, while they exclude another."""
        votes = self.votes.get(habit, {})
        pairs = votes.get(_PAIRS, 0)
        allowed = [name for name in values if votes.get(name, 0) >= AGREE_SHARE * pairs]
        if pairs < EVIDENCE_MIN or not allowed:
            return None
        is_telling = any(votes.get(name, 0) <= pairs - _DISCRIMINATING_MIN for name in values)
        return max(allowed, key=lambda name: votes.get(name, 0)) if is_telling or len(allowed) == 1 else None

    def _settled(self, habit: str) -> str | None:
        votes = self.votes.get(habit, {})
        total = sum(votes.values())
        value = max(votes, key=lambda name: votes[name], default=None)
        if value is None or votes[value] < EVIDENCE_MIN or votes[value] < AGREE_SHARE * total:
            return None
        return value

    def with_votes(self, habit: str, *values: str) -> "Habits":
        """These habits and one more vote for each of `values`."""
        votes = {name: dict(given) for name, given in self.votes.items()}
        counted = votes.setdefault(habit, {})
        for value in values:
            counted[value] = counted.get(value, 0) + 1
        return Habits(votes)

    def with_zone(self, minutes: int) -> "Habits":
        """These habits after a pair whose clock was `minutes` from UTC: another offset than before starts anew."""
        if str(minutes) in self.votes.get("zone", {}):
            return self.with_votes("zone", str(minutes))
        return Habits({**self.votes, "zone": {str(minutes): 1}})


def vote_age(habits: Habits, unit: str, count: int, limit: str, age_s: float) -> Habits:
    """`habits` after a pair whose text says `count` units and whose true age at the fetch was `age_s`."""
    if unit not in UNIT_S or unit == "s" or limit:
        return habits
    least_s, most_s = age_bounds(unit, count)
    late_s = age_s - most_s
    if age_s < least_s - _SLACK_S or late_s > _CACHE_S_MAX:
        return habits  # updated, or a fragment older than any cache should be
    allowed = [
        name
        for name in RULES
        if (bounds := age_bounds(unit, count, "", name))[0] - _SLACK_S <= age_s <= bounds[1] + _SLACK_S
    ]
    habits = habits.with_votes("cache", str(60 * -(-max(0, round(late_s)) // 60)))
    return habits.with_votes("rule", _PAIRS, *allowed) if allowed else habits


def vote_yesterday(habits: Habits, instant: datetime, fetched_at: datetime, zone: tzinfo) -> Habits:
    """`habits` after a pair whose text says "yesterday", on a page fetched at `fetched_at`; `zone`: the site's."""
    is_day_before = instant.astimezone(zone).date() == fetched_at.astimezone(zone).date() - timedelta(days=1)
    is_hours = timedelta(hours=24) <= fetched_at - instant < timedelta(hours=48)
    allowed = [name for name, is_so in zip(YESTERDAYS, (is_day_before, is_hours), strict=True) if is_so]
    return habits.with_votes("yesterday", _PAIRS, *allowed) if allowed else habits


def zone_of_pair(start: datetime, instant: datetime) -> int | None:
    """The site's minutes from UTC, when a naive printed time and the instant stated for it differ by a zone's worth."""
    difference_s = (start - instant.replace(tzinfo=None)).total_seconds()
    minutes = 15 * round(difference_s / 900)
    return minutes if abs(difference_s - 60 * minutes) <= 60 and -12 * 60 <= minutes <= 14 * 60 else None
