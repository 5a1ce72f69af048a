"""`gongkai export` and `verify --package` as a person calls them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import duckdb
import pytest

from gongkai.exits import Exit
from gongkai.queries.lake import load_extension
from tests.commands.conftest import Command


@pytest.mark.parametrize("kind", ["datapackage", "dcat", "croissant"])
def test_a_catalogue_is_written(gongkai: Command, tmp_path: Path, kind: str) -> None:
    terms = ("--publisher", "某组织", "--licence", "CC-BY-4.0", "--base", "https://data.example.org/budgets")
    ended = gongkai("export", kind, "catalogue.json", *terms)
    assert ended.code == Exit.OK, ended.errors
    assert "118 rows" in ended.errors
    text = (tmp_path / "catalogue.json").read_text(encoding="utf-8")
    assert json.loads(text)
    for said in ("某组织", "creativecommons.org/licenses/by/4.0", "https://data.example.org/budgets/", "秦皇岛市"):
        assert said in text
    for said in ("yuan", "lake/line_items/*/*/*/data.parquet", "CREATE VIEW line_items", "CREATE VIEW document_totals"):
        assert said in text


def test_terms_that_are_none_are_one_sentence(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("export", "dcat", "catalogue.json", "--licence", "free!")
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence
    assert "'free!'" in ended.errors
    assert not (tmp_path / "catalogue.json").exists()


@pytest.mark.parametrize("arguments", [("ducklake", "x"), ("datapackage", "x"), ("release", "x")])
def test_an_archive_without_a_lake_has_nothing_to_export(
    gongkai: Command, root: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (root / "lake" / "manifest.json").unlink()
    ended = gongkai("export", *arguments)
    assert ended.code == Exit.SOMETHING_FAILED
    assert ended.is_one_sentence
    assert "holds nothing yet" in ended.errors
    assert not (tmp_path / "x").exists()


def test_a_ducklake_is_written(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("export", "ducklake", "lake.ducklake")
    assert "22 files added, 0 removed; 1 publications can be read" in ended.errors
    with duckdb.connect() as connection:
        load_extension(connection, "ducklake")
        connection.execute(f"ATTACH 'ducklake:{tmp_path}/lake.ducklake' AS lake (READ_ONLY)")
        assert connection.execute("SELECT count(*) FROM lake.documents").fetchone() == (5,)


def test_a_release_is_written_checked_and_read(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("export", "release", "公开", "--date", "2025-06-01")
    assert ended.code == Exit.OK, ended.errors
    assert "of 2025-06-01 released, 118 rows" in ended.errors
    folder = tmp_path / "公开"
    subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "CHECKSUMS"], cwd=folder, check=True)
    names = {path.name for path in folder.iterdir()}
    pages = {"README.md", "views.sql", "datapackage.json", "dcat.jsonld", "croissant.json", "release.json"}
    assert names == pages | {"CHECKSUMS", "lake"}
    ended = gongkai("verify", "--package", "公开")
    assert (ended.code, ended.output) == (Exit.OK, "")
    with duckdb.connect() as connection:
        connection.execute("SET file_search_path = $folder", {"folder": str(folder)})
        connection.execute((folder / "views.sql").read_text(encoding="utf-8"))
        assert connection.execute("SELECT count(*), sum(revenue) > 0 FROM document_totals").fetchone() == (5, True)
    assert "unchanged" in gongkai("export", "release", "公开", "--date", "2025-06-01").errors
    other = gongkai("export", "release", "公开", "--date", "2025-06-02")
    assert other.code == Exit.WRONG_USAGE
    assert other.is_one_sentence


def test_a_damaged_release_is_found(gongkai: Command, tmp_path: Path) -> None:
    gongkai("export", "release", "r")
    with (tmp_path / "r" / "README.md").open("a") as page:
        page.write("!")
    ended = gongkai("verify", "--package", "r", "-f", "json")
    assert ended.code == Exit.SOMETHING_FAILED
    assert [(row["problem"], row["key"]) for row in json.loads(ended.output)] == [("altered", "README.md")]


def test_what_is_no_package_is_one_sentence(gongkai: Command, root: Path) -> None:
    ended = gongkai("verify", "--package", str(root))
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence
    ended = gongkai("verify", "--package", str(root), "--seconds", "5")
    assert ended.code == Exit.WRONG_USAGE
    assert "--package checks all of it" in ended.errors


def test_two_releases_are_compared(gongkai: Command) -> None:
    for name in ("a", "b"):
        gongkai("export", "release", name, "--date", "2025-06-01")
    ended = gongkai("export", "release-diff", "a", "b", "--show", "rows", "--format", "json")
    assert {row["difference"] for row in json.loads(ended.output)} == {0}
    assert "0 amounts changed" in ended.errors
    ended = gongkai("export", "release-diff", "a", "nowhere")
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence
