"""Every text that a person is told, in English, gathered from where it is said.

Messages are read from the source: strings of the front door that hold words, and what other rooms give an error to
say.  ``{}`` stands for each value in them, as in ``vocabulary/chinese.csv``.
"""

from __future__ import annotations

import ast
import csv
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from gongkai.application import COMMANDS
from gongkai.application import application as cli
from gongkai.lake.schema import TABLES
from gongkai.queries.named_queries import named_queries

ROOT = Path(__file__).resolve().parents[2]

_PHRASE = re.compile(r"[A-Za-z]{2,}[^A-Za-z]* [^A-Za-z]*[A-Za-z{(]|\{\} [a-z]{2,}|[a-z]{2,} \{\}")
"""Two words, or a word beside a value."""
_NO_MESSAGE = re.compile(
    r"SELECT|FROM |ORDER BY|^\s*<|</|^\\"
    r"|^gongkai( --root| \w+)?( \{\})?$|^gongkai: \{\}(: \{\})?$|^PRAGMA |^query [lu\"]|^--set \{\}|^serve --"
)
"""SQL, HTML, commands to type."""
_ERRORS = re.compile(r"\w+Error$")


_REASON = re.compile(r"[a-z]{2,}[,:]? [a-z({]")
"""Words in a row: in the parsing rooms only reasons and scopes have some."""


def reasons() -> dict[str, str]:
    """Reasons of issues and checks, and where checks were applied, each with the file that states it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "parsing").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in _strings(tree, _docstrings(tree)):
            if _REASON.search(text) and not _NO_MESSAGE.search(text):
                found.setdefault(" ".join(text.split()), path.relative_to(ROOT).as_posix())
    return found


def messages() -> dict[str, str]:
    """Messages, each with the file that says it."""
    found: dict[str, str] = {}
    for path in sorted([*(ROOT / "gongkai").glob("*.py"), *(ROOT / "gongkai" / "commands").glob("*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        _note(found, path, _strings(tree, _docstrings(tree)))
    for room in ("archive", "lake", "queries", "vocabulary", "crawler"):
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            _note(found, path, _of_errors(tree))
    return found


def _note(found: dict[str, str], path: Path, texts: Iterator[str]) -> None:
    for text in texts:
        for part in text.replace("\b", "").split(" · "):
            inner = " ".join(part.split())
            if _PHRASE.search(inner) and not _NO_MESSAGE.search(inner):
                found.setdefault(inner, path.relative_to(ROOT).as_posix())


def _of_errors(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if _ERRORS.search(name) or name in ("fail", "note", "_note"):
                for argument in node.args:
                    yield from _strings(argument, set())


def _docstrings(tree: ast.Module) -> set[int]:
    statements = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {id(value) for value in statements if isinstance(value, ast.Constant)}


def _strings(node: ast.AST, left_out: set[int]) -> Iterator[str]:
    if id(node) in left_out:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _strings(part.value, left_out)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child, left_out)


def commands(group: click.Group, prefix: str = "gongkai") -> Iterator[tuple[str, click.Command]]:
    """Every command under its whole name, the group itself first."""
    yield prefix, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def help_texts() -> dict[str, str]:
    """Paragraphs of help, texts of options and words that stand for values, each with its command."""
    found: dict[str, str] = {text: f"gongkai {name}" for name, text in COMMANDS.items()}
    for name, command in commands(cli):
        for text in (command.short_help, *_paragraphs(command.help), *_paragraphs(command.epilog)):
            if text:
                found.setdefault(text, name)
        for parameter in command.params:
            for text in (getattr(parameter, "help", None), *_capitals(parameter.metavar)):
                if text:
                    found.setdefault(" ".join(text.split()), f"{name} {parameter.name}")
    return found


def _capitals(metavar: str | None) -> list[str]:
    return re.findall(r"[A-Z][A-Z0-9_]+", metavar or "")


def _paragraphs(text: str | None) -> Iterator[str]:
    """Paragraphs as ``gongkai.chinese_help`` looks them up: in one line, what is set line by line by its lines."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        if "\b" in paragraph:
            words = (re.split(r"\s{2,}", line.strip())[-1] for line in paragraph.replace("\b", "").splitlines())
            yield from (word for word in words if word and not word.startswith(("gongkai", "duckdb")))
        elif paragraph:
            yield " ".join(paragraph.split())


def lake_texts() -> dict[str, str]:
    """What tables, views and columns hold."""
    found = {table.row: table.name for table in TABLES.values()}
    for table in TABLES.values():
        found |= {column.description: f"{table.name}.{column.name}" for column in table.columns}
    with (ROOT / "queries" / "views" / "comments.csv").open(encoding="utf-8", newline="") as file:
        found |= {row["comment"]: f"{row['relation']}.{row['column']}" for row in csv.DictReader(file)}
    return found


def query_texts() -> dict[str, str]:
    """Titles, descriptions, parameters and coverage of named queries."""
    found: dict[str, str] = {}
    for query in named_queries().values():
        texts = (query.title, query.description, query.unanswered, *(each.meaning for each in query.parameters))
        found |= dict.fromkeys(texts, query.name)
    return found
