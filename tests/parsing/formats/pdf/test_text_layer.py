"""Text layers that cannot be what the page shows."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.pdf.text_layer import is_misread

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
    ],
)
def test_is_misread(text: str, expected: bool) -> None:
    assert is_misread(text) is expected
