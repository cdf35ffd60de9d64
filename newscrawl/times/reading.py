"""A text as one path understood it, before zone and plausibility make a Timestamp of it."""

from dataclasses import dataclass
from datetime import datetime

from newscrawl.models import TimeKind


@dataclass(frozen=True, slots=True)
class Reading:
    """The instants a text can mean, both ends inclusive."""

    start: datetime
    """Naive: in the site's zone."""
    end: datetime
    kind: TimeKind
    stated: bool
    """Whether the text names its zone (an age needs none)."""
    why: str
    """Which path read it, for a person."""
    flags: tuple[str, ...] = ()
