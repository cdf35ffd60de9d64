"""What a site's own pairs of printed text and machine-readable time teach about how it prints times.

Every pair votes; a habit is used only past a stated count of votes, and only when next to none speak against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Habits:
    """Votes by habit and value: habit → value → pairs that speak for it.

    Habits: `rule` (a key of `ages.RULES`; `*` counts the pairs), `zone` (minutes from UTC at the time of the pair),
    `order` ("dmy", "mdy"), `language` (BCP 47), `cache` (seconds, in steps of a minute).
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
        return votes.get("*", sum(votes.values()))

    @property
    def rule(self) -> str | None:
        """The one rounding rule the pairs allow while they exclude another; None: not known yet."""
        votes = self.votes.get("rule", {})
        pairs = votes.get("*", 0)
        allowed = [name for name in RULES if votes.get(name, 0) >= AGREE_SHARE * pairs]
        if pairs < EVIDENCE_MIN or not allowed:
            return None
        best = max(allowed, key=lambda name: (votes.get(name, 0), name == "round", name == "moment"))
        excluded = [name for name in RULES if votes.get(name, 0) <= pairs - _DISCRIMINATING_MIN]
        return best if excluded or len(allowed) == 1 else None

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
    return habits.with_votes("rule", "*", *allowed) if allowed else habits


def zone_of_pair(start: datetime, instant: datetime) -> int | None:
    """The site's minutes from UTC, when a naive printed time and the instant stated for it differ by a zone's worth."""
    difference_s = (start - instant.replace(tzinfo=None)).total_seconds()
    minutes = 15 * round(difference_s / 900)
    return minutes if abs(difference_s - 60 * minutes) <= 60 and -12 * 60 <= minutes <= 14 * 60 else None
