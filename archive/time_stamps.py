"""Time stamps by RFC 3161: asked of any authority by its URL, checked offline.  Needs the extra ``exchange``.

A stamp says that bytes were there at its time.  Its authority's certificate has to be valid at that time, not later: a
stamp outlives the certificate, though not the trust in the hash and the signature that it is made with.
"""

from __future__ import annotations

import datetime as dt
import os
import re

import certifi
import urllib3
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from gongkai.archive.store import ArchiveError

_REASON = re.compile(r"Verify error: ([^\"]+)")
"""OpenSSL's sentence among what it says of its own source."""
_SECONDS = 30.0
_LONGEST_REPLY = 1 << 20


class TimeStampError(ArchiveError):
    """Raised when an authority does not answer, or its stamp is not one of these bytes by a certificate trusted."""


def certificates(pem: bytes) -> list[x509.Certificate]:
    """Raises TimeStampError."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise TimeStampError(f"the certificates of the time-stamping authority are not PEM: {error}") from error


def asked_stamp(url: str, data: bytes, trusted: bytes) -> tuple[bytes, dt.datetime]:
    """A stamp of the bytes as the authority replied, which leads to a trusted certificate, and its time.

    Raises TimeStampError.
    """
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    reply = _posted(url, request.as_bytes())
    return reply, _checked(_decoded(reply), data, trusted, request.nonce)


def stamped_at(reply: bytes, data: bytes, trusted: bytes) -> dt.datetime:
    """The time at which an authority stamped these bytes, its certificate valid then.  Raises TimeStampError."""
    return _checked(_decoded(reply), data, trusted, None)


def _decoded(reply: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(reply)
    except ValueError as error:
        hint = "; an authority run with OpenSSL must not be given -chain" if "SetOrdering" in str(error) else ""
        raise TimeStampError(f"the time stamp cannot be read: {error}{hint}") from error
    if response.status not in (0, 1):
        raise TimeStampError(f"the authority refused to stamp: {'; '.join(response.status_string) or response.status}")
    return response


def _checked(response: TimeStampResponse, data: bytes, trusted: bytes, nonce: int | None) -> dt.datetime:
    builder = VerifierBuilder(nonce=nonce)
    for each in certificates(trusted):
        is_root = each.issuer == each.subject
        builder = builder.add_root_certificate(each) if is_root else builder.add_intermediate_certificate(each)
    try:
        builder.build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        found = _REASON.search(str(error))
        raise TimeStampError(f"the time stamp does not hold: {found[1] if found else error}") from error
    return response.tst_info.gen_time.astimezone(dt.UTC)


def _posted(url: str, request: bytes) -> bytes:
    authorities = os.environ.get("SSL_CERT_FILE") or certifi.where()
    try:
        with urllib3.PoolManager(ca_certs=authorities) as pool:
            answer = pool.request(
                "POST",
                url,
                body=request,
                headers={"Content-Type": "application/timestamp-query", "User-Agent": "gongkai"},
                timeout=urllib3.Timeout(total=_SECONDS),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            reply = answer.read(_LONGEST_REPLY + 1)
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise TimeStampError(f"the time-stamping authority {url!r} was not reached: {error}") from error
    if answer.status != 200 or len(reply) > _LONGEST_REPLY:
        raise TimeStampError(f"the time-stamping authority {url!r} answered {answer.status} and {len(reply)} bytes")
    return reply
