"""The house: imports point towards the two storages, rooms stand on floors, and nothing imports the command line."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("vocabulary", "archive", "lake", "crawler", "portals", "parsing", "queries", "viewer")
"""The top-level folders; ``gongkai/<name>`` is a link to each, so that ``gongkai.archive`` is ``archive/``."""
MAY_IMPORT = {
    "vocabulary": set[str](),
    "archive": {"vocabulary"},
    "lake": {"archive", "vocabulary"},
    "crawler": {"archive", "vocabulary"},
    "parsing": {"archive", "lake", "vocabulary"},
    "queries": {"archive", "lake", "vocabulary"},
    "viewer": {"archive", "lake", "queries", "vocabulary"},
}
FLOORS = {
    "viewer": [
        ("errors", "addresses", "albums", "ofd", "kept_pages"),
        ("drawing",),
        ("publications", "gathering", "judgements", "contradictory", "charts"),
        ("view",),
        ("downloads", "pages"),
        ("protection",),
        ("screens",),
        ("application",),
        ("site_files",),
        ("site_search",),
        ("site",),
    ],
    "crawler": [
        ("errors", "settings", "report"),
        ("facts", "pages"),
        ("families",),
        ("portal",),
        ("visit",),
        ("wire",),
        ("spider",),
        ("run",),
        ("survey",),
        ("registry",),
    ],
    "parsing": [
        ("text",),
        ("formats",),
        ("tables", "narrative"),
        ("publisher",),
        ("proof",),
        ("findings", "quality"),
        ("rows", "touched", "candidate_index"),
        ("document", "memory", "settings", "candidates", "waiting"),
        ("articles", "left", "workers"),
        ("contexts",),
        ("stage",),
    ],
    "parsing.formats": [
        ("layout", "envelopes"),
        ("scan", "word", "sheets", "text", "html", "ofd"),
        ("pdf",),
        ("reading",),
    ],
}
"""Rooms of the large packages from the ground up: a room imports only from floors below its own."""


@functools.cache
def modules(package: str) -> dict[str, Path]:
    """Dotted names without ``gongkai.`` and files of a top-level folder."""
    folder = ROOT / package
    named: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


@functools.cache
def imports(path: Path) -> tuple[str, ...]:
    """What a file imports, by dotted name; of ``from x import y`` both ``x`` and ``x.y``."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.append(node.module)
            names.extend(f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(names)


def ours(path: Path) -> Iterator[str]:
    """Names below ``gongkai.`` that a file imports, without that prefix."""
    return (name.removeprefix("gongkai.") for name in imports(path) if name.startswith("gongkai."))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_point_one_way(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules(package).items()
        for imported in ours(path)
        if imported.split(".")[0] not in allowed
    ]
    assert wrong == []


def test_our_packages_are_named_by_their_full_name_only() -> None:
    """``import archive`` would work in a checkout, and load everything a second time."""
    files = [*ROOT.glob("*/**/*.py")]
    short = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        if ".venv" not in path.parts
        for name in imports(path)
        if name.split(".")[0] in ROOMS
    ]
    assert short == []


@pytest.mark.parametrize("package", [*MAY_IMPORT, "gongkai"])
def test_no_relative_imports_hide_a_direction(package: str) -> None:
    for path in modules(package).values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


@pytest.mark.parametrize("package", [*MAY_IMPORT, "gongkai"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    """Imports inside functions count too: what is imported late is still known."""
    named = modules(package)
    arrows = {
        name: {imported for imported in ours(path) if imported in named and imported != name}
        for name, path in named.items()
        if path.name != "__init__.py"
    }
    assert circle(arrows) == []


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """The modules that stand on a circle or between two; empty where there is none."""
    left = {name: {end for end in ends if end in arrows} for name, ends in arrows.items()}
    while True:
        imported = set().union(*left.values())
        apart = {name for name, ends in left.items() if not ends or name not in imported}
        if not apart:
            return sorted(left)
        left = {name: ends - apart for name, ends in left.items() if name not in apart}


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == ["b", "c"]
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize("package", FLOORS)
def test_rooms_stand_on_floors(package: str) -> None:
    floors = FLOORS[package]
    floor_of = {room: number for number, rooms in enumerate(floors) for room in rooms}
    depth = package.count(".") + 1
    wrong: list[str] = []
    seen: set[str] = set()
    for name, path in modules(package.split(".", maxsplit=1)[0]).items():
        if not name.startswith(f"{package}.") or (path.name == "__init__.py" and name.count(".") == depth - 1):
            continue
        room = name.split(".")[depth]
        seen.add(room)
        for imported in ours(path):
            parts = imported.split(".")
            if imported.startswith(f"{package}.") and len(parts) > depth:
                other = parts[depth]
                if other != room and floor_of.get(other, 99) >= floor_of.get(room, -1):
                    wrong.append(f"{name} imports {imported}")
    assert wrong == []
    assert seen == set(floor_of), "the floor plan names other rooms than there are"


def test_the_command_line_is_imported_by_none() -> None:
    front = {name for name in modules("gongkai") if name != "gongkai"}
    wrong = [
        f"{name} imports {imported}"
        for package in MAY_IMPORT
        for name, path in modules(package).items()
        for imported in imports(path)
        if imported in front
    ]
    assert wrong == []


def test_every_room_is_in_the_one_package() -> None:
    for room in ROOMS:
        link = ROOT / "gongkai" / room
        assert link.is_symlink(), f"gongkai/{room} is no link; on Windows: git config core.symlinks true"
        assert link.resolve() == ROOT / room


def test_portals_hold_facts_and_no_code() -> None:
    assert [path for path in (ROOT / "portals").rglob("*.py") if path.stat().st_size] == []


@pytest.mark.parametrize("name", ["utils", "common", "core", "helpers", "models", "manager"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert [path for package in (*ROOMS, "gongkai") for path in (ROOT / package).rglob(f"{name}*")] == []


def test_broad_excepts_are_the_catch_all_of_a_stage() -> None:
    broad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in (*MAY_IMPORT, "gongkai")
        for path in modules(package).values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not any(isinstance(inside, ast.Raise) for inside in ast.walk(node))
    ]
    by_package = {path.split("/")[0] for path in broad}
    assert len(broad) == len(by_package), broad


def test_the_package_is_typed_and_licensed() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")


def test_the_terminal_is_written_to_in_one_place() -> None:
    """``session.echo`` takes steering characters out of what documents and portals say."""
    modules_with_echo = {
        path.name
        for path in sorted((ROOT / "gongkai").glob("*.py")) + sorted((ROOT / "gongkai" / "commands").glob("*.py"))
        if re.search(r"click\.s?echo\(|\bprint\(|print_exception\(", path.read_text(encoding="utf-8"))
    }
    assert modules_with_echo == {"session.py"}
