"""Make the demo portal's files from the facts of the seed disclosures.

Run ``python tests/documents/make.py`` in the development environment; it rewrites ``gongkai/demo/site`` and
``gongkai/demo/downloads.json``.  The same facts give the same bytes with the same library versions.  Needed besides
the development dependencies: two fonts, from the Debian packages fonts-droid-fallback (Apache-2.0) and
fonts-liberation (OFL-1.1); see ``pdf.py``.  The fonts are not part of the project, the made files are.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.documents import hebei_docx, hebei_html, hebei_pdf, hebei_xlsx, henan_pdf, pdf  # noqa: E402
from tests.documents.disclosures import SEEDS, Disclosure, load  # noqa: E402
from tests.documents.pages import COLUMN_PATH, SITE_NAME, Article, Attachment, article_page, listing_pages  # noqa: E402

DEMO = ROOT / "gongkai" / "demo"
SITE = DEMO / "site"
IN_PAGE_DATE = dt.date(2023, 2, 21)
OFFICE = f"{SITE_NAME}办公室"
FINANCE = "公开示例市财政局"

NOTICES: tuple[tuple[str, dt.date, str, str, str], ...] = (
    (
        "100012",
        dt.date(2025, 3, 3),
        "关于预决算公开栏目改版的通知",
        OFFICE,
        "本栏目自三月起按年度排列，原有链接继续有效。",
    ),
    (
        "100009",
        dt.date(2025, 2, 16),
        "关于报送公开情况统计数据的通知",
        FINANCE,
        "请各单位于月底前报送公开情况统计数据。",
    ),
    ("100006", dt.date(2025, 1, 20), "春节假期值班安排", OFFICE, "假期内窗口暂停办理业务，网上咨询照常受理。"),
    ("100005", dt.date(2024, 11, 8), "政府网站适老化改造完成公告", OFFICE, "网站已增加大字版式和语音朗读功能。"),
    ("100004", dt.date(2024, 9, 2), "公开申请受理点地址变更公告", OFFICE, "受理点迁至政务服务大厅二层，电话不变。"),
    ("100003", dt.date(2024, 3, 12), "政府信息公开培训班通知", FINANCE, "培训班定于本月下旬举办，每单位两人参加。"),
    ("100002", dt.date(2023, 12, 1), "关于网站短时维护的公告", OFFICE, "网站将于周六夜间维护，届时可能无法访问。"),
    ("100001", dt.date(2023, 1, 9), "预决算公开栏目开通公告", OFFICE, "各部门的预算和决算从今年起在本栏目集中发布。"),
)

ATTACHED: tuple[tuple[str, str, str, Callable[[Disclosure], bytes]], ...] = (
    ("000", "100010", "P020250218365478120001.pdf", hebei_pdf.build),
    ("001", "100008", "P020250214402150633002.docx", hebei_docx.build),
    ("004", "100007", "W020250210391746205001.xlsx", hebei_xlsx.build),
)
"""Budgets published as an attachment: seed, article number, the file's name on the server, and what makes it."""


def _article_path(published: dt.date, number: str) -> str:
    return f"{published:%Y%m}/t{published:%Y%m%d}_{number}.html"


def notices() -> list[Article]:
    """The unrelated rows between the budgets."""
    return [
        Article(
            path=_article_path(published, number),
            title=title,
            published=published,
            source=source,
            index_number=f"990000900/{published.year}-{number[-5:]}",
            body=f'<p style="text-align: justify;">{text}</p>',
            topic="通知公告",
        )
        for number, published, title, source, text in NOTICES
    ]


def budgets(disclosures: dict[str, Disclosure]) -> tuple[list[Article], dict[str, bytes]]:
    """The rows with budgets, and the files that belong to them by path relative to the column."""
    files: dict[str, bytes] = {}
    articles = []
    for seed, number, stored, build in ATTACHED:
        published = dt.datetime.strptime(stored[2:10], "%Y%m%d").replace(tzinfo=dt.UTC).date()
        files[f"{published:%Y%m}/{stored}"] = build(disclosures[seed])
        articles.append(_with_attachment(disclosures[seed], number, published, stored))
    henan = disclosures["003"]
    path = "202405/P020240526403217891002.pdf"
    files[path] = henan_pdf.build(henan)
    articles.append(Article(path=path, title=henan.title, published=dt.date(2024, 5, 26), source=henan.entity))
    articles.append(_in_page(disclosures["002"], "100011", IN_PAGE_DATE))
    return articles, files


def _with_attachment(disclosure: Disclosure, number: str, published: dt.date, stored: str) -> Article:
    suffix = stored.rsplit(".", 1)[1]
    body = '<p style="text-align: justify;">预算文本和表格见附件。</p>'
    attachment = Attachment(stored, f"{disclosure.title}.{suffix}")
    return _article(disclosure, number, published, body=body, attachments=(attachment,))


def _in_page(disclosure: Disclosure, number: str, published: dt.date) -> Article:
    return _article(disclosure, number, published, body=hebei_html.build(disclosure))


def _article(
    disclosure: Disclosure,
    number: str,
    published: dt.date,
    *,
    body: str,
    attachments: tuple[Attachment, ...] = (),
) -> Article:
    return Article(
        path=_article_path(published, number),
        title=disclosure.title,
        published=published,
        source=disclosure.entity,
        index_number=f"990000{disclosure.seed}/{published.year}-{number[-5:]}",
        body=body,
        attachments=attachments,
    )


def main() -> None:
    """Write the site anew."""
    pdf.register_fonts()
    articles, files = budgets({seed: load(seed) for seed in SEEDS})
    articles += notices()
    shutil.rmtree(SITE, ignore_errors=True)
    column = SITE / COLUMN_PATH
    pages = listing_pages(articles)
    pages |= {article.path: article_page(article) for article in articles if article.body is not None}
    for path, text in pages.items():
        _write(column / path, text.encode())
    for path, data in files.items():
        _write(column / path, data)
    _write(SITE / "robots.txt", b"User-agent: *\nAllow: /\n")
    refresh = f'<meta http-equiv="refresh" content="0; url=./{COLUMN_PATH}/">\n'
    _write(SITE / "index.html", refresh.encode())
    names = {
        f"/{COLUMN_PATH}/{article.path.rsplit('/', 1)[0]}/{file.stored}": file.name
        for article in articles
        for file in article.attachments
    }
    text = json.dumps(dict(sorted(names.items())), ensure_ascii=False, indent=1)
    (DEMO / "downloads.json").write_text(text + "\n", encoding="utf-8")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    main()
