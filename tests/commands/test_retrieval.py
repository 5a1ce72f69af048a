"""`gongkai get` of several documents, and `gongkai withdrawn`, as a person calls them."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest

from gongkai.exits import Exit
from tests.commands.conftest import BUDGET, Command


def test_several_are_listed_and_handed_out(gongkai: Command, tmp_path: Path) -> None:
    listed = gongkai("get", "--title", "说明", "-f", "json")
    assert [row["file_name"] for row in json.loads(listed.output)] == ["说明.txt"]
    assert gongkai("get", "--title", "说明", "--to", "文件.zip").code == Exit.OK
    with zipfile.ZipFile("文件.zip") as package:
        name = package.namelist()[0]
        assert package.read(name) == BUDGET
    assert gongkai("get", "--title", "说明", "--to", "文件").code == Exit.OK
    assert (tmp_path / "文件" / name).read_bytes() == BUDGET
    again = gongkai("get", "--title", "说明", "--to", "文件")
    assert (again.code, again.is_one_sentence) == (Exit.WRONG_USAGE, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), Exit.WRONG_USAGE),
        (("abcdef12", "--year", "2025"), Exit.WRONG_USAGE),
        (("--to", "x.zip"), Exit.WRONG_USAGE),
        (("--title", "nothing"), Exit.SOMETHING_FAILED),
        (("--title", "nothing", "--to", "x.zip"), Exit.SOMETHING_FAILED),
        (("--title", "说明", "--as-of", "2001-01-01"), Exit.SOMETHING_FAILED),
        (("--title", "说明", "--to", "no/such/x.zip"), Exit.WRONG_USAGE),
        (("--title", "说明", "--to", "x.zip.tar"), Exit.WRONG_USAGE),
        (("--title", " "), Exit.WRONG_USAGE),
        (("--index-number", ""), Exit.WRONG_USAGE),
    ],
)
def test_what_cannot_be_is_one_sentence(gongkai: Command, arguments: tuple[str, ...], code: Exit) -> None:
    ended = gongkai("get", *arguments)
    assert ended.code == code
    assert ended.is_one_sentence, ended.errors
    assert not list(Path().glob("*x.zip*"))


def test_what_was_asked_stands_in_the_sentence(gongkai: Command) -> None:
    ended = gongkai("get", "--title", "没有", "--year", "1999", "--as-of", "2020-01-01")
    assert "--year '1999' --title '没有' --as-of '2020-01-01" in ended.errors


def test_nothing_was_withdrawn(gongkai: Command) -> None:
    ended = gongkai("withdrawn", "-f", "json")
    assert (ended.code, json.loads(ended.output)) == (Exit.OK, [])


def test_place_and_year_are_asked_of_the_lake(demo_root: Path, gongkai: Command) -> None:
    root = ("--root", str(demo_root))
    ended = gongkai(*root, "get", "--place", "秦皇岛", "--year", "2025", "-f", "json")
    assert ended.code == Exit.OK, ended.errors
    row = json.loads(ended.output)[0]
    assert gongkai(*root, "get", row["sha256"], "-o", "x").code == Exit.OK
    assert gongkai(*root, "get", "--place", "秦皇岛", "--year", "1999").code == Exit.SOMETHING_FAILED


def test_a_title_that_the_document_states_is_found(demo_root: Path, gongkai: Command) -> None:
    root = ("--root", str(demo_root))
    sql = "SELECT title, coalesce(container_sha256, sha256) AS original FROM documents WHERE title IS NOT NULL"
    stated = json.loads(gongkai(*root, "query", sql, "-f", "json").output)
    captured = json.loads(gongkai(*root, "get", "--title", "年", "-f", "json").output)
    names = {row["sha256"]: f"{row['title']} {row['file_name']}" for row in captured}
    title, original = next(
        (row["title"], row["original"]) for row in stated if row["title"] not in names.get(row["original"], "")
    )
    found = json.loads(gongkai(*root, "get", "--title", title, "-f", "json").output)
    assert original in {row["sha256"] for row in found}
    assert gongkai(*root, "get", "--title", title, "--title", "没有这个词").code == Exit.SOMETHING_FAILED


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_what_was_read_is_handed_out_with_them(demo_root: Path, gongkai: Command) -> None:
    root = ("--root", str(demo_root))
    assert gongkai(*root, "get", "--place", "秦皇岛", "--year", "2025", "--to", "all").code == Exit.OK
    rows = rows_of(Path("all/as_read.csv"))
    assert {(row["city"], row["year"]) for row in rows} == {("秦皇岛市", "2025")}
    assert {row["level"] for row in rows} == {"department", "unit"}
    assert all(row["entity"] and row["title"] and row["parse_status"] in {"parsed", "partial"} for row in rows)
    held = {(row["file"], row["sha256"]) for row in rows_of(Path("all/manifest.csv"))}
    assert {(row["file"], row["sha256"]) for row in rows} == held
    assert "  as_read.csv\n" in Path("all/CHECKSUMS").read_text(encoding="utf-8")
    word = rows_of(Path("all/manifest.csv"))[0]["file_name"][:3]
    assert gongkai(*root, "get", "--title", word, "--to", "some.zip").code == Exit.OK
    with zipfile.ZipFile("some.zip") as package:
        assert "as_read.csv" in package.namelist()


def test_without_a_lake_nothing_is_said_to_be_read(gongkai: Command) -> None:
    assert gongkai("get", "--title", "说明", "--to", "some").code == Exit.OK
    assert sorted(each.name for each in Path("some").iterdir()) == [
        "CHECKSUMS",
        "captures.jsonl",
        "documents",
        "manifest.csv",
    ]
