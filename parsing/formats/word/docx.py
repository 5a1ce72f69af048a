"""DOCX: paragraphs and tables of WordprocessingML (ECMA-376 part 1, section 17), merged cells exact.

Read as printed: deleted and moved-away text of tracked changes, hidden text and field codes are left out; inserted
text, text boxes and notes are in.  Notes, then headers and footers (once each, page numbers aside) follow the body.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.text.grid import Block, Cell, Doubt, Grid, Reading, TextLine

MAX_COLUMNS = 1_000
"""Columns of a table; Word allows 63."""

WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{WORDML}}}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

_DOCUMENT = "word/document.xml"

_TRANSPARENT = {
    f"{_W}{name}"
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
}
"""Elements that only wrap their content."""

_CARRIERS = _TRANSPARENT | {f"{_W}{name}" for name in ("drawing", "pict", "object", "ruby", "rubyBase")}
"""The same within a line: pictures carry text boxes, and ruby its base text."""


_Place = tuple[etree._Element, int, int]  # noqa: SLF001 - lxml's public name for it is a factory
"""A cell's element, first column and columns covered."""


def read_docx(data: bytes) -> Reading:
    """A DOCX file's paragraphs and tables in reading order; a nested table follows the one it stands in.

    Raises UnreadableDocumentError: ``truncated``, ``corrupt``, ``encrypted``, ``too_large``.
    """
    package = Package(data, "DOCX")
    main = package.main_part(_DOCUMENT)
    root = _part(package, main)
    styles = _part(package, "word/styles.xml") if package.has("word/styles.xml") else None
    reader = BodyReader({} if styles is None else heading_levels(styles))
    body = root.find(f"{_W}body")
    blocks = [] if body is None else list(reader.blocks(body))
    for kind, part in sorted(set(package.related(main).values())):
        if kind in ("footnotes", "endnotes") and package.has(part):
            blocks += _notes(reader, _part(package, part))
    related = sorted(set(package.related(main).values()), key=lambda relation: relation[0] != "header")
    margins = (part for kind, part in related if kind in ("header", "footer") and package.has(part))
    blocks += margin_lines(reader, (_part(package, part) for part in margins))
    if not blocks and body is not None:
        reader.doubts += pictures_only(body)
    return Reading("docx", tuple(blocks), doubts=tuple(reader.doubts), title=_title(package))


def pictures_only(body: etree._Element) -> list[Doubt]:
    """The doubt about a document without text that shows pictures: pages that were scanned."""
    pictures = sum(1 for _ in body.iter(f"{_W}drawing", f"{_W}pict", f"{_W}object"))
    return [Doubt("no_text_layer", f"the document shows {pictures} pictures and no text")] if pictures else []


def _notes(reader: BodyReader, root: etree._Element) -> Iterator[Block]:
    """The notes of a part, the lines that part them from the body aside."""
    for note in root.iter(f"{_W}footnote", f"{_W}endnote"):
        if note.get(f"{_W}type", "normal") == "normal":
            yield from reader.blocks(note)


def margin_lines(reader: BodyReader, parts: Iterable[etree._Element]) -> Iterator[TextLine]:
    """The lines of headers and footers, each once: sections repeat them."""
    seen: set[str] = set()
    for block in itertools.chain.from_iterable(map(reader.blocks, parts)):
        for text in [block.text] if isinstance(block, TextLine) else [cell.text for cell in block.cells]:
            if text not in seen and any(character.isalpha() for character in text):
                seen.add(text)
                yield TextLine(text)


def _part(package: Package, name: str) -> etree._Element:
    """A part's root, elements of the Strict variant renamed to the usual namespace."""
    root = package.xml(name)
    if str(root.tag).startswith(_STRICT_W):
        for element in root.iter(f"{_STRICT_W}*"):
            element.tag = str(element.tag).replace(_STRICT_W, _W)
            for key, value in list(element.attrib.items()):
                if str(key).startswith(_STRICT_W):
                    element.set(str(key).replace(_STRICT_W, _W), value)
    return root


def _title(package: Package) -> str | None:
    if not package.has("docProps/core.xml"):
        return None
    return (package.xml("docProps/core.xml").findtext(_DC_TITLE) or "").strip() or None


