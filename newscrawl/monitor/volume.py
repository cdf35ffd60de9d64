"""How many articles a channel brings, against how many its own rate foretells: clumps, and the surprise of silence.

Publishers put articles out in clumps, so a count varies more than chance alone would have it. The clump factor (the
variance of counts over their mean, learned from the channel's own past) corrects both: a silence surprises only by the
clumps that did not come, and a bound on a hidden count is as wide as the channel's counts are wild.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

WINDOW_ARTICLES = 3.0
"""Counts are compared over spans in which so many articles are expected."""
FADE = 0.98
"""What a compared span still counts after each later one."""
PRIOR_ARTICLES, PRIOR_CLUMP = 12.0, 1.5
"""Before anything is learned, the clump factor is taken for so much, as if seen over so many articles."""
FALSE_A_YEAR = 0.15
"""How often a year a channel's silence may be told although nothing is wrong."""
WEEKLY_DOUBT = 0.2
"""Variance of a channel's true rate in an hour of the week around the learned one, as a share of its square, after one
week; it falls as weeks are added. Measured with the share above, 2026-11-25: a third of the false alarms of 0.2 a year
without doubt, an hour later (`benchmarks/health.py`)."""
TAIL_FROM = 2.0
"""Silences that surprise more than this teach how the channel's longest silences are spread: …"""
TAIL_SILENCES, TAIL_DAYS, TAIL_A_DAY = 20.0, 10.0, 0.1
"""… as if so many had been seen that chance explains, in so many days, at so many a day, …"""
TAIL_HALF_LIFE_DAYS = 60.0
EXCESS_MAX = 8.0
"""… and none counting for more: a long outage must not make the test blind."""
RATE_DOUBT_SHARE = 0.35
"""Standard deviation of a channel's true rate around the learned one, as a share of it: no day is like another."""
_WEIGHTS_MAX = 20_000
_QUANTILE_Z = 1.645


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeState:
    """What was learned of one channel's counts."""

    silent: float = 0.0
    """Articles expected since the last one was found, up to the last check."""
    found: float = 0.0
    expected: float = 0.0
    """Found and expected in the span that is being gathered."""
    squares: float = 0.0
    scored: float = 0.0
    """Discounted sums over compared spans: squared differences, and expected counts."""
    ended: float = 0.0
    excess: float = 0.0
    days: float = 0.0
    """Discounted: silences above `TAIL_FROM` that ended by themselves, what they had beyond it, and days counted."""
    counted_at_s: float | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON values, for the store."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` gave; an empty mapping is a channel never read."""
        if not values:
            return cls()
        return cls(**values)


def clump_of(state: VolumeState) -> float:
    """The variance of the channel's counts over their mean: 1 for pure chance."""
    spread = state.squares + PRIOR_CLUMP * PRIOR_ARTICLES
    return max(1.0, spread / (state.scored + PRIOR_ARTICLES))


def surprise(state: VolumeState) -> float:
    """How surprising the present silence is: e^-surprise is its chance, the rate itself being in doubt (gamma)."""
    doubt = WEEKLY_DOUBT / (1.0 + state.days / 7.0)
    return math.log1p(doubt * state.silent / clump_of(state)) / doubt


def threshold(state: VolumeState) -> float:
    """The surprise from which on silence is worth telling, by the channel's own past.

    Peaks over a threshold: beyond `TAIL_FROM`, ended silences thin out exponentially; their mean excess, never less
    than chance has it, says at which surprise no more than `FALSE_A_YEAR` are left.
    """
    scale = max(1.0, (state.excess + TAIL_SILENCES) / (state.ended + TAIL_SILENCES))
    a_day = (state.ended + TAIL_A_DAY * TAIL_DAYS) / (state.days + TAIL_DAYS)
    return TAIL_FROM + scale * max(0.0, math.log(365 * a_day / FALSE_A_YEAR))


def count(state: VolumeState, *, found: int, expected: float, now_s: float) -> VolumeState:
    """What a complete check adds: articles found, and how many were expected since the one before."""
    state = _aged(state, now_s)
    state = replace(state, found=state.found + found, expected=state.expected + expected)
    if not found:
        return replace(state, silent=state.silent + expected)
    # When the silence ended between the two checks is unknown; only what showed at a check can have alarmed.
    beyond_chance = surprise(state) - TAIL_FROM
    if beyond_chance > 0:
        excess = state.excess + min(EXCESS_MAX, beyond_chance)
        state = replace(state, ended=state.ended + 1, excess=excess)
    state = replace(state, silent=0.0)
    if state.expected < WINDOW_ARTICLES:
        return state
    # One wild span (an outage made good, a burst) must not pass for the channel's habit.
    most = 4.0 * math.sqrt(clump_of(state) * state.expected)
    difference = max(-most, min(most, state.found - state.expected))
    return replace(
        state,
        squares=state.squares * FADE + difference * difference,
        scored=state.scored * FADE + state.expected,
        found=0.0,
        expected=0.0,
    )


def _aged(state: VolumeState, now_s: float) -> VolumeState:
    days = max(0.0, now_s - state.counted_at_s) / 86_400 if state.counted_at_s is not None else 0.0
    fade = 0.5 ** (days / TAIL_HALF_LIFE_DAYS)
    return replace(
        state,
        ended=state.ended * fade,
        excess=state.excess * fade,
        days=state.days * fade + days,
        counted_at_s=now_s,
    )


def beyond(expected: float, shown: int, clump: float) -> tuple[float, float]:
    """(mean, 95 % bound) of how many more than `shown` there were, when `expected` were foretold.

    Counts are taken as negative binomial: Poisson, widened by the clump factor and by the doubt about the rate. Given
    that there were at least `shown`, what is beyond them has this mean and is at most this bound in 95 of 100 cases.
    """
    mean = max(expected, 0.05)
    variance = mean * max(clump, 1.05) + (RATE_DOUBT_SHARE * mean) ** 2
    if mean > shown + _WEIGHTS_MAX / 4:
        return mean - shown, mean - shown + _QUANTILE_Z * math.sqrt(variance)
    size = mean * mean / (variance - mean)
    fall = math.log(mean / (size + mean))
    weights, weight, best = [], 0.0, 0.0
    for more in range(_WEIGHTS_MAX):
        weights.append(weight)
        best = max(best, weight)
        if weight < best - 25:
            break
        weight += math.log((shown + more + size) / (shown + more + 1)) + fall
    shares = [math.exp(weight - best) for weight in weights]
    total = sum(shares)
    left, most = 0.05 * total, len(shares) - 1
    gathered = 0.0
    while most > 0 and gathered + shares[most] <= left:
        gathered += shares[most]
        most -= 1
    return sum(more * share for more, share in enumerate(shares)) / total, float(most)
