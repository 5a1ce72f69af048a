"""The cells of a row of a DOC file, as its properties define and change them."""

from __future__ import annotations

import struct

import pytest

from tests.documents.word import (
    WordFile,
    row_definition,
)
from tests.parsing.formats.word.doc_files import BEGINS, GOES_ON, TWO, spans


def test_merged_cells() -> None:
    heads = row_definition(0, [(1000, BEGINS), (3000, 0)])
    file = WordFile()
    file.row(["项目", "金额"], heads)
    file.row(["", "小计", "其中"], row_definition(0, [(1000, GOES_ON), (2000, 0), (3000, 0)]))
    file.row(["工资", "1", "2"], row_definition(0, [(1000, 0), (2000, 0), (3000, 0)]))
    assert spans(file) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "金额"),
        (1, 1, 1, 1, "小计"),
        (1, 2, 1, 1, "其中"),
        (2, 0, 1, 1, "工资"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]


@pytest.mark.parametrize("flags", [(1, 2, 1, 2), (2, 1, 2, 1), (3, 1, 2, 1)])
def test_sets_of_merged_cells_by_either_flag(flags: tuple[int, ...]) -> None:
    """The two descriptions of the format give the first cell of a set different flags."""
    file = WordFile()
    file.row(["a", "", "b", ""], row_definition(0, [(1000 * at, flag) for at, flag in enumerate(flags, 1)]))
    file.row(list("1234"), row_definition(0, [(1000 * at, 0) for at in range(1, 5)]))
    assert spans(file)[:2] == [(0, 0, 1, 2, "a"), (0, 2, 1, 2, "b")]


def test_changes_after_the_definition_of_a_row() -> None:
    """Cells inserted, deleted, widened, merged after the row was made: what a saved edit leaves."""
    insert = struct.pack("<HBBh", 0x7621, 1, 1, 500)
    delete = struct.pack("<HBB", 0x5622, 0, 1)
    widen = struct.pack("<HBBh", 0x7623, 0, 1, 1500)
    merge = struct.pack("<HBB", 0x5624, 0, 2)
    upright = struct.pack("<HBBB", 0xD62B, 2, 1, 1)
    three = row_definition(0, [(1000, 0), (1500, 0), (2500, 0)])
    file = WordFile().row(["甲", "乙", "丙"], TWO + insert).row(["1", "2", "3"], three)
    assert [cell[:2] for cell in spans(file)] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert spans(WordFile().row(["甲"], TWO + delete).row(["1"], TWO + delete)) == [
        (0, 0, 1, 1, "甲"),
        (1, 0, 1, 1, "1"),
    ]
    file = WordFile().row(["甲", "乙"], TWO + widen).row(["1", "2", "3"], three)
    assert spans(file)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]
    assert spans(WordFile().row(["甲", ""], TWO + merge).row(["1", "2"], TWO))[0] == (0, 0, 1, 2, "甲")
    begun = row_definition(0, [(1000, 0), (2000, BEGINS)])
    assert spans(WordFile().row(["甲", "乙"], begun).row(["1", ""], TWO + upright))[1] == (0, 1, 2, 1, "乙")


def test_edges_that_differ_by_rounding_are_one_column() -> None:
    file = WordFile()
    file.row(["项目", "金额"], row_definition(-17, [(1003, BEGINS), (2000, 0)]))
    file.row(["", "1"], row_definition(-15, [(1000, GOES_ON), (2002, 0)]))
    assert spans(file) == [(0, 0, 2, 1, "项目"), (0, 1, 1, 1, "金额"), (1, 1, 1, 1, "1")]
