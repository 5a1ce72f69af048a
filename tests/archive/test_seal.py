"""What is written row by row has the bytes of what is written at once."""

from __future__ import annotations

import io
from typing import Any

import pytest

from gongkai.archive import seal

ROWS: list[list[dict[str, Any]]] = [[], [{"a": 1}], [{"b": "预\n算", "a": [1, {"c": None}]}, {}, {"x": []}]]


@pytest.mark.parametrize("rows", ROWS, ids=len)
@pytest.mark.parametrize("rest", [{}, {"a": 1, "z": {"y": "x"}}, {"zz": "portals"}], ids=str)
def test_json(rows: list[dict[str, Any]], rest: dict[str, Any]) -> None:
    spool = io.BytesIO()
    seal.write_sealed_json(spool, rest, "portals", iter(rows))
    document = {**rest, "portals": rows}
    assert seal.load_sealed_json(spool.getvalue()) == document
    assert spool.getvalue() == seal.sealed_json(document)


def test_a_member_in_the_place_of_the_seal_and_what_is_no_json_are_refused() -> None:
    with pytest.raises(ValueError, match="seal"):
        seal.write_sealed_json(io.BytesIO(), {"sha256": "x"}, "portals", [])
    with pytest.raises(ValueError, match="JSON"):
        seal.write_sealed_json(io.BytesIO(), {}, "portals", [{"x": float("nan")}])


def test_html() -> None:
    spool = io.BytesIO()
    seal.write_sealed_html(spool, ["<p>预", "算\n"])
    seal.check_html(spool.getvalue())
    assert spool.getvalue().startswith("<p>预算\n<!-- sha256: ".encode())
    with pytest.raises(seal.SealBrokenError):
        seal.check_html(spool.getvalue().replace(b"<p>", b"<q>"))
