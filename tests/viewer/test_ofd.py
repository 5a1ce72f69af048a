"""Pages of OFD files as pictures: drawn by the browser with its own fonts, boxes on their ink; hostile ones refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.lake import connect
from gongkai.queries.page_picture import PictureError
from gongkai.viewer.albums import opened
from gongkai.viewer.drawing import Drawer
from gongkai.viewer.ofd.canvas import LeftOut
from gongkai.viewer.ofd.pages import OfdPages
from gongkai.vocabulary.loading import load
from tests.browsers import Watched
from tests.viewer.conftest import served_at
from tests.viewer.test_application import opened as start_of

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ROOT = f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
_DOCUMENT = f"""<ofd:Document {_OFD}><ofd:CommonData>
<ofd:PageArea><ofd:PhysicalBox>0 0 100 60</ofd:PhysicalBox></ofd:PageArea>
<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>
<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/0.xml"/></ofd:Pages></ofd:Document>"""
_RESOURCES = f"""<ofd:Res {_OFD} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体&quot;;}}"/></ofd:Fonts>
<ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>seal.png</ofd:MediaFile></ofd:MultiMedia>
</ofd:MultiMedias></ofd:Res>"""


def contents(drawn: str, more: str = "") -> str:
    return f"<ofd:Page {_OFD}>{more}<ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content></ofd:Page>"


