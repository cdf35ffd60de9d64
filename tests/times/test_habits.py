from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.times import Habits, observe, parse_time
from newscrawl.times.ages import RULES, age_bounds
from newscrawl.times.habits import EVIDENCE_MIN

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)


def hours(count: int) -> str:
    return f"{count} hour{'s' * (count > 1)} ago"


def learn(ages_min: list[int], count_of: object) -> Habits:
    habits = Habits()
    for age in ages_min:
        habits = observe(habits, hours(count_of(age)), NOW - timedelta(minutes=age), NOW)  # type: ignore[operator]  # test data
    return habits


def test_floor_is_told_from_rounding() -> None:
    ages = [75, 100, 110, 130, 170, 200, 230]
    assert learn(ages, lambda age: age // 60).rule == "floor"
    assert learn(ages, lambda age: max(1, round(age / 60))).rule in {"moment", "about", "round"}


def test_moment_is_told_by_its_early_hour() -> None:
    habits = learn([46, 50, 47, 100, 170, 110], lambda age: max(1, round(age / 60)))
    assert habits.rule in {"moment", "about"}


def test_a_habit_needs_its_evidence() -> None:
    few = learn([75, 100, 110, 130][: EVIDENCE_MIN - 1], lambda age: age // 60)
    assert few.rule is None
    assert few.evidence("rule") == EVIDENCE_MIN - 1


def test_a_known_rule_narrows() -> None:
    habits = learn([75, 100, 110, 130, 170, 200, 230], lambda age: age // 60)
    found = parse_time("2 hours ago", fetched_at=NOW, languages=["en"], rule=habits)
    assert found is not None
    assert (found.earliest, found.latest) == (NOW - timedelta(hours=3, seconds=-1), NOW - timedelta(hours=2))


def test_zone_and_order_come_from_dates() -> None:
    habits = Habits()
    for day in (3, 4, 5, 6, 7):
        stated = datetime(2026, 2, day, 8, 30, tzinfo=UTC)
        habits = observe(habits, f"0{day}/02/2026 14:00", stated, NOW)
    assert (habits.order, habits.zone_min) == ("dmy", 330)
    found = parse_time("05/03/2026 14:00", fetched_at=NOW, languages=["en"], rule=habits)
    assert found is not None
    assert found.earliest == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


def test_late_pages_teach_the_cache() -> None:
    habits = Habits()
    for age in (124, 183, 244, 304, 364):
        habits = observe(habits, hours(age // 60 - 1), NOW - timedelta(minutes=age), NOW)
    assert 180 <= habits.cache_s <= 300


def test_nonsense_teaches_nothing() -> None:
    assert observe(Habits(), "Opinion", NOW, NOW) == Habits()
    assert observe(Habits(), "2 hours ago", NOW - timedelta(days=9), NOW) == Habits()


def test_json_round_trip() -> None:
    habits = learn([75, 100, 110, 130, 170], lambda age: age // 60)
    assert Habits.from_json(habits.to_json()) == habits
    assert Habits.from_json({}) == Habits()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("unit", "mhdwMy")
@pytest.mark.parametrize("count", [1, 2, 5, 11])
def test_every_rule_lies_inside_the_union(rule: str, unit: str, count: int) -> None:
    least, most = age_bounds(unit, count)
    assert least <= age_bounds(unit, count, "", rule)[0] <= age_bounds(unit, count, "", rule)[1] <= most
