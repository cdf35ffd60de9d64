from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.models import Timestamp
from newscrawl.times import bounded_below, intersect, parse_time, with_cache_slack

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)


def stamp(start_min: int, end_min: int, **rest: object) -> Timestamp:
    return Timestamp(
        earliest=NOW + timedelta(minutes=start_min),
        latest=NOW + timedelta(minutes=end_min),
        raw="",
        **rest,  # type: ignore[arg-type]  # test data
    )


def test_two_sightings_narrow() -> None:
    first = parse_time("1 hour ago", fetched_at=NOW, languages=["en"])
    second = parse_time("3 hours ago", fetched_at=NOW + timedelta(minutes=80), languages=["en"])
    assert first is not None
    assert second is not None
    both = intersect(first, second)
    assert both.earliest == first.earliest
    assert both.latest == min(first.latest, second.latest)
    assert both.flags == ()


def test_a_day_and_an_age_combine() -> None:
    day = parse_time("15 March 2026", fetched_at=NOW, languages=["en"], timezone="UTC")
    age = parse_time("2 hours ago", fetched_at=NOW, languages=["en"])
    assert day is not None
    assert age is not None
    assert intersect(day, age) == intersect(age, day) == age


def test_contradiction_keeps_the_hull_and_says_so() -> None:
    both = intersect(stamp(-60, -50), stamp(-10, -5))
    assert (both.earliest, both.latest) == (stamp(-60, -5).earliest, stamp(-60, -5).latest)
    assert both.flags == ("contradicted",)


def test_unknown_zone_never_contradicts_a_known_one() -> None:
    both = intersect(stamp(-60, -50, flags=("zone_unknown",)), stamp(-500, -490))
    assert (both.earliest, both.flags) == (stamp(-500, -490).earliest, ())


def test_absence_bounds_from_below() -> None:
    assert bounded_below(stamp(-90, -30), NOW - timedelta(minutes=60)) == stamp(-60, -30)
    assert bounded_below(stamp(-50, -30), NOW - timedelta(minutes=60)) == stamp(-50, -30)
    assert bounded_below(stamp(-90, -80), NOW - timedelta(minutes=60)).flags == ("held_back",)


def test_cache_slack_moves_ages_only() -> None:
    assert with_cache_slack(stamp(-90, -30, kind="relative"), 300) == stamp(-95, -30, kind="relative")
    assert with_cache_slack(stamp(-90, -30, kind="instant"), 300) == stamp(-90, -30, kind="instant")


MINUTES = st.integers(-10_000, 0)


@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_intersection_is_symmetric_and_within_the_hull(a: int, b: int, c: int, d: int) -> None:
    one, two = stamp(min(a, b), max(a, b)), stamp(min(c, d), max(c, d))
    both, swapped = intersect(one, two), intersect(two, one)
    assert (both.earliest, both.latest) == (swapped.earliest, swapped.latest)
    assert min(one.earliest, two.earliest) <= both.earliest <= both.latest <= max(one.latest, two.latest)
