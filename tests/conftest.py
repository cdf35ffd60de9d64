"""The network is closed but for loopback; the demo papers are at hand."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from tests.site import running

# Neither timing nor chance decides a test: a machine may be busy, and `python -m tests.fuzz.run` is for what is new.
hypothesis.settings.register_profile("newscrawl", deadline=None, derandomize=True)
hypothesis.settings.load_profile("newscrawl")


class NetworkClosedError(RuntimeError):
    """A test tried to leave this machine."""


def _is_loopback(host: str) -> bool:
    if host in ("", "localhost") or host.rstrip(".").lower().endswith("localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Sockets connect to loopback only, and no name but localhost is looked up."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        look_up = socket.getaddrinfo

        def local_names_only(host: Any, *rest: Any, **named: Any) -> Any:
            text = host.decode() if isinstance(host, bytes) else host
            if text is None or _is_loopback(text) or _is_literal(text):
                return look_up(host, *rest, **named)
            raise socket.gaierror(socket.EAI_NONAME, f"the network is closed in tests: {text}")

        patch.setattr(socket, "getaddrinfo", local_names_only)
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
            raise NetworkClosedError(f"the network is closed in tests: {address}")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session")
def _served_papers() -> Iterator[running.Papers]:
    with running.run() as papers:
        yield papers


@pytest.fixture
def papers(_served_papers: running.Papers) -> running.Papers:
    """The demo papers, unread, with the clock running and an empty log."""
    _served_papers.ask_desk("clock")
    _served_papers.ask_desk("delay", s="0")
    _served_papers.ask_desk("reset")
    return _served_papers
