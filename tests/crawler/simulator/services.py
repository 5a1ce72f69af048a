"""Sites whose rows come from a service beside the pages: 龙讯, TrueCMS, Epoint."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from tests.crawler.simulator.content import Article, Department, pages
from tests.crawler.simulator.portal import SimulatedPortal, article_page, download, page
from tests.crawler.site import NOTHING, Query, Reply

JSON = "application/json"
JAVASCRIPT = "application/javascript;charset=UTF-8"


class LongxunPortal(SimulatedPortal):
    """`counts` states the number of pages in a fragment's script."""

    family: ClassVar[str] = "longxun"
    counts = True

    def column_path(self, department: Department) -> str:
        return f"/public/column/6601841?type=4&action=list&nav=3&catId={department.number}"

    def answer(self, query: Query) -> Reply:
        if query.place == "/public/column/6601841":
            return page(
                "信息公开目录", "<div class='xxgk_nav_con'></div>", head='<meta name="SiteId" content="6787231">'
            )
        if query.place == "/site/label/8888":
            return self._label(query.fields)
        if match := re.fullmatch(r"/public/6601841/(\d+)\.html", query.place):
            article = self.content.article(int(match.group(1)))
            return _article(article, "/group6/M00/{key}.{suffix}") if article else NOTHING
        match = re.fullmatch(r"/group6/M00/([0-9a-f]{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _label(self, fields: dict[str, str]) -> Reply:
        asked = (fields["labelName"], fields["siteId"], fields["organId"], fields["file"])
        known = {str(one.number): one for one in self.content.departments}
        if asked != ("publicInfoList", "6787231", "6601841", "/xxgk/publicInfoList_newest2020"):
            return Reply(b"<div>\xe6\x9a\x82\xe6\x97\xa0\xe7\x9b\xb8\xe5\x85\xb3\xe4\xbf\xa1\xe6\x81\xaf</div>")
        cut = pages(known[fields["catId"]].articles, self.per_page)
        number = int(fields["pageIndex"])
        rows = "".join(
            f'<div class="xxgk_navli"><ul class="clearfix"><li class="mc"><a href="/public/6601841/{one.number}.html" '
            f'title="{one.title}">{one.title[:9]}…</a></li><li class="rq"><span class="date">{one.published_on}</span>'
            "</li></ul></div>"
            for one in (cut[number - 1] if number <= len(cut) else [])
        )
        script = f"<script>Ls.pagination('#page', {{pageCount:{len(cut)}, pageIndex:{number}}})</script>"
        return Reply(f"<div class='xxgk_nav_list'>{rows}</div>{script if self.counts else ''}".encode())


class TruecmsPortal(SimulatedPortal):
    """Answers only those who name the column's page as Referer, and nothing to those who ask for more than `most`."""

    family: ClassVar[str] = "truecms"
    most = 50

    @property
    def parameters(self) -> dict[str, Any]:
        return {"page_size": self.per_page}

    def column_path(self, department: Department) -> str:
        return f"/ntsrmzf/czyjs{department.number}/list.html"

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/ntsrmzf/czyjs(\d+)/list\.html", query.place):
            return page(
                "财政预决算", f"<ul id='list'></ul><script>$('#list').jpage({{{_options(match.group(1))}}});</script>"
            )
        if query.place == "/TrueCMS/messageController/getMessage.do":
            return self._records(query) if "/ntsrmzf/czyjs" in query.headers.get("referer", "") else NOTHING
        if match := re.fullmatch(r"/ntsrmzf/czyjs/content/([0-9a-f]{32})\.html", query.place):
            article = self.content.article_of_key(match.group(1))
            return _article(article, "/TrueCMS/attachmentController/download.do?id={key}") if article else NOTHING
        if query.place == "/TrueCMS/attachmentController/download.do":
            return download(self.content.file(query.fields.get("id", "")))
        return NOTHING

    def _records(self, query: Query) -> Reply:
        fields = query.fields
        department = next(one for one in self.content.departments if _uuid(one.number) == fields["columnId"])
        first, last = int(fields["startrecord"]), int(fields["endrecord"])
        shown = department.articles[first - 1 : last] if int(fields["perpage"]) <= self.most else []
        records = "".join(
            f"<record><![CDATA[<li><a href='/ntsrmzf/czyjs/content/{one.key}.html' title='{one.title}'>{one.title}</a>"
            f"<span>{one.published_on}</span></li>]]></record>"
            for one in shown
        )
        store = f"<datastore><totalrecord>{len(department.articles)}</totalrecord><recordset>{records}</recordset>"
        text = f"{fields['callback']}({json.dumps({'result': store + '</datastore>'})});"
        return Reply(text.encode(), media_type=JAVASCRIPT)


class EpointPortal(SimulatedPortal):
    """`first_page` is the number of the first page; `quoted` sends `custom` as a text; `wrapped` wants `params`."""

    family: ClassVar[str] = "epoint"
    first_page = 1
    quoted = False
    wrapped = False

    @property
    def parameters(self) -> dict[str, Any]:
        return {"first_page": self.first_page}

    def column_path(self, department: Department) -> str:
        return f"/dynamic/zwgk/govInfoPub.html?categorynum=00{department.number}"

    def answer(self, query: Query) -> Reply:
        if query.place == "/dynamic/zwgk/govInfoPub.html":
            return page("政府信息公开", "<ul id='infolist'>{{#data}}<li>{{realtitle}}</li>{{/data}}</ul>")
        if query.place == "/js/webBuilderCommon.js":
            info = f"var siteInfo = {{ 'siteGuid': '{_uuid(7)}', 'projectName': '/EWB-FRONT' }};"
            return Reply(info.encode(), media_type=JAVASCRIPT)
        if query.place == "/EWB-FRONT/rest/lightfrontaction/getgovinfolist" and query.method == "POST":
            return self._rows(json.loads(query.body))
        if match := re.fullmatch(r"/zwgk/00\d+/\d+/([0-9a-f]{32})\.html", query.place):
            article = self.content.article_of_key(match.group(1))
            return _article(article, "/files/{key}.{suffix}") if article else NOTHING
        match = re.fullmatch(r"/files/([0-9a-f]{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _rows(self, body: dict[str, object]) -> Reply:
        asked = body.get("params") if self.wrapped else body
        if not isinstance(asked, dict) or asked.get("siteGuid") != _uuid(7):
            return Reply(b'{"custom": {"data": [], "total": 0}}', media_type=JSON)
        department = next(one for one in self.content.departments if f"00{one.number}" == asked["categorynum"])
        cut = pages(department.articles, self.per_page)
        place = max(int(asked["pageIndex"]) - self.first_page, 0)
        rows = [
            {
                "infourl": f"/zwgk/00{department.number}/{one.published_on:%Y%m%d}/{one.key}.html",
                "realtitle": one.title,
                "title": one.title[:10],
                "infodate": str(one.published_on),
            }
            for one in (cut[place] if place < len(cut) else [])
        ]
        custom: object = {"data": rows, "total": len(department.articles)}
        answer = {"custom": json.dumps(custom) if self.quoted else custom}
        return Reply(json.dumps(answer).encode(), media_type=JSON)


def _article(article: Article, address: str) -> Reply:
    links = _links((address.format(key=file.key, suffix=file.suffix), file.name) for file in article.files)
    return article_page(article, f"<div id='zoom'><p>{article.text}</p>{links}</div>")


def _links(files: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<p><a href="{address}">{name}</a></p>' for address, name in files)


def _options(number: str) -> str:
    return f"proxyUrl:'/TrueCMS/messageController/getMessage.do',perPage:20,columnId:'{_uuid(int(number))}'"


def _uuid(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))
