"""Tables for reading: numbers stay whole, widths are those of a terminal, what does not fit becomes records."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pyarrow as pa
import pytest
from rich.cells import cell_len

from gongkai.queries.output import write
from gongkai.queries.reading_table import crowded_out, folded, reading_table

MONEY = pa.decimal128(20, 2)
HASH = "0123456789abcdef" * 4


def schema_of(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


SCHEMA = schema_of(entity=pa.string(), expenditure=MONEY, note=pa.string(), sha256=pa.string())
ENTITY = "青龙满族自治县人力资源和社会保障局"
ROWS = [[ENTITY, Decimal("527299100.00"), None, HASH], ["水利局", Decimal("-5.10"), "", HASH]]


@pytest.mark.parametrize("width", [None, 20, 30, 40, 50, 60, 80, 120])
def test_numbers_and_hashes_stay_whole_at_every_width(width: int | None) -> None:
    text = reading_table(SCHEMA, ROWS, width)
    assert re.search(r"(^|\s)527,299,100\.00$|(^|\s)527,299,100\.00\s", text, re.MULTILINE)
    assert re.search(r"\s-5\.10\s", text)
    assert text.count(HASH[:12]) == 2
    assert HASH[:13] not in text


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, reading_table(SCHEMA, ROWS, width).splitlines())) <= width


def test_columns_stand_below_each_other_whatever_the_script() -> None:
    heading, rule, first, second = reading_table(SCHEMA, ROWS, None).splitlines()
    ends = [cell_len(line[: line.index(word)]) + len(word) for line, word in ((first, "100.00"), (second, "-5.10"))]
    assert ends[0] == ends[1]
    assert cell_len(rule) == max(map(cell_len, (heading, first, second)))


def test_columns_without_a_value_go() -> None:
    assert "note" not in reading_table(SCHEMA, ROWS, None)
    assert "nothing" in reading_table(schema_of(nothing=pa.null()), [[None]], None)
    assert "note" in reading_table(SCHEMA, [], None), "an answer without rows shows what was asked for"


def test_wide_rows_become_records_of_one_field_a_line() -> None:
    schema = schema_of(**{f"amount_{number}": MONEY for number in range(12)})
    text = reading_table(schema, [[Decimal("1234567890.12")] * 12] * 2, 80)
    assert text.count("1,234,567,890.12") == 24
    assert len(text.splitlines()) == 2 * 13
    assert text.splitlines()[1].split() == ["amount_0", "1,234,567,890.12"]


def test_of_many_wide_rows_the_columns_around_an_entity_go_first() -> None:
    """One line for each document, not one for each of its fields; what goes is no more than has to."""
    text = dict.fromkeys(("province", "city", "department", "entity", "level", "phase"), pa.string())
    schema = schema_of(**text, revenue=MONEY, expenditure=MONEY, three_public=MONEY)
    row = ["浙江省", "杭州市", "交通运输", ENTITY, "department", "approved", *[Decimal("6659643700.00")] * 3]
    assert crowded_out(schema, [row] * 9, 200) == []
    assert crowded_out(schema, [row] * 9, 100) == ["province", "department"]
    assert crowded_out(schema, [row] * 9, 80) == ["province", "department", "city", "phase"]
    assert crowded_out(schema, [row] * 9, 40) == [], "too narrow for a table at all"
    assert crowded_out(schema, [row] * 3, 80) == [], "a few records are read at once"
    assert crowded_out(schema, [row] * 9, None) == []


def test_what_goes_for_want_of_room_is_said() -> None:
    schema = schema_of(province=pa.string(), level=pa.string(), entity=pa.string(), revenue=MONEY)
    rows = pa.Table.from_pylist(
        [dict(zip(schema.names, ("浙江省", "department", ENTITY, Decimal("6659643700.00")), strict=True))] * 5, schema
    )
    notes: list[str] = []
    stream = io.BytesIO()
    write(rows.to_reader(), "table", stream, notes.append, 45)
    assert "浙江省" not in stream.getvalue().decode()
    assert len(notes) == 1
    assert notes[0].startswith("left out for want of room: province")
    write(rows.to_reader(), "table", stream, notes.append, 100)
    assert "浙江省" in stream.getvalue().decode()
    assert len(notes) == 1


def test_long_texts_become_records_where_a_table_would_be_a_strip() -> None:
    schema = schema_of(year=pa.int32(), passage=pa.string())
    text = reading_table(schema, [[2025, "预算" * 200]], 60)
    assert text.startswith("── 1 ")
    assert "".join(text.split()).count("预算") == 200


@pytest.mark.parametrize("text", ["支出1,234.56万元", "同比增长-12.50%，共2025-01-02", "编号２０８０１０１"])
@pytest.mark.parametrize("width", [4, 8, 10])
def test_a_number_within_a_text_is_not_broken(text: str, width: int) -> None:
    lines = list(folded(text, width))
    assert "".join(lines) == text
    for number in re.findall(r"[\d.,%:/-]*\d[\d.,%:/-]*", text):
        assert any(number in line for line in lines)


@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\u202eb", "x\ty", "1\r2"])
def test_nothing_steers_the_terminal(hostile: str) -> None:
    for width in (None, 20):
        text = reading_table(pa.schema([pa.field(hostile, pa.string())]), [[hostile]], width)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)
