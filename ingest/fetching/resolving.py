"""Names to addresses, of which only public ones are given to those who connect.

What lives here: Twisted's resolver with the rule of `addresses.py`. What does not: the rule.

Every connection that a crawl opens (to a site, to where it redirects, to its robots.txt; by name or
by address) asks this resolver and connects to what it is given: there is no second look-up between
the check and the connection in which the answer could be another. Proxies would connect for us and
are not used.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from ingest.fetching.addresses import is_public

ALLOW_HOSTS = "GONGKAI_ALLOW_HOSTS"

# Hosts whose addresses were withheld since the process began: whoever failed to connect to one
# learns why here. Twisted tells only that there was no address.
withheld: dict[str, str] = {}


@implementer(IHostnameResolver)
class PublicResolver:
    """Resolves like the system, and withholds addresses that are not public.

    `allowed` are hosts, in lower case, that may be anywhere: an operator's own network, the sites
    of the tests. Zope's interfaces say nothing to a type checker: what Twisted hands over is Any.
    """

    def __init__(self, reactor: Any, allowed: Collection[str]) -> None:
        self._reactor = reactor
        self._system = reactor.nameResolver
        self._allowed = frozenset(allowed)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> PublicResolver:
        """What Scrapy calls for its setting TWISTED_DNS_RESOLVER."""
        return cls(reactor, crawler.settings.getlist(ALLOW_HOSTS))

    def install_on_reactor(self) -> None:
        """Make every name be resolved here."""
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """Resolve as Twisted's interface says; the receiver is told public addresses only."""
        receiver = resolutionReceiver
        if hostName.lower() not in self._allowed:
            receiver = _Filter(resolutionReceiver, hostName)
        return self._system.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _Filter:
    def __init__(self, receiver: Any, host: str) -> None:
        self._receiver = receiver
        self._host = host

    def resolutionBegan(self, resolutionInProgress: Any) -> None:
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:
        host: str = address.host
        if is_public(host):
            self._receiver.addressResolved(address)
        else:
            withheld[self._host.lower()] = host

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()