def text(x: float, y: float, words: str, more: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 60 5" Font="3" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {max(len(words) - 1, 0)} 4">{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, more: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="0 0 100 60" LineWidth="0.3" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd(drawn: str, template: str = "", more: str = "", **parts: bytes) -> bytes:
    stream = io.BytesIO()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        named = {
            "OFD.xml": parts.pop("root", _ROOT.encode()),
            "Doc_0/Document.xml": _DOCUMENT.encode(),
            "Doc_0/Res.xml": _RESOURCES.replace("</ofd:Res>", f"{more}</ofd:Res>").encode(),
            "Doc_0/Res/seal.png": parts.pop("seal", picture.getvalue()),
            "Doc_0/Tpls/T.xml": contents(template).encode(),
            "Doc_0/Pages/0.xml": contents(drawn, '<ofd:Template TemplateID="9"/>').encode(),
        }
        for name, data in (named | parts).items():
            archive.writestr(name, data)
    return stream.getvalue()


RULES = "".join(path(f"M 10 {y} L 90 {y}") for y in (20, 30, 40)) + "".join(
    path(f"M {x} 20 L {x} 40") for x in (10, 50, 90)
)


def catalogue() -> dict[str, str]:
    return {row["english"]: row["chinese"] for row in load("chinese.csv", ("english", "chinese"), ("english",))}


TABLE = RULES + text(12, 22, "项目") + text(52, 22, "金额") + text(12, 32, "工资") + text(52, 32, "1200")
SEAL = '<ofd:ImageObject Boundary="80 5 10 10" ResourceID="4" CTM="10 0 0 10 0 0"/>'
PAGE = TABLE + SEAL + path("M 1 1 L 2 1 B 3 1 3 2 2 2 Q 1 3 1 1 C", 'Fill="true" Stroke="false"')


def drawn(data: bytes) -> etree._Element:
    return etree.fromstring(OfdPages(opened(data)).draw(1))


def test_what_a_page_draws_stands_where_the_file_places_it() -> None:
    svg = drawn(ofd(PAGE, text(10, 50, "模板")))

    assert svg.get("viewBox") == "0 0 100 60"
    told = [each.xpath("string()") for each in svg.iter("{*}text")]
    assert told == ["模板", "项目", "金额", "工资", "1200"]
    (amount,) = (each for each in svg.iter("{*}tspan") if each.text == "1200")
    assert (amount.get("x"), amount.get("y")) == ("0 4 8 12", "4")
    assert [each.get("d") for each in svg.iter("{*}path")][-1] == "M 1 1 L 2 1 C 3 1 3 2 2 2 Q 1 3 1 1 Z"
    (seal,) = svg.iter("{*}image")
    assert (seal.get("href") or "").startswith("data:image/webp;base64,")
    assert [seal.xpath(f"string({up}/@transform)") for up in ("../..", "..")] == [
        "translate(80 5)",
        "matrix(10 0 0 10 0 0)",
    ]


def test_colours_are_those_of_the_file() -> None:
    colours = {"255 0 0": "rgb(255,0,0)", "128": "rgb(128,128,128)", "0 255 255 0": "rgb(255,0,0)"}
    shapes = "".join(
        path("M 0 0 L 1 1", 'Fill="true"').replace("<ofd:Abb", f'<ofd:FillColor Value="{told}"/><ofd:Abb')
        for told in colours
    )

    assert [each.get("fill") for each in drawn(ofd(shapes)).iter("{*}path")] == list(colours.values())


def test_no_markup_of_the_file_reaches_the_picture() -> None:
    hostile = (
        text(1, 1, "&lt;script&gt;alert(1)&lt;/script&gt;", 'onload="x" Weight="&quot; onload=&quot;x"')
        + path('M 0 0 L 1 1" onload="alert(1)'.replace('"', "&quot;"))
        + "<script>alert(1)</script><image href='https://example.org/x.png'/>"
    )
    svg = drawn(ofd(hostile))

    names = {etree.QName(each).localname for each in svg.iter()}
    assert names == {"svg", "rect", "g", "text", "tspan", "path"}
    assert not any(str(name).startswith("on") or "href" in str(name) for each in svg.iter() for name in each.attrib)
    assert [each.get("d") for each in svg.iter("{*}path")] == ["M 0 0 L 1 1 1"]


def unit(drawn: str, sides: str = 'Width="10" Height="10"') -> str:
    return f'<ofd:CompositeGraphicUnit ID="7" {sides}><ofd:Content>{drawn}</ofd:Content></ofd:CompositeGraphicUnit>'


PLACED = '<ofd:CompositeObject Boundary="50 30 20 10" ResourceID="7" CTM="2 0 0 1 0 0"/>'


def note(svg: etree._Element) -> list[str]:
    return [text for each in svg.iter("{*}text") if (text := each.text or "").startswith(("Parts", "本页"))]


def test_a_composite_object_draws_its_unit_cut_at_its_sides() -> None:
    svg = drawn(ofd(PLACED, more=unit(path("M 0 0 L 20 20") + text(0, 0, "复合"))))

    (line,) = svg.iter("{*}path")
    assert line.get("d") == "M 0 0 L 20 20"
    ancestors = [each.get("transform") for each in line.iterancestors() if each.get("transform")]
    assert ancestors == ["translate(0 0)", "matrix(2 0 0 1 0 0)", "translate(50 30)"]
    (cut,) = svg.iter("{*}clipPath")
    assert [dict(each.attrib) for each in cut] == [{"width": "10", "height": "10"}]
    assert f"url(#{cut.get('id')})" in [each.get("clip-path") for each in line.iterancestors()]
    assert note(svg) == []


@pytest.mark.parametrize("held", ["", unit(PLACED)], ids=["lacks", "itself"])
def test_a_unit_that_is_missing_or_holds_itself_is_said(held: str) -> None:
    assert len(note(drawn(ofd(PLACED, more=held)))) == 2


def test_units_that_hold_each_other_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.viewer.ofd.canvas.MOST_BYTES", 2**18)
    with pytest.raises(PictureError, match="draws too much"):
        drawn(ofd(PLACED, more=unit(PLACED * 20)))


def area(shape: str, more: str = "") -> str:
    return f"<ofd:Area {more}>{shape}</ofd:Area>"


def clip_path(data: str) -> str:
    return f'<ofd:Path Boundary="2 3 8 8"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:Path>'


@pytest.mark.parametrize(("flag", "inside"), [("", True), ('TransFlag="false"', False)])
def test_clips_leave_what_each_covers_in_the_object_s_space_or_its_place(flag: str, inside: bool) -> None:
    letters = '<ofd:Text Boundary="1 0 9 9" Font="3" Size="8"><ofd:TextCode X="2" Y="9">预</ofd:TextCode></ofd:Text>'
    moved = area(clip_path("M 0 0 L 8 8"), 'CTM="1 0 0 1 8 0"')
    clips = (
        f"<ofd:Clips {flag}><ofd:Clip>{moved}{area(letters)}</ofd:Clip>"
        f"<ofd:Clip>{area(clip_path('M 1 1 L 2 2 C'))}</ofd:Clip></ofd:Clips>"
    )
    shape = path("M 5 5 L 6 6", 'CTM="2 0 0 2 0 0"').replace("<ofd:Abb", f"{clips}<ofd:Abb")
    svg = drawn(ofd(shape))

    first, second = svg.iter("{*}clipPath")
    told = [(etree.QName(each).localname, each.get("transform"), each.get("d")) for each in first]
    assert told == [
        ("path", "matrix(1 0 0 1 8 0) translate(2 3)", "M 0 0 L 8 8"),
        ("text", "translate(1 0) scale(1 1)", None),
    ]
    assert [each.get("d") for each in second] == ["M 1 1 L 2 2 Z"]
    assert second.get("clip-path") == f"url(#{first.get('id')})"
    (line,) = (each for each in svg.iter("{*}path") if each.getparent() not in (first, second))
    space, place = list(line.iterancestors())[:2]
    assert (line.get("d"), space.get("transform"), place.get("transform")) == (
        "M 5 5 L 6 6", "matrix(2 0 0 2 0 0)", "translate(0 0)",
    )  # fmt: skip
    assert (space if inside else place).get("clip-path") == f"url(#{second.get('id')})"


def filled(paint: str, more: str = "") -> str:
    colour = f"<ofd:FillColor>{paint}</ofd:FillColor>"
    return path("M 0 0 L 9 9", f'Fill="true" {more}').replace("<ofd:Abb", f"{colour}<ofd:Abb")


def shading(kind: str, more: str) -> str:
    segments = "".join(f'<ofd:Segment><ofd:Color Value="{each}"/></ofd:Segment>' for each in ("255 0 0", "0 0 255"))
    return f"<ofd:{kind} {more}>{segments}</ofd:{kind}>"


def stops(svg: etree._Element) -> list[tuple[str | None, ...]]:
    return [(each.get("offset"), each.get("stop-color"), each.get("stop-opacity")) for each in svg.iter("{*}stop")]


NOTHING, RED, BLUE = "0", "rgb(255,0,0)", "rgb(0,0,255)"
AXIS = 'StartPoint="2 3" EndPoint="12 3"'


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", [("0", None, NOTHING), ("0", RED, None), ("1", BLUE, None), ("1", None, NOTHING)]),
        ('Extend="1"', [("0", RED, None), ("1", BLUE, None), ("1", None, NOTHING)]),
        ('Extend="3"', [("0", RED, None), ("1", BLUE, None)]),
        (
            'MapType="Reflect" MapUnit="8"',
            [
                ("0", None, NOTHING), ("0", RED, None), ("0.8", BLUE, None), ("1", "rgb(64,0,191)", None),
                ("1", None, NOTHING),
            ],
        ),
    ],
)  # fmt: skip
def test_an_axial_gradient_goes_on_beyond_its_ends_where_told(more: str, told: list[tuple[str | None, ...]]) -> None:
    svg = drawn(ofd(filled(shading("AxialShd", f"{AXIS} {more}"))))

    (gradient,) = svg.iter("{*}linearGradient")
    assert [gradient.get(name) for name in ("x1", "y1", "x2", "y2")] == ["2", "3", "12", "3"]
    assert [each for at, each in enumerate(stops(svg)) if at == 0 or each != stops(svg)[at - 1]] == told
    assert next(svg.iter("{*}path")).get("fill") == f"url(#{gradient.get('id')})"


