"""``gongkai portals new --from``: many portals looked at in one go, files written where the pages leave no doubt."""

from __future__ import annotations

import collections
import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.crawler.errors import CrawlerError
from gongkai.crawler.registry.places import Place, find_places, known_places
from gongkai.crawler.survey.first_look import FirstLook, surveys
from gongkai.crawler.survey.proposal import Proposal, Wishes, propose
from gongkai.crawler.survey.proposed_file import as_yaml
from gongkai.crawler.survey.recognition import Certainty
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.output import new_file
from gongkai.session import CommandError, echo, say

WRITTEN, TO_DO, FAILED = "written", "to do", "failed"
"""A file was written; a person has to decide something first; no page could be had."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table of results: the address, the place that it is for, and what came of it."""

    url: str
    place: str
    result: str
    portal: str = ""
    family: str = ""
    certainty: str = ""
    rows: int = 0
    remark: str = ""


COLUMNS = tuple(field.name for field in dataclasses.fields(Outcome))


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """An address to look at, and its row in the registry where it has one."""

    url: str
    row: Place | None = None


def wanted_in(file: Path) -> list[Wanted]:
    """The addresses and places that a file names, one a line; empty lines and those that begin with # are left out.

    Raises CommandError where it cannot be read, UnknownPlaceError for a name that is no place.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"the list {str(file)!r} cannot be read: {getattr(error, 'strerror', None) or error}", Exit.WRONG_USAGE
        ) from error
    named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return wanted(named)


def wanted(names: Sequence[str]) -> list[Wanted]:
    """Addresses as they are, places with the address that the registry has for them."""
    places = known_places() if any(not _is_address(name) for name in names) else []
    found: dict[str, Wanted] = {}
    for name in names:
        if _is_address(name):
            found.setdefault(name, Wanted(name))
            continue
        for row in find_places(places, name):
            if row.url:
                found.setdefault(row.url, Wanted(row.url, row))
    return list(found.values())


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://"))


def new_portals(asked: Sequence[Wanted], out: Path, results: Path, *, allow_loopback: bool) -> Exit:
    """Look at every address that the table of results lacks, write files, and bring the table up to date."""
    known = {outcome.url: outcome for outcome in _read(results)}
    left = [each for each in asked if known.get(each.url, Outcome("", "", FAILED)).result == FAILED]
    if not left:
        echo(f"{len(known)} results stand in {results}; nothing is left to look at")
        return Exit.OK
    with progress("looking", len(left)) as advance:
        looks, interrupted = surveys([each.url for each in left], allow_loopback=allow_loopback, on_page=advance)
    today = dt.datetime.now(dt.UTC).date()
    outcomes = [
        _outcome(each, look, out, today, allow_loopback=allow_loopback) for each, look in zip(left, looks, strict=True)
    ]
    known |= {outcome.url: outcome for outcome in outcomes}
    _write(results, known.values())
    counts = collections.Counter(outcome.result for outcome in outcomes)
    echo(" · ".join(f"{result} {counts[result]}" for result in (WRITTEN, TO_DO, FAILED)))
    say(f"What each gave stands in {results}; run the same command again for those that failed")
    if interrupted:
        return Exit.INTERRUPTED
    return Exit.SOMETHING_FAILED if counts[FAILED] else Exit.OK


def _outcome(asked: Wanted, look: FirstLook, out: Path, today: dt.date, *, allow_loopback: bool) -> Outcome:
    place = asked.row.place if asked.row else ""
    if not look.pages:
        return Outcome(asked.url, place, FAILED, remark=look.reason)
    code = asked.row.division_code if asked.row else None
    try:
        proposal = propose(look.pages, today, Wishes(division_code=code, allow_loopback=allow_loopback))
    except CrawlerError as error:
        return Outcome(asked.url, place, TO_DO, remark=str(error))
    certainty = proposal.detection.certainty
    outcome = Outcome(asked.url, place, TO_DO, proposal.id, proposal.family, certainty.value, proposal.rows)
    doubts = list(_doubts(proposal, out))
    if doubts:
        return dataclasses.replace(outcome, remark=" ".join(doubts))
    file = _file(proposal, out)
    file.parent.mkdir(parents=True, exist_ok=True)
    with new_file(file) as stream:
        stream.write(as_yaml(proposal).encode())
    return dataclasses.replace(outcome, result=WRITTEN)


def _doubts(proposal: Proposal, out: Path) -> Iterator[str]:
    """What a person has to decide before the portal can have a file."""
    if _file(proposal, out).exists():
        yield f"{_file(proposal, out)} exists."
    if proposal.detection.certainty is not Certainty.SURE:
        yield "The system is not recognised for sure."
    if not proposal.rows:
        yield "The page shows no row."
    yield from proposal.questions


def _file(proposal: Proposal, out: Path) -> Path:
    return out / "portals" / f"{proposal.id}.yaml"


def _read(results: Path) -> list[Outcome]:
    if not results.exists():
        return []
    reader = csv.DictReader(io.StringIO(results.read_text(encoding="utf-8-sig")))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise CommandError(f"{str(results)!r} is no table of results: give another --results", Exit.WRONG_USAGE)
    texts = [name for name in COLUMNS if name != "rows"]
    return [Outcome(**{name: row[name] for name in texts}, rows=int(row["rows"] or 0)) for row in reader]


def _write(results: Path, outcomes: Iterable[Outcome]) -> None:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(dataclasses.astuple(outcome) for outcome in outcomes)
    with new_file(results) as stream:
        stream.write(target.getvalue().encode())
