"""Codes against the names beside them, in tables laid out as publishers lay them out."""

from __future__ import annotations

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.proof.codes_and_names import check_names, doubts, pairs
from gongkai.parsing.proof.whole_codes import complete_codes
from gongkai.parsing.publisher import Context
from gongkai.parsing.tables.statement import Statement
from tests.parsing.conftest import Seeds
from tests.parsing.tables.test_line_items import statement
from tests.places import SHARED

Texts = dict[int, dict[int, str]]


def texts(rows: str) -> Texts:
    """Rows of cells divided by ``|``, a line broken inside a cell at ``¶``; an empty cell is a cell too."""
    lines = enumerate(rows.strip("\n").split("\n"))
    return {number: dict(enumerate(line.replace("¶", "\n").split("|"))) for number, line in lines}


def found(rows: str) -> list[tuple[str, str]]:
    return [(pair.code, pair.name) for pair in pairs(texts(rows))]


def doubted(rows: str) -> list[tuple[str, str, str]]:
    return [(pair.code, pair.name, doubt) for pair, doubt in doubts(pairs(texts(rows)))]


@pytest.mark.parametrize(
    "rows",
    [
        "208|社会保障和就业支出|1\n20805|行政事业单位养老支出|1\n2080505|机关事业单位基本养老保险缴费支出|1",
        "208|||社会保障和就业支出|1\n208|05||行政事业单位养老支出|1\n208|05|05|机关事业单位基本养老保险缴费支出|1",
        "208|||社会保障和就业支出|1\n|05||行政事业单位养老支出|1\n||05|机关事业单位基本养老保险缴费支出|1",
        "208|20805|2080505|机关事业单位基本养老保险缴费支出|1\n208|||社会保障和就业支出|1\n208|20805||行政事业单位养老支出|1",
        "208-社会保障和就业支出|1\n20805-行政事业单位养老支出|1\n[2080505]机关事业单位基本养老保险缴费支出|1",
        "八、社会保障和就业支出|208|\n其中：行政事业单位养老支出|20805|\n机关事业单位基本养老¶保险缴费支出|208050 5|",
    ],
)
def test_every_layout_of_codes_gives_the_same_pairs(rows: str) -> None:
    assert sorted((code, "".join(name.split())) for code, name in found(rows)) == [
        ("208", "社会保障和就业支出"),
        ("20805", "行政事业单位养老支出"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
    ]
    assert doubted(rows) == []


def test_each_classification_has_its_own_column_of_names() -> None:
    rows = """
2010301-行政运行|30101|基本工资|501|01|工资奖金津补贴|5
2010301-行政运行|30201|办公费|502|01|办公经费|5
2010302-一般行政管理事务|30216|培训费|502|03|培训费|5
"""
    assert ("30201", "办公费") in found(rows)
    assert ("50201", "办公经费") in found(rows)
    assert ("2010302", "一般行政管理事务") in found(rows)
    assert doubted(rows) == []


def test_blocks_side_by_side() -> None:
    rows = "30101|基本工资|5|30201|办公费|3\n30102|津贴补贴|5|30202|印刷费|3\n30103|奖金|5|30209|水费|3"
    assert doubted(rows) == [("30209", "水费", "contradicts")]


NEIGHBOURS = "30201|办公费|1\n30205|水费|1\n30206|电费|1\n30207|邮电费|1\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("30208|物业管理费|1", [("30208", "物业管理费", "contradicts")]),
        ("30208|供暖费|1", [("30208", "供暖费", "name_unknown")]),
        ("30298|算力租用费|1", [("30298", "算力租用费", "code_unknown")]),
        ("30231|公务用车运行|1", []),  # cut by its cell
        ("30231|运行维护费|1", []),
        ("30231|公务用车运行维护费其他交通费用|1", []),  # two names in one cell
        ("3023199|公务用车洗车费|1", []),  # digits a locality added
        ("302|商品和服务支出|1", []),
        ("合计|合计|1", []),
    ],
)
def test_what_counts_as_a_doubt(row: str, expected: list[tuple[str, str, str]]) -> None:
    assert doubted(NEIGHBOURS + row) == expected


def test_a_name_slid_into_the_next_row_is_no_contradiction() -> None:
    slid = "30209||1\n30211|物业管理费|1\n30213|差旅费|1\n30214|租赁费|1\n"
    assert doubted(NEIGHBOURS + slid.replace("30209||1", "30209|物业管理费|1")) != []
    assert doubted(NEIGHBOURS + "30211|维修（护）费|1\n30213|差旅费|1\n") == []


def test_numbers_that_are_no_codes_are_left_alone() -> None:
    assert found("301|教育局|1\n302|财政局|1\n30101|实验小学|1\n30102|第二中学|1") == []
    assert found("2025|2026|1\n300|500|2\n") == []
    assert found("") == []


