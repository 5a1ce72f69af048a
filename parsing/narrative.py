"""Running text by heading."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from parsing.captions import is_caption, is_contents_entry, is_page_number
from parsing.grid import TextLine

_NUMBERING = (
    (1, re.compile(r"第[一二三四五六七八九十]{1,3}(部分|章)")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")),
    (3, re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]")),
)
_MAX_HEADING = 60


@dataclasses.dataclass(slots=True)
class Section:
    """Text under one heading; ``heading`` None for what stands before the first."""

    heading: str | None
    level: int | None
    page: int | None
    lines: list[str] = dataclasses.field(default_factory=list)


def sections(lines: Iterable[TextLine]) -> Iterator[Section]:
    """Split running text at its headings; page numbers, captions of tables and contents entries are left out."""
    current = Section(None, None, None)
    for line in lines:
        if is_page_number(line.text) or is_caption(line.text) or is_contents_entry(line.text):
            continue
        level = _heading_level(line)
        if level is None:
            current.lines.append(line.text)
            current.page = current.page or line.page
            continue
        if current.heading is not None or current.lines:
            yield current
        current = Section(line.text, level, line.page)
    if current.heading is not None or current.lines:
        yield current


def _heading_level(line: TextLine) -> int | None:
    plain = line.text.strip().strip("*").strip()
    if line.heading is not None:
        return line.heading
    if len(plain) > _MAX_HEADING or plain.endswith(("。", "；", ";", "，")):
        return None
    return next((level for level, pattern in _NUMBERING if pattern.match(plain)), None)