def test_a_radial_gradient_has_its_outer_ellipse_last() -> None:
    more = 'StartPoint="8 6" StartRadius="6" EndPoint="8 6" EndRadius="2" Eccentricity="0.6" Angle="90" Extend="1"'
    svg = drawn(ofd(filled(shading("RadialShd", more))))

    (gradient,) = svg.iter("{*}radialGradient")
    assert gradient.get("gradientTransform") == "rotate(90) scale(1 0.8)"
    told = [float(gradient.get(name) or "") for name in ("cx", "cy", "r", "fx", "fy", "fr")]
    assert told == pytest.approx([6, -10, 6, 6, -10, 2])
    assert [each[1:] for each in stops(svg)][:2] == [(None, NOTHING), (BLUE, None)]
    assert stops(svg)[-1][1] == RED


def test_a_pattern_is_a_cell_drawn_again_and_again() -> None:
    cell = f"<ofd:CellContent>{path('M 0 0 L 3 3')}</ofd:CellContent>"
    svg = drawn(ofd(filled(f'<ofd:Pattern Width="3" Height="3" XStep="4" YStep="5">{cell}</ofd:Pattern>')))

    (pattern,) = svg.iter("{*}pattern")
    assert (pattern.get("width"), pattern.get("height")) == ("4", "5")
    assert [each.get("d") for each in svg.iter("{*}path")] == ["M 0 0 L 3 3", "M 0 0 L 9 9"]


