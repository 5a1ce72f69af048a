"""Files are found wherever a page hides them, on recorded pages and in noted variants.

The expectations about recorded pages were read off the pages in a browser's source view.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families.trs import pager
from gongkai.crawler.pages.address import clean_url
from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.links import Link, attachments, promised_suffix
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_the_fuzhou_article_has_one_archive_linked_and_named_in_a_script(recorded_page: Recorded) -> None:
    url = "https://www.fuzhou.gov.cn/zgfzzt/czzj/bmndyjs/bmysgk/202603/t20260313_5295488.htm"
    article = page(recorded_page("trs_2"), url)
    name = "2026年二级预算单位预算公开.rar"
    address = "https://www.fuzhou.gov.cn/zgfzzt/czzj/bmndyjs/bmysgk/202603/P020260313423470301442.rar"
    assert attachments(article) == [Link(address, name)]
    assert attachments(article, "#detailCont, .article_attachment") == [Link(address, name)]
    facts = article_facts(article)
    assert facts.title == "2026年市教育局（本级）及二级预算单位预算公开"
    assert facts.published_on == dt.date(2026, 3, 13)


def test_the_xiamen_article_writes_its_two_files_by_script(recorded_page: Recorded) -> None:
    article = page(recorded_page("trs_3"), "https://www.xm.gov.cn/x/2026/202603/t20260310_1.htm")
    assert [(link.text, link.url.rpartition("/")[2]) for link in attachments(article)] == [
        ("2026年厦门市人民政府办公厅单位预算.pdf", "P020260310557154921493.pdf"),
        ("2026年度厦门市政务热线服务中心单位预算.pdf", "P020260310557157670829.pdf"),
    ]


def test_the_chongqing_article_links_eight_files_on_image_hosts(recorded_page: Recorded) -> None:
    files = attachments(page(recorded_page("trs_1"), "http://cq.wenming.cn/gggs/202603/t20260302_1.html"))
    assert len(files) == 8
    assert files[0] == Link(
        "http://images.wenming.cn/web_cq/gggs/202603/W020260302537384806293.pdf", "1．中共重庆市委宣传部"
    )


def test_a_file_named_only_in_a_script_of_the_wenzhou_page_is_found_with_its_index_number(
    recorded_page: Recorded,
) -> None:
    article = page(recorded_page("hanweb_pdfiframe_0"), "https://www.wenzhou.gov.cn/art/2026/3/2/art_1.html")
    assert [link.url for link in attachments(article)] == [
        "https://www.wenzhou.gov.cn/cms_files/filemanager/1537432/attach/20262/9828240BA2D9FE4CCAD82A426301CCF0.pdf"
    ]
    facts = article_facts(article)
    assert facts.index_number == "11330300002518815L/2026-1010497865"
    assert facts.published_on == dt.date(2026, 3, 2)


def test_a_signed_address_still_promises_a_pdf(recorded_page: Recorded) -> None:
    [file] = attachments(page(recorded_page("zhengzhou_0")))[:1]
    assert (file.text, promised_suffix(file.url)) == ("2026年郑州市信访局部门预算公开.pdf", "pdf")


def test_attachments_are_found_wherever_they_hide_each_once() -> None:
    files = attachments(
        page(
            r"""<a href='./P1.pdf' target=_blank> 预算.pdf </a><a href="P1.pdf#page=2">第二页</a>
            <iframe src="/js/viewer/web/viewer.html?file=%2Ffiles%2FP2.pdf#page=1"></iframe>
            <embed src="P3.PDF"><object data="P4.ofd"></object><div pdfsrc="/upload/P5.pdf"></div>
            <a href="javascript:;" onclick="openUrl('./P6.xls')">表格</a>
            <a href="/gateway/download?fileUrl=Ab%2B%3D&fileName=%E8%A1%A8.doc" data-link="/files/P7.doc">附件七.doc</a>
            <a href="/system/_content/download.jsp?wbfileid=16738452">附件八.xlsx </a>
            <a href="t2.html">附件九.pdf</a><a href="mailto:a@b.pdf">写信</a><a href="http://[">坏地址.pdf</a>
            <script>var sPdfUrl = "/files/P10.pdf#/files/P11.pdf"; var again = '.pdf'; if (x.indexOf(".doc") > 0) {}
            document.write('<td><a href=\"./P12.zip\">压缩包.zip<\/a></td>'); var seen = 'P1.pdf';</script>
            <!-- <a href="P13.pdf">旧附件</a> -->"""
        )
    )
    names = [(link.url.removeprefix("https://www.example.gov.cn"), link.text) for link in files]
    assert names == [
        ("/zwgk/yjs/P1.pdf", "预算.pdf"),
        ("/files/P2.pdf", ""),
        ("/zwgk/yjs/P3.PDF", ""),
        ("/zwgk/yjs/P4.ofd", ""),
        ("/upload/P5.pdf", ""),
        ("/zwgk/yjs/P6.xls", "表格"),
        ("/gateway/download?fileUrl=Ab%2B%3D&fileName=%E8%A1%A8.doc", "附件七.doc"),
        ("/files/P7.doc", "附件七.doc"),
        ("/system/_content/download.jsp?wbfileid=16738452", "附件八.xlsx"),
        ("/zwgk/yjs/P12.zip", "压缩包.zip"),
        ("/files/P10.pdf", ""),
        ("/files/P11.pdf", ""),
    ]


PIECES = [
    "http://",
    "//",
    "[",
    "]",
    "::1",
    ":",
    "/",
    "a.cn",
    "99999",
    "?",
    "#",
    "%zz",
    "&",
    "file=",
    "x.pdf",
    ".doc",
    "@",
]
ADDRESSES = st.lists(
    st.sampled_from([*PIECES, "javascript:", "data:", "ftp:", "预算", "\\", " ", "0x7f.1"]), max_size=7
)


@settings(max_examples=300, deadline=None)
@given(ADDRESSES.map("".join))
def test_no_address_a_page_may_contain_stops_its_reading(address: str) -> None:
    body = f'<base href="{address}"><li><a href="{address}">行</a>2025-01-01</li><iframe src="{address}"></iframe>'
    strange = page(f'{body}<script>x="{address}";createPageHTML({address},1)</script>')
    with contextlib.suppress(PagerNotUnderstoodError):
        pager(strange)
    for url in [*(link.url for link in attachments(strange)), *(row.url for row in rows(strange))]:
        assert clean_url(clean_url(url)) == clean_url(url)


@pytest.mark.parametrize(
    "address",
    [
        "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1744984858&wbfileid=16738452",
        "/virtual_attach_file.vsb?urltype=tree.DownloadAttachUrl&id=3",
        "/truecms/attachmentController/download.do?id=0450605a-fe01-4321",
        "/portal/filedown?id=123",
        "/module/download/downfile.jsp?classid=0&filename=63361f9adb71",
        "/file/download/4028abcd12",
    ],
)
def test_a_servlet_that_gives_files_promises_one_without_a_suffix(address: str) -> None:
    shown = f"<li>附件【<a href='{address.replace('&', '&amp;')}'>附件下载</a>】</li>"
    assert [link.url for link in attachments(page(shown))] == [f"https://www.example.gov.cn{address}"]


@pytest.mark.parametrize(
    ("query", "text", "name"),
    [
        ("filename=b3c7.pdf&showname=%E6%9F%90%E5%B1%802025.pdf", "<img src='/p.png'>", "某局2025.pdf"),
        ("filename=b3c7.pdf&showname=%E6%9F%90%E5%B1%80.pdf", "某局2025年部门预算", "某局2025年部门预算"),
        ("filename=b3c7.pdf", "<img src='/p.png'>", ""),
        ("path=/upload/%E6%9F%90%E5%B1%80.pdf", "", ""),
    ],
)
def test_a_file_without_a_text_has_the_name_its_servlet_is_told_to_give_it(query: str, text: str, name: str) -> None:
    shown = f"<a href='/module/download/downfile.jsp?{query.replace('&', '&amp;')}'>{text}</a>"
    assert [link.text for link in attachments(page(shown))] == [name]


@pytest.mark.parametrize(
    "address",
    [
        "/download/index.html",
        "/app/about/download.jsp",
        "/zw_pc_download/",
        "/attach/downloadByPath.do?path=/upload/a.jpg",
        "/search/download?q=1",
    ],
)
def test_a_page_about_downloads_promises_none(address: str) -> None:
    assert attachments(page(f"<a href='{address}'>下载</a>")) == []


@pytest.mark.parametrize(
    "script",
    [
        '// 提取文件后缀（如 "/a/test.txt" → "txt"）',
        "/* url = '/a/old.pdf' */",
        "if (name.endsWith('/x.pdf')) return;  var kinds = compare('/test.txt');",
        "<!-- var pdfUrl = '/a/hidden.pdf'; -->",
    ],
)
def test_what_a_script_only_speaks_of_is_no_file(script: str) -> None:
    assert attachments(page(f"<script>\n\t{script}\n</script>")) == []


@pytest.mark.parametrize(
    "script",
    [
        "var sPdfUrl = '/a/b.pdf';",
        'showPdf("/a/b.pdf", 1);',
        '{"name": "表", "url": "/a/b.pdf"}',
        "$('#f').attr('src', '/a/b.pdf');",
        "var url = 'http://www.example.gov.cn/a/b.pdf'; // 附件",
        "window.open('/a/b.pdf')",
    ],
)
def test_a_file_that_a_script_shows_links_or_fetches_is_found(script: str) -> None:
    assert [link.url.rpartition("/a/")[2] for link in attachments(page(f"<script>{script}</script>"))] == ["b.pdf"]


def test_the_name_that_a_download_is_given_is_no_second_file() -> None:
    [link] = attachments(page("""<a onclick="downloadFj('甲局预算.pdf','./W0202603.pdf')">甲局预算.pdf</a>"""))
    assert (link.text, link.url.rpartition("/")[2]) == ("甲局预算.pdf", "W0202603.pdf")


@pytest.mark.parametrize(
    ("shown", "file"),
    [
        ("/pdfjs/web/viewer.html?file=/upload/a.pdf", "/upload/a.pdf"),
        ("/pdfjs/web/viewer.html?file=a.pdf", "/zwgk/yjs/a.pdf"),
        ("/onlinePreview?url=aHR0cDovL3d3dy5leGFtcGxlLmdvdi5jbi91cGxvYWQvYS5wZGY=", "/upload/a.pdf"),
        ("/portal/viewFile.do?id=7&file=1/2026预算.pdf", None),
        ("/portal/down.do?file=/upload/a.pdf", None),
    ],
)
def test_an_address_is_unwrapped_where_it_is_a_viewers(shown: str, file: str | None) -> None:
    [link] = attachments(page(f"<iframe src='{shown}'></iframe>"))
    expected = clean_url(f"https://www.example.gov.cn{file or shown}").partition("://")[2]
    assert clean_url(link.url).partition("://")[2] == expected


def test_an_area_of_a_picture_links_a_file_and_a_title_names_one() -> None:
    files = attachments(page("<map><area href='/a.pdf' title='甲'></map><a href='/d?n=1' title='乙.docx'>点击下载</a>"))
    assert [link.text for link in files] == ["甲", "乙.docx"]
