"""Which of too many records to read."""

from collections.abc import Callable
from heapq import nlargest

from newscrawl import limits
from newscrawl.discover.dates import rough_order

_LOOKED_AT = 20_000
"""Records at each end whose time is looked at: feeds run from new to old or from old to new."""


def newest(count: int, time_at: Callable[[int], str]) -> list[int]:
    """Indexes of the newest `limits.ENTRIES` of `count` records, in the feed's order; undated ones count as oldest."""
    if count <= limits.ENTRIES:
        return list(range(count))
    first = min(_LOOKED_AT, count)
    looked_at = (*range(first), *range(max(first, count - _LOOKED_AT), count))
    return sorted(nlargest(limits.ENTRIES, looked_at, key=lambda index: (rough_order(time_at(index)), -index)))
