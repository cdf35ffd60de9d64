"""What a site's own pairs of printed text and machine-readable time teach about how it prints times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Habits:
    """Votes by habit and value; a habit counts once enough votes agree."""

    votes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """JSON values only; `from_json` gives the same back."""
        return {habit: dict(values) for habit, values in self.votes.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Habits":
        """The habits `to_json` wrote; {} gives habits without evidence."""
        return cls({str(habit): {str(value): int(n) for value, n in values.items()} for habit, values in data.items()})


def observe(habits: Habits, raw: str, instant: datetime, fetched_at: datetime) -> Habits:
    """`habits` with one more pair: the page printed `raw` and stated `instant` for it, fetched at `fetched_at`."""
    return habits
