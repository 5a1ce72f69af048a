"""Pages numbered in the query: 郑州's, whose articles say what they are on a card, and those of an ASP.NET site."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any, ClassVar
from urllib.parse import quote

from tests.crawler.simulator.content import Article, Department, File, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply


class ZhengzhouPortal(SimulatedPortal):
    """`key` changes every signature; `named_alike` gives all files of a kind the same name in their address."""

    family: ClassVar[str] = "zhengzhou"
    router: ClassVar[str] = "/?a=dir&h=1"
    column_field: ClassVar[str] = "p"
    page_field: ClassVar[str] = "page"
    key = "1"
    named_alike = False

    def column_path(self, department: Department) -> str:
        return f"{self.router}&{self.column_field}=D{department.number}"

    def answer(self, query: Query) -> Reply:
        if query.place == self.router.partition("?")[0] and self.column_field in query.fields:
            return self._column(query)
        if match := re.fullmatch(r"/D0105Y/(\d+)\.jhtml", query.place):
            return self._article(self.content.article(int(match.group(1))))
        if query.place.startswith("/attachment/"):
            signed = {self._signature(file): file for file in self.content.files}
            return download(signed.get(query.path.partition("?")[2]))
        return NOTHING

    def _column(self, query: Query) -> Reply:
        wanted = query.fields[self.column_field].removeprefix("D")
        department = next(one for one in self.content.departments if str(one.number) == wanted)
        cut = pages(department.articles, self.per_page)
        number = int(query.fields.get(self.page_field, 1))
        rows = "".join(
            f'<li><a href="/D0105Y/{article.number}.jhtml" title="{article.title}">{article.title[:8]}…</a>'
            f"<span>{article.published_on}</span></li>"
            for article in (cut[number - 1] if number <= len(cut) else [])
        )
        base = self.column_path(department).replace("&", "&amp;")
        links = "".join(
            f'<a href="{base}&amp;{self.page_field}={other}">{other}</a>' for other in range(1, len(cut) + 1)
        )
        counts = f"<span>共{len(department.articles)}条 共{len(cut)}页</span>"
        return page("政务公开", f'<ul class="page-list">{rows}</ul><div class="page-tile">{links}{counts}</div>')

    def _article(self, article: Article | None) -> Reply:
        if article is None:
            return NOTHING
        facts = {"索引号": article.index_number, "发布机构": "测试局", "发布日期": article.published_on}
        card = "".join(f'<li><i icon="h" title="{name}"></i><em>{value}</em></li>' for name, value in facts.items())
        links = "".join(f'<li><a href="{self._address(file)}">{file.name}</a></li>' for file in article.files)
        body = f"""<ul class="pubinfo-card">{card}</ul><div class="content-title">
            {article.title}</div><div class="content-txt "></div><p>{article.text}</p>
            <div class="content-relative attachment "><div>附件</div><ul>{links}</uL></div>"""
        return page(f"{article.title}-政务公开", body)

    def _address(self, file: File) -> str:
        name = f"附件.{file.suffix}" if self.named_alike else file.name
        return f"/attachment/{quote(name)}?{self._signature(file)}"

    def _signature(self, file: File) -> str:
        token = hashlib.sha512(f"{self.key}{file.key}".encode()).digest()
        return base64.urlsafe_b64encode(token).decode()


class AspxPortal(ZhengzhouPortal):
    """海港区's: an ASP.NET page with the category in its query, and articles with the standard <meta> block."""

    family: ClassVar[str] = "query_pages"
    router: ClassVar[str] = "/czyjs_list.aspx?lang=zh"
    column_field: ClassVar[str] = "category_id"
    page_field: ClassVar[str] = "PageIndex"

    @property
    def parameters(self) -> dict[str, Any]:
        return {"page": self.page_field}

    def _article(self, article: Article | None) -> Reply:
        if article is None:
            return NOTHING
        links = "".join(f'<li><a href="{self._address(file)}">{file.name}</a></li>' for file in article.files)
        return article_page(article, f"<p>{article.text}</p><ul>{links}</ul>")
