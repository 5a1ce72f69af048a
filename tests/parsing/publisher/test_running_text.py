"""What sentences say of the publisher."""

from __future__ import annotations

from gongkai.parsing.publisher.running_text import attached_department, subject_of, superior_department
from gongkai.parsing.text.grid import TextLine


def test_whose_figures_most_sentences_give() -> None:
    lines = [TextLine("某市教育局2025年收入预算1万元。"), TextLine("其中，某市教育局2025年支出预算1万元。")]
    named = subject_of(lines)
    assert named is not None
    assert named.entity == "某市教育局"
    assert subject_of(lines[:1]) is None


def test_the_superior_a_caption_names() -> None:
    assert superior_department(["单位：万元", "主管部门：某市教育局"]) == "教育"
    assert superior_department(["主管部门：某某"]) is None


def test_a_sentence_of_another_body_says_nothing() -> None:
    lines = [TextLine("某市招生办公室设在某市教育局。")]
    assert attached_department("某市招生办公室", lines) == "教育"
    assert attached_department("某市体检办公室", lines) is None
    assert attached_department("某市体检办公室", [TextLine("本中心是某市教育局所属的事业单位。")]) == "教育"
