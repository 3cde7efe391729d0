from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetching.addresses import is_public

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2002:7f00:1::", "2002:a00:1::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "223.5.5.5", "2400:3200::1", "2001:da8::1", "::ffff:223.5.5.5", "64:ff9b::df05:505",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_address_is_refused_when_it_is_not_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_is_allowed_when_it_is_of_the_internet(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_private_address_stays_refused_when_it_is_carried_in_ipv6(address: object) -> None:
    v4 = str(address)
    if not is_public(v4):
        number = int(ip_address(v4))
        assert not is_public(f"::ffff:{v4}")
        assert not is_public(str(ip_address((0x64FF9B << 96) + number)))
        assert not is_public(str(ip_address((0x2002 << 112) + (number << 80) + 1)))


def test_what_is_no_address_is_told_when_asked() -> None:
    with pytest.raises(ValueError):
        is_public("example.org")
