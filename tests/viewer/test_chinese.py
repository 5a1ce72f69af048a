"""Everything that the viewer says has its Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gongkai.viewer.screens.registry import SCREENS
from gongkai.vocabulary.languages import _texts as chinese_texts

VIEWER = Path(__file__).resolve().parents[2] / "viewer"
_IN_TEMPLATE = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
_SAYING = {"said", "ask", "Screen", "BadAddressError", "NotHeldError", "TooMuchError", "ViewerError"}
"""What a text is given to that a person is to read."""
_LETTERS = re.compile(r"[a-z]{2,}")


def _of_templates() -> Iterator[str]:
    for path in sorted((VIEWER / "templates").glob("*.html")):
        for found in _IN_TEMPLATE.finditer(path.read_text(encoding="utf-8")):
            yield found[1] or found[2]


def _of_modules() -> Iterator[str]:
    for path in sorted(VIEWER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in _SAYING:
                    yield from _texts(node.args[1:] if name in ("ask", "Screen") else node.args)


def _texts(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
        elif isinstance(argument, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in argument.values)


def test_every_text_of_the_viewer_has_its_chinese() -> None:
    texts = {text for text in (*_of_templates(), *_of_modules()) if _LETTERS.search(text)}

    assert len(texts) > 2 * len(SCREENS)
    told = chinese_texts()  # whole, since a message of another place may fit a text by chance
    assert sorted(text for text in texts if " ".join(text.split()) not in told and text not in told) == []
