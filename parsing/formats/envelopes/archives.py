"""ZIP, TAR and GZ archives: the names of their files, each with what unpacks it."""

from __future__ import annotations

import functools
import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator

from gongkai.parsing.formats.envelopes.detection import is_tar
from gongkai.parsing.formats.envelopes.limits import DAMAGED, Allowance, EncryptedError, Entry, TooMuchError
from gongkai.parsing.text.grid import UnreadableDocumentError


def zip_entries(data: bytes, left: Allowance) -> Iterator[Entry]:
    archive = _zip(data)
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    left.count(len(infos))
    for info in infos:
        yield info.filename, functools.partial(_unzip, archive, info)


def _zip(data: bytes) -> zipfile.ZipFile:
    """The archive with its names in UTF-8 where all are, else in GB18030, as Chinese Windows writes them."""
    error: Exception | None = None
    for encoding in ("utf-8", "gb18030", "cp437"):
        try:
            return zipfile.ZipFile(io.BytesIO(data), metadata_encoding=encoding)
        except UnicodeDecodeError as undecodable:
            error = undecodable
        except DAMAGED as damaged:
            error = damaged
            break
    kind = "corrupt" if b"PK\x05\x06" in data[-66_000:] else "truncated"
    raise UnreadableDocumentError(kind, "the ZIP archive has no readable directory; fetch it again") from error


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: Allowance) -> bytes:
    if info.flag_bits & 1:
        raise EncryptedError
    with archive.open(info) as stream:
        return left.unpack(stream, info.compress_size)


def tar_entries(data: bytes, left: Allowance) -> Iterator[Entry]:
    try:
        archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        infos = []
        for info in archive:
            left.count(1)
            if info.isreg():
                infos.append(info)
    except DAMAGED as error:
        reason = f"the TAR archive cannot be read: {error}; fetch it again"
        raise UnreadableDocumentError("truncated", reason) from error
    for info in infos:
        yield _decoded(info.name), functools.partial(_untar, archive, info)


def _untar(archive: tarfile.TarFile, info: tarfile.TarInfo, left: Allowance) -> bytes:
    stream = archive.extractfile(info)
    return b"" if stream is None else left.unpack(stream, info.size)


def _decoded(name: str) -> str:
    """A name that was read as UTF-8, in GB18030 where it was not in UTF-8."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def gzip_entries(data: bytes, left: Allowance) -> Iterator[Entry]:
    """The one file of a gzip stream, or those of the TAR archive in it."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            inner = left.unpack(stream, len(data))
    except TooMuchError as error:
        raise UnreadableDocumentError("bomb", f"the gzip file was not unpacked: {error}") from error
    except EOFError as error:
        raise UnreadableDocumentError("truncated", "the gzip file breaks off before its end; fetch it again") from error
    except DAMAGED as error:
        raise UnreadableDocumentError("corrupt", f"the gzip file is damaged: {error}") from error
    if is_tar(inner):
        left.total += len(inner)  # its files are counted again one by one
        yield from tar_entries(inner, left)
    else:
        left.count(1)
        yield _gzip_name(data), lambda _: inner


def _gzip_name(data: bytes) -> str:
    """The name in the header (RFC 1952, 2.3), which is there where flag 3 is set and no extra field comes before."""
    if data[3] & 0b1100 != 0b1000:
        return "content"
    return _decoded(data[10 : data.find(b"\0", 10)].decode("utf-8", "surrogateescape"))
