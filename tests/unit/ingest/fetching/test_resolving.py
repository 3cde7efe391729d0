"""The resolver: what is connected to is what was checked, whatever a name says next time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock
from twisted.python.failure import Failure
from zope.interface import implementer

from ingest.fetching import resolving
from ingest.fetching.resolving import PublicResolver


@implementer(IHostnameResolver)
class Answers:
    """A name server that gives one answer after the other, as one that rebinds a name does."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = iter(answers)
        self.asked = 0

    def resolveHostName(
        self, receiver: Any, host: str, port: int = 0, types: Any = None, how: str = "TCP"
    ) -> None:
        self.asked += 1
        receiver.resolutionBegan(None)
        for address in next(self._answers):
            receiver.addressResolved(IPv4Address("TCP", address, port))
        receiver.resolutionComplete()


class Reactor(MemoryReactorClock):  # type: ignore[misc]
    def installNameResolver(self, resolver: Any) -> Any:
        before, self.nameResolver = self.nameResolver, resolver
        return before


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    resolving.withheld.clear()
    yield
    resolving.withheld.clear()


def connect(reactor: Any, host: str) -> list[Failure]:
    failures: list[Failure] = []
    HostnameEndpoint(reactor, host, 80).connect(Factory()).addErrback(failures.append)
    reactor.advance(60)
    return failures


def connected_to(reactor: Any) -> list[str]:
    return [client[0] for client in reactor.tcpClients]


def resolver(allowed: tuple[str, ...], *answers: list[str]) -> tuple[Any, Answers]:
    reactor = Reactor()
    server = Answers(*answers)
    reactor.nameResolver = server
    PublicResolver(reactor, allowed).install_on_reactor()
    return reactor, server


def test_connection_goes_to_the_checked_address_when_the_name_is_rebound() -> None:
    reactor, server = resolver((), ["223.5.5.5"], ["127.0.0.1"])

    connect(reactor, "rebinding.example")
    assert connected_to(reactor) == ["223.5.5.5"]
    assert server.asked == 1

    assert connect(reactor, "rebinding.example")
    assert connected_to(reactor) == ["223.5.5.5"]
    assert resolving.withheld == {"rebinding.example": "127.0.0.1"}


def test_private_address_is_left_out_when_a_name_has_both() -> None:
    reactor, _ = resolver((), ["10.0.0.1", "223.5.5.5"])

    connect(reactor, "both.example")
    assert connected_to(reactor) == ["223.5.5.5"]


def test_address_is_checked_when_there_is_no_name() -> None:
    reactor, _ = resolver((), ["169.254.169.254"])

    assert connect(reactor, "169.254.169.254")
    assert connected_to(reactor) == []


def test_host_may_be_anywhere_when_it_is_allowed() -> None:
    reactor, _ = resolver(("intranet.example",), ["10.0.0.1"])

    connect(reactor, "intranet.example")
    assert connected_to(reactor) == ["10.0.0.1"]
