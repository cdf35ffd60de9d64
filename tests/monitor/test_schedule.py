"""The schedule: learns a rate, spends a budget, never lets a listing overflow, is deterministic."""

import json
import math
import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.monitor import overflow, schedule
from newscrawl.monitor.schedule import DAY_S, HOUR_S, Profile, ScheduleState

NOW = datetime(2026, 7, 28, 12, 0, tzinfo=UTC)
FLAT = Profile()


def watched(per_day: float, days: int = 20, checks: int = 24, seed: int = 1, entries: int = 30) -> ScheduleState:
    """A channel that was checked evenly while articles came at `per_day`."""
    draw, state, step_s = random.Random(seed), ScheduleState(), DAY_S / checks
    for check in range(days * checks):
        now_s = check * step_s
        times = [now_s - draw.random() * step_s for _ in range(round(draw.gauss(per_day / checks, 0.3)))]
        state = schedule.observe(
            state, now_s=now_s, new=len(times), is_all_new=False, published_s=times, entries=entries
        )
    return state


@pytest.mark.parametrize("per_day", [24, 96, 240])
def test_it_learns_the_rate(per_day: int):
    assert schedule.rate_per_s(watched(per_day)) * DAY_S == pytest.approx(per_day, rel=0.15)


def test_a_listing_that_is_all_new_tells_its_rate_by_its_own_span():
    state = schedule.observe(
        ScheduleState(checked_at_s=0.0),
        now_s=10 * DAY_S,
        new=20,
        is_all_new=True,
        published_s=[10 * DAY_S - minute * 60 for minute in range(20)],
        entries=20,
    )
    assert schedule.rate_per_s(state) * DAY_S > 100


def test_entries_without_dates_came_at_any_time_since_the_last_check():
    state = schedule.observe(
        ScheduleState(checked_at_s=9 * HOUR_S), now_s=12 * HOUR_S, new=3, is_all_new=False, published_s=(), entries=20
    )
    assert [hour for hour in range(24) if state.hours[hour]] == [9, 10, 11]
    assert sum(state.weekdays) == 3
    first = schedule.observe(ScheduleState(), now_s=0.0, new=20, is_all_new=False, published_s=(), entries=20)
    assert sum(first.hours) == 0, "of what a first read shows nobody knows when it came"


def test_a_list_without_dates_that_overflowed_brought_what_it_hid_too():
    seen = {"now_s": DAY_S, "new": 10, "is_all_new": True, "entries": 10}
    whole = schedule.observe(ScheduleState(checked_at_s=0.0), published_s=(), hidden=5.0, **seen)
    assert whole.articles == 15
    dated = schedule.observe(ScheduleState(checked_at_s=0.0), published_s=[DAY_S / 2] * 10, hidden=5.0, **seen)
    assert dated.articles == 10
    assert dated.exposure_s == DAY_S / 2


def test_state_survives_json():
    state = watched(24)
    assert ScheduleState.from_json(json.loads(json.dumps(state.to_json()))) == state
    assert ScheduleState.from_json({}) == ScheduleState()


@given(st.lists(st.floats(0.1, 500), min_size=1, max_size=50), st.floats(1.5, 40))
def test_the_price_spends_the_budget(per_day: list[float], checks_each: float):
    states = [ScheduleState(articles=rate, exposure_s=DAY_S, listing_entries=1_000.0) for rate in per_day]
    rates = [schedule.rate_per_s(state) for state in states]
    price = schedule.price_of(states, checks_each * len(states))
    spans = [min(schedule.CEILING_S, max(schedule.FLOOR_S, math.sqrt(2 * price / rate))) for rate in rates]
    assert sum(DAY_S / span for span in spans) == pytest.approx(checks_each * len(rates), rel=0.01)


def test_checks_that_short_lists_ask_for_come_first():
    short = [watched(480, entries=10) for _ in range(5)]
    assert schedule.price_of(short, 5 * 90) < 1e4
    assert schedule.price_of(short, 5 * 40) > 1e12, "no price makes them ask for less"
    assert schedule.price_of([watched(480, entries=1_000)] * 5, 5 * 40) < 1e6


def test_the_more_checks_there_are_the_less_a_lost_article_counts():
    states = [watched(24), watched(240)]
    waits = [schedule.missed_s_of(states, schedule.price_of(states, checks)) for checks in (10, 100)]
    assert waits[0] > 3 * waits[1] > 0
    assert schedule.missed_s_of([], 1.0) == 0.0


def test_busier_channels_are_checked_more_often():
    busy, slow = watched(240), watched(10)
    dues = [schedule.next_check(state, now=NOW, price=3e4, missed_s=HOUR_S, pooled=FLAT) for state in (busy, slow)]
    assert dues[0] < dues[1]


