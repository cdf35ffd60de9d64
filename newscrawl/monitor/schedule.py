"""When to check each channel: state + now → the next instant, so that the request budget goes where articles are.

Every article waits from its publication to the next check. With publication rate λ(t), the waiting gathered since the
last check is ∫ λ(s)·(now − s) ds, in article-seconds; an article that a short list has lost counts as one that waited
`missed_s`. Waiting for t costs C(t), and costs least in the long run when t·C′(t) − C(t) has reached the price of a
check: that is the urgency. For waiting it is the waiting gathered; for losses it is entries × the chance that any was
lost. Checking whichever channel has most is near the best any policy can do with the same number of checks (see
`benchmarks/schedule.py`). A channel is due when its urgency reaches the price, and the price is set so that all
channels together need as many checks a day as the budget has.

λ is learned: discounted counts over discounted opportunity, times a profile of the 168 hours of the week (UTC hours
times weekdays), shrunk to the profile of all channels together while a channel's own counts are few; times the pace of
the last hours, which tells a burst long before the rate does.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from newscrawl.monitor import overflow

HOUR_S = 3_600.0
DAY_S = 86_400.0
HALF_LIFE_S = 5 * DAY_S
"""How long an observation counts half; measured best of 2, 5 and 10 days on synthetic sources, 2026-11-24."""
PROFILE_HALF_LIFE_S = 21 * DAY_S
"""The same for the shape of day and week, which changes more slowly than the rate."""
PRIOR_ARTICLES, PRIOR_EXPOSURE_S = 0.1, 0.15 * DAY_S
"""What is assumed of a channel nobody has read: it is checked soon, and learns quickly."""
SHRINK_ARTICLES, SHRINK_ARTICLES_WEEK = 30.0, 60.0
"""The pooled profile of hours, and of weekdays, counts as much as so many articles of the channel's own."""
BESIDE_ARTICLES = 300.0
"""An hour's neighbours tell of it too, half as much as it does once so many articles are known: where day turns to
night, a mean over three hours expects articles that never come. Measured against 100 and no end, 2026-11-25."""
PACE_HALF_LIFE_S, PACE_ARTICLES, PACE_MAX = 8 * HOUR_S, 8.0, 20.0
"""The pace is what the last hours brought over what was expected of them, as if so many articles (times the clump
factor) had come as expected besides; half-life measured against 16 hours, articles against 4 and 16, 2026-11-25."""
MISSED_TIMES = 3.0
"""A lost article counts as one that waited so many times as long as articles do on average under the budget."""
FLOOR_S, CEILING_S = 60.0, DAY_S
"""Never sooner, never later; publishers' hints raise the floor."""
FIRST_AT_ONCE = 50
"""So many channels that nobody has read are due at once; what one process begins to read within a minute."""
FIRST_LOOK_S, FIRST_PLACES_SHARE = 60.0, 0.5
"""A first look keeps one of the places for requests so long: it brings some twenty articles, each of which waits there
for its host. What was read before keeps this share of the places."""
JITTER_SHARE = 0.25
"""Each interval is varied by up to this share: checks on the hour learn nothing of "2 hours ago"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleState:
    """What was learned of one channel. Instants are seconds since 1970 (UTC)."""

    articles: float = 0.0
    """Discounted count of articles found."""
    exposure_s: float = 0.0
    """Discounted seconds they were found in."""
    hours: tuple[float, ...] = (0.0,) * 24
    """Discounted counts by UTC hour of publication."""
    weekdays: tuple[float, ...] = (0.0,) * 7
    """Discounted counts by UTC day, Thursday first, as 1970 began."""
    recent: float = 0.0
    recent_due: float = 0.0
    """Articles found in the last hours, and expected of them; discounted by `PACE_HALF_LIFE_S`."""
    checked_at_s: float | None = None
    listing_entries: float = 20.0
    """How many entries the listing shows: what it can hold between two checks."""

    def to_json(self) -> dict[str, Any]:
        """JSON values, for the store."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` gave; an empty mapping is a channel never read."""
        return cls(**{**values, **{name: tuple(values[name]) for name in ("hours", "weekdays")}}) if values else cls()


