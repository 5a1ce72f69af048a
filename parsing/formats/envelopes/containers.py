"""Files inside a file: those of an archive, and those embedded in Word documents; nothing is written to disk.

``members(file)`` gives every file of an archive, those of archives inside it too (one level), each with its bytes or
with what keeps it from being read; ``contents(file)`` also what is embedded in Word documents.  Names are labels: no
part of them is ever used as a path.  Bombs stop at the limits of ``limits``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator

from gongkai.parsing.formats.envelopes.archives import gzip_entries, tar_entries, zip_entries
from gongkai.parsing.formats.envelopes.detection import File, identified
from gongkai.parsing.formats.envelopes.embedded import embedded_objects
from gongkai.parsing.formats.envelopes.limits import DAMAGED, MAX_TOTAL, Allowance, EncryptedError, Entry, TooMuchError
from gongkai.parsing.formats.envelopes.rar_and_7z import library_entries
from gongkai.parsing.text.grid import Doubt, UnreadableDocumentError

KINDS = frozenset({"zip", "rar", "7z", "tar", "gzip"})
"""Archives that are read here, as ``detect`` calls them."""

MAX_DEPTH = 1
"""Archives within an archive that are opened; portals put one archive per unit into another."""

MAX_OBJECT_DEPTH = 2
"""Word documents within Word documents that are opened."""

_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
"""Files that systems leave in folders: no documents."""


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: ``file``, or the ``problem`` that keeps it from being read.

    ``name`` is its label with ``/`` between folders, the name of an inner archive first; it never begins with ``/``
    and has no ``..``.
    """

    name: str
    file: File | None = None
    problem: Doubt | None = None


def members(archive: File) -> Iterator[Member]:
    """Every file of an archive, in its order; folders and what systems leave in them are passed over.

    Raises UnreadableDocumentError before the first file where the archive itself cannot be read: ``truncated``,
    ``corrupt``, ``encrypted``, ``bomb`` (more than ``MAX_FILES``), or ``unsupported_format`` for what is no archive or
    needs a library that is not installed.
    """
    return _members(archive, "", Allowance(), 0)


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


def _members(archive: File, folder: str, left: Allowance, depth: int) -> Iterator[Member]:
    for name, unpack in _entries(archive, left):
        label = folder + _label(name)
        if _LITTER.search(label):
            continue
        member = _read(label, unpack, left)
        if member.file is None or member.file.kind not in KINDS:
            yield member
        elif depth < MAX_DEPTH:
            yield from _inner(label, member.file, left, depth + 1)
        else:
            reason = f"{label!r} is an archive more than {MAX_DEPTH} level inside another; it was not opened"
            yield Member(label, None, Doubt("nested_too_deep", reason))


def _inner(name: str, archive: File, left: Allowance, depth: int) -> Iterator[Member]:
    """The files of an archive inside another; one that cannot be read is itself a file with a problem."""
    try:
        yield from _members(archive, f"{name}/", left, depth)
    except UnreadableDocumentError as error:
        yield Member(name, None, Doubt(error.kind, f"{name!r} cannot be opened: {error}"))


def _read(label: str, unpack: Callable[[Allowance], bytes], left: Allowance) -> Member:
    if left.total <= 0:
        reason = f"{label!r} was not unpacked: the archive has more than {MAX_TOTAL} unpacked bytes"
        return Member(label, None, Doubt("bomb", reason))
    try:
        data = unpack(left)
    except TooMuchError as error:
        return Member(label, None, Doubt("bomb", f"{label!r} was not unpacked: {error}"))
    except EncryptedError:
        return Member(label, None, Doubt("encrypted", f"{label!r} is encrypted with a password that is not known"))
    except NotImplementedError as error:
        return Member(label, None, Doubt("unsupported_format", f"{label!r} is packed in an unknown way: {error}"))
    except DAMAGED as error:
        return Member(label, None, Doubt("corrupt", f"{label!r} is damaged in the archive: {error}"))
    return Member(label, identified(data))


def _label(name: str) -> str:
    """A name without anything that could lead out of a folder or break a line."""
    printable = "".join(c if c.isprintable() else "�" for c in name)
    parts = re.split(r"[/\\]+", re.sub(r"^[A-Za-z]:", "", printable))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def _entries(archive: File, left: Allowance) -> Iterator[Entry]:
    data, kind = archive.data, archive.kind
    if kind == "zip":
        return zip_entries(data, left)
    if kind == "tar":
        return tar_entries(data, left)
    if kind == "gzip":
        return gzip_entries(data, left)
    if kind in KINDS:
        return library_entries(data, kind, left)
    raise UnreadableDocumentError("unsupported_format", f"the file is no archive but {kind}")
