"""When a channel is due again, and what its publisher has to say in it."""

from datetime import datetime, timedelta

import pytest

from newscrawl.models import Hints
from newscrawl.rota import HINT_MAX_S, Rota
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
