"""A phase by any of its names, in every command that takes one."""

from __future__ import annotations

import pytest

from gongkai.exits import Exit
from gongkai.queries.errors import ParameterError
from gongkai.queries.named_queries import named_query
from gongkai.vocabulary.phases import phase_named
from tests.commands.conftest import Command

COMMANDS = (("documents",), ("search", "公用经费"), ("get",), ("add", "nothing-here.pdf"))


def test_a_phase_has_names_in_both_languages() -> None:
    assert {phase_named(name) for name in ("预算", "budget", "approved", " Budget ")} == {"approved"}
    assert {phase_named(name) for name in ("决算", "outcome", "executed")} == {"executed"}
    assert phase_named("调整预算") is None


@pytest.mark.parametrize("name", ["预算", "budget"])
def test_documents_of_a_phase_by_any_name(gongkai: Command, name: str) -> None:
    expected = gongkai("documents", "--phase", "approved", "-f", "csv")
    assert expected.output.count("\n") > 1
    assert gongkai("documents", "--phase", name, "-f", "csv").output == expected.output
    assert "--phase 'approved'" in gongkai("get", "--phase", name).errors


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_of_no_phase_is_refused_with_what_is_possible(gongkai: Command, command: tuple[str, ...]) -> None:
    ended = gongkai(*command, "--phase", "初步")
    assert ended.code == Exit.WRONG_USAGE
    assert "'初步' is no phase: give one of approved (budget, 预算), executed (outcome, 决算)" in ended.errors


def test_a_named_query_takes_it_too() -> None:
    query = named_query("documents_of_a_place")
    assert query.values({"phase": "决算"})["phase"] == "executed"
    assert query.values({"phase": ""})["phase"] == ""
    with pytest.raises(ParameterError, match="'初步' is no phase"):
        query.values({"phase": "初步"})
