"""A text as one path understood it, before zone and plausibility make a Timestamp of it."""

from datetime import datetime
from typing import NamedTuple

from newscrawl.models import TimeKind


class Reading(NamedTuple):
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
