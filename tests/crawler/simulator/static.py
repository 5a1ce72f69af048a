"""Other portals, whose static pages hold dated links: Webplus and three shapes of hidden lists.

`shape` is one of: `webplus` (`list2.htm`, links to the next page, files shown by a viewer), `frame` (the
column's page holds only a frame), `script` (all rows stand in a script as data), `handlers` (rows open by `onclick`).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from typing import ClassVar

from tests.crawler.simulator.content import Article, Content, Department, File, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site


class StaticPortal(SimulatedPortal):
    family: ClassVar[str] = "static"

    def __init__(self, site: Site, content: Content, per_page: int = 3, *, shape: str = "webplus") -> None:
        super().__init__(site, content, 100 if shape == "script" else per_page)
        self.shape = shape

    def column_path(self, department: Department) -> str:
        return f"/bm{department.number}/{'main' if self.shape == 'frame' else 'list'}.htm"

    def article_path(self, article: Article) -> str:
        return f"/{article.published_on.year}/0{article.published_on.month}01/c100a{article.number}/page.htm"

    def file_path(self, file: File) -> str:
        return f"/_upload/article/files/{file.key[:2]}/{file.key[2:4]}/{file.key}.{file.suffix}"

    def file_name(self, file: File) -> str:
        return f"{file.key}.pdf" if self.shape == "webplus" and file.suffix == "pdf" else file.name

    def answer(self, query: Query) -> Reply:
        if re.fullmatch(r"/bm\d+/main\.htm", query.place):
            return page("预决算", '<iframe src="/visitcount.htm" width="0"></iframe><iframe src="list.htm"></iframe>')
        if match := re.fullmatch(r"/bm(\d+)/list(\d*)\.htm", query.place):
            return self._column(int(match.group(1)), int(match.group(2) or 1))
        if match := re.fullmatch(r"/\d+/\d+/c100a(\d+)/page\.htm", query.place):
            article = self.content.article(int(match.group(1)))
            return self._article(article) if article else NOTHING
        match = re.fullmatch(r"/_upload/.*/(\w{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _column(self, number: int, name: int) -> Reply:
        department = next(one for one in self.content.departments if one.number == number)
        cut = pages(department.articles, self.per_page)
        if name > len(cut):
            return NOTHING
        if self.shape == "script":
            return page(
                "预决算", f"<ul id='list'></ul><script>var dataList = {self._data(department.articles)};</script>"
            )
        rows = "".join(self._row(article) for article in cut[name - 1])
        return page(f"{department.name}预决算", f"<ul class='news_list'>{rows}</ul>{self._pager(name, len(cut))}")

    def _data(self, articles: Sequence[Article]) -> str:
        rows = [
            {"title": one.title, "url": self.article_path(one), "publishTime": f"{one.published_on} 09:00:00"}
            for one in articles
        ]
        return json.dumps(rows)

    def _row(self, article: Article) -> str:
        address = f'href="{self.article_path(article)}"'
        if self.shape == "handlers":
            address = f"""href="javascript:void(0)" onclick="jumpToDetail('{self.article_path(article)}')\""""
        return f"<li><a {address}>{article.title}</a><span>{article.published_on}</span></li>"

    def _pager(self, name: int, count: int) -> str:
        onward = (
            f'<a href="list{name + 1}.htm">下一页&gt;&gt;</a>' if name < count else "<a href='javascript:;'>下一页</a>"
        )
        return f"<div class='pagination'><span>第{name}页</span><span>{name}/{count}</span>{onward}</div>"

    def _article(self, article: Article) -> Reply:
        files = "".join(
            f'<div class="wp_pdf_player" pdfsrc="{self.file_path(file)}" sudyfile-attr="{{}}"></div>'
            if self.file_name(file) != file.name
            else f'<p><a href="{self.file_path(file)}">{html.escape(file.name)}</a></p>'
            for file in article.files
        )
        return article_page(article, f'<div class="wp_articlecontent">{article.text}{files}</div>')
