"""Spiders without a network, for tests of a single decision: portals, visits and answers made by hand."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from gongkai.crawler import settings
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.visit import Run, Visit

SITE = "http://www.example.gov.cn"


def portal_of(family: str = "static", *, parameters: dict[str, Any] | None = None, **facts: Any) -> Portal:
    kind: Any = FAMILIES[family].parameters
    values: dict[str, Any] = {
        "id": "test",
        "name": "测试市",
        "family": family,
        "division_code": "990000",
        "start_urls": (StartUrl(f"{SITE}/list/"),),
        "parameters": kind(**(parameters or {})),
        **facts,
    }
    return Portal(**values)


def visit_to(portal: Portal, *, limit: int | None = None, dry_run: bool = False) -> Visit:
    run = Run.__new__(Run)
    run.run_id, run.limit, run.dry_run, run.full, run.on_capture, run.silent_hosts = "run", limit, dry_run, (), None, {}
    return Visit(run=run, portal=portal, report=PortalReport(portal=portal.id))


def spider_of(visit: Visit) -> Any:
    spider: Any = load_object(FAMILIES[visit.portal.family].spider)(visit=visit)
    spider.settings = Settings()
    spider.settings.setmodule(settings)
    return spider


def answer(request: Request, body: str | bytes, status: int = 200) -> HtmlResponse:
    content = body if isinstance(body, bytes) else body.encode()
    return HtmlResponse(request.url, status=status, body=content, request=request)
