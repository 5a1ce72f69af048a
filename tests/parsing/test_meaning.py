"""Amounts of published disclosures mean what readers judged on the pages: the truths in ``meaning``.

A truth counts under ``known`` the amounts that are wrong and missing today.  More of them is a fault of the change at
hand; fewer is a gain, and the change lowers the count with it.
"""

from __future__ import annotations

import collections
import copy
import dataclasses
import functools
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.places import SHARED

TRUTHS = sorted((Path(__file__).parent / "meaning").glob("*.json"))
CODES = ("function_code", "economic_code", "government_economic_code")
NAMES = ("label", "unit_name", *CODES)
DIMENSIONS = ("form", "direction", "fund", "spending", "period", *CODES, "function_level", "unit_name", "basis", "item")
VERDICTS = ("right", "tolerated", "gap", "missing", "wrong")
"""Verdicts from best to worst; an amount has the worst of its dimensions."""
LEVELS = {3: "category", 5: "group", 7: "item"}

AMOUNT = re.compile(r"[-−]?[0-9][0-9,]*(\.[0-9]+)?")
CODE = re.compile(r"\[?([0-9]+)")
NUMBERING = {"栏次", "行次", "档次", "**"}
"""Names of rows that number the columns."""

Row = Mapping[str, Any]
Rows = Mapping[str, list[dict[str, Any]]]


def bare(text: str | None) -> str:
    """Text without white space and in one width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def numbered(names: Iterable[str]) -> Iterator[str]:
    """Names as truths spell them: from its second time on, a name bears the number of the time."""
    times: collections.Counter[str] = collections.Counter()
    for name in names:
        times[name] += 1
        yield name if times[name] == 1 else f"{name}#{times[name]}"


def verdict(expected: str, got: str) -> str:
    """A value's fit with what a truth allows: `plain|~less than is printed|?no better value exists|null|*`."""
    value = got or "null"
    for alternative in expected.split("|"):
        if alternative in ("*", value):
            return "right"
        if alternative == f"~{value}":
            return "tolerated"
        if alternative == f"?{value}":
            return "gap"
    return "missing" if value == "null" else "wrong"