def observe(
    state: ScheduleState,
    *,
    now_s: float,
    new: int,
    is_all_new: bool,
    published_s: Sequence[float],
    entries: int,
    hidden: float = 0.0,
    rates: Sequence[float] = (),
) -> ScheduleState:
    """What one complete check taught.

    `published_s`: publication instants of the new entries, where they are known; others came at any time since the
    last check. `is_all_new`: nothing of the last check was left, so some may have been missed and only the listing's
    own span tells the rate; where it has no dates, `hidden` is how many were missed, as expected. `rates`: what
    `hourly_rates` gave before the check; empty: every hour is like another.
    """
    span_s = now_s - state.checked_at_s if state.checked_at_s is not None else 0.0
    instants, missed = published_s, hidden
    if (is_all_new or state.checked_at_s is None) and len(published_s) > 1:
        span_s, missed = max(FLOOR_S, now_s - min(published_s)), 0.0
    elif span_s and (undated := new - len(published_s)) > 0:
        instants = [*published_s, *(now_s - span_s * (place + 0.5) / undated for place in range(undated))]
    # A quiet hour is less of an opportunity than a busy one: time counts by what the profile expects of it.
    usual = sum(rates) / len(rates) if rates else 0.0
    weighed_s = pending(rates, now_s - span_s, now_s)[0] / usual if usual else span_s
    fade = 0.5 ** (span_s / HALF_LIFE_S)
    fade_profile = 0.5 ** (span_s / PROFILE_HALF_LIFE_S)
    hours = [count * fade_profile for count in state.hours]
    weekdays = [count * fade_profile for count in state.weekdays]
    for instant in instants:
        hours[int(instant // HOUR_S) % 24] += 1.0
        weekdays[int(instant // DAY_S) % 7] += 1.0
    learned = replace(
        state, articles=state.articles * fade + new + missed, exposure_s=state.exposure_s * fade + weighed_s
    )
    fade_pace = 0.5 ** (span_s / PACE_HALF_LIFE_S)
    return replace(
        learned,
        recent=state.recent * fade_pace + new + missed,
        recent_due=state.recent_due * fade_pace + weighed_s * rate_per_s(learned),
        hours=tuple(hours),
        weekdays=tuple(weekdays),
        checked_at_s=now_s,
        listing_entries=float(max(1, entries)),
    )


def rate_per_s(state: ScheduleState) -> float:
    """Articles a second, on average over the day."""
    return (state.articles + PRIOR_ARTICLES) / (state.exposure_s + PRIOR_EXPOSURE_S)


@dataclass(frozen=True, slots=True)
class Profile:
    """The shape of all channels together: 24 UTC hours and 7 days, each of mean 1."""

    hours: tuple[float, ...] = (1.0,) * 24
    weekdays: tuple[float, ...] = (1.0,) * 7


def pooled_profile(states: Iterable[ScheduleState]) -> Profile:
    """The profile of all channels together; flat while next to nothing is known."""
    hours, weekdays = [1.0] * 24, [1.0] * 7
    for state in states:
        hours = [pooled + own for pooled, own in zip(hours, state.hours, strict=True)]
        weekdays = [pooled + own for pooled, own in zip(weekdays, state.weekdays, strict=True)]
    return Profile(hours=_to_mean_1(hours), weekdays=_to_mean_1(weekdays))


def hourly_rates(state: ScheduleState, pooled: Profile) -> tuple[float, ...]:
    """Articles a second in each of the week's 168 hours: the mean rate times the channel's profile."""
    mixed = [state.hours[hour] + SHRINK_ARTICLES * pooled.hours[hour] / 24 for hour in range(24)]
    beside = BESIDE_ARTICLES / (BESIDE_ARTICLES + sum(state.hours))
    hours = _to_mean_1([mixed[hour] + beside * (mixed[hour - 1] + mixed[(hour + 1) % 24]) for hour in range(24)])
    days = _to_mean_1([state.weekdays[day] + SHRINK_ARTICLES_WEEK * pooled.weekdays[day] / 7 for day in range(7)])
    # The rate is that of the last days; the days it was counted on are part of it.
    rate = rate_per_s(state)
    return tuple(rate * day * hour for day in days for hour in hours)


def _to_mean_1(values: Sequence[float]) -> tuple[float, ...]:
    mean = sum(values) / len(values)
    return tuple(value / mean for value in values)


def pending(rates: Sequence[float], since_s: float, until_s: float) -> tuple[float, float]:
    """(articles expected, article-seconds waited) between two instants, at the 168 hourly rates of a week."""
    known, at_s = (0.0, 0.0), since_s
    while at_s < until_s:
        end_s = min(until_s, (at_s // HOUR_S + 1) * HOUR_S)
        known = _later(known, rates[int(at_s // HOUR_S) % 168], end_s - at_s)
        at_s = end_s
    return known


def _later(known: tuple[float, float], rate: float, step_s: float) -> tuple[float, float]:
    articles, waited = known
    return articles + rate * step_s, waited + articles * step_s + rate * step_s * step_s / 2


def pace(state: ScheduleState, clump: float = 1.0) -> float:
    """How many times the usual rate the last hours brought. `clump`: the variance of counts over their mean."""
    usual = PACE_ARTICLES * clump
    return min(PACE_MAX, (state.recent + usual) / (state.recent_due + usual))


def first_checks(
    count: int, *, now: datetime, after: datetime | None, checks_per_day: float, places: int
) -> Iterator[datetime]:
    """When `count` channels that nobody has read are due: `FIRST_AT_ONCE` now, the others as budget and places allow.

    `after`: when the last of those that wait for their first check already is due. `places`: requests that may be
    under way at once.
    """
    gap_s = max(DAY_S / max(1.0, checks_per_day), FIRST_LOOK_S / (FIRST_PLACES_SHARE * places))
    begin = max(now, after or now)
    for place in range(count):
        yield now if place < FIRST_AT_ONCE else begin + timedelta(seconds=gap_s * (place - FIRST_AT_ONCE + 1))


def urgency(waited: float, expected: float, listing_entries: float, clump: float = 1.0, *, missed_s: float) -> float:
    """Article-seconds a check would now be worth; without end where the list may well have lost articles.

    `missed_s`: see `missed_s_of`.
    """
    chance = overflow.chance(expected, listing_entries, clump)
    return waited + missed_s * listing_entries * chance if chance < overflow.MAX else math.inf


def price_of(states: Sequence[ScheduleState], checks_per_day: float, *, floor_s: float = FLOOR_S) -> float:
    """The urgency (article-seconds) at which these channels need `checks_per_day` checks together.

    A channel of rate λ checked at urgency p is checked every √(2p/λ) seconds, and in time for its list to hold what
    came; the bounds are those of `next_check`.
    """
    if not states:
        return 0.0
    bounds = _bounds(states, floor_s)
    low, high = 1e-6, 1e15
    for _ in range(40):
        middle = math.sqrt(low * high)
        checks = sum(DAY_S / span_s for span_s in _spans_s(bounds, middle, floor_s))
        low, high = (middle, high) if checks > checks_per_day else (low, middle)
    return high


def missed_s_of(states: Sequence[ScheduleState], price: float, *, floor_s: float = FLOOR_S) -> float:
    """How long a wait a lost article counts as, where a check costs `price`: a multiple of the mean wait."""
    bounds = _bounds(states, floor_s)
    rates = [rate for rate, _ in bounds]
    waits = [rate * span_s / 2 for rate, span_s in zip(rates, _spans_s(bounds, price, floor_s), strict=True)]
    return MISSED_TIMES * sum(waits) / sum(rates) if rates else 0.0


def _bounds(states: Sequence[ScheduleState], floor_s: float) -> list[tuple[float, float]]:
    """(articles a second, the longest its list can wait) of each channel."""
    rates = [rate_per_s(state) for state in states]
    return [
        (rate, max(floor_s, min(CEILING_S, overflow.held(state.listing_entries) / rate)))
        for state, rate in zip(states, rates, strict=True)
    ]


def _spans_s(bounds: Sequence[tuple[float, float]], price: float, floor_s: float) -> list[float]:
    return [min(most_s, max(floor_s, math.sqrt(2 * price / rate))) for rate, most_s in bounds]


def next_check(
    state: ScheduleState,
    *,
    now: datetime,
    price: float,
    missed_s: float,
    pooled: Profile,
    clump: float = 1.0,
    floor_s: float = FLOOR_S,
    ceiling_s: float = CEILING_S,
    jitter: float = 0.0,
) -> datetime:
    """When the channel is due, counted from `now`, its last check.

    `floor_s` is the longest wait a publisher asks for (ttl, Retry-After, Crawl-delay). `jitter` in −1 … 1 is drawn by
    the shell and varies the interval by up to `JITTER_SHARE`.
    """
    times = pace(state, clump)
    rates = [times * rate for rate in hourly_rates(state, pooled)]

    def is_due(articles: float, waited: float) -> bool:
        return urgency(waited, articles, state.listing_entries, clump, missed_s=missed_s) >= price

    start_s, most_s = now.timestamp(), max(ceiling_s, floor_s)
    span_s = _until(is_due, rates, start_s, start_s + most_s) - start_s
    change = JITTER_SHARE * max(-1.0, min(1.0, jitter))
    articles, _ = pending(rates, start_s, start_s + span_s * (1 + change))
    if change > 0 and overflow.chance(articles, state.listing_entries, clump) >= overflow.MAX:
        change = -change  # chance may make a check early, but no list overflow
    return now.astimezone(UTC) + timedelta(seconds=max(floor_s, min(span_s * (1 + change), most_s)))


def _until(is_due: Callable[[float, float], bool], rates: Sequence[float], start_s: float, end_s: float) -> float:
    """When what is pending since `start_s` is first due, to a second; `end_s` at most."""
    known, at_s = (0.0, 0.0), start_s
    while at_s < end_s:
        rate, high_s = rates[int(at_s // HOUR_S) % 168], min(end_s, (at_s // HOUR_S + 1) * HOUR_S) - at_s
        after = _later(known, rate, high_s)
        if not is_due(*after):
            known, at_s = after, at_s + high_s
            continue
        low_s = 0.0
        while high_s - low_s > 1.0:
            middle_s = (low_s + high_s) / 2
            low_s, high_s = (low_s, middle_s) if is_due(*_later(known, rate, middle_s)) else (middle_s, high_s)
        return at_s + high_s
    return end_s
