"""The values of filled form fields are read in their places, each once, and nothing that a form does not state."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.text.grid import Doubt, Grid, Reading, TextLine

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
PLACE = "150 660 250 680"
"""The box of the cell beside the label, from the bottom left."""
TEXT = "/FT /Tx /DA (/Helv 9 Tf 0 g)"


def _stream(content: str, entries: str = "") -> str:
    return f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _drawing(text: str) -> str:
    """An appearance stream that shows a text."""
    content = f"/Tx BMC q BT /Helv 9 Tf 2 5 Td ({text}) Tj ET Q EMC"
    return _stream(content, "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /Helv 4 0 R >> >>")


def _words(x: float, y: float, text: str) -> str:
    return f"BT /Helv 9 Tf {x} {y} Td ({text}) Tj ET "


def _pdf(*widgets: str, printed: str = "", page: str = "", form: str = "", others: tuple[str, ...] = ()) -> bytes:
    """A page with a ruled row of two cells, ``Total`` and an empty one, and annotations; others are objects from 10."""
    rules = "50 680 m 250 680 l S 50 660 m 250 660 l S 50 660 m 50 680 l S 150 660 m 150 680 l S 250 660 m 250 680 l S "
    first = 10 + len(others)
    numbers = " ".join(f"{first + at} 0 R" for at in range(len(widgets)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R "
        f"/AcroForm << /Fields [{numbers}] /DR << /Font << /Helv 4 0 R >> >> {form} >> >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        f"/Resources << /Font << /Helv 4 0 R >> >> /Annots [{numbers}] {page} >>",
        4: FONT,
        5: _stream(rules + _words(60, 666, "Total") + printed),
        **dict(enumerate(others, 10)),
        **{first + at: f"<< /Type /Annot /P 3 0 R {widget} >>" for at, widget in enumerate(widgets)},
    }
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in places.items())
    trailer = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Root 1 0 R /Size {first + len(widgets)} >>\n"
    return data + f"{trailer}startxref\n{len(data)}\n%%EOF\n".encode()


def _field(value: str, entries: str = "", rect: str = PLACE, kind: str = TEXT) -> str:
    return f"/Subtype /Widget {kind} /T (a) /V {value} /Rect [{rect}] /F 4 {entries}"


def _cells(reading: Reading) -> list[str]:
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.cells]


def _lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, TextLine)]


AMOUNT = "(812.36)"
DRAWN = "/AP << /N 10 0 R >>"
CHINESE = f"<feff{'水利工程'.encode('utf-16-be').hex()}>"
CHOICE = "/FT /Ch /Ff 131072 /DA (/Helv 9 Tf 0 g) /Opt [[(1) (812.36)] [(2) (9.00)]]"


@pytest.mark.parametrize(
    ("widget", "others", "text"),
    [
        (_field(AMOUNT), (), "812.36"),
        (_field(AMOUNT, DRAWN), (_drawing("812.36"),), "812.36"),
        (_field(AMOUNT, DRAWN), (_drawing(""),), "812.36"),
        (_field("(1812.364)", DRAWN), (_drawing("1,812.36"),), "1,812.36"),
        (_field(CHINESE, DRAWN), (_drawing(""),), "水利工程"),
        (_field(AMOUNT, "/DA (/Helv 0 Tf 0 g)", kind="/FT /Tx"), (), "812.36"),
        (_field("(1)", kind=CHOICE), (), "812.36"),
        (f"/Subtype /Widget /Parent 10 0 R /Rect [{PLACE}] /F 4", (f"<< {TEXT} /T (a) /V {AMOUNT} >>",), "812.36"),
        (_field("(234,567,890,123.45)", rect="150 660 250 680"), (), "234,567,890,123.45"),
        (f"/Subtype /FreeText /Contents {AMOUNT} /Rect [{PLACE}] /DA (/Helv 9 Tf)", (), "812.36"),
    ],
    ids=[
        "not drawn",
        "drawn",
        "drawn blank",
        "rounded",
        "Chinese",
        "free size",
        "choice",
        "inherited",
        "long",
        "typed on",
    ],
)
def test_a_field_is_read_in_its_cell(widget: str, others: tuple[str, ...], text: str) -> None:
    reading = read_pdf(_pdf(widget, others=others))
    assert _cells(reading) == ["Total", text]
    assert (_lines(reading), reading.doubts) == ([], ())


@pytest.mark.parametrize(
    "widget",
    [
        _field(AMOUNT, "/F 2"),
        _field(AMOUNT, "/F 32"),
        _field(AMOUNT, kind=f"{TEXT} /Ff 8192"),
        _field("/Yes", "/AS /Yes", kind="/FT /Btn"),
        _field("()"),
        f"/Subtype /Link /Rect [{PLACE}] /Contents (812.36)",
        f"/Subtype /Text /Rect [{PLACE}] /Contents (812.36)",
    ],
    ids=["hidden", "no view", "password", "tick", "empty", "link", "note"],
)
def test_what_states_no_value_is_not_read(widget: str) -> None:
    assert _cells(read_pdf(_pdf(widget.replace("/F 4 /F", "/F")))) == ["Total", ""]


def test_a_value_that_is_printed_as_well_is_read_once() -> None:
    """Flattening draws the values on the page, and some programs leave the fields."""
    assert _cells(read_pdf(_pdf(_field(AMOUNT), printed=_words(155, 666, "812.36")))) == ["Total", "812.36"]


def test_a_field_that_shows_another_value_is_an_issue() -> None:
    reading = read_pdf(_pdf(_field(AMOUNT, DRAWN), others=(_drawing("712.36"),)))
    assert _cells(reading) == ["Total", "712.36"]
    reason = "the drawing of form fields was read, which is not that of their values: '712.36' is drawn for '812.36'"
    assert reading.doubts == (Doubt("field_value_differs", reason, 1),)


def test_a_stale_drawing_that_readers_draw_again_counts_for_nothing() -> None:
    data = _pdf(_field(AMOUNT, DRAWN), others=(_drawing("712.36"),), form="/NeedAppearances true")
    assert _cells(read_pdf(data)) == ["Total", "812.36"]
    assert read_pdf(data).doubts == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_fields_of_a_turned_page(turn: int) -> None:
    reading = read_pdf(_pdf(_field(AMOUNT), page=f"/Rotate {turn}"))
    assert sorted(_cells(reading)) == ["812.36", "Total"]


def test_a_long_text_is_set_in_lines() -> None:
    text = " ".join(["the work of the bureau"] * 6)
    reading = read_pdf(_pdf(_field(f"({text})", rect="50 500 200 600", kind=f"{TEXT} /Ff 4096")))
    assert "".join("".join(_lines(reading)).split()) == "".join(text.split())
    assert len(_lines(reading)) > 1
