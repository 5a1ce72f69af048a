"""Rows of the registry: one for each place, in the order of division codes.

`portals/registry.csv` holds the shipped ones.  A place is known by its names from the province down, parted by `/`
(河北省/沧州市/青县); districts that GB/T 2260 does not have, as development zones, bear the code of the division they
lie in.
"""

from __future__ import annotations

import collections
import csv
import dataclasses
import datetime as dt
import enum
import importlib.resources
import io
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.crawler.errors import RegistryError, UnknownPlaceError
from gongkai.crawler.facts import closest
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.portal.shipped import own_folders
from gongkai.vocabulary.divisions import division


class State(enum.StrEnum):
    """What is known of the column of a place."""

    UNVERIFIED = "unverified"
    """Somebody named the address; no crawl was seen to read it."""
    VERIFIED = "verified"
    """A dry run found rows there, on a page of budgets."""
    BROKEN = "broken"
    """A dry run found none: an error, another page, another site."""
    FIREWALLED = "firewalled"
    """No answer, or an anti-bot page: another machine may fare better."""
    NONE_KNOWN = "none_known"
    """Nobody has named an address."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row.

    `level` is province, prefecture or county; `url` the budget column and `site` the government's own site, empty where
    nobody named one.  `since` and `reason` tell when and why the state was found; for an unverified row, what its
    source saw.  `contradicted_by` names another address for the same place, with its source.
    """

    place: str
    division_code: str
    level: str
    url: str = ""
    site: str = ""
    state: State = State.UNVERIFIED
    since: dt.date | None = None
    reason: str = ""
    source: str = ""
    source_date: dt.date | None = None
    contradicted_by: str = ""

    @property
    def province(self) -> str:
        return self.place.partition("/")[0]

    @property
    def host(self) -> str:
        """The host of its column; empty without one."""
        return (urlsplit(self.url).hostname or "").lower()


COLUMNS = tuple(field.name for field in dataclasses.fields(Place))


REGISTRY = "registry.csv"


def known_places() -> list[Place]:
    """The rows that come with the project, and over them those of `registry.csv` in the folders of one's own."""
    rows = {row.place: row for row in read_places(importlib.resources.files("gongkai.portals") / REGISTRY)}
    for folder in reversed(own_folders()):
        if (file := folder / REGISTRY).is_file():
            rows |= {row.place: row for row in read_places(file)}
    return list(rows.values())


def read_places(file: Traversable | Path) -> list[Place]:
    """The rows of a registry file.  Raises RegistryError where it cannot be read or a row is not understood."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(
            f"The registry {str(file)!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RegistryError(f"{file}: its columns are {reader.fieldnames}; a registry has {', '.join(COLUMNS)}.")
    rows = [_place(str(file), line, row) for line, row in enumerate(reader, 2)]
    twice = [name for name, count in collections.Counter(row.place for row in rows).items() if count > 1]
    if twice:
        raise RegistryError(f"{file}: {twice[0]!r} stands there more than once.")
    return rows


def _place(file: str, line: int, row: dict[str, str]) -> Place:
    try:
        texts = {name: row[name] or "" for name in COLUMNS if name not in {"state", "since", "source_date"}}
        return Place(
            **texts, state=State(row["state"]), since=_date(row["since"]), source_date=_date(row["source_date"])
        )
    except (KeyError, ValueError) as error:
        raise RegistryError(f"{file}, line {line}: {error}.") from error


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def as_csv(rows: Iterable[Place]) -> str:
    """Rows as a registry file: in order of code and place, one way to write each."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda row: (row.division_code, row.place)):
        values = (getattr(row, name) for name in COLUMNS)
        writer.writerow([value.value if isinstance(value, State) else value or "" for value in values])
    return target.getvalue()


def find_places(rows: Sequence[Place], wanted: str) -> list[Place]:
    """The place of that name, or all places below it where it ends in `/`.

    A name may leave out what lies above it (青县, 沧州市/青县) as long as one place alone answers to it.  Raises
    UnknownPlaceError for a name that no place or more than one has, naming them.
    """
    if wanted.endswith("/"):
        [above] = find_places(rows, wanted.rstrip("/"))
        return [row for row in rows if row.place == above.place or row.place.startswith(f"{above.place}/")]
    found = [row for row in rows if f"/{row.place}".endswith(f"/{wanted}")]
    exact = [row for row in found if row.place == wanted]
    if len(exact or found) == 1:
        return exact or found
    if found:
        names = ", ".join(row.place for row in found[:5])
        raise UnknownPlaceError(f"{len(found)} places are named {wanted!r}: {names}; give the names above it too.")
    last = wanted.rpartition("/")[2]
    near = closest(last, {row.place.rpartition("/")[2]: row for row in rows})
    hint = f"the closest are {', '.join(near)}" if near else "`gongkai portals list --missing` lists the places"
    raise UnknownPlaceError(f"The registry has no place {wanted!r}; {hint}.")


def without_file(rows: Iterable[Place], portals: Iterable[Portal]) -> list[Place]:
    """The places that no portal file describes: neither by its division's code nor by its column's host."""
    described = set[str]().union(*map(_of_portal, portals))
    return [row for row in rows if not _of_place(row) & described]


def describes(portal: Portal, row: Place) -> bool:
    """True for a portal file that tells where a place's budgets stand."""
    return bool(_of_place(row) & _of_portal(portal))


def _of_portal(portal: Portal) -> frozenset[str]:
    """Its division's code and the hosts of its columns."""
    return portal.hosts | {portal.division_code}


def _of_place(row: Place) -> set[str]:
    """Its column's host, and its division's code unless that is the division it only lies in, as of a zone."""
    lies = division(row.division_code)
    is_own = lies is not None and lies.name == row.place.rpartition("/")[2]
    return ({row.host} if row.host else set()) | ({row.division_code} if is_own else set())
