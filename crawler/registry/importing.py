"""Lists of addresses that other people made, into rows of the registry.

A list is tab-separated with a heading: `province`, `city`, `county` and `budget_url` are needed; `level`,
`government_url` and what was seen there (`reachable`, `region_matches`, `page_kind`, `http_status`) are taken where
they stand.  Nothing of it was tried here, so that every row begins unverified.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.crawler.errors import RegistryError
from gongkai.crawler.pages.address import DEFAULT_PORTS
from gongkai.crawler.registry.places import Place, State
from gongkai.vocabulary.divisions import Division, locate

NEEDED = ("province", "city", "county", "budget_url")
SEEN = ("reachable", "region_matches", "http_status")
AS_HOPED = {"yes", "200"}


def read_list(file: Path, source: str, source_date: dt.date) -> list[Place]:
    """The rows of a list, one for each place.  Raises RegistryError for a file or a row that is not understood."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, dialect="excel-tab")
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise RegistryError(f"{file}: it has no column {missing[0]!r}; a list has {', '.join(NEEDED)}.")
            rows = [_place(f"{file}, line {line}", row, source, source_date) for line, row in enumerate(reader, 2)]
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(
            f"The list {str(file)!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    return list({row.place: row for row in rows}.values())


def _place(where: str, row: Mapping[str, str | None], source: str, source_date: dt.date) -> Place:
    names = [name for key in ("province", "city", "county") if (name := (row.get(key) or "").strip())]
    located = _located(names)
    if not names or located is None:
        raise RegistryError(f"{where}: {'/'.join(names)!r} names no division of GB/T 2260.")
    url = _address(where, row.get("budget_url"))
    return Place(
        place="/".join(names),
        division_code=located.code,
        level=(row.get("level") or "").strip() or located.level,
        url=url,
        site=_address(where, row.get("government_url")),
        state=State.UNVERIFIED if url else State.NONE_KNOWN,
        reason=_seen(row),
        source=source,
        source_date=source_date,
    )


def _seen(row: Mapping[str, str | None]) -> str:
    """What the list's maker saw there: the kind of page, and what was not as one hopes."""
    doubts = [f"{name} {value}" for name in SEEN if (value := (row.get(name) or "").strip()) and value not in AS_HOPED]
    return ", ".join(filter(None, [(row.get("page_kind") or "").strip(), *doubts]))


def _located(names: Sequence[str]) -> Division | None:
    """The division of a place.  What lies between may be none itself: 石河子市 under 新疆生产建设兵团."""
    whole = locate("".join(names)).division
    if len(names) > 2 and (whole is None or whole.name != names[-1]):
        shorter = locate(names[0] + names[-1]).division
        return shorter if shorter is not None and shorter.name == names[-1] else whole
    return whole


def _address(where: str, text: str | None) -> str:
    url = (text or "").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in DEFAULT_PORTS or not parts.hostname):
        raise RegistryError(f"{where}: {url!r} is no address that begins with http:// or https://.")
    return url


def merged(known: Iterable[Place], listed: Iterable[Place]) -> list[Place]:
    """Known rows with a list's: what was verified stays, a newer address takes the place of one nobody tried."""
    rows = {row.place: row for row in known}
    for row in listed:
        rows[row.place] = _merged(rows[row.place], row) if row.place in rows else row
    return list(rows.values())


def _merged(known: Place, listed: Place) -> Place:
    if not listed.url or listed.url == known.url:
        return dataclasses.replace(known, site=known.site or listed.site)
    if not known.url:
        return listed
    is_newer = (listed.source_date or dt.date.min) > (known.source_date or dt.date.min)
    if known.state is State.UNVERIFIED and is_newer:
        return dataclasses.replace(listed, contradicted_by=_named(known))
    return dataclasses.replace(known, contradicted_by=_named(listed))


def _named(row: Place) -> str:
    return f"{row.url} ({row.source}, {row.source_date})"


def contradictions(rows: Iterable[Place]) -> Iterator[Place]:
    """Rows for which another source names another address."""
    return (row for row in rows if row.contradicted_by)
