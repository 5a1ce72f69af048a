"""大汉 Hanweb JCMS: rows in a data store of the column's page, the others from a proxy; two forms of article addresses.

The proxy honours `startrecord` and `endrecord`, or, `by_page`, knows only `page=N` and answers anything else with the
first rows.  Titles of the list are cut short or hold debris of markup, the whole one stands in `title=`.  Files come
through a download servlet that redirects, or, where all are PDF, are named only in a script, joined by `#`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from tests.crawler.simulator.content import Article, Content, Department, File
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply, Site

PROXY = "/module/web/jpage/dataproxy.jsp"


class JpagePortal(SimulatedPortal):
    """`per_page` rows are displayed at once; the data store holds twice as many.  `moved` puts a page in front of the
    column that only leads on by script; `units` more lists stand on the column's page.  The page of a `hollow` one
    holds no rows itself; `announced` rows are declared where it is not None, whatever there are."""

    family: ClassVar[str] = "jpage"

    def __init__(
        self,
        site: Site,
        content: Content,
        per_page: int = 2,
        *,
        by_page: bool = False,
        moved: bool = False,
        units: int = 0,
        hollow: bool = False,
        announced: int | None = None,
    ) -> None:
        super().__init__(site, content, per_page)
        self.by_page, self.moved, self.units = by_page, moved, units
        self.hollow, self.announced = hollow, announced
        self.group = 2 * per_page

    @property
    def start(self) -> str:
        return "/col/col9/index.html" if self.moved else super().start

    def column_path(self, department: Department) -> str:
        return f"/col/col{department.number}/index.html"

    def article_path(self, article: Article) -> str:
        day = article.published_on
        if article.number % 3:
            return f"/art/{day.year}/{day.month}/{day.day}/art_100_{article.number}.html"
        return f"/col/col100/art/{day.year}/art_{article.key}.html"

    def file_name(self, file: File) -> str:
        [article] = [article for article in self.content.articles if file in article.files]
        return f"{file.key.upper()}.pdf" if _all_pdf(article) else file.name

    def answer(self, query: Query) -> Reply:
        if query.place == "/col/col9/index.html":
            return Reply(
                b'<SCRIPT language=javascript> location.href="/col/col100/index.html";</SCRIPT>\n'
                b'<iframe src="../../module/visitcount/visit.jsp?type=2&i_webid=1" width=0></iframe>'
            )
        if match := re.fullmatch(r"/col/col(\d+)/index\.html", query.place):
            return self._column(self._department(match.group(1)))
        if query.place == PROXY:
            return self._proxy(query)
        if match := re.fullmatch(r"/(?:art|col)/.*art_(?:100_)?(\w+)\.html", query.place):
            name = match.group(1)
            article = self.content.article_of_key(name) if len(name) == 32 else self.content.article(int(name))
            return self._article(article) if article else NOTHING
        if query.place == "/module/download/downfile.jsp":
            return Reply(status=302, headers=(("Location", f"/attach/0/{query.fields['filename']}"),))
        match = re.fullmatch(r"/(?:attach/0|cms_files/filemanager/1544130/attach/20262)/(\w+)\.\w+", query.place)
        return download(self.content.file(match.group(1).lower())) if match else NOTHING

    def _department(self, number: str) -> Department:
        return next(one for one in self.content.departments if one.number == int(number))

    def _column(self, department: Department) -> Reply:
        lists = self._unit(department, "926", f"{department.number}")
        others = "".join(self._unit(department, f"{77 + place}", f"{7000 + place}") for place in range(self.units))
        return page(f"{department.name}预决算", f"<div>{lists}</div><div>{others}</div>")

    def _unit(self, department: Department, unit: str, column: str) -> str:
        rows = department.articles if column == str(department.number) else department.articles[:1]
        records = self._records([] if self.hollow else rows[: self.group])
        store = _store(records, self._group_link(unit, column))
        return f"""<div id="{unit}"><script type="text/xml">{store}</script></div><script language="javascript">
var param = {{col:1,appid:'1',webid:1,path:'/',columnid:'{column}',
sourceContentType:3,unitid:'{unit}',webname:'测试市'}};
$(function(){{$('#{unit}').jpage({{themeName:'default',totalRecord:{self.announced or len(rows)},dataBefore:"",
dataStore:$('#{unit}').children('script').html(),dataAfter:'<style>ul li{{width:100%;}}</style>',groupSize:10,
proxyUrl:'{PROXY}',perPage:{self.per_page},barPosition:'bottom',ajaxParam:param}});}});</script>"""

    def _group_link(self, unit: str, column: str) -> str:
        return f"{PROXY}?page=1&amp;appid=1&amp;webid=1&amp;path=/&amp;columnid={column}&amp;unitid={unit}"

    def _proxy(self, query: Query) -> Reply:
        fields = query.fields
        articles = self._department(fields["columnid"]).articles
        if self.by_page:
            start = (int(fields.get("page", "1")) - 1) * self.group
            wanted = articles[start : start + self.group]
        elif query.method == "POST":
            wanted = articles[int(fields["startrecord"]) - 1 : int(fields["endrecord"])]
        else:
            return Reply(b"", status=405)
        count = -(-len(articles) // self.group)
        head = f"<totalrecord>{self.announced or len(articles)}</totalrecord><totalpage>{count}</totalpage>"
        body = f"<?xml version='1.0' encoding='utf-8'?>{_store(self._records(wanted), './dataproxy.jsp?page=2', head)}"
        return Reply(body.encode(), media_type="text/xml; charset=utf-8")

    def _records(self, articles: Sequence[Article]) -> str:
        return "\n".join(f"<record><![CDATA[\n{self._row(article)}]]></record>" for article in articles)

    def _row(self, article: Article) -> str:
        shown = f"<li style=<br/>{article.title[:6]}..." if article.number % 2 else f"{article.title[:6]}..."
        return (
            f"<li><a href='{self.article_path(article)}' title='{article.title}' target=\"_blank\">{shown}</a>"
            f"<span>{article.published_on}</span></li>"
        )

    def _article(self, article: Article) -> Reply:
        if _all_pdf(article):
            paths = [f"/cms_files/filemanager/1544130/attach/20262/{file.key.upper()}.pdf" for file in article.files]
            viewer = f"""<div id="zoom"><iframe id="pdf_iframe" width="100%" src=""></iframe></div>
                <script> var sPdfUrl = "{"#".join(paths)}"; var list = sPdfUrl.split("#");</script>"""
            return article_page(article, viewer)
        servlet = "/module/download/downfile.jsp?classid=0&amp;filename="
        links = "".join(f'<p><a href="{servlet}{file.key}.{file.suffix}">{file.name}</a></p>' for file in article.files)
        return article_page(article, f'<div id="zoom">{article.text}{links}</div>')


def _all_pdf(article: Article) -> bool:
    return bool(article.files) and all(file.suffix == "pdf" for file in article.files)


def _store(records: str, link: str, head: str = "") -> str:
    group = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>'
    return f"<datastore>{head}\n{group}\n<recordset>\n{records}\n</recordset>\n</datastore>"
