"""The data of every part of every screen: each form opens, and the SQL gives its rows in plain DuckDB too."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.archive.archive import Archive
from gongkai.queries.connection import LakeConnection
from gongkai.queries.lake import connect
from gongkai.queries.settings import QuerySettings
from gongkai.queries.sql_guard import run
from gongkai.serving import shown_of
from gongkai.viewer.addresses import ServedAddresses
from gongkai.viewer.downloads import download, statement
from gongkai.viewer.gathering import Gathering
from gongkai.viewer.screens.registry import SCREENS
from gongkai.viewer.view import Held, Question, Screen, View

VIEWS = Path(__file__).resolve().parents[2] / "contrib" / "duckdb" / "views.sql"


@pytest.fixture(scope="module")
def archive(demo_root: Path) -> Archive:
    return Archive.open(str(demo_root))


@pytest.fixture(scope="module")
def lake(archive: Archive) -> Iterator[LakeConnection]:
    connection = connect(archive.store, QuerySettings())
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def plain(demo_root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB alone, over the views that are shipped."""
    with duckdb.connect() as connection:
        connection.execute(f"SET VARIABLE archive = '{demo_root}'")
        connection.execute(VIEWS.read_text(encoding="utf-8"))
        yield connection


def asked_by(screen: Screen, archive: Archive, lake: LakeConnection) -> dict[str, Question | Held]:
    """The questions of a screen that is asked for what the demonstration holds."""
    held = "SELECT * FROM documents WHERE amounts > 0 ORDER BY year DESC, sha256 LIMIT 1"
    document = run(lake, held).read_all().to_pylist()[0]
    code = "SELECT left(function_code, 3) AS code FROM function_leaves ORDER BY amount DESC LIMIT 1"
    runs = [info.key for info in archive.store.list("runs/")]
    given = {
        "place": "/".join(document[name] for name in ("province", "city", "county") if document[name]),
        "code": run(lake, code).read_all().to_pylist()[0]["code"],
        "year": str(document["year"]),
        "entity": document["entity"],
        "sha256": document["sha256"],
        "run": Path(runs[-1]).stem if runs else "",
        "words": "经费",
    }
    publication = lake.manifest.publication if lake.manifest else "empty"
    gathering = Gathering(archive, shown_of(archive, None).gathered)
    addresses = ServedAddresses("en", publication)
    view = View(screen.name, "en", publication, given, addresses, archive, lake, gathering=gathering)
    view.takes_data = True
    screen.show(view)
    return view.asked


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_the_sql_of_every_part_gives_its_rows(
    screen: Screen, archive: Archive, lake: LakeConnection, plain: duckdb.DuckDBPyConnection
) -> None:
    for question in asked_by(screen, archive, lake).values():
        if isinstance(question, Question):
            shown = run(lake, question.sql, question.parameters, of=question.of).read_all()
            written = statement(question, "0123456789ab")

            assert run(lake, written).read_all().to_pylist() == shown.to_pylist()
            assert plain.execute(written).to_arrow_table().to_pylist() == shown.to_pylist()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_the_files_of_every_part_have_its_rows(screen: Screen, archive: Archive, lake: LakeConnection) -> None:
    for question in asked_by(screen, archive, lake).values():
        rows = (
            question.rows if isinstance(question, Held) else run(lake, question.sql, question.parameters).read_all()
        ).num_rows
        files = {
            form: b"".join(download(lake, question, "0" * 12, form).pieces()) for form in ("xlsx", "parquet", "csv")
        }

        assert pq.read_table(io.BytesIO(files["parquet"])).num_rows == rows
        assert openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[0].max_row == rows + 1
        assert files["csv"].startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("it's $a", "text"),
        ("-- $a", "text"),
        (-5, "integer"),
        (Decimal("-0.10"), "decimal"),
        (True, "boolean"),
        (None, "nothing"),
        (["a'b", "$a"], "list"),
        ([], "empty list"),
        (dt.date(2025, 1, 2), "date"),
        (dt.datetime(2025, 1, 2, 3, 4, tzinfo=dt.UTC), "time"),
    ],
)
def test_a_value_is_written_as_it_was_bound(value: Any, kind: str) -> None:
    question = Question('SELECT $a AS a, $ab, \'$a\' AS b, "$a" FROM (SELECT 1 AS "$a") -- $a', {"a": value, "ab": 1})

    answer = duckdb.sql(statement(question, "0" * 12)).to_arrow_table()

    assert answer.column_names[-1] == "$a"
    assert (answer["a"][0].as_py() or None) == (value or None)
    assert answer["b"][0] == pa.scalar("$a")