def issues(made: list[Statement]) -> list[tuple[bool, str]]:
    return [(finding.contradicts, finding.reason) for finding in check_names(made, ())]


BASIC = """
科目编码|科目名称|合计|人员经费|公用经费
302|商品和服务支出|30.00||30.00
30201|办公费|10.00||10.00
30208|取暖费|10.00||10.00
30208|物业管理费|5.00||5.00
30298|算力租用费|5.00||5.00
"""


def test_a_statement_tells_each_doubt_once() -> None:
    made = [statement("一般公共预算基本支出表", BASIC) for _ in range(2)]
    assert issues(made) == [
        (True, "the economic code '30208' is printed as '物业管理费', which is 30209; 30208 is '取暖费'"),
        (False, "the economic code '30298', printed as '算力租用费', is not in the vocabulary"),
    ]
    page = made[0].table.cells[0].page
    assert list(check_names(made, {page})) == []


def codes(made: Statement) -> dict[str, dict[str, str]]:
    return {item.name: item.codes for item in made.items}


def test_codes_printed_without_what_stands_above_them() -> None:
    rows = """
功能科目编码|功能科目名称|合计|基本支出|项目支出
|合计|30.00|30.00|
125001|某市某局|30.00|30.00|
208|社会保障和就业支出|30.00|30.00|
05|行政事业单位养老支出|20.00|20.00|
2080505|机关事业单位基本养老保险缴费支出|20.00|20.00|
99|其他社会保障和就业支出|10.00|10.00|
2089999|其他社会保障和就业支出|10.00|10.00|
"""
    made = statement("一般公共预算支出表", rows)
    assert complete_codes(made) == []
    assert codes(made)["行政事业单位养老支出"] == {"function": "20805"}
    assert codes(made)["某市某局"] == {"unit": "125001"}
    assert [item.function_code for item in made.items if item.name == "其他社会保障和就业支出"][:1] == ["20899"]
    assert {item.unit_code for item in made.items if item.function_code} == {"125001"}
    assert {item.unit_code for item in made.items if item.is_total} == {None}


def test_a_code_that_cannot_be_made_whole_is_left_out() -> None:
    rows = """
功能科目编码|功能科目名称|合计|基本支出|项目支出
208|社会保障和就业支出|30.00|30.00|
05|别的什么支出|20.00|20.00|
2080505|机关事业单位基本养老保险缴费支出|20.00|20.00|
2026|信访专项经费|10.00|10.00|
"""
    made = statement("一般公共预算支出表", rows)
    assert complete_codes(made) == ["05", "2026"]
    assert codes(made)["别的什么支出"] == {}
    assert codes(made)["社会保障和就业支出"] == {"function": "208"}


def kinds(document: ParsedDocument) -> list[str]:
    about = ("name_contradicts_code", "classification_unknown", "code_malformed")
    return [row["kind"] for row in document.rows["issues"] if row["kind"] in about]


@pytest.mark.parametrize(
    ("seed", "expected"),
    [("000", []), ("001", []), ("002", []), ("003", ["classification_unknown"]), ("004", [])],
)
def test_the_seeds_have_one_misprint(seeds: Seeds, seed: str, expected: list[str]) -> None:
    document = seeds.parsed(seed)
    assert kinds(document) == expected
    reasons = [row["reason"] for row in document.rows["issues"] if row["kind"] == "classification_unknown"]
    assert all("'2080110' is printed as '劳动关系的维权'" in reason for reason in reasons)


PRINTED_TWICE = """<html><head><meta charset=utf-8><title>某市某局2026年部门预算</title></head><body>
<p>一般公共预算基本支出表</p><p>单位：万元</p><table border=1>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>人员经费</td><td>公用经费</td></tr>
<tr><td></td><td>合计</td><td>38.00</td><td></td><td>38.00</td></tr>
<tr><td>302</td><td>商品和服务支出</td><td>38.00</td><td></td><td>38.00</td></tr>
<tr><td>30208</td><td>取暖费</td><td>18.00</td><td></td><td>18.00</td></tr>
<tr><td>30208</td><td>物业管理费</td><td>20.00</td><td></td><td>20.00</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("published", [False, True], ids=["own", "published"])
def test_a_budget_that_prints_a_code_twice(*, published: bool) -> None:
    path = SHARED / "corpus" / "pdf" / "长春_2026年长春市信访局部门预算.pdf"
    if published and not path.is_file():
        pytest.skip("the published budget is not at ../shared/corpus/pdf; put it there to read it too")
    data = path.read_bytes() if published else PRINTED_TWICE.encode()
    document = parse_document("c" * 64, data, Context())
    (row,) = [row for row in document.rows["issues"] if row["kind"] == "name_contradicts_code"]
    assert row["reason"] == "the economic code '30208' is printed as '物业管理费', which is 30209; 30208 is '取暖费'"
    assert row["page"] == (11 if published else None)
