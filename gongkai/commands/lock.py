"""``gongkai lock``: retention and legal hold of originals and captures."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import click
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.locking import Changed, change_all, locks_of, make_read_only, object_lock, write_report
from gongkai.archive.object_lock import Mode
from gongkai.archive.selection import Selection, addresses_of, selected_keys
from gongkai.crawler.portal.file import archived_as
from gongkai.exits import Exit
from gongkai.progress import progress
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import CommandError, Session, echo, say

_LOCKS: dict[str, pa.DataType] = {
    "key": pa.string(),
    "mode": pa.string(),
    "retained_until": pa.timestamp("us", "UTC"),
    "legal_hold": pa.bool_(),
}
_ACTIONS = ("--until", "--days", "--hold", "--release", "--list", "--prove", "--read-only")


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    """One action, and of which objects."""

    action: str
    mode: Mode
    until: dt.datetime | None
    portals: tuple[str, ...]
    documents: tuple[str, ...]
    before: dt.datetime | None

    def keys(self, archive: Archive) -> Iterator[str]:
        """Those of the objects.  Raises OriginalMissingError, AmbiguousHashError."""
        urls = addresses_of(archive, self.documents) if self.documents else None
        return selected_keys(archive, Selection(portals=frozenset(self.portals), urls=urls, until=self.before))

    def described(self) -> dict[str, Any]:
        """For the run report."""
        until = self.until.isoformat() if self.until else None
        before = self.before.isoformat() if self.before else None
        return {
            "action": self.action.removeprefix("--"),
            "mode": self.mode if until else None,
            "until": until,
            "portals": list(self.portals),
            "documents": list(self.documents),
            "captured_before": before,
        }


@click.command("lock", short_help="Retain what is archived, so that nobody can delete it.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Retain until this day, UTC.", metavar="DATE")
@click.option("--days", type=click.IntRange(1, 36_500), help="Retain for so many days from now.")
@click.option(
    "--mode",
    type=click.Choice(["governance", "compliance"]),
    default="governance",
    show_default=True,
    help="How strictly; nobody at all lifts compliance before its day.",
)
@click.option("--hold", is_flag=True, help="Put under legal hold, which has no end until it is released.")
@click.option("--release", is_flag=True, help="Release from legal hold.")
@click.option("--list", "listed", is_flag=True, help="List what is locked, and until when.")
@click.option("--prove", is_flag=True, help="Only try whether the server keeps locks.")
@click.option("--read-only", is_flag=True, help="On a directory: take the permission to write from the files.")
@click.option("--portal", "portals", multiple=True, help="Only what this portal published; may be repeated.")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="SHA256|URL",
    help="Only this document, with every version at its address; may be repeated.",
)
@click.option("--older-than", type=click.IntRange(0), metavar="DAYS", help="Only what was captured so long ago.")
@answer_options
@click.pass_obj
def command(session: Session, /, *, form: Format, output: Path | None, **given: Any) -> Exit:
    """Lock originals and captures in a bucket with object lock, all of them or those chosen, so that none is deleted.

    Before anything is locked it is tried on an object made for it whether the server refuses to delete it and to lift
    its retention; a server that accepts locks without keeping them is named, and nothing is locked.  A retention is
    only made longer and stricter, never shorter.  A directory cannot be locked: --read-only guards against slips.
    """
    asked = _asked(given)
    archive = session.filled_archive()
    if asked.action == "--list":
        lock = object_lock(archive.store)
        rows = (
            {"key": key, "mode": each.mode, "retained_until": each.until, "legal_hold": each.is_held}
            for key, each in locks_of(lock, asked.keys(archive))
        )
        answer(records(_LOCKS, rows), form, output)
        return Exit.OK
    return _changed(archive, asked)


def _changed(archive: Archive, asked: _Asked) -> Exit:
    """Do what was asked for, once the server has shown that it keeps locks."""
    started = dt.datetime.now(dt.UTC)
    if asked.action == "--read-only":
        action: Callable[[str], bool] = functools.partial(make_read_only, archive.store)
    else:
        lock = object_lock(archive.store)
        if asked.action != "--release":
            lock.prove(asked.mode)
        if asked.action == "--prove":
            echo(f"{archive.store.url}: deleting what is locked was tried, and refused")
            return Exit.OK
        retain = functools.partial(lock.retain, mode=asked.mode, until=asked.until or started)
        action = {"--hold": lock.hold, "--release": lock.release}.get(asked.action, retain)
    with progress("locking") as advance:
        done = change_all(asked.keys(archive), action, advance)
    write_report(archive, started, asked.described(), done)
    return _told(asked, done)


def _told(asked: _Asked, done: Changed) -> Exit:
    for key in done.failed:
        say(f"gongkai: {key} is missing, or was refused by the store")
    echo(f"changed {done.changed} · unchanged {done.unchanged} · failed {len(done.failed)}")
    if asked.action == "--read-only":
        say("read-only files guard against slips alone: whoever owns the directory can still delete and replace them")
    return Exit.SOMETHING_FAILED if done.failed else Exit.OK


def _asked(given: dict[str, Any]) -> _Asked:
    """The one action of the options.  Raises CommandError for none, for several, and for a day that has passed."""
    flags = (given["until"], given["days"], *(given[name] for name in ("hold", "release", "listed", "prove")))
    actions = [name for name, flag in zip(_ACTIONS, (*flags, given["read_only"]), strict=True) if flag]
    if len(actions) != 1:
        shown = ", ".join(actions) or "none"
        raise CommandError(f"give one of {', '.join(_ACTIONS)}, not {shown}", Exit.WRONG_USAGE)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    until = given["until"].replace(tzinfo=dt.UTC) if given["until"] else None
    if until is not None and until <= now:
        raise CommandError(f"--until {until:%Y-%m-%d} has passed: give a day to come", Exit.WRONG_USAGE)
    if given["days"]:
        until = now + dt.timedelta(days=given["days"])
    age = given["older_than"]
    before = None if age is None else now - dt.timedelta(days=age)
    portals = tuple(map(archived_as, given["portals"]))
    return _Asked(actions[0], cast("Mode", given["mode"].upper()), until, portals, given["documents"], before)
