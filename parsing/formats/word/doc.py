"""DOC (Word 97-2003, [MS-DOC]), and WPS Writer's files of the same streams: paragraphs and tables, merged cells exact.

Read as printed, and in the order of ``docx``: deleted, hidden and struck text and field codes are left out; text boxes
follow the paragraph they hang on; notes, then headers and footers (once each, page numbers aside) follow the body.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.formats.envelopes.compound import CompoundFile, is_truncated
from gongkai.parsing.formats.envelopes.property_set import summary_title
from gongkai.parsing.formats.word.declared_rows import DeclaredRow, declared_blocks
from gongkai.parsing.formats.word.doc_properties import CELL_MARK, DELETED, HIDDEN, STRUCK, Paragraph, Properties
from gongkai.parsing.formats.word.doc_rows import row_edges
from gongkai.parsing.formats.word.doc_text import (
    BOXES,
    HEADER_BOXES,
    HEADER_SHAPES,
    HEADERS,
    NATIVE_UTF_16,
    SHAPES,
    Part,
    WordText,
    plc,
    read_word_text,
)
from gongkai.parsing.text.grid import Block, Doubt, Reading, TextLine, UnreadableDocumentError
from gongkai.parsing.text.struck_out import StruckOut, struck

_PARAGRAPH_MARK, _PAGE_MARK, _DRAWN, _PICTURE = 0x0D, 0x0C, 0x08, 0x01


_PRINTED = dict.fromkeys(range(32)) | {0x09: "\t", 0x0B: "\n", 0x1E: "-", 0x7F: None}
"""Control characters that print something: a tab, a line break, a hyphen that does not break; others print nothing."""

_SHAPE_SIZE, _BOX_SIZE = 26, 22
_STORIES = 6
"""Headers and footers of a section: header of even and odd pages, footer of both, header and footer of the first."""


def read_doc(data: bytes) -> Reading:
    """A DOC file's paragraphs and tables in reading order; a nested table follows the one it stands in.

    Raises UnreadableDocumentError: ``truncated``, ``encrypted``, ``unsupported_format`` (before Word 97), ``corrupt``.
    """
    if is_truncated(data):
        raise UnreadableDocumentError("truncated", "the Word 97-2003 file breaks off before its end; fetch it again")
    file = CompoundFile(data)
    document = _Document(read_word_text(file))
    blocks = tuple(document.blocks())
    document.name_pictures(blocks)
    doubts = (*document.doubts.values(), *document.struck_out.doubts())
    return Reading("doc", blocks, doubts=doubts, title=summary_title(file))


class _Document:
    """Walks a document's parts.  ``doubts`` collects what could not be read, once a kind."""

    def __init__(self, text: WordText) -> None:
        self._text = text
        self._properties = Properties(text)
        self.doubts: dict[str, Doubt] = {}
        self.struck_out = StruckOut()

    def blocks(self) -> Iterator[Block]:
        """The whole document."""
        text = self._text
        boxes = self._boxes(text.boxes, BOXES)
        yield from self._part(text.body, self._anchored(text.body, SHAPES, boxes))
        for box in boxes.values():
            yield from box
        yield from self._part(text.footnotes)
        yield from self._part(text.endnotes)
        yield from self._margins()

    def name_pictures(self, blocks: Sequence[Block]) -> None:
        """Doubt a document that shows pictures only: pages that were scanned."""
        if blocks:
            return
        body = self._text.units[self._text.body.start : self._text.body.end]
        if pictures := body.count(_PICTURE) + body.count(_DRAWN):
            reason = f"the document shows {pictures} pictures and no text"
            self.doubts["no_text_layer"] = Doubt("no_text_layer", reason)

    def _boxes(self, part: Part, structure: int) -> dict[int, list[Block]]:
        """The content of text boxes by the number of their shape, in the order they lie in."""
        found: dict[int, list[Block]] = {}
        positions, raws = plc(self._text.structure(structure), _BOX_SIZE)
        for (start, end), raw in zip(itertools.pairwise(positions), raws, strict=False):
            shape = int.from_bytes(raw[14:18], "little")
            found.setdefault(shape, []).extend(self._part(_within(part, start, end)))
        return found

    def _anchored(self, part: Part, structure: int, boxes: dict[int, list[Block]]) -> dict[int, list[Block]]:
        """Text boxes by the character they hang on, taken out of ``boxes``; those in a group of shapes stay there."""
        found: dict[int, list[Block]] = {}
        positions, raws = plc(self._text.structure(structure), _SHAPE_SIZE)
        for position, raw in zip(positions, raws, strict=False):
            shape = int.from_bytes(raw[:4], "little")
            if shape in boxes and part.start <= part.start + position < part.end:
                found.setdefault(part.start + position, []).extend(boxes.pop(shape))
        return found

    def _margins(self) -> Iterator[TextLine]:
        """The lines of headers, then of footers, each once: sections repeat them."""
        positions, _ = plc(self._text.structure(HEADERS), 0)
        stories = [_within(self._text.headers, start, end) for start, end in itertools.pairwise(positions)][_STORIES:]
        part = self._text.headers
        anchored = self._anchored(part, HEADER_SHAPES, self._boxes(self._text.header_boxes, HEADER_BOXES))
        by_kind: list[list[Block]] = [[], []]
        for index, story in enumerate(stories):
            by_kind[index % _STORIES in (2, 3, 5)] += self._part(story, anchored)
        seen: set[str] = set()
        for block in itertools.chain(*by_kind):
            for text in [block.text] if isinstance(block, TextLine) else [cell.text for cell in block.cells]:
                if text not in seen and any(character.isalpha() for character in text):
                    seen.add(text)
                    yield TextLine(text)

    def _part(self, part: Part, anchored: Mapping[int, Sequence[Block]] | None = None) -> list[Block]:
        """The blocks of one of the document's texts; ``anchored`` hang on a character of it."""
        self._hide_field_codes(part)
        flow = _Flow(self.doubts)
        for paragraph in self._paragraphs(part):
            hanging = self._hanging(paragraph, anchored) if anchored else []
            row_is_deleted = paragraph.ends_row and self._properties.marks[paragraph.end] == DELETED
            flow.add(paragraph, self._printed(paragraph.start, paragraph.end), hanging, row_is_deleted=row_is_deleted)
        return flow.finished()

    def _hanging(self, paragraph: Paragraph, anchored: Mapping[int, Sequence[Block]]) -> list[Block]:
        units = self._text.units
        places = (cp for cp in range(paragraph.start, paragraph.end) if units[cp] == _DRAWN)
        return [block for cp in places for block in anchored.get(cp, ())]

    def _paragraphs(self, part: Part) -> Iterator[Paragraph]:
        """The paragraphs of a part; the characters after its last mark make one too."""
        units = self._text.units
        start = part.start
        for cp in range(part.start, part.end):
            unit = units[cp]
            if unit in (_PARAGRAPH_MARK, CELL_MARK) or (unit == _PAGE_MARK and self._properties.ends_paragraph(cp)):
                yield self._properties.paragraph(start, cp)
                start = cp + 1
        if start < part.end:
            yield Paragraph(start, part.end)

    def _printed(self, start: int, end: int) -> str:
        units, marks = self._text.units[start:end], self._properties.marks[start:end]
        text, at = "", 0
        for mark, run in itertools.groupby(marks):
            first, at = at, at + sum(1 for _ in run)
            if mark in (0, STRUCK):
                piece = units[first:at].tobytes().decode(NATIVE_UTF_16, "replace").translate(_PRINTED)
                text += struck(piece) if mark else piece
        return self.struck_out.without(text).strip(" \t\n　")

    def _hide_field_codes(self, part: Part) -> None:
        """Hide what stands between the begin of a field and its result; fields nest, and one without end is none."""
        units = self._text.units
        opened: list[tuple[int, int | None]] = []
        steps: list[tuple[int, int]] = []
        for cp in range(part.start, part.end):
            match units[cp]:
                case 0x13:
                    opened.append((cp, None))
                case 0x14 if opened and opened[-1][1] is None:
                    opened[-1] = (opened[-1][0], cp)
                case 0x15 if opened:
                    begin, result = opened.pop()
                    steps += [(begin, 1), (cp if result is None else result, -1)]
        depth = since = 0
        for cp, step in sorted(steps):
            if depth > 0:
                self._properties.marks[since:cp] = bytes((HIDDEN,)) * (cp - since)
            depth, since = depth + step, cp


