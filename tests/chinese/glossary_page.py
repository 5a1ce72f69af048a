"""The page ``docs/glossary.md``, made of the glossary: ``python -m tests.chinese.glossary_page`` writes it."""

from __future__ import annotations

from pathlib import Path

from gongkai.vocabulary.glossary import HEADING, Term, terms

PAGE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"

_BEGINNING = """\
# Glossary 术语表

Values and columns of the lake in English and Chinese, made of `vocabulary/glossary.csv`; in SQL it is the table
`glossary`. Rules and kinds of issues are explained in [the lake](lake.md).

数据湖的取值和字段的中英文对照，由 `vocabulary/glossary.csv` 生成；在 SQL 中是表 `glossary`。
规则和问题的种类见[数据湖](zh/lake.md)。
"""


def page() -> str:
    """The page as it must stand."""
    columns = dict.fromkeys(column for term in terms() for column in term.columns if column != HEADING)
    parts = [_BEGINNING, "## Values 取值\n"]
    parts += [_values(column) for column in columns]
    parts += ["## Columns 字段\n", "| column | 中文 |\n|---|---|"]
    parts += [f"| `{term.term}` | {term.chinese} |" for term in terms() if HEADING in term.columns]
    return "\n".join(parts) + "\n"


def _values(column: str) -> str:
    rows = "\n".join(_row(term) for term in terms() if column in term.columns)
    return f"### `{column}`\n\n| value | 中文 | meaning | 释义 | source 出处 |\n|---|---|---|---|---|\n{rows}\n"


def _row(term: Term) -> str:
    return f"| `{term.term}` | {term.chinese} | {term.meaning} | {term.chinese_meaning} | {term.source} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