def heading_levels(styles: etree._Element) -> dict[str, int]:
    """Style id to heading level (1 = highest), the level taken from the style it is based on where it has none."""
    outline: dict[str, int] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        level = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if level is not None:
            outline[name] = int(level) if level.isdigit() else 9
        if (parent := _value(style.find(f"{_W}basedOn"))) is not None:
            parents[name] = parent
    levels = {}
    for name in {*outline, *parents}:
        base, seen = name, {name}
        while base not in outline and base in parents and parents[base] not in seen:
            base = parents[base]
            seen.add(base)
        if outline.get(base, 9) < 9:
            levels[name] = outline[base] + 1
    return levels


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _is_on(element: etree._Element | None) -> bool:
    """A switch of Word's: present without value is on."""
    return element is not None and _value(element) not in ("0", "false", "off", "none")


def _number(element: etree._Element | None) -> int:
    """A count such as gridSpan, 0 where absent or not a number."""
    value = _value(element) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


@dataclasses.dataclass(slots=True)
class _Text:
    """The text of one paragraph, and what floats in it (text boxes), in document order."""

    parts: list[str] = dataclasses.field(default_factory=list)
    boxes: list[etree._Element] = dataclasses.field(default_factory=list)
    field_codes: list[bool] = dataclasses.field(default_factory=list)
    """For each field that is open: whether its code, which is not printed, is still going on."""


class BodyReader:
    """Walks a body whose elements are in the namespace ``WORDML``.  ``doubts`` collects what could not be read."""

    def __init__(self, levels: dict[str, int]) -> None:
        self._levels = levels
        self.doubts: list[Doubt] = []

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Paragraphs and tables of a body, cell, text box or note."""
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in _TRANSPARENT:
                yield from self.blocks(element)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self.blocks(_alternative(element))
            elif element.tag in (f"{_W}altChunk", f"{_W}subDoc"):
                reason = "the document takes in another one (altChunk or subDoc), which was not read"
                self.doubts.append(Doubt("unread_part", reason))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        text = _Text()
        _collect(paragraph, text)
        printed = "".join(text.parts).strip(" \t\n　")
        if printed:
            yield TextLine(printed, heading=self._heading(paragraph))
        for box in text.boxes:
            yield from self.blocks(box)

    def _heading(self, paragraph: etree._Element) -> int | None:
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        own = _value(properties.find(f"{_W}outlineLvl"))
        if own is not None and own.isdigit():
            return int(own) + 1 if int(own) < 9 else None
        return self._levels.get(_value(properties.find(f"{_W}pStyle")) or "")

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """The table's grid, then what its cells hold beside paragraphs: nested tables and text boxes."""
        rows = [_Row.of(row) for row in _rows(table)]
        if [len(row.cells) for row in rows] == [1]:  # a frame round text is no table
            yield from self.blocks(rows[0].cells[0][0])
            return
        width = max((row.width for row in rows), default=0)
        if width > MAX_COLUMNS:
            self.doubts.append(Doubt("too_large", f"a table has {width} columns, more than {MAX_COLUMNS}; not read"))
            return
        inner: list[Block] = []
        cells: list[Cell] = []
        above: dict[int, int] = {}
        for index, row in enumerate(rows):
            places = list(row.places(width))
            texts = [self._cell_text(element, inner) for element, _, _ in places]
            above = _add_row(cells, index, list(zip(places, texts, strict=True)), above, width)
        if cells:
            cells.sort(key=lambda cell: (cell.row, cell.column))
            yield Grid(len(rows), width, tuple(cells))
        yield from inner

    def _cell_text(self, cell: etree._Element, inner: list[Block]) -> str:
        """A cell's paragraphs as lines; tables and text boxes in it go to ``inner``."""
        lines: list[str] = []
        for paragraph, other in _cell_content(cell):
            if other is not None:
                inner.extend(self._table(other))
            if paragraph is not None:
                text = _Text()
                _collect(paragraph, text)
                lines.append("".join(text.parts).strip(" \t\n　"))
                for box in text.boxes:
                    inner.extend(self.blocks(box))
        return "\n".join(line for line in lines if line)


def _add_row(
    cells: list[Cell], row: int, places: list[tuple[_Place, str]], above: dict[int, int], width: int
) -> dict[int, int]:
    """Add a row's cells, blank ones where it has none; a cell that continues the one above lengthens it (Word shows
    no text of its own there).

    ``above`` and what is returned map a column to the index in ``cells`` of the merged cell that stands over it.
    """
    below: dict[int, int] = {}
    at = 0
    for (element, start, span), text in places:
        cells.extend(Cell(row, column, "") for column in range(at, start))
        at = start + span
        merge = element.find(f"{_W}tcPr/{_W}vMerge")
        over = above.get(start)
        if merge is not None and _value(merge) != "restart" and over is not None and cells[over].column_span == span:
            cells[over] = cells[over]._replace(row_span=cells[over].row_span + 1)
            below[start] = over
            continue
        cells.append(Cell(row, start, text, column_span=span))
        if merge is not None:
            below[start] = len(cells) - 1
    cells.extend(Cell(row, column, "") for column in range(at, width))
    return below


