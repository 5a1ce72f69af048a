"""A store in a bucket of Amazon S3 or any server that speaks its protocol, through the ``minio`` client.

The module is long because it is one class with the retries and the errors of each operation beside it.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime as dt
import hashlib
import itertools
import re
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

import minio
import minio.commonconfig
import minio.error
import minio.signer
import minio.time
import urllib3
import urllib3.exceptions
from minio.credentials.credentials import Credentials
from minio.helpers import check_bucket_name

from gongkai.archive.keys import check_key
from gongkai.archive.settings import S3Settings, s3_settings
from gongkai.archive.store import (
    BadKeyError,
    ObjectInfo,
    ObjectMissingError,
    RootUnusableError,
    S3Access,
    StoreUnavailableError,
)
from gongkai.archive.streams import CHUNK, closed_afterwards, is_in, new_spool, spooled, write_to_spool

PART = 16 << 20
"""Bytes of one part of a large object; up to this size an object is put in one request."""

AT_ONCE = 16
"""Requests under way where many objects are put or copied: nearly all of the time they wait."""

_TRANSIENT_STATUS = (408, 429, 500, 502, 503, 504)
_BACKOFF_SECONDS, _BACKOFF_MAX_SECONDS = 0.2, 5.0

_START_AGAIN = {"NoSuchUpload", "RequestTimeout", "OperationAborted", "ConditionalRequestConflict"}
"""Error codes after which the operation, not the request, has to be repeated.  NoSuchUpload: the answer to the last
request of a multipart upload was lost, and its repetition finds the upload finished."""

_OTHER_SERVER = {"BadRequest", "MethodNotAllowed", "NotImplemented", "NotFound", "ResourceNotFound"}
"""Codes with which servers that speak another protocol, or only part of this one, answer.  The client makes up
BadRequest, MethodNotAllowed and ResourceNotFound for answers without a document."""

_REFUSED = {
    "AccessDenied",
    "AllAccessDisabled",
    "AuthorizationHeaderMalformed",
    "ExpiredToken",
    "InvalidAccessKeyId",
    "InvalidToken",
    "PermanentRedirect",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
}

T = TypeVar("T")


class _ServerFailedError(Exception):
    """Raised where an answer was cut off or has to be asked for again, from inside an operation."""


class S3Store:
    """Objects in a bucket, under a prefix or at its top.

    A request that times out, is cut off or is answered with 408, 429 or 5xx is repeated with growing pauses, at most
    ``GONGKAI_S3_ATTEMPTS`` times in all; then StoreUnavailableError.
    """

    def __init__(self, url: str, settings: S3Settings | None = None) -> None:
        """``url`` is ``s3://bucket`` or ``s3://bucket/prefix``; settings are read from the environment unless given.

        Asks the server whether the bucket is there.  Raises RootUnusableError when it is not or access is refused,
        StoreUnavailableError when the server does not answer.
        """
        self._bucket, self._prefix = _split_url(url)
        self._settings = settings or s3_settings()
        self._http = _http_pool(self._settings)
        self._client = _client(self._settings, self._http)
        if not self._attempt(lambda: self._client.bucket_exists(self._bucket), key=""):
            raise self._no_bucket()

    @property
    def url(self) -> str:
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    @property
    def access(self) -> S3Access:
        """Endpoint and credentials for other readers of the same bucket."""
        settings = self._settings
        return S3Access(
            endpoint=settings.endpoint,
            access_key=settings.access_key or "",
            secret_key=settings.secret_key or "",
            session_token=settings.session_token or "",
            region=settings.region,
            use_ssl=settings.use_ssl,
        )

    def write(self, key: str, data: bytes | BinaryIO) -> None:
        name = self._name(key)
        with spooled(data) as (stream, size):
            self._put(key, name, stream, size)

    def write_once(self, key: str, data: bytes | BinaryIO) -> bool:
        """Write once, as ``Store`` says; two writers at one moment are told apart by servers that honour
        ``If-None-Match`` and for objects up to PART bytes.  Otherwise the later one wins, which is harmless under
        keys that are hashes of the content.

        A write whose answer was lost is repeated and then finds its own object: False for an object just written.
        """
        name = self._name(key)
        if self.size(key) is not None:
            return False
        with spooled(data) as (stream, size):
            if size <= PART and self._settings.access_key is not None:
                return self._put_new(key, name, stream.read())
            self._put(key, name, stream, size)
        return True

    def write_all_once(self, objects: Iterable[tuple[str, bytes | BinaryIO]]) -> None:
        _at_once(self._write_once_or_mend, objects)

    def _write_once_or_mend(self, key: str, data: bytes | BinaryIO) -> None:
        with closed_afterwards(data):
            if not self.write_once(key, data) and not is_in(self.open(key), data):
                self.write(key, data)

    def replace(self, key: str, data: bytes, tag: str | None) -> bool:
        """Replace as ``Store`` says; a server that knows no conditions is asked for the tag just before."""
        if tag is None:
            return self.write_once(key, data)
        name = self._name(key)
        if self._settings.access_key is not None:
            status = self._put_if(key, name, data, "If-Match", f'"{tag}"')
            if status in {200, 204, 404, 412}:
                return status in {200, 204}
        info = self.info(key)
        if info is None or info.tag != tag:
            return False
        self.write(key, data)
        return True

    def read(self, key: str) -> bytes:
        with self.open(key) as stream:
            return stream.read()

    def read_part(self, key: str, start: int, length: int) -> bytes:
        name = self._name(key)
        return self._attempt(lambda: self._receive_part(name, start, length), key=key)

    def open(self, key: str) -> BinaryIO:
        """The object as a seekable stream, received whole beforehand: never cut short by a failing connection."""
        name = self._name(key)
        return self._attempt(lambda: self._receive(name), key=key)

    def size(self, key: str) -> int | None:
        info = self.info(key)
        return None if info is None else info.size

    def info(self, key: str) -> ObjectInfo | None:
        name = self._name(key)
        try:
            row = self._attempt(lambda: self._client.stat_object(self._bucket, name), key=key)
        except ObjectMissingError:
            return None
        return _info(key, row)

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """List in key order, as ``Store`` says; holds the rows of one name below the prefix's last slash at a time.

        Servers that keep a directory tree (SeaweedFS) list "a/x" before "a.txt"; S3 and the protocol want the
        opposite.  Both orders agree on where one name ends and one that does not begin with it starts, so rows are
        sorted between such places.
        """
        held: list[ObjectInfo] = []
        root: str | None = None
        for info in self._list_as_served(prefix):
            name = info.key[prefix.rfind("/") + 1 :].partition("/")[0]
            if root is None or not (name.startswith(root) or root.startswith(name)):
                yield from sorted(held, key=lambda row: row.key)
                held, root = [], name
            held.append(info)
        yield from sorted(held, key=lambda row: row.key)

    def copy_all(self, names: Iterable[tuple[str, str]]) -> None:
        _at_once(self._copy, names)

    def _copy(self, source: str, target: str) -> None:
        origin, destination = self._name(source), self._name(target)
        where = minio.commonconfig.CopySource(self._bucket, origin)
        self._attempt(lambda: self._client.copy_object(self._bucket, destination, where), key=source)

    def join(self, key: str, pieces: Sequence[str]) -> None:
        target = self._name(key)
        sources = [minio.commonconfig.ComposeSource(self._bucket, self._name(piece)) for piece in pieces]
        self._attempt(lambda: self._client.compose_object(self._bucket, target, sources), key=key)

    def delete(self, key: str) -> None:
        name = self._name(key)
        with contextlib.suppress(ObjectMissingError):
            self._attempt(lambda: self._client.remove_object(self._bucket, name), key=key)

    def locate(self, key: str) -> str:
        return f"s3://{self._bucket}/{self._name(key)}"

    def ask(self, key: str, operation: Callable[[minio.Minio, str, str], T]) -> T:
        """The answer to an operation of the client, given it, the bucket and the object's name; tried again, its
        errors named as those of every call."""
        name = self._name(key)
        return self._attempt(lambda: operation(self._client, self._bucket, name), key=key)

    def _name(self, key: str) -> str:
        """The object's name in the bucket."""
        check_key(key)
        return check_key(f"{self._prefix}/{key}") if self._prefix else key

    def _put(self, key: str, name: str, stream: BinaryIO, size: int) -> None:
        """Put an object; a large one in parts, which appear together or not at all."""

        def put() -> None:
            stream.seek(0)
            self._client.put_object(self._bucket, name, stream, size, part_size=PART, num_parallel_uploads=1)

        self._attempt(put, key=key)
        if size > PART and (stored := self.size(key)) != size:
            # The last request of a multipart upload may be answered 200 and yet fail.
            raise StoreUnavailableError(f"{self.url!r} holds {stored!r} of {size} bytes of {key!r}: try again")

    def _put_new(self, key: str, name: str, data: bytes) -> bool:
        """Put an object on condition that there is none, which the client itself has no way to ask for."""

        status = self._put_if(key, name, data, "If-None-Match", "*")
        if status in {200, 204}:
            return True
        if status == 412:
            return False
        # 501: the server knows no conditions.  Anything else is put again for the client to explain.
        with spooled(data) as (stream, size):
            self._put(key, name, stream, size)
        return True

    def _put_if(self, key: str, name: str, data: bytes, condition: str, value: str) -> int:
        """The status of a put under a condition."""

        def put() -> int:
            url, headers = self._conditional_put(name, data, {condition: value})
            answer = self._http.urlopen("PUT", url, body=data, headers=headers)
            if answer.status == 409:
                raise _ServerFailedError(f"status 409 ({_error_code(answer.data)})")
            return answer.status

        return self._attempt(put, key=key)

    def _conditional_put(self, name: str, data: bytes, condition: dict[str, str]) -> tuple[str, dict[str, str]]:
        """URL and signed headers of a conditional put."""
        settings, now = self._settings, dt.datetime.now(dt.UTC)
        # The client knows host and style of addresses; the signature goes into headers, as URLs end up in logs.
        url = urllib.parse.urlsplit(self._client.get_presigned_url("PUT", self._bucket, name))._replace(query="")
        content_sha256 = hashlib.sha256(data).hexdigest()
        headers = {
            "Host": url.netloc,
            **condition,
            "Content-Type": "application/octet-stream",
            "x-amz-content-sha256": content_sha256,
            "x-amz-date": minio.time.to_amz_date(now),
        }
        if settings.session_token:
            headers["x-amz-security-token"] = settings.session_token
        signed = minio.signer.sign_v4_s3(
            method="PUT",
            url=url,
            region=settings.region,
            headers=dict(headers),
            credentials=Credentials(settings.access_key or "", settings.secret_key or "", settings.session_token),
            content_sha256=content_sha256,
            date=now,
        )
        return urllib.parse.urlunsplit(url), {header: str(value) for header, value in signed.items()}

    def _receive(self, name: str) -> BinaryIO:
        with contextlib.ExitStack() as on_error:
            spool = on_error.enter_context(new_spool())
            response = self._client.get_object(self._bucket, name)
            try:
                for chunk in response.stream(CHUNK):
                    write_to_spool(spool, chunk)
            finally:
                response.close()
                response.release_conn()
            spool.seek(0)
            on_error.pop_all()
        return spool

    def _receive_part(self, name: str, start: int, length: int) -> bytes:
        response = self._client.get_object(self._bucket, name, offset=start, length=length)
        try:
            return response.data
        finally:
            response.close()
            response.release_conn()

    def _list_as_served(self, prefix: str) -> Iterator[ObjectInfo]:
        top = f"{self._prefix}/" if self._prefix else ""
        rows = iter(self._client.list_objects(self._bucket, prefix=top + prefix, recursive=True))
        while row := self._attempt(lambda: next(rows, None), key=prefix, again=False):
            name = str(row.object_name)
            # Names ending in a slash are folders drawn by consoles, not objects of ours.
            if not name.endswith("/"):
                yield _info(name.removeprefix(top), row)

    def _attempt(self, operation: Callable[[], T], *, key: str, again: bool = True) -> T:
        """Run an operation, repeating what a repeated request alone cannot mend, and name its errors."""
        for attempt in range(self._settings.attempts if again else 1):
            time.sleep(min(_BACKOFF_SECONDS * 2**attempt, _BACKOFF_MAX_SECONDS) if attempt else 0)
            try:
                return operation()
            except minio.error.S3Error as error:
                if error.code not in _START_AGAIN:
                    raise self._explain(error, key) from error
                last: Exception = error
            except (urllib3.exceptions.ProtocolError, urllib3.exceptions.ReadTimeoutError, _ServerFailedError) as error:
                last = error
            except urllib3.exceptions.HTTPError as error:
                # Repeated already, request by request.
                raise self._unavailable(key, error) from error
            except (minio.error.MinioException, SyntaxError, ValueError) as error:
                # SyntaxError: what the client's XML parser raises.
                raise StoreUnavailableError(
                    f"{self._server} gave an answer for {key!r} that S3 does not define: {_short(error)}"
                ) from error
        raise self._unavailable(key, last) from last

    @property
    def _server(self) -> str:
        return f"the S3 server at {self._settings.endpoint!r}"

    def _explain(self, error: minio.error.S3Error, key: str) -> Exception:
        """The error of ours that says what the server's means."""
        if error.code == "NoSuchBucket":
            return self._no_bucket()
        if error.code in {"NoSuchKey", "NoSuchVersion"}:
            return ObjectMissingError(f"{key!r} is not in {self.url!r}")
        if error.code in {"InvalidObjectName", "KeyTooLongError", "XMinioInvalidObjectName"}:
            return BadKeyError(f"{self._server} does not accept {key!r} as a key")
        if error.code in _REFUSED:
            return RootUnusableError(
                f"{self._server} refuses access to bucket {self._bucket!r} ({error.code}):"
                " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and what the key may do"
            )
        if error.code in _OTHER_SERVER:
            return RootUnusableError(
                f"{self._server} does not answer {key!r} as S3 does ({error.code}): is GONGKAI_S3_ENDPOINT the address"
                " of an S3 server?"
            )
        return StoreUnavailableError(f"{self._server} failed at {key!r}: {error.code} ({error.message})")

    def _no_bucket(self) -> RootUnusableError:
        return RootUnusableError(
            f"{self._server} has no bucket {self._bucket!r}: create it there, or correct the root {self.url!r}"
        )

    def _unavailable(self, key: str, error: Exception) -> StoreUnavailableError:
        about = f" for {key!r}" if key else ""
        return StoreUnavailableError(
            f"{self._server} did not serve the request{about} in {self._settings.attempts} attempts: {_short(error)}"
        )