def test_a_short_listing_is_checked_before_it_overflows():
    state = watched(480, entries=10)
    due = schedule.next_check(state, now=NOW, price=1e12, missed_s=HOUR_S, pooled=FLAT)
    articles, _ = schedule.pending(schedule.hourly_rates(state, FLAT), NOW.timestamp(), due.timestamp())
    assert overflow.chance(articles, 10) <= overflow.MAX * 1.1


@given(st.floats(-1, 1))
def test_no_jitter_lets_a_list_overflow(jitter: float):
    state = watched(480, entries=10)
    due = schedule.next_check(state, now=NOW, price=1e12, missed_s=HOUR_S, pooled=FLAT, jitter=jitter)
    articles, _ = schedule.pending(schedule.hourly_rates(state, FLAT), NOW.timestamp(), due.timestamp())
    assert overflow.chance(articles, 10) <= overflow.MAX * 1.1


@pytest.mark.parametrize(("expected", "entries", "clump"), [(5, 10, 1.0), (8, 10, 1.0), (30, 50, 5.0), (60, 50, 2.0)])
def test_a_list_overflows_as_often_as_chance_has_it(expected: float, entries: float, clump: float):
    draw = random.Random(4)
    lost = 0.0
    for _ in range(8_000):
        clumps, at = 0, draw.expovariate(1)
        while at < expected / clump:
            clumps, at = clumps + 1, at + draw.expovariate(1)
        lost += (clump * clumps > entries) / 8_000
    assert overflow.chance(expected, entries, clump) == pytest.approx(lost, rel=0.2)


@given(st.floats(0, 20_000), st.floats(0, 1_000), st.floats(1, 10_000), st.floats(1, 20))
def test_the_more_came_the_likelier_a_loss(expected: float, more: float, entries: float, clump: float):
    fewer, chance = (overflow.chance(came, entries, clump) for came in (expected, expected + more))
    assert 0.0 <= fewer <= chance + 1e-6 <= 1.0 + 1e-6
    assert chance > 0.4 or expected + more < entries + 2 * clump


def test_a_burst_quickens_the_pace_and_a_clumped_source_s_clump_does_not():
    usual = watched(48)
    now_s = (usual.checked_at_s or 0.0) + 3_600
    burst = schedule.observe(usual, now_s=now_s, new=20, is_all_new=False, published_s=(), entries=30)
    assert schedule.pace(usual) == pytest.approx(1.0, abs=0.3)
    assert schedule.pace(burst) > 1.4
    assert schedule.pace(burst, clump=20.0) < 1.3
    dues = [schedule.next_check(state, now=NOW, price=1e4, missed_s=HOUR_S, pooled=FLAT) for state in (burst, usual)]
    assert dues[0] < dues[1]


def test_a_quiet_weekend_does_not_lower_the_rate():
    state = ScheduleState()
    for check in range(24 * 8 * 7):
        now_s = check * HOUR_S
        new = 0 if int(now_s // DAY_S) % 7 < 2 else 2
        times = [now_s - 60.0] * new
        rates = schedule.hourly_rates(state, FLAT)
        state = schedule.observe(
            state, now_s=now_s, new=new, is_all_new=False, published_s=times, entries=30, rates=rates
        )
        if check == 24 * (7 * 7):
            before = schedule.rate_per_s(state)
        if check == 24 * (7 * 7 + 2):
            assert schedule.rate_per_s(state) > 0.88 * before


@given(st.floats(-3, 3), st.floats(0, 90_000), st.floats(0, 1e9))
def test_bounds_hold_whatever_the_price(jitter: float, floor_s: float, price: float):
    due = schedule.next_check(
        ScheduleState(), now=NOW, price=price, missed_s=HOUR_S, pooled=FLAT, floor_s=floor_s, jitter=jitter
    )
    assert floor_s - 1 <= (due - NOW).total_seconds() <= max(schedule.CEILING_S, floor_s) + 1


@given(st.floats(0, 1e6), st.integers(1, 200))
def test_waiting_adds_up_over_steps(start_s: float, steps: int):
    rates = schedule.hourly_rates(watched(50, days=3), FLAT)
    end_s = start_s + steps * 977.0
    articles, waited = schedule.pending(rates, start_s, end_s)
    summed = waited_sum = 0.0
    at_s = start_s
    while at_s < end_s - 1e-6:
        more, waited_more = schedule.pending(rates, at_s, min(end_s, at_s + 977.0))
        waited_sum += summed * 977.0 + waited_more
        summed += more
        at_s += 977.0
    assert articles == pytest.approx(summed, rel=1e-6)
    assert waited == pytest.approx(waited_sum, rel=1e-6)


def test_a_day_profile_is_learned():
    state = ScheduleState()
    for day in range(30):
        times = [day * DAY_S + 9 * 3600 + minute * 60 for minute in range(60)]
        state = schedule.observe(
            state, now_s=(day + 1) * DAY_S, new=60, is_all_new=False, published_s=times, entries=100
        )
    rates = schedule.hourly_rates(state, FLAT)
    assert rates[9] > 5 * rates[21]
