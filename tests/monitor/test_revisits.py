"""Which articles are looked at again: young, edited and prominent ones first, never beyond the budget."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.monitor import revisits
from newscrawl.monitor.revisits import DAY_S, HOUR_S, Candidate

NOW_S = 1_000 * DAY_S
ONE = Candidate(url_key="a", published_s=NOW_S - 2 * HOUR_S, visited_s=NOW_S - HOUR_S)


@pytest.mark.parametrize(
    "likelier",
    [
        replace(ONE, published_s=NOW_S - HOUR_S),
        replace(ONE, visited_s=NOW_S - 2 * HOUR_S),
        replace(ONE, edits=1),
        replace(ONE, is_top=True),
        replace(ONE, is_live=True),
    ],
    ids=["younger", "longer unvisited", "edited before", "prominent", "live"],
)
def test_an_edit_is_likelier(likelier: Candidate):
    assert revisits.chance(likelier, NOW_S) > revisits.chance(ONE, NOW_S)


def test_an_edit_is_less_likely_after_looks_that_found_none():
    assert revisits.chance(replace(ONE, looks=3), NOW_S) < revisits.chance(ONE, NOW_S)


def test_the_closed_form_is_the_integral_of_the_rate():
    steps = 10_000
    width = HOUR_S / steps
    total = sum(revisits.edit_rate(ONE, ONE.visited_s + (step + 0.5) * width) * width for step in range(steps))
    assert revisits.chance(ONE, NOW_S) == pytest.approx(1 - 2.718281828**-total, rel=1e-4)


ages = st.floats(0, 60 * DAY_S)


@given(st.lists(st.tuples(ages, ages, st.integers(0, 5)), max_size=30), st.integers(0, 10), st.floats(0.01, 0.9))
def test_a_plan_keeps_to_budget_and_bounds(rows, budget: int, chance_min: float):
    candidates = [
        Candidate(url_key=str(n), published_s=NOW_S - max(a, b), visited_s=NOW_S - min(a, b), edits=e)
        for n, (a, b, e) in enumerate(rows)
    ]
    chosen = revisits.plan(candidates, now_s=NOW_S, budget=budget, chance_min=chance_min)
    assert len(chosen) <= budget
    for one in chosen:
        assert revisits.chance(one, NOW_S) >= chance_min
        assert NOW_S - one.visited_s >= revisits.FIRST_S
        assert NOW_S - one.published_s <= revisits.AGE_MAX_S


@given(st.floats(0.02, 0.95), st.floats(0, 100), st.floats(0, 100))
def test_the_least_chance_stays_within_bounds(least: float, spent: float, allowed: float):
    assert 0.02 <= revisits.next_chance_min(least, spent=spent, allowed=allowed) <= 0.95
