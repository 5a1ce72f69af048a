"""CSV and TSV."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.sheets import delimited
from gongkai.parsing.formats.sheets.delimited import read_delimited
from gongkai.parsing.text.grid import Grid, UnreadableDocumentError


def _rows(data: bytes, kind: str) -> list[list[str]]:
    (grid,) = read_delimited(data, kind).blocks
    assert isinstance(grid, Grid)
    assert not grid.spans_known
    return [[cell.text for cell in row] for row in grid.rows()]


def test_gbk_with_quoted_amounts() -> None:
    data = '收支总表,,\r\n\r\n科目,金额,\r\n"工资,\n福利","13,297.11"\r\n'.encode("gb18030")
    assert _rows(data, "csv") == [["收支总表", ""], ["科目", "金额"], ["工资,\n福利", "13,297.11"]]


def test_tabs_and_utf16() -> None:
    assert _rows("科目\t金额\n工资\t1.00\n".encode("utf-16"), "tsv") == [["科目", "金额"], ["工资", "1.00"]]


def test_nothing_but_delimiters() -> None:
    assert read_delimited(b",,\n,,\n", "csv").blocks == ()


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_POSITIONS", 5)
    with pytest.raises(UnreadableDocumentError, match="over 5 positions"):
        read_delimited(b"a,b,c\nd,e,f\n", "csv")
    monkeypatch.setattr(delimited, "MAX_FIELD", 10)
    with pytest.raises(UnreadableDocumentError, match="cannot be told apart"):
        read_delimited(b'a,b\nc,"unclosed and long', "csv")
