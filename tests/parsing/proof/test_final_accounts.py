"""Final accounts on the national template, and accounts somebody altered: what their own text and contents prove.

`test_text_and_tables` asks the same of published accounts, where they are at hand.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.documents import final_accounts


@functools.cache
def parsed(name: str) -> ParsedDocument:
    pages = {
        "honest": final_accounts.accounts,
        "altered": lambda: final_accounts.accounts(altered=True),
        "separate": final_accounts.narrative_alone,
    }
    return parse_document("f" * 64, pages[name]().encode(), Context())


def checks(name: str, *rules: str, outcome: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = [*parsed(name).rows["checks"]]
    return [row for row in rows if row["rule"] in rules and row["outcome"] == outcome]


def test_honest_accounts_have_all_their_forms_and_nothing_is_broken() -> None:
    document = parsed("honest").rows["documents"][0]
    assert (document["phase"], document["year"], document["checks_broken"]) == ("executed", 2024, 0)
    assert document["confirmed"] / document["amounts"] > 0.9
    promised = [row["reason"] for row in checks("honest", "promised_form_present", outcome="holds")]
    assert len(promised) == 9
    assert sum(reason.startswith("declared empty") for reason in promised) == 2
    assert len(checks("honest", "text_table", outcome="holds")) >= 10
    assert len(checks("honest", "text_direction", outcome="holds")) >= 4


def test_what_the_altered_accounts_leave_out_and_contradict() -> None:
    assert [row["scope"] for row in checks("altered", "promised_form_present", outcome="broken")] == [
        "contents: '支出决算表' (expenditure)"
    ]
    broken = checks("altered", "text_table", outcome="broken")
    assert {(row["expected"], row["found"]) for row in broken} == {(Decimal(0), Decimal("29953900.00"))}
    wrong_way = checks("altered", "text_direction", outcome="broken")
    assert [(row["expected"], row["found"]) for row in wrong_way] == [
        (Decimal("15600500.00"), Decimal("15118900.00")),
        (Decimal("808100.00"), Decimal("803800.00")),
        (Decimal("622900.00"), Decimal("609900.00")),
    ]


def test_forms_published_as_another_file_are_not_called_missing() -> None:
    assert len(checks("separate", "promised_form_present", outcome="not_assessable")) == 13
    assert not checks("separate", "promised_form_present", outcome="holds")
    assert not checks("separate", "promised_form_present", outcome="broken")
