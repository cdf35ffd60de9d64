"""The chance that a list which shows only its last entries has lost some between two reads."""

import math
from statistics import NormalDist

MAX = 0.25
"""A channel is due, whatever the price, when its list has lost articles with this chance."""
_Z = NormalDist().inv_cdf(1 - MAX)


def chance(expected: float, listing_entries: float, clump: float = 1.0) -> float:
    """The chance that a list of so many entries has lost any when `expected` came since it was read.

    Articles come in clumps of `clump`, and clumps by chance (Poisson).
    """
    came, room = expected / clump, listing_entries / clump
    if came <= 0.0:
        return 0.0
    if came > room + 8 * math.sqrt(room) + 20:
        return 1.0
    # The upper tail beyond `room`, by the series of the incomplete gamma function.
    place = room + 1
    term = math.exp(place * math.log(came) - came - math.lgamma(place + 1))
    tail = 0.0
    while term > 1e-9 * (tail + 1e-30):
        tail += term
        place += 1
        term *= came / place
    return min(1.0, tail)


def held(listing_entries: float) -> float:
    """How many articles may be expected for the chance that the list loses any to stay under `MAX`."""
    # The square root of a Poisson count is nearly normal, half as wide as 1 whatever its mean.
    return max(0.5, math.sqrt(listing_entries + 1) - _Z / 2) ** 2
