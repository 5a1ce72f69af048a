"""Forms that call one another: told before the engine follows them, and the rest of the file read."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gongkai.parsing.formats.pdf import expansion
from gongkai.parsing.formats.pdf.expansion import without_endless_forms
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.text.grid import TextLine
from tests.documents import hostile

FONT = b"/Font<</T<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def of_two_pages(form: bytes, *further: bytes) -> bytes:
    """A page that calls a form, and one that prints a line."""
    calling = hostile.PAGE
    printing = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 7 0 R/Resources<<" + FONT + b">>>>"
    text = hostile.stream(b"", b"BT /T 12 Tf 50 700 Td (1,234.50 Budget of 2026 as published) Tj ET")
    pages = b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>"
    content = hostile.stream(b"", b"/F Do ")
    return hostile.pdf([hostile.CATALOG, pages, calling, content, form, printing, text, *further])


def levels(calls: int, first: int, count: int) -> list[bytes]:
    inner = [hostile.form(b"/F Do " * calls, first + n + 1) for n in range(count - 1)]
    return [*inner, hostile.form(b"0 0 1 1 re f")]


@pytest.mark.parametrize(
    "name",
    ["forms_12_5.pdf", "forms_12_10.pdf", "forms_packed.pdf", "forms_from_the_page.pdf", "form_called_often.pdf"],
)
def test_an_endless_form_costs_a_moment_and_one_doubt(name: str) -> None:
    began = time.process_time()
    reading = read_pdf(hostile.HOSTILE[name]())
    assert time.process_time() - began < 5
    assert "overfull_page" in [doubt.kind for doubt in reading.doubts]


def test_the_other_pages_are_read() -> None:
    data = of_two_pages(hostile.form(b"/F Do " * 5, 8), *levels(5, 8, 12))
    reading = read_pdf(data)
    assert [block.text for block in reading.blocks if isinstance(block, TextLine)] == [
        "1,234.50 Budget of 2026 as published"
    ]
    assert [doubt.reason for doubt in reading.doubts if doubt.kind == "overfull_page"] == [
        "4 forms that call one another too often to be drawn were not read"
    ]


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_forms_within_forms_as_publishers_make_them_are_left(calls: int) -> None:
    data = of_two_pages(hostile.form(b"/F Do " * calls, 8), *levels(calls, 8, 4))
    assert without_endless_forms(data) == (data, 0)


def in_an_object_stream(names: bytes) -> bytes:
    return hostile.stream(b"/Type/ObjStm/N 1/First 4", b"9 0 " + names, packed=True)


@pytest.mark.parametrize(
    "resources",
    [
        lambda n: b"/Resources<</XObject<</F %d 0 R>>>>" % n,
        lambda n: b"/Resources %d 0 R" % (n + 100),
        lambda _: b"",
    ],
    ids=["own", "elsewhere", "inherited"],
)
def test_wherever_the_names_of_forms_stand(resources: Callable[[int], bytes]) -> None:
    """In the form's dictionary, in an object of its own, packed or not, or in the page's resources."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    calling = [hostile.stream(entries + resources(6 + n), b"/F Do /F Do /F%d Do" % (6 + n)) for n in range(30)]
    names = b"<</XObject<<" + b"".join(b"/F%d %d 0 R/F %d 0 R" % (n, n, n) for n in range(6, 36)) + b">>>>"
    objects = [hostile.CATALOG, hostile.ONE_PAGE, hostile.PAGE, hostile.stream(b"", b"/F Do"), *calling]
    for further in (names, in_an_object_stream(names)):
        mended, count = without_endless_forms(hostile.pdf([*objects, further]))
        assert count > 0
        assert len(mended) == len(hostile.pdf([*objects, further]))


def test_a_chain_of_forms_that_leads_back_ends() -> None:
    for name in ("form_of_itself.pdf", "forms_of_each_other.pdf"):
        assert read_pdf(hostile.HOSTILE[name]()).pages == 1


def test_without_the_pass_the_engine_would_draw_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forms taken out are those that the limit says, no others."""
    data = hostile.forms_calling_forms(6, 4)
    assert without_endless_forms(data)[1] == 0
    monkeypatch.setattr(expansion, "MOST", 1_000)
    assert without_endless_forms(data)[1] > 0
