"""Facts are read strictly: each by its type, each once, and what is left over is an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.facts import Facts, closest


def test_every_type_is_read_and_an_absent_key_is_none() -> None:
    facts = Facts("a.yaml", {"name": " 甲 ", "delay": 2, "size": 3, "all": True, "names": ["x"], "tls": {"old": False}})
    assert (facts.text("name"), facts.number("delay"), facts.count("size")) == ("甲", 2.0, 3)
    assert (facts.flag("all"), facts.texts("names"), facts.group("tls").flag("old")) == (True, ("x",), False)
    assert (facts.text("a"), facts.number("a"), facts.count("a"), facts.flag("a"), facts.texts("a")) == (
        None,
        None,
        None,
        False,
        None,
    )
    facts.finish(())


READ: list[tuple[Callable[[Facts], Any], object]] = [
    (lambda facts: facts.text("key"), 7),
    (lambda facts: facts.text("key"), " "),
    (lambda facts: facts.text("key", re.compile(r"\d+")), "x"),
    (lambda facts: facts.number("key"), -1),
    (lambda facts: facts.number("key"), True),
    (lambda facts: facts.count("key"), 1.5),
    (lambda facts: facts.flag("key"), "yes"),
    (lambda facts: facts.texts("key"), []),
    (lambda facts: facts.texts("key"), ["x", 1]),
]


@pytest.mark.parametrize(("read", "value"), READ)
def test_a_value_of_another_type_is_refused_by_file_key_and_value(read: Callable[[Facts], Any], value: object) -> None:
    with pytest.raises(PortalFileError, match=rf"a\.yaml: tls\.key is {re.escape(repr(value))}; it must be"):
        read(Facts("a.yaml", {"key": value}, "tls."))


def test_what_is_missing_or_left_over_is_an_error() -> None:
    with pytest.raises(PortalFileError, match="'family' is missing"):
        Facts("a.yaml", {"family": None}).needed_text("family")
    with pytest.raises(PortalFileError, match=r"famly \('trs'\) is not known; did you mean 'family'\?"):
        Facts("a.yaml", {"famly": "trs"}).finish(["family", "name"])
    with pytest.raises(PortalFileError, match="at 'tls', not 'old'"):
        Facts("a.yaml", {"tls": "old"}).group("tls")
    assert closest("chansha", ["hunan/changsha", "changsha", "beijing"])[0] == "changsha"
