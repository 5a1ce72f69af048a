"""Pages of another site than a portal's file names are recorded and not followed: domains move, and names collide."""

from __future__ import annotations

from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.visit import Visit


def is_expected_site(visit: Visit, url: str, facts: ArticleFacts) -> bool:
    """False for a page that states another SiteIDCode than the portal's file; each kind of difference is told once."""
    code, name = visit.portal.site_id_code, visit.portal.site_name
    if code and facts.site_id_code and facts.site_id_code != code:
        message = f"{url!r} says SiteIDCode {facts.site_id_code!r}; the portal's file expects {code!r}."
        visit.report.problem_once("site_changed", message, url, Severity.FATAL)
        return False
    if name and facts.site_name and facts.site_name != name:
        message = f"{url!r} says SiteName {facts.site_name!r}; the portal's file expects {name!r}."
        visit.report.problem_once("site_renamed", message, url, Severity.WARNING)
    return True
