"""Archives that hold documents: ZIP, TAR, GZ, and by an optional library RAR and 7z; nothing is written to disk.

``members(file)`` gives every file inside, those of archives inside it too (one level), each as bytes or with what
keeps it from being read; ``contents(file)`` also what is embedded in Word documents.  Names are labels: no part of
them is ever used as a path.  Bombs stop at limits on the number of files, the unpacked bytes of each and of all, and
the ratio to the packed bytes.

RAR and 7z are read by libarchive (BSD) through ``libarchive-c`` (CC0), the extra ``archives``, which needs the
system's ``libarchive``.  The other readers were ruled out: ``py7zr`` is LGPL, ``unrar2-cffi`` bundles UnRAR, whose
licence is not a free one, and ``rarfile`` needs such a program.
"""

from __future__ import annotations

import dataclasses
import functools
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from gongkai.parsing.formats.envelopes.detection import File, identified, is_tar
from gongkai.parsing.formats.envelopes.embedded import embedded_objects
from gongkai.parsing.text.grid import Doubt, UnreadableDocumentError

KINDS = frozenset({"zip", "rar", "7z", "tar", "gzip"})
"""What ``detect`` calls the archives that are read here."""

MAX_DEPTH = 1
"""Archives within an archive that are opened; portals put one archive per unit into another."""

MAX_OBJECT_DEPTH = 2
"""Word documents within Word documents that are opened."""

MAX_FILES = 2_000
"""Files of one archive, those of the archives in it included; a whole city's budgets have a few hundred."""

MAX_FILE = 256 * 2**20
"""Unpacked bytes of one file: as many as a document may have."""

MAX_TOTAL = 2**30
"""Unpacked bytes of all files together."""

MAX_RATIO = 250
"""Unpacked to packed bytes of one file: empty spreadsheets and pictures reach 100, bombs 1,000."""

RATIO_FROM = 16 * 2**20
"""Unpacked bytes up to which the ratio does not matter."""

_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
"""What systems leave in folders: no documents."""

_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on archives that are damaged or packed in a way it does not know."""


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: ``file``, or the ``problem`` that keeps it from being read.

    ``name`` is its label with ``/`` between folders, the name of an inner archive first; it never begins with ``/``
    and has no ``..``.
    """

    name: str
    file: File | None = None
    problem: Doubt | None = None


class _TooMuchError(Exception):
    """Raised when a file unpacks to more than a limit; the message says which."""


class _EncryptedError(Exception):
    """Raised for a file that is encrypted."""


@dataclasses.dataclass(slots=True)
class _Budget:
    """What may still be unpacked of one archive."""

    files: int = MAX_FILES
    left: int = MAX_TOTAL
    """Bytes."""

    def unpack(self, stream: Any, packed: int) -> bytes:
        """All of a stream of ``packed`` bytes.  Raises _TooMuchError beyond a limit."""
        by_ratio = max(RATIO_FROM, packed * MAX_RATIO)
        limit = min(MAX_FILE, by_ratio, self.left)
        data: bytes = stream.read(limit + 1)
        self.left -= min(len(data), limit)
        if len(data) <= limit:
            return data
        if limit == by_ratio:
            raise _TooMuchError(f"it unpacks to more than {MAX_RATIO} times its packed size")
        raise _TooMuchError(f"it unpacks to more than {limit} bytes")


_Entry = tuple[str, Callable[[_Budget], bytes]]
"""A file's name and what unpacks it."""


def members(archive: File) -> Iterator[Member]:
    """Every file of an archive, in its order; folders and what systems leave in them are passed over.

    Raises UnreadableDocumentError before the first file where the archive itself cannot be read: ``truncated``,
    ``corrupt``, ``encrypted``, ``bomb`` (more than ``MAX_FILES``), or ``unsupported_format`` for what is no archive or
    needs a library that is not installed.
    """
    return _members(archive, "", _Budget(), 0)


def contents(file: File) -> Iterator[Member]:
    """Every document in a file: the files of an archive, and what is embedded in them or in a Word document.

    Raises UnreadableDocumentError as ``members`` does, for archives only.
    """
    if file.kind not in KINDS:
        yield from _embedded(file, "", 0)
        return
    for member in members(file):
        yield member
        if member.file is not None:
            yield from _embedded(member.file, f"{member.name}/", 0)


