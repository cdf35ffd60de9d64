"""Which articles are looked at again: young, edited and prominent ones first, never beyond the budget."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.monitor import revisits
from newscrawl.monitor.revisits import DAY_S, HOUR_S, Candidate

NOW_S = 1_000 * DAY_S
ONE = Candidate(url_key="a", published_s=NOW_S - 6 * HOUR_S, visited_s=NOW_S - HOUR_S)


@pytest.mark.parametrize(
    "likelier",
    [
        replace(ONE, published_s=NOW_S - 2 * HOUR_S),
        replace(ONE, visited_s=NOW_S - 2 * HOUR_S),
        replace(ONE, edited_s=NOW_S - HOUR_S),
        replace(ONE, is_top=True),
        replace(ONE, is_live=True),
        replace(ONE, edited_share=0.6),
    ],
    ids=["younger", "longer unvisited", "just edited", "prominent", "live", "a source that edits"],
)
def test_an_edit_is_likelier(likelier: Candidate):
    assert revisits.chance(likelier, NOW_S) > revisits.chance(ONE, NOW_S)


def test_looks_that_find_none_make_the_next_one_less_likely():
    chances = [
        revisits.chance(replace(ONE, visited_s=NOW_S + hours * HOUR_S), NOW_S + (hours + 1) * HOUR_S)
        for hours in range(0, 24, 4)
    ]
    assert chances == sorted(chances, reverse=True)


def test_all_looks_together_find_no_more_edits_than_there_are():
    one, kept = replace(ONE, published_s=NOW_S, visited_s=NOW_S), 1.0
    for step in range(1, 500):
        at_s = NOW_S + step * HOUR_S
        kept *= 1 - revisits.chance(one, at_s)
        one = replace(one, visited_s=at_s)
    assert 0.9 * revisits.EDITED_SHARE < 1 - kept < revisits.EDITED_SHARE


def test_the_last_look_is_worth_more():
    old = replace(ONE, published_s=NOW_S - 2 * DAY_S, visited_s=NOW_S - DAY_S)
    assert revisits.worth(old, NOW_S) == revisits.LAST_TIMES * revisits.chance(old, NOW_S)
    assert revisits.worth(ONE, NOW_S) == revisits.chance(ONE, NOW_S)


ages = st.floats(0, 60 * DAY_S)


@given(st.lists(st.tuples(ages, ages, st.booleans()), max_size=30), st.integers(0, 10), st.floats(0.01, 0.9))
def test_a_plan_keeps_to_budget_and_bounds(rows, budget: int, chance_min: float):
    candidates = [
        Candidate(
            url_key=str(n),
            published_s=NOW_S - max(a, b),
            visited_s=NOW_S - min(a, b),
            edited_s=NOW_S - max(a, b) if edited else None,
        )
        for n, (a, b, edited) in enumerate(rows)
    ]
    chosen = revisits.plan(candidates, now_s=NOW_S, budget=budget, chance_min=chance_min)
    assert len(chosen) <= budget
    for one in chosen:
        assert revisits.worth(one, NOW_S) >= chance_min
        assert NOW_S - one.visited_s >= revisits.FIRST_S
        assert NOW_S - one.published_s <= revisits.AGE_MAX_S


@given(ages, ages, ages, st.booleans(), st.floats(0.001, 0.999))
def test_a_chance_is_one(published: float, visited: float, edited: float, is_live: bool, share: float):
    one = Candidate(
        url_key="a",
        published_s=NOW_S - published,
        visited_s=NOW_S - visited,
        edited_s=NOW_S - edited,
        is_live=is_live,
        edited_share=share,
    )
    assert 0.0 <= revisits.chance(one, NOW_S) <= 1.0
    assert 0.0 <= revisits.chance(replace(one, edited_s=None), NOW_S) <= 1.0


@given(st.floats(0.02, 0.95), st.floats(0, 100), st.floats(0, 100))
def test_the_least_worth_stays_within_bounds(least: float, spent: float, allowed: float):
    after = revisits.next_chance_min(least, spent=spent, allowed=allowed)
    assert revisits.WORTH_MIN <= after <= revisits.WORTH_MAX
