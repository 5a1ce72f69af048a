"""The crawler's docstrings are true maps: every room, floor and module stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_architecture import FLOORS

CRAWLER = Path(__file__).resolve().parents[2] / "crawler"
ROOMS = sorted(folder.name for folder in CRAWLER.iterdir() if (folder / "__init__.py").exists())


def named(docstring: Path) -> list[str]:
    return re.findall(r"^``(\w+)`` ", docstring.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_map_names_every_room_from_the_top_floor_down() -> None:
    rooms = named(CRAWLER / "__init__.py")
    floors = {room: number for number, floor in enumerate(FLOORS["crawler"]) for room in floor}
    assert sorted(rooms) == sorted(floors)
    assert rooms == sorted(rooms, key=lambda room: -floors[room])


def test_there_are_few_rooms_and_few_floors() -> None:
    assert len(FLOORS["crawler"]) <= 10
    assert sum(map(len, FLOORS["crawler"])) <= 13


@pytest.mark.parametrize("room", ROOMS)
def test_a_rooms_docstring_has_one_line_for_each_module(room: str) -> None:
    modules = [path.stem for path in (CRAWLER / room).glob("*.py") if path.stem != "__init__"]
    assert sorted(named(CRAWLER / room / "__init__.py")) == sorted(modules)


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in CRAWLER.rglob("*.py")}
    assert {name for name, length in lengths.items() if length > 300} == set()


def test_every_module_has_a_test_of_its_own() -> None:
    tests = CRAWLER.parent / "tests" / "crawler"
    modules = {path.relative_to(CRAWLER) for path in CRAWLER.rglob("*.py") if path.stem != "__init__"}
    untested = {module for module in modules if not (tests / module.with_name(f"test_{module.name}")).exists()}
    assert {str(module) for module in untested} == {"errors.py"}, "errors are raised in the tests of all others"
