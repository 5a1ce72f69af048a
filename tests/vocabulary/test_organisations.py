"""Names of bodies by their endings."""

from __future__ import annotations

import pytest

from gongkai.vocabulary.organisations import is_organisation, without_aside


@pytest.mark.parametrize("name", ["某市教育局", "某某委员会", "某县第一幼儿园", "某局本级", "某馆（某中心）"])
def test_bodies(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["教育支出", "2025年预算", "某局预算", "机动经费"])
def test_no_bodies(name: str) -> None:
    assert not is_organisation(name)


def test_asides_say_what_figures_cover() -> None:
    assert without_aside("某局（汇总）") == "某局"
    assert without_aside("某局（某中心）") == "某局（某中心）"
