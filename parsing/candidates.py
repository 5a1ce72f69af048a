"""The hashes of all captures that may be of a document, kept so that each capture file is read for them once.

The index (``candidate_index``) says nothing of its own.  It names the runs that are settled (``touched``): only portals
to which others wrote are listed.  It gives for each portal how many of its capture files were read, the first in order
of their keys, with a digest of these keys and their tags as the store lists them: files behind them are read and added;
where the first ones are listed otherwise, all of the portal's are read anew.  Where something of it is absent, damaged
or of another version everything is made anew; all may be deleted at any time.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import Archive, Outcome, Role, compaction
from gongkai.archive.store import ObjectInfo, Store, StoreError
from gongkai.parsing.candidate_index import KEY, SCHEMA, Candidates, Portal, distinct
from gongkai.parsing.touched import Touched, finished, touched

CHOSEN_BY: dict[str, Any] = {
    "outcome": pa.array([each.value for each in (Outcome.CAPTURED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED)]),
    "role": pa.array([each.value for each in (Role.ARTICLE, Role.ATTACHMENT, Role.FILE)]),
}
"""The columns, and their values, of captures that may be of a document."""
_ROWS_AT_ONCE = 1_000_000
"""Rows read from captures that are held in memory before they are put into the parts."""
_READ_AT_ONCE = 8


def candidates(archive: Archive) -> Candidates:
    """The index brought up to date with the captures of all runs that were not settled.

    Raises CapturesUnreadableError, PartLostError, StoreError.
    """
    index = Candidates(archive.store)
    since = touched(archive.store, index.settled) if index.settled is not None else None
    return _compared(archive, index) if since is None else _brought_up_to_date(archive, index, since)


def compared(archive: Archive) -> Candidates:
    """The index compared with the listing of all capture files.  Raises as ``candidates`` does."""
    return _compared(archive, Candidates(archive.store))


def _compared(archive: Archive, index: Candidates) -> Candidates:
    return _brought_up_to_date(archive, index, Touched(finished(archive.store), {}), whole=True)


def anew(archive: Archive) -> Candidates:
    """The index made of all captures, and stored in place of what is stored.  Raises as ``candidates`` does."""
    with contextlib.suppress(StoreError):
        archive.store.delete(KEY)
    return candidates(archive)


def in_memory(archive: Archive) -> Candidates:
    """The index made of all captures, without regard to what is stored.  Raises CapturesUnreadableError, StoreError."""
    return _compared(archive, Candidates(archive.store, stored=False))


Way = Callable[[Archive], Candidates]
WAYS: Sequence[Way] = (candidates, anew, in_memory)
"""How to come by the index, the next where a part is lost; the last one loses none."""


def may_be_documents(table: pa.Table) -> Any:
    """For each capture whether it may be of a document."""
    wanted = pc.is_valid(table["payload_sha256"])
    for name, values in CHOSEN_BY.items():
        wanted = pc.and_(wanted, pc.is_in(table[name], value_set=values))
    return wanted


def article_number(url: str) -> int:
    """What stands for the address of an article."""
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:8], "big", signed=True)


def _brought_up_to_date(archive: Archive, index: Candidates, since: Touched, *, whole: bool = False) -> Candidates:
    """The index with what these runs wrote; or, ``whole``, as all captures are listed."""
    read: dict[str, Portal] = {}
    rows: list[pa.Table] = []
    outdated: set[int] = set()
    there: set[str] = set()
    folders: collections.Counter[str] = collections.Counter()
    unread = _unread(archive, index, None if whole else since.portals, there, folders)
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        while ahead := list(itertools.islice(unread, 2 * _READ_AT_ONCE)):
            for each, table in zip(ahead, pool.map(lambda each: _rows(archive.store, each), ahead), strict=True):
                read[each.name] = each.after
                rows += [table] if len(table) else []
                outdated |= set() if each.first else {each.after.number}
            if sum(map(len, rows)) >= _ROWS_AT_ONCE:
                index.take(read, rows, outdated)
                read, rows, outdated = {}, [], set()
    gone = (index.portals.keys() if whole else set(since.portals)) - there
    outdated.update(index.portals.pop(name).number for name in gone & index.portals.keys())
    index.settled = since.settled(folders)
    index.take(read, rows, outdated)
    return index


@dataclasses.dataclass(frozen=True, slots=True)
class _Unread:
    """A portal whose capture files from number ``first`` on are to be read, and what is to be noted of it then."""

    name: str
    infos: Sequence[ObjectInfo]
    first: int
    after: Portal


def _unread(
    archive: Archive,
    index: Candidates,
    names: Sequence[str] | None,
    there: set[str],
    folders: collections.Counter[str],
) -> Iterator[_Unread]:
    """The portals of which there is more than was read, of all or of those named.

    ``there`` gains the names of all that have files, ``folders`` the number of files in each of their folders.
    """
    numbers = itertools.count(max((portal.number for portal in index.portals.values()), default=-1) + 1)
    for infos in _listed(archive, names):
        name = infos[0].key.split("/")[1]
        there.add(name)
        if names is not None:
            folders.update(f"{info.key.rpartition('/')[0]}/" for info in infos)
        before = index.portals.get(name)
        first = before.files if before and before.digest == _digest(infos[: before.files]) else 0
        if not before or first < len(infos):
            number = before.number if before else next(numbers)
            yield _Unread(name, infos, first, Portal(number, len(infos), _digest(infos)))


def _listed(archive: Archive, names: Sequence[str] | None) -> Iterator[list[ObjectInfo]]:
    """The capture files of each portal, of those named side by side."""
    if names is None:
        yield from archive.capture_listing()
        return
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        for at in range(0, len(names), 4 * _READ_AT_ONCE):
            some = names[at : at + 4 * _READ_AT_ONCE]
            yield from filter(None, pool.map(lambda name: next(archive.capture_listing(name), []), some))


def _digest(infos: Iterable[ObjectInfo]) -> str:
    return hashlib.sha256("\n".join(f"{info.key} {info.size} {info.tag}" for info in infos).encode()).hexdigest()[:32]


def _rows(store: Store, portal: _Unread) -> pa.Table:
    """The rows of the index that a portal's capture files give."""
    wanted = {info.key for info in portal.infos[portal.first :]}
    tables = [SCHEMA.empty_table()]
    for piece in compaction.history(store, portal.infos, ["payload_sha256", "parent_url", *CHOSEN_BY], wanted):
        table = piece.rows.filter(may_be_documents(piece.rows)).select(["payload_sha256", "parent_url"])
        for row in [table.group_by(table.column_names, use_threads=False).aggregate([])] if len(table) else ():
            hashes = [bytes.fromhex(str(text)) for text in row["payload_sha256"].to_pylist()]
            articles = [None if url is None else article_number(url) for url in row["parent_url"].to_pylist()]
            numbers = [portal.after.number] * len(hashes)
            tables.append(pa.table({"sha256": hashes, "portal": numbers, "article": articles}, schema=SCHEMA))
    return distinct(pa.concat_tables(tables))
