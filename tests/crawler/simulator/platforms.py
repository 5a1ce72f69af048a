"""The provincial platforms: 江苏, by four steps of POST requests, and 内蒙古, by JSON."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

from tests.crawler.simulator.content import pages
from tests.crawler.simulator.portal import SimulatedPortal, download, page
from tests.crawler.site import NOTHING, Query, Reply

JSON = "application/json;charset=UTF-8"


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), media_type=JSON)


class JiangsuPortal(SimulatedPortal):
    """All departments belong to the group 122; articles of the year 2026 are its disclosures of that year."""

    family: ClassVar[str] = "jiangsu"
    start: ClassVar[str] = "/yjsgk/"

    def answer(self, query: Query) -> Reply:
        if query.place == self.start:
            return page("预决算公开", "<div id='department'></div>")
        action = query.place.removeprefix(f"{self.start}front/")
        if action == "budgetfinal/download.do":
            return download(self.content.file(query.fields.get("iid", "")))
        if query.method != "POST":
            return Reply(b"<h1>Method Not Allowed</h1>", 405)
        if action == "department/getdepartmentname.do":
            return self._departments(query.fields)
        if action == "budgetfinal/itemsandpag.do":
            return self._disclosures(query.fields)
        return self._files(query.fields) if action == "budgetfinal/getTemporaryFiles.do" else NOTHING

    def _departments(self, fields: dict[str, str]) -> Reply:
        shown = self.content.departments if fields["pid"] == "122" and fields["departmentName"] == "" else []
        return _json([{"iid": one.number, "name": one.name, "pid": 122, "dtype": 1} for one in shown])

    def _disclosures(self, fields: dict[str, str]) -> Reply:
        department = next(one for one in self.content.departments if str(one.number) == fields["groupid"])
        articles = [one for one in department.articles if str(one.published_on.year) == fields["date"]]
        cut = pages(articles, self.per_page)
        number = int(fields["page_num"])
        shown = cut[number - 1] if number <= len(cut) else []
        return _json({"budgetTemplates": [{"uuid": article.key, "sort": 1} for article in shown]})

    def _files(self, fields: dict[str, str]) -> Reply:
        quoted = re.fullmatch(r"'([0-9a-f]{32})'", fields["uuid"])
        article = self.content.article_of_key(quoted.group(1)) if quoted else None
        files = article.files if article else []
        return _json([{"iid": one.key, "t_oldname": one.name, "t_uploaddate": str(one.uploaded)} for one in files])


class NeimengguPortal(SimulatedPortal):
    """The first department is the area 150625; answers are JSON in a JSON text where `twice` is set."""

    family: ClassVar[str] = "neimenggu"
    start: ClassVar[str] = "/yjs/business/page/index?cityCode=150600&areaCode=150625"
    twice = True

    def answer(self, query: Query) -> Reply:
        if query.path == self.start:
            return page("预决算公开", "<div id='app'></div>")
        action = query.place.removeprefix("/yjs/business/")
        if action == "basic/select":
            return self._wrapped(self._disclosures(query.fields))
        if match := re.fullmatch(r"basic/result/(\d+)", action):
            return self._wrapped(self._files(int(match.group(1))))
        match = re.fullmatch(r"file/download/([0-9a-f]{32})", action)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _wrapped(self, value: Any) -> Reply:
        return _json(json.dumps(value, ensure_ascii=False) if self.twice else value)

    def _disclosures(self, fields: dict[str, str]) -> dict[str, Any]:
        articles = self.content.departments[0].articles if (fields["id"], fields["type"]) == ("150625zf", "2") else []
        cut, number = pages(articles, self.per_page), int(fields["p"])
        shown = cut[number - 1] if number <= len(cut) else []
        rows = [{"id": one.number, "title": one.title, "publishTime": f"{one.published_on} 09:00:00"} for one in shown]
        return {"list": rows}

    def _files(self, number: int) -> dict[str, Any]:
        article = self.content.article(number)
        files = article.files if article else []
        named = [{"id": one.key, "name": one.name.rpartition(".")[0], "suffix": f".{one.suffix}"} for one in files]
        return {"files": named}
