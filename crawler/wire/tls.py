"""TLS connections are verified; less is accepted only from a portal whose file says so."""

from __future__ import annotations

from collections.abc import Callable

from OpenSSL import SSL, crypto
from service_identity import VerificationError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.abstract import isIPAddress, isIPv6Address
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from twisted.internet.ssl import Certificate, CertificateOptions, TLSVersion, optionsForClientTLS, platformTrust
from twisted.protocols.tls import TLSMemoryBIOProtocol
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]  # it ships no types

from gongkai.crawler.portal.file import TlsRules

LEGACY_SERVER_CONNECT = 0x4
"""OpenSSL's SSL_OP_LEGACY_SERVER_CONNECT: servers without RFC 5746, «unsafe legacy renegotiation disabled»."""
LEGACY_CIPHERS = "DEFAULT:@SECLEVEL=0"
"""With the short keys and SHA-1 signatures that OpenSSL's level 1 refuses."""

Verify = Callable[[SSL.Connection, crypto.X509, int, int, int], bool]


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Twisted's policy for https, by a portal's rules: its own strict one where nothing more is allowed."""

    def __init__(self, rules: TlsRules) -> None:
        self._rules = rules

    def creatorForNetloc(self, hostname: bytes, port: int) -> object:  # noqa: N802  Twisted's name
        name = hostname.decode("ascii")
        return _Lenient(name, self._rules) if self._rules != TlsRules() else optionsForClientTLS(name)


@implementer(IOpenSSLClientConnectionCreator)
class _Lenient:
    """Makes connections by rules that are not strict."""

    def __init__(self, hostname: str, rules: TlsRules) -> None:
        self._hostname = hostname
        self._is_address = isIPAddress(hostname) or isIPv6Address(hostname)
        options = CertificateOptions(
            trustRoot=platformTrust(),  # type: ignore[no-untyped-call]
            insecurelyLowerMinimumTo=TLSVersion.TLSv1_0 if rules.allow_legacy else TLSVersion.TLSv1_2,
        )
        self._context = options.getContext()
        if rules.allow_legacy:
            self._context.set_options(LEGACY_SERVER_CONNECT)
            self._context.set_cipher_list(LEGACY_CIPHERS.encode())
        self._verify: Verify = _accept if rules.allow_self_signed else self._accept_verified

    def clientConnectionForTLS(self, protocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802  Twisted's name
        connection = SSL.Connection(self._context, None)
        if not self._is_address:
            connection.set_tlsext_host_name(self._hostname.encode("ascii"))
        connection.set_verify(SSL.VERIFY_PEER, self._verify)
        return connection

    def _accept_verified(
        self, _connection: SSL.Connection, certificate: crypto.X509, _error: int, depth: int, trusted: int
    ) -> bool:
        """Asks what the strict policy asks, except the protocol's age: a trusted chain, and at its end this host."""
        if not trusted or depth:
            return bool(trusted)
        wanted = IPAddress_ID(self._hostname) if self._is_address else DNS_ID(self._hostname)
        try:
            verify_service_identity(extract_patterns(certificate), [wanted], [])
        except VerificationError:
            return False
        return True


def _accept(_connection: SSL.Connection, _certificate: crypto.X509, _error: int, _depth: int, _trusted: int) -> bool:
    return True


def describe(certificate: Certificate, rules: TlsRules, version: str = "TLS") -> str:
    """The sentence of a capture about its TLS: version, whether the certificate was verified, and its SHA-256."""
    digest = certificate.digest("sha256").decode("ascii")  # type: ignore[no-untyped-call]
    digest = digest.replace(":", "").lower()
    verified = "certificate not verified" if rules.allow_self_signed else "certificate verified"
    return f"{version}, {verified}, sha256 {digest}"
