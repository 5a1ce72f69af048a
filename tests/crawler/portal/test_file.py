"""Portal files: what is accepted, and that everything else is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.families.trs import PagerMode, TrsParameters
from gongkai.crawler.portal.file import PortalLimits, StartUrl, TlsRules, load_portal
from gongkai.crawler.portal.schedule import Schedule

NEEDED = """\
id: hunan/changsha
name: 长沙市人民政府
family: trs
division_code: "430100"
start_urls: [https://www.changsha.gov.cn/x/]
verified: unverified
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "portal.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_needed_keys_are_enough(write: Write) -> None:
    portal = load_portal(write(NEEDED))
    assert portal.start_urls == (StartUrl("https://www.changsha.gov.cn/x/", Role.LISTING),)
    assert (portal.parameters, portal.verified, portal.allow_loopback) == (TrsParameters(), None, False)
    assert portal.archive_name == "hunan.changsha"
    assert portal.hosts == {"www.changsha.gov.cn"}


def test_every_key_is_read(write: Write) -> None:
    text = NEEDED.replace("[https://www.changsha.gov.cn/x/]", '[{url: "http://a.cn/b.html", role: article}]')
    more = """\
site_id_code: "4301000052"
site_name: 长沙市人民政府
parameters: {pager: none, pager_base: 1, row: ul > li, body: "#zoom"}
expected: {minimum: 3, maximum: 90}
delay_seconds: 2
timeout_seconds: 90.5
allow_loopback: true
schedule: {budgets: 3, full: 90}
look_back_days: 60
limits: {page_megabytes: 0.5, file_megabytes: 400, bytes_per_second: 100}
tls: {allow_self_signed: true}
contact: 市政府办公厅
notes: 说明
"""
    portal = load_portal(write(text.replace("unverified", "2026-03-01") + more))
    assert portal.start_urls == (StartUrl("http://a.cn/b.html", Role.ARTICLE),)
    assert portal.parameters == TrsParameters(pager=PagerMode.NONE, pager_base=1, row="ul > li", body="#zoom")
    assert (portal.expected_minimum, portal.expected_maximum) == (3, 90)
    assert (portal.delay_seconds, portal.timeout_seconds, portal.allow_loopback) == (2.0, 90.5, True)
    assert (portal.schedule, portal.look_back_days) == (Schedule(budgets=3, finals=7, otherwise=30, full=90), 60)
    assert portal.limits == PortalLimits(page_bytes=524288, file_bytes=400 * 2**20, bytes_per_second=100)
    assert portal.tls == TlsRules(allow_self_signed=True, allow_legacy=False)
    assert (portal.verified, portal.contact, portal.notes) == (dt.date(2026, 3, 1), "市政府办公厅", "说明")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("name: 长沙市人民政府\n", ""), "'name' is missing"),
        (("name:", "nmae:"), "'name' is missing"),
        (("verified: unverified", "verified: unverified\nexpectd: {}"), "expectd.*did you mean 'expected'"),
        (("verified: unverified", "verified: soon"), "verified is 'soon'"),
        (("verified: unverified", "verified: unverified\nid: again"), "'id' is given twice"),
        (('"430100"', "430100"), "division_code is 430100; it must be six digits in quotes"),
        (('"430100"', '"43010"'), "division_code is '43010'"),
        (("family: trs", "family: jpaas2"), "family is 'jpaas2'; it must be one of .*jpaas, .*trs"),
        (("hunan/changsha", "Hunan/长沙"), "id is 'Hunan/长沙'"),
        (("[https://www.changsha.gov.cn/x/]", "[]"), r"start_urls is \[\]"),
        (("https://www.changsha.gov.cn/x/", "file:///etc/passwd"), "start_urls is 'file:///etc/passwd'"),
        (("https://www.changsha.gov.cn/x/", "{url: 'http://a.cn/', rolle: listing}"), "rolle"),
        (("https://www.changsha.gov.cn/x/", "{url: 'http://a.cn/', role: file}"), "start_urls is 'file'"),
        (("verified:", "delay_seconds: fast\nverified:"), "delay_seconds is 'fast'"),
        (("verified:", "delay_seconds: -1\nverified:"), "delay_seconds is -1"),
        (
            ("verified:", "allow_loopback: yes please\nverified:"),
            "allow_loopback is 'yes please'; it must be true or false",
        ),
        (("verified:", "schedule: {budgets: 0}\nverified:"), "schedule.budgets is 0"),
        (("verified:", "schedule: {budget: 3}\nverified:"), "schedule.budget.*did you mean 'budgets'"),
        (("verified:", "schedule: weekly\nverified:"), "expected keys with values at 'schedule'"),
        (("verified:", "look_back_days: some\nverified:"), "look_back_days is 'some'"),
        (("verified:", "limits: {file_megabytes: 0}\nverified:"), "limits.file_megabytes is 0"),
        (
            ("verified:", "tls: {allow_self_signed: 1}\nverified:"),
            "tls.allow_self_signed is 1; it must be true or false",
        ),
        (("verified:", "tls: {verify: false}\nverified:"), "tls.verify"),
        (("verified:", "expected: {minimum: 9, maximum: 3}\nverified:"), "a minimum not above the maximum"),
        (("verified:", "expected: {least: 9}\nverified:"), "expected.least"),
        (
            ("verified:", "parameters: {pager: maybe}\nverified:"),
            "parameters.pager is 'maybe'; it must be auto or none",
        ),
        (("verified:", "parameters: {pager_base: 2}\nverified:"), "parameters.pager_base is 2; it must be 0 or 1"),
        (("verified:", "parameters: {row: 'li['}\nverified:"), "parameters.row is 'li\\['; it must be a CSS selector"),
        (("verified:", "parameters: {selector: li}\nverified:"), "parameters.selector"),
        (("verified:", "parameters: [1]\nverified:"), r"not \[1\]"),
        (("verified: unverified", "verified: [unverified"), "not valid YAML"),
    ],
)
def test_anything_not_understood_is_refused_by_file_key_and_value(
    write: Write, change: tuple[str, str], complaint: str
) -> None:
    assert change[0] in NEEDED
    with pytest.raises(PortalFileError, match=f"portal.yaml.*{complaint}"):
        load_portal(write(NEEDED.replace(*change)))


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words"])
def test_a_file_that_is_no_mapping_is_refused(write: Write, text: str) -> None:
    with pytest.raises(PortalFileError, match="expected keys with values"):
        load_portal(write(text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PortalFileError, match="cannot be read"):
        load_portal(tmp_path / "absent.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"name: \xff\xfe\xfa")
    with pytest.raises(PortalFileError, match="cannot be read"):
        load_portal(tmp_path / "latin.yaml")
