"""Text of WordprocessingML as printed."""

from __future__ import annotations

from gongkai.parsing.formats.word.docx import read_docx
from tests.parsing.formats.word.docx_files import cell, docx_of, shown


def test_tracked_changes_fields_and_hidden_text() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>一般</w:t></w:r></w:ins><w:del><w:r><w:delText>基金</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>公共</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:t>码</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>预算</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:tab/><w:t>1</w:t><w:br/><w:t>2</w:t>'
        '<w:br w:type="page"/><w:noBreakHyphen/><w:sym w:char="00A7"/></w:r></w:p>'
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
        + cell("旧")
        + "</w:tr><w:tr>"
        + cell("新")
        + cell("1")
        + "</w:tr></w:tbl>"
    )
    assert shown(read_docx(docx_of(body))) == ["一般公共预算\t1\n2-§", [["新", "1"]]]
