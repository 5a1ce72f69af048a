"""Every system is read by a family, and every family of a product or platform is recognised by a system."""

from __future__ import annotations

from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.survey.systems import SYSTEMS


def test_systems_and_families_know_each_other() -> None:
    assert {system.family for system in SYSTEMS} == set(FAMILIES)


def test_a_system_has_marks_and_a_name_of_its_own() -> None:
    names = [system.name for system in SYSTEMS]
    assert len(names) == len(set(names))
    assert all(system.marks and all(mark.says for mark in system.marks) for system in SYSTEMS)
