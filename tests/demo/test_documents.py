"""The demo's documents say what the facts say: each is read back by another library, or from its raw XML."""

from __future__ import annotations

import functools
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pdfplumber
import pypdfium2
import pytest
from lxml import etree, html

from gongkai.demo import portal as portal_module
from tests.documents import make
from tests.documents.disclosures import Disclosure, load
from tests.documents.pages import article_page, listing_pages

DEMO = Path(portal_module.__file__).parent
COLUMN = DEMO / "site" / "zwgk" / "yjsgk"
FILES = {
    "000": "202502/P020250218365478120001.pdf",
    "001": "202502/P020250214402150633002.docx",
    "002": "202302/t20230221_100011.html",
    "003": "202405/P020240526403217891002.pdf",
    "004": "202502/W020250210391746205001.xlsx",
}
AMOUNT = re.compile(r"-?[\d,]+\.\d+")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Rows = list[list[str]]


def squeezed(text: str | None) -> str:
    return "".join((text or "").split()).replace("\xa0", "")


@functools.cache
def rows_of(seed: str) -> Rows:
    """Every table row of the seed's document, blanks and line breaks removed from the cells."""
    path = COLUMN / FILES[seed]
    reader = {".pdf": pdf_rows, ".docx": docx_rows, ".html": html_rows, ".xlsx": xlsx_rows}[path.suffix]
    return [[squeezed(text) for text in row] for row in reader(path)]


@functools.cache
def pdf_tables(path: Path) -> list[Rows]:
    """The tables of each page, with the line breaks inside their cells."""
    tables: list[Rows] = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            tables += [[[text or "" for text in row] for row in table] for table in page.extract_tables()]
            page.close()
    return tables


def pdf_rows(path: Path) -> Iterator[list[str]]:
    return (row for table in pdf_tables(path) for row in table)


