"""The work of parsing grows with a document's size and not with its square: steps of Python are counted, not time."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from gongkai.parsing.document import parse_original
from gongkai.parsing.publisher import Context

TITLE = "2024年度石家庄市财政局部门预算"
NUMERALS = "一二三四五六七八九十"


def page(form: str, heading: list[str], rows: list[list[str]]) -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [heading, *rows])
    head = f"<meta charset='utf-8'><title>{TITLE}</title>"
    return f"<html><head>{head}</head><body><p>{form}</p><p>单位：万元</p><table>{lines}</table></body></html>".encode()


TWO_SIDES = ["项目", "预算数", "项目", "预算数"]
BY_CODE = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def lists_opened_anew(count: int) -> bytes:
    rows = [[f"{NUMERALS[row % 10]}、本年收入", "1.00", "二、上年结转", "2.00"] for row in range(count)]
    return page("部门收支总表", TWO_SIDES, rows)


def codes_of_their_own(count: int) -> bytes:
    rows = [[f"{2010101 + row:07d}", "行政运行", "3.00", "1.00", "2.00"] for row in range(count)]
    return page("一般公共预算支出表", BY_CODE, rows)


def one_code_again_and_again(count: int) -> bytes:
    return page("一般公共预算支出表", BY_CODE, [["2010101", "行政运行", "3.00", "1.00", "2.00"]] * count)


def units(count: int) -> bytes:
    rows = [[f"石家庄市财政局第{row}中心", "1.00", "一般公共服务支出", "2.00"] for row in range(count)]
    return page("部门收支总表", TWO_SIDES, rows)


def projects(count: int) -> bytes:
    return page("项目支出表", ["项目名称", "金额"], [[f"培训项目{row}", "1.00"] for row in range(count)])


def claims(count: int) -> bytes:
    said = "".join(f"<p>2024年部门预算收入{row}.12万元，比上年增加3.00万元。</p>" for row in range(count))
    return f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{said}</body></html>".encode()


def steps(data: bytes) -> int:
    """Operations that the interpreter does while it parses a page, in comprehensions as well."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parse_original(hashlib.sha256(data).hexdigest(), data, Context())
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "made", [lists_opened_anew, codes_of_their_own, one_code_again_and_again, units, projects, claims]
)
def test_work_grows_with_the_size(made: Callable[[int], bytes]) -> None:
    steps(made(10))  # vocabulary is read and caches are filled
    few, many = steps(made(200)), steps(made(800))
    assert many < 5 * few
