"""HTML: the article of a portal page as text lines and grids, merged cells exact.

A table that holds tables is layout: its inner tables are read, and its own text as lines; unless it holds amounts
itself, then the inner tables follow it.  Scripts, styles,
navigation and what the markup hides are left out.  Where a page marks its article the way the usual portal systems
do, only the article is read.
"""

from __future__ import annotations

import bisect
import dataclasses
import email
import email.message
import email.policy
import itertools
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from gongkai.parsing.formats.envelopes.detection import decode_text
from gongkai.parsing.formats.layout.typesetting import is_wide
from gongkai.parsing.text.grid import Block, Cell, Doubt, Grid, Reading, TextLine, UnreadableDocumentError

MAX_BYTES = 64 * 2**20
"""Bytes of a page; the longest budget seen in HTML has 3 MB."""

MAX_POSITIONS = 500_000
"""Rows times columns of one table."""

MAX_PAGES = 500
"""Pages read of one web archive."""

MAX_COLUMN_SPAN = 1_000
MAX_ROW_SPAN = 65_534
"""Largest spans of a cell (HTML Living Standard, 4.9.12)."""

ARTICLE_IDS = re.compile(r"zoom|zoomcon|ucap-content|vsb_content(_\d+)?|artcontent|js_content", re.IGNORECASE)
ARTICLE_CLASSES = frozenset(
    {
        "trs_editor",
        "trs_ueditor",
        "trs_editor_view",
        "v_news_content",
        "article-content",
        "news_cont_d_wrap",
        "bt_content",
        "main-txt",
        "con_article-bd",
        "pages_content",
        "hap_xq_content",
        "content-txt",
        "ucap-content",
    }
)
"""Where the portal systems put an article: TRS, Hanweb, VSB, Ucap, NFCMS and others; lower case."""

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_TABS = re.compile(r"tabstrip\.html?$", re.IGNORECASE)
_AMOUNT = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d+\.\d{1,6}")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_SKIPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "head",
        "title",
        "meta",
        "link",
        "iframe",
        "object",
        "embed",
        "svg",
        "select",
        "button",
        "textarea",
        "audio",
        "video",
    }
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
        "st1:chsdate",
        "o:smarttagtype",
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\ufeff]+")
_LINE_BREAK = "\x1e"
"""Stands for a line break while the white space of the source is collapsed."""


def read_html(data: bytes, declared: str | None = None) -> Reading:
    """A page's text and tables in reading order; ``declared`` is the charset of its HTTP header, if any.

    Raises UnreadableDocumentError: ``too_large``, or ``corrupt`` where there is no element.
    """
    root, doubts = _parse(data, declared)
    reader = _Reader()
    for part in _article(root):
        reader.read(part)
    doubts += reader.doubts
    return Reading("html", tuple(reader.blocks), doubts=tuple(doubts), title=_title(root))


def read_mhtml(data: bytes) -> Reading:
    """The pages in a web archive (MHTML), or in a mail that holds some; Excel writes one for each sheet.

    Raises UnreadableDocumentError ``corrupt`` where no part is HTML.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        readings = [_part_reading(part) for part in pages[:MAX_PAGES]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableDocumentError("corrupt", f"the web archive's parts cannot be read: {error}") from error
    if not readings:
        raise UnreadableDocumentError("corrupt", "the web archive has no HTML part")
    title = next((reading.title for reading in readings if reading.title), None)
    blocks = tuple(block for reading in readings for block in reading.blocks)
    doubts = [doubt for reading in readings for doubt in reading.doubts]
    if len(pages) > MAX_PAGES:
        doubts.append(
            Doubt("too_many_pages", f"the web archive has {len(pages)} pages; the first {MAX_PAGES} were read")
        )
    return Reading("mhtml", blocks, doubts=tuple(doubts), title=title)


def _part_reading(part: email.message.Message) -> Reading:
    """A page of a web archive; the frame and the tabs that Excel puts round its sheets hold nothing."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip() or _TABS.search(part.get("Content-Location") or ""):
        return Reading("mhtml", ())
    return read_html(payload, part.get_content_charset())


def _parse(data: bytes, declared: str | None) -> tuple[etree._Element, list[Doubt]]:
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError("too_large", f"the page has {len(data)} bytes, more than {MAX_BYTES}")
    in_page = _CHARSET.search(data[:8192])
    text, _ = decode_text(data, declared or (in_page[1].decode("ascii") if in_page else None))
    text = _XML_DECLARATION.sub("", text).replace("\0", "")
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocumentError("corrupt", f"the page cannot be read as HTML: {error}") from error
    doubts = []
    if text.count("�") > 0:
        doubts.append(Doubt("undecodable_text", f"{text.count('�')} characters of the page could not be decoded"))
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        doubts.append(Doubt("too_deep", "the page nests its elements too deeply; what lies deeper was not read"))
    return root, doubts


