"""The lake as a sealed database: columns and types, pruning, what is refused, on a directory and on S3."""

from __future__ import annotations

import concurrent.futures
import os
import subprocess
import sys
import tempfile
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive import processes
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.roots import open_store
from gongkai.archive.s3_store import S3Store
from gongkai.archive.store import Store
from gongkai.lake.manifest import MANIFEST_KEY
from gongkai.lake.schema import TABLES
from gongkai.queries.errors import LakeUnusableError, ParameterError, QueryError, SqlError, StatementRefusedError
from gongkai.queries.lake import connect, load_httpfs
from gongkai.queries.settings import QuerySettings, query_settings
from gongkai.queries.sql_guard import run
from gongkai.queries.sql_text import quoted, sql_type
from gongkai.vocabulary.classification import KINDS, codes
from tests.queries.small_lake import HEBEI, write_lake

HIDDEN = "kept-out-of-the-lake"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive root whose path holds what globs and SQL literals treat specially."""
    root = tmp_path_factory.mktemp("lake") / "a[1]'b *档案"
    write_lake(DirectoryStore(root))
    (root / "raw").mkdir()
    (root / "raw" / "original").write_text(HIDDEN)
    return root


@pytest.fixture(scope="module")
def lake(root: Path) -> duckdb.DuckDBPyConnection:
    return connect(DirectoryStore(root))


def ask(lake: duckdb.DuckDBPyConnection, sql: str, **parameters: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = run(lake, sql, parameters).read_all().to_pylist()
    return rows


@pytest.mark.parametrize("filled", [True, False])
def test_every_table_has_the_columns_and_types_of_the_schema(tmp_path: Path, *, filled: bool) -> None:
    store = DirectoryStore(tmp_path)
    if filled:
        write_lake(store)
    lake = connect(store)
    for table in TABLES.values():
        described = [
            (row["column_name"], row["column_type"])
            for row in ask(lake, f"DESCRIBE SELECT * FROM {table.name}")  # noqa: S608
        ]
        expected = [(column.name, sql_type(column.type)) for column in table.columns]
        # DuckDB describes the type under its long name.
        assert [(n, t.replace(" WITH TIME ZONE", "TZ")) for n, t in described] == expected


def test_columns_carry_their_descriptions(lake: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT comment FROM duckdb_columns() WHERE table_name = 'line_items' AND column_name = 'amount'"
    assert ask(lake, sql)[0]["comment"].startswith("yuan")


def test_the_classifications_are_a_table(lake: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT kind, count(*) AS codes FROM classifications GROUP BY kind ORDER BY kind"
    assert ask(lake, sql) == [{"kind": kind, "codes": len(codes(kind))} for kind in sorted(KINDS)]
    row = ask(lake, "SELECT * FROM classifications WHERE code = '210' AND valid_from = 2014")[0]
    assert {name: row[name] for name in ("name", "parent", "level", "valid_to")} == {
        "name": "医疗卫生与计划生育支出",
        "parent": None,
        "level": "category",
        "valid_to": 2018,
    }
    quoted = "SELECT name FROM classifications WHERE code = '2119803'"
    assert ask(lake, quoted) == [{"name": next(one.name for one in codes("functional") if one.code == "2119803")}]


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("210", 2013, "医疗卫生支出"),
        ("210", 2018, "医疗卫生与计划生育支出"),
        ("210", 2019, "卫生健康支出"),
        ("210", None, "卫生健康支出"),
        ("50101", 2025, "工资奖金津补贴"),
        ("50101", 2017, None),
        ("2010308", None, None),
        ("999", 2025, None),
        (None, 2025, None),
    ],
)
def test_the_name_of_a_code_in_a_year(
    lake: duckdb.DuckDBPyConnection, code: str | None, year: int | None, name: str | None
) -> None:
    assert ask(lake, f"SELECT code_name({_sql(code)}, {_sql(year)}) AS name") == [{"name": name}]


def _sql(value: str | int | None) -> str:
    return "NULL" if value is None else repr(value)


def test_amounts_are_exact_and_unknown_partitions_are_null(lake: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT sum(amount) AS amount FROM line_items WHERE form = 'balance' AND label = '收入总计'"
    assert ask(lake, sql) == [{"amount": Decimal("1500.10")}]
    assert ask(lake, "SELECT province, year, department FROM documents WHERE sha256 LIKE 'e%'") == [
        {"province": None, "year": None, "department": None}
    ]


def test_a_filter_on_the_partition_reads_only_its_file(lake: duckdb.DuckDBPyConnection) -> None:
    plan = lake.execute("EXPLAIN SELECT amount FROM line_items WHERE province = '河南省' AND year = 2024").fetchall()
    assert "Scanning Files: 1/3" in plan[0][1]


def test_only_the_files_of_the_manifest_are_read(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    manifest = write_lake(store)
    before = connect(store)
    stray = tmp_path / manifest.of("documents")[0].path.replace("data.parquet", "stray.parquet")
    stray.write_bytes(b"not Parquet")
    for file in manifest.of("documents"):
        (tmp_path / file.path).unlink()
    assert ask(before, "SELECT count(*) AS n FROM documents") == [{"n": 5}]


OUTSIDE = [
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_blob('/etc/passwd')",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_parquet('{root}/raw/original')",
    "SELECT * FROM read_text('{root}/raw/original')",
    "SELECT * FROM read_text('{root}/lake_versions/../../raw/original')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM '{root}/raw/original'",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM sniff_csv('/etc/passwd')",
    "SELECT * FROM parquet_metadata('/etc/passwd')",
    "SELECT * FROM read_parquet('http://127.0.0.1:1/x.parquet')",
    "SELECT * FROM read_duckdb('/tmp/x')",
    "SELECT (SELECT count(*) FROM read_text('/etc/passwd'))",
    "WITH x AS (FROM read_text('/etc/passwd')) FROM x",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = '{root}/lake_versions/log')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM which_secret('s3://x', 's3')",
    "SELECT * FROM duckdb_settings()",
    "SELECT getenv('HOME')",
    "COPY (SELECT 1) TO '{root}/lake_versions/out.csv'",
    "COPY documents FROM '/etc/passwd'",
    "ATTACH '{root}/x.db'",
    "EXPORT DATABASE '{root}/x'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "PRAGMA database_list",
    "CALL enable_profiling()",
    "CREATE TABLE x AS SELECT 1",
    "DROP VIEW documents",
    "INSERT INTO documents SELECT * FROM documents",
    "UPDATE documents SET year = 1",
    "DELETE FROM documents",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{root}/x'",
    "CREATE SECRET x (TYPE s3)",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{root}/x'",
    "PIVOT documents ON year USING count(*); SELECT 1",
    "SELECT 1; PIVOT documents ON year USING count(*)",
    "CREATE TABLE x AS PIVOT documents ON year USING count(*)",
    "CREATE TYPE x AS ENUM ('a'); SELECT 1",
    "INSERT INTO documents PIVOT documents ON year USING count(*)",
    "PIVOT query('SELECT 1 AS a') ON a USING count(*)",
    "PIVOT (FROM \"Read_Text\" /* 表 */ ('/etc/passwd')) ON filename USING count(*)",
    "PIVOT (FROM duckdb_secrets()) ON name USING count(*)",
    "",
    "-- nothing",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_what_is_not_reading_the_lake_is_refused(root: Path, lake: duckdb.DuckDBPyConnection, sql: str) -> None:
    here = str(root).replace("'", "''")
    files = sorted(root.rglob("*"))
    with pytest.raises((StatementRefusedError, SqlError)) as refusal:
        ask(lake, sql.format(root=here))
    assert "\n" not in str(refusal.value)
    assert HIDDEN not in str(refusal.value)
    assert sorted(root.rglob("*")) == files


@pytest.mark.parametrize("sql", [sql for sql in OUTSIDE if "passwd" in sql or "raw/original" in sql or "ATTACH" in sql])
def test_the_connection_itself_is_sealed(root: Path, lake: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Also without ``sql_guard``: DuckDB's own settings hold."""
    files = sorted(root.rglob("*"))
    with pytest.raises(duckdb.Error):
        lake.execute(sql.format(root=str(root).replace("'", "''"))).fetchall()
    assert sorted(root.rglob("*")) == files