def _embedded(file: File, folder: str, depth: int) -> Iterator[Member]:
    """The objects in a Word document, those in them included."""
    for found in embedded_objects(file):
        label = folder + _label(found.label)
        if found.file is None:
            yield Member(
                label, None, Doubt("unread_part", f"the embedded object {label!r} was not read: {found.reason}")
            )
        elif depth < MAX_OBJECT_DEPTH:
            yield Member(label, found.file)
            yield from _embedded(found.file, f"{label}/", depth + 1)
        else:
            reason = f"{label!r} is embedded more than {MAX_OBJECT_DEPTH} levels deep; it was not opened"
            yield Member(label, None, Doubt("nested_too_deep", reason))


def _members(archive: File, folder: str, budget: _Budget, depth: int) -> Iterator[Member]:
    for name, unpack in _entries(archive, budget):
        label = folder + _label(name)
        if _LITTER.search(label):
            continue
        member = _read(label, unpack, budget)
        if member.file is None or member.file.kind not in KINDS:
            yield member
        elif depth < MAX_DEPTH:
            yield from _inner(label, member.file, budget, depth + 1)
        else:
            reason = f"{label!r} is an archive more than {MAX_DEPTH} level inside another; it was not opened"
            yield Member(label, None, Doubt("nested_too_deep", reason))


def _inner(name: str, archive: File, budget: _Budget, depth: int) -> Iterator[Member]:
    """The files of an archive inside another; one that cannot be read is itself a file with a problem."""
    try:
        yield from _members(archive, f"{name}/", budget, depth)
    except UnreadableDocumentError as error:
        yield Member(name, None, Doubt(error.kind, f"{name!r} cannot be opened: {error}"))


def _read(label: str, unpack: Callable[[_Budget], bytes], budget: _Budget) -> Member:
    if budget.left <= 0:
        reason = f"{label!r} was not unpacked: the archive has more than {MAX_TOTAL} unpacked bytes"
        return Member(label, None, Doubt("bomb", reason))
    try:
        data = unpack(budget)
    except _TooMuchError as error:
        return Member(label, None, Doubt("bomb", f"{label!r} was not unpacked: {error}"))
    except _EncryptedError:
        return Member(label, None, Doubt("encrypted", f"{label!r} is encrypted with a password that is not known"))
    except NotImplementedError as error:
        return Member(label, None, Doubt("unsupported_format", f"{label!r} is packed in an unknown way: {error}"))
    except _DAMAGED as error:
        return Member(label, None, Doubt("corrupt", f"{label!r} is damaged in the archive: {error}"))
    return Member(label, identified(data))


def _label(name: str) -> str:
    """A name without anything that could lead out of a folder or break a line."""
    printable = "".join(c if c.isprintable() else "�" for c in name)
    parts = re.split(r"[/\\]+", re.sub(r"^[A-Za-z]:", "", printable))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _entries(archive: File, budget: _Budget) -> Iterator[_Entry]:
    data, kind = archive.data, archive.kind
    if kind == "zip":
        return _zip_entries(data, budget)
    if kind == "tar":
        return _tar_entries(data, budget)
    if kind == "gzip":
        return _gzip_entries(data, budget)
    if kind in KINDS:
        return _library_entries(data, kind, budget)
    raise UnreadableDocumentError("unsupported_format", f"the file is no archive but {kind}")


def _count(budget: _Budget, files: int) -> None:
    budget.files -= files
    if budget.files < 0:
        raise UnreadableDocumentError("bomb", f"the archive has more than {MAX_FILES} files")


def _zip_entries(data: bytes, budget: _Budget) -> Iterator[_Entry]:
    archive = _zip(data)
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    _count(budget, len(infos))
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
        except _DAMAGED as damaged:
            error = damaged
            break
    kind = "corrupt" if b"PK\x05\x06" in data[-66_000:] else "truncated"
    raise UnreadableDocumentError(kind, "the ZIP archive has no readable directory; fetch it again") from error


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> bytes:
    if info.flag_bits & 1:
        raise _EncryptedError
    with archive.open(info) as stream:
        return budget.unpack(stream, info.compress_size)