@pytest.mark.parametrize(
    ("lacking", "kind"),
    [
        (filled("<ofd:GouraudShd/>"), "gradients"),
        (filled(shading("AxialShd", 'StartPoint="0 0"')), "gradients"),
        (filled(shading("AxialShd", f'{AXIS} MapType="Repeat" MapUnit="0.000001"')), "gradients"),
        (filled(shading("RadialShd", f'{AXIS} StartRadius="1" EndRadius="1"')), "gradients"),
        (filled('<ofd:Pattern Width="3" Height="3" ReflectMethod="Row"><ofd:CellContent/></ofd:Pattern>'), "patterns"),
        ('<ofd:ImageObject Boundary="0 0 1 1" ResourceID="99"/>', "pictures"),
        (text(1, 1, "\ue001"), "characters of the file's own fonts"),
    ],
)
def test_what_is_not_drawn_is_said_on_the_page_in_both_languages(lacking: str, kind: LeftOut) -> None:
    chinese, english = note(drawn(ofd(TABLE + lacking)))

    assert english == f"Parts of this page are not drawn: {kind}."
    assert chinese == f"本页有部分内容未绘出：{catalogue()[kind]}。"


def test_everything_that_may_be_left_out_has_its_chinese() -> None:
    assert [kind for kind in get_args(LeftOut) if kind not in catalogue()] == []


def test_objects_rest_on_drawing_parameters_and_those_of_their_layer() -> None:
    parameters = (
        '<ofd:DrawParam ID="5" LineWidth="2" Cap="Round"><ofd:StrokeColor Value="#9E #52 #16"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="6" Relative="5" DashPattern="1 2"/>'
    )
    svg = drawn(ofd(path("M 0 0 L 1 1", 'DrawParam="6"').replace('LineWidth="0.3"', ""), more=parameters))

    (line,) = svg.iter("{*}path")
    names = ("stroke", "stroke-width", "stroke-linecap", "stroke-dasharray", "fill")
    assert [line.get(name) for name in names] == ["rgb(158,82,22)", "2", "round", "1 2", "none"]


def test_blanks_of_full_width_keep_their_place() -> None:
    (code,) = drawn(ofd(text(1, 1, "预\u3000算"))).iter("{*}tspan")

    assert (code.text, code.get("x")) == ("预 算", "0 4 8")