def _info(key: str, row: Any) -> ObjectInfo:
    """A row of the client's as ours."""
    return ObjectInfo(key, int(row.size or 0), row.last_modified, str(row.etag or "").strip('"'))


def _split_url(url: str) -> tuple[str, str]:
    """Bucket and prefix, the prefix without slashes at its ends."""
    if not url.startswith("s3://"):
        raise RootUnusableError(f"{url!r} is not of the form s3://bucket/prefix")
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    prefix = prefix.strip("/")
    try:
        if prefix:
            check_key(prefix)
        check_bucket_name(bucket, strict=True)
    except ValueError as error:
        raise RootUnusableError(f"{url!r} is not of the form s3://bucket/prefix: {error}") from error
    return bucket, prefix


def _at_once(function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> None:
    """Call the function with each of the arguments, ``AT_ONCE`` at a time; few are held before they are used."""
    waiting = iter(calls)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        while some := list(itertools.islice(waiting, 4 * AT_ONCE)):
            for _ in threads.map(lambda arguments: function(*arguments), some):
                pass


def _http_pool(settings: S3Settings) -> urllib3.PoolManager:
    """Connections that repeat failed requests; every request of this store may be repeated, POST included."""
    retries = urllib3.Retry(
        total=settings.attempts - 1,
        backoff_factor=_BACKOFF_SECONDS,
        backoff_max=_BACKOFF_MAX_SECONDS,
        backoff_jitter=0.1,
        status_forcelist=_TRANSIENT_STATUS,
        allowed_methods=None,
        # A server may ask for hours; the caller was promised a bound.
        respect_retry_after_header=False,
    )
    return urllib3.PoolManager(
        maxsize=32,
        timeout=urllib3.Timeout(connect=settings.timeout, read=settings.timeout),
        retries=retries,
        cert_reqs="CERT_REQUIRED",
        ca_certs=settings.certificates,
    )


def _client(settings: S3Settings, http: urllib3.PoolManager) -> minio.Minio:
    try:
        return minio.Minio(
            settings.endpoint,
            access_key=settings.access_key,
            secret_key=settings.secret_key,
            session_token=settings.session_token,
            secure=settings.use_ssl,
            # Given, so that the client need not ask the server for it before each first request.
            region=settings.region,
            http_client=http,
        )
    except ValueError as error:
        raise RootUnusableError(
            f"the S3 endpoint {settings.endpoint!r} cannot be used ({error}): set GONGKAI_S3_ENDPOINT"
        ) from error


def _error_code(body: bytes) -> str:
    """The code in an S3 error document, for messages."""
    return body.partition(b"<Code>")[2].partition(b"</Code>")[0].decode("ascii", "replace")


def _short(error: Exception) -> str:
    """An error of the HTTP library in one line, without the objects' addresses it prints."""
    reason = getattr(error, "reason", None) or error
    return " ".join(re.sub(r"<[^>]* object at 0x[0-9a-f]+>:? ?", "", str(reason)).split())[:200]
