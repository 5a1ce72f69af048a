"""A site that shows nothing until its scripts ran: rows, and articles if so wished, are drawn from JSON."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from tests.crawler.simulator.content import Article, Department
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply

JAVASCRIPT = "application/javascript; charset=utf-8"
DRAW = """
document.cookie = 'passed=1; path=/';
new WebSocket(%(elsewhere)s.replace('http', 'ws'));
fetch(%(elsewhere)s + '/beacon').catch(() => 0);
fetch('%(data)s', {headers: {'X-Token': 'computed'}}).then(answer => answer.json()).then(rows => {
  document.getElementById('list').innerHTML = rows.map(
    row => `<li><a href="${row.url}">${row.title}</a><span>${row.day}</span></li>`).join('');
}).finally(() => document.body.insertAdjacentHTML('beforeend', '<p id="over"></p>'));
"""


class ScriptedPortal(SimulatedPortal):
    """`elsewhere` is another site that the scripts would like to tell of their reader; `scripted_articles` has articles
    drawn by script too.  Once its scripts are through, whether they got rows or not, something stands at `#over`."""

    family: ClassVar[str] = "trs"
    elsewhere = "http://127.0.0.1:9"
    scripted_articles = False

    def column_path(self, department: Department) -> str:
        return f"/spa/{department.number}/"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/spa/(\d+)/", query.place):
            picture = f'<img src="{self.elsewhere}/pixel.png"><img src="/spa/logo.png">'
            return page(
                "预决算公开", f"<div id='list'></div>{picture}<script src='/spa/{match.group(1)}/list.js'></script>"
            )
        if match := re.fullmatch(r"/spa/(\d+)/list\.js", query.place):
            facts = {"elsewhere": json.dumps(self.elsewhere), "data": f"/spa/{match.group(1)}/rows.json"}
            return Reply((DRAW % facts).encode(), media_type=JAVASCRIPT)
        if match := re.fullmatch(r"/spa/(\d+)/rows\.json", query.place):
            return self._rows(next(one for one in self.content.departments if str(one.number) == match.group(1)), query)
        if match := re.fullmatch(r"/spa/article/(\d+)\.html", query.place):
            article = self.content.article(int(match.group(1)))
            return self._article(article) if article else NOTHING
        match = re.fullmatch(r"/files/([0-9a-f]{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _rows(self, department: Department, query: Query) -> Reply:
        if query.headers.get("x-token") != "computed":
            return Reply(b"[]", media_type="application/json")
        rows = [
            {"url": f"/spa/article/{one.number}.html", "title": one.title, "day": str(one.published_on)}
            for one in department.articles
        ]
        return Reply(json.dumps(rows).encode(), media_type="application/json")

    def _article(self, article: Article) -> Reply:
        links = "".join(f'<p><a href="/files/{file.key}.{file.suffix}">{file.name}</a></p>' for file in article.files)
        if not self.scripted_articles:
            return article_page(article, links)
        # so written that no pattern finds the links in the script
        text = "".join(f"%{ord(letter):x}" if ord(letter) < 128 else letter for letter in links)
        script = f"document.getElementById('text').innerHTML = decodeURIComponent({json.dumps(text)})"
        return article_page(article, f"<div id='text'></div><script>{script}</script>")
