"""A family is one file and one line: nothing else has to know of it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import load_object

from gongkai.archive import Role
from gongkai.crawler import families, settings
from gongkai.crawler.facts import Facts
from gongkai.crawler.families import registry
from gongkai.crawler.families.family import FAMILY_SPIDER, Family
from gongkai.crawler.families.parameters import Parameters, read_parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.crawler.survey.recording import read

ROOT = Path(__file__).resolve().parents[3]
SHARED = {"__init__", "family", "parameters", "registry"}
INVENTED = """
import dataclasses
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.listing import Listed, page_after, rows

@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InventedParameters(Parameters):
    places: int

def read_listing(page, lead, parameters):
    following = f"{page.url}-{lead.page_number + 1}" if lead.page_number < parameters.places else None
    return Listed(rows=tuple(rows(page)), next_pages=page_after(lead, following), pages=parameters.places)

FAMILY = Family(parameters=InventedParameters, read_listing=read_listing)
"""


def test_a_file_and_a_line_make_a_family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "invented.py").write_text(INVENTED, encoding="utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    monkeypatch.setitem(FAMILIES, "invented", registry.load_family("invented"))
    kind: type[Any] = FAMILIES["invented"].parameters
    portal = Portal(
        id="test",
        name="测试市",
        family="invented",
        division_code="990000",
        start_urls=(StartUrl("http://a.gov.cn/list"),),
        parameters=read_parameters(kind, Facts("test.yaml", {"places": 2})),
    )
    body = "<ul><li><a href='a.html'>甲局2026年部门预算</a>2026-02-01</li></ul>".encode()
    reading = read(portal, RecordedPage("http://a.gov.cn/list", body, Role.LISTING))
    assert reading == {
        "rows": 1,
        "first_rows": [
            {"title": "甲局2026年部门预算", "url": "http://a.gov.cn/a.html", "published_on": dt.date(2026, 2, 1)}
        ],
        "next_pages": ["http://a.gov.cn/list-2"],
        "columns": [],
        "total": None,
        "pages": 2,
    }


def test_every_module_of_the_room_is_a_family_in_the_registry() -> None:
    modules = {path.stem for path in (ROOT / "crawler" / "families").glob("*.py")} - SHARED
    assert tuple(sorted(modules)) == registry.NAMES
    assert all(isinstance(family, Family) for family in FAMILIES.values())


def test_only_families_that_remember_or_retry_have_a_spider_of_their_own() -> None:
    project = Settings()
    project.setmodule(settings)
    own = {name: family.spider for name, family in FAMILIES.items() if family.spider != FAMILY_SPIDER}
    assert sorted(own) == ["gkmlpt", "jpaas", "jpage", "trs"]
    assert {load_object(spider).name for spider in own.values()} == set(own)
    assert SpiderLoader.from_settings(project).list() == sorted(["family", *own])


def test_a_family_that_reads_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TypeError, match="neither read_listing nor a spider"):
        Family(parameters=Parameters)
    (tmp_path / "hollow.py").write_text("FAMILY = None\n", encoding="utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    with pytest.raises(TypeError, match="'hollow' ends in no Family"):
        registry.load_family("hollow")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [(("list",), "family\ngkmlpt\njpaas\njpage\ntrs\n"), (("settings", "--get", "BOT_NAME"), "gongkai\n")],
)
def test_scrapys_own_commands_work_in_a_checkout(arguments: tuple[str, ...], answer: str) -> None:
    command = [sys.executable, "-m", "scrapy", *arguments]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (said.stdout, said.returncode) == (answer, 0), said.stderr
