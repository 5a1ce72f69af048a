"""Signed inventories: what the archive held when, in the holder's word and, by a time stamp, in another's.

Statement ``n``, from 000001 on, is up to four objects that need none of our code to be checked:

============================  ==========================================================================================
``signatures/<n>.sha256``     the originals and capture files that no statement named before, one line each as
                              ``sha256sum`` writes and checks them, by key
``signatures/<n>.json``       the statement: hash and counts of that list, the SHA-256 of all files of the statement
                              before, the holder's public key, the time-stamping authority with its certificates
``signatures/<n>.sig``        64 bytes: the Ed25519 signature of ``<n>.json``
``signatures/<n>.tsr``        where a stamp was asked for, the authority's reply (RFC 3161) to ``<n>.json`` and
                              ``<n>.sig`` joined
============================  ==========================================================================================

The statement is written last and never again: files of a number without one are of a signing that was cut off, and the
next one replaces them.  A run report names each statement by its hash, so that ``verify`` misses one that is gone.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from gongkai.archive import capture_table, formats, keys
from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.lock import locked
from gongkai.archive.store import ArchiveError, ObjectInfo, ObjectMissingError, Store

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PREFIX = "signatures/"
LOCK = "signatures"
FORMAT = 1
_NAME = re.compile(r"signatures/(\d{6})\.(json|sig|sha256|tsr)")
_LINE = re.compile(rb"([0-9a-f]{64})  (.+)\n")


class StatementRefusedError(ArchiveError):
    """Raised when a statement cannot be read, or nothing may be signed on top of what is there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority: its URL, and in PEM the certificates trusted to have issued its own."""

    url: str
    certificates: str


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it stands in its file, whose bytes are ``data``."""

    number: int
    data: bytes
    signed_at: dt.datetime
    previous: dict[str, str]
    list_sha256: str
    originals: int
    captures: int
    bytes: int
    public_key: str
    authority: Authority | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def key(self, kind: str) -> str:
        return statement_key(self.number, kind)

    @property
    def own_keys(self) -> list[str]:
        """The keys of all its files."""
        kinds = ("json", "sig", "sha256", *(("tsr",) if self.authority else ()))
        return [self.key(kind) for kind in kinds]


@dataclasses.dataclass(frozen=True, slots=True)
class Signing:
    """A signing that was done: the statement, the time of its stamp, and capture files left out as damaged."""

    statement: Statement | None
    stamped_at: dt.datetime | None
    left_out: tuple[str, ...]


def statement_key(number: int, kind: str) -> str:
    return f"{PREFIX}{number:06d}.{kind}"


def numbers(store: Store) -> dict[int, set[str]]:
    """The numbers under ``signatures/``, each with the kinds of files that are there."""
    there: dict[int, set[str]] = {}
    for info in store.list(PREFIX):
        if found := _NAME.fullmatch(info.key):
            there.setdefault(int(found[1]), set()).add(found[2])
    return there