def _title(root: etree._Element) -> str | None:
    """The portal's ArticleTitle (prescribed for government sites), else the page's title."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return collapsed(meta.get("content") or "")
    title = root.find(".//title")
    return (collapsed(_all_text(title)) or None) if title is not None else None


def _article(root: etree._Element) -> list[etree._Element]:
    """The elements that hold the article, outermost ones only; the whole body where none is marked or filled."""
    marked = [element for element in root.iter("*") if _is_article(element)]
    known = set(marked)
    outermost = [element for element in marked if known.isdisjoint(element.iterancestors())]
    filled = [element for element in outermost if _has_content(element)]
    if filled:
        return filled
    articles = [element for element in root.iter("article") if _has_content(element)]
    if len(articles) == 1:
        return articles
    body = root.find("body")
    return [root if body is None else body]


def _is_article(element: etree._Element) -> bool:
    classes = (element.get("class") or "").lower().split()
    marked = ARTICLE_IDS.fullmatch((element.get("id") or "").strip()) or not ARTICLE_CLASSES.isdisjoint(classes)
    return (bool(marked) and element.tag not in _INLINE) or element.tag == "ucapcontent"


def _has_content(element: etree._Element) -> bool:
    reader = _Reader()
    reader.read(element)
    return bool(reader.blocks)


def collapsed(text: str) -> str:
    """Text as a browser sets it: white space made one space, and none where a source line ends between Chinese."""
    parts: list[str] = []
    last = 0
    for match in _SPACE.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        parts.append(text[last : match.start()])
        last = match.end()
        joined = "\n" in match[0] and before and after and is_wide(before) and is_wide(after)
        visible = match[0].strip("\u200b\ufeff")
        parts.append("" if joined or not visible else " ")
    parts.append(text[last:])
    return "".join(parts).strip(" 　")


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def _all_text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return element.iterchildren("*")


class _Reader:
    """Collects blocks in reading order; text between block elements is gathered into lines."""

    def __init__(self, *, in_cell: bool = False) -> None:
        """``in_cell`` passes over tables in the cell of another: they follow it."""
        self._in_cell = in_cell
        self.blocks: list[Block] = []
        self.doubts: list[Doubt] = []
        self._pending: list[str] = []

    def read(self, element: etree._Element) -> None:
        """Add what an element shows."""
        self._walk(element, None)
        self._flush(None)

    def _walk(self, element: etree._Element, heading: int | None) -> None:
        """Recursive; libxml2 bounds the depth at 256."""
        if _is_hidden(element):
            return
        tag = str(element.tag)
        if tag == "br":
            self._pending.append(_LINE_BREAK)
        elif tag == "pre":
            self._preformatted(element)
        elif tag == "table":
            self._flush(heading)
            if not self._in_cell or _is_frame(element):
                self._table(element)
        elif tag in _INLINE:
            self._content(element, heading)
        else:
            self._flush(heading)
            level = _HEADINGS.get(tag, heading)
            self._content(element, level)
            self._flush(level)

    def _content(self, element: etree._Element, heading: int | None) -> None:
        self._pending.append(element.text or "")
        for child in _children(element):
            self._walk(child, heading)
            self._pending.append(child.tail or "")

    def _flush(self, heading: int | None) -> None:
        lines = _lines("".join(self._pending))
        self._pending.clear()
        self.blocks.extend(TextLine(line, heading=heading) for line in lines)

    def _preformatted(self, element: etree._Element) -> None:
        """Lines as they stand; tables inside (portals wrap whole reports in ``pre``) are read as tables."""
        if element.find(".//table") is not None:
            self._flush(None)
            self._content(element, None)
            self._flush(None)
            return
        self._flush(None)
        for line in _all_text(element).splitlines():
            if line.strip():
                self.blocks.append(TextLine(line.rstrip()))

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in _rows(table) if not _is_hidden(row)]
        nested = any(inner is not table for inner in table.iter("table"))
        if _is_frame(table) or (nested and not _holds_amounts(rows)):
            self._content(table, None)
            self._flush(None)
            return
        for caption in table.iterchildren("caption"):
            self._content(caption, None)
            self._flush(None)
        grid = grid_of(rows)
        if grid is None:
            self.doubts.append(Doubt("too_large", f"a table has more than {MAX_POSITIONS} positions; it was not read"))
        elif any(cell.text for cell in grid.cells):
            self.blocks.append(grid)
        for inner in (inner for row in rows for cell in _cells(row) for inner in _inner_tables(cell)):
            self._table(inner)


def _holds_amounts(rows: list[etree._Element]) -> bool:
    """Whether a table with tables inside holds data itself: several of its rows have an amount in a cell without."""
    plain = ([cell for cell in _cells(row) if cell.find(".//table") is None] for row in rows)
    return sum(any(_AMOUNT.fullmatch(collapsed(_all_text(cell))) for cell in cells) for cells in plain) > 1


def _inner_tables(element: etree._Element) -> Iterator[etree._Element]:
    """The tables below an element that are more than a frame round text, not those inside them."""
    for child in _children(element):
        if child.tag == "table" and not _is_hidden(child) and not _is_frame(child):
            yield child
        elif not _is_hidden(child):
            yield from _inner_tables(child)


def _is_frame(table: etree._Element) -> bool:
    """Whether a table has one cell at most."""
    cells = (cell for row in _rows(table) if not _is_hidden(row) for cell in _cells(row))
    return sum(1 for _ in itertools.islice(cells, 2)) < 2


def _lines(text: str) -> list[str]:
    return [line for line in map(collapsed, text.split(_LINE_BREAK)) if line]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """A table's own rows; a foot is shown last wherever it stands."""
    feet: list[etree._Element] = []
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag == "tfoot":
            feet.append(child)
        elif child.tag in ("thead", "tbody"):
            yield from child.iterchildren("tr")
    for foot in feet:
        yield from foot.iterchildren("tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row.iterchildren("td", "th") if not _is_hidden(cell))


@dataclasses.dataclass(slots=True)
class _Placed:
    """A cell with its position and spans, before empty rows and columns are taken out."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def grid_of(rows: list[etree._Element]) -> Grid | None:
    """The grid that rows of cells make by the rules of HTML (4.9.12); None beyond ``MAX_POSITIONS``.

    Spans that run past the table end with it, and rows and columns that only spans reach are taken out.
    """
    placed: list[_Placed] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in _cells(row):
            while (number, column) in taken:
                column += 1
            cell = _placed(element, number, column, len(rows), taken)
            if len(taken) + cell.rows * cell.columns > MAX_POSITIONS:
                return None
            taken.update(
                (r, c) for r in range(number, number + cell.rows) for c in range(column, column + cell.columns)
            )
            placed.append(cell)
            column += cell.columns
    return _compact(placed)


def _placed(element: etree._Element, row: int, column: int, height: int, taken: set[tuple[int, int]]) -> _Placed:
    """A cell at the first free position; it ends before a cell that reaches down from above."""
    columns = min(_span(element, "colspan") or 1, MAX_COLUMN_SPAN)
    columns = next((width for width in range(1, columns) if (row, column + width) in taken), columns)
    rows = min(_span(element, "rowspan") or height, MAX_ROW_SPAN, height - row)
    return _Placed(row, column, rows, columns, _cell_text(element))


def _span(element: etree._Element, name: str) -> int:
    match = re.match(r"\s*\+?(\d{1,6})", element.get(name) or "1")
    return int(match[1]) if match else 1


def _cell_text(element: etree._Element) -> str:
    """A cell's lines; a paragraph or ``br`` begins a new one."""
    reader = _Reader(in_cell=True)
    reader.read(element)
    return "\n".join(block.text for block in reader.blocks if isinstance(block, TextLine))


def _compact(placed: list[_Placed]) -> Grid | None:
    """The grid of placed cells without rows and columns in which no cell begins."""
    used_rows, used_columns = sorted({cell.row for cell in placed}), sorted({cell.column for cell in placed})
    row_at = {row: index for index, row in enumerate(used_rows)}
    column_at = {column: index for index, column in enumerate(used_columns)}
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for cell in placed:
        row, column = row_at[cell.row], column_at[cell.column]
        rows = bisect.bisect_left(used_rows, cell.row + cell.rows) - row
        columns = bisect.bisect_left(used_columns, cell.column + cell.columns) - column
        cells.append(Cell(row, column, cell.text, rows, columns))
        covered.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
    if len(row_at) * len(column_at) > MAX_POSITIONS:
        return None
    blanks = ((r, c) for r in range(len(row_at)) for c in range(len(column_at)) if (r, c) not in covered)
    cells.extend(Cell(r, c, "") for r, c in blanks)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(row_at), len(column_at), tuple(cells))
