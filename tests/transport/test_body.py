"""The body's reader: large bodies wait while all together are too much to hold."""

import time
from types import SimpleNamespace

import pytest
from twisted.web.http_headers import Headers
from twisted.web.iweb import UNKNOWN_LENGTH

from newscrawl import limits
from newscrawl.transport.body import BodyReader, Bounds


class Transport:
    def __init__(self) -> None:
        self.said: list[str] = []

    def pauseProducing(self) -> None:  # noqa: N802
        self.said.append("pause")

    def resumeProducing(self) -> None:  # noqa: N802
        self.said.append("resume")


class Reactor:
    def callLater(self, seconds, function):  # noqa: N802
        return SimpleNamespace(active=lambda: False)


@pytest.fixture
def start(monkeypatch):
    """Starts readers, which count for this test alone; `unread` of theirs wait to be read."""
    monkeypatch.setattr(BodyReader, "in_flight_bytes", 0)
    monkeypatch.setattr(BodyReader, "large", set())

    def start(unread=lambda: 0, started=0.0):
        answer = SimpleNamespace(
            headers=Headers({}), code=200, length=UNKNOWN_LENGTH, deliverBody=lambda protocol: None
        )
        bounds = Bounds(body_bytes=2 * limits.IN_FLIGHT_BYTES)
        reader = BodyReader(Reactor(), answer, bounds, time.monotonic() - started, unread)
        reader.read()
        reader.transport = Transport()
        return reader

    return start


def test_a_large_body_waits_while_too_much_waits_to_be_read_and_goes_on_after(start):
    unread = limits.IN_FLIGHT_BYTES
    reader = start(lambda: unread)
    reader.dataReceived(b"x" * 2 * 2**20)
    reader._tick()
    assert reader.transport.said == ["pause"]
    unread = 0
    reader._tick()
    assert reader.transport.said == ["pause", "resume"]


def test_the_quickest_goes_on_where_the_bodies_under_way_are_too_much_and_the_next_when_it_ended(start):
    slow, slower = start(started=10), start(started=20)
    for reader in (slower, slow):
        reader.dataReceived(b"x" * 2 * 2**20)
    quick = start()
    quick.dataReceived(b"x" * limits.IN_FLIGHT_BYTES)
    for reader in (slower, slow):
        reader.dataReceived(b"x")
    assert [one.transport.said for one in (quick, slow, slower)] == [[], ["pause"], ["pause"]]
    slower.dataReceived(b"x" * limits.IN_FLIGHT_BYTES)  # was on the wire already
    quick._finish()
    assert slow.transport.said == ["pause"]  # the other holds the more now, and came the quicker
    assert slower.transport.said == ["pause", "resume"]
    slower._finish()
    assert slow.transport.said == ["pause", "resume"]
    slow._finish()
    assert (BodyReader.in_flight_bytes, BodyReader.large) == (0, set())


def test_a_small_body_never_waits(start):
    reader = start(lambda: limits.IN_FLIGHT_BYTES)
    reader.dataReceived(b"x" * 1000)
    assert reader.transport.said == []


def test_what_ended_is_in_flight_no_more(start):
    reader = start()
    reader.dataReceived(b"x" * 1000)
    assert BodyReader.in_flight_bytes == 1000
    reader._finish()
    assert BodyReader.in_flight_bytes == 0
