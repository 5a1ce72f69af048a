"""Help in Chinese: click's own pages, each text of which is looked up when it is written.

Commands say their help once, in English; ``vocabulary/chinese.csv`` has the Chinese.  Lines are folded between Chinese
characters, as answers are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

import click
from rich.cells import cell_len

from gongkai.queries.reading_table import folded
from gongkai.vocabulary.languages import in_chinese

_PLACEHOLDER = re.compile(r"\[OPTIONS\]|\b(?:INTEGER|FLOAT) RANGE\b|\b[A-Z][A-Z0-9_]+\b")
_EXTRA = re.compile(r"\s*\[([^\[\]]+)\]$")
_VERBATIM = "\b"
_FIRST_COLUMN = 30
"""Places that the names of options take at most, beside their texts."""


class ChineseHelp(click.HelpFormatter):
    """Looks every text up, and folds by places on the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{in_chinese(prefix or 'Usage:')}{prog} {_placeholders(args)}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{in_chinese(heading)}：\n")

    def write_text(self, text: str) -> None:
        paragraphs = (self._paragraph(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip("\n")))
        self.write("\n\n".join(paragraphs) + "\n")

    def _paragraph(self, text: str) -> str:
        indent = " " * self.current_indent
        if _VERBATIM in text:
            lines = text.replace(_VERBATIM, "").strip("\n").splitlines()
            return "\n".join(indent + _verbatim(line) for line in lines)
        told = in_chinese(" ".join(text.split()))
        return "\n".join(indent + line for line in folded(told, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST_COLUMN, col_spacing: int = 2) -> None:
        told = [(_placeholders(name), _definition(text)) for name, text in rows]
        margin = " " * self.current_indent
        first = min(max((cell_len(name) for name, _ in told), default=0), col_max) + col_spacing
        for name, text in told:
            lines = list(folded(text, max(self.width - first - self.current_indent, _FIRST_COLUMN)))
            fits = cell_len(name) <= first - col_spacing
            heads = [name] if fits else [name, ""]
            bodies = lines if fits else ["", *lines]
            for head, body in itertools.zip_longest(heads, bodies, fillvalue=""):
                self.write(f"{margin}{head}{' ' * (first - cell_len(head))}{body}".rstrip() + "\n")


class ChineseContext(click.Context):
    """Writes help by ``ChineseHelp``."""

    formatter_class = ChineseHelp


def _placeholders(text: str) -> str:
    return _PLACEHOLDER.sub(lambda found: in_chinese(found[0]), text)


def _verbatim(line: str) -> str:
    """A line set as it is: the command it begins with stays, what stands behind a gap is said in Chinese."""
    head, gap, tail = re.fullmatch(r"(\s*\S.*?)(\s{2,}|$)(.*)", line).groups()  # type: ignore[union-attr]
    return f"{head}{gap}{in_chinese(tail)}" if tail else in_chinese(head)


def _definition(text: str) -> str:
    """The text of an option, and what click adds about its default and setting."""
    extra = _EXTRA.search(text)
    if extra is None:
        return in_chinese(" ".join(text.split()))
    told = "；".join(in_chinese(part) for part in extra[1].split("; "))
    return f"{in_chinese(' '.join(text[: extra.start()].split()))}［{told}］"