def test_python_variables_are_not_tables(lake: duckdb.DuckDBPyConnection) -> None:
    hidden = lake.execute("SELECT 1 AS x").to_arrow_table()
    assert hidden.num_rows == 1
    with pytest.raises(SqlError, match="hidden"):
        ask(lake, "SELECT * FROM hidden")


@pytest.mark.parametrize(
    "sql",
    [
        "FROM documents SELECT sha256",
        "WITH d AS (SELECT * FROM documents) SELECT count(*) FROM d",
        "VALUES (1), (2)",
        "SUMMARIZE documents",
        "SHOW TABLES",
        "TABLE documents",
        "SELECT * FROM range(3)",
        "SELECT unnest([1, 2])",
        "PIVOT documents ON year IN (2024, 2025) USING count(*)",
        "PIVOT documents ON year USING count(*) GROUP BY province",
        "PIVOT (SELECT year, entity FROM documents) ON year USING count(*);",
        "SELECT * FROM (PIVOT documents ON year, phase USING count(*)) -- 表",
        'PIVOT (PIVOT documents ON year USING count(*) GROUP BY phase) ON phase USING any_value("2025")',
        "PIVOT (SELECT range AS n FROM range(3)) ON n USING count(*)",
    ],
)
def test_statements_that_only_read_are_run(lake: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert ask(lake, sql)


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("SELECT , FROM documents", "line 1, column 8"),
        ("SELECT '河北省', ) FROM documents", "line 1, column 15"),
        ("SELECT 1\nFROM documents\nWHERE entty = 'x'", "line 3, column 7"),
        ("SELECT * FROM documnts", "line 1, column 15"),
        ("SELECT 1\nFROM documents -- 文件\nWHERE '河北省' = 省份", "line 3, column 15"),
        ("SELECT " + "entity, " * 40 + ") FROM documents", "line 1, column 328"),
    ],
)
def test_a_mistake_in_sql_is_told_with_its_position(lake: duckdb.DuckDBPyConnection, sql: str, where: str) -> None:
    with pytest.raises(SqlError) as refusal:
        ask(lake, sql)
    assert where in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_unknown_table_is_answered_with_those_there_are(lake: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(SqlError, match="the lake has addable_amounts, agreements, amounts, amounts_of_every_basis"):
        ask(lake, "SELECT * FROM cell")


def test_an_error_while_rows_are_read_is_told_too(lake: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(SqlError, match="Conversion Error"):
        ask(lake, "SELECT CAST(entity AS INTEGER) FROM documents")


def test_parameters_are_bound_not_pasted(lake: duckdb.DuckDBPyConnection) -> None:
    nasty = "x' OR true --"
    assert ask(lake, "SELECT $t AS t, count(*) AS n FROM documents WHERE entity = $t", t=nasty) == [
        {"t": nasty, "n": 0}
    ]
    with pytest.raises(ParameterError, match=r"\$t"):
        ask(lake, "SELECT $t")
    with pytest.raises(ParameterError, match=r"\$u"):
        ask(lake, "SELECT 1", u="1")


def test_columns_of_the_same_name_stay_apart(lake: duckdb.DuckDBPyConnection) -> None:
    assert ask(lake, "SELECT 1 AS a, 2 AS a, 3 AS a_1") == [{"a": 1, "a_1": 2, "a_1_1": 3}]


def test_a_question_starts_a_thread_on_the_main_thread_alone(
    lake: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C reaches the main thread alone; a page of the viewer asks some twenty questions on another."""
    started: list[str] = []

    class Counted(threading.Thread):
        def start(self) -> None:
            started.append(self.name)
            super().start()

    with concurrent.futures.ThreadPoolExecutor(1) as other:
        other.submit(int).result()  # its thread is there
        monkeypatch.setattr(threading, "Thread", Counted)
        assert other.submit(lambda: run(lake, "SELECT 1 AS one").read_all().to_pylist()).result() == [{"one": 1}]
        assert started == []
        run(lake, "SELECT 1").read_all()
        assert started


def test_a_query_beyond_its_memory_spills_outside_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lake = connect(DirectoryStore(tmp_path / "none"), QuerySettings(memory="60MB", threads=1))
    sql = (
        "SELECT max(x) AS x FROM (SELECT lpad(range::VARCHAR, 100, '0') AS x FROM range(1000000) ORDER BY hash(range))"
    )
    assert ask(lake, sql)[0]["x"].endswith("0999999")
    assert not list(tmp_path.iterdir())


def test_folders_that_dead_queries_spilled_to_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    code = "from gongkai.archive import processes; print(processes.own_mark())"
    dead = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    boot, number, began = dead.split("-")
    earlier = f"{'0' * len(boot)}-{number}-{began}"
    marks = [dead, earlier, processes.own_mark(), "12345"]
    for mark in marks:
        (tmp_path / f"gongkai-query-{mark}").mkdir()
        (tmp_path / f"gongkai-query-{mark}" / "spilled").write_bytes(b"x")
    connect(DirectoryStore(tmp_path / "none")).close()
    assert {path.name for path in tmp_path.iterdir()} == {f"gongkai-query-{mark}" for mark in marks[2:]}


def test_a_damaged_lake_is_named(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    manifest = write_lake(store)
    for file in manifest.of("projects"):
        (tmp_path / file.version).unlink()
    with pytest.raises(LakeUnusableError, match="gongkai parse --all"):
        ask(connect(store), "SELECT * FROM projects")
    store.write(MANIFEST_KEY, b"{}")
    with pytest.raises(LakeUnusableError, match="manifest"):
        connect(store)


def test_a_file_lost_after_opening_is_named(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    manifest = write_lake(store)
    lake = connect(store)
    for file in manifest.of("projects"):
        (tmp_path / file.version).unlink()
    with pytest.raises(LakeUnusableError):
        ask(lake, "SELECT * FROM projects")


def test_settings_come_from_the_environment() -> None:
    assert query_settings({}) == QuerySettings(None, None)
    given = {"GONGKAI_QUERY_MEMORY": "512MB", "GONGKAI_QUERY_THREADS": "2"}
    assert query_settings(given) == QuerySettings("512MB", 2)
    for name in given:
        with pytest.raises(ParameterError, match=name):
            query_settings({name: "many"})


def test_settings_reach_duckdb(tmp_path: Path) -> None:
    lake = connect(DirectoryStore(tmp_path), QuerySettings("300MiB", 1))
    sql = "SELECT current_setting('memory_limit') AS memory, current_setting('threads') AS threads"
    assert ask(lake, sql) == [{"memory": "300.0 MiB", "threads": 1}]


@pytest.fixture
def s3_store(s3_root: str) -> Store:
    store = open_store(s3_root)
    write_lake(store)
    return store


def test_files_of_this_machine_are_not_held_in_memory(lake: duckdb.DuckDBPyConnection) -> None:
    """What the system caches would be held twice, and more with every file as long as the connection is open."""
    lake.execute("SELECT count(*), max(amount) FROM line_items").fetchall()
    held = "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'EXTERNAL_FILE_CACHE'"
    assert lake.execute(held).fetchall() == [(0,)]


def test_a_lake_on_s3_gives_the_same_answers(s3_store: Store, lake: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT * EXCLUDE (line_item_id) FROM amounts ORDER BY document_sha256, table_index, row_index, column_index"
    assert ask(connect(s3_store), sql) == ask(lake, sql)


def test_a_lake_on_s3_is_sealed_and_hides_its_keys(s3_store: Store) -> None:
    s3_store.write("raw/original", HIDDEN.encode())
    lake = connect(s3_store)
    outside = s3_store.locate("raw/original")
    for path in (outside, "/etc/passwd"):
        sql = f"SELECT * FROM read_text({quoted(path)})"  # noqa: S608
        with pytest.raises(duckdb.Error):
            lake.execute(sql).fetchall()
        with pytest.raises(QueryError):
            ask(lake, sql)
    with pytest.raises(StatementRefusedError):
        ask(lake, "SELECT * FROM duckdb_secrets()")
    assert os.environ["AWS_SECRET_ACCESS_KEY"] not in str(lake.execute("FROM duckdb_secrets()").fetchall())


def test_a_partition_on_s3_is_found_by_its_chinese_name(s3_store: Store) -> None:
    sql = """
        SELECT DISTINCT document_sha256 AS d FROM line_items
        WHERE department = '人力资源和社会保障' AND form = 'balance'
    """
    assert ask(connect(s3_store), sql) == [{"d": HEBEI}]


PLAIN = """
    SELECT province, year, amount FROM read_parquet({files}, hive_partitioning = true)
    WHERE form = 'balance' AND direction = 'revenue' AND label = '收入总计' ORDER BY year
"""


def test_plain_duckdb_reads_the_same_lake_by_a_glob(root: Path) -> None:
    """As docs/querying.md shows it."""
    files = quoted("lake/line_items/*/*/*/data.parquet")
    script = f"import duckdb; print(duckdb.sql({PLAIN.format(files=files)!r}).fetchall())"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('河南省', 2024, Decimal('500.00')), ('河北省', 2025, Decimal('1000.10'))]"


def test_plain_duckdb_reads_a_lake_on_s3_by_a_glob(s3_store: Store) -> None:
    assert isinstance(s3_store, S3Store)
    plain = duckdb.connect()
    load_httpfs(plain)
    access = s3_store.access
    plain.execute(
        f"CREATE SECRET (TYPE s3, KEY_ID {quoted(access.access_key)}, SECRET {quoted(access.secret_key)},"
        f" ENDPOINT {quoted(access.endpoint)}, URL_STYLE 'path', USE_SSL false)"
    )
    files = quoted(f"{s3_store.url}/lake/line_items/*/*/*/data.parquet")
    assert [row[2] for row in plain.sql(PLAIN.format(files=files)).fetchall()] == [
        Decimal("500.00"),
        Decimal("1000.10"),
    ]
