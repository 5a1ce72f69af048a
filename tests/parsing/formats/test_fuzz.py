"""Damaged documents of every format: each ends as a reading or a refusal, in seconds, whatever was done to its bytes.

Mutations of documents written here: bytes flipped, cut, doubled and moved, both in the file and in the parts of a
package before it is packed again.  Seeded, so that a find can be repeated: its format and round say all.
``FUZZ_ROUNDS`` sets the mutations per format for a longer search.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import re
import signal
import struct
import tarfile
import types
import zipfile
from collections.abc import Callable, Iterator, Mapping

import docx
import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]

from gongkai.parsing.formats.envelopes.compound import SIGNATURE, CompoundFile
from gongkai.parsing.formats.envelopes.containers import KINDS, members
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Grid, Reading, UnreadableDocumentError
from tests.documents.compound import compound_file
from tests.documents.word import DELETED, IN_TABLE, WordFile, row_definition

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "300"))
SECONDS = 60
"""Of the processor's time, which other processes take nothing from.  A mutation of a small document is read in
milliseconds; a loop takes for ever."""

ROWS = [["项目", "预算数", "其中"], ["工资", "13,297.11", "0.50"], ["合计", "13,297.11", "0.50"]]


def _docx() -> bytes:
    document = docx.Document()
    document.add_heading("收支预算总表", 2)
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 2).add_table(1, 2)
    document.sections[0].header.paragraphs[0].text = "某局"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(row)
    sheet.append([1.5, -2, "=A1"])
    sheet["A4"].number_format = '#,##0.00_);[Red]\\(#,##0.00\\);"-"??'
    sheet["B4"].number_format = 'yyyy"年"m"月"'
    sheet.merge_cells("A2:A3")
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("收支总表")
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    sheet.write_merge(3, 3, 0, 2, 1.25, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _table() -> str:
    rows = "".join("<tr>" + "".join(f"<td colspan=1 rowspan=1>{text}</td>" for text in row) + "</tr>" for row in ROWS)
    return (
        f"<table><caption>总表</caption><thead>{rows}</thead><tr><td colspan=2><table>{rows}</table></td></tr></table>"
    )


def _html() -> bytes:
    head = '<meta charset="gb2312"><meta name="ArticleTitle" content="预算">'
    return f"<html><head>{head}</head><body><div id=zoom><h2>一</h2>{_table()}</div></body></html>".encode("gbk")


def _mhtml() -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    part = "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return f"{head}{part}<html>{_table()}</html>\r\n{part}<html>{_table()}</html>\r\n--b--".encode()


def _csv() -> bytes:
    return "\n".join(",".join(f'"{text}"' for text in row) for row in ROWS * 3).encode("gb18030")


def _text() -> bytes:
    return "\n".join(["收支预算总表", *("\t".join(row) for row in ROWS), "注：无"] * 3).encode()


def _ofd() -> bytes:
    name = "http://www.ofdspec.org/2016"
    texts = "".join(
        f'<o:TextObject Boundary="{12 + 40 * column} {21 + 10 * row} 30 5" Size="3" CTM="1 0 0 1 0 0">'
        f'<o:TextCode X="0" Y="4" DeltaX="g {len(text)} 3">{text}</o:TextCode></o:TextObject>'
        for row, line in enumerate(ROWS)
        for column, text in enumerate(line)
    )
    lines = "".join(
        f'<o:PathObject Boundary="10 20 130 40"><o:AbbreviatedData>M {line}</o:AbbreviatedData></o:PathObject>'
        for line in (
            *(f"0 {10 * y} L 120 {10 * y}" for y in range(4)),
            *(f"{40 * x} 0 L {40 * x} 30 Q 1 2 3 4 B 1 2 3 4 5 6 A 1 2 3 4 5 6 7 C" for x in range(4)),
        )
    )
    files = {
        "OFD.xml": f'<o:OFD xmlns:o="{name}"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>',
        "Doc_0/Document.xml": f'<o:Document xmlns:o="{name}"><o:CommonData><o:PageArea><o:PhysicalBox>0 0 210 297'
        '</o:PhysicalBox></o:PageArea><o:TemplatePage ID="2" BaseLoc="T.xml"/></o:CommonData><o:Pages>'
        '<o:Page ID="1" BaseLoc="P.xml"/></o:Pages></o:Document>',
        "Doc_0/T.xml": f'<o:Page xmlns:o="{name}"><o:Content><o:Layer>{lines}</o:Layer></o:Content></o:Page>',
        "Doc_0/P.xml": f'<o:Page xmlns:o="{name}"><o:Template TemplateID="2"/><o:Content><o:Layer>{texts}</o:Layer>'
        "</o:Content></o:Page>",
    }
    return _zip(files)


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _archive() -> bytes:
    return _zip({"决算/a.html": _html(), "b.zip": _zip({"c.csv": _csv(), "d.txt": _text()}), "e.tar.gz": _tar_gz()})


def _tar_gz() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in (("a.html", _html()), ("b.csv", _csv())):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def _tar() -> bytes:
    return gzip.decompress(_tar_gz())


def _seven_zip() -> bytes:
    libarchive = pytest.importorskip("libarchive")
    out = io.BytesIO()
    with libarchive.custom_writer(out.write, "7zip") as archive:
        archive.add_file_from_memory("a.html", len(_html()), _html())
        archive.add_file_from_memory("b.csv", len(_csv()), _csv())
    return out.getvalue()


def _doc() -> bytes:
    file = WordFile(data=bytes(40))
    file.paragraph("\x13 TOC \x14收支预算\x15总\x08表")
    edges = [(1000, 0x60), (2000, 2), (3000, 1)]
    for index, row in enumerate(ROWS):
        file.row(row, row_definition(0, edges if index == 0 else [(1000, 0x20), (2000, 0), (3000, 0)]))
    file.paragraph("外", IN_TABLE, "\x07").row(["1", "2"], row_definition(0, [(500, 0), (900, 0)]), tables=2)
    file.row([], struct.pack("<HI", 0x6646, 4)).text("旧", DELETED).paragraph("注")
    file.structures[40] = struct.pack("<IIi22x", 16, 17, 7)
    file.structures[56] = struct.pack("<II14xII", 0, 3, 7, 0)
    file.structures[11] = struct.pack("<9I", *[0] * 7, 3, 3)
    file.part = 2
    file.paragraph("某局")
    file.part = 6
    file.paragraph("万元")
    return file.build()


def _rtf() -> bytes:
    rows = "".join(
        r"{\trowd\clvmgf\cellx1000\cellx2000\cellx3000 "
        + "".join("".join(rf"\u{ord(character)}?" for character in text) + r"\cell " for text in row)
        + r"\row}"
        for row in ROWS
    )
    return (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\pard \'d4\'a4\'cb\'e3\par " + rows + r"\pard end\par}"
    ).encode()


def _word_xml() -> bytes:
    names = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    run = "<w:r><w:t>{}</w:t></w:r>".format
    names += ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p>{run(text)}</w:p></w:tc>" for text in row)
        + "</w:tr>"
        for row in ROWS
    )
    cut = '<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:t>旧</w:t></w:r></aml:content></aml:annotation>'
    note = "<w:r><w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote></w:r>"
    body = f"<w:body><w:p>{cut}{note}<w:r><w:t>表</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body>"
    return f'<?xml version="1.0"?><w:wordDocument {names}>{body}</w:wordDocument>'.encode()


def _spreadsheet_xml() -> bytes:
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(
        f'<Row ss:Index="{index}" ss:Span="0">'
        + "".join(f'<Cell ss:MergeAcross="0"><Data ss:Type="String">{text}</Data></Cell>' for text in row)
        + '<Cell ss:Index="5" ss:MergeDown="1" ss:StyleID="s"><Data ss:Type="Number">1.5</Data></Cell></Row>'
        for index, row in enumerate(ROWS, 1)
    )
    style = '<Styles><Style ss:ID="s"><NumberFormat ss:Format="#,##0.00"/></Style></Styles>'
    table = f'<Table><Column ss:Index="4" ss:Span="1" ss:Hidden="1"/>{rows}</Table>'
    sheet = f'<Worksheet ss:Name="总表">{table}</Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">{style}{sheet}</Workbook>'.encode()


SEEDS: dict[str, Callable[[], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "xls": _xls,
    "doc": _doc,
    "html": _html,
    "mhtml": _mhtml,
    "csv": _csv,
    "text": _text,
    "ofd": _ofd,
    "rtf": _rtf,
    "word_xml": _word_xml,
    "spreadsheet_xml": _spreadsheet_xml,
    "zip": _archive,
    "gzip": _tar_gz,
    "tar": _tar,
    "7z": _seven_zip,
}

_WORDS = (
    b"",
    b"\0",
    b"\xff" * 4,
    b"<",
    b"&#x0;",
    b"-1",
    b"99999999999",
    b"1e308",
    b"NaN",
    b"\r\n",
    b'"',
    b"[",
    b";",
    b"{",
)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes after one to a few changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        if not data:
            return data
        at = chance.randrange(len(data))
        length = chance.choice((1, 2, 4, 30, 300))
        piece = data[at : at + length]
        match chance.randrange(8):
            case 0:
                data = data[:at] + bytes((data[at] ^ (1 << chance.randrange(8)),)) + data[at + 1 :]
            case 1:
                data = data[:at] + chance.randbytes(len(piece)) + data[at + length :]
            case 2:
                data = data[:at] + data[at + length :]
            case 3:
                data = data[:at] + piece * chance.choice((2, 2, 10, 200)) + data[at + length :]
            case 4:
                other = chance.randrange(len(data))
                data = data[:other] + piece + data[other:]
            case 5:
                data = data[:at] + chance.choice(_WORDS) + data[at + length :]
            case 6:
                data = _number_changed(data, chance)
            case _:
                data = data[:at] if chance.random() < 0.2 else data[:at] + bytes(len(piece)) + data[at + length :]
    return data


def _number_changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one written number changed: spans, positions, sizes."""
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    number = chance.choice(numbers)
    new = chance.choice(
        (b"0", b"-1", b"2", b"65536", b"16777216", b"4294967295", b"99999999999999999999", b"1e400", b"x")
    )
    return data[: number.start()] + new + data[number.end() :]


