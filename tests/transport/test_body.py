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
def reader():
    answer = SimpleNamespace(headers=Headers({}), code=200, length=UNKNOWN_LENGTH, deliverBody=lambda protocol: None)
    made = BodyReader(Reactor(), answer, Bounds(), time.monotonic())
    made.read()
    made.transport = Transport()
    before = BodyReader.in_flight_bytes
    yield made
    BodyReader.in_flight_bytes = before


def test_a_large_body_waits_while_there_is_too_much_and_goes_on_after(reader):
    reader.dataReceived(b"x" * 2 * 2**20)
    assert reader.transport.said == []
    BodyReader.in_flight_bytes += limits.IN_FLIGHT_BYTES
    reader.dataReceived(b"x" * 1000)
    reader._tick()
    assert reader.transport.said == ["pause"]
    BodyReader.in_flight_bytes -= limits.IN_FLIGHT_BYTES
    reader._tick()
    assert reader.transport.said == ["pause", "resume"]


def test_a_small_body_never_waits(reader):
    BodyReader.in_flight_bytes += limits.IN_FLIGHT_BYTES
    reader.dataReceived(b"x" * 1000)
    assert reader.transport.said == []


def test_what_ended_is_in_flight_no_more(reader):
    before = BodyReader.in_flight_bytes
    reader.dataReceived(b"x" * 1000)
    assert BodyReader.in_flight_bytes == before + 1000
    reader._finish()
    assert BodyReader.in_flight_bytes == before
