"""`gongkai search`: what is found, how it is shown, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import gongkai as package
from gongkai.exits import Exit
from gongkai.queries.errors import ParameterError
from tests.commands.conftest import Command
from tests.queries.small_lake import HEBEI


def test_a_table_marks_hits_and_says_how_many_there_are(gongkai: Command) -> None:
    ended = gongkai("search", "三公经费")
    assert ended.code == Exit.OK
    assert "“«三公”经费»预算情况" in ended.output
    assert HEBEI[:12] in ended.output
    assert ended.errors.splitlines()[-1] == "1 of 1 hits shown"


def test_a_line_break_hides_nothing_and_other_formats_print_the_passage(gongkai: Command) -> None:
    (row,) = json.loads(gongkai("search", "实有人员", "--format", "json").output)
    assert "实有人\n员50人" in row["passage"]
    assert (row["kind"], row["page"], row["section_index"], row["year"]) == ("narrative", 2, 1, 2025)
    assert (row["document_sha256"], row["entity"]) == (HEBEI, "秦皇岛市人力资源和社会保障局")


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["校舍"], ["project"]),
        (["就业", "--kind", "project", "--kind", "narrative"], ["narrative", "project"]),
        (["就业", "--place", "河南"], []),
        (
            ["就业", "--year", "2025", "--department", "人力资源和社会保障", "--phase", "approved", "--limit", "1"],
            ["narrative"],
        ),
        (["≥95%"], ["indicator"]),
        (['"行政编制 40人，"', "事业"], ["narrative"]),
        (['"行政编制40人事业"'], []),
    ],
)
def test_filters_and_phrases(gongkai: Command, options: list[str], kinds: list[str]) -> None:
    rows = json.loads(gongkai("search", *options, "--format", "json").output)
    assert [row["kind"] for row in rows] == kinds


def test_the_index_alone_is_brought_in_line(gongkai: Command, root: Path) -> None:
    ended = gongkai("search", "--index-only")
    assert (ended.code, len(list((root / "search").glob("*.sqlite")))) == (Exit.OK, 3)
    assert str(root / "search") in ended.output
    assert gongkai("search", "就业").errors == "2 of 2 hits shown\n"
    assert "search/" not in gongkai("verify").output


def test_the_index_of_a_place_is_that_of_its_provinces(gongkai: Command, root: Path) -> None:
    ended = gongkai("search", "--index-only", "--place", "河北省")
    assert (ended.code, len(list((root / "search").glob("*.sqlite")))) == (Exit.OK, 1)
    assert "the provinces of '河北省'" in ended.output


@pytest.mark.parametrize("options", [[], ["，"], ['"三公'], ["词", "--kind", "page"], ["词", "--limit", "-1"]])
def test_what_cannot_be_asked_is_refused(gongkai: Command, options: list[str]) -> None:
    assert gongkai("search", *options).code == Exit.WRONG_USAGE


def test_python_finds_the_same(root: Path) -> None:
    with package.open(str(root)) as lake:
        found = lake.search("就业", limit=1)
        assert (found.total, len(found.fetchall())) == (2, 1)
        assert found.arrow()["kind"].to_pylist() == ["narrative"]
        assert lake.search("就业", kinds=["project"]).arrow()["passage"].to_pylist() == ["就业补助"]
        with pytest.raises(ParameterError, match="nothing to look for"):
            lake.search(" ")
