"""OFD: characters and lines placed in millimetres become grids and lines; templates, matrices, damaged pages."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.ofd import page, reader
from gongkai.parsing.formats.ofd.reader import read_ofd
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Box, Grid, Reading, TextLine, UnreadableDocumentError
from tests.places import SHARED

CORPUS = SHARED / "corpus" / "office"
NAMESPACE = "http://www.ofdspec.org/2016"


def _ofd(*pages: str, template: str = "", **parts: str) -> bytes:
    """A file with the given layers on its pages; ``parts`` adds or replaces parts by name, dots as underscores."""
    content = "<ofd:Content><ofd:Layer ID='1'>{}</ofd:Layer></ofd:Content>"
    shell = f'<ofd:Page xmlns:ofd="{NAMESPACE}">{{}}{content}</ofd:Page>'
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number in range(len(pages)))
    below = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/1.xml"/>' if template else ""
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{below}"
    files = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{NAMESPACE}"><ofd:DocBody><ofd:DocInfo><ofd:Title>部门预算</ofd:Title>'
        "</ofd:DocInfo><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData>{area}</ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/1.xml": shell.format("", template),
    }
    uses = '<ofd:Template TemplateID="9"/>' if template else ""
    files |= {f"Doc_0/Pages/{number}.xml": shell.format(uses, page) for number, page in enumerate(pages)}
    files |= {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _text(x: float, y: float, text: str, *, deltas: str = "", size: float = 4, more: str = "") -> str:
    """A line of text whose baseline begins at (x, y)."""
    advance = deltas or (f"g {len(text) - 1} {size}" if len(text) > 1 else "")
    return (
        f'<ofd:TextObject Boundary="{x} {y - size} 100 {size}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{advance}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _path(data: str, more: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="10 20 120 60" {more}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


GRID = "".join(_path(f"M 0 {y} L 90 {y}") for y in (0, 10, 20, 30)) + _path(
    "M 0 0 L 0 30 M 40 10 L 40 30 M 90 0 L 90 30"
)
"""Three rows of two columns at 10 mm and 50 mm from the left and 20 mm from the top, the first row merged."""

TEXTS = _text(12, 27, "收支总表") + _text(12, 37, "工资") + _text(52, 37, "13,297.11", size=3) + _text(12, 47, "合计")


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def test_table_and_lines() -> None:
    reading = read(identified(_ofd(_text(10, 15, "单位：万元") + GRID + TEXTS, _text(10, 15, "说明"))))
    assert (reading.format, reading.pages, reading.title, reading.doubts) == ("ofd", 2, "部门预算", ())
    assert _shown(reading) == ["单位：万元", [["收支总表"], ["工资", "13,297.11"], ["合计", ""]], "说明"]
    grid = reading.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.cells[0].column_span == 2
    assert grid.cells[2].page == 1
    box = grid.cells[2].box
    assert box is not None
    millimetres = Box(50 * 72 / 25.4, 30 * 72 / 25.4, 100 * 72 / 25.4, 40 * 72 / 25.4)
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(
        (millimetres.x0, millimetres.y0, millimetres.x1, millimetres.y1)
    )
    assert reading.blocks[2].page == 2


def test_rules_as_thin_filled_shapes() -> None:
    def bar(x0: float, y0: float, x1: float, y1: float) -> str:
        return _path(f"M {x0} {y0} L {x1} {y0} L {x1} {y1} L {x0} {y1} C", 'Fill="true" Stroke="false"')

    bars = "".join(bar(0, y, 90, y + 0.3) for y in (0, 10, 20, 30))
    bars += bar(0, 0, 0.3, 30) + bar(40, 10, 40.3, 30) + bar(90, 0, 90.3, 30)
    page = bars + _path("M 0 0 L 90 0 L 90 30 L 0 30 C", 'Fill="true" Stroke="false"') + TEXTS
    assert _shown(read_ofd(_ofd(page))) == [[["收支总表"], ["工资", "13,297.11"], ["合计", ""]]]


def test_rules_are_those_of_a_path_and_not_of_its_clip() -> None:
    clip = _path("M 0 0 L 5 0 L 5 5 L 0 5 C").replace("PathObject", "Path")
    clips = f"<ofd:Clips><ofd:Clip><ofd:Area>{clip}</ofd:Area></ofd:Clip></ofd:Clips>"
    clipped = GRID.replace("<ofd:Abb", f"{clips}<ofd:Abb")
    assert _shown(read_ofd(_ofd(clipped + TEXTS))) == _shown(read_ofd(_ofd(GRID + TEXTS)))


def test_template_lies_below_every_page() -> None:
    reading = read_ofd(_ofd(TEXTS, TEXTS, template=GRID))
    assert [block.page for block in reading.blocks if isinstance(block, Grid)] == [1, 2]


def test_matrix_and_advances() -> None:
    """A text object scaled to twice its size, with advances as a run, and one whose advances stop early."""
    scaled = _text(10, 20, "一般公共预算", deltas="g 2 2 2 g 2 2", size=2, more='CTM="2 0 0 2 0 0"')
    early = _text(10, 60, "合计12", deltas="4")
    reading = read_ofd(_ofd(scaled + early))
    assert _shown(reading) == ["一般公共预算", "合计12"]
    box = reading.blocks[0].box
    assert box is not None
    assert box.x1 - box.x0 == pytest.approx(6 * 4 * 72 / 25.4, rel=0.01)


def test_what_is_not_shown() -> None:
    page = (
        _text(10, 20, "正文")
        + _text(10, 30, "隐藏", more='Visible="false"')
        + _text(10, 400, "页外")
        + _text(10, 40, "零", size=4).replace('Size="4"', 'Size="0"')
    )
    assert _shown(read_ofd(_ofd(page))) == ["正文"]


def test_pictures_and_composite_objects_are_named() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="5"/>'
    composite = '<ofd:CompositeObject Boundary="0 0 10 10" ResourceID="6"/>'
    reading = read_ofd(_ofd(picture, _text(10, 20, "正文") + composite))
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("no_text_layer", 1), ("unread_objects", 2)]


def test_damaged_page_costs_only_itself() -> None:
    reading = read_ofd(_ofd("<x", _text(10, 20, "正文")))
    assert _shown(reading) == ["正文"]
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("corrupt_page", 1)]


def test_overfull_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_OBJECTS", 10)
    reading = read_ofd(_ofd(_path("M 0 0 " + "L 1 1 " * 50), _text(10, 20, "正文")))
    assert _shown(reading) == ["正文"]
    assert [doubt.kind for doubt in reading.doubts] == ["overfull_page"]


def test_file_that_draws_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_OBJECTS", 60)
    monkeypatch.setattr(reader, "MAX_OBJECTS_OF_FILE", 200)
    assert _kind(_ofd(*(_path("M 0 0 " + "L 1 1 " * 50) for _ in range(9)))) == "bomb"
    assert _kind(_ofd(*(_path("M 0 0 " + "L 1 1 " * 99) for _ in range(9)))) == "bomb"


@pytest.mark.parametrize(
    "data",
    ["M", "L 1 1", "C C C", "M 1 L 1", "M 1 1 A 1 1", "Q 1 2 3 4 C", "M 1e999 nan L 1 1", "M 0 0 L 1 1 Z L 9 9", ""],
)
def test_odd_paths(data: str) -> None:
    assert _shown(read_ofd(_ofd(_path(data) + _text(10, 15, "正文")))) == ["正文"]


def _kind(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_ofd(data)
    return caught.value.kind


def test_refusals() -> None:
    whole = _ofd(GRID + TEXTS)
    assert _kind(whole[: len(whole) // 2]) == "truncated"
    assert _kind(_ofd("", OFD_xml="<x/>")) == "corrupt"
    assert _kind(_ofd("", Encryptions_xml="<x/>")) == "encrypted"
    assert _kind(_ofd("", Doc_0__Document_xml='<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')) == "bomb"


def test_advances_written_out_one_by_one() -> None:
    """Other programs give each character's advance instead of a count; half-width ones advance by half."""
    line = _text(12, 27, "公开OFD表", deltas="4 4 2 2 2")
    assert _shown(read(identified(_ofd(line)))) == ["公开OFD表"]


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="no published OFD at ../shared/corpus/office; put it there to read it too"
)
def test_sample_by_another_program() -> None:
    assert _shown(read(identified((CORPUS / "helloworld.ofd").read_bytes()))) == ["你好呀，OFD Reader&Writer！"]
