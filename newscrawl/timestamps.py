"""The type of a time. `models` has it too; who reads times alone is spared the import of all the others (20 ms)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

TimeOrigin = Literal["attribute", "schemaorg", "state", "meta", "feed", "sitemap", "visible", "listing", "url"]
TimeKind = Literal["instant", "relative", "clock", "day"]
ZoneEvidence = Literal["stated", "assumed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """An instant known to lie in [earliest, latest], both inclusive, because "an hour ago" is an interval."""

    earliest: datetime
    latest: datetime
    raw: str
    """The text as the page printed it, cut at `limits.DATE_TEXT_CHARS`."""
    origin: TimeOrigin = "visible"
    """Where the text stood."""
    kind: TimeKind = "instant"
    """instant: to the second or minute; relative: an age; clock: a bare time of day; day: no clock."""
    zone: ZoneEvidence = "stated"
    """assumed: the text names no zone and the source's was taken. Ages count as stated."""
    flags: tuple[str, ...] = ()
    """Doubts: `ambiguous` (day/month order), `contradicted` (an intersection was empty: hull kept), `dst`, …"""
