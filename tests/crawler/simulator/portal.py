"""The base of the simulated portals: one class per family speaks its addresses and markup over the same content.

A family gives `start` (the path of the column to crawl) and `answer`; faults of a family are switches of its class, and
faults of any site are put in front of it as `Site.pages`.
"""

from __future__ import annotations

import html
from typing import Any, ClassVar

from tests.crawler.simulator.content import Article, Content, Department, File
from tests.crawler.site import NOTHING, Query, Reply, Site

SITE_CODE = "9912345678"
SITE_NAME = "测试市人民政府"


class SimulatedPortal:
    """A portal of one family.  `per_page` rows stand on one page of a column."""

    family: ClassVar[str]

    def __init__(self, site: Site, content: Content, per_page: int = 3) -> None:
        self.site, self.content, self.per_page = site, content, per_page
        site.portal = self.answer

    @property
    def start(self) -> str:
        """The path of the column that is crawled: the first department's, unless the family says otherwise."""
        return self.column_path(self.content.departments[0])

    @property
    def parameters(self) -> dict[str, Any]:
        """What its file must state under `parameters`."""
        return {}

    def column_path(self, department: Department) -> str:
        raise NotImplementedError

    def file_name(self, file: File) -> str:
        """The name a file is offered under: as printed, unless the family names it nowhere but in its address."""
        return file.name

    def answer(self, query: Query) -> Reply:
        """What the portal sends for a request."""
        raise NotImplementedError


def page(title: str, body: str, *, head: str = "", status: int = 200) -> Reply:
    """An HTML page with the standard <meta> block of a column."""
    text = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>
<meta name="SiteName" content="{SITE_NAME}"><meta name="SiteIDCode" content="{SITE_CODE}">{head}</head>
<body><div class="header">{SITE_NAME}门户网站　信息公开　政务服务　互动交流</div>{body}</body></html>"""
    return Reply(text.encode(), status=status)


def article_page(article: Article, body: str) -> Reply:
    """An article page: the standard <meta> block, the table with the 索引号, the text, and what the family adds."""
    day = article.published_on
    head = f"""<meta name="ArticleTitle" content="{html.escape(article.title)}">
<META name=' PubDate ' content='{day.year}-{day.month}-{day.day} 17:25:23'><meta name="ColumnName" content="预决算">"""
    table = f"<table class='xxgk'><tr><td>索引号：</td><td>{article.index_number}</td><td>公开方式：</td></tr></table>"
    return page(article.title, f"{table}<h1>{article.title}</h1>{body}", head=head)


def download(file: File | None, **facts: object) -> Reply:
    """A file's bytes, or 404."""
    if file is None:
        return NOTHING
    return Reply(file.body, media_type=file.media_type, **facts)  # type: ignore[arg-type]
