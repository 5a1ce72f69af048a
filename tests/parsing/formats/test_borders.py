"""Formats know files, not budgets; and their rooms are as their maps and their tests say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

FORMATS = Path(__file__).resolve().parents[3] / "parsing" / "formats"
FILES = sorted(FORMATS.rglob("*.py"))
ALLOWED = (
    "gongkai.lake.picture_pages",
    "gongkai.parsing.formats",
    "gongkai.parsing.text.grid",
    "gongkai.parsing.text.font_forms",
    "gongkai.parsing.text.raised",
    "gongkai.parsing.text.struck_out",
)
PRINT = frozenset("零〇一二三四五六七八九十年月日时分秒上午下")
"""Characters of numerals, dates and times, which spreadsheets and print have whatever they are about."""

HAN = re.compile("[\u3400-\u9fff]+")


def named(path: Path) -> str:
    return path.relative_to(FORMATS).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_formats_hold_no_words_of_documents(path: Path) -> None:
    words = HAN.findall(path.read_text(encoding="utf-8"))
    assert [word for word in words if not PRINT.issuperset(word)] == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_formats_import_nothing_that_knows_budgets(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert [name for name in modules if name.startswith("gongkai") and not name.startswith(ALLOWED)] == []


ROOMS = sorted(path for path in FORMATS.iterdir() if (path / "__init__.py").exists())
MAPPED = re.compile(r"^ *(\w+)/? ", re.MULTILINE)


def modules(room: Path) -> set[str]:
    return {path.stem for path in room.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("room", [FORMATS, *ROOMS], ids=lambda room: room.name)
def test_the_map_of_a_room_names_its_modules(room: Path) -> None:
    docstring = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    listed = docstring.partition("\n\n")[2]
    inner = {path.name for path in ROOMS} if room == FORMATS else set()
    assert set(MAPPED.findall(listed)) == modules(room) | inner


@pytest.mark.parametrize("room", ["layout", "envelopes"])
def test_every_module_of_a_room_has_its_tests(room: str) -> None:
    here = Path(__file__).parent / room
    assert modules(FORMATS / room) == {path.stem.removeprefix("test_") for path in here.glob("test_*.py")}
