"""RTF: characters in every coding, merged cells, what is not printed, and files that break off."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.word import declared_rows
from gongkai.parsing.formats.word.rtf import read_rtf
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}}"


def _escaped(text: str) -> str:
    return "".join(rf"\'{byte:02x}" for byte in text.encode("gbk"))


def _row(definition: str, *texts: str) -> str:
    cells = "".join(rf"\pard\intbl {_escaped(text)}\cell" for text in texts)
    return rf"\trowd{definition}{cells}\row "


def _read(body: str) -> Reading:
    return read(identified((HEAD + body + "}").encode("latin-1")))


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def test_table_with_merged_cells() -> None:
    reading = _read(
        rf"{_escaped('收支总表')}\par "
        + _row(r"\clvmgf\cellx1000\cellx3000", "项目", "金额")
        + _row(r"\clvmrg\cellx1010\cellx2000\cellx3000", "", "小计", "其中")
        + _row(r"\cellx1000\clmgf\cellx2000\clmrg\cellx3000", "工资", "1.00", "")
        + _row(r"\cellx1000\cellx2000", "合计", "1.00")
        + rf"\pard {_escaped('注：无')}\par "
    )
    assert (reading.format, reading.doubts) == ("rtf", ())
    title, grid, note = reading.blocks
    assert (title, note) == (TextLine("收支总表"), TextLine("注：无"))
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells] == [
        ("项目", 0, 0, 2, 1),
        ("金额", 0, 1, 1, 2),
        ("小计", 1, 1, 1, 1),
        ("其中", 1, 2, 1, 1),
        ("工资", 2, 0, 1, 1),
        ("1.00", 2, 1, 1, 2),
        ("合计", 3, 0, 1, 1),
        ("1.00", 3, 1, 1, 1),
        ("", 3, 2, 1, 1),
    ]


def test_tables_apart_by_text_and_lines_in_cells() -> None:
    reading = _read(
        _row(r"\cellx1000\cellx2000", "a", "b").replace(r"\'61", r"\'61\par \'61")
        + r"\pard zwischen\par "
        + _row(r"\cellx1000\cellx2000", "c", "d")
    )
    assert _shown(reading) == [[["a\na", "b"]], "zwischen", [["c", "d"]]]


def test_characters() -> None:
    """Escapes with a second byte in plain, Unicode with fallbacks of one and two bytes and in pairs, signs."""
    lead = rf"\'{0x81:02x}A"
    body = (
        rf"{lead}\uc1\u39044?\uc2\u31639\'cb\'e3{{\uc0\u-10187\u-9138}}\emdash\~\ldblquote{{\f1 x}}\rdblquote"
        r"\{\}\\\line 1\tab 2\par"
    )
    assert _shown(_read(body)) == [b"\x81A".decode("gbk") + "预算\U0001d44e— “x”{}\\\n1\t2"]


def test_what_is_not_printed() -> None:
    body = (
        r"{\info{\title t}}{\header h\par}{\*\unknown x}{\v hidden}{\deleted gone}a"
        r"{\field{\*\fldinst PAGE}{\fldrslt 3}}{\pict\pngblip 89504e47}"
        r"{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt box\par}}}b\par"
    )
    assert _shown(_read(body)) == ["a3box", "b"]


def test_table_in_a_cell_is_named() -> None:
    reading = _read(r"\trowd\cellx1000\cellx2000 a\nestcell b\nestcell\nestrow\cell c\cell\row")
    assert _shown(reading) == [[["a\tb", "c"]]]
    assert [doubt.kind for doubt in reading.doubts] == ["nested_table"]


def test_more_cells_than_declared_are_lines() -> None:
    reading = _read(r"\trowd\cellx1000 a\cell b\cell\row")
    assert _shown(reading) == ["a\tb"]
    assert [doubt.kind for doubt in reading.doubts] == ["ragged_table"]


def test_cut_off() -> None:
    body = rf"{{{_escaped('预算')}\par " + _row(r"\cellx1000\cellx2000", "a", "b")
    reading = read_rtf((HEAD + body).encode())
    assert _shown(reading) == ["预算", [["a", "b"]]]
    assert [doubt.kind for doubt in reading.doubts] == ["truncated"]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocumentError, match="nests more than"):
        read_rtf(b"{\\rtf1" + b"{" * 5000)
    monkeypatch.setattr(declared_rows, "MAX_POSITIONS", 3)
    reading = _read(_row(r"\cellx1000\cellx2000", "a", "b") * 2)
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]
