"""What proves that nothing slipped between two reads, and what a gap says where nothing does."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.monitor import coverage, volume
from newscrawl.monitor.certificate import certify
from newscrawl.monitor.coverage import CoverageState, Gap
from newscrawl.monitor.volume import VolumeState

NOON_S = datetime(2026, 7, 28, 12, tzinfo=UTC).timestamp()
HOUR_S = 3600.0


def listing(newest: int, size: int = 10, *, pinned: dict[int, str] | None = None, dated: bool = False):
    """A list of `size` places, newest first; article n was published n minutes after noon."""
    names = [f"a{n}" for n in range(newest, newest - size + len(pinned or {}), -1)]
    shown = [(name, NOON_S + 60 * int(name[1:]) if dated else None) for name in names]
    for place, name in sorted((pinned or {}).items()):
        shown.insert(place, (name, NOON_S - 1e6 if dated else None))
    return shown


def proof(before, after, *, since_s: float = NOON_S):
    state = coverage.remember(CoverageState(), before, now_s=since_s - HOUR_S)
    state = coverage.remember(state, before, now_s=since_s)
    return coverage.prove(state.items, state.read_at_s, after)


CASES = [
    ("nothing new", listing(10), listing(10), "nothing_new"),
    ("a few new", listing(10), listing(14), "pushed_down"),
    ("one left of ten", listing(10), listing(19), "pushed_down"),
    ("all new", listing(10), listing(20), None),
    ("empty", listing(10), [], None),
    ("all new but for a pin at the top", listing(10, pinned={0: "pin"}), listing(30, pinned={0: "pin"}), None),
    ("all new but for a pin in the middle", listing(10, pinned={4: "pin"}), listing(30, pinned={4: "pin"}), None),
    ("all new but for a pin at the foot", listing(10, pinned={9: "pin"}), listing(30, pinned={9: "pin"}), None),
    ("dated, all new but for two pins", listing(10, pinned={0: "p", 9: "q"}, dated=True),
     listing(30, pinned={0: "p", 9: "q"}, dated=True), None),
    ("a pin and an overlap", listing(10, pinned={0: "pin"}), listing(15, pinned={0: "pin"}), "pushed_down"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "before", "after", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_proves_that_nothing_was_missed(why, before, after, expected):
    assert proof(before, after) == expected


def test_the_first_read_has_nothing_to_join():
    assert coverage.prove((), None, listing(10)) == "first"


def test_a_front_page_in_any_order_is_joined_by_its_young_entries():
    before = listing(30, 30)
    state = coverage.remember(CoverageState(), before, now_s=NOON_S)
    state = coverage.remember(state, listing(36, 30), now_s=NOON_S + HOUR_S)
    after = listing(40, 30)
    random.Random(1).shuffle(after)
    after.append(after.pop(after.index(("a40", None))))
    assert coverage.prove(state.items, state.read_at_s, after) == "young_remain"


def mixed(numbers, pins=()):
    """A front page: new entries anywhere in its upper half, the others in their order; pins stay where they are."""
    order = sorted(numbers, key=lambda n: n - random.Random(n).uniform(0, 5), reverse=True)
    shown = [(f"a{n}", None) for n in order]
    for place in pins:
        shown.insert(place, (f"pin{place}", None))
    return shown


@pytest.mark.parametrize(
    ("after", "expected", "why"),
    [
        (mixed(range(18, 8, -1)), "pushed_down", "two are left, and moved down"),
        (
            [(f"a{n}", None) for n in (19, 18, 17, 16, 15, 10, 14, 13, 12, 11)],
            None,
            "one is left, moved by hand perhaps",
        ),
        (mixed(range(30, 20, -1)), None, "none is left"),
        ([*mixed(range(28, 20, -1)), ("a1", None), ("a2", None)], None, "what is left stands higher"),
    ],
)
def test_a_front_page_is_joined_by_what_it_moved_down(after, expected, why):
    assert proof(mixed(range(10, 0, -1)), after) == expected, why


def test_pins_on_a_front_page_prove_nothing():
    pins = (0, 4, 8)
    assert proof(mixed(range(10, 3, -1), pins), mixed(range(30, 23, -1), pins)) is None


def test_a_list_that_is_all_new_but_reaches_back_in_dates_is_whole():
    before = listing(10, dated=True)
    after = [(f"other{n}", NOON_S + 60 * n) for n in range(40, 0, -1)]
    assert proof(before, after, since_s=NOON_S + 10 * 60) == "reaches_back"


@given(st.integers(5, 60), st.integers(0, 200), st.booleans(), st.sets(st.integers(0, 4), max_size=2))
def test_a_loss_is_never_proved_away(size: int, more: int, dated: bool, pins: set[int]):
    pinned = {place: f"pin{place}" for place in pins}
    before, after = (listing(500 + n, size, pinned=pinned, dated=dated) for n in (0, more))
    room = size - len(pinned)
    if more > room:
        assert proof(before, after, since_s=NOON_S + 60 * 500) is None
    elif more < room:
        assert proof(before, after, since_s=NOON_S + 60 * 500) is not None


def test_a_dated_list_tells_from_when_on_it_is_whole():
    shown = listing(100, 10, pinned={0: "pin"}, dated=True)
    assert coverage.oldest_shown(shown, NOON_S) == NOON_S + 60 * 92
    assert coverage.oldest_shown(listing(100, 10), NOON_S) is None


@pytest.mark.parametrize(
    ("outcomes", "late_s", "truncated", "reason"),
    [
        (["timeout_connect", "http_503"], 0, False, "source_down"),
        (["challenge", "challenge", "timeout_read"], 0, False, "blocked"),
        ([], 3 * HOUR_S, False, "monitor_down"),
        ([], 60, True, "entry_limit"),
        ([], 60, False, "no_overlap"),
    ],
)
def test_the_reason(outcomes, late_s, truncated, reason):
    due_s = NOON_S + HOUR_S
    got = coverage.why(outcomes, due_s=due_s, since_s=NOON_S, now_s=due_s + late_s, truncated=truncated)
    assert got == reason


def test_a_gap_says_how_much_it_may_hide():
    def foretell(from_s: float, to_s: float) -> float:
        return 10 * (to_s - from_s) / HOUR_S

    gap = coverage.measure(
        NOON_S, NOON_S + 8 * HOUR_S, NOON_S + 10 * HOUR_S, shown=20, clump=1.5, foretell=foretell, reason="source_down"
    )
    assert gap.to_at - gap.from_at == timedelta(hours=8)
    assert gap.expected == pytest.approx(80, rel=0.1)
    assert 100 < gap.most < 200


@given(st.floats(0.1, 300), st.integers(0, 60), st.floats(1, 10))
def test_the_bound_lies_above_the_mean(expected: float, shown: int, clump: float):
    mean, most = volume.beyond(expected, shown, clump)
    assert 0 <= mean <= most + 1


def test_bounds_hold_for_chance():
    draw = random.Random(3)
    held = 0
    for _ in range(400):
        rate = draw.uniform(2, 50)
        hidden = sum(draw.random() < rate / 1000 for _ in range(1000))
        held += hidden <= volume.beyond(rate, 0, 1.0)[1]
    assert held >= 380


def test_states_survive_json():
    state = coverage.remember(CoverageState(), listing(10, dated=True), now_s=NOON_S)
    assert CoverageState.from_json(json.loads(json.dumps(state.to_json()))) == state
    counts = volume.count(VolumeState(silent=30.0), found=2, expected=9.0, now_s=NOON_S)
    assert VolumeState.from_json(json.loads(json.dumps(counts.to_json()))) == counts
    assert CoverageState.from_json({}) == CoverageState()


def at(hours: float) -> datetime:
    return datetime(2026, 7, 28, tzinfo=UTC) + timedelta(hours=hours)


def gap(start: float, end: float) -> Gap:
    return Gap(from_at=at(start), to_at=at(end), reason="no_overlap", expected=4.0, most=9.0)


def test_a_certificate_counts_open_gaps_once_and_names_what_is_unwatched_and_pending():
    got = certify(at(2), at(18), [gap(4, 8), gap(6, 10)], from_at=at(0), to_at=at(20))
    assert got.certified_share == pytest.approx((16 - 6) / 20)
    assert (got.unwatched_s, got.pending_s) == (2 * HOUR_S, 2 * HOUR_S)
    assert got.missed == 8.0
    assert got.missed_least < 8.0 < got.missed_most


def test_a_check_after_the_period_certifies_its_end():
    got = certify(at(2), at(30), [], from_at=at(4), to_at=at(20))
    assert (got.certified_share, got.pending_s) == (1.0, 0.0)


def test_a_gap_half_inside_the_period_counts_half():
    got = certify(at(-9), at(30), [gap(-4, 4)], from_at=at(0), to_at=at(20))
    assert got.missed == pytest.approx(2.0)
    assert got.certified_share == pytest.approx(16 / 20)


def test_nothing_is_certified_of_a_channel_never_read():
    assert certify(None, None, [], from_at=at(0), to_at=at(20)).certified_share == 0.0
