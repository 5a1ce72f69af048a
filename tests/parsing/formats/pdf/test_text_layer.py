"""Text layers that cannot be what the page shows."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.typesetting import Run
from gongkai.parsing.formats.pdf.content import PageContent
from gongkai.parsing.formats.pdf.text_layer import is_misread, text_layer_doubt

NARRATIVE = "二〇二五年收入预算总计一百万元，其中：一般公共预算拨款收入八十万元，政府性基金收入二十万元，比上年增加。"
TRADITIONAL = "總預算歲入歲出機關別總表單位經資併計款項節名稱編號為與對於發業國產進貿農業務課徵處長員額職權實際辦"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NARRATIVE, False),
        (NARRATIVE + "负责人：㑇璟、昉喆、翀", False),
        ("2025 1,234.56 7,890.12 " * 5, False),
        ("ABCDEFGHIJ KLMNOPQRST " * 4, False),
        (
            "中華民國一百一十三年度總預算歲入歲出機關別預算總表單位新臺幣仟元經資併計款項目節名稱及編號本年度預算數"
            * 2,
            False,
        ),
        ("㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉" * 6, True),
        ("龘靐齉龗麤鱻灪虋纞驫" * 5 + "二〇二五", True),
        ("Ã¥Â¹Â´Ã¦ÂÂ¶Ã¥ÂÂ¥" * 4, True),
        ("Ã¥Â¹", False),
        ("鞯鞴鞫鞲鞣韪韵齑齄龅" * 5, True),
        ("!\"#$ %&'( 812.36 512.16 )*+ ;<=> ?@[\\ 213 ]^`{ |}~! 100.00", True),
        ("https://a.gov.cn/?a=1&b=2#c 812.36 and some words of a narrative page", False),
    ],
    ids=[
        "print",
        "rare names",
        "numbers",
        "letters",
        "traditional",
        "extension A",
        "rare ideographs",
        "mojibake",
        "too little",
        "level 2",
        "counted from the first sign",
        "an address",
    ],
)
def test_is_misread(text: str, expected: bool) -> None:
    assert is_misread(text) is expected


AMOUNTS = ["812.36 512.16 300.20 712.36 412.16 300.20 2130301"] * 20


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["\ufffd\ufffd\ufffd\ufffd"], True),
        (["ÄÅ", "Ç\x05\x06"], True),
        (["\ue001\ue002 科目", "\ue003\ue004 合计"], True),
        (["ËëÍí 科目", "Ïï 合计"], True),
        (["\uf06c", "\uf0a8", "\uf06c"], False),
        (["科目名称", "\uf06c本年支出", "合计"], False),
        (["科目", "№ 合计 × ÷ · ≥", "α"], False),
        ([], False),
    ],
    ids=["unmapped", "Latin", "private use", "beside Chinese", "bullets", "print", "borrowed signs", "no words"],
)
def test_a_page_of_amounts_is_judged_by_its_words(words: list[str], expected: bool) -> None:
    runs = [
        Run(text, 10, 10 + 20 * at, [5.0 * place for place in range(len(text))], 10)
        for at, text in enumerate([*AMOUNTS, *words])
    ]
    doubt = text_layer_doubt(PageContent(500, 700, runs, [], []), 7)
    assert (doubt is not None and doubt.kind == "garbled_text_layer" and doubt.page == 7) is expected
