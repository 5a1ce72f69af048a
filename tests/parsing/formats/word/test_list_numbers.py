"""Numbers that Word sets before paragraphs; lists as Word writes them, of our own making."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.word.docx import read_docx
from tests.parsing.formats.word.docx_files import W, docx_of, paragraph, shown, table


def level(place: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    defined = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f'<w:numbering xmlns:w="{W}">{defined}{lists}</w:numbering>'


def of_list(place: int = 0, name: str = "1") -> str:
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{name}"/></w:numPr>'


CHINESE = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def test_levels_count_and_begin_anew_below_a_higher_one() -> None:
    body = "".join(
        paragraph(text, of_list(place))
        for place, text in ((0, "收入"), (1, "拨款"), (2, "本年"), (2, "上年"), (1, "其他"), (0, "支出"), (1, "基本"))
    )
    assert shown(read_docx(docx_of(body, numbering=numbering(*CHINESE)))) == [
        "一、收入",
        "（一）拨款",
        "1.本年",
        "2.上年",
        "（二）其他",
        "二、支出",
        "（一）基本",
    ]


@pytest.mark.parametrize(
    ("form", "text", "start", "printed"),
    [
        ("chineseCounting", "第%1部分 ", 12, "第十二部分"),
        ("chineseCounting", "%1、", 20, "二十、"),
        ("chineseCounting", "%1、", 100, ""),
        ("decimalEnclosedCircleChinese", "%1", 3, "③"),
        ("lowerLetter", "%1)", 2, "b)"),
        ("bullet", "•", 1, ""),
        ("bullet", "%1", 1, ""),
        ("upperRoman", "%1.", 1, ""),
        ("none", "", 1, ""),
        ("decimal", "%1" + 40 * ".", 1, ""),
    ],
)
def test_formats(form: str, text: str, start: int, printed: str) -> None:
    data = docx_of(paragraph("名称", of_list()), numbering=numbering(level(0, form, text, start=start)))
    assert shown(read_docx(data)) == [f"{printed}名称"]


def test_a_level_prints_those_above_it_too() -> None:
    levels = (level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = paragraph("甲", of_list()) + paragraph("乙", of_list(1)) + paragraph("丙", of_list(1))
    assert shown(read_docx(docx_of(body, numbering=numbering(*levels)))) == ["一、甲", "1.1乙", "1.2丙"]


def test_lists_of_one_definition_count_on_unless_one_begins_anew() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(paragraph("甲", of_list(name=name)) for name in ("1", "2", "3", "3"))
    assert shown(read_docx(docx_of(body, numbering=numbering(*CHINESE, lists=lists)))) == [
        "一、甲",
        "二、甲",
        "一、甲",
        "二、甲",
    ]


def test_a_style_may_number_its_paragraphs() -> None:
    levels = (CHINESE[0], level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="sub"/>'))
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="top">{numbered}</w:style>'
        f'<w:style w:styleId="sub">{numbered}</w:style>'
        '<w:style w:styleId="same"><w:basedOn w:val="top"/></w:style></w:styles>'
    )
    styled = (('<w:pStyle w:val="top"/>', "甲"), ('<w:pStyle w:val="sub"/>', "乙"), ('<w:pStyle w:val="same"/>', "丙"))
    off = paragraph("丁", '<w:pStyle w:val="top"/>' + of_list(name="0"))
    body = "".join(paragraph(text, style) for style, text in styled) + off
    data = docx_of(body, numbering=numbering(*levels), styles=styles)
    assert shown(read_docx(data)) == ["一、甲", "（一）乙", "二、丙", "丁"]


def test_cells_have_numbers_too_and_blank_lines_print_none() -> None:
    numbered = f"<w:tc>{paragraph('', of_list(2))}</w:tc><w:tc>{paragraph('修缮')}</w:tc>"
    body = paragraph("", of_list(2)) + table(numbered, numbered.replace("修缮", "购置"))
    assert shown(read_docx(docx_of(body, numbering=numbering(*CHINESE)))) == [[["2.", "修缮"], ["3.", "购置"]]]


def test_a_list_that_nothing_defines_prints_no_number() -> None:
    assert shown(read_docx(docx_of(paragraph("甲", of_list(name="9")), numbering=numbering(*CHINESE)))) == ["甲"]
    assert shown(read_docx(docx_of(paragraph("甲", of_list())))) == ["甲"]


def test_a_number_that_would_run_into_another_is_left_out() -> None:
    body = "".join(paragraph(text, of_list(place)) for place, text in ((2, "5.00"), (2, "修缮"), (0, "2025年")))
    assert shown(read_docx(docx_of(body, numbering=numbering(*CHINESE)))) == ["5.00", "2.修缮", "一、2025年"]
