"""Sightings: one row per change of how a channel shows an article."""

from newscrawl.models import Entry
from tests.store.conftest import Desk, later

KEY = "herald.example/a"


def see(desk: Desk, hour: float, **values):
    entry = Entry(**{"url": "https://herald.example/a", "headline": "Ferry sails", "position": 3, **values})
    with desk.store.transaction():
        desk.store.sightings.add(desk.channel_id, [(KEY, entry)], fetched_at=later(hour))


def test_seen_alike_is_one_row(desk: Desk):
    for hour, position in enumerate((3, 1, 5)):
        see(desk, hour, position=position)
    [row] = desk.rows("sightings")
    assert (row["times_seen"], row["position"], row["position_best"]) == (3, 5, 1)
    assert (row["first_seen_at"], row["last_seen_at"]) == ("2026-07-28T12:00:00.000Z", "2026-07-28T14:00:00.000Z")


def test_another_headline_or_block_is_another_row(desk: Desk):
    see(desk, 0)
    see(desk, 1, headline="Ferry sails hourly")
    see(desk, 2, headline="Ferry sails hourly", block="widget")
    assert [(row["headline"], row["block"]) for row in desk.rows("sightings")] == [
        ("Ferry sails", "main"),
        ("Ferry sails hourly", "main"),
        ("Ferry sails hourly", "widget"),
    ]


def test_the_same_check_twice_counts_once(desk: Desk):
    see(desk, 0)
    see(desk, 0)
    assert desk.rows("sightings")[0]["times_seen"] == 1


def test_a_changed_headline_is_told(desk: Desk):
    see(desk, 0)
    fresh = Entry(url="https://herald.example/a", headline="Ferry sails hourly")
    alike = Entry(url="https://herald.example/a", headline="Ferry sails")
    assert desk.store.sightings.headlines_changed(desk.channel_id, [(KEY, fresh)]) == {KEY}
    assert desk.store.sightings.headlines_changed(desk.channel_id, [(KEY, alike)]) == set()
    assert desk.store.sightings.known(desk.channel_id, [KEY, "herald.example/b"]) == {KEY}
