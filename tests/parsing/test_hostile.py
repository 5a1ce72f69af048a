"""Documents made to hurt, each through a worker at the real limits: one issue row, and the neighbours unharmed."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest

from gongkai.archive import Archive
from gongkai.lake.packing import PackedDocument
from gongkai.parsing.publisher import Context
from gongkai.parsing.workers import Task, parse_all
from tests.documents.hostile import HOSTILE
from tests.places import DEMO_SITE

NEIGHBOUR = DEMO_SITE / "202502" / "W020250210391746205001.xlsx"
PASSING = {"too_slow", "parser_died", "too_much_memory", "original_unreadable"}
HURTING = {"parser_failed"}
MOST_ISSUES = 5


def parsed(root: Path, names: list[str]) -> dict[str, list[PackedDocument]]:
    """Each document by its name, with those found inside it, and the neighbour before, between and after them."""
    archive = Archive.open(str(root))
    named = {archive.keep_original(HOSTILE[name]()).sha256: name for name in names}
    neighbour = archive.keep_original(NEIGHBOUR.read_bytes()).sha256
    hostile = [Task(sha256, Context(file_name=name)) for sha256, name in named.items()]
    plain = Task(neighbour, Context(file_name="某局2025年部门预算.xlsx"))
    tasks = [plain, *(task for each in hostile for task in (each, plain))]
    found: dict[str, list[PackedDocument]] = collections.defaultdict(list)
    for document in parse_all(str(root), tasks, 2):
        found[named.get(document.container or document.sha256, "neighbour")].append(document)
    return found


def kinds(document: PackedDocument) -> list[str]:
    return [str(kind) for kind in document.table("issues").column("kind").to_pylist()]


def rows(document: PackedDocument) -> dict[str, object]:
    return {name: document.table(name).to_pylist() for name in document.tables}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_a_hostile_document_costs_an_issue_and_no_neighbour(tmp_path: Path, part: int) -> None:
    names = sorted(HOSTILE)[part::4]
    found = parsed(tmp_path, names)
    neighbours = found.pop("neighbour")
    assert len(neighbours) == len(names) + 1
    assert all(rows(each) == rows(neighbours[0]) for each in neighbours)
    assert sorted(found) == names
    for name, documents in found.items():
        said = kinds(documents[0])
        assert said or documents[0].status == "container", name
        assert len(said) <= MOST_ISSUES, (name, said)
        assert PASSING.isdisjoint(said), (name, said)
        assert HURTING.isdisjoint(said), (name, said)


def test_nothing_leaves_its_archive_file(tmp_path: Path) -> None:
    """Names that climb out of their folder name documents, and write nothing."""
    [container, *inside] = parsed(tmp_path / "root", ["climbing.zip"])["climbing.zip"]
    assert container.status == "container"
    assert inside
    assert not list(tmp_path.rglob("out.csv"))
