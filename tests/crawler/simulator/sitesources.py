"""A 河南 sitesources site: static lists whose number stands in a file beside them."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from tests.crawler.simulator.content import Article, Department, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply


class SitesourcesPortal(SimulatedPortal):
    """`counted` is added to the number of lists that the pager states."""

    family: ClassVar[str] = "sitesources"
    counted = 0

    def column_path(self, department: Department) -> str:
        return f"{_folder(department)}/list1.html"

    def answer(self, query: Query) -> Reply:
        for department in self.content.departments:
            if query.place.startswith(_folder(department)):
                return self._answer(department, query.place.removeprefix(f"{_folder(department)}/"))
        if match := re.fullmatch(r"/sitesources/files/([0-9a-f]{32})\.\w+", query.place):
            return download(self.content.file(match.group(1)))
        return NOTHING

    def _answer(self, department: Department, name: str) -> Reply:
        cut = pages(department.articles, self.per_page)
        if name == "script.json":
            return Reply(json.dumps({"endPage": len(cut) + self.counted}).encode(), media_type="application/json")
        if match := re.fullmatch(r"list(\d+)\.html", name):
            number = int(match.group(1))
            return _list(cut[number - 1]) if number <= len(cut) else NOTHING
        match = re.fullmatch(r"article([0-9a-f]{32})\.html", name)
        article = self.content.article_of_key(match.group(1)) if match else None
        return _article(article) if article else NOTHING


def _folder(department: Department) -> str:
    return f"/sitesources/cs/page_pc/zwgk/czyjs{department.number}"


def _list(articles: object) -> Reply:
    rows = "".join(
        f'<li><h5><a href="article{article.key}.html">{article.title}</a></h5><span>{article.published_on}</span></li>'
        for article in articles  # type: ignore[attr-defined]
    )
    return page("财政预决算", f'<div id="articleListTable"><ul>{rows}</ul></div>')


def _article(article: Article) -> Reply:
    links = "".join(
        f'<p><a href="/sitesources/files/{file.key}.{file.suffix}">{file.name}</a></p>' for file in article.files
    )
    body = f"""<div class="hap_infoBox"><div class="hap_xq_tit">{article.title}</div>
        <div class="hap_xq_content"><p>{article.text}</p>{links}</div></div>"""
    return article_page(article, body)
