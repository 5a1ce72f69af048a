"""大汉 jpaas: a column's page that only names units, a gateway that gives them as JSON, rotating addresses of files.

Only `paramJson` turns pages; a bare `pageNo` is ignored.  A file's address holds a ciphertext that is another one
whenever the clock has moved; the lasting one stands in `data-link`, or, without
`data_link`, is where the gateway redirects.
"""

from __future__ import annotations

import base64
import json
import re
from typing import ClassVar
from urllib.parse import quote, urlencode

from tests.crawler.simulator.content import Article, Content, Department, File, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/download"


class JpaasPortal(SimulatedPortal):
    """`units` more units without a list stand on the column's page; `data_link` prints the lasting address of files;
    after `burst` downloads one is
    refused by 429; `as_text` gives a unit's HTML without the object."""

    family: ClassVar[str] = "jpaas"

    def __init__(
        self,
        site: Site,
        content: Content,
        per_page: int = 3,
        *,
        units: int = 2,
        data_link: bool = True,
        burst: int | None = None,
        as_text: bool = False,
    ) -> None:
        super().__init__(site, content, per_page)
        self.units, self.data_link, self.burst, self.as_text = units, data_link, burst, as_text
        self.downloads = 0

    def column_path(self, department: Department) -> str:
        return f"/col/col{department.number}/index.html"

    def article_path(self, article: Article) -> str:
        return f"/art/{article.published_on.year}/art_{article.key}.html"

    def file_path(self, file: File) -> str:
        return f"/cms_files/filemanager/1573/attach/20262/{file.key}.{file.suffix}"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/col/col(\d+)/index\.html", query.place):
            return self._column(self._department(match.group(1)))
        if query.place == UNIT:
            return self._unit(query.fields)
        if match := re.fullmatch(r"/art/\d+/art_(\w{32})\.html", query.place):
            article = self.content.article_of_key(match.group(1))
            return self._article(article) if article else NOTHING
        if query.place == DOWNLOAD:
            return self._gateway(query.fields["fileUrl"])
        match = re.fullmatch(r"/cms_files/filemanager/1573/attach/20262/(\w{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _department(self, number: str) -> Department:
        return next(one for one in self.content.departments if one.number == int(number))

    def _column(self, department: Department) -> Reply:
        tags = ["当前栏目list", *(f"导航{place}" for place in range(self.units))]
        units = "".join(
            f"""<script>var authorizedReadUnitId = "u{place}";</script><script id="u{place}"
src="/cms_files/default/script/AuthorizedRead/unitbuild.js?v=6.2.6.4" webId="15" parseType="bulidstatic" url="{UNIT}"
queryData="{{'parseType':'bulidstatic','webId':'15','tplSetId':'ojYP','pageType':'column','tagId':'{tag}','editType':'null','pageId':'{department.number}'}}"></script>"""
            for place, tag in enumerate(tags)
        )
        return page(f"{department.name}预决算", f"<div class='list'>{units}</div>")

    def _unit(self, fields: dict[str, str]) -> Reply:
        if fields["tagId"].startswith("导航"):
            return self._json("" if fields["tagId"].endswith("1") else "<ul><li><a href='/'>首页</a></li></ul>")
        articles = self._department(fields["pageId"]).articles
        wanted = json.loads(fields.get("paramJson", "{}"))
        size = int(wanted.get("pageSize", self.per_page))
        number = int(wanted.get("pageNo", 1))
        cut = pages(articles, size)
        rows = "".join(self._row(article) for article in (cut[number - 1] if number <= len(cut) else []))
        return self._json(f'<ul>{rows}</ul><div class="pagination" rows="{size}" count="{len(articles)}"></div>')

    def _json(self, html: str) -> Reply:
        answer = {"success": True, "code": "200", "message": None, "data": html if self.as_text else {"html": html}}
        return Reply(json.dumps(answer).encode(), media_type="application/json;charset=UTF-8")

    def _row(self, article: Article) -> str:
        return (
            f'<li class="clearfix"><a href="{self.article_path(article)}" title="{article.title}">'
            f"{article.title[:8]}…</a>"
            f'<span class="bt-right">{article.published_on}</span></li>'
        )

    def _article(self, article: Article) -> Reply:
        links = "".join(self._link(file) for file in article.files)
        return article_page(article, f'<div id="zoom">{article.text}{links}</div>')

    def _link(self, file: File) -> str:
        query = urlencode({"fileUrl": self._ciphertext(file), "fileName": file.name}, quote_via=quote)
        lasting = f' data-link="{self.file_path(file)}"' if self.data_link else ""
        return f'<p><a href="{DOWNLOAD}?{query}"{lasting}>附件下载</a></p>'

    def _ciphertext(self, file: File) -> str:
        return base64.b64encode(f"{self.content.clock.now}/{file.key}+".encode()).decode()

    def _gateway(self, ciphertext: str) -> Reply:
        self.downloads += 1
        if self.burst and self.downloads == self.burst + 1:
            return Reply("请求过于频繁".encode(), status=429, headers=(("Retry-After", "1"),))
        key = base64.b64decode(ciphertext).decode().partition("/")[2].removesuffix("+")
        file = self.content.file(key)
        return Reply(status=302, headers=(("Location", self.file_path(file)),)) if file else NOTHING
