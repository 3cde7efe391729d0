"""Which network addresses may be connected to: those of the public internet, and no other.

What lives here: the rule for one address. What does not: asking it of every connection
(`resolving.py`).

A site decides what its name resolves to and where it redirects; without this rule it could make
the crawler read what only this machine or its network can (a cloud's metadata at 169.254.169.254,
a router's pages).
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Addresses that carry one of IPv4 in their last 32 bits, which is where the packets end.
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
# Translation that each network sets up for itself (RFC 8215): nobody outside knows where it leads.
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
# Protocols' own (RFC 6890), of which Python calls some global.
_PROTOCOLS = IPv4Network("192.0.0.0/24")


def is_public(address: str) -> bool:
    """Whether an address (IPv4 or IPv6, a zone allowed) is one of the public internet.

    Loopback, private, link-local, shared, reserved and multicast addresses are not, nor are those
    that lead to one of these inside IPv6. Raises ValueError where it is no address.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip in _LOCAL_NAT64:
        return False
    return all(
        part.is_global and not part.is_multicast and part not in _PROTOCOLS for part in _parts(ip)
    )


def _parts(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, and those that it carries. A mapped one is only what it carries."""
    if isinstance(ip, IPv4Address):
        yield ip
    elif ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    else:
        yield ip
        if ip.sixtofour is not None:
            yield ip.sixtofour
        if ip.teredo is not None:
            yield from ip.teredo
        if ip in _NAT64 or ip in _COMPATIBLE:
            yield IPv4Address(int(ip) & 0xFFFFFFFF)
