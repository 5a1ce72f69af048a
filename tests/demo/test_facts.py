"""The facts are those of the seeds: counts, totals, and every amount, where the seeds are at hand."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from tests.documents.disclosures import SEEDS, load
from tests.places import SHARED

PUBLISHED = SHARED / "seeds"

AMOUNT = re.compile(r"-?[\d,]*\d\.\d+")


def yuan(text: str) -> Decimal:
    """万元 as printed, in yuan."""
    return Decimal(text.replace(",", "")) * 10_000


def seed_text(seed: str) -> str:
    found = sorted(PUBLISHED.glob(f"{seed}_*.txt"))
    if not found:
        pytest.skip("the published seeds are not at ../shared/seeds; put them there to hold the facts against them")
    return found[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("seed", "projects", "indicators"),
    [("000", 20, 125), ("001", 41, 390), ("002", 19, 141), ("003", 50, 164), ("004", 8, 58)],
)
def test_number_of_projects_and_indicator_rows(seed: str, projects: int, indicators: int) -> None:
    disclosure = load(seed)
    assert len(disclosure.projects) == projects
    assert sum(len(project.indicators) for project in disclosure.projects) == indicators


@pytest.mark.parametrize(
    ("seed", "total"), [("000", "145194600"), ("001", "528338600"), ("003", "78109000"), ("004", "15714400")]
)
def test_sum_of_project_budgets(seed: str, total: str) -> None:
    assert sum(yuan(project.budget or "") for project in load(seed).projects) == Decimal(total)


def test_seed_002_prints_neither_codes_nor_budgets() -> None:
    assert {(project.code, project.budget) for project in load("002").projects} == {(None, None)}


@pytest.mark.parametrize(
    ("seed", "total"),
    [("000", "166548400"), ("001", "527299100"), ("002", "159548900"), ("003", "118441000"), ("004", "24880900")],
)
def test_revenue_total_of_the_balance(seed: str, total: str) -> None:
    [row] = [row for row in load(seed).form("balance").rows if "收入总计" in row]
    assert yuan(row[row.index("收入总计") + 1]) == Decimal(total)


@pytest.mark.parametrize(
    ("seed", "total"),
    [("000", "166548500"), ("001", "527299300"), ("002", "159548900"), ("003", "118441000"), ("004", "24880900")],
)
def test_sum_of_the_functional_items(seed: str, total: str) -> None:
    rows = load(seed).form("expenditure").rows
    if seed == "003":
        items = [row[5] for row in rows if row[2]]
    else:
        items = [row[3] for row in rows if len(row[1].replace(" ", "")) == 7]
    assert sum(map(yuan, items)) == Decimal(total)


@pytest.mark.parametrize(
    ("seed", "total"), [("000", "63000"), ("001", "25000"), ("002", "30000"), ("003", "80000"), ("004", "1500")]
)
def test_three_public_total(seed: str, total: str) -> None:
    first = load(seed).form("three_public").rows[0]
    assert yuan(first[0] if seed == "003" else first[2]) == Decimal(total)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_as_wide_as_their_header(seed: str) -> None:
    for form in load(seed).forms:
        for header_row in form.header[:1]:
            assert sum(cell.columns for cell in header_row) == form.width
        if form.id != "performance_project":
            assert {len(row) for row in form.rows} <= {form.width}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_amount_occurs_in_the_seed_at_least_as_often(seed: str) -> None:
    published = Counter(AMOUNT.findall(seed_text(seed)))
    disclosure = load(seed)
    texts = [text for form in disclosure.forms for row in form.rows for text in row]
    texts += [amount for form in disclosure.forms for _, amount in form.amounts]
    for project in disclosure.projects:
        texts += [project.budget or "", project.fiscal or "", project.other or "", *project.plan.values()]
        texts += [row[4] or "" for row in project.indicators if len(row) == 6]
    facts = Counter(amount for text in texts for amount in AMOUNT.findall(text))
    assert facts - published == Counter()
    assert facts.total() > 100


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_codes_occur_in_the_seed(seed: str) -> None:
    published = "".join(seed_text(seed).split()).replace("(", "（").replace(")", "）")
    for project in load(seed).projects:
        name = "".join(project.name.split()).replace("(", "（").replace(")", "）")
        assert name in published
        assert project.code is None or project.code in published


@pytest.mark.parametrize("seed", SEEDS)
def test_no_sentence_of_the_publisher_is_in_the_facts(seed: str) -> None:
    """A sentence ends with a full stop; labels and targets that end with one are at most a line long."""
    disclosure = load(seed)
    texts = [text for form in disclosure.forms for row in form.rows for text in row]
    texts += [text or "" for project in disclosure.projects for row in project.indicators for text in row]
    assert [text for text in texts if "。" in text and len(text) > 30] == []
