"""A Ucap site: the rows of a column come from its search, its articles carry the marks of the system."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, ClassVar

from tests.crawler.simulator.content import Article, Department, pages
from tests.crawler.simulator.portal import SimulatedPortal, download, page
from tests.crawler.site import NOTHING, Query, Reply

JSON = "application/json;charset=UTF-8"


class UcapPortal(SimulatedPortal):
    """`counted` is added to the number of rows the search declares."""

    family: ClassVar[str] = "ucap"
    counted = 0

    def column_path(self, department: Department) -> str:
        return f"/cnsq/c{department.number}/zfxxgk_list.shtml"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/cnsq/c(\d+)/zfxxgk_list\.shtml", query.place):
            script = (
                f'<script>var websiteId = "{"b" * 32}", codeName = "czyjs", channelId = "{_channel(match.group(1))}";'
            )
            return page("部门预决算", f"<ul id='list'></ul>{script}</script>")
        if match := re.fullmatch(r"/common/search/([0-9a-f]{32})", query.place):
            return self._search(match.group(1), query)
        if match := re.fullmatch(r"/cnsq/c\d+/\d{6}/([0-9a-f]{32})\.shtml", query.place):
            return self._article(self.content.article_of_key(match.group(1)))
        if match := re.fullmatch(r"/cnsq/\w+/files/([0-9a-f]{32})\.\w+", query.place):
            return download(self.content.file(match.group(1)))
        return NOTHING

    def _search(self, channel: str, query: Query) -> Reply:
        department = next(one for one in self.content.departments if _channel(str(one.number)) == channel)
        cut = pages(department.articles, self.per_page)
        number = int(query.fields["page"])
        shown = cut[number - 1] if 1 <= number <= len(cut) else []
        data = {
            "total": len(department.articles) + self.counted,
            "page": number,
            "rows": self.per_page,
            "results": [self._listed(department, article) for article in shown],
        }
        return Reply(json.dumps({"data": data}, ensure_ascii=False).encode(), media_type=JSON)

    def _listed(self, department: Department, article: Article) -> dict[str, Any]:
        host = self.site.url.partition("://")[2]
        field = {"key": "indexnumber", "name": "索引号", "value": article.index_number}
        return {
            "title": article.title.replace("预算", "<em>预算</em>"),
            "url": f"//{host}/cnsq/c{department.number}/{article.published_on:%Y%m}/{article.key}.shtml",
            "publishedTimeStr": f"{article.published_on} 17:18:49",
            "channelName": department.name,
            "domainMetaList": [{"domainMetaId": 1, "resultList": [field]}],
        }

    def _article(self, article: Article | None) -> Reply:
        if article is None:
            return NOTHING
        files = "".join(
            f'<a href="/cnsq/{article.number}/files/{file.key}.{file.suffix}">{file.name}</a>' for file in article.files
        )
        body = f"""<h1><UCAPTITLE>{article.title}</UCAPTITLE></h1>
            <span>发布日期：<PUBLISHTIME>{article.published_on} 17:18</PUBLISHTIME></span>
            <div id="zoomcon"><UCAPCONTENT><p>{article.text}</p></UCAPCONTENT></div>
            <div class="m-attachment"><p class="m-attachment-title">附件：</p>
            <div class="f-APPENDIX">{files}</div></div>
            <script>if ($("#fujian").length == 0) {{ $(".m-attachment-title").hide(); }}</script>"""
        return page("详情", body)


def _channel(number: str) -> str:
    return hashlib.md5(number.encode(), usedforsecurity=False).hexdigest()
