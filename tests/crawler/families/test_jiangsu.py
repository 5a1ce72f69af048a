"""江苏: groups, departments and disclosures are steps of POST requests, each told apart by its body."""

from __future__ import annotations

import datetime as dt
import json

from gongkai.archive import Role
from gongkai.crawler.families.jiangsu import DISCLOSURES, FILES, JiangsuParameters, read_facts, read_files, read_listing
from gongkai.crawler.pages.address import sent
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

START = Lead(url="http://yjsgk.jsczt.cn/yjsgk/", role=Role.LISTING)
PARAMETERS = JiangsuParameters(groups=("1", "2"), years=("2026",), types=("3",))


def page(value: object, lead: Lead) -> Page:
    return Page(json.dumps(value), sent(lead.url).url)


def test_each_step_leads_to_the_next() -> None:
    groups = read_listing(Page("<html></html>", START.url), START, PARAMETERS).columns
    assert [sent(lead.url).body for lead in groups] == [
        "pid=1&departmentName=&date=2026&typeid=3",
        "pid=2&departmentName=&date=2026&typeid=3",
    ]
    departments = [{"iid": "9", "name": "甲局"}]
    [department] = read_listing(page(departments, groups[0]), groups[0], PARAMETERS).columns
    assert sent(department.url).url == f"{START.url}{DISCLOSURES}"
    assert sent(department.url).body == "page_num=1&groupid=9&typeid=3&date=2026"
    listed = read_listing(page({"budgetTemplates": [{"uuid": "u"}]}, department), department, PARAMETERS)
    [row], [following] = listed.rows, listed.next_pages
    assert (sent(row.url).url, sent(row.url).body) == (f"{START.url}{FILES}", "uuid=%27u%27")
    assert (row.title, row.role, row.referer) == ("甲局", Role.ARTICLE, START.url)
    assert "page_num=2" in str(sent(following.url).body)
    beyond = read_listing(page({"budgetTemplates": []}, following), following, PARAMETERS)
    assert (beyond.rows, beyond.next_pages, beyond.may_be_empty) == ((), (), True)


def test_a_disclosure_is_of_the_day_of_its_first_file() -> None:
    lead = Lead(url=f"{START.url}{FILES}", role=Role.ARTICLE, step="files")
    days = ("2026-02-03", "2026-02-01")
    answer = page([{"iid": str(n), "t_oldname": "预算.pdf", "t_uploaddate": day} for n, day in enumerate(days)], lead)
    assert read_facts(answer).published_on == dt.date(2026, 2, 1)
    assert read_facts(Page("<html></html>", START.url)).published_on is None
    assert [link.url.partition("?")[2] for link in read_files(answer, lead, PARAMETERS)] == ["iid=0", "iid=1"]
