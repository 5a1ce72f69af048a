"""上海's site of the year's budgets: years, groups, departments, files."""

from __future__ import annotations

import re
from typing import ClassVar

from tests.crawler.simulator.content import Department
from tests.crawler.simulator.portal import SimulatedPortal, download, page
from tests.crawler.site import NOTHING, Query, Reply


class BmysPortal(SimulatedPortal):
    """Two groups, of departments with even and with odd numbers; a department's page links the files of its articles
    of the year."""

    family: ClassVar[str] = "bmys"
    start: ClassVar[str] = "/bmys-26/index.html"
    years: ClassVar[tuple[str, ...]] = ("26", "25")

    def answer(self, query: Query) -> Reply:
        if match := re.fullmatch(r"/bmys-(\d\d)/index\.html", query.place):
            return self._home(match.group(1))
        if match := re.fullmatch(r"/bmys-(\d\d)-00([12])/index\.html", query.place):
            return self._group(match.group(1), int(match.group(2)) % 2)
        if match := re.fullmatch(r"/bmys-(\d\d)-dw(\d+)/index\.html", query.place):
            department = next(one for one in self.content.departments if one.number == int(match.group(2)))
            return self._department(match.group(1), department)
        match = re.fullmatch(r"/cmsres/\w\w/([0-9a-f]{32})\.\w+", query.place)
        return download(self.content.file(match.group(1))) if match else NOTHING

    def _navigation(self, year: str) -> str:
        years = "".join(f'<a href="/bmys-{one}/index.html">20{one}年</a>' for one in self.years)
        groups = "".join(
            f'<li><a href="/bmys-{year}-00{number}/index.html">{name}</a><span>(1)</span></li>'
            for number, name in ((1, "党委部门"), (2, "政府部门"))
        )
        return f"<div class='years'>{years}</div><ul class='nav'>{groups}</ul>"

    def _home(self, year: str) -> Reply:
        return page(f"20{year}年部门预算", self._navigation(year))

    def _group(self, year: str, odd: int) -> Reply:
        links = "".join(
            f'<li><a href="/bmys-{year}-dw{one.number}/index.html" title="{one.name}">{one.name}</a></li>'
            for one in self.content.departments
            if one.number % 2 == odd
        )
        return page("部门预算", f"{self._navigation(year)}<div class='rt-yus dangw'><ul>{links}</ul></div>")

    def _department(self, year: str, department: Department) -> Reply:
        files = [file for one in department.articles if one.published_on.year == 2000 + int(year) for file in one.files]
        links = "".join(
            f'<li><a href="/cmsres/{file.key[:2]}/{file.key}.{file.suffix}" title="{file.name}">{file.name}</a></li>'
            for file in files
        )
        body = f"{self._navigation(year)}<div class='rt-yus trout-region-list'><ul>{links}</ul></div>"
        return page(department.name, body)
