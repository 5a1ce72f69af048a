"""Nothing outside the public network is reached."""

from __future__ import annotations

from typing import cast

import pytest
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred

from gongkai.crawler.errors import UnsafeAddressError
from gongkai.crawler.wire.safe_addresses import GuardedResolver, check_url, refusal_of_address

INSIDE = """10.0.0.1 172.16.0.9 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 fe80::1%eth0 fd00::1
::ffff:192.168.0.1 ::1 127.0.0.1"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_no_address_outside_the_public_network_is_reached(address: str) -> None:
    assert refusal_of_address(address, allow_loopback=False)
    assert bool(refusal_of_address(address, allow_loopback=True)) == (address not in {"127.0.0.1", "::1"})


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.cn/x", "http:///x", "gopher://a", "http://[::1]/", "http://127.1.2.3/"]
)
def test_addresses_that_are_not_public_http_are_refused(url: str) -> None:
    with pytest.raises(UnsafeAddressError, match="not followed"):
        check_url(url, allow_loopback=False)


def test_public_addresses_pass() -> None:
    check_url("http://www.gov.cn/", allow_loopback=False)
    check_url("https://202.96.128.86/x", allow_loopback=False)
    assert refusal_of_address("202.96.128.86", allow_loopback=False) is None


def test_the_resolver_refuses_what_a_name_turns_out_to_be_at_the_moment_of_connecting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that looked public before and leads inside now, as in DNS rebinding."""
    resolver = GuardedResolver(cast("ReactorBase", None), 10, 5.0)  # it looks nothing up here
    monkeypatch.setattr(
        "gongkai.crawler.wire.safe_addresses.CachingThreadedResolver.getHostByName", _answering("192.168.0.7")
    )
    monkeypatch.setattr(GuardedResolver, "refused", set())
    results: list[object] = []
    resolver.getHostByName("rebound.example.cn").addBoth(results.append)
    assert "192.168.0.7, not a public address" in str(results[0])
    assert GuardedResolver.refused == {"rebound.example.cn"}


def _answering(address: str) -> object:
    def answer(*_: object) -> Deferred[str]:
        found: Deferred[str] = Deferred()
        found.callback(address)
        return found

    return answer
