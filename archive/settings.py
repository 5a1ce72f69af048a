"""Settings of the archive, read from the environment when a store is opened.

| variable | meaning | default |
|---|---|---|
| ``GONGKAI_S3_ENDPOINT`` | URL of the S3 server, for example ``http://127.0.0.1:8333`` | ``AWS_ENDPOINT_URL`` |
| ``AWS_ENDPOINT_URL`` | URL of the S3 server where ``GONGKAI_S3_ENDPOINT`` is not set | Amazon S3 |
| ``AWS_ACCESS_KEY_ID`` | access key; without it requests are anonymous, which public buckets allow for reading | none |
| ``AWS_SECRET_ACCESS_KEY`` | secret key belonging to the access key | none |
| ``AWS_SESSION_TOKEN`` | token of temporary credentials | none |
| ``AWS_REGION`` | region of the bucket | ``AWS_DEFAULT_REGION`` |
| ``AWS_DEFAULT_REGION`` | region of the bucket where ``AWS_REGION`` is not set | ``us-east-1`` |
| ``SSL_CERT_FILE`` | PEM file of the certificate authorities to trust for ``https`` | certifi's |
| ``GONGKAI_S3_TIMEOUT`` | seconds to wait for a connection, and for each piece of an answer | 60 |
| ``GONGKAI_S3_ATTEMPTS`` | how often a request is tried before the store counts as unavailable | 6 |
| ``GONGKAI_COPY_S3_ENDPOINT`` | URL of the S3 server that holds the second copy | that of the archive |
| ``GONGKAI_COPY_ACCESS_KEY_ID`` | access key of the second copy's server | the archive's, on the same server only |
| ``GONGKAI_COPY_SECRET_ACCESS_KEY`` | secret key belonging to it | as above |
| ``GONGKAI_COPY_SESSION_TOKEN`` | token of temporary credentials of the second copy's server | as above |
| ``GONGKAI_COPY_REGION`` | region of the second copy's bucket | that of the archive's |
"""

from __future__ import annotations

import dataclasses
import os
import urllib.parse
from collections.abc import Mapping

import certifi

from gongkai.archive.store import RootUnusableError

VARIABLES = (
    "GONGKAI_S3_ENDPOINT",
    "AWS_ENDPOINT_URL",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "SSL_CERT_FILE",
    "GONGKAI_S3_TIMEOUT",
    "GONGKAI_S3_ATTEMPTS",
    "GONGKAI_COPY_S3_ENDPOINT",
    "GONGKAI_COPY_ACCESS_KEY_ID",
    "GONGKAI_COPY_SECRET_ACCESS_KEY",
    "GONGKAI_COPY_SESSION_TOKEN",
    "GONGKAI_COPY_REGION",
)
"""Every environment variable this package reads; each stands in the table above and in the documentation."""


@dataclasses.dataclass(frozen=True, slots=True)
class S3Settings:
    """How to reach an S3 server.  ``endpoint`` is ``host[:port]``; ``timeout`` in seconds."""

    endpoint: str
    use_ssl: bool
    region: str
    access_key: str | None
    secret_key: str | None = dataclasses.field(repr=False)
    session_token: str | None = dataclasses.field(repr=False)
    certificates: str
    timeout: float
    attempts: int


def s3_settings(environment: Mapping[str, str] = os.environ) -> S3Settings:
    """Read the settings.  Raises RootUnusableError naming the variable that makes no sense."""

    def get(*names: str) -> str | None:
        return next((environment[name] for name in names if environment.get(name)), None)

    endpoint, use_ssl = _endpoint(get("GONGKAI_S3_ENDPOINT", "AWS_ENDPOINT_URL") or "https://s3.amazonaws.com")
    access_key, secret_key = get("AWS_ACCESS_KEY_ID"), get("AWS_SECRET_ACCESS_KEY")
    if (access_key is None) != (secret_key is None):
        raise RootUnusableError("set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither: only one is set")
    return S3Settings(
        endpoint=endpoint,
        use_ssl=use_ssl,
        region=get("AWS_REGION", "AWS_DEFAULT_REGION") or "us-east-1",
        access_key=access_key,
        secret_key=secret_key,
        session_token=get("AWS_SESSION_TOKEN"),
        certificates=get("SSL_CERT_FILE") or certifi.where(),
        timeout=_number("GONGKAI_S3_TIMEOUT", get("GONGKAI_S3_TIMEOUT"), 60.0),
        attempts=int(_number("GONGKAI_S3_ATTEMPTS", get("GONGKAI_S3_ATTEMPTS"), 6)),
    )


_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_OF_COPY = {
    "GONGKAI_COPY_S3_ENDPOINT": "GONGKAI_S3_ENDPOINT",
    "GONGKAI_COPY_ACCESS_KEY_ID": "AWS_ACCESS_KEY_ID",
    "GONGKAI_COPY_SECRET_ACCESS_KEY": "AWS_SECRET_ACCESS_KEY",
    "GONGKAI_COPY_SESSION_TOKEN": "AWS_SESSION_TOKEN",
    "GONGKAI_COPY_REGION": "AWS_REGION",
}


def copy_settings(environment: Mapping[str, str] = os.environ) -> S3Settings:
    """The settings of the second copy's server; the archive's keys are never shown to another server.

    Raises RootUnusableError as ``s3_settings`` does.
    """
    own = {name: environment[variable] for variable, name in _OF_COPY.items() if environment.get(variable)}
    has_own_keys = own.keys() & {"GONGKAI_S3_ENDPOINT", "AWS_ACCESS_KEY_ID"}
    kept = {name: value for name, value in environment.items() if not (has_own_keys and name in _KEYS)}
    return s3_settings({**kept, **own})


def _endpoint(url: str) -> tuple[str, bool]:
    """``host[:port]`` and whether to use TLS."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
        raise RootUnusableError(
            f"the S3 endpoint {url!r} is not of the form http://host:port or https://host: set GONGKAI_S3_ENDPOINT"
        )
    return parts.netloc, parts.scheme == "https"


def _number(name: str, text: str | None, default: float) -> float:
    if text is None:
        return default
    try:
        number = float(text)
    except ValueError as error:
        raise RootUnusableError(f"{name} is {text!r}, which is not a number") from error
    if not 1 <= number < 1e6:
        raise RootUnusableError(f"{name} is {text!r}; it must be at least 1")
    return number