def test_annotations_lie_on_the_page_and_its_seals_are_said_to_be_left_out() -> None:
    seal = f'<ofd:Signature {_OFD}><ofd:StampAnnot ID="1" PageRef="1" Boundary="0 0 9 9"/></ofd:Signature>'
    appearance = f'<ofd:Appearance Boundary="3 4 9 9">{path("M 7 7 L 8 8")}</ofd:Appearance>'
    parts = {
        "OFD.xml": _ROOT.replace("</ofd:DocBody>", "<ofd:Signatures>/S/S.xml</ofd:Signatures></ofd:DocBody>"),
        "S/S.xml": f'<ofd:Signatures {_OFD}><ofd:Signature ID="1" BaseLoc="/S/0.xml"/></ofd:Signatures>',
        "S/0.xml": seal,
        "Doc_0/Document.xml": _DOCUMENT.replace(
            "</ofd:Document>", "<ofd:Annotations>A/A.xml</ofd:Annotations></ofd:Document>"
        ),
        "Doc_0/A/A.xml": f'<ofd:Annotations {_OFD}><ofd:Page PageID="1"><ofd:FileLoc>0.xml</ofd:FileLoc></ofd:Page>'
        "</ofd:Annotations>",
        "Doc_0/A/0.xml": f'<ofd:PageAnnot {_OFD}><ofd:Annot Type="Path">{appearance}</ofd:Annot>'
        f'<ofd:Annot Type="Path" Visible="false">{appearance}</ofd:Annot></ofd:PageAnnot>',
    }
    svg = drawn(ofd("", "", "", **{name: told.encode() for name, told in parts.items()}))

    (line,) = svg.iter("{*}path")
    assert [each.get("transform") for each in line.iterancestors("{*}g")][-1] == "translate(3 4)"
    assert note(svg)[1] == "Parts of this page are not drawn: seals."


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    drawer = Drawer()
    yield drawer
    drawer.close()


_ENTITIES = b'<!DOCTYPE a [<!ENTITY b "' + b"b" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (ofd(PAGE, root=b"<ofd"), "'OFD.xml' in the original cannot be read"),
        (ofd(PAGE, root=_ENTITIES), "cannot be read: Maximum entity amplification"),
        (ofd(PAGE, root=_ROOT.replace("Doc_0/", "../../etc/").encode()), "lacks '../../etc/Document.xml'"),
        (ofd(text(1, 1, "字" * 100_000) * 20), "draws too much"),
        (ofd(PAGE, root=b"<a>" + b" " * (65 * 2**20) + b"</a>"), "too large to draw"),
    ],
    ids=["cut", "entities", "elsewhere", "endless", "large"],
)
def test_hostile_files_are_refused(drawer: Drawer, data: bytes, told: str) -> None:
    with pytest.raises(PictureError, match=re.escape(told)):
        drawer.draw("hostile", lambda: data, 1)


def test_a_picture_that_is_none_costs_the_page_nothing(drawer: Drawer) -> None:
    data = ofd(PAGE, seal=b"no picture")

    assert b"1200" in drawer.draw("a", lambda: data, 1)
    assert drawer.size("a", lambda: data, 1) == pytest.approx((100 / 25.4 * 72, 60 / 25.4 * 72))


@pytest.mark.slow
def test_a_browser_shows_the_page_and_its_boxes_lie_on_the_ink(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "made.ofd").write_bytes(ofd(PAGE + text(10, 8, "2025年部门预算")))
    archive = Archive.open(str(tmp_path / "archive"))
    add_files(archive, [tmp_path / "made.ofd"])
    parse(archive, workers=1)
    with connect(archive.store) as lake:
        ((sha256,),) = lake.execute("SELECT sha256 FROM documents").fetchall()
    with served_at(tmp_path / "archive") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        found = Watched(page, address)
        page.goto(f"{start_of(address)}/document?sha256={sha256}")
        shown = Image.open(io.BytesIO(page.locator(".paper img").screenshot())).convert("RGB")
        boxes = page.eval_on_selector_all(
            ".paper rect", "all => all.map(each => ['x', 'y', 'width', 'height'].map(name => +each.getAttribute(name)))"
        )
        width = page.evaluate("document.querySelector('.paper svg').viewBox.baseVal.width")
        page.close()

    assert len(boxes) == 4
    scale = shown.width / width
    for x, y, wide, high in boxes:
        inner = shown.crop(tuple(round(each * scale) for each in (x + 2, y + 2, x + wide - 2, y + high - 2)))
        assert min(inner.convert("L").tobytes()) < 120
    at = round(shown.width * 0.85), round(shown.height * 10 / 60)
    red, green, _ = shown.crop((*at, at[0] + 1, at[1] + 1)).tobytes()
    assert red > 200 > green
    assert (found.errors, found.outside) == ([], [])
