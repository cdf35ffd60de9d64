"""What share of a time is certified: nothing was missed on a channel, or a gap says what may have been."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawl.monitor.coverage import Gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What can be said of one channel between two instants."""

    from_at: datetime
    to_at: datetime
    certified_share: float
    """Of the time: watched, and outside every open gap."""
    unwatched_s: float
    """Seconds before the first complete check."""
    pending_s: float
    """Seconds after the last complete check: the next one will certify them, or leave a gap."""
    gaps: tuple[Gap, ...] = ()
    """Open gaps that touch the time, oldest first."""
    missed: float = 0.0
    """Expected count of articles that the gaps hide within the time."""
    missed_least: float = 0.0
    missed_most: float = 0.0
    """Ends of a 90 % interval; nothing is said of time that is unwatched or pending."""

    def to_json(self) -> dict[str, Any]:
        """JSON values, as exports carry them."""
        return {
            "from": _text(self.from_at),
            "to": _text(self.to_at),
            "certified_share": round(self.certified_share, 4),
            "unwatched_s": round(self.unwatched_s),
            "pending_s": round(self.pending_s),
            "missed": round(self.missed, 1),
            "missed_interval": [round(self.missed_least, 1), round(self.missed_most, 1)],
            "gaps": [
                {
                    "from": _text(gap.from_at),
                    "to": _text(gap.to_at),
                    "reason": gap.reason,
                    "expected": round(gap.expected, 1),
                    "most": round(gap.most, 1),
                }
                for gap in self.gaps
            ],
        }


def certify(
    first_at: datetime | None,
    last_at: datetime | None,
    gaps: Sequence[Gap],
    *,
    from_at: datetime,
    to_at: datetime,
) -> Certificate:
    """The certificate of a channel for [from_at, to_at).

    `first_at`, `last_at`: its first complete check, and the last one, before or after `to_at`; None: there is none.
    `gaps`: those that no later read has closed. Of the future nothing can be said: let `to_at` be the present at most.
    """
    whole_s = max((to_at - from_at).total_seconds(), 1e-6)
    if first_at is None or last_at is None:
        return Certificate(from_at=from_at, to_at=to_at, certified_share=0.0, unwatched_s=whole_s, pending_s=0.0)
    start, end = max(from_at, first_at), min(to_at, last_at)
    touching = sorted((gap for gap in gaps if gap.from_at < end and gap.to_at > start), key=lambda gap: gap.from_at)
    open_s, reached = 0.0, start
    missed = spread = 0.0
    for gap in touching:
        inside = (max(gap.from_at, start), min(gap.to_at, end))
        open_s += max(0.0, (inside[1] - max(inside[0], reached)).total_seconds())
        reached = max(reached, inside[1])
        share = (inside[1] - inside[0]) / (gap.to_at - gap.from_at) if gap.to_at > gap.from_at else 1.0
        missed += gap.expected * share
        spread += ((gap.most - gap.expected) * share) ** 2
    return Certificate(
        from_at=from_at,
        to_at=to_at,
        certified_share=max(0.0, (end - start).total_seconds() - open_s) / whole_s,
        unwatched_s=max(0.0, (min(first_at, to_at) - from_at).total_seconds()),
        pending_s=max(0.0, (to_at - max(last_at, from_at)).total_seconds()),
        gaps=tuple(touching),
        missed=missed,
        missed_least=max(0.0, missed - math.sqrt(spread)),
        missed_most=missed + math.sqrt(spread),
    )


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
