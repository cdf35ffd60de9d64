"""Names that resolve to what is not public are not connected to, whatever else they resolve to."""

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

from newscrawl.transport.resolver import PublicResolver


@implementer(IHostnameResolver)
class Answers:
    """A resolver that says what it is told."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = hosts

    def resolveHostName(self, receiver, name, port=0, types=None, semantics="TCP"):  # noqa: N802
        receiver.resolutionBegan(self)
        for host in self.hosts:
            receiver.addressResolved((IPv6Address if ":" in host else IPv4Address)("TCP", host, port))
        receiver.resolutionComplete()
        return self


class Reactor:
    def __init__(self, *hosts: str) -> None:
        self.nameResolver = Answers(*hosts)

    def installNameResolver(self, resolver):  # noqa: N802
        self.nameResolver = resolver


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.done = False

    def resolutionBegan(self, resolution):  # noqa: N802
        pass

    def addressResolved(self, address):  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self):  # noqa: N802
        self.done = True


def resolve(hosts: tuple[str, ...], name: str = "news.example", port: int = 80):
    reactor = Reactor(*hosts)
    resolver = PublicResolver(reactor, {("news.example", 8000), ("127.0.0.1", 8001)})
    resolver.install_on_reactor()
    receiver = Receiver()
    reactor.nameResolver.resolveHostName(receiver, name, port)
    assert receiver.done
    return receiver.addresses, resolver.refused(name, port)


def test_public_addresses_pass():
    assert resolve(("93.184.216.34", "2606:2800:220:1::1")) == (["93.184.216.34", "2606:2800:220:1::1"], None)


@pytest.mark.parametrize(
    "hosts",
    [
        ("127.0.0.1",),
        ("10.0.0.8",),
        ("::1",),
        ("::ffff:192.168.0.1",),
        ("fe80::1%eth0",),
        ("93.184.216.34", "127.0.0.1"),
        ("169.254.169.254", "93.184.216.34"),
    ],
)
def test_a_name_with_any_private_address_is_refused_whole(hosts):
    addresses, refused = resolve(hosts)
    assert addresses == []
    assert refused in hosts


def test_allowed_pairs_pass_and_nothing_beside_them():
    assert resolve(("127.0.0.1",), "news.example", 8000) == (["127.0.0.1"], None)
    assert resolve(("127.0.0.1",), "127.0.0.1", 8001) == (["127.0.0.1"], None)
    assert resolve(("127.0.0.1",), "127.0.0.1", 8000)[0] == []
    assert resolve(("127.0.0.1",), "other.example", 8000)[0] == []


def test_a_name_that_turns_round_is_judged_at_every_look_up():
    reactor = Reactor("93.184.216.34")
    resolver = PublicResolver(reactor, ())
    receiver = Receiver()
    resolver.resolveHostName(receiver, "news.example", 80)
    assert receiver.addresses == ["93.184.216.34"]
    resolver._inner.hosts = ("127.0.0.1",)
    receiver = Receiver()
    resolver.resolveHostName(receiver, "news.example", 80)
    assert receiver.addresses == []
    assert resolver.refused("news.example", 80) == "127.0.0.1"


def test_a_second_installation_does_not_stack():
    reactor = Reactor("93.184.216.34")
    PublicResolver(reactor, ()).install_on_reactor()
    assert isinstance(PublicResolver(reactor, ())._inner, Answers)
