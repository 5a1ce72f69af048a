"""Paragraphs put together again from the lines they were printed in, and sections by heading.

A format with pages gives lines; where they stand on the page tells where a paragraph ends (its last line stops short of
the margin, the next one is indented).  Formats without places give whole paragraphs.  Running heads and page numbers
are left out, so that a sentence that runs over a page is one sentence.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gongkai.parsing.narrative.numbers import states_money
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import is_caption, is_contents_entry, is_note, is_page_number
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import enumerator, is_numbered
from gongkai.vocabulary.word_lists import any_of

_LEVELS = {"part": 1, "numeral": 2, "bracketed_numeral": 3}
"""The level of a heading by the style of its number."""
_UNNUMBERED = _LEVELS["numeral"]
_LEAST_UNNUMBERED = 3
"""Headings without numbers that a document has at least which has lost them; fewer may be the parts of a title."""
_MAX_HEADING = 60
_HEADING = re.compile(rf"[^，。；;:：!?、\d]{{2,}}{any_of('wordings.csv', 'heading_end')}")
_SENTENCE_ENDS = ("。", "；", ";", "，", ",", "、")
_RUNNING_HEAD_PAGES = 3


@dataclasses.dataclass(slots=True)
class Section:
    """Text under one heading; ``heading`` None for what stands before the first."""

    heading: str | None
    level: int | None
    page: int | None
    lines: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.  ``level`` is that of the heading the paragraph is, None where it is text."""

    lines: tuple[TextLine, ...]
    level: int | None
    note: bool = False
    """A remark below a table (注：…)."""

    @property
    def text(self) -> str:
        return "".join(line.text.strip() for line in self.lines)

    @property
    def page(self) -> int | None:
        return self.lines[0].page

    @property
    def numbered(self) -> bool:
        return is_numbered(self.text.lstrip("*#- "))


def sections(narrative: Iterable[Paragraph]) -> Iterator[Section]:
    """Split running text at its headings."""
    current = Section(None, None, None)
    for paragraph in narrative:
        if paragraph.level is None:
            current.lines.extend(line.text for line in paragraph.lines)
            current.page = current.page or paragraph.page
            continue
        if current.heading is not None or current.lines:
            yield current
        current = Section(paragraph.text, paragraph.level, paragraph.page)
    if current.heading is not None or current.lines:
        yield current


def paragraphs(lines: Iterable[TextLine]) -> list[Paragraph]:
    """The paragraphs of running text in reading order; page numbers, running heads, captions of tables and contents
    entries are left out."""
    kept = _without_furniture(list(lines))
    margins = _margins(kept)
    groups: list[list[TextLine]] = []
    for line in kept:
        if groups and _continues(groups[-1][-1], line, margins):
            groups[-1].append(line)
        else:
            groups.append([line])
    levels = [_heading_level(group) for group in groups]
    if not any(levels):  # numbers that a program sets by itself are lost in some formats
        unnumbered = [_UNNUMBERED if _is_unnumbered_heading(group) else None for group in groups]
        levels = unnumbered if sum(map(bool, unnumbered)) >= _LEAST_UNNUMBERED else levels
    return [
        Paragraph(tuple(group), level, is_note(group[0].text.lstrip("* ")))
        for group, level in zip(groups, levels, strict=True)
    ]


def _is_caption(text: str) -> bool:
    """True for a caption that is no line of a sentence (截至2024年12月31日，本部门共有车辆…)."""
    return is_caption(text) and re.search(r"[，。；]", text) is None


