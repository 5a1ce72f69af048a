"""博达 VSB: pages numbered from the oldest, article folders, a download servlet that wants a Referer.

Without a Referer the servlet answers with an HTML page; files whose name holds `captcha` are only given for
the characters of a picture.  `insert_after` puts a new article on top once so many listing pages were asked for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import ClassVar

from tests.crawler.simulator.content import Article, Content, Department, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site

SERVLET = "/system/_content/download.jsp"
NO_REFERER = Reply(
    ("<html><head><title>系统提示</title></head><body>" + "系统禁止从外部链接下载。" * 30 + "</body></html>").encode()
)
CAPTCHA = Reply(
    "<html><head><title>附件下载</title></head><body><form>请输入验证码：<input name='codeValue'><img src='code.jsp'>"
    "</form></body></html>".encode()
)


class VsbPortal(SimulatedPortal):
    family: ClassVar[str] = "vsb"

    def __init__(self, site: Site, content: Content, per_page: int = 3, *, insert_after: int | None = None) -> None:
        super().__init__(site, content, per_page)
        self.insert_after = insert_after
        self.listings = 0

    def column_path(self, department: Department) -> str:
        return f"/zfxxgk/bm{department.number}.htm"

    def article_path(self, article: Article) -> str:
        return f"/info/1236/{article.number}.htm"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/zfxxgk/bm(\d+)(?:/(\d+))?\.htm", query.place):
            return self._column(int(match.group(1)), int(match.group(2)) if match.group(2) else None)
        if match := re.fullmatch(r"/info/1236/(\d+)\.htm", query.place):
            article = self.content.article(int(match.group(1)))
            return self._article(article) if article else NOTHING
        if query.place == SERVLET:
            return self._download(query)
        return NOTHING

    def _column(self, number: int, name: int | None) -> Reply:
        department = next(one for one in self.content.departments if one.number == number)
        self.listings += 1
        if self.insert_after is not None and self.listings == self.insert_after + 1:
            self.content.publish(department, "甲水局2027年部门预算公开", dt.date(2027, 2, 1))
        cut = pages(department.articles, self.per_page)
        place = 0 if name is None else len(cut) - name
        if not 0 <= place < len(cut):
            return NOTHING
        up = "../" if name is None else "../../"
        rows = "".join(
            f'<li id="line_u8_{n}"><a href="{up}info/1236/{article.number}.htm" title="{article.title}">'
            f"{article.title[:10]}...</a><span>{article.published_on}</span></li>"
            for n, article in enumerate(cut[place])
        )
        pager = self._pager(f"bm{number}", place, cut, len(department.articles), is_first=name is None)
        return page(f"{department.name}预决算", f"<ul class='list'>{rows}</ul>{pager}")

    def _pager(self, stem: str, place: int, cut: Sequence[object], total: int, *, is_first: bool) -> str:
        folder = f"{stem}/" if is_first else ""
        onward = f"{folder}{len(cut) - place - 1}.htm"
        off = place + 1 == len(cut)
        next_link = (
            '<span class="p_next_d p_fun_d">下页</span>'
            if off
            else f'<span class="p_next p_fun"><a href="{onward}">下页</a></span>'
        )
        last = "" if off else f'<span class="p_last p_fun"><a href="{folder}1.htm">尾页</a></span>'
        return f"""<div class="pb_sys_common"><span class="p_t">共{total}条</span> <span class="p_pages">
<span class="p_first_d p_fun_d">首页</span><span class="p_no_d">{place + 1}</span>{next_link}{last}</span>
<span class="p_t">{place + 1}/{len(cut)}</span></div>"""

    def _article(self, article: Article) -> Reply:
        links = "".join(
            f'<li>附件【<a href="{SERVLET}?urltype=news.DownloadAttachUrl&amp;owner=1744984858&amp;wbfileid={file.key}"'
            f' target="_blank">{file.name}</a>】已下载<span id="nattach{file.key}">146</span>次</li>'
            for file in article.files
        )
        body = f'<div id="vsb_content_2"><div class="v_news_content">{article.text}</div></div><ul>{links}</ul>'
        return article_page(article, body)

    def _download(self, query: Query) -> Reply:
        if "referer" not in query.headers:
            return NO_REFERER
        file = self.content.file(query.fields["wbfileid"])
        if file is not None and "captcha" in file.name:
            return CAPTCHA
        return download(file)
