"""`gongkai export bagit` and `ocfl`, and `verify --package` of both, as a person calls them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.selection import Place
from gongkai.commands.export.selection_options import _originals, selection_of
from gongkai.exits import Exit
from tests.commands.conftest import Command

HOLDER = ("--custodian", "国家图书馆", "--contact", "mailto:archive@example.org")


@pytest.mark.parametrize("kind", ["bagit", "ocfl"])
def test_a_package_is_written_checked_and_written_again(gongkai: Command, tmp_path: Path, kind: str) -> None:
    ended = gongkai("export", kind, "移交", *HOLDER)
    assert ended.code == Exit.OK, ended.errors
    ended = gongkai("verify", "--package", "移交")
    assert (ended.code, ended.output) == (Exit.OK, "")
    assert "0 findings" in ended.errors
    ended = gongkai("export", kind, "移交", *HOLDER)
    assert "unchanged" in ended.errors or "0 of them and 0 versions are new" in ended.errors
    original = next(path for path in (tmp_path / "移交").rglob("*") if "original" in str(path) and path.is_file())
    original.chmod(0o644)
    original.write_bytes(b"other")
    ended = gongkai("verify", "--package", "移交", "-f", "json")
    assert ended.code == Exit.SOMETHING_FAILED
    assert "altered" in {finding["problem"] for finding in json.loads(ended.output)}


def test_what_ocfl_advises_against_is_said_and_is_no_finding(gongkai: Command, tmp_path: Path) -> None:
    gongkai("export", "ocfl", "root")
    folder = next((tmp_path / "root").rglob("v1"))
    (folder / "notes").mkdir()
    (folder / "notes" / "x.txt").write_text("x")
    ended = gongkai("verify", "--package", "root")
    assert ended.code == Exit.OK
    assert "W002" in ended.errors


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--contact", "here"), Exit.WRONG_USAGE, "'here' is no address"),
        (("--document", "ffffffffffff"), Exit.SOMETHING_FAILED, "'ffffffffffff' is no document"),
        (("--place", "nowhere"), Exit.SOMETHING_FAILED, "'nowhere'"),
        (("--portal", "nowhere"), Exit.WRONG_USAGE, "'portal nowhere'"),
        (("--until", "2001-01-01"), Exit.WRONG_USAGE, "nothing to hand over"),
    ],
)
def test_what_is_not_held_is_one_sentence(
    gongkai: Command, tmp_path: Path, arguments: tuple[str, ...], code: Exit, said: str
) -> None:
    ended = gongkai("export", "bagit", "bag", *arguments)
    assert ended.code == code
    assert ended.is_one_sentence
    assert said in ended.errors
    assert not (tmp_path / "bag").exists()


def test_a_place_is_a_division_and_what_the_lake_says(root: Path) -> None:
    archive = Archive.open(str(root))
    everywhere, there, entity = (set(_originals(archive, name, "")) for name in ("省", "河南", "教育局"))
    assert there < everywhere
    assert entity < everywhere
    assert there
    assert entity
    nothing: dict[str, Any] = {"portals": (), "runs": (), "documents": (), "since": None, "until": None}
    division, part, entity_of = (
        selection_of(archive, place=name, **nothing).place for name in ("河南省", "河南", "教育局")
    )
    assert division == part
    assert division
    assert division.divisions == ("41",)
    assert entity_of == Place()


def test_a_day_means_its_end_in_every_export(root: Path) -> None:
    nothing: dict[str, Any] = {"portals": (), "runs": (), "documents": (), "place": None}
    day, moment = (dt.datetime.fromisoformat(text) for text in ("2025-03-01", "2025-03-01T12:00"))
    archive = Archive.open(str(root))
    until, at = (selection_of(archive, since=day, until=time, **nothing) for time in (day, moment))
    assert until.until == dt.datetime(2025, 3, 2, tzinfo=dt.UTC)
    assert at.until == moment.replace(tzinfo=dt.UTC)
    assert until.since == day.replace(tzinfo=dt.UTC)
