"""The notebooks of `docs/notebooks`, run as a person who opens them would: what they show is what the lake answers."""

from __future__ import annotations

import ast
import functools
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import marimo as mo
import plotly.graph_objects as go
import pytest

import gongkai
from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.opened_lake import OpenLake
from gongkai.parsing.stage import parse
from gongkai.vocabulary.languages import VARIABLE, in_chinese, speak
from tests.places import ROOT

NOTEBOOKS = ROOT / "docs" / "notebooks"
BOOKS = ("city_by_function", "contradictions", "department_over_years", "projects_and_targets", "three_public_ranking")


def loaded(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, NOTEBOOKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Ran:
    """A notebook after its last cell: what its cells show, and what they defined."""

    def __init__(self, name: str, root: Path, language: str = "en") -> None:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("GONGKAI_ROOT", str(root))
            environment.setenv(VARIABLE, language)
            outputs, defined = loaded(name).app.run()
        self.outputs: Sequence[Any] = [output for output in outputs if output is not None]
        self.defined: Mapping[str, Any] = defined
        self.lake: OpenLake = gongkai.open(str(root))

    @property
    def figures(self) -> list[go.Figure]:
        return [output for output in self.outputs if isinstance(output, go.Figure)]

    @property
    def html(self) -> str:
        """Everything shown, as the browser gets it."""
        return "\n".join(str(mo.as_html(output).text) for output in self.outputs)

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self.lake.query(query, **parameters).arrow().to_pylist()
        return answer


@pytest.fixture(scope="module")
def ran(demo_root: Path) -> Callable[[str], Ran]:
    """A notebook on the demonstration's archive, run once for all tests."""
    return functools.cache(lambda name: Ran(name, demo_root))


def drawn(trace: Any, axis: str) -> list[Any]:
    """The values of a trace, decimals as they were given."""
    return list(trace[axis])


def test_every_notebook_is_tested_and_named_in_the_readme() -> None:
    readme = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    files = {path.stem for path in NOTEBOOKS.glob("*.py")}
    assert files == {*BOOKS, "made_disclosures"}
    assert [name for name in sorted(files) if f"`{name}.py`" not in readme] == []


@pytest.mark.parametrize("name", BOOKS)
def test_a_notebook_says_what_it_shows_and_needs_nothing_from_elsewhere(
    name: str, demo_root: Path, ran: Callable[[str], Ran]
) -> None:
    book = ran(name)
    assert book.figures
    for at, output in enumerate(book.outputs):
        if isinstance(output, go.Figure):
            assert "Named query" in mo.as_html(book.outputs[at + 1]).text, "coverage is said under each picture"
    assert f"<code>{demo_root}</code>" in book.html
    assert book.lake.publication in book.html
    assert "documents answer" in book.html
    evidence = book.defined["evidence"]
    assert "entity" in evidence.facts
    assert evidence.facts["SHA-256"] in book.html
    assert re.findall(r"(?:src|href)=['\"]?(?:https?:)?//[^'\" >]+", book.html) == []
    for figure in book.figures:
        assert "http" not in json.dumps(figure.to_plotly_json(), default=str)


@pytest.fixture
def in_english_again() -> Iterator[None]:
    yield
    speak("en")


def said_in(name: str) -> Iterator[str]:
    """Texts that a notebook says in the reader's language."""
    for node in ast.walk(ast.parse((NOTEBOOKS / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
            yield from (
                each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


@pytest.mark.parametrize("name", BOOKS)
def test_a_notebook_speaks_chinese_where_the_reader_does(name: str, demo_root: Path, in_english_again: None) -> None:
    texts = list(said_in(name))
    assert len(texts) > 8
    assert [text for text in texts if in_chinese(text) == text] == []

    html = Ran(name, demo_root, "zh").html
    assert "有名称的查询" in html
    assert "份文件中有" in html
    assert "事项" in html
    english = re.findall(r"\b(?:the|of|yuan|documents|SHA-256 of|archive)\b [a-z]+", re.sub(r"<[^>]*>", " ", html))
    assert english == []
    assert "expenditure" not in html, "forms that a check names are told in Chinese"


def test_a_city_s_fields_are_the_rows_of_the_query_and_add_up(ran: Callable[[str], Ran]) -> None:
    book = ran("city_by_function")
    rows = book.rows("place_by_function", place="曹妃甸区", year=2025, level="item")
    (trace,) = book.figures[0].data
    fields = {code: value for code, value in zip(trace.ids, trace["values"], strict=True) if value}
    assert fields == {row["function_code"]: row["amount"] for row in rows}
    categories = book.rows("place_by_function", place="曹妃甸区", year=2025)
    assert sum(fields.values()) == sum(row["amount"] for row in categories)
    assert set(trace.parents) <= {*trace.ids, ""}
    assert book.defined["evidence"].facts["amount"] == f"{max(fields.values()):,f} yuan"
    assert book.defined["evidence"].png


def test_the_ranking_is_the_query_s_and_units_are_left_out(ran: Callable[[str], Ran]) -> None:
    book = ran("three_public_ranking")
    rows = book.rows("three_public_by_department", phase="approved")
    departments = [row for row in rows if row["level"] == "department"]
    (trace,) = book.figures[0].data
    assert drawn(trace, "x") == [row["three_public"] for row in departments] == sorted(drawn(trace, "x"), reverse=True)
    assert len(departments) == len(rows) - 1
    assert all(row["entity"] in name for row, name in zip(departments, trace.y, strict=True))
    assert book.defined["evidence"].facts["amount"] == f"{departments[0]['three_public']:,f} yuan"
    assert "states a change" in book.html


def test_contradictions_show_both_figures(ran: Callable[[str], Ran]) -> None:
    book = ran("contradictions")
    (row,) = book.rows("contradictions")
    stated, found = book.figures[0].data
    assert (drawn(stated, "x"), drawn(found, "x")) == ([row["stated"]], [row["found"]])
    assert book.defined["passages"][0]["sentence"]
    assert book.defined["evidence"].facts["form"] == "balance revenue"
    assert book.defined["evidence"].facts["amount"] == f"{row['stated']:,f} yuan"


def test_projects_and_their_targets_are_the_queries(ran: Callable[[str], Ran]) -> None:
    book = ran("projects_and_targets")
    projects, kinds = book.figures
    rows = book.rows("largest_projects", limit=12)
    assert drawn(projects.data[0], "x") == [row["budget"] for row in rows]
    counted = book.rows("targets_by_kind")
    assert sorted(value for trace in kinds.data for value in drawn(trace, "x")) == sorted(
        row["indicators"] for row in counted
    )
    targets = book.defined["targets"]
    assert targets
    known = book.rows("project_indicators", project=rows[0]["project_code"])
    assert all(target in known for target in targets)
    shown = Decimal(re.sub(r"[^0-9.]", "", book.defined["evidence"].facts["printed"]))
    assert shown in (rows[0]["budget"], rows[0]["budget"] / 10_000)


def test_one_year_is_called_one_year(ran: Callable[[str], Ran]) -> None:
    book = ran("department_over_years")
    (row,) = book.rows("spending_by_department", place=book.defined["choice"].value)
    assert [drawn(trace, "y") for trace in book.figures[0].data] == [[row["basic"]], [row["project"]]]
    assert "Not held: 2021, 2022, 2023, 2024" in book.html
    assert book.defined["evidence"].png


@pytest.fixture(scope="module")
def made_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the invented department's five years."""
    folder = tmp_path_factory.mktemp("made")
    subprocess.run([sys.executable, NOTEBOOKS / "made_disclosures.py", folder / "pages"], check=True)
    archive = Archive(DirectoryStore(folder / "archive"))
    add_files(archive, sorted((folder / "pages").iterdir()))
    parse(archive, workers=1)
    return folder / "archive"


def test_five_years_are_five_bars(made_root: Path) -> None:
    book = Ran("department_over_years", made_root)
    made = loaded("made_disclosures").YEARS
    spending, three_public = book.figures
    assert spending.data[0].x == ("2021", "2022", "2023", "2024", "2025")
    assert drawn(spending.data[0], "y") == [basic * 10_000 for _, basic, *_ in made]
    assert drawn(spending.data[1], "y") == [project * 10_000 for _, _, project, *_ in made]
    assert drawn(three_public.data[0], "y") == [vehicles + reception for *_, vehicles, reception, _ in made]
    rows = book.rows("spending_by_department")
    assert sorted(drawn(three_public.data[0], "y")) == sorted(row["three_public"] for row in rows)
    assert "Not held" not in book.html


def test_reasons_stand_beside_the_ranking_as_printed(made_root: Path) -> None:
    book = Ran("three_public_ranking", made_root)
    made = {year: reason for year, *_, reason in loaded("made_disclosures").YEARS if reason}
    assert {row["year"]: row["reason"] for row in book.defined["reasons"]} == made
    assert [row in book.rows("year_on_year_reasons", item="three_public") for row in book.defined["reasons"]] == [
        True
    ] * 4


@pytest.mark.parametrize("name", ["city_by_function", "department_over_years"])
def test_an_archive_without_budgets_is_said_to_have_none(name: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("nothing of a budget", encoding="utf-8")
    root = tmp_path / "archive"
    add_files(Archive(DirectoryStore(root)), [tmp_path / "note.txt"])
    book = Ran(name, root)
    assert f"The archive <code>{root}</code> holds no " in book.html
    assert book.figures == []


def test_two_documents_of_one_year_stand_beside_each_other() -> None:
    columns = loaded("department_over_years").columns_of
    rows = [{"year": 2024, "document_sha256": "a" * 64}, {"year": 2025, "document_sha256": "b" * 64}]
    assert columns(rows) == ["2024", "2025"]
    assert columns([*rows, {"year": 2025, "document_sha256": "c" * 64}]) == ["2024", "2025 bbbbbb", "2025 cccccc"]