def _cell_content(container: etree._Element) -> Iterator[tuple[etree._Element | None, etree._Element | None]]:
    """(paragraph, None) or (None, table) for each, wrappers opened."""
    for element in container:
        if element.tag == f"{_W}p":
            yield element, None
        elif element.tag == f"{_W}tbl":
            yield None, element
        elif element.tag in _TRANSPARENT:
            yield from _cell_content(element)
        elif element.tag == f"{_MC}AlternateContent":
            yield from _cell_content(_alternative(element))


def _rows(container: etree._Element) -> Iterator[etree._Element]:
    """A table's rows, those deleted in tracked changes left out."""
    for element in container:
        if element.tag == f"{_W}tr":
            if element.find(f"{_W}trPr/{_W}del") is None:
                yield element
        elif element.tag in _TRANSPARENT:
            yield from _rows(element)


def _row_cells(container: etree._Element) -> Iterator[etree._Element]:
    for element in container:
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in _TRANSPARENT:
            yield from _row_cells(element)


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells with the columns they cover; cells merged by the old ``hMerge`` are one."""

    before: int
    cells: tuple[tuple[etree._Element, int], ...]

    @classmethod
    def of(cls, row: etree._Element) -> _Row:
        cells: list[tuple[etree._Element, int]] = []
        for cell in _row_cells(row):
            span = max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)
            merge = cell.find(f"{_W}tcPr/{_W}hMerge")
            if merge is not None and _value(merge) != "restart" and cells:
                cells[-1] = (cells[-1][0], cells[-1][1] + span)
            else:
                cells.append((cell, span))
        return cls(_number(row.find(f"{_W}trPr/{_W}gridBefore")), tuple(cells))

    @property
    def width(self) -> int:
        return self.before + sum(span for _, span in self.cells)

    def places(self, width: int) -> Iterator[_Place]:
        """(cell, first column, columns) from left to right."""
        starts = itertools.accumulate((span for _, span in self.cells), initial=self.before)
        for (cell, span), start in zip(self.cells, starts, strict=False):
            if start < width:
                yield cell, start, min(span, width - start)


def _alternative(element: etree._Element) -> etree._Element:
    """The content a current Word shows of alternatives: the first choice, else the fallback."""
    for name in ("Choice", "Fallback"):
        if (found := element.find(f"{_MC}{name}")) is not None:
            return found
    return element


def _symbol(element: etree._Element) -> str:
    """A character given by its code in a symbol font."""
    try:
        code = int(element.get(f"{_W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFF else ""


def _break(element: etree._Element) -> str:
    """A line break; page and column breaks print nothing."""
    return "\n" if element.get(f"{_W}type", "textWrapping") == "textWrapping" else ""


_SIGNS: dict[str, Callable[[etree._Element], str]] = {
    f"{_W}tab": lambda _: "\t",
    f"{_W}cr": lambda _: "\n",
    f"{_W}noBreakHyphen": lambda _: "-",
    f"{_W}br": _break,
    f"{_W}sym": _symbol,
}


def _collect(element: etree._Element, text: _Text) -> None:
    """Add the text below an element as printed; text boxes are put aside."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}r":
            if not _is_on(child.find(f"{_W}rPr/{_W}vanish")):
                _collect(child, text)
        elif tag in (f"{_W}t", _MATH_TEXT):
            if not any(text.field_codes):
                text.parts.append(child.text or "")
        elif tag in _SIGNS:
            text.parts.append(_SIGNS[str(tag)](child))
        elif tag == f"{_W}fldChar":
            _field(child, text)
        elif tag == f"{_W}txbxContent":
            text.boxes.append(child)
        elif tag == f"{_MC}AlternateContent":
            _collect(_alternative(child), text)
        elif tag in _CARRIERS or not str(tag).startswith(_W):
            _collect(child, text)


def _field(mark: etree._Element, text: _Text) -> None:
    """Between the begin and the separator of a field stands its code, then what is printed; fields nest."""
    match mark.get(f"{_W}fldCharType"):
        case "begin":
            text.field_codes.append(True)
        case "separate" if text.field_codes:
            text.field_codes[-1] = False
        case "end" if text.field_codes:
            text.field_codes.pop()