def _without_furniture(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines that are text: page numbers, captions, contents entries and running heads are left out."""
    kept = [
        line
        for line in lines
        if not (_numbers_page(line.text) or _is_caption(line.text) or is_contents_entry(line.text))
    ]
    pages: dict[int, list[TextLine]] = {}
    for line in kept:
        if line.page is not None:
            pages.setdefault(line.page, []).append(line)
    edges = Counter(
        text for page in pages.values() for text in {_plain(page[0]), _plain(page[-1])} if not states_money(text)
    )
    heads = {text for text, count in edges.items() if count >= _RUNNING_HEAD_PAGES}
    at_edge = {id(line) for page in pages.values() for line in (page[0], page[-1])}
    return [line for line in kept if not (id(line) in at_edge and _plain(line) in heads)]


def _plain(line: TextLine) -> str:
    return compact(line.text)


@functools.lru_cache(maxsize=8_192)
def _numbers_page(text: str) -> bool:
    """True for a page number, also between box-drawing dashes (─ 2 ─)."""
    return is_page_number(text.translate(_DASHES))


_DASHES = str.maketrans("─━", "——")


@dataclasses.dataclass(frozen=True, slots=True)
class _Margins:
    """The edges between which text stands on the pages of a document, in points."""

    left: float
    right: float


def _margins(lines: Sequence[TextLine]) -> dict[int, _Margins]:
    """The margins of each page; a page with few lines takes the document's usual ones, which stand at 0."""
    placed = [line for line in lines if line.box is not None and len(_plain(line)) > 20]
    whole = _edges(placed)
    by_page: dict[int, list[TextLine]] = {}
    for line in placed:
        by_page.setdefault(line.page or 0, []).append(line)
    own = {page: _edges(each) or whole for page, each in by_page.items()}
    margins = {page: margin for page, margin in own.items() if margin is not None}
    if whole is not None:
        margins[0] = whole
    return margins


def _edges(lines: Sequence[TextLine]) -> _Margins | None:
    """The left edge that the fewest letters cross, the right edge that most lines reach."""
    boxes = [line.box for line in lines if line.box is not None]
    if len(boxes) < 3:
        return None
    left = min(box.x0 for box in boxes)
    ends = sorted(box.x1 for box in boxes)
    return _Margins(left, ends[len(ends) * 2 // 3])


def _continues(previous: TextLine, line: TextLine, margins: dict[int, _Margins]) -> bool:
    """True when ``line`` goes on with the paragraph that ``previous`` belongs to."""
    if previous.box is None or line.box is None or previous.heading is not None or line.heading is not None:
        return False
    heights = sorted((previous.box.y1 - previous.box.y0, line.box.y1 - line.box.y0))
    ends = margins.get(previous.page or 0) or margins.get(0)
    begins = margins.get(line.page or 0) or margins.get(0)
    if ends is None or begins is None or heights[1] > 1.25 * heights[0]:
        return False
    letter = heights[0]
    indented = line.box.x0 > begins.left + 1.2 * letter
    left_over = ends.right - previous.box.x1
    opens = is_numbered(line.text.strip()) and (indented or _ends_whole(previous.text))
    ended = _ends_whole(previous.text) and (left_over > 2.5 * letter or indented)
    begun = indented and (left_over > 2.5 * letter or previous.box.x0 > ends.left + 0.6 * letter)
    return not (opens or ended or begun or left_over > 8 * letter)


def _ends_whole(text: str) -> bool:
    return text.rstrip().endswith(("。", "；", ";", "：", ":", "！", "？"))


def _heading_level(lines: Sequence[TextLine]) -> int | None:
    first = lines[0]
    if first.heading is not None:
        return first.heading
    plain = "".join(line.text.strip() for line in lines).strip("*").strip()
    if len(plain) > _MAX_HEADING or plain.endswith(_SENTENCE_ENDS) or _holds_a_sentence(plain):
        return None
    number = enumerator(plain)
    return _LEVELS.get(number.style) if number is not None else None


def _is_unnumbered_heading(lines: Sequence[TextLine]) -> bool:
    """True for a line without punctuation that ends as headings do: 政府性基金预算支出决算情况说明."""
    plain = compact("".join(line.text for line in lines))
    return len(plain) <= _MAX_HEADING and _HEADING.fullmatch(plain) is not None


@functools.cache
def _holds_a_sentence(text: str) -> bool:
    """True for what speaks: a list entry with an amount, or whole sentences after its number."""
    return states_money(text) or re.search(r"[。；]|，.*，", text) is not None
