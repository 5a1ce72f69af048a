"""Web archive packages (WACZ 1.1.1) of captures, written to any store piece by piece.

Equal captures give equal bytes, so that what is there needs not be made again: a long file grows in pieces that outlive
a kill, which ``staged`` describes, and ``write_wacz`` of a selection that is split notes each part in
``NAME.json.unfinished``.  A later run of the same captures goes on behind the last piece of the last part.  A part ends
between two addresses, so that what refers to bytes refers to bytes of that part.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

from gongkai.archive import seal
from gongkai.archive.archive import Archive
from gongkai.archive.packages import staged
from gongkai.archive.packages.picked import Picked
from gongkai.archive.packages.unfinished import PackageRefusedError, writing
from gongkai.archive.packages.wacz_part import SOFTWARE, WACZ_VERSION, Groups, PartWriter, created_text
from gongkai.archive.selection import Selection
from gongkai.archive.store import ObjectMissingError, Store

MULTI_PROFILE = "multi-wacz-package"
_FORMAT = 1
"""Raised when equal captures would give other bytes than before: parts that are there are then made anew."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A file written: its key, SHA-256 and length, the last address in it, and how many captures it holds."""

    path: str
    sha256: str
    bytes: int
    last: str
    captures: int


@dataclasses.dataclass(frozen=True, slots=True)
class Package:
    """A package as written: its key, its parts, and how many of them were there already."""

    key: str
    parts: tuple[Part, ...]
    kept: int

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)

    @property
    def captures(self) -> int:
        return sum(part.captures for part in self.parts)


def write_wacz(
    archive: Archive,
    selection: Selection,
    target: Store,
    name: str,
    *,
    split: int | None = None,
    note: Callable[[str], None] = lambda _: None,
    piece: int | None = None,
) -> Package:
    """Write what is selected as ``name``, or where it is split, after about so many bytes each, as parts and a JSON
    file that names them.

    ``note`` is told each capture's address; a run that is cut off loses about ``piece`` bytes of work.  Raises
    PackageRefusedError, LockedError while another process writes it, OriginalMissingError, OriginalAlteredError,
    CapturesUnreadableError, StoreError; nothing but whole files is left then.
    """
    key = name if split is None else f"{name.removesuffix('.wacz')}.json"
    with writing(target, key), contextlib.ExitStack() as stack:
        if target.size(key) is not None and target.size(_state_key(key)) is None:
            raise _taken(target, key)
        picked = stack.enter_context(contextlib.closing(Picked(archive, selection)))
        if not len(picked):
            raise PackageRefusedError("no capture is selected: ask for less narrow a choice")
        made = _Making(archive, picked, target, note, piece or staged.PIECE)
        if split is None:
            return Package(key, (made.whole(name),), 0)
        parts, kept = made.parts(name.removesuffix(".wacz"), split)
        target.write(key, _multi(parts, picked.span[1]))
        target.delete(_state_key(key))
        return Package(key, tuple(parts), kept)


def _taken(target: Store, key: str) -> PackageRefusedError:
    return PackageRefusedError(f"{key!r} is in {target.url!r} already: give another name, or remove it first")


class _Making:
    """Parts under way."""

    def __init__(
        self, archive: Archive, picked: Picked, target: Store, note: Callable[[str], None], piece: int
    ) -> None:
        self._archive, self._picked, self._target, self._note = archive, picked, target, note
        self._created, self._piece = picked.span[1], piece
        self._facts = {"format": _FORMAT, "captures": picked.fingerprint}
        self._groups = Groups(picked.after())

    def parts(self, stem: str, split: int) -> tuple[list[Part], int]:
        """All parts, of which those an earlier run finished are kept; and the number of these."""
        state = {**self._facts, "split": split}
        parts = self._there(stem, state)
        kept = len(parts)
        if parts:
            self._groups = Groups(self._picked.after(parts[-1].last))
        while self._groups.has_more:
            key = f"{stem}-{len(parts) + 1:05d}.wacz"
            parts.append(self._part(key, split, self._staged(key, split)))
            done = {**state, "parts": [dataclasses.asdict(part) for part in parts]}
            self._target.write(_state_key(f"{stem}.json"), seal.sealed_json(done))
        return parts, kept

    def whole(self, key: str) -> Part:
        """Write everything as one part.  Raises PackageRefusedError where its name was taken while it was written."""
        begun = self._staged(key, None)
        if self._target.size(key) is not None and not begun.is_whole:
            raise _taken(self._target, key)
        return self._part(key, None, begun)

    def _staged(self, key: str, split: int | None) -> staged.Staged:
        return staged.Staged(self._target, key, {**self._facts, "split": split}, self._piece)

    def _part(self, key: str, limit: int | None, begun: staged.Staged) -> Part:
        """Write the next part, or what a run that was cut off left of it."""
        if facts := begun.facts:
            self._groups = Groups(self._picked.after(facts["last"]))
        if facts and begun.is_whole:
            begun.finish()
            return Part(path=key, **facts)
        made = PartWriter(self._archive, key.rpartition("/")[2], self._created, self._note)
        with contextlib.closing(made), contextlib.closing(made.pieces(self._groups, limit)) as pieces:
            if facts:
                made.go_on(facts, begun.kept(), begun.diaries())
            begun.write(pieces, made.take_diary, lambda: made.facts)
            return Part(path=key, **made.facts)

    def _there(self, stem: str, state: dict[str, Any]) -> list[Part]:
        """The parts that a run stopped half-way finished, of just these captures."""
        with contextlib.suppress(ObjectMissingError, seal.SealBrokenError):
            noted = seal.load_sealed_json(self._target.read(_state_key(f"{stem}.json")))
            parts = [Part(**part) for part in noted.pop("parts")]
            if noted == state:
                return list(itertools.takewhile(lambda part: self._target.size(part.path) == part.bytes, parts))
        return []


def _state_key(key: str) -> str:
    return f"{key}.unfinished"


def _multi(parts: list[Part], created: dt.datetime) -> bytes:
    resources = [
        {
            "name": part.path.rpartition("/")[2],
            "path": part.path.rpartition("/")[2],
            "hash": f"sha256:{part.sha256}",
            "bytes": part.bytes,
        }
        for part in parts
    ]
    document = {
        "profile": MULTI_PROFILE,
        "wacz_version": WACZ_VERSION,
        "software": SOFTWARE,
        "created": created_text(created),
        "resources": resources,
    }
    return seal.sealed_json(document)
