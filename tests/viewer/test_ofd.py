"""Pages of OFD files as pictures: drawn by the browser with its own fonts, boxes on their ink; hostile ones refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

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
from gongkai.viewer.ofd_pages import OfdPages
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


def ofd(drawn: str, template: str = "", **parts: bytes) -> bytes:
    stream = io.BytesIO()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", parts.get("root", _ROOT.encode()))
        archive.writestr("Doc_0/Document.xml", _DOCUMENT)
        archive.writestr("Doc_0/Res.xml", _RESOURCES)
        archive.writestr("Doc_0/Res/seal.png", parts.get("seal", picture.getvalue()))
        archive.writestr("Doc_0/Tpls/T.xml", contents(template))
        archive.writestr("Doc_0/Pages/0.xml", contents(drawn, '<ofd:Template TemplateID="9"/>'))
    return stream.getvalue()


RULES = "".join(path(f"M 10 {y} L 90 {y}") for y in (20, 30, 40)) + "".join(
    path(f"M {x} 20 L {x} 40") for x in (10, 50, 90)
)
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
    assert seal.xpath("string(../@transform)") == "translate(80 5) matrix(10 0 0 10 0 0)"


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
