"""Parameters are read strictly by the types of their fields."""

from __future__ import annotations

import dataclasses

import pytest

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.facts import Facts
from gongkai.crawler.families.parameters import Parameters, accepting, pattern, read_parameters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Every(Parameters):
    code: str
    size: int = 20
    all: bool = False
    names: tuple[str, ...] = ()
    match: str | None = pattern()
    even: int | None = accepting(lambda value: "even" if value % 2 else None)


def test_parameters_are_read_by_the_types_of_their_fields() -> None:
    values: dict[str, object] = {
        "code": "a",
        "size": 5,
        "all": True,
        "names": ["x", "y"],
        "match": "^预算",
        "even": 2,
        "row": "li",
    }
    found = read_parameters(Every, Facts("file", values, "parameters."))
    assert found == Every(code="a", size=5, all=True, names=("x", "y"), match="^预算", even=2, row="li")
    assert read_parameters(Every, Facts("file", {"code": "a"})) == Every(code="a")
    changes: list[tuple[dict[str, object], str]] = [
        ({"code": None}, "'parameters.code' is missing"),
        ({"size": "5"}, "parameters.size is '5'"),
        ({"all": "yes"}, "parameters.all is 'yes'"),
        ({"names": "x"}, "a list of texts"),
        ({"match": "("}, "regular expression"),
        ({"even": 3}, "parameters.even is 3; it must be even"),
        ({"cod": "b"}, "did you mean 'code'"),
    ]
    for change, complaint in changes:
        with pytest.raises(PortalFileError, match=complaint):
            read_parameters(Every, Facts("file", {**values, **change}, "parameters."))