def statement(number: int, data: bytes) -> Statement:
    """Raises StatementRefusedError, NewerFormatError."""
    key = statement_key(number, "json")
    try:
        document: dict[str, Any] = json.loads(data)
        formats.check_format(document[formats.MEMBER], FORMAT, repr(key))
        listed, authority = document["list"], document["time_stamp"]
        return Statement(
            int(document["number"]),
            data,
            dt.datetime.fromisoformat(document["signed_at"]),
            dict(document["previous"]),
            listed["sha256"],
            listed["originals"],
            listed["captures"],
            listed["bytes"],
            document["public_key"],
            authority and Authority(authority["url"], authority["certificates"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StatementRefusedError(f"{key!r} is not a statement: {error}") from error


def statements(store: Store) -> Iterator[Statement]:
    """Every statement, oldest first.  Raises StatementRefusedError, NewerFormatError."""
    for number, kinds in sorted(numbers(store).items()):
        if "json" in kinds:
            yield statement(number, store.read(statement_key(number, "json")))


def hashes(store: Store) -> Iterator[tuple[str, str]]:
    """Key and SHA-256 of the files of all statements, in the order in which they were written.

    The statement after says them; the last one is proven by its signature, but for its stamp: see ``prove_last_stamp``.
    Raises StatementRefusedError, NewerFormatError, ObjectMissingError.
    """
    made = list(statements(store))
    last = _last(store) if made else None
    said = [each.previous for each in made[1:]] + ([_previous(store, last)] if last else [])
    for each, known in zip(made, said, strict=True):
        for key in sorted(each.own_keys, key=lambda key: (key.endswith(".json"), key)):
            if key not in known:
                raise StatementRefusedError(f"the statement after {each.key('json')!r} does not say what {key!r} is")
            yield key, known[key]


def last_stamp(store: Store) -> str | None:
    """The key of the stamp of the last statement, which no statement after it proves yet; None where it has none."""
    made = list(statements(store))
    return made[-1].key("tsr") if made and made[-1].authority else None


def prove_last_stamp(store: Store) -> None:
    """Raises StatementRefusedError unless the stamp is of the last statement, by an authority that the statement names.

    Raises ObjectMissingError, and ImportError without the extra ``exchange``.
    """
    from gongkai.archive.time_stamps import TimeStampError, stamped_at  # noqa: PLC0415  its package is an extra

    made = list(statements(store))[-1]
    if made.authority:
        signed = made.data + store.read(made.key("sig"))
        try:
            stamped_at(store.read(made.key("tsr")), signed, made.authority.certificates.encode())
        except TimeStampError as error:
            raise StatementRefusedError(str(error)) from error


def lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """SHA-256 and key of every object in a list.  Raises StatementRefusedError."""
    for line in stream:
        found = _LINE.fullmatch(line)
        if found is None:
            raise StatementRefusedError(f"the line {line[:200]!r} is not a SHA-256 and a key")
        yield found[1].decode(), found[2].decode()


def sign(archive: Archive, key: Ed25519PrivateKey, authority: Authority | None, now: dt.datetime) -> Signing:
    """Sign what no statement names yet; where that is nothing, only a first stamp is a reason for another statement.

    Raises StatementRefusedError where the last statement is damaged, TimeStampError, and what the store raises; nothing
    is filed then.
    """
    store = archive.store
    with locked(store, LOCK, wait=True) as hold, tempfile.TemporaryFile() as listed:
        last = _last(store)
        content = _write_list(store, listed)
        if last and not content.count and (authority is None or last.authority is not None):
            return Signing(None, None, tuple(content.left_out))
        data = _dump(_document(last, _previous(store, last), content, now), key, authority)
        made = statement(json.loads(data)["number"], data)
        signature = key.sign(data)
        reply, stamped_at = _stamp(authority, data + signature)
        hold.assure()
        _remove_rest(archive, made)
        listed.seek(0)
        store.write(made.key("sha256"), listed)
        store.write(made.key("sig"), signature)
        if reply:
            store.write(made.key("tsr"), reply)
        if not store.write_once(made.key("json"), data) and store.read(made.key("json")) != data:
            raise StatementRefusedError(f"{made.key('json')!r} was written by another: run gongkai verify")
    _report(archive, made, now)
    return Signing(made, stamped_at, tuple(content.left_out))


def _remove_rest(archive: Archive, made: Statement) -> None:
    """Remove what a signing that was cut off left.  Raises StatementRefusedError for the rest of a lost statement."""
    rest = numbers(archive.store).get(made.number, ())
    if rest and any(made.key("json") in report.get("wrote", {}) for report in archive.run_reports()):
        raise StatementRefusedError(f"{made.key('json')!r} is lost: bring it back from a copy")
    for kind in rest:
        archive.store.delete(made.key(kind))


def _last(store: Store) -> Statement | None:
    """The last statement.  Raises StatementRefusedError unless its signature holds: it is to be built on."""
    from gongkai.archive import signing_keys  # noqa: PLC0415  its package is an extra

    there = list(statements(store))
    if not there:
        return None
    last = there[-1]
    try:
        key = signing_keys.public_key(last.public_key.encode())
        is_whole = signing_keys.is_signed_by(key, store.read(last.key("sig")), last.data)
    except (ValueError, ObjectMissingError):
        is_whole = False
    if not is_whole or len(there) != last.number:
        raise StatementRefusedError(f"the statements up to {last.key('json')!r} are damaged: run gongkai verify")
    return last


def _previous(store: Store, last: Statement | None) -> dict[str, str]:
    """The files of the last statement by their SHA-256; that of its list it says itself."""
    if last is None:
        return {}
    small = (key for key in last.own_keys if not key.endswith(".sha256"))
    return {key: hashlib.sha256(store.read(key)).hexdigest() for key in small} | {last.key("sha256"): last.list_sha256}


@dataclasses.dataclass(slots=True)
class _Content:
    """The counts of a list being written, and its hash."""

    originals: int = 0
    captures: int = 0
    bytes: int = 0
    sha256: str = ""
    left_out: list[str] = dataclasses.field(default_factory=list)

    @property
    def count(self) -> int:
        return self.originals + self.captures


def _write_list(store: Store, stream: BinaryIO) -> _Content:
    """List what no statement names.  Originals go by their names, capture files are read; memory stays flat."""
    content, digest = _Content(), hashlib.sha256()
    with contextlib.closing(_named_so_far(store)) as known:
        for info in _signable(store):
            if known.execute("SELECT 1 FROM named WHERE key = ?", (info.key,)).fetchone():
                continue
            hashed = keys.sha256_of_key(info.key) or _capture_sha256(store, info.key)
            if hashed is None:
                content.left_out.append(info.key)
                continue
            line = f"{hashed}  {info.key}\n".encode()
            digest.update(line)
            stream.write(line)
            content.originals += info.key.startswith(keys.RAW)
            content.captures += info.key.startswith(keys.CAPTURES)
            content.bytes += info.size
    content.sha256 = digest.hexdigest()
    return content


def _signable(store: Store) -> Iterator[ObjectInfo]:
    """Every capture file and every original, by key."""
    yield from (info for info in store.list(keys.CAPTURES) if keys.capture_file_number(info.key) is not None)
    yield from (info for info in store.list(keys.RAW) if keys.sha256_of_key(info.key) is not None)


def _capture_sha256(store: Store, key: str) -> str | None:
    """The SHA-256 of a capture file; None where it is damaged."""
    data = store.read(key)
    try:
        capture_table.load(data)
    except capture_table.CapturesUnreadableError:
        return None
    return hashlib.sha256(data).hexdigest()


def _named_so_far(store: Store) -> sqlite3.Connection:
    """The keys that statements name, in a table on disk that goes with its connection."""
    known = sqlite3.connect("")
    known.execute("CREATE TABLE named (key TEXT PRIMARY KEY) WITHOUT ROWID")
    for each in statements(store):
        with store.open(each.key("sha256")) as stream:
            known.executemany("INSERT OR IGNORE INTO named VALUES (?)", ((key,) for _, key in lines(stream)))
    return known


def _document(last: Statement | None, previous: dict[str, str], content: _Content, now: dt.datetime) -> dict[str, Any]:
    return {
        formats.MEMBER: FORMAT,
        "number": last.number + 1 if last else 1,
        "signed_at": now.isoformat(),
        "previous": previous,
        "list": {
            "sha256": content.sha256,
            "originals": content.originals,
            "captures": content.captures,
            "bytes": content.bytes,
        },
    }


def _dump(document: dict[str, Any], key: Ed25519PrivateKey, authority: Authority | None) -> bytes:
    from gongkai.archive.signing_keys import public_pem  # noqa: PLC0415  its package is an extra

    document["public_key"] = public_pem(key.public_key()).decode()
    document["time_stamp"] = dataclasses.asdict(authority) if authority else None
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _stamp(authority: Authority | None, data: bytes) -> tuple[bytes, dt.datetime | None]:
    if authority is None:
        return b"", None
    from gongkai.archive.time_stamps import asked_stamp  # noqa: PLC0415  its package is an extra

    return asked_stamp(authority.url, data, authority.certificates.encode())


def _report(archive: Archive, made: Statement, began: dt.datetime) -> None:
    document = {
        "command": "sign",
        "started": began.isoformat(),
        "finished": dt.datetime.now(dt.UTC).isoformat(),
        "statement": made.number,
        "originals": made.originals,
        "captures": made.captures,
        "wrote": {made.key("json"): made.sha256},
        "exit_code": 0,
    }
    archive.write_run_report(new_run_id(began), document)
