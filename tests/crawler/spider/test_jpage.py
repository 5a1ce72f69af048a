"""Groups of rows are asked for as the page's script does, and pages where the proxy knows only those."""

from __future__ import annotations

from typing import Any

from gongkai.archive import Role
from gongkai.crawler.pages.address import query_of, sent
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

COLUMN = Lead(url=f"{SITE}/col/col7/index.html", role=Role.LISTING)


def store(*numbers: int, total: int = 5) -> str:
    row = "<record><![CDATA[<li><a href='a{0}.html'>甲局第{0}号预算</a>2026-02-01</li>]]></record>"
    rows = "".join(row.format(number) for number in numbers)
    link = '<nextgroup><![CDATA[<a href="/proxy.jsp?page=1&unitid=9"></a>]]></nextgroup>'
    link += f"<totalrecord>{total}</totalrecord>"
    return f"<datastore>{link}<recordset>{rows}</recordset></datastore>"


def page() -> Page:
    call = (
        "var paramData = {columnid:7, unitid:9};\n$('#9').jpage({proxyUrl: '/proxy.jsp', perPage: 2, totalRecord: 5});"
    )
    return Page(f"<div id='9'><script>{store(1, 2)}</script></div><script>{call}</script>", COLUMN.url)


def opened() -> tuple[Any, Lead]:
    spider = spider_of(visit_to(portal_of("jpage")))
    listed = spider.read_listing(page(), COLUMN)
    assert ([row.title[-4:] for row in listed.rows], listed.is_preview) == (["1号预算", "2号预算"], True)
    [second] = listed.next_pages
    return spider, second


def test_groups_follow_until_the_declared_rows_are_there() -> None:
    spider, second = opened()
    assert query_of(sent(second.url).url)["startrecord"] == "3"
    listed = spider.read_listing(Page(store(3, 4), sent(second.url).url), second)
    [third] = listed.next_pages
    assert (query_of(sent(third.url).url)["startrecord"], third.page_number) == ("5", 3)
    assert spider.read_listing(Page(store(5), sent(third.url).url), third).next_pages == ()
    assert [lead.page_number for lead in spider.after_failure(second)] == [3], "a group that failed hides none"


def test_a_proxy_that_answers_with_the_first_rows_again_is_asked_by_page() -> None:
    spider, second = opened()
    listed = spider.read_listing(Page(store(1, 2), sent(second.url).url), second)
    assert (listed.rows, listed.may_be_empty) == ((), True)
    [first] = listed.next_pages
    assert (sent(first.url).method, first.url, first.page_number) == ("GET", f"{SITE}/proxy.jsp?page=1&unitid=9", 1)
    [following] = spider.read_listing(Page(store(1, 2), first.url), first).next_pages
    assert following.url == f"{SITE}/proxy.jsp?page=2&unitid=9"