def _mutations(data: bytes, name: str, rounds: int) -> Iterator[bytes]:
    packed = zipfile.is_zipfile(io.BytesIO(data))
    for index in range(rounds):
        chance = random.Random(f"{name} {index}")
        if packed and chance.random() < 0.7:
            yield _repacked(data, chance)
        elif data.startswith(SIGNATURE) and chance.random() < 0.7:
            yield _restreamed(data, chance)
        else:
            yield _mutated(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """A package with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, part in files.items() if part])
    files[name] = _mutated(files[name], chance)
    return _zip(files)


def _restreamed(data: bytes, chance: random.Random) -> bytes:
    """A compound file with one of its streams changed."""
    file = CompoundFile(data)
    streams = {path: file.read(path) or b"" for path in file.paths}
    path = chance.choice([path for path, content in streams.items() if content])
    streams[path] = _mutated(streams[path], chance)
    return compound_file(streams)


class _EndlessError(BaseException):
    """Raised by the alarm; not an Exception, so that no reader takes it for damage."""


def _ring(_: int, frame: types.FrameType | None) -> None:
    raise _EndlessError(f"still reading after {SECONDS} s, in {frame and frame.f_code.co_qualname}")


def _outcome(data: bytes) -> Reading | UnreadableDocumentError | int:
    """What reading ends with; the number of files for an archive."""
    try:
        file = identified(data)
        return len(list(members(file))) if file.kind in KINDS else read(file)
    except UnreadableDocumentError as error:
        return error


def _is_whole(grid: Grid) -> bool:
    covered = sum(cell.row_span * cell.column_span for cell in grid.cells)
    positions = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return covered == len(positions) == grid.row_count * grid.column_count


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm on this system")
@pytest.mark.parametrize("name", SEEDS)
def test_every_mutation_ends(name: str) -> None:
    seed = SEEDS[name]()
    previous = signal.signal(signal.SIGPROF, _ring)
    read_at_all = 0
    try:
        for index, data in enumerate(_mutations(seed, name, ROUNDS)):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                outcome = _outcome(data)
            except BaseException as error:
                error.add_note(f"mutation {index} of the {name} document, {len(data)} bytes")
                raise
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            if isinstance(outcome, Reading):
                assert all(_is_whole(block) for block in outcome.blocks if isinstance(block, Grid)), index
            read_at_all += not isinstance(outcome, UnreadableDocumentError)
    finally:
        signal.signal(signal.SIGPROF, previous)
    assert read_at_all or name == "rtf", "no mutation was readable: the seed is not read at all"
