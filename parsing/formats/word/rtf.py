"""RTF (specification 1.9.1): paragraphs, and tables by the cell edges that rows declare, merged cells exact.

Hidden, deleted and struck text, field codes, pictures, headers and footers are left out.  The rows of a table in a cell
come as lines of that cell, with a doubt.
"""

from __future__ import annotations

import dataclasses
import re

from gongkai.parsing.formats.word.declared_rows import CellEdge, DeclaredRow, declared_blocks
from gongkai.parsing.text.grid import Block, Doubt, Reading, TextLine, UnreadableDocumentError
from gongkai.parsing.text.raised import raised
from gongkai.parsing.text.struck_out import StruckOut, struck

MAX_BYTES = 64 * 2**20
"""Bytes of a file; pictures are written as digits, so real ones are large."""

MAX_DEPTH = 1_000
"""Groups within groups; Word writes about 10."""

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_FONT = re.compile(r"\\f(\d{1,6})\b[^{}]{0,200}?\\fcharset(\d{1,3})")
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5"}
"""Font charsets that are not the document's own code page."""

_SKIPPED = frozenset(
    {
        "colortbl",
        "datastore",
        "filetbl",
        "fldinst",
        "fonttbl",
        "footer",
        "footerf",
        "footerl",
        "footerr",
        "header",
        "headerf",
        "headerl",
        "headerr",
        "info",
        "latentstyles",
        "listoverridetable",
        "listtable",
        "nonshppict",
        "objdata",
        "pict",
        "revtbl",
        "rxe",
        "sp",
        "stylesheet",
        "tc",
        "themedata",
        "xe",
    }
)
"""Destinations that print nothing, or print beside the body."""

_KEPT = frozenset({"shpinst", "shptxt", "nesttableprops"})
"""Destinations marked as optional that are read all the same."""

_CHARACTERS = {
    "line": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
}
_SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}


