"""Imports point towards the archive, and nothing imports the command line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = {"vocabulary", "archive", "crawler", "portals", "parsing", "queries", "gongkai"}
MAY_IMPORT = {
    "vocabulary": set[str](),
    "archive": {"vocabulary"},
    "crawler": {"archive", "vocabulary"},
    "parsing": {"archive", "vocabulary"},
    "queries": {"archive", "parsing.schema", "vocabulary"},
    "gongkai": OURS,
}


def imports(package: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                yield path, node.module


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, module in imports(package)
        if module.split(".")[0] in OURS and not any(module == name or module.startswith(f"{name}.") for name in allowed)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_no_relative_imports_hide_a_direction(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


def test_portals_hold_facts_and_no_code() -> None:
    assert [path for path in (ROOT / "portals").rglob("*.py") if path.stat().st_size] == []


@pytest.mark.parametrize("name", ["utils", "common", "core", "helpers", "models", "manager"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert [path for package in OURS for path in (ROOT / package).rglob(f"{name}*")] == []


def test_broad_excepts_are_the_catch_all_of_a_stage() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not any(isinstance(inside, ast.Raise) for inside in ast.walk(node))
    ]
    by_package = {path.split("/")[0] for path in broad}
    assert len(broad) == len(by_package), broad


def test_the_package_is_typed_and_licensed() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
