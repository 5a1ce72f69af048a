"""拓尔思 TRS WCM: static pages with a `createPageHTML` call, articles under their month, files beside them.

`TrsPortal` counts pages from 0 (`index_1.html` is the second page) in four arguments; `base=1` counts from 1 in six
arguments with an element's id first.  Beyond the end stand stub pages of 300 bytes with status 200.
"""

from __future__ import annotations

import re
from typing import ClassVar

from tests.crawler.simulator.content import Article, Content, Department, File, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site

STUB = Reply(
    "<html><head><title></title></head><body><!-- 栏目首页概览 --><div class='list'></div></body></html>".encode()
)


HUB_TITLE = "市级部门预决算公开"
HUB_PAGES = {
    "/zwgk/zs/": Reply(b"<meta http-equiv='Refresh' content='0; url=./bmyjs/'>"),
    "/zwgk/zs/bmyjs/": page("公开", f"<ul><li>2026-02-01<a href='./202602/t20260201_1.html'>{HUB_TITLE}</a></li></ul>"),
    "/zwgk/zs/bmyjs/202602/t20260201_1.html": None,
}


class TrsPortal(SimulatedPortal):
    """`announced` pages are declared where it is not None, whatever there is; `hub` makes a column whose only article
    lists those of all departments, behind a page that only leads there."""

    family: ClassVar[str] = "trs"

    def __init__(
        self,
        site: Site,
        content: Content,
        per_page: int = 3,
        *,
        base: int = 0,
        announced: int | None = None,
        hub: bool = False,
    ) -> None:
        super().__init__(site, content, per_page)
        self.base, self.announced, self.hub = base, announced, hub

    @property
    def start(self) -> str:
        return "/zwgk/zs/" if self.hub else super().start

    def column_path(self, department: Department) -> str:
        return f"/zwgk/bm{department.number}/index.html"

    def article_path(self, article: Article) -> str:
        """Below its column; the month is that of creation, not of publication."""
        folder = f"/zwgk/bm{self._department(article).number}/{self._month(article)}"
        return f"{folder}/t2026021{article.number % 10}_{article.number}.html"

    def file_path(self, article: Article, file: File) -> str:
        letter = "P0" if file is article.files[0] else "W0"
        folder = self.article_path(article).rpartition("/")[0]
        return f"{folder}/{letter}{article.number}{file.key[:12]}.{file.suffix}"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/zwgk/bm(\d+)/(?:index(?:_(\d+))?\.html)?", query.place):
            return self._column(int(match.group(1)), int(match.group(2)) if match.group(2) else None)
        if match := re.fullmatch(r"/zwgk/bm\d+/\d{6}/t\d{8}_(\d+)\.html", query.place):
            article = self.content.article(int(match.group(1)))
            return self._article(article) if article else NOTHING
        if self.hub and query.place in HUB_PAGES:
            return HUB_PAGES[query.place] or self._hub()
        files = [(self.file_path(article, file), file) for article in self.content.articles for file in article.files]
        return download(dict(files).get(query.place))

    def _column(self, number: int, name: int | None) -> Reply:
        department = next(one for one in self.content.departments if one.number == number)
        cut = pages(department.articles, self.per_page)
        place = 0 if name is None else name - self.base
        if not 0 <= place < len(cut) or (name is not None and place == 0):
            return STUB
        rows = "".join(self._row(article) for article in cut[place])
        count = self.announced or len(cut)
        call = (
            f"createPageHTML('paging', {count}, {place + 1}, 'index', 'html', {len(department.articles)})"
            if self.base
            else f'createPageHTML({count}, {place}, "index", "html")'
        )
        return page(f"{department.name}预决算", f"<ul class='list'>{rows}</ul><script>{call};</script>")

    def _hub(self) -> Reply:
        links = "".join(
            f'<p>{n} <a href="../../..{self.article_path(article)[5:]}">{article.title}</a></p>'
            for n, article in enumerate(self.content.articles, start=1)
        )
        text = f"<div class='TRS_Editor'><p>部门预决算公开主体为具体部门单位：</p>{links}</div>"
        return page(HUB_TITLE, text, head=f'<meta name="ArticleTitle" content="{HUB_TITLE}">')

    def _row(self, article: Article) -> str:
        address = "." + self.article_path(article).removeprefix(f"/zwgk/bm{self._department(article).number}")
        return f'<li><span class="date">{article.published_on}</span><a href="{address}">{article.title}</a></li>'

    def _article(self, article: Article) -> Reply:
        folder = self.article_path(article).rpartition("/")[0]
        names = [(self.file_path(article, file).removeprefix(f"{folder}/"), file.name) for file in article.files]
        links = "".join(f'<p><a href="./{path}" target="_blank"> {name} </a></p>' for path, name in names)
        script = "".join(f"<script>var videoUrl='{self.file_path(article, file)}';</script>" for file in article.files)
        body = f'<div class="TRS_Editor">{article.text}</div><span class="zh-fujian-box">附件：</span>{links}{script}'
        return article_page(article, body)

    def _department(self, article: Article) -> Department:
        return next(one for one in self.content.departments if article in one.articles)

    def _month(self, article: Article) -> str:
        return f"{article.published_on.year}0{article.published_on.month}"
