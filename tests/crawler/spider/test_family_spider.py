"""Files of two articles under one name that people chose are told apart."""

from __future__ import annotations

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

SIGNED = f"/attachment/a.pdf?{'0aB_' * 16}"
LASTING = f"{SITE}/attachment/a.pdf"


def test_the_second_article_keeps_its_signature() -> None:
    visit = visit_to(portal_of("query_pages"))
    spider = spider_of(visit)
    articles = [Lead(url=f"{SITE}/{name}.html", role=Role.ARTICLE) for name in "aab"]
    page = Page(f"<a href='{SIGNED}'>预算</a>", SITE)
    files = [spider.read_files(page, article)[0] for article in articles]
    assert [(file.url, file.asked_url) for file in files] == [
        (LASTING, f"{SITE}{SIGNED}"),
        (LASTING, f"{SITE}{SIGNED}"),
        (f"{SITE}{SIGNED}", None),
    ]
    assert [problem.kind for problem in visit.report.problems] == ["name_shared"]


def test_a_familys_own_reading_of_articles_is_used() -> None:
    page = Page("<html><div class=content-title>甲局预算</div></html>", SITE)
    assert spider_of(visit_to(portal_of("zhengzhou"))).read_facts(page).title == "甲局预算"
    assert spider_of(visit_to(portal_of("static"))).read_facts(page).title is None