def joined_code(texts: Iterable[str]) -> str:
    """The code that the code cells of one row print: 208 | 05 | 02, 208 | 20805, or [20805]name."""
    code = ""
    for text in texts:
        if found := CODE.match(bare(text)):
            piece = found.group(1)
            code = piece if code and piece.startswith(code) else code + piece
    return code


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a truth: what its amounts mean, and the columns of codes that stand before it."""

    meaning: Any
    codes: dict[str, list[int]]

    @property
    def holds_amounts(self) -> bool:
        return isinstance(self.meaning, dict)


class Truth:
    """A table as judged by hand."""

    def __init__(self, raw: Row, entity: str) -> None:
        self.raw, self.entity = raw, entity
        self.paths = list(raw["columns"])
        self.columns = list(self._columns(raw["columns"].values()))
        self.unit_names = [at for at, column in enumerate(self.columns) if column.meaning == "unit_name"]
        self.rows: dict[int, dict[str, Row]] = {}
        for paths, rows in raw.get("rows", {}).items():
            for path in paths.split(" ; "):
                self.rows[self.paths.index(path)] = {bare(name): dims for name, dims in rows.items()}

    @staticmethod
    def _columns(meanings: Iterable[Any]) -> Iterator[Column]:
        codes: dict[str, list[int]] = {}
        after_amounts = False
        for at, meaning in enumerate(meanings):
            if meaning in CODES:
                if after_amounts:
                    codes, after_amounts = {}, False
                codes = {**codes, meaning: [*codes.get(meaning, []), at]}
            after_amounts = after_amounts or isinstance(meaning, dict)
            yield Column(meaning, codes)

    def name_column(self, column: int) -> int:
        """The column that prints the names of the rows: the last one of names or codes before a column."""
        return max((at for at in range(column) if self.columns[at].meaning in NAMES), default=-1)

    def likeness(self, table: Row) -> float:
        """1 for the title, and the share of headings that are the same; 0 for a table on other pages."""
        first, last = self.raw["pages"]
        if table["first_page"] is not None and not (table["first_page"] <= last and first <= table["last_page"]):
            return 0
        theirs = list(numbered(table["columns"]))
        common = sum((collections.Counter(self.paths) & collections.Counter(theirs)).values())
        return (bare(table["title"]) == bare(self.raw["title"])) + common / max(len(self.paths), len(theirs))

    def expected(self, column: int, name: str, texts: Mapping[int, str]) -> dict[str, str] | None:
        """Dimensions of the amount of a column in the row of this name; None where the row is not judged."""
        rows = self.rows.get(column, {"*": {}})
        row = rows.get(name, rows.get("*"))
        if row is None:
            return None
        unit = next((bare(texts.get(at)) for at in self.unit_names), "")
        of_unit = {} if unit in ("", "合计") else {"unit_name": f"{unit}|~null" if unit == bare(self.entity) else unit}
        stated = {**self.raw["default"], **self.columns[column].meaning, **row}
        return {"form": self.raw["form"], **self._codes(column, texts), **of_unit, **stated}

    def _codes(self, column: int, texts: Mapping[int, str]) -> dict[str, str]:
        kinds = self.columns[column].codes
        codes = dict.fromkeys(CODES[:2], "null") if kinds else {}
        for kind, columns in kinds.items():
            code = joined_code(texts.get(at, "") for at in columns)
            whole = bool(code) and (kind != "function_code" or len(code) in LEVELS)
            codes[kind] = (
                "*" if not whole else code if len(code) < 6 or kind == "function_code" else f"{code}|~{code[:5]}"
            )
            if whole and kind == "function_code":
                codes["function_level"] = LEVELS[len(code)]
        return codes


@dataclasses.dataclass
class Outcome:
    """Amounts of a document by verdict, and a line about each that is wrong or missing."""

    counts: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    cases: list[str] = dataclasses.field(default_factory=list)

    def note(self, word: str, case: str) -> None:
        self.counts[word] += 1
        if word in ("wrong", "missing"):
            self.cases.append(f"{word}: {case}")

    @property
    def known(self) -> dict[str, int]:
        return {word: self.counts[word] for word in ("wrong", "missing")}


class Comparison:
    """The line items of one parsed document beside its truth."""

    def __init__(self, truth: Row, parsed: Rows) -> None:
        self.outcome = Outcome()
        self.truths = [Truth(raw, truth["entity"]) for raw in truth["tables"]]
        self.items: dict[int, list[dict[str, Any]]] = collections.defaultdict(list)
        for item in sorted(parsed["line_items"], key=lambda item: (item["row_index"], item["column_index"])):
            self.items[item["table_index"]].append(item)
        self.texts: dict[int, dict[int, dict[int, str]]] = collections.defaultdict(
            lambda: collections.defaultdict(dict)
        )
        for cell in parsed["cells"]:
            if not cell["is_header"]:
                self.texts[cell["table_index"]][cell["row_index"]][cell["column_index"]] = cell["text"]
        tables = {table["table_index"]: table for table in parsed["tables"]}
        pairs = self._pairs(tables)
        for truth_at, one in enumerate(self.truths):
            if truth_at in pairs:
                self._compare(one, tables[pairs[truth_at]])
            else:
                for _ in range(one.raw["amounts"]):
                    self.outcome.note("missing", f"the table {one.raw['title']}")
        for index in tables.keys() - set(pairs.values()):
            for item in self.items[index]:
                if item["amount"] is not None:
                    self.outcome.note("wrong", f"{item['label']} {item['printed']} in a table that is not judged")

    def _pairs(self, tables: Mapping[int, Row]) -> dict[int, int]:
        scores = sorted(
            (
                (truth.likeness(table), -truth_at, -index)
                for truth_at, truth in enumerate(self.truths)
                for index, table in tables.items()
            ),
            reverse=True,
        )
        pairs: dict[int, int] = {}
        for score, truth_at, index in scores:
            if score >= 1 and -truth_at not in pairs and -index not in pairs.values():
                pairs[-truth_at] = -index
        return pairs

    def _compare(self, truth: Truth, table: Row) -> None:
        index = table["table_index"]
        theirs = {path: at for at, path in enumerate(numbered(table["columns"]))}
        ours = {theirs[path]: at for at, path in enumerate(truth.paths) if path in theirs}
        texts = {
            row: {ours[at]: text for at, text in cells.items() if at in ours}
            for row, cells in self.texts[index].items()
        }
        names = self._names(truth, index, ours, texts)
        interpreted = set()
        for item in self.items[index]:
            place = (item["row_index"], item["column_index"])
            if item["amount"] is None:
                continue
            interpreted.add(place)
            at = ours.get(item["column_index"])
            where = f"{truth.raw['title']} | {item['measure']} | {item['label']} | {item['printed']}"
            expected = None
            if at is not None and truth.columns[at].holds_amounts:
                expected = truth.expected(at, names[place], texts.get(item["row_index"], {}))
            if expected is None:
                self.outcome.note("wrong", f"{where}: a column or row that is not judged")
            else:
                self.outcome.note(*self._judge(expected, item, where))
        printed = 0
        for row, cells in texts.items():
            if NUMBERING & set(map(bare, cells.values())):
                continue
            for column, at in ours.items():
                text = bare(cells.get(at))
                if truth.columns[at].holds_amounts and AMOUNT.fullmatch(text):
                    expected = truth.expected(at, names.get((row, column), ""), cells)
                    if expected is not None and "lake" in expected:
                        continue
                    printed += 1
                    if (row, column) not in interpreted:
                        self.outcome.note("missing", f"{truth.raw['title']} | {truth.paths[at]} | {text}")
        for _ in range(truth.raw["amounts"] - printed):
            self.outcome.note("missing", f"{truth.raw['title']}: an amount that is in no cell of a judged column")

    def _names(
        self, truth: Truth, index: int, ours: Mapping[int, int], texts: Mapping[int, Mapping[int, str]]
    ) -> dict[tuple[int, int], str]:
        """Names by which a truth calls the rows, by row and column of the table."""
        if "row_label" in truth.raw:
            deciding = truth.paths.index(truth.raw["row_label"])
            return {
                (row, column): bare(texts[row].get(deciding))
                for row in texts
                for column in range(max(ours, default=0) + 1)
            }
        labels = {
            (item["row_index"], item["column_index"]): bare(item["label"])
            for item in self.items[index]
            if item["label"]
        }
        names: dict[tuple[int, int], str] = {}
        for column, at in ours.items():
            places = [(row, column) for row in sorted(texts)]
            named = [labels.get(place) or bare(texts[place[0]].get(truth.name_column(at))) for place in places]
            names.update(zip(places, numbered(named), strict=True))
        return names

    def _judge(self, expected: Row, item: Row, where: str) -> tuple[str, str]:
        if "lake" in expected and "basis" not in item:
            return "wrong", f"{where}: {expected['basis']} stands among the amounts of this year and phase"
        judged = {
            name: verdict(bare(expected[name]), bare(item[name]))
            for name in DIMENSIONS
            if name in expected and name in item
        }
        worst = max(judged, key=lambda name: VERDICTS.index(judged[name]))
        return judged[worst], f"{where}: {worst} is {item[worst]}, not {expected[worst]}"


@functools.cache
def originals() -> dict[str, Path]:
    """Published documents by their SHA-256."""
    folders = (SHARED / "seeds", *(SHARED / "corpus" / kind for kind in ("pdf", "office", "pages")))
    paths = [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()]
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}


@functools.cache
def parsed(sha256: str) -> Rows:
    """Rows of a published document; skips the test where the document is not at hand."""
    if sha256 not in originals():
        pytest.skip(f"the document {sha256[:12]} is not in ../shared; put it there to run this test")
    path = originals()[sha256]
    return cast("Rows", parse_document(sha256, path.read_bytes(), Context(file_name=path.name)).rows)


def load(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_no_amount_means_less_than_before(path: Path) -> None:
    truth = load(path)
    outcome = Comparison(truth, parsed(truth["sha256"])).outcome
    worse = [word for word, count in outcome.known.items() if count > truth["known"][word]]
    assert not worse, "\n".join([f"{outcome.known}, {truth['known']} are known", *outcome.cases])
    assert outcome.known == truth["known"], f"better than known: write {outcome.known} to {path.name}"


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.stem)
def test_errors_in_a_published_document_are_found(path: Path) -> None:
    truth = load(path)
    rows = parsed(truth["sha256"])
    items = [item for item in rows["line_items"] if item["amount"] is not None]
    turned = {"revenue": "expenditure", "expenditure": "revenue"}
    false = [{**item, "direction": turned[item["direction"]]} for item in items]
    assert Comparison(truth, {**rows, "line_items": false}).outcome.counts["wrong"] == len(items)
    lost = Comparison(truth, {**rows, "line_items": []}).outcome.counts
    assert lost == {"missing": sum(table["amounts"] for table in truth["tables"])}
    spoilt = copy.deepcopy(truth)
    for table in spoilt["tables"]:
        table["form"] = "no_such_form"
    assert Comparison(spoilt, rows).outcome.counts["wrong"] == len(items)


TABLE = {
    "title": "支出总表",
    "pages": [1, 1],
    "form": "expenditure",
    "default": {"direction": "expenditure", "fund": "total", "spending": "total", "period": "total|~current"},
    "columns": {
        "类": "function_code",
        "款": "function_code",
        "名称": "label",
        "合计": {},
        "基本支出": {"spending": "basic"},
    },
    "rows": {"合计 ; 基本支出": {"教育支出": {}, "进修": {}, "上年数": {"basis": "prior_budget", "lake": "absent"}}},
    "amounts": 3,
}
CELLS = [["205", "", "教育支出", "3.00", "2.00"], ["205", "08", "进修", "3.00", ""], ["", "", "上年数", "9.00", ""]]


def reading(*changes: tuple[int, int, str, str | None]) -> Rows:
    """Rows of a parser that reads TABLE rightly except for changes: row, column, dimension, false value."""
    items = [
        {
            "form": "expenditure",
            "direction": "expenditure",
            "fund": "total",
            "spending": ("total", "basic")[column - 3],
            "period": "total",
            "function_code": code,
            "function_level": LEVELS[len(code)],
            "economic_code": None,
            "unit_name": None,
            "label": cells[2],
            "measure": "",
            "printed": cells[column],
            "amount": cells[column],
            "table_index": 0,
            "row_index": row,
            "column_index": column,
        }
        for row, (cells, code) in enumerate(zip(CELLS[:2], ("205", "20508"), strict=True), 1)
        for column in (3, 4)
        if cells[column]
    ]
    for row, column, dimension, value in changes:
        next(item for item in items if (item["row_index"], item["column_index"]) == (row, column))[dimension] = value
    texts = [
        {"table_index": 0, "row_index": row, "column_index": column, "is_header": False, "text": text}
        for row, cells in enumerate(CELLS, 1)
        for column, text in enumerate(cells)
    ]
    table = {"table_index": 0, "title": "支出总表", "first_page": 1, "last_page": 1, "columns": list(TABLE["columns"])}  # type: ignore[call-overload]
    return {"line_items": items, "cells": texts, "tables": [table]}


def outcome_of(rows: Rows) -> dict[str, int]:
    return dict(Comparison({"entity": "某局", "tables": [TABLE]}, rows).outcome.counts)


def test_what_the_truth_says_is_right() -> None:
    assert outcome_of(reading()) == {"right": 3}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((1, 3, "period", "current"), {"right": 2, "tolerated": 1}),
        ((1, 3, "period", "carried_over"), {"right": 2, "wrong": 1}),
        ((1, 4, "spending", None), {"right": 2, "missing": 1}),
        ((2, 3, "function_code", "20501"), {"right": 2, "wrong": 1}),
        ((2, 3, "function_level", "item"), {"right": 2, "wrong": 1}),
        ((2, 3, "label", "培训"), {"right": 2, "wrong": 1}),
        ((2, 3, "amount", None), {"right": 2, "missing": 1}),
    ],
    ids=lambda value: str(value[2]) if isinstance(value, tuple) else "",
)
def test_each_kind_of_error_is_one(change: tuple[int, int, str, str | None], found: dict[str, int]) -> None:
    assert outcome_of(reading(change)) == found


def test_figures_of_another_year_are_no_amounts_until_they_can_be_told_apart() -> None:
    rows = reading()
    prior = {**rows["line_items"][0], "row_index": 3, "label": "上年数", "function_code": None, "function_level": None}
    among = {**rows, "line_items": [*rows["line_items"], prior]}
    assert outcome_of(among) == {"right": 3, "wrong": 1}
    told = [{**item, "basis": "budget"} for item in rows["line_items"]] + [{**prior, "basis": "prior_budget"}]
    assert outcome_of({**rows, "line_items": told}) == {"right": 4}
    told[-1]["basis"] = "change"
    assert outcome_of({**rows, "line_items": told}) == {"right": 3, "wrong": 1}


def test_a_table_that_is_not_read_misses_its_amounts() -> None:
    assert outcome_of({"line_items": [], "cells": [], "tables": []}) == {"missing": 3}


def test_a_table_that_nobody_judged_is_wrong() -> None:
    rows = reading()
    rows["tables"][0].update({"title": "另表", "columns": ["甲", "乙", "丙", "丁", "戊"]})
    assert outcome_of(rows) == {"missing": 3, "wrong": 3}
