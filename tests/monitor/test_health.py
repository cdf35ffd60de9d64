"""Signs come after a streak and go after two reads without; states follow from signs and do not flap."""

import json
import random

import pytest

from newscrawl.monitor import health, volume
from newscrawl.monitor.health import ChannelHealth, Reading
from newscrawl.monitor.texts import Text, TextHealth, examine_text
from newscrawl.monitor.volume import VolumeState

HOUR_S = 3600.0
GOOD = Reading(outcome="ok", entries=20, dated=20, headlined=20, new=2)


def read(*readings: Reading, state: ChannelHealth | None = None, start: int = 0) -> ChannelHealth:
    state = state or ChannelHealth()
    for number, reading in enumerate(readings, start):
        state = health.examine(state, reading, now_s=number * HOUR_S)
    return state


FAULTS = [
    ("blocked", Reading(outcome="challenge", is_failed=True, is_blocked=True), 2),
    ("failing", Reading(outcome="http_503", is_failed=True), 3),
    ("empty", Reading(outcome="empty_feed"), 2),
    ("few_entries", Reading(outcome="ok", entries=4, dated=4, headlined=4), 2),
    ("undated", Reading(outcome="ok", entries=20, dated=0, headlined=20), 2),
    ("no_headlines", Reading(outcome="ok", entries=20, dated=20, headlined=2), 2),
    ("garbled", Reading(outcome="ok", entries=20, dated=20, headlined=20, garbled=9), 2),
    ("frozen", Reading(outcome="ok", entries=20, dated=20, headlined=20, moved=1.0), 2),
    ("silent", Reading(outcome="unchanged", surprise=9, threshold=8), 1),
    ("dead", Reading(outcome="unchanged", surprise=13, threshold=8), 1),
]


