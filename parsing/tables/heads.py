"""The lines around a table that belong to it: title, captions, notes; and running heads, which belong to none."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import could_be_title, goes_on_with_note, is_caption, is_note, is_page_number
from gongkai.parsing.text.grid import Block, TextLine
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.forms import Form, form_of_title

_SHORT = 12
"""Characters of the rest of a caption that was too long for its place."""
_END_OF_TITLE = 8
"""Characters of a second line that names a form of its own without the first: 支出预算表."""
_SAME_HEIGHT = 10.0
"""Points by which a running head may move from page to page."""


def head_lines(pending: Sequence[TextLine]) -> list[TextLine]:
    """The lines directly above a table that belong to it: captions, and the nearest line or two that are its title.

    A title or a caption too long for its place goes on in the next line; that is believed of a short line only where
    the line before it is a caption, or where the two together name a form.
    """
    lines = [line for line in pending if not is_page_number(line.text)]
    head: list[TextLine] = []
    for at in range(len(lines) - 1, -1, -1):
        line, above = lines[at], lines[at - 1] if at else None
        if is_caption(line.text):
            head.append(line)
        elif above is not None and _is_end_of_title(above.text, line.text):
            head += [line, above]
            break
        elif could_be_title(line.text):
            head.append(line)
            break
        elif above is not None and len(compact(line.text)) <= _SHORT and is_caption(above.text):
            head.append(line)
        else:
            break
    return list(reversed(head))


def names_form(text: str) -> bool:
    return _form_named(text) is not None


def _form_named(text: str) -> Form | None:
    return form_of_title(without_enumerator(text)) if could_be_title(text) else None


def _is_end_of_title(above: str, line: str) -> bool:
    """True where two lines name a form together that the second alone does not: “三公”经费、培训费 | 支出预算表."""
    whole, alone = _form_named(above + line), _form_named(line)
    if whole is None or names_form(above):
        return whole is not None and alone is None
    return alone is None or (whole != alone and len(compact(line)) <= _END_OF_TITLE)


def title_of(texts: Sequence[str]) -> tuple[str | None, list[str]]:
    """The title among the lines of a table's head, and the other lines."""
    titles = [text for text in texts if could_be_title(text)]
    for first, second in itertools.pairwise(texts):
        if (
            first not in titles[-1:]
            and _is_end_of_title(first, second)
            and not any(names_form(text) for text in titles if text != second)
        ):
            return first + second, [text for text in texts if text not in (first, second)]
    return (titles[-1] if titles else None), [text for text in texts if text not in titles[-1:]]


def notes_after(pending: Sequence[TextLine]) -> list[str]:
    """Remarks that follow a table, up to the first line that is none."""
    notes: list[str] = []
    for line in pending:
        if is_note(line.text) or (notes and goes_on_with_note(line.text)):
            notes.append(line.text)
        elif not is_page_number(line.text):
            break
    return notes


def running_lines(blocks: Sequence[Block]) -> set[int]:
    """``id`` of each line that is a page's running head or foot: the same text at the same height on many pages.

    A title that stands on every page of its tables (项目绩效目标表) is none: it names a form.
    """
    edges: dict[int, tuple[Block, Block]] = {}
    for block in blocks:
        if block.page is not None:
            edges[block.page] = (edges[block.page][0] if block.page in edges else block, block)
    places: dict[tuple[str, int, int], list[TextLine]] = {}
    for pair in edges.values():
        for end, line in enumerate(pair):
            if isinstance(line, TextLine) and line.box is not None:
                key = (compact(line.text), end, round(line.box.y0 / _SAME_HEIGHT))
                places.setdefault(key, []).append(line)
    many = max(3, len(edges) // 4)
    repeated = (lines for lines in places.values() if len(lines) >= many)
    return {
        id(line)
        for lines in repeated
        if not is_caption(lines[0].text) and form_of_title(without_enumerator(lines[0].text)) is None
        for line in lines
    }
