"""A sum and its tolerance, and what checks make of the amounts they relate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.narrative.claims import claims
from gongkai.parsing.narrative.paragraphs import paragraphs
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check, check_sum, rounding
from gongkai.parsing.proof.statuses import assign_statuses
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.dimensions import CheckOutcome
from tests.parsing.tables.test_line_items import statement

FEN = Decimal("0.01")


def row(*amounts: str) -> list[LineItem]:
    """A total and its parts, as one row prints them."""
    parts = "|".join(f"支出{number}" for number in range(len(amounts) - 1))
    return statement("部门支出总表", f"科目名称|合计|{parts}\n合计|{'|'.join(amounts)}", "元").items


@pytest.mark.parametrize(
    ("amounts", "outcome"),
    [
        (("3.00", "1.00", "2.00"), HOLDS),
        (("3.01", "1.00", "2.00"), HOLDS),  # three numbers, each off by half a fen at most
        (("3.02", "1.00", "2.00"), BROKEN),
        (("3.00", "3.00", ""), HOLDS),
        (("", "1.00", "2.00"), NOT_ASSESSABLE),
        (("3.00", "", ""), NOT_ASSESSABLE),
        (("0.00", "", ""), None),
        (("", "", ""), None),
    ],
)
def test_a_sum(amounts: tuple[str, ...], outcome: str | None) -> None:
    total, *addends = row(*amounts)
    check = check_sum("row", "a row", total, addends, FEN)
    assert (check.outcome if check else None) == outcome


def test_the_tolerance_grows_with_the_addends_alone() -> None:
    assert [rounding(FEN, addends) for addends in (1, 2, 9)] == [Decimal("0.01"), Decimal("0.015"), Decimal("0.05")]


def test_a_check_that_is_excused_keeps_its_numbers() -> None:
    total, *addends = row("5.00", "1.00", "2.00")
    check = check_sum("row", "a row", total, addends, FEN)
    assert check is not None
    excused = check.not_assessable("not all rows are printed")
    assert (excused.outcome, excused.reason, excused.difference) == (
        NOT_ASSESSABLE,
        "not all rows are printed",
        Decimal("-2.00"),
    )


def statuses(made: Statement, *checks: Check) -> list[str]:
    assign_statuses([made], [], checks)
    return [item.status for item in made.items]


def judged(made: Statement, outcome: CheckOutcome) -> Check:
    """A check of the first amount against the second, with an outcome of our choice."""
    total, addend, *_ = made.items
    return Check("row", "a row", (total,), (addend,), None, None, None, outcome)


ITEMS = "科目名称|合计|基本支出|项目支出|经营支出\n合计|1.00|1.00|2.00|\n"


def test_amounts_are_confirmed_doubted_or_left() -> None:
    made = statement("部门支出总表", ITEMS)
    assert statuses(made, judged(made, HOLDS)) == ["confirmed", "confirmed", "unchecked", "unchecked"]
    assert statuses(made, judged(made, BROKEN), judged(made, HOLDS))[:2] == ["confirmed", "confirmed"]
    made = statement("部门支出总表", ITEMS)
    assert statuses(made, judged(made, BROKEN)) == ["doubtful", "doubtful", "unchecked", "unchecked"]


def test_a_reading_that_was_chosen_stays_doubtful() -> None:
    made = statement("部门支出总表", ITEMS)
    made.items[0].doubted = True
    assert statuses(made, judged(made, HOLDS))[:2] == ["doubtful", "confirmed"]


def test_the_narrative_confirms_and_makes_nothing_doubtful() -> None:
    [claim] = claims(paragraphs([TextLine("2025年收入预算5万元。")]), 2025, "approved")
    made = statement("部门支出总表", ITEMS)
    item = made.items[0]
    broken = Check("text_table", "text and table", (claim,), (item,), None, None, None, BROKEN)
    assert statuses(made, broken)[0] == "unchecked"
    held = Check("text_table", "text and table", (claim,), (item,), None, None, None, HOLDS)
    assert statuses(made, held)[0] == "confirmed"
