"""The files that a list names belong to their articles, wherever the twin for telephones leads."""

from __future__ import annotations

import json

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

LIST = f"{SITE}/gkmlpt/api/all/1?page=1&sid=2"


def test_announced_files_are_given_once_with_their_article() -> None:
    spider = spider_of(visit_to(portal_of("gkmlpt")))
    attachment = [{"url": f"{SITE}/f/1.pdf", "name": "预算.pdf"}]
    article = {"url": f"{SITE}/gkmlpt/content/1/1/mpost_7.html", "title": "甲局预算", "attachment": attachment}
    listed = spider.read_listing(Page(json.dumps({"articles": [article]}), LIST), Lead(url=LIST, role=Role.LISTING))
    [row] = listed.rows
    lead = Lead(url=row.url, role=Role.ARTICLE)
    page = Page("<p><a href='/f/1.pdf'>预算</a><a href='/f/2.pdf'>说明</a></p>", row.url)
    assert [file.url for file in spider.read_files(page, lead)] == [f"{SITE}/f/1.pdf", f"{SITE}/f/2.pdf"]
    silent = Page("<p>无</p>", row.url)
    assert list(spider.read_files(silent, lead)) == [], "what was announced is told once"
