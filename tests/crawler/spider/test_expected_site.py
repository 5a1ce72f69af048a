"""Another site's pages are told once, and only another code stops a crawl."""

from __future__ import annotations

import pytest

from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.spider.expected_site import is_expected_site
from tests.crawler.offline import SITE, portal_of, visit_to


@pytest.mark.parametrize(
    ("facts", "is_expected", "problems"),
    [
        (ArticleFacts(site_id_code="4301000052", site_name="长沙市人民政府"), True, []),
        (ArticleFacts(), True, []),
        (ArticleFacts(site_id_code="9999999999"), False, [("site_changed", "fatal")]),
        (ArticleFacts(site_name="长沙"), True, [("site_renamed", "warning")]),
    ],
)
def test_code_and_name_are_held_against_the_file(
    facts: ArticleFacts, problems: list[tuple[str, str]], *, is_expected: bool
) -> None:
    visit = visit_to(portal_of(site_id_code="4301000052", site_name="长沙市人民政府"))
    for _ in range(2):
        assert is_expected_site(visit, SITE, facts) == is_expected
    assert [(problem.kind, problem.severity.value) for problem in visit.report.problems] == problems
    assert is_expected_site(visit_to(portal_of()), SITE, facts), "a file without a code expects none"
