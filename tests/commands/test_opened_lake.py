"""`gongkai.open`: the lake in Python, its stable names, its documentation executed."""

from __future__ import annotations

import ast
import doctest
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import gongkai
from gongkai import opened_lake, relation
from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.local_files import add_files
from gongkai.exits import Exit
from gongkai.opened_lake import NumberEvidence, OpenLake, Relation, SearchHits
from gongkai.parsing.stage import parse
from gongkai.queries.errors import ParameterError, QueryError, UnknownQueryError
from gongkai.session import CommandError
from tests.places import DEMO_SITE, ROOT
from tests.queries.small_lake import rows, write_lake

STABLE = {
    OpenLake: [
        *("sql", "query", "coverage", "missing", "queries", "table", "tables", "documents", "search"),
        *(
            "original",
            "evidence",
            "cell_evidence",
            "publication",
            "is_newest",
            "versions",
            "withdrawn",
            "verify",
            "close",
        ),
    ],
    SearchHits: ["total"],
    Relation: ["columns", "reader", "arrow", "pl", "df", "fetchall"],
    NumberEvidence: ["facts", "png"],
}
"""Names that code of others rests on: one that goes or changes its meaning needs a new major version."""

TOTAL = "SELECT sum(amount) AS amount FROM amounts WHERE form = 'balance' AND label = '收入总计' AND year = $year"


@pytest.fixture
def lake(root: Path) -> OpenLake:
    return gongkai.open(str(root))


def test_the_stable_names_are_those_that_are_documented() -> None:
    documented = (ROOT / "docs" / "querying.md").read_text(encoding="utf-8")
    assert gongkai.__all__ == ["open"]
    for kind, names in STABLE.items():
        public = {name for name in vars(kind) if not name.startswith("_")}
        assert public == set(names)
        for name in names:
            assert re.search(rf"`\.{name}[`(]", documented), name


def test_every_stable_name_says_what_it_is() -> None:
    trees = [ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in (opened_lake, relation)]
    for kind in (each for tree in trees for each in ast.walk(tree)):
        if isinstance(kind, ast.ClassDef):
            silent = [
                each.name
                for each in kind.body
                if isinstance(each, ast.FunctionDef) and each.name[0] != "_" and not ast.get_docstring(each)
            ]
            assert silent == []


def test_the_documentation_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(root, tmp_path / "gongkai-data")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testmod(opened_lake)
    assert (failed, tried > 5) == (0, True)


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import gongkai; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"duckdb", "pyarrow", "pandas", "polars", "click", "rich", "lxml", "gongkai.opened_lake"}
    assert not heavy & set(ast.literal_eval(done.stdout))


def test_decimals_are_kept_in_every_form(lake: OpenLake) -> None:
    relation = lake.sql(TOTAL, year=2025)
    assert relation.fetchall() == [(Decimal("1000.10"),)]
    assert relation.arrow()["amount"].to_pylist() == [Decimal("1000.10")]
    frame = relation.pl()
    assert isinstance(frame.schema["amount"], pl.Decimal)
    assert frame["amount"].to_list() == [Decimal("1000.10")]
    assert relation.df()["amount"].tolist() == [Decimal("1000.10")]


def test_years_stay_whole_numbers_beside_documents_without_one(lake: OpenLake) -> None:
    years = lake.table("documents").df()["year"]
    assert years.isna().any()
    assert years.dtype == pd.Int32Dtype()


def test_named_queries_take_values_of_python(lake: OpenLake) -> None:
    rows = lake.query("three_public_by_department", place="秦皇岛", year=2025).pl()
    assert rows["three_public"].to_list() == [Decimal("63.00")]
    assert lake.documents(year=2024).arrow().num_rows == 1
    assert lake.documents(year=None).arrow().num_rows == 5
    assert "three_public_by_department" in lake.queries


def test_a_named_query_says_what_it_covers(lake: OpenLake) -> None:
    covered = lake.coverage("three_public_by_department", place="秦皇岛")
    assert str(covered).startswith(f"{covered.answering} of {covered.asked} documents answer")
    missing = lake.missing("largest_projects").fetchall()
    assert len(missing) == lake.coverage("largest_projects").asked - (lake.coverage("largest_projects").answering or 0)
    assert missing


