"""What a worker hands over comes back as it was."""

from __future__ import annotations

import dataclasses

from gongkai.cluster.handover import dump, load
from gongkai.lake.packing import PackedDocument, pack
from gongkai.lake.schema import TABLES
from gongkai.parsing.document import parse_original, refuse
from gongkai.parsing.publisher import Context
from tests.places import DEMO_SITE

XLSX = DEMO_SITE / "202502" / "W020250210391746205001.xlsx"


def test_documents_come_back_with_all_their_rows_and_the_descriptions_of_their_columns() -> None:
    refused = dataclasses.replace(pack(refuse("00" * 32, "parser_died", "the machine killed it")), is_passing=True)
    inside = dataclasses.replace(refused, container="11" * 32)
    given = [*map(pack, parse_original("22" * 32, XLSX.read_bytes(), Context())), refused, inside]
    back = load(dump(given))
    assert [facts(document) for document in back] == [facts(document) for document in given]
    for one, other in zip(given, back, strict=True):
        assert list(one.tables) == list(other.tables)
        for name in TABLES:
            assert other.table(name).equals(one.table(name), check_metadata=True)


def test_no_documents_are_none() -> None:
    assert load(dump([])) == []


def facts(document: PackedDocument) -> dict[str, object]:
    return {
        field.name: getattr(document, field.name) for field in dataclasses.fields(document) if field.name != "tables"
    }