def _tar_entries(data: bytes, budget: _Budget) -> Iterator[_Entry]:
    try:
        archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        infos = []
        for info in archive:
            _count(budget, 1)
            if info.isreg():
                infos.append(info)
    except _DAMAGED as error:
        reason = f"the TAR archive cannot be read: {error}; fetch it again"
        raise UnreadableDocumentError("truncated", reason) from error
    for info in infos:
        yield _decoded(info.name), functools.partial(_untar, archive, info)


def _untar(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: _Budget) -> bytes:
    stream = archive.extractfile(info)
    return b"" if stream is None else budget.unpack(stream, info.size)


def _decoded(name: str) -> str:
    """A name that was read as UTF-8, in GB18030 where it was not in UTF-8."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _gzip_entries(data: bytes, budget: _Budget) -> Iterator[_Entry]:
    """The one file of a gzip stream, or those of the TAR archive in it."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            inner = budget.unpack(stream, len(data))
    except _TooMuchError as error:
        raise UnreadableDocumentError("bomb", f"the gzip file was not unpacked: {error}") from error
    except EOFError as error:
        raise UnreadableDocumentError("truncated", "the gzip file breaks off before its end; fetch it again") from error
    except _DAMAGED as error:
        raise UnreadableDocumentError("corrupt", f"the gzip file is damaged: {error}") from error
    if is_tar(inner):
        budget.left += len(inner)  # its files are counted again one by one
        yield from _tar_entries(inner, budget)
    else:
        _count(budget, 1)
        yield _gzip_name(data), lambda _: inner


def _gzip_name(data: bytes) -> str:
    """The name in the header (RFC 1952, 2.3), which is there where flag 3 is set and no extra field comes before."""
    if data[3] & 0b1100 != 0b1000:
        return "content"
    return _decoded(data[10 : data.find(b"\0", 10)].decode("utf-8", "surrogateescape"))


def _library() -> Any:
    """libarchive through its binding; None where either is not installed."""
    try:
        import libarchive  # noqa: PLC0415
    except (ImportError, OSError, AttributeError, TypeError):  # the last ones where the system's library is not there
        return None
    return libarchive


def _library_entries(data: bytes, kind: str, budget: _Budget) -> Iterator[_Entry]:
    """The files of a RAR or 7z archive.  They are a stream: each must be unpacked before the next is asked for."""
    library = _library()
    if library is None:
        reason = f"the file is a {kind.upper()} archive; install the extra 'archives' and libarchive to read it"
        raise UnreadableDocumentError("unsupported_format", reason)
    failure = library.exception.ArchiveError
    seen = False
    failed: list[Exception] = []
    try:
        with library.memory_reader(data) as archive:
            for entry in archive:
                _count(budget, 1)
                seen = True
                if entry.isfile:
                    unpack = functools.partial(_from_library, entry, failure, failed, len(data))
                    yield entry.pathname, unpack
    except failure as error:
        if failed:  # the damage is named already, at the file that it broke off
            return
        if seen:  # what stands before the damage has been given; the rest is one file with a problem
            yield "unnamed", functools.partial(_fail, error)
            return
        if _is_encrypted(error):
            raise UnreadableDocumentError("encrypted", f"the {kind.upper()} archive is encrypted") from error
        reason = f"the {kind.upper()} archive cannot be read: {error}; fetch it again"
        raise UnreadableDocumentError("corrupt", reason) from error


def _from_library(entry: Any, failure: type[Exception], failed: list[Exception], packed: int, budget: _Budget) -> bytes:
    try:
        return budget.unpack(_Blocks(entry.get_blocks()), packed)
    except failure as error:
        failed.append(error)
        return _fail(error, budget)


def _fail(error: Exception, _: _Budget) -> bytes:
    if _is_encrypted(error):
        raise _EncryptedError from error
    raise ValueError(str(error)) from error


def _is_encrypted(error: Exception) -> bool:
    return re.search(r"encrypt|passphrase|password", str(error), re.IGNORECASE) is not None


class _Blocks:
    """Blocks of bytes as a stream that can be read once, up to a limit."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks

    def read(self, limit: int) -> bytes:
        """At most about ``limit`` bytes, whole blocks."""
        parts: list[bytes] = []
        size = 0
        while size < limit and (block := next(self._blocks, None)) is not None:
            parts.append(bytes(block))
            size += len(block)
        return b"".join(parts)
