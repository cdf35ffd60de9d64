"""The queue of addresses: leased once, given back, ended, freed when its run is dead."""

from newscrawl.models import Entry
from newscrawl.store import QueuedUrl
from tests.store.conftest import NOON, Desk, later

ENTRY = Entry(url="https://herald.example/a", headline="Ferry", channel_url="https://herald.example/")


def queued(name: str = "a", entry: Entry | None = ENTRY) -> QueuedUrl:
    return QueuedUrl(
        url_key=f"herald.example/{name}",
        url=f"https://herald.example/{name}",
        source_id="zz_herald",
        channel_id=None,
        entry=entry,
    )


def test_what_goes_in_comes_out_whole_and_only_once(desk: Desk):
    with desk.store.transaction():
        desk.store.queue.add([queued("a"), queued("b", None), queued("a")], now=NOON)
        first = desk.store.queue.lease(desk.run_id, ["zz_herald"], now=NOON, limit=10)
        second = desk.store.queue.lease(desk.run_id, ["zz_herald"], now=NOON, limit=10)
    assert [(one.url_key, one.entry) for one in first] == [("herald.example/a", ENTRY), ("herald.example/b", None)]
    assert second == []


def test_other_sources_addresses_stay(desk: Desk):
    with desk.store.transaction():
        desk.store.queue.add([queued()], now=NOON)
        assert desk.store.queue.lease(desk.run_id, ["zz_other"], now=NOON, limit=10) == []


def test_a_temporary_failure_waits_longer_each_time_and_ends(desk: Desk):
    key, dues = "herald.example/a", []
    with desk.store.transaction():
        desk.store.queue.add([queued()], now=NOON)
        for attempt in range(1, 4):
            assert desk.store.queue.lease(desk.run_id, ["zz_herald"], now=later(100), limit=1)
            desk.store.queue.give_back(key, now=NOON, outcome="timeout_total", retry_s=3600, attempts_max=3)
            dues += [row["due_at"] for row in desk.rows("queue")]
            assert len(dues) == min(attempt, 2)
    assert dues == ["2026-07-28T13:00:00.000Z", "2026-07-28T14:00:00.000Z"]
    assert desk.rows("queue") == []


def test_a_page_that_came_cut_short_is_looked_at_once_more(desk: Desk):
    key = "herald.example/a"
    with desk.store.transaction():
        desk.store.queue.add([queued()], now=NOON)
        desk.store.queue.lease(desk.run_id, ["zz_herald"], now=NOON, limit=1)
        desk.store.queue.look_again(key, now=NOON, retry_s=3600)
        assert desk.store.queue.lease(desk.run_id, ["zz_herald"], now=later(0.5), limit=1) == []
        again = desk.store.queue.lease(desk.run_id, ["zz_herald"], now=later(1), limit=1)
        desk.store.queue.look_again(key, now=later(1), retry_s=3600)
    assert [one.reason for one in again] == ["truncated"]
    assert desk.rows("queue") == []


def test_a_dead_runs_leases_are_free_at_the_next_start(desk: Desk):
    with desk.store.transaction():
        desk.store.queue.add([queued()], now=NOON)
        desk.store.queue.lease(desk.run_id, ["zz_herald"], now=NOON, limit=1)
        desk.store.connection.execute("UPDATE runs SET pid = ? WHERE id = ?", (2**22 + 1, desk.run_id))
        next_run = desk.store.runs.begin("test", arguments={}, version="0", now=later(1))
        got = desk.store.queue.lease(next_run, ["zz_herald"], now=later(1), limit=1)
    assert [one.attempts for one in got] == [1]
    assert desk.rows("runs")[0]["finish_reason"] == "killed"


def test_a_live_runs_leases_stay(desk: Desk):
    with desk.store.transaction():
        desk.store.queue.add([queued()], now=NOON)
        desk.store.queue.lease(desk.run_id, ["zz_herald"], now=NOON, limit=1)
        desk.store.connection.execute("UPDATE runs SET pid = 1 WHERE id = ?", (desk.run_id,))
        next_run = desk.store.runs.begin("test", arguments={}, version="0", now=later(1))
        assert desk.store.queue.lease(next_run, ["zz_herald"], now=later(1), limit=1) == []
