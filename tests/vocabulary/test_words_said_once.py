"""Words of documents are data: no Chinese word stands in the code of parsing, but in docstrings and comments."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_HAN = re.compile("[\u3400-\u9fff]")
_STRINGS = (tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING))
"""From Python 3.12 on the parts of an f-string are tokens of their own."""
_ENGLISH = re.compile(r"[a-z]{2,} [a-z(]")
"""In a message to people, which may name a term in Chinese."""

OTHER_WORDS = {"formats/sheets/number_format.py", "formats/word/list_numbers.py"}
"""Files whose words are no document's: Excel prints 年, 月 and 上午 itself, by a format, and Word 一 and 二."""


def words_in(source: str) -> list[str]:
    """Strings with Chinese words, each with its line, docstrings and messages aside."""
    docstrings = {
        node.value.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    return [
        f"line {token.start[0]}: {token.string[:80]}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type in _STRINGS
        and token.start[0] not in docstrings
        and _HAN.search(token.string)
        and not _ENGLISH.search(token.string)
    ]


FILES = {path.relative_to(ROOT / "parsing").as_posix(): path for path in (ROOT / "parsing").rglob("*.py")}


@pytest.mark.parametrize("name", sorted(FILES.keys() - OTHER_WORDS))
def test_no_chinese_word_stands_in_code(name: str) -> None:
    assert words_in(FILES[name].read_text(encoding="utf-8")) == [], "move them to a list of vocabulary/"


def test_words_are_found_in_patterns_and_sets_and_nowhere_else() -> None:
    source = '''"""合计"""
import re
# 合计
_TOTAL = re.compile("合计|总计")
WORDS = {"收入"}
HAN = "[\\u4e00-\\u9fff]、"


def f() -> str:
    """合计"""
    return f"no title says whether it is a budget (预算) or {HAN}"
'''
    assert words_in(source) == ['line 4: "合计|总计"', 'line 5: "收入"']
