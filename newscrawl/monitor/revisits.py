"""When an article's own page is worth another look: young ones, edited ones and prominent ones, under a budget.

The chance that a page has been edited since the last visit is taken as that of a rate that falls with the article's
age and rises with what is known of it. Most edits come in the first hours; a page that was edited once is edited
again; a story at the top of a front page is worked on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HOUR_S, DAY_S = 3_600.0, 86_400.0
FIRST_S = 10 * 60.0
"""No second look sooner than this."""
AGE_MAX_S = 30 * DAY_S
"""No look at an older article, unless a listing says that it changed."""
RATE_PER_S = 0.12 / HOUR_S
"""Edits of a fresh article a second, before anything is known of it."""
FADE_S = 3 * HOUR_S
"""The rate falls as 1 / (1 + age / this)^`POWER`."""
POWER = 1.3
EDIT_PRIOR, EDIT_WEIGHT = 1.0, 1.6
"""Each edit seen multiplies the rate by about `EDIT_WEIGHT`; each look that found none takes some of it away."""
TOP_TIMES = 1.8
"""… for an article that stands among the first three of a listing."""
LIVE_TIMES = 6.0
"""… for a live blog."""
GONE_CHECK_S = 6 * HOUR_S
"""A page that answered 404 or 410 is asked once more after so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored article, as the plan sees it. Instants are seconds since 1970."""

    url_key: str
    published_s: float
    visited_s: float
    edits: int = 0
    """Revisions seen."""
    looks: int = 0
    """Visits that found nothing new."""
    is_top: bool = False
    is_live: bool = False


def edit_rate(one: Candidate, at_s: float) -> float:
    """Edits a second expected of the article at an instant."""
    age_s = max(0.0, at_s - one.published_s)
    known = (EDIT_PRIOR + EDIT_WEIGHT * one.edits) / (EDIT_PRIOR + 0.35 * one.looks)
    times = (TOP_TIMES if one.is_top else 1.0) * (LIVE_TIMES if one.is_live else 1.0)
    return float(RATE_PER_S * known * times / (1 + age_s / FADE_S) ** POWER)


def chance(one: Candidate, now_s: float) -> float:
    """The chance that the page has been edited since it was last visited."""
    # The rate is integrated over the ages between, in closed form.
    was = 1 + max(0.0, one.visited_s - one.published_s) / FADE_S
    now = 1 + max(0.0, now_s - one.published_s) / FADE_S
    factor = edit_rate(one, one.published_s) * FADE_S / (POWER - 1)
    return 1.0 - math.exp(-factor * (was ** (1 - POWER) - now ** (1 - POWER)))


def plan(candidates: Sequence[Candidate], *, now_s: float, budget: int, chance_min: float) -> list[Candidate]:
    """The articles to visit now, likeliest edit first, at most `budget`, none under `chance_min`."""
    ripe = [
        (likely, one)
        for one in candidates
        if now_s - one.visited_s >= FIRST_S
        and now_s - one.published_s <= AGE_MAX_S
        and (likely := chance(one, now_s)) >= chance_min
    ]
    ripe.sort(key=lambda pair: (-pair[0], pair[1].url_key))
    return [one for _, one in ripe[:budget]]


def next_chance_min(chance_min: float, *, spent: float, allowed: float) -> float:
    """The least chance worth a visit, raised when more was spent than allowed, lowered when less; 2 % to 95 %."""
    if allowed <= 0:
        return 0.95
    return min(0.95, max(0.02, chance_min * min(1.25, max(0.8, spent / allowed))))
