"""The lake for other tools: a DuckDB file and SQL give the same answers as the sealed lake."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import duckdb
import ibis
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.queries.errors import OutputError
from gongkai.queries.exports import shipped_statements, sql_statements, write_database
from gongkai.queries.lake import connect, load_httpfs
from gongkai.queries.named_queries import NamedQuery, named_queries
from gongkai.queries.sql_guard import run
from gongkai.queries.sql_text import quoted
from tests.places import ROOT
from tests.queries.small_lake import write_lake

SQL = "SELECT entity, revenue, three_public, code_name('208', 2025) AS name FROM document_totals ORDER BY ALL"
SHIPPED = ROOT / "contrib" / "duckdb" / "views.sql"
CLI = Path(sysconfig.get_path("scripts")) / "duckdb"


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    store = DirectoryStore(tmp_path / "archive")
    write_lake(store)
    return store


@pytest.fixture
def expected(store: DirectoryStore) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = connect(store).execute(SQL).fetchall()
    assert len(rows) > 2
    return rows


def test_a_database_reads_the_same_lake_from_anywhere(
    store: DirectoryStore, expected: list[tuple[object, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_database(DirectoryStore(Path("archive")), Path("lake.duckdb"))
    monkeypatch.chdir("/")
    with duckdb.connect(tmp_path / "lake.duckdb", read_only=True) as connection:
        assert connection.execute(SQL).fetchall() == expected
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'amounts' AND column_name = 'amount'"
        assert str(connection.execute(comment).fetchone()).startswith("('yuan")
        assert connection.execute("SELECT count(*) > 1000 FROM classifications").fetchone() == (True,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "lake.duckdb"]


def test_duckdb_s_own_command_line_reads_both(
    store: DirectoryStore, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    assert isinstance(store, DirectoryStore)
    (tmp_path / "archive" / "views.sql").write_text("".join(sql_statements(store)), encoding="utf-8")
    write_database(store, tmp_path / "lake.duckdb")
    lines = ["|".join("" if value is None else str(value) for value in row) for row in expected]
    for arguments in (["-init", "views.sql"], [str(tmp_path / "lake.duckdb")]):
        command = [str(CLI), "-batch", *arguments, "-list", "-noheader", "-nullvalue", "", "-c", SQL]
        done = subprocess.run(command, cwd=tmp_path / "archive", capture_output=True, text=True, check=True)
        assert done.stdout.splitlines() == lines


def test_the_shipped_views_are_those_of_today() -> None:
    """Else: .venv/bin/python -m gongkai.queries.exports > contrib/duckdb/views.sql."""
    assert SHIPPED.read_text(encoding="utf-8") == "".join(shipped_statements())


def test_duckdb_s_own_command_line_answers_every_named_query_by_the_shipped_views(
    store: DirectoryStore, tmp_path: Path
) -> None:
    """Of an archive in which some tables have no file, said by a variable; parameters with their defaults."""
    questions = {name: _with_defaults(query) for name, query in named_queries().items()}
    archive = quoted(str(tmp_path / "archive"))
    begin = f"SET VARIABLE archive = {archive}; SET TimeZone = 'UTC';\n.bail on\n.read {SHIPPED}\n"
    copies = [f"COPY ({sql}\n) TO {quoted(str(tmp_path / name))} (FORMAT parquet);" for name, sql in questions.items()]
    script = begin + "\n".join(copies)
    subprocess.run([str(CLI), "-batch"], input=script, cwd=tmp_path, capture_output=True, text=True, check=True)
    filled = 0
    with connect(store) as connection:
        for name, query in named_queries().items():
            answer = run(connection, query.sql, query.values({})).read_all().to_pylist()
            assert duckdb.read_parquet(str(tmp_path / name)).to_arrow_table().to_pylist() == answer, name
            filled += bool(answer)
    assert filled > 15


def _with_defaults(query: NamedQuery) -> str:
    """A named query's SQL with its defaults in place of the parameters, comments left out."""
    lines = [line for line in query.sql.splitlines() if not line.startswith("--")]
    defaults = {parameter.name: parameter.default for parameter in query.parameters}

    def literal(named: re.Match[str]) -> str:
        value = defaults[named[1]]
        return "NULL" if value is None else quoted(value) if isinstance(value, str) else str(value).lower()

    return re.sub(r"\$(\w+)", literal, "\n".join(lines))


@pytest.mark.filterwarnings("ignore")  # ibis still uses what DuckDB and pandas are about to drop
def test_ibis_reads_a_database(store: DirectoryStore, tmp_path: Path) -> None:
    """As docs/querying.md shows it."""
    write_database(store, tmp_path / "lake.duckdb")
    items = ibis.duckdb.connect(tmp_path / "lake.duckdb", read_only=True).table("amounts")
    counted = items.filter(items.year == 2025).group_by("department").agg(amounts=ibis._.count()).execute()
    assert counted["department"].tolist() == ["人力资源和社会保障"]


def test_a_database_of_an_object_store_holds_no_key(
    s3_root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(s3_root)
    write_lake(store)
    write_database(store, tmp_path / "lake.duckdb")
    with duckdb.connect(tmp_path / "lake.duckdb") as connection:
        load_httpfs(connection)
        assert connection.execute("FROM duckdb_secrets()").fetchall() == []
        (sql,) = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'documents'").fetchone() or ("",)
        assert "s3://" in str(sql)


def test_a_file_that_cannot_be_written_is_named(store: DirectoryStore, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        write_database(store, tmp_path / "nowhere" / "lake.duckdb")


def test_a_file_that_duckdb_cannot_write_is_no_fault_of_the_lake(
    store: DirectoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise duckdb.IOException('Failed to commit: Could not write file "/x/lake.duckdb.wal": No space left on device')

    monkeypatch.setattr("gongkai.queries.exports.create_relations", full)
    with pytest.raises(OutputError, match=r"a\.duckdb' cannot be written: No space left on device$"):
        write_database(store, tmp_path / "a.duckdb")
    assert not (tmp_path / "a.duckdb").exists()
