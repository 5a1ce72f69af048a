"""A site of the gkmlpt platform, below a path: its departments are columns of its tree."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

from tests.crawler.simulator.content import Article, Content, Department, File, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site

JSON = "application/json"


class GkmlptPortal(SimulatedPortal):
    """The first department is the column 财政预决算, the others lie below it.

    `served` is how many articles a column gives however many it counts; `moved` the address its column leads to.
    """

    family: ClassVar[str] = "gkmlpt"
    root: ClassVar[str] = "/tsxfj/gkmlpt/"

    def __init__(self, site: Site, content: Content, per_page: int = 3) -> None:
        super().__init__(site, content, per_page)
        self.served = 1000
        self.moved = ""

    @property
    def start(self) -> str:
        return f"{self.root}index"

    def answer(self, query: Query) -> Reply:
        if query.place == self.start:
            return self._index()
        if match := re.fullmatch(rf"{self.root}api/all/(\d+)", query.place):
            return self._api(int(match.group(1)), query)
        if match := re.search(r"/m?post_(\d+)\.html$", query.place):
            return self._article(self.content.article(int(match.group(1))))
        if match := re.fullmatch(r"/attachment/\d+/\d+/(\d+)/\d+\.\w+", query.place):
            return download(self._files().get(int(match.group(1))))
        return NOTHING

    def _index(self) -> Reply:
        first, *others = self.content.departments
        below = [_node(department.number, department.name, parent=first.number) for department in others]
        nodes = [
            _node(1, "政府信息公开指南"),
            _node(2, "政策", [_node(3, "其他文件", parent=2)]),
            {**_node(first.number, "财政预决算", below), "jump_url": self.moved},
        ]
        config = f"""window._CONFIG = {{ ACTION: 'index', SID: '757048', DETAIL: null,
            TREE: {json.dumps(nodes)}, SERVICE_AREA_ID: '' }}; window._CONFIG.isFav = 0;"""
        return page("政府信息公开", f"<div id='tree'></div><script>{config}</script>")

    def _api(self, number: int, query: Query) -> Reply:
        department = next((one for one in self.content.departments if one.number == number), None)
        if department is None or query.fields.get("sid") != "757048":
            return Reply(b'{"message": "Not Lead"}', 404, JSON)
        cut = pages(department.articles[: self.served], self.per_page)
        place = max(int(query.fields.get("page", 0)), 1) - 1  # page 0 is page 1
        shown = cut[place] if place < len(cut) else []
        answer = {
            "classify": {"post_count": len(department.articles)},
            "total": min(len(department.articles), self.served),
            "articles": [self._listed(department, article) for article in shown],
        }
        return Reply(json.dumps(answer).encode(), media_type=JSON)

    def _listed(self, department: Department, article: Article) -> dict[str, Any]:
        kind = "mpost" if article.number % 2 else "post"
        day = article.published_on
        return {
            "id": article.number,
            "title": article.title,
            "identifier": article.index_number,
            "date": int((day.toordinal() - 719163) * 86400 - 7 * 3600),  # one in the morning in China
            "url": f"{self.site.url}{self.root}content/1/1229/{kind}_{article.number}.html",
            "attachment": [
                {
                    "id": number,
                    "name": file.name,
                    "type": file.suffix,
                    "url": self.site.url + _path(number, article, file),
                }
                for number, file in self._files(article).items()
            ],
        }

    def _article(self, article: Article | None) -> Reply:
        if article is None:
            return NOTHING
        numbered = list(self._files(article).items())
        # the second file of an article is only named in its listing
        links = [f'<p><a href="{_path(number, article, file)}">{file.name}</a></p>' for number, file in numbered[:1]]
        detail = json.dumps(f"<p>{article.text}</p>{''.join(links)}").replace("<", "\\u003C").replace(">", "\\u003E")
        script = (
            f"<script>window._CONFIG = {{ ACTION: 'content', DETAIL: {{\"content\": {detail}}}, TREE: [] }};</script>"
        )
        return article_page(article, f"<div id='content'>正文由脚本显示，请稍候片刻</div>{script}")

    def _files(self, article: Article | None = None) -> dict[int, File]:
        """Files by the number of their attachment, which follows from the article's."""
        articles = [article] if article else self.content.articles
        return {one.number * 10 + place: file for one in articles for place, file in enumerate(one.files)}


def _node(number: int, name: str, children: list[dict[str, Any]] | None = None, parent: int = 0) -> dict[str, Any]:
    return {"id": number, "name": name, "parent": parent, "jump_url": None, "children": children or []}


def _path(number: int, article: Article, file: File) -> str:
    """The attachments of one article share their base name; the number stands in the folders above it."""
    return f"/attachment/{number // 1_000_000}/{number // 1000}/{number}/{article.number}.{file.suffix}"
