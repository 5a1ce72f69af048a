"""The demo portal's pages in the style of the TRS content system: columns, articles, notices.

What is typical for the family and matters to a crawler: the national ``<meta>`` block; a 0-based ``createPageHTML``
call inside a script in place of links to further pages; relative article addresses by month; attachments beside the
article under a name that is only a letter and a time, their real name standing in the link text; the same address
once more in a script variable; a 公开信息表 with the index number (索引号).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from html import escape
from string import Template

SITE_NAME = "公开示例市人民政府"
SITE_ID_CODE = "9900000001"
COLUMN = "预决算公开"
COLUMN_PATH = "zwgk/yjsgk"
ROWS_PER_PAGE = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside an article: its name on the server and the name a reader sees."""

    stored: str
    name: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One row of the column.  ``path`` is relative to the column; ``source`` the publishing body (发布机构).

    ``index_number`` and ``body`` are None for a row that is itself a file.
    """

    path: str
    title: str
    published: dt.date
    source: str
    index_number: str | None = None
    body: str | None = None
    attachments: tuple[Attachment, ...] = ()
    topic: str = "财政预算、决算"


_PAGE = Template("""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
$meta
<title>$title</title>
<style>
body { font-family: "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 1100px; margin: 0 auto; color: #333; }
header { border-bottom: 3px solid #b02a1d; padding: 18px 0; font-size: 24px; color: #b02a1d; }
nav { padding: 12px 0; font-size: 14px; color: #777; }
.yjs_list li { list-style: none; padding: 10px 0; border-bottom: 1px dashed #ccc; }
.yjs_list .date { float: right; color: #999; }
.xxgk_table { width: 100%; border-collapse: collapse; font-size: 14px; }
.xxgk_table td { border: 1px solid #ddd; padding: 6px; }
h1 { text-align: center; font-size: 22px; }
.trs_word table { border-collapse: collapse; font-size: 13px; margin: 8px auto; }
.pagediv, footer { text-align: center; padding: 20px 0; color: #777; }
</style>
$script
</head>
<body>
<header>$site_name</header>
<nav>当前位置：<a href="/">首页</a> &gt; 政务公开 &gt; <a href="/$column_path/">$column</a></nav>
$content
<footer>网站标识码：$site_id_code　本站为演示网站，机构与通知均为虚构</footer>
</body>
</html>
""")

_PAGER = """<script>
function createPageHTML(pageCount, current, stem, extension) {
  if (pageCount <= 1) { return; }
  var address = function (n) { return n === 0 ? stem + "." + extension : stem + "_" + n + "." + extension; };
  var html = "";
  if (current > 0) { html += '<a href="' + address(current - 1) + '">上一页</a> '; }
  for (var n = 0; n < pageCount; n++) {
    html += n === current ? "<b>" + (n + 1) + "</b> " : '<a href="' + address(n) + '">' + (n + 1) + "</a> ";
  }
  if (current < pageCount - 1) { html += '<a href="' + address(current + 1) + '">下一页</a>'; }
  document.write(html);
}
</script>"""


def _page(title: str, meta: Sequence[tuple[str, str]], content: str, script: str = "") -> str:
    lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in meta]
    return _PAGE.substitute(
        title=escape(title),
        meta="\n".join(lines),
        script=script,
        content=content,
        site_name=SITE_NAME,
        site_id_code=SITE_ID_CODE,
        column=COLUMN,
        column_path=COLUMN_PATH,
    )


def _site_meta() -> list[tuple[str, str]]:
    return [("SiteName", SITE_NAME), ("SiteDomain", "127.0.0.1"), ("SiteIDCode", SITE_ID_CODE), ("ColumnName", COLUMN)]


def listing_pages(articles: Sequence[Article]) -> dict[str, str]:
    """The column's pages by file name: ``index.html``, ``index_1.html`` and so on, the newest rows first."""
    rows = sorted(articles, key=lambda article: article.published, reverse=True)
    chunks = [rows[first : first + ROWS_PER_PAGE] for first in range(0, len(rows), ROWS_PER_PAGE)]
    pages = {}
    for number, chunk in enumerate(chunks):
        name = f"index_{number}.html" if number else "index.html"
        pages[name] = _listing(chunk, number, len(chunks))
    return pages


def _listing(rows: Sequence[Article], number: int, count: int) -> str:
    items = [
        f'<li><span class="date">{article.published:%Y-%m-%d}</span>'
        f'<a href="./{article.path}" target="_blank" title="{escape(article.title)}">{escape(article.title)}</a></li>'
        for article in rows
    ]
    pager = f'<script>createPageHTML({count}, {number}, "index", "html");</script>'
    content = "\n".join(['<ul class="yjs_list">', *items, "</ul>", f'<div class="pagediv">{pager}</div>'])
    meta = [*_site_meta(), ("ColumnType", COLUMN), ("ColumnDescription", f"{SITE_NAME}{COLUMN}栏目")]
    return _page(f"{COLUMN} - {SITE_NAME}", meta, content, _PAGER)


def article_page(article: Article) -> str:
    """The page of one article."""
    meta = [
        *_site_meta(),
        ("ColumnType", COLUMN),
        ("ArticleTitle", article.title),
        ("PubDate", f"{article.published:%Y-%m-%d} 10:30"),
        ("ContentSource", article.source),
        ("Keywords", article.topic),
        ("Url", f"./{article.path}"),
    ]
    parts = [
        _information_table(article),
        f"<h1>{escape(article.title)}</h1>",
        f'<div class="xl_info">发布日期：{article.published:%Y-%m-%d} 10:30　来源：{escape(article.source)}</div>',
        f'<div class="view TRS_UEDITOR trs_paper_default trs_word" id="zoom">\n{article.body}\n</div>',
    ]
    if article.attachments:
        parts += _attachments(article.attachments)
    return _page(f"{article.title} - {SITE_NAME}", meta, "\n".join(parts))


def _information_table(article: Article) -> str:
    fields = (
        ("索引号", article.index_number or ""),
        ("主题分类", article.topic),
        ("发布机构", article.source),
        ("生成日期", f"{article.published:%Y-%m-%d}"),
        ("公开方式", "主动公开"),
        ("公开范围", "面向社会"),
    )
    cells = [f"<td>{name}：</td><td>{escape(value)}</td>" for name, value in fields]
    rows = [f"<tr>{left}{right}</tr>" for left, right in zip(cells[::2], cells[1::2], strict=True)]
    return "\n".join(['<table class="xxgk_table">', *rows, "</table>"])


def _attachments(attachments: Sequence[Attachment]) -> list[str]:
    items = [
        f'<li><a href="./{file.stored}" target="_blank" title="{escape(file.name)}">{escape(file.name)}</a></li>'
        for file in attachments
    ]
    script = f"<script>var fileUrl = './{attachments[0].stored}'; var fileCount = {len(attachments)};</script>"
    return ['<div class="fujian"><span>附件：</span><ul>', *items, "</ul></div>", script]
