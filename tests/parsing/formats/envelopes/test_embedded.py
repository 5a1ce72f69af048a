"""Workbooks and papers embedded in Word documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.parsing.formats.envelopes import embedded
from gongkai.parsing.formats.envelopes.compound import CompoundFile
from gongkai.parsing.formats.envelopes.containers import contents
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Grid
from tests.documents.compound import compound_file
from tests.documents.embedding import docx_with, packaged
from tests.documents.word import WordFile

CSV = "项目,金额\n工资,1.00\n".encode()
PNG = b"\x89PNG\r\n\x1a\n"


def _xls() -> bytes:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, value in enumerate(("工资", 1.5)):
        sheet.write(0, column, value)
        sheet.write(1, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _found(data: bytes) -> dict[str, bytes | None]:
    return {member.name: member.file.data if member.file else None for member in contents(identified(data))}


def _problems(data: bytes) -> list[tuple[str, str]]:
    return [(member.problem.kind, member.problem.reason) for member in contents(identified(data)) if member.problem]


def test_objects_of_a_docx() -> None:
    inside = _xls()
    objects = {
        "a.xlsx": ("package", b"PK\x03\x04..."),
        "oleObject1.bin": ("oleObject", inside),
        "oleObject2.bin": ("oleObject", compound_file({"\x01Ole10Native": packaged("附表.csv", CSV), "\x01Ole": b"."})),
        "oleObject3.bin": ("oleObject", compound_file({"Package": b"PK\x03\x04!!!"})),
        "oleObject4.bin": ("oleObject", compound_file({"\x01Ole10Native": packaged("图.png", PNG)})),
        "picture.png": ("image", PNG),
        "chart.xlsx": ("chart", b"PK\x03\x04"),
    }
    assert _found(docx_with(objects)) == {
        "a.xlsx": b"PK\x03\x04...",
        "oleObject1.bin": inside,
        "附表.csv": CSV,
        "oleObject3.bin": b"PK\x03\x04!!!",
    }


def test_objects_of_a_doc() -> None:
    """A workbook's stream is read as it stands, without a compound file around it."""
    book = CompoundFile(_xls()).read("Workbook")
    assert book is not None
    others = {
        "ObjectPool/_1/Workbook": book,
        "ObjectPool/_1/\x01CompObj": b"x",
        "ObjectPool/_2/\x01Ole10Native": packaged("附表.csv", CSV),
        "ObjectPool/_3/Equation Native": b"x",
        "ObjectPool/stray": b"x",
        "Macros/VBA/dir": b"x",
    }
    data = WordFile(others=others).paragraph("见附表").build()
    found = _found(data)
    assert found == {"ObjectPool/_1/Workbook": book, "附表.csv": CSV, "ObjectPool/_3": None}
    (grid,) = (block for block in read(identified(book)).blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows()] == [["工资", "1.5"]] * 2
    ((kind, reason),) = _problems(data)
    assert kind == "unread_part"
    assert reason == (
        "the embedded object 'ObjectPool/_3' was not read: it is an object of an unknown kind, with the streams "
        "'Equation Native'"
    )


def test_objects_of_a_document_in_an_archive_and_of_each_other() -> None:
    inner = docx_with({"b.csv": ("package", CSV)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("部门.docx", docx_with({"a.docx": ("package", inner)}))
    assert list(_found(out.getvalue())) == ["部门.docx", "部门.docx/a.docx", "部门.docx/a.docx/b.csv"]


def test_objects_too_deep() -> None:
    data = CSV
    for _ in range(3):
        data = docx_with({"x.bin": ("package", data)})
    members = list(contents(identified(data)))
    assert [member.name for member in members] == ["x.bin", "x.bin/x.bin", "x.bin/x.bin/x.bin"]
    assert members[-1].problem is not None
    assert members[-1].problem.kind == "nested_too_deep"


@pytest.mark.parametrize(
    ("native", "sentence"),
    [
        (b"\0" * 5, "whose header is damaged"),
        (b"\0\0\0\0\2\0abc", "whose header is damaged"),
        (packaged("a", CSV)[:-5], "breaks off before its end"),
    ],
)
def test_damaged_objects_are_named(native: bytes, sentence: str) -> None:
    data = docx_with({"o.bin": ("oleObject", compound_file({"\x01Ole10Native": native}))})
    ((kind, reason),) = _problems(data)
    assert (kind, sentence in reason) == ("unread_part", True), reason


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx_with({f"{index}.csv": ("package", CSV) for index in range(4)})
    monkeypatch.setattr(embedded, "MAX_OBJECTS", 2)
    assert [member.file and member.file.data for member in contents(identified(data))] == [CSV, CSV, None]
    monkeypatch.setattr(embedded, "MAX_TOTAL", len(CSV))
    assert [member.file and member.file.data for member in contents(identified(data))] == [CSV, None]


def test_files_without_objects() -> None:
    for data in (b"", CSV, docx_with({})[:-30], docx_with({}), WordFile().paragraph("x").build()):
        assert not list(contents(identified(data)))
