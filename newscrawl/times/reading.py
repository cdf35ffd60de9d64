"""A text as one path understood it, before zone and plausibility make a Timestamp of it."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from newscrawl.timestamps import TimeKind


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


class Site(NamedTuple):
    """What of the site a date's reading may depend on."""

    local: datetime
    """The fetch, in the site's zone."""
    language: str
    order: str | None = None
    """"dmy" or "mdy", learned; None: decided by zone and language."""
    strict: bool = False
    """Whether no unknown word may stand beside a date: the language is a guess."""

    @property
    def zone(self) -> tzinfo:
        """The site's zone."""
        assert self.local.tzinfo is not None
        return self.local.tzinfo