def test_an_opened_lake_names_the_publication_that_it_shows(root: Path) -> None:
    store = DirectoryStore(root)
    earlier = {name: [row for row in table if row["year"] == 2024] for name, table in rows().items()}
    shown = write_lake(store, earlier)
    with gongkai.open(str(root)) as lake:
        assert lake.is_newest()
        later = write_lake(store)
        assert not lake.is_newest()
        assert lake.publication == shown.publication != later.publication
        assert lake.sql("SELECT count(*) FROM documents").fetchall() == [(1,)]


def test_a_relation_shows_itself(lake: OpenLake) -> None:
    relation = lake.sql("SELECT '<b>' AS mark, 1.50::DECIMAL(20, 2) AS amount FROM range(30)")
    assert repr(relation).splitlines()[2].split() == ["<b>", "1.50"]
    assert repr(relation).endswith("…")
    assert "&lt;b&gt;" in relation._repr_html_()
    assert "<b>" not in relation._repr_html_()


def test_what_is_not_there_is_named(lake: OpenLake, tmp_path: Path) -> None:
    with pytest.raises(UnknownQueryError, match="three_public_by_department"):
        lake.query("three_public")
    with pytest.raises(UnknownQueryError, match="documents"):
        lake.table('documents"; DROP VIEW documents; --')
    with pytest.raises(ParameterError, match="'rows'"):
        lake.query("largest_projects", rows=5)
    with pytest.raises(QueryError, match="only read"):
        lake.sql("DROP VIEW documents").fetchall()
    with pytest.raises(CommandError, match="no original") as told:
        lake.original("0" * 64)
    assert told.value.code == Exit.SOMETHING_FAILED
    with pytest.raises(CommandError, match="no amount"):
        lake.evidence("44efd924c0f0-3-5-2")
    with pytest.raises(CommandError, match="no archive"):
        gongkai.open(str(tmp_path / "nothing"))


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> OpenLake:
    archive = Archive(DirectoryStore(tmp_path_factory.mktemp("parsed")))
    files = ("P020250218365478120001.pdf", "P020250214402150633002.docx")
    add_files(archive, [DEMO_SITE / "202502" / name for name in files])
    parse(archive, workers=2)
    return gongkai.open(archive.store.url)


def test_a_number_leads_back_to_its_page(parsed: OpenLake) -> None:
    sql = """
        SELECT line_item_id, amount FROM line_items JOIN documents ON sha256 = document_sha256
        WHERE amount > 0 AND format = $format
    """
    ((item, amount), *_) = parsed.sql(sql, format="pdf").fetchall()
    evidence = parsed.evidence(item)
    assert evidence.facts["amount"] == f"{amount:,f} yuan"
    assert evidence.png is not None
    assert evidence._repr_png_() == evidence.png
    assert evidence.png.startswith(b"\x89PNG")
    ((item, amount), *_) = parsed.sql(sql, format="docx").fetchall()
    assert parsed.evidence(item).png is None
    assert parsed.evidence(item).facts["amount"] == f"{amount:,f} yuan"


def test_any_cell_leads_back_to_its_page(parsed: OpenLake) -> None:
    sql = """
        SELECT c.document_sha256, table_index, row_index, column_index, text FROM cells AS c
        JOIN documents ON sha256 = document_sha256 WHERE format = 'pdf' AND text = '产出指标' LIMIT 1
    """
    ((sha256, table, row, column, text),) = parsed.sql(sql).fetchall()
    evidence = parsed.cell_evidence(sha256, table, row, column)
    assert evidence.facts["printed"] == text
    assert (evidence.png or b"").startswith(b"\x89PNG")
    with pytest.raises(CommandError, match="no cell in table 9999"):
        parsed.cell_evidence(sha256, 9999, 0, 0)


def test_originals_are_handed_out_and_everything_verified(parsed: OpenLake) -> None:
    ((sha256, name),) = parsed.sql("SELECT sha256, file_name FROM documents WHERE format = 'pdf'").fetchall()
    assert parsed.original(sha256[:12]) == (DEMO_SITE / "202502" / name).read_bytes()
    assert parsed.verify() == []


def test_a_lake_on_s3_is_opened_by_its_address(s3_root: str) -> None:
    write_lake(Archive.open(s3_root).store)
    with gongkai.open(s3_root) as lake:
        assert isinstance(lake.table("documents").arrow(), pa.Table)
        assert lake.sql(TOTAL, year=2025).fetchall() == [(Decimal("1000.10"),)]
