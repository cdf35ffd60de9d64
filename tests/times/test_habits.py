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


def read_yesterday(habits: Habits) -> tuple[datetime, datetime]:
    found = parse_time("yesterday", fetched_at=NOW, languages=["en"], timezone="UTC", rule=habits)
    assert found is not None
    return found.earliest, found.latest


def test_a_calendars_yesterday_is_told_from_a_day_of_hours() -> None:
    midnight, day = datetime(2026, 3, 15, tzinfo=UTC), timedelta(days=1)
    calendar = hours = Habits()
    for age_h in (16, 18, 20, 22, 30, 36):
        calendar = observe(calendar, "yesterday", NOW - timedelta(hours=age_h), NOW, timezone="UTC")
    for age_h in (26, 30, 36, 40, 44, 47):
        hours = observe(hours, "yesterday", NOW - timedelta(hours=age_h), NOW, timezone="UTC")
    assert (calendar.yesterday, hours.yesterday) == ("calendar", "hours")
    assert read_yesterday(Habits()) == (NOW - 2 * day, midnight - timedelta(seconds=1))
    assert read_yesterday(calendar) == (midnight - day, midnight - timedelta(seconds=1))
    assert read_yesterday(hours) == (NOW - 2 * day, NOW - day)


def test_yesterday_teaches_nothing_where_the_zone_is_unknown() -> None:
    assert observe(Habits(), "yesterday", NOW - timedelta(hours=30), NOW) == Habits()


def test_summer_time_ends_the_zone_that_winter_taught() -> None:
    habits = Habits()
    for day in range(20, 29):
        habits = observe(
            habits, f"{day}.03.2026, 12:00", datetime(2026, 3, day, 11, 0, tzinfo=UTC), NOW, languages=["de"]
        )
    assert habits.zone_min == 60
    habits = observe(habits, "30.03.2026, 12:00", datetime(2026, 3, 30, 10, 0, tzinfo=UTC), NOW, languages=["de"])
    assert habits.zone_min is None
    for day in range(1, EVIDENCE_MIN):
        habits = observe(
            habits, f"0{day}.04.2026, 12:00", datetime(2026, 4, day, 10, 0, tzinfo=UTC), NOW, languages=["de"]
        )
    assert habits.zone_min == 120


def test_what_is_used_is_told_with_its_evidence() -> None:
    habits = learn([75, 100, 110, 130, 170], lambda age: age // 60)
    assert habits.used()["rule"] == "floor"
    assert habits.used()["zone"] is None
    assert (habits.evidence("rule"), habits.evidence("zone")) == (5, 0)
