"""A 河北 site: a column of identifiers, its rows in fragments of a block."""

from __future__ import annotations

import json
import re
import uuid
from typing import ClassVar

from tests.crawler.simulator.content import Article, Department, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply

UUID = r"[0-9a-f-]{36}"


class HebeiPortal(SimulatedPortal):
    """`quoted` sends fragments as a JSON text; `undated_rows` draws them without list items; `repeats` serves the last
    page again for every later one."""

    family: ClassVar[str] = "hebei"
    quoted = False
    undated_rows = False
    repeats = False

    def column_path(self, department: Department) -> str:
        return f"/columns/{_uuid(department.number)}/index.html"

    def answer(self, query: Query) -> Reply:
        if re.fullmatch(rf"/columns/{UUID}/index\.html", query.place):
            block = f"templates/{_uuid(1)}/blocks/{_uuid(2)}"
            return page("财政预决算", f"<div id='list'></div><script>loadBlock('{block}', 'page=1&fix=0')</script>")
        if match := re.fullmatch(rf"/columns/({UUID})/templates/{UUID}/blocks/{UUID}", query.place):
            return self._block(match.group(1), int(query.fields["page"]))
        if match := re.fullmatch(rf"/columns/{UUID}/\d{{6}}/\d\d/({UUID})\.html", query.place):
            return self._article(match.group(1))
        if match := re.fullmatch(r"/files/([0-9a-f]{32})/.*", query.place):
            return download(self.content.file(match.group(1)))
        return NOTHING

    def _block(self, column: str, number: int) -> Reply:
        department = next(one for one in self.content.departments if _uuid(one.number) == column)
        cut = pages(department.articles, self.per_page)
        number = min(number, len(cut)) if self.repeats else number
        shown = cut[number - 1] if number <= len(cut) else []
        markup = "".join(self._row(column, article) for article in shown)
        text = json.dumps(markup) if self.quoted else f'<ul class="list">{markup}</ul>'
        return Reply(text.encode(), media_type="text/plain;charset=UTF-8" if self.quoted else "text/html")

    def _row(self, column: str, article: Article) -> str:
        day = article.published_on
        link = f'<a href="/columns/{column}/{day:%Y%m}/{day:%d}/{_uuid(article.number)}.html">{article.title}</a>'
        if self.undated_rows:
            return (
                f'<div class="zwgk_nzlist"><div class="zwgk_nzbt">{link}</div><div class="zwgk_nzsj">{day}</div></div>'
            )
        return f'<li class="xxgk_gfxwjk-list-li">{link}<span>{day}</span></li>'

    def _article(self, key: str) -> Reply:
        article = next((one for one in self.content.articles if _uuid(one.number) == key), None)
        if article is None:
            return NOTHING
        links = "".join(f'<p><a href="/files/{file.key}/f.{file.suffix}">{file.name}</a></p>' for file in article.files)
        return article_page(article, f"<div class='content'><p>{article.text}</p>{links}</div>")


def _uuid(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))
