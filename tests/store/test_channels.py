"""Channels: registered, leased when due, remembered between checks."""

import pytest

from tests.store.conftest import NOON, Desk, later, source


def lease(desk: Desk, hour: float):
    with desk.store.transaction():
        return desk.store.channels.lease_due(desk.run_id, ["zz_herald"], now=later(hour), lease_s=600, limit=5)


def test_a_channel_is_due_at_first_and_leased_once(desk: Desk):
    assert [state.id for state in lease(desk, 0)] == [desk.channel_id]
    assert lease(desk, 0) == []
    assert [state.id for state in lease(desk, 1)] == [desk.channel_id], "a lease ends by itself"


def test_a_lease_that_is_renewed_goes_on(desk: Desk):
    lease(desk, 0)
    with desk.store.transaction():
        desk.store.channels.renew_leases(desk.run_id, now=later(0.1), lease_s=7_200)
        desk.store.channels.renew_leases(desk.run_id + 1, now=later(0.1), lease_s=72_000)
    assert lease(desk, 2) == []
    assert len(lease(desk, 2.2)) == 1


def test_a_lease_that_has_ended_is_not_renewed(desk: Desk):
    lease(desk, 0)
    with desk.store.transaction():
        desk.store.channels.renew_leases(desk.run_id, now=later(1), lease_s=7_200)
    assert len(lease(desk, 1)) == 1


def test_any_number_of_sources_may_be_asked_for(desk: Desk):
    many = ["zz_herald", *(f"zz_{number}" for number in range(40_000))]
    with desk.store.transaction():
        assert len(desk.store.channels.lease_due(desk.run_id, many, now=NOON, lease_s=600, limit=5)) == 1
        assert desk.store.queue.lease(desk.run_id, many, now=NOON, limit=5) == []
        assert desk.store.revisits.queue(many, now=NOON, budget=5, chance_min=0.1) == 0


def test_it_is_due_again_when_it_says(desk: Desk):
    with desk.store.transaction():
        desk.store.channels.update(desk.channel_id, next_check_at=later(5))
    assert lease(desk, 4.9) == []
    assert desk.store.channels.next_due(["zz_herald"]) == later(5)
    assert len(lease(desk, 5)) == 1


def test_a_parked_channel_is_left_alone(desk: Desk):
    with desk.store.transaction():
        desk.store.channels.update(desk.channel_id, parked_reason="gone")
    assert lease(desk, 0) == []


def test_state_comes_back_as_it_went_in(desk: Desk):
    with desk.store.transaction():
        desk.store.channels.update(
            desk.channel_id, etag='"x"', wrapper={"signature": "div.card"}, last_checked_at=NOON, failures=1.5
        )
    state = desk.store.channels.get(desk.channel_id)
    assert (state.etag, state.wrapper, state.last_checked_at, state.failures) == (
        '"x"',
        {"signature": "div.card"},
        NOON,
        1.5,
    )


def test_a_column_that_is_none_is_refused(desk: Desk):
    with pytest.raises(TypeError, match="nonsense"):
        desk.store.channels.update(desk.channel_id, nonsense=1)


def test_registering_again_keeps_what_was_learned(desk: Desk):
    with desk.store.transaction():
        desk.store.channels.update(desk.channel_id, etag='"x"')
        states = desk.store.channels.register(source(), now=later(1))
    assert states["https://herald.example/"].etag == '"x"'


def test_what_is_held_is_counted_until_it_is_given_back(desk: Desk):
    lease(desk, 0)
    assert desk.store.channels.held(desk.run_id) == 1
    assert desk.store.channels.next_due(["zz_herald"]) == later(1 / 6), "when the lease has ended"
    with desk.store.transaction():
        desk.store.channels.give_back(desk.channel_id, next_check_at=later(5))
    assert desk.store.channels.held(desk.run_id) == 0
    assert desk.store.channels.next_due(["zz_herald"]) == later(5)
    assert desk.store.channels.next_due(["zz_other"]) is None
