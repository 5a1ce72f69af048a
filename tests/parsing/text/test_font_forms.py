"""Radicals and compatibility ideographs are read as the ideographs they look like, in every format."""

from __future__ import annotations

import unicodedata

import pytest

from gongkai.parsing.formats.envelopes.detection import File
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.font_forms import readable
from gongkai.parsing.text.grid import Grid, TextLine

RADICALS = [chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.category(chr(code)) == "So"]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("人⺠政府", "人民政府"),
        ("公务⽤⻋", "公务用车"),
        ("⻓期", "长期"),
        ("⻔⼾", "门户"),
        ("\uf9f4\U0002f800", "林丽"),
        ("民生 12.50", "民生 12.50"),
    ],
)
def test_forms_are_undone(printed: str, read_as: str) -> None:
    assert readable(printed) == read_as


def test_every_radical_but_one_has_its_ideograph() -> None:
    """Unicode names none for U+2E80, which is an iteration mark."""
    assert [radical for radical in RADICALS if readable(radical) == radical] == ["\u2e80"]


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("html", "<p>人⺠政府</p><table><tr><td>公务⽤⻋</td><td>1.00</td></tr></table>"),
        ("csv", "人⺠政府,公务⽤⻋\n1.00,2.00\n"),
        ("text", "人⺠政府公务⽤⻋\n"),
    ],
)
def test_every_format_is_read_so(kind: str, document: str) -> None:
    reading = read(File(document.encode(), kind))
    lines = [block.text for block in reading.blocks if isinstance(block, TextLine)]
    cells = [cell.text for block in reading.blocks if isinstance(block, Grid) for cell in block.cells]
    text = "".join(lines + cells)
    assert "人民政府" in text
    assert "公务用车" in text
