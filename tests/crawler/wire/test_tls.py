"""TLS is strict unless a portal's file allows less, and captures say what secured them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import optionsForClientTLS

from gongkai.crawler.portal.file import TlsRules
from gongkai.crawler.wire.tls import TlsPolicy, describe


def test_the_strict_policy_is_twisteds_own() -> None:
    creator = TlsPolicy(TlsRules()).creatorForNetloc(b"www.example.gov.cn", 443)
    assert type(creator) is type(optionsForClientTLS("www.example.gov.cn"))


def test_less_is_allowed_only_where_the_file_says_so() -> None:
    strict: Any = TlsPolicy(TlsRules()).creatorForNetloc(b"a.cn", 443)
    lenient: Any = TlsPolicy(TlsRules(allow_legacy=True)).creatorForNetloc(b"a.cn", 443)
    self_signed: Any = TlsPolicy(TlsRules(allow_self_signed=True)).creatorForNetloc(b"a.cn", 443)
    assert type(lenient) is type(self_signed) is not type(strict)
    assert IOpenSSLClientConnectionCreator.providedBy(lenient)
    assert self_signed._verify(None, None, 19, 0, 0)
    assert not lenient._verify(None, None, 19, 0, 0), "old TLS with an untrusted certificate"


def test_a_capture_says_version_verification_and_certificate() -> None:
    certificate: Any = SimpleNamespace(digest=lambda _: b"AB:CD")
    assert describe(certificate, TlsRules(), "TLSv1.3") == "TLSv1.3, certificate verified, sha256 abcd"
    unverified = describe(certificate, TlsRules(allow_self_signed=True))
    assert unverified == "TLS, certificate not verified, sha256 abcd"
