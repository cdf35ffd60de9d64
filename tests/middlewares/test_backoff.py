"""How long a host is left alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.middlewares.backoff import WAIT_MAX_S, Addresses, read_retry_after, wait_after

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Tue, 24 Nov 2026 12:10:00 GMT", 600.0),
        (b"Tuesday, 24-Nov-26 12:10:00 GMT", 600.0),
        (b"Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"Mon, 01 Jan 99999999999999 00:00:00 GMT", None),
        (b"Mon, 01 Jan 2026 00:00:00 +99999999999999", None),
        (b"", None),
        (None, None),
        (b"\xff\xfe", None),
        ("١٢".encode(), None),
    ],
)
def test_reads_both_forms(value, seconds):
    assert read_retry_after(value, NOW) == seconds


def test_doubles_without_a_word_from_the_host():
    assert [wait_after(failures, None, NOW) for failures in (1, 2, 3, 4)] == [60, 120, 240, 480]


@given(st.integers(1, 10_000), st.one_of(st.none(), st.binary(max_size=40)))
def test_never_waits_longer_than_a_day(failures, value):
    assert 0 <= wait_after(failures, value, NOW) <= WAIT_MAX_S


def test_two_names_at_an_address_that_want_a_pause_speak_for_all_there():
    addresses = Addresses()
    for name in ("a.example", "b.example:8080", "c.example"):
        addresses.answered(name, "203.0.113.7")
    addresses.answered("d.example", "203.0.113.8")
    addresses.paused("a.example", NOW + timedelta(seconds=600), NOW)
    assert addresses.until("c.example", NOW) is None
    addresses.paused("b.example:8080", NOW + timedelta(seconds=60), NOW)
    assert addresses.until("c.example", NOW) == NOW + timedelta(seconds=60)
    assert addresses.until("c.example", NOW + timedelta(seconds=61)) is None
    assert addresses.until("d.example", NOW) is None


def test_ports_of_one_address_are_hosts_of_their_own():
    addresses = Addresses()
    for host in ("127.0.0.1:8000", "127.0.0.1:8001", "127.0.0.1:8002", "[::1]:1"):
        addresses.answered(host, host.rpartition(":")[0].strip("[]"))
        addresses.paused(host, NOW + timedelta(seconds=60), NOW)
    assert addresses.until("127.0.0.1:8003", NOW) is None
    assert addresses.until("127.0.0.1:8000", NOW) is None
