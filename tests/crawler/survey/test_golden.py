"""Whatever changes in a golden page, or in what is read in it, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.survey.golden import EXPECTED, expectations, golden_differences

PAGE = """<html><head><title>预决算公开</title></head><body><ul>
<li><a href="a.html">某局2026年部门预算</a> 2026-02-09</li>
<li><a href="b.html">另局2026年部门预算</a> 2026-02-08</li></ul></body></html>"""
AGREED = """plain:
  url: http://www.example.gov.cn/yjs/
  role: listing
  family: null
  rows:
  - 2026-02-09 某局2026年部门预算 http://www.example.gov.cn/yjs/a.html
  - 2026-02-08 另局2026年部门预算 http://www.example.gov.cn/yjs/b.html
  next: []
  columns: []
  doubt: ''
"""


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    (tmp_path / "plain.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / EXPECTED).write_text(AGREED, encoding="utf-8")
    return tmp_path


def test_every_difference_is_told(golden: Path) -> None:
    assert golden_differences(golden) == []
    (golden / "plain.html").write_text(PAGE.replace("02-08", "02-07"), encoding="utf-8")
    (golden / "further.html").write_text(PAGE, encoding="utf-8")
    [rows, further] = golden_differences(golden)
    assert rows.startswith("plain: rows reads ['2026-02-09 某局")
    assert further == "further: it is a page of which expected.yaml says nothing."


def test_a_reader_can_be_named_with_its_parameters(golden: Path) -> None:
    reader = "  reader: {family: static, parameters: {row: 'li:first-child'}}\n"
    (golden / EXPECTED).write_text(AGREED + reader, encoding="utf-8")
    [rows] = golden_differences(golden)
    assert "某局" in rows.partition(";")[0]
    assert "另局" not in rows.partition(";")[0]


@pytest.mark.parametrize(
    "text", ["[", "", "plain: 3", AGREED.replace("listing", "column"), AGREED.replace("url", "at")]
)
def test_what_cannot_be_read_is_an_error(golden: Path, text: str) -> None:
    (golden / EXPECTED).write_text(text, encoding="utf-8")
    with pytest.raises(PortalFileError):
        golden_differences(golden)


def test_an_absent_page_is_an_error(golden: Path) -> None:
    (golden / "plain.html").unlink()
    assert list(expectations(golden)) == ["plain"]
    with pytest.raises(PortalFileError, match="'plain' cannot be read"):
        golden_differences(golden)