def read_rtf(data: bytes) -> Reading:
    """An RTF file's paragraphs and tables in reading order; one that ends inside a group has a doubt ``truncated``.

    Raises UnreadableDocumentError: ``too_large``, or ``corrupt`` where groups nest without end.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError("too_large", f"the RTF file has {len(data)} bytes, more than {MAX_BYTES}")
    source = data.decode("latin-1")
    reader = _Reader(source[:100_000])
    for token in _TOKEN.finditer(source):
        reader.take(token)
    return reader.finished()


@dataclasses.dataclass(slots=True)
class _Group:
    """Settings that hold until a group ends."""

    skipped: bool = False
    hidden: bool = False
    raised: bool = False
    struck: bool = False
    struck_twice: bool = False
    font: int = 0
    fallback: int = 1
    """Characters that stand for a Unicode character in readers that do not know it."""

    def formatted(self, text: str) -> str:
        """Printed text with the marks of its format."""
        text = raised(text) if self.raised else text
        return struck(text) if self.struck or self.struck_twice else text


class _Reader:
    """Takes tokens and collects blocks."""

    def __init__(self, head: str) -> None:
        page = re.search(r"\\ansicpg(\d{2,5})", head)
        self._code_page = _codec(page[1] if page else "936")
        self._fonts = {int(font): _CHARSETS.get(int(charset)) for font, charset in _FONT.findall(head)}
        self._groups = [_Group()]
        self._optional = False
        self._to_skip = 0
        self._raw = bytearray()
        self._text: list[str] = []
        self._in_table = False
        self._cells: list[str] = []
        self._left = 0
        self._edges: list[CellEdge] = []
        self._merges: set[str] = set()
        self._rows: list[DeclaredRow] = []
        self._blocks: list[Block] = []
        self._doubts: dict[str, Doubt] = {}
        self._struck_out = StruckOut()

    def take(self, token: re.Match[str]) -> None:
        """One control word, escape, brace, or piece of text."""
        word, number, code, symbol, brace, text = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, int(number) if number else None)
        elif symbol == "*":
            self._optional = True
        elif not self._groups[-1].skipped:
            self._printed(code, symbol, text)

    def _brace(self, brace: str) -> None:
        self._flush()
        self._to_skip = 0
        if brace == "{":
            if len(self._groups) > MAX_DEPTH:
                raise UnreadableDocumentError("corrupt", f"the RTF file nests more than {MAX_DEPTH} groups")
            self._groups.append(dataclasses.replace(self._groups[-1]))
        elif len(self._groups) > 1:
            self._groups.pop()
        self._optional = False

    def _printed(self, code: str | None, symbol: str | None, text: str | None) -> None:
        if code:
            self._bytes(bytes.fromhex(code))
        elif symbol:
            self._bytes(_SYMBOLS.get(symbol, "").encode("latin-1"))
        elif text:
            self._bytes(text.encode("latin-1"))

    def _bytes(self, raw: bytes) -> None:
        """Bytes in the code page of the font, without those that stand for a Unicode character before them."""
        skip = min(self._to_skip, len(raw))
        self._to_skip -= skip
        if not self._groups[-1].hidden:
            self._raw += raw[skip:]

    def _flush(self) -> None:
        if self._raw:
            codec = self._fonts.get(self._groups[-1].font) or self._code_page
            self._text.append(self._groups[-1].formatted(self._raw.decode(codec, "replace")))
            self._raw.clear()

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        if word in _SKIPPED or (self._optional and word not in _KEPT):
            self._flush()
            group.skipped = True
        self._optional = False
        if group.skipped:
            return
        if word == "u" and number is not None:
            self._unicode(number, group)
        elif word in _CHARACTERS:
            self._flush()
            self._to_skip = 0
            if not group.hidden:
                self._text.append(group.formatted(_CHARACTERS[word]))
        elif not self._format(word, number, group):
            self._structure(word, number)

    def _unicode(self, number: int, group: _Group) -> None:
        self._flush()
        if not group.hidden and -0x8000 <= number <= 0xFFFF:
            self._text.append(group.formatted(chr(number % 0x10000)))
        self._to_skip = group.fallback

    def _format(self, word: str, number: int | None, group: _Group) -> bool:
        """Character formats that matter: font, hidden, deleted, struck and raised text, and the length of fallbacks."""
        match word:
            case "f":
                self._flush()
                group.font = number or 0
            case "v" | "deleted":
                self._flush()
                group.hidden = number != 0
            case "super" | "sub" | "nosupersub":
                self._flush()
                group.raised = word == "super" and number != 0
            case "strike":
                self._flush()
                group.struck = number != 0
            case "striked":
                self._flush()
                group.struck_twice = number != 0
            case "plain":
                self._flush()
                group.hidden, group.raised, group.font = False, False, 0
                group.struck = group.struck_twice = False
            case "uc":
                group.fallback = min(max(number or 0, 0), 10)
            case _:
                return False
        return True

    def _structure(self, word: str, number: int | None) -> None:
        """Paragraphs, and the parts of tables."""
        match word:
            case "par" | "sect" | "page":
                self._paragraph()
            case "pard":
                self._in_table = False
            case "intbl":
                self._in_table = True
            case "trowd":
                self._left, self._edges = 0, []
                self._merges.clear()
            case "trleft":
                self._left = number or 0
            case "clmrg" | "clvmrg":
                self._merges.add(word)
            case "cellx":
                self._edges.append(CellEdge(number or 0, "clmrg" in self._merges, "clvmrg" in self._merges))
                self._merges.clear()
            case "cell":
                self._cells.append(self._taken())
            case "nestcell" | "nestrow":
                self._flush()
                self._text.append("\t" if word == "nestcell" else "\n")
                reason = "a table stands in the cell of another; its rows were read as lines of that cell"
                self._doubts["nested_table"] = Doubt("nested_table", reason)
            case "row":
                self._row()

    def _taken(self) -> str:
        """The text so far, surrogate pairs joined."""
        self._flush()
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text.clear()
        text = self._struck_out.without(text.replace("\0", ""))
        lines = (line.strip(" \t　") for line in text.split("\n"))
        return "\n".join(line for line in lines if line)

    def _paragraph(self) -> None:
        if self._in_table or self._cells:
            self._flush()
            self._text.append("\n")
            return
        text = self._taken()
        if text:
            self._end_table()
            self._blocks.append(TextLine(text))

    def _row(self) -> None:
        stray = self._taken()
        if stray:
            self._cells.append(stray)
        if self._cells:
            self._rows.append(DeclaredRow(self._left, list(self._edges[: len(self._cells)]), self._cells))
        self._cells = []

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        self._blocks += declared_blocks(rows, self._doubts)

    def finished(self) -> Reading:
        """The whole document, once every token is taken."""
        if self._cells:
            self._row()
        text = self._taken()
        self._end_table()
        if text:
            self._blocks.append(TextLine(text))
        if len(self._groups) > 1:
            reason = "the RTF file breaks off inside a group; what stands before was read"
            self._doubts["truncated"] = Doubt("truncated", reason)
        doubts = (*self._doubts.values(), *self._struck_out.doubts())
        return Reading("rtf", tuple(self._blocks), doubts=doubts)


def _codec(page: str) -> str:
    name = {"936": "gb18030", "950": "big5", "65001": "utf-8"}.get(page, f"cp{page}")
    try:
        b"a".decode(name)
    except (LookupError, ValueError):
        return "gb18030"
    return name