@pytest.mark.parametrize(("sign", "fault", "streak"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_a_sign_after_its_streak_and_not_before(sign, fault, streak):
    state = read(*[GOOD] * 10)
    before = read(*[fault] * (streak - 1), state=state, start=10)
    assert sign not in before.evidence
    after = read(fault, state=before, start=10 + streak)
    assert sign in after.evidence
    one_good = read(GOOD, state=after, start=20)
    assert sign in one_good.evidence
    assert read(GOOD, state=one_good, start=21).evidence == {}


def test_what_is_usual_is_not_learned_from_a_fault():
    state = read(*[GOOD] * 10, *[Reading(outcome="ok", entries=4, dated=4, headlined=4)] * 200)
    assert "few_entries" in state.evidence


def test_a_channel_that_never_had_dates_is_not_ill():
    assert read(*[Reading(outcome="ok", entries=20, headlined=20, new=1)] * 30).evidence == {}


def test_a_list_whose_length_varies_is_not_ill():
    draw = random.Random(2)
    sizes = [draw.randrange(8, 40) for _ in range(300)]
    state = ChannelHealth()
    for number, size in enumerate(sizes):
        state = health.examine(
            state, Reading(outcome="ok", entries=size, dated=size, headlined=size, new=1), now_s=number * HOUR_S
        )
        assert state.evidence == {}


def test_slow_death_of_volume_is_told():
    state = ChannelHealth()
    for hour in range(24 * 45):
        new = 2 if hour < 24 * 40 else int(hour % 6 == 0)
        reading = Reading(outcome="ok", entries=20, dated=20, headlined=20, new=new)
        state = health.examine(state, reading, now_s=hour * HOUR_S)
        assert hour > 24 * 40 or not state.evidence
    assert "fading" in state.evidence


WARNING, WARNINGS, ERROR = {"silent": "x"}, {"silent": "x", "frozen": "y"}, {"empty": "x"}
TRANSITIONS = [
    ("ok", 0, {}, "ok"),
    ("ok", 0, WARNING, "suspect"),
    ("ok", 0, WARNINGS, "broken"),
    ("ok", 0, ERROR, "broken"),
    ("suspect", 0, {}, "ok"),
    ("suspect", 0, WARNING, "suspect"),
    ("suspect", 0, WARNINGS, "broken"),
    ("suspect", 0, ERROR, "broken"),
    ("broken", 0, {}, "recovered"),
    ("broken", 0, WARNING, "broken"),
    ("broken", 0, ERROR, "broken"),
    ("recovered", 1, {}, "recovered"),
    ("recovered", 25, {}, "ok"),
    ("recovered", 1, WARNING, "suspect"),
    ("recovered", 1, ERROR, "broken"),
]


@pytest.mark.parametrize(("state", "hours", "signs", "after"), TRANSITIONS)
def test_states(state, hours, signs, after):
    assert health.decide(state, 0, signs, now_s=hours * HOUR_S)[0] == after


@pytest.mark.parametrize("period", [2, 3, 4])
def test_an_answer_that_comes_and_goes_does_not_flap(period: int):
    channel, state, since_s, changes = read(*[GOOD] * 10), "ok", 0.0, []
    for number in range(10, 200):
        reading = Reading(outcome="empty_feed") if number % period == 0 else GOOD
        now_s = number * HOUR_S
        channel = health.examine(channel, reading, now_s=now_s)
        after, _ = health.decide(state, since_s, channel.evidence, now_s=now_s)
        if after != state:
            state, since_s = after, now_s
            changes.append(state)
    assert len(changes) <= 2


def test_the_reason_names_meaning_and_evidence():
    _, reason = health.decide("ok", 0, {"silent": "surprise 9.0, told from 8.0", "empty": "no entry"}, now_s=1)
    assert reason.startswith(health.TESTS["empty"].meaning)
    assert "surprise 9.0" in reason


def texts(state: TextHealth, number: int, *, chars: int | None = 2_000, dated: bool = True, same: bool = False):
    draw = random.Random(number)
    for count in range(number):
        length = None if chars is None else int(chars * draw.lognormvariate(0, 0.5))
        mark = 7 if same else draw.getrandbits(40)
        state = examine_text(
            state, Text(chars=length, is_dated=dated, text_hash=mark, url_key=f"{state.articles}/{count}")
        )
    return state


USUAL = texts(TextHealth(), 150)


def test_usual_texts_are_no_sign():
    assert USUAL.evidence == {}
    assert texts(USUAL, 500).evidence == {}


@pytest.mark.parametrize(
    ("sign", "fault", "within"),
    [
        ("short_texts", {"chars": 400}, 7),
        ("undated_articles", {"dated": False}, 4),
        ("no_articles", {"chars": None}, 4),
        ("same_text", {"same": True}, 3),
    ],
)
def test_collapse_is_told_within(sign, fault, within):
    assert sign in texts(USUAL, within, **fault).evidence
    assert sign not in texts(USUAL, 1, **fault).evidence


def test_silence_surprises_by_the_clumps_that_did_not_come():
    loose = VolumeState(silent=20.0, squares=20.0, scored=20.0)
    clumped = VolumeState(silent=20.0, squares=200.0, scored=20.0)
    assert volume.surprise(loose) > 2 * volume.surprise(clumped)


def test_silence_surprises_less_while_the_rate_is_in_doubt():
    young, old = VolumeState(silent=20.0), VolumeState(silent=20.0, days=60.0)
    assert 0 < volume.surprise(young) < volume.surprise(old) < 20.0 / volume.clump_of(old)


def silences(surprises: list[float], apart_s: float = 24 * HOUR_S) -> VolumeState:
    """A channel after silences that surprised so much and ended by themselves."""
    state = VolumeState()
    for number, much in enumerate(surprises):
        at_s = number * apart_s
        state = volume.count(state, found=0, expected=much * volume.clump_of(state), now_s=at_s)
        state = volume.count(state, found=3, expected=0.0, now_s=at_s + 60.0)
    return state


def test_a_source_s_own_silences_raise_its_threshold():
    usual, erratic = silences([2.5] * 30), silences([6.0] * 30)
    assert volume.threshold(VolumeState()) < volume.threshold(usual) < volume.threshold(erratic)
    later = volume.count(erratic, found=1, expected=3.0, now_s=400 * 24 * HOUR_S)
    assert volume.threshold(later) < volume.threshold(usual)


def test_one_long_outage_does_not_make_the_test_blind():
    assert volume.threshold(silences([1.0] * 20 + [500.0])) < volume.threshold(silences([1.0] * 20)) + 2.5


def test_the_interval_in_which_an_article_came_is_no_silence():
    state = volume.count(VolumeState(), found=0, expected=1.0, now_s=0.0)
    assert volume.count(state, found=1, expected=50.0, now_s=HOUR_S).ended == 0.0


def test_states_survive_json():
    channel = read(*[GOOD] * 6, Reading(outcome="empty_feed"), Reading(outcome="empty_feed"))
    assert ChannelHealth.from_json(json.loads(json.dumps(channel.to_json()))) == channel
    assert TextHealth.from_json(json.loads(json.dumps(USUAL.to_json()))) == USUAL
