"""When an article's own page is worth another look: young ones, edited ones and prominent ones, under a budget.

Each edit may be followed by another: with some probability, after some time, mostly soon and sometimes late. That is a
renewal, counted from the last edit seen, or from publication. A look that finds nothing is evidence too: the edit that
has not come by then is less likely to come at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HOUR_S, DAY_S = 3_600.0, 86_400.0
FIRST_S = 10 * 60.0
"""No second look sooner than this."""
AGE_MAX_S = 30 * DAY_S
"""No look at an older article, unless a listing says that it changed."""
LAST_AGE_S, LAST_TIMES = DAY_S, 2.0
"""From this age on a look counts for more: it is likely the last, and nothing is gained by waiting."""
EDITED_SHARE = 0.3
"""Share of articles that are ever edited, before anything is known of their source."""
TOP_ODDS = 2.3
"""Odds of an article that stands among the first three of a listing, over those of others."""
AGAIN_SHARE, LIVE_SHARE = 0.35, 0.97
"""Share of edits found that another follows (those that came before the look are in it already); of a live blog's."""
MEDIAN_S, SHAPE = HOUR_S, 1.0
AGAIN_MEDIAN_S, AGAIN_SHAPE = HOUR_S, 1.4
LIVE_MEDIAN_S, LIVE_SHAPE = HOUR_S / 2, 1.5
"""Median wait for the first edit, and how steep its log-logistic distribution is; for the next; of a live blog."""
WORTH_MIN, WORTH_MAX = 0.22, 0.95
"""No look that is worth less is made, whatever is left of the budget: where one in five finds an edit, the next finds
one in ten, and costs the publisher as much. With 0.17, a tenth more edits for half as many requests again
(`benchmarks/revisits.py`, 2026-11-25)."""
STEP_SHARE = 0.01
GONE_CHECK_S = 6 * HOUR_S
"""A page that answered 404 or 410 is asked once more after so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored article, as the plan sees it. Instants are seconds since 1970."""

    url_key: str
    published_s: float
    visited_s: float
    edited_s: float | None = None
    """When the last revision was found; None: none was."""
    is_top: bool = False
    is_live: bool = False
    edited_share: float = EDITED_SHARE
    """Share of the source's articles that are ever edited."""


def chance(one: Candidate, now_s: float) -> float:
    """The chance that the page has been edited since it was last visited, given that it had not been then."""
    since_s = one.published_s if one.edited_s is None else one.edited_s
    share, median_s, shape = _wait(one)
    was = share * _elapsed(one.visited_s - since_s, median_s, shape)
    now = share * _elapsed(now_s - since_s, median_s, shape)
    return max(0.0, now - was) / (1.0 - was)


def _wait(one: Candidate) -> tuple[float, float, float]:
    """(probability of one more edit, median wait for it, shape)."""
    if one.is_live:
        return LIVE_SHARE, LIVE_MEDIAN_S, LIVE_SHAPE
    if one.edited_s is not None:
        return AGAIN_SHARE, AGAIN_MEDIAN_S, AGAIN_SHAPE
    odds = one.edited_share / (1.0 - one.edited_share) * (TOP_ODDS if one.is_top else 1.0)
    return odds / (1.0 + odds), MEDIAN_S, SHAPE


def _elapsed(wait_s: float, median_s: float, shape: float) -> float:
    """Share of waits that are over after `wait_s`."""
    return 1.0 / (1.0 + (median_s / wait_s) ** shape) if wait_s > 0 else 0.0


def worth(one: Candidate, now_s: float) -> float:
    """What a look is worth: its chance, or more where it is likely the last."""
    return chance(one, now_s) * (LAST_TIMES if now_s - one.published_s >= LAST_AGE_S else 1.0)


def plan(candidates: Sequence[Candidate], *, now_s: float, budget: int, chance_min: float) -> list[Candidate]:
    """The articles to visit now, the worthiest first, at most `budget`, none worth less than `chance_min`."""
    ripe = [
        (value, one)
        for one in candidates
        if now_s - one.visited_s >= FIRST_S
        and now_s - one.published_s <= AGE_MAX_S
        and (value := worth(one, now_s)) >= chance_min
    ]
    ripe.sort(key=lambda pair: (-pair[0], pair[1].url_key))
    return [one for _, one in ripe[:budget]]


def next_chance_min(chance_min: float, *, spent: float, allowed: float) -> float:
    """The least worth of a visit, raised when more was spent than allowed, lowered when less, within its bounds.

    A step changes it by at most `STEP_SHARE`: what is spent in one step is chance, in a hundred it is the budget.
    """
    if allowed <= 0:
        return WORTH_MAX
    step = max(-STEP_SHARE, min(STEP_SHARE, spent / allowed - 1.0))
    return min(WORTH_MAX, max(WORTH_MIN, chance_min * (1.0 + step)))
