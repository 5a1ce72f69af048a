"""An object too long to be begun anew: written in pieces, which a run that was cut off leaves and the next takes up.

For ``all.wacz`` these are ``all.wacz.unfinished-00001``, …, each with a diary, ``….unfinished-00001.diary``, and
``all.wacz.unfinished``, which names them.  When the last is there they are joined under ``all.wacz``, and go.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from gongkai.archive import seal
from gongkai.archive.packages.unfinished import PackageRefusedError
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.archive.streams import PieceStream, chunks, digest_of

PIECE = 256 << 20
"""Bytes of a piece, so that ten thousand, the most that S3 joins, are 2.5 TB; S3 wants 5 MiB at least."""
IN_MEMORY = 8 << 20
"""Bytes up to which an object is written at once."""


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A piece that is there, with what its diary's bytes hash to, and the facts with which a later run goes on."""

    key: str
    sha256: str
    bytes: int
    diary: str
    facts: Mapping[str, Any]


class Staged:
    """An object on its way.  ``facts`` tell objects apart that differ: what was begun as another goes."""

    def __init__(self, store: Store, key: str, facts: Mapping[str, Any], piece: int = PIECE) -> None:
        """Raises StoreError."""
        self._store, self._key, self._piece = store, key, piece
        self._facts = {**facts, "piece": piece}
        self._pieces: list[Piece] = []
        self._is_last = self._is_joined = False
        self._load()

    @property
    def _note_key(self) -> str:
        return f"{self._key}.unfinished"

    @property
    def facts(self) -> Mapping[str, Any] | None:
        """Those of the last piece that is there; None where there is none."""
        return self._pieces[-1].facts if self._pieces else None

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return sum(piece.bytes for piece in self._pieces)

    @property
    def is_whole(self) -> bool:
        """True where every piece is there, and perhaps the object itself."""
        return self._is_last

    def kept(self) -> Iterator[bytes]:
        """The bytes that are there.  Raises PackageRefusedError where they are not those that were written."""
        for piece in self._pieces:
            digest = hashlib.sha256()
            with self._store.open(piece.key) as stream:
                for chunk in chunks(stream):
                    digest.update(chunk)
                    yield chunk
            self._prove(piece.key, is_proven=digest.hexdigest() == piece.sha256)

    def diaries(self) -> Iterator[BinaryIO]:
        """The diaries of the pieces that are there.  Raises PackageRefusedError."""
        for piece in self._pieces:
            with self._store.open(_diary_key(piece.key)) as stream:
                self._prove(_diary_key(piece.key), is_proven=digest_of(stream) == piece.diary)
                yield stream

    def write(self, data: Iterator[bytes], diary: Callable[[], BinaryIO], facts: Callable[[], dict[str, Any]]) -> None:
        """Write the object of all its data, of which those that are there are passed over.  An empty piece says where a
        later run could go on; ``diary`` and ``facts`` are asked there for what it needs.
        """
        data = _behind(self.size, data)
        begun: list[bytes] = []
        if not self._pieces:
            size = 0
            for each in filter(None, data):  # no piece ends in these, which were made ahead of `diary` and `facts`
                begun.append(each)
                if (size := size + len(each)) > IN_MEMORY:
                    break
            else:
                self._store.write(self._key, b"".join(begun))
                return
        rest = _Rest(itertools.chain(begun, data))
        while not self._is_last:
            self._put(rest, diary, facts)
        self.finish()

    def finish(self) -> None:
        """Join the pieces, unless that was done, and remove them."""
        if not self._is_joined:
            self._store.join(self._key, [piece.key for piece in self._pieces])
        self._remove()

    def _put(self, rest: _Rest, diary: Callable[[], BinaryIO], facts: Callable[[], dict[str, Any]]) -> None:
        """Write one piece, its diary, and then what names both."""
        key = f"{self._note_key}-{len(self._pieces) + 1:05d}"
        self._store.write(key, cast("BinaryIO", PieceStream(rest.until(self._piece))))
        with diary() as told:
            sha256 = digest_of(told)
            self._store.write(_diary_key(key), told)
        self._pieces.append(Piece(key, rest.sha256, rest.size, sha256, facts()))
        self._is_last = rest.is_over
        noted = {"is_last": self._is_last, "pieces": [dataclasses.asdict(piece) for piece in self._pieces]}
        self._store.write(self._note_key, seal.sealed_json({**self._facts, **noted}))

    def _load(self) -> None:
        """Take up the pieces of a run that was cut off; what is of no use goes."""
        with contextlib.suppress(ObjectMissingError, seal.SealBrokenError):
            noted = seal.load_sealed_json(self._store.read(self._note_key))
            pieces, is_last = [Piece(**piece) for piece in noted.pop("pieces")], bool(noted.pop("is_last"))
            if noted == self._facts:
                self._take_up(pieces, is_last=is_last)
        if not self._pieces:
            self._remove()

    def _take_up(self, pieces: list[Piece], *, is_last: bool) -> None:
        """Take up pieces as far as they are there.  Of a whole object they go once it is joined, and not before."""
        there = list(itertools.takewhile(lambda piece: self._store.size(piece.key) == piece.bytes, pieces))
        is_short = len(there) < len(pieces)
        whole = sum(piece.bytes for piece in pieces)
        self._is_joined = is_last and is_short and self._store.size(self._key) == whole
        self._is_last = is_last and (self._is_joined or not is_short)
        self._pieces = pieces if self._is_last else there

    def _remove(self) -> None:
        """Remove the pieces, and last what names them."""
        for info in list(self._store.list(f"{self._note_key}-")):
            self._store.delete(info.key)
        self._store.delete(self._note_key)

    def _prove(self, key: str, *, is_proven: bool) -> None:
        if not is_proven:
            self._remove()
            raise PackageRefusedError(
                f"{key!r} in {self._store.url!r} was altered since an export that was cut off wrote it: run it again,"
                " it then begins anew"
            )


class _Rest:
    """Hands out, piece by piece, the bytes that are still to be written."""

    def __init__(self, data: Iterator[bytes]) -> None:
        self._data = data
        self.is_over = False
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """That of the piece taken last."""
        return self._digest.hexdigest()

    def until(self, size: int) -> Iterator[bytes]:
        """The next piece, which ends where it has reached a size and a later run could go on."""
        self._digest, self.size = hashlib.sha256(), 0
        for each in self._data:
            if not each and self.size >= size:
                return
            self._digest.update(each)
            self.size += len(each)
            yield each
        self.is_over = True


def _behind(size: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces without those of the first so many bytes."""
    while size:
        size -= len(next(pieces))
    yield from pieces


def _diary_key(key: str) -> str:
    return f"{key}.diary"