def _within(part: Part, start: int, end: int) -> Part:
    """A range of a part by its own count, cut to it."""
    first = min(part.start + start, part.end)
    return Part(first, max(first, min(part.start + end, part.end)))


@dataclasses.dataclass(slots=True)
class _Table:
    """A table that is being read."""

    rows: list[DeclaredRow] = dataclasses.field(default_factory=list)
    texts: list[str] = dataclasses.field(default_factory=list)
    """Cells of the row that is being read."""
    lines: list[str] = dataclasses.field(default_factory=list)
    """Paragraphs of the cell that is being read."""
    inner: list[Block] = dataclasses.field(default_factory=list)
    """Nested tables and text boxes in its cells."""
    inner_of_row: list[Block] = dataclasses.field(default_factory=list)

    def end_cell(self) -> None:
        self.texts.append("\n".join(line for line in self.lines if line))
        self.lines = []

    def end_row(self, row: list[tuple[int, bytes]], *, is_deleted: bool) -> None:
        if any(self.lines):
            self.end_cell()
        if self.texts and not is_deleted:
            left, edges = row_edges(row)
            self.rows.append(DeclaredRow(left, edges[: len(self.texts)], self.texts))
            self.inner += self.inner_of_row
        self.texts, self.lines, self.inner_of_row = [], [], []


class _Flow:
    """Takes paragraphs and gives blocks: tables by depth, the outermost first."""

    def __init__(self, doubts: dict[str, Doubt]) -> None:
        self._doubts = doubts
        self._blocks: list[Block] = []
        self._open: list[_Table] = []

    def add(self, paragraph: Paragraph, text: str, hanging: list[Block], *, row_is_deleted: bool) -> None:
        """One paragraph, and what hangs on it."""
        while len(self._open) > paragraph.depth:
            self._close()
        while len(self._open) < paragraph.depth:
            self._open.append(_Table())
        if not self._open:
            self._blocks += [TextLine(text, heading=paragraph.heading)] if text else []
            self._blocks += hanging
            return
        table = self._open[-1]
        table.inner_of_row += hanging
        table.lines.append(text)
        if paragraph.ends_row:
            table.end_row(paragraph.row, is_deleted=row_is_deleted)
        elif paragraph.ends_cell:
            table.end_cell()

    def finished(self) -> list[Block]:
        """All blocks, once every paragraph is taken."""
        while self._open:
            self._close()
        return self._blocks

    def _close(self) -> None:
        """Give the innermost table to the one it stands in, or to the text."""
        table = self._open.pop()
        table.end_row([], is_deleted=False)
        found = [*self._made(table.rows), *table.inner]
        if self._open:
            self._open[-1].inner_of_row += found
        else:
            self._blocks += found

    def _made(self, rows: list[DeclaredRow]) -> Iterable[Block]:
        if [len(row.texts) for row in rows] == [1]:  # a frame round text is no table
            return [TextLine(line) for line in rows[0].texts[0].split("\n") if line]
        return declared_blocks(rows, self._doubts)