def docx_rows(path: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    for row in body.iter(f"{WORD}tr"):
        yield ["".join(map(str, cell.itertext(f"{WORD}t"))) for cell in row.iter(f"{WORD}tc")]


def html_rows(path: Path) -> Iterator[list[str]]:
    for row in html.parse(str(path)).getroot().cssselect("div.trs_word tr"):
        yield [cell.text_content() for cell in row.iter("td")]


def xlsx_rows(path: Path) -> Iterator[list[str]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.sheet_state == "visible":
            for row in sheet.iter_rows():
                yield [shown(cell.value, cell.number_format) for cell in row]


def shown(value: object, number_format: str) -> str:
    if isinstance(value, int | float):
        return f"{value:.2f}" if number_format == "0.00" else f"{value}"
    return str(value or "")


def amounts_of(disclosure: Disclosure) -> Counter[str]:
    """Every amount the facts hold, with how often."""
    texts = [text for form in disclosure.forms for row in form.rows for text in row]
    texts += [amount for form in disclosure.forms for _, amount in form.amounts]
    for project in disclosure.projects:
        texts += [project.budget or "", project.fiscal or "", project.other or "", *project.plan.values()]
        texts += [text or "" for row in project.indicators for text in row]
    return Counter(text for text in texts if AMOUNT.fullmatch(text))


@pytest.mark.parametrize("seed", FILES)
def test_the_amounts_in_the_tables_are_those_of_the_facts(seed: str) -> None:
    found = Counter(text for row in rows_of(seed) for text in row if AMOUNT.fullmatch(text))
    assert found == amounts_of(load(seed))


@pytest.mark.parametrize("seed", FILES)
def test_every_row_of_every_form_stands_in_the_document(seed: str) -> None:
    disclosure = load(seed)
    found = Counter(tuple(row) for row in rows_of(seed))
    widths = {form.width for form in disclosure.forms}
    if seed == "004":  # a sheet is as wide as its widest row
        found = Counter({row[:width]: count for row, count in found.items() for width in widths})
    missing = [
        (form.id, row)
        for form in disclosure.forms
        if form.header and form.id != "performance_department"
        for row in form.rows
        if not found[tuple(squeezed(text) for text in (*row, *[""] * (form.width - len(row))))]
    ]
    assert missing == []


@pytest.mark.parametrize("seed", FILES)
def test_every_project_stands_with_its_code_and_indicators(seed: str) -> None:
    cells = {text for row in rows_of(seed) for text in row}
    text = page_text(seed)
    for project in load(seed).projects:
        assert squeezed(project.name) in text
        assert project.code is None or project.code in cells
        for indicator in project.indicators:
            for part in indicator:
                assert squeezed(part) in cells | {""} or squeezed(part) in text, (project.name, part)


@functools.cache
def page_text(seed: str) -> str:
    path = COLUMN / FILES[seed]
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        joined = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return squeezed(joined)
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return squeezed("".join(map(str, etree.fromstring(package.read("word/document.xml")).itertext(f"{WORD}t"))))
    if path.suffix == ".html":
        return squeezed(html.parse(str(path)).getroot().text_content())
    return "".join(text for row in rows_of(seed) for text in row)


@pytest.mark.parametrize("seed", FILES)
def test_quoted_amounts_stand_in_the_narrative(seed: str) -> None:
    disclosure = load(seed)
    for pairs in disclosure.quoted.values():
        for item, amount in pairs:
            assert f"{item}{amount}{disclosure.unit}" in page_text(seed)


def test_hebei_pdf_breaks_codes_and_rows_as_published() -> None:
    tables = pdf_tables(COLUMN / FILES["000"])
    codes = [row[1] for table in tables for row in table if len(row) == 13]
    assert "208260\n2" in codes
    assert "2082601" in codes
    continued = [table[1] for table in tables if table[0][0] == "一级指标" and not any(table[1][:4])]
    assert continued, "no row is broken over a page break"
    labels = [row[0] for table in tables for row in table if row[0] in {"栏次", "档次"}]
    assert labels.count("档次") == 4


def test_henan_pdf_mixes_portrait_and_turned_pages() -> None:
    document = pypdfium2.PdfDocument(COLUMN / FILES["003"])
    try:
        turned = {page.get_rotation() for page in document}
        boxes = {tuple(round(side) for side in page.get_mediabox()) for page in document}
    finally:
        document.close()
    assert turned == {0, 90}
    assert boxes == {(0, 0, 595, 842)}


def test_henan_pdf_prints_the_slid_row_slid() -> None:
    slid = ["208", "07", "99", "", "其他就业补助支出", "235.90", "233.90", "233.90", "", "2.00", "", "2.00", ""]
    assert rows_of("003").count(slid) == 2


def test_docx_headers_are_merged_and_marked() -> None:
    with zipfile.ZipFile(COLUMN / FILES["001"]) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    revenue = next(table for table in body.iter(f"{WORD}tbl") if "上级补助收入" in "".join(map(str, table.itertext())))
    first, second, third, fourth = list(revenue.iter(f"{WORD}tr"))[:4]
    assert [span.get(f"{WORD}val") for span in first.iter(f"{WORD}gridSpan")] == ["2", "8"]
    assert [merge.get(f"{WORD}val") for merge in first.iter(f"{WORD}vMerge")] == ["restart"] * 3
    assert len(list(second.iter(f"{WORD}vMerge"))) == 3
    assert [row.find(f".//{WORD}tblHeader") is not None for row in (first, second, third, fourth)] == [True] * 3 + [
        False
    ]


def test_workbook_mixes_numbers_and_texts() -> None:
    workbook = openpyxl.load_workbook(COLUMN / FILES["004"])
    balance, revenue = workbook.worksheets[:2]
    assert (balance["C8"].value, balance["C8"].number_format) == (1047.65, "0.00")
    assert revenue["D8"].value == "2488.09"
    assert {str(area) for area in balance.merged_cells.ranges} == {"A1:E1", "A5:A6", "B5:C5", "D5:E5"}
    assert [sheet.title for sheet in workbook if sheet.sheet_state == "hidden"] == ["Sheet3"]


def test_contents_page_repeats_every_title() -> None:
    document = pypdfium2.PdfDocument(COLUMN / FILES["000"])
    try:
        first = squeezed(document[0].get_textpage().get_text_range())
    finally:
        document.close()
    assert [form.title for form in load("000").statements() if form.title not in first] == []


def test_committed_pages_are_what_the_generator_makes() -> None:
    disclosures = {seed: load(seed) for seed in FILES}
    articles = [make._in_page(disclosures["002"], "100011", make.IN_PAGE_DATE), *make.notices()]
    for article in articles:
        assert (COLUMN / article.path).read_text(encoding="utf-8") == article_page(article)


def test_listing_names_every_row_once_over_three_pages() -> None:
    pages = [COLUMN / name for name in ("index.html", "index_1.html", "index_2.html")]
    links: list[str] = []
    for number, page in enumerate(pages):
        text = page.read_text(encoding="utf-8")
        assert f'createPageHTML(3, {number}, "index", "html")' in text
        links += [str(anchor.get("href")) for anchor in html.fromstring(text).cssselect("ul.yjs_list a")]
    assert len(links) == len(set(links)) == 13
    assert [link for link in links if not (COLUMN / link).is_file()] == []
    assert sum(link.endswith(".pdf") for link in links) == 1
    assert len(listing_pages(make.notices())) == 2


def test_attachments_stand_beside_their_article_and_in_its_script() -> None:
    names = json.loads((DEMO / "downloads.json").read_text(encoding="utf-8"))
    assert len(names) == 3
    articles = {path: path.read_text(encoding="utf-8") for path in COLUMN.rglob("t*.html")}
    for address, name in names.items():
        stored = Path(address).name
        assert (DEMO / "site" / address.lstrip("/")).is_file()
        [text] = [text for text in articles.values() if stored in text]
        assert text.count(stored) == 2
        assert f'title="{name}">{name}</a>' in text
