"""Names → addresses, public ones only: the address that is checked is the one that is connected to.

Twisted asks the reactor's resolver for IP literals too, with the port, so this is the last gate before a packet.
"""
# ruff: noqa: N802, N803 -- the names of methods and arguments are Twisted's

import ipaddress
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from newscrawl.addresses import Allowed, is_public, parse_allowed

_REFUSED_KEPT = 10_000


@implementer(IHostnameResolver)
class PublicResolver:
    """Refuses a name when any of its addresses is not public, unless its (host, port) is allowed.

    `TWISTED_DNS_RESOLVER` names it; the download handler installs it where that setting was not read.
    """

    def __init__(self, reactor: Any, allowed: Allowed) -> None:
        self.reactor = reactor
        self.allowed = allowed
        self._refused: dict[tuple[str, int], str] = {}
        inner = reactor.nameResolver
        self._inner: Any = inner._inner if isinstance(inner, PublicResolver) else inner

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Read `NEWSCRAWL_ALLOW_ADDRESSES`."""
        return cls(reactor, parse_allowed(crawler.settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES")))

    def install_on_reactor(self) -> None:
        """Make every name look-up of the process pass here."""
        self.reactor.installNameResolver(self)

    def refused(self, host: str, port: int) -> str | None:
        """The address for which the last look-up of (host, port) was refused; None: it was not."""
        return self._refused.get((host, port))

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """See IHostnameResolver; a refused name resolves to nothing."""
        receiver = _PublicOnly(self, resolutionReceiver, hostName, portNumber)
        resolution: IHostResolution = self._inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return resolution

    def judge(self, host: str, port: int, addresses: list[Any]) -> list[Any]:
        """The addresses that may be connected to: all of them or none, as a mixed answer is not to be trusted."""
        self._refused.pop((host, port), None)
        if (host.lower().rstrip("."), port) in self.allowed:
            return addresses
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.host.partition("%")[0])):
                if len(self._refused) >= _REFUSED_KEPT:
                    self._refused.clear()
                self._refused[host, port] = address.host
                return []
        return addresses


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Holds the answers back until all of them were judged."""

    def __init__(self, resolver: PublicResolver, receiver: Any, host: str, port: int) -> None:
        self._resolver, self._receiver, self._host, self._port = resolver, receiver, host, port
        self._addresses: list[IAddress] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        self._addresses.append(address)

    def resolutionComplete(self) -> None:
        for address in self._resolver.judge(self._host, self._port, self._addresses):
            self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()
