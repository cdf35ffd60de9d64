"""When a channel is due again, and what its publisher has to say in it."""

from datetime import datetime, timedelta

import pytest

from newscrawl.models import Channel, Hints, Source
from newscrawl.monitor.schedule import FIRST_AT_ONCE, FIRST_LOOK_S, FIRST_PLACES_SHARE
from newscrawl.rota import HINT_MAX_S, Rota
from newscrawl.store.base import ChannelState
from tests.store.conftest import NOON, Desk, desk

__all__ = ["desk"]


def check(desk: Desk, hints: Hints) -> datetime:
    """Read the channel with nothing in it at noon; when it is due again."""
    rota, state = Rota(desk.store, 1e9), desk.store.channels.get(desk.channel_id)
    columns = rota.after_check(
        state, (), new=0, overflowed=False, room=None, clump=1.0, hidden=0.0, hints=hints, now=NOON
    )
    with desk.store.transaction():
        desk.store.channels.update(desk.channel_id, **columns)
    due = desk.store.channels.get(desk.channel_id).next_check_at
    assert due is not None
    return due


@pytest.mark.parametrize(
    ("hints", "seconds"),
    [
        (Hints(), 120),
        (Hints(ttl_s=7_200), 7_200),
        (Hints(update_period_s=3_600, ttl_s=600), 3_600),
        (Hints(fresh_s=1_800), 1_800),
        (Hints(ttl_s=10**9), HINT_MAX_S),
    ],
)
def test_never_sooner_than_the_publisher_asks(desk: Desk, hints: Hints, seconds: float):
    assert check(desk, hints) >= NOON + timedelta(seconds=seconds)


def test_hours_to_skip_are_skipped(desk: Desk):
    due = check(desk, Hints(skip_hours=tuple(hour for hour in range(24) if hour != 15)))
    assert due.hour == 15


def test_what_a_feed_asked_for_holds_when_it_answers_that_nothing_changed(desk: Desk):
    check(desk, Hints(ttl_s=7_200))
    state = desk.store.channels.get(desk.channel_id)
    columns = Rota(desk.store, 1e9).after_unchanged(state, clump=1.0, fresh_s=60, now=NOON)
    due = columns["next_check_at"]
    assert isinstance(due, datetime)
    assert due >= NOON + timedelta(seconds=7_200)


def register(desk: Desk, names: list[str], channels: int = 1) -> list[ChannelState]:
    """New sources with so many channels each, in the order in which they are registered."""
    states: list[ChannelState] = []
    with desk.store.transaction():
        for name in names:
            urls = [f"https://{name}.example/{place}" for place in range(channels)]
            own = tuple(Channel(kind="feed", url=url) for url in urls)
            source = Source(id=f"zz_{name}", publisher=name, url=urls[0], country="zz", channels=own)
            states += desk.store.channels.register(source, now=NOON).values()
    return states


def plan(desk: Desk, states: list[ChannelState], *, now: datetime = NOON, per_day: float = 1_440) -> list[float]:
    """Minutes after noon at which each of the channels is due."""
    with desk.store.transaction():
        Rota(desk.store, per_day).plan_first({one.source_id for one in states}, places=32, now=now)
    due = [desk.store.channels.get(one.id).next_check_at for one in states]
    assert None not in due
    return [(at - NOON).total_seconds() / 60 for at in due if at is not None]


def test_a_handful_of_new_channels_is_due_at_once(desk: Desk):
    assert set(plan(desk, register(desk, ["a", "b", "c", "d", "e"]))) == {0.0}


def test_many_new_channels_are_due_as_the_budget_allows(desk: Desk):
    states = register(desk, [f"{number:03}" for number in range(FIRST_AT_ONCE + 30)])
    due = plan(desk, states)
    assert due == [0.0] * FIRST_AT_ONCE + [float(minute) for minute in range(1, 31)]
    assert plan(desk, states, now=NOON + timedelta(hours=1)) == due, "a restart changes nothing"


def test_places_for_requests_bound_first_checks_too(desk: Desk):
    due = plan(desk, register(desk, [f"{number:03}" for number in range(FIRST_AT_ONCE + 30)]), per_day=1e9)
    assert due[-1] == pytest.approx(30 * FIRST_LOOK_S / 60 / (FIRST_PLACES_SHARE * 32))


def test_every_source_has_its_first_look_before_any_has_its_second(desk: Desk):
    due = plan(desk, register(desk, [f"{number:03}" for number in range(FIRST_AT_ONCE)], channels=2))
    assert due[::2] == [0.0] * FIRST_AT_ONCE
    assert min(due[1::2]) > 0


def test_sources_that_come_later_wait_behind_those_that_wait(desk: Desk):
    first = plan(desk, register(desk, [f"a{number:03}" for number in range(FIRST_AT_ONCE + 30)]))
    later = plan(desk, register(desk, [f"b{number:03}" for number in range(FIRST_AT_ONCE + 1)]))
    assert later == [0.0] * FIRST_AT_ONCE + [max(first) + 1]


def test_what_was_read_is_left_as_it_is(desk: Desk):
    check(desk, Hints(ttl_s=7_200))
    with desk.store.transaction():
        assert Rota(desk.store, 1_440).plan_first({"zz_herald"}, places=32, now=NOON) == 0
    due = desk.store.channels.get(desk.channel_id).next_check_at
    assert due is not None
    assert due > NOON
