"""Documents made to hurt: small files that would take minutes, gigabytes or the process, each by what it does.

``FAST`` ones are refused or read within a second; all are read at the real limits by the slow tests.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

from tests.documents.compound import compound_file

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    out += b"trailer<<%b/Size %d>>\nstartxref\n%d\n%%%%EOF" % (trailer, len(objects) + 1, start)
    return bytes(out)


def stream(entries: bytes, content: bytes, *, packed: bool = False) -> bytes:
    if packed:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def form(content: bytes, calls: int | None = None, *, packed: bool = False) -> bytes:
    """A form XObject; ``calls`` is the number of the object that its content calls ``F``."""
    resources = b"/Resources<</XObject<</F %d 0 R>>>>" % calls if calls else b""
    return stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + resources, content, packed=packed)


def forms_calling_forms(levels: int, calls: int, *, page: bytes = b"/F Do ", packed: bool = False) -> bytes:
    """Every form but the last calls the next one so many times."""
    inner = [form(b"/F Do " * calls, 6 + level, packed=packed) for level in range(levels - 1)]
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", page), *inner, form(b"0 0 1 1 re f", packed=packed)])


def heavy_form_called_often() -> bytes:
    content = stream(b"", b"/F Do " * 100_000, packed=True)
    return pdf([CATALOG, ONE_PAGE, PAGE, content, form(b"q Q " * 100_000, packed=True)])


def form_calling_itself() -> bytes:
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b"/F Do "), form(b"/F Do /F Do ", 5)])


def forms_calling_each_other() -> bytes:
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b"/F Do "), form(b"/F Do " * 9, 6), form(b"/F Do " * 9, 5)])


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(count))
    pages = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)
    return pdf([CATALOG, pages, PAGE, stream(b"", b"0 0 1 1 re f"), form(b"")])


def declared_pages(count: int) -> bytes:
    return pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count, PAGE, stream(b"", b""), form(b"")])


def huge_page() -> bytes:
    page = PAGE.replace(b"[0 0 600 800]", b"[-1e30 -99999999999 2147483647 1e38]")
    return pdf([CATALOG, ONE_PAGE, page, stream(b"", b"0 0 1e37 1e37 re f"), form(b"")])


def deep_page_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(2, depth + 2)]
    return pdf([CATALOG, *nodes, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth + 1)])


def cyclic_page_tree() -> bytes:
    return pdf([CATALOG, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 9>>", b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 9>>"])


def object_streams_in_one_another() -> bytes:
    """The length and the extension of each object stream lie in the other one."""
    one = stream(b"/Type/ObjStm/N 1/First 4/Extends 4 0 R", b"9 0 <</A 9 0 R>>", packed=True)
    two = stream(b"/Type/ObjStm/N 1/First 4/Extends 3 0 R", b"8 0 <</A 8 0 R>>", packed=True)
    return pdf([CATALOG, b"<</Type/Pages/Kids[8 0 R 9 0 R]/Count 2>>", one, two])


def nested_arrays(depth: int) -> bytes:
    return pdf([CATALOG, b"<</Type/Pages/Kids" + b"[" * depth + b"]" * depth + b"/Count 1>>"])


def inflating_content(size: int) -> bytes:
    """Page content that inflates a thousandfold."""
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b"q Q " * (size // 4), packed=True), form(b"")])


def twice_inflating_content() -> bytes:
    once = zlib.compress(zlib.compress(b" " * 2**28, 9), 9)
    content = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(once), once)
    return pdf([CATALOG, ONE_PAGE, PAGE, content, form(b"")])


def picture(filters: bytes, data: bytes, width: int = 60_000) -> bytes:
    """A page that is one picture of absurd size."""
    size = b"/Width %d/Height %d" % (width, width)
    entries = b"/Type/XObject/Subtype/Image%b/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/%b" % (size, filters)
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b"600 0 0 800 0 0 cm /F Do"), stream(entries, data)])


def jbig2_bomb() -> bytes:
    """A generic region of 2³¹ by 2³¹ pixels."""
    page = struct.pack(">IBBI", 0, 0x30, 1, 19) + struct.pack(">IIIIBH", 2**31 - 1, 2**31 - 1, 0, 0, 0, 0)
    region = struct.pack(">IBBI", 1, 0x26, 1, 26) + struct.pack(">IIIIBB", 2**31 - 1, 2**31 - 1, 0, 0, 0, 0) + b"\0" * 8
    return picture(b"JBIG2Decode", page + region)


def jpx_bomb() -> bytes:
    """A JPEG 2000 codestream that declares 2³¹ by 2³¹ pixels in tiles of one."""
    size = struct.pack(">HHIIIIIIIIH", 41, 0, 2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0, 1) + b"\x07\x01\x01"
    return picture(b"JPXDecode", b"\xff\x4f\xff\x51" + size + b"\xff\xd9")


def xfa() -> bytes:
    """A form whose real content is an XML document, of entities."""
    entities = b"".join(b'<!ENTITY e%d "%b">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    document = b'<!DOCTYPE x [<!ENTITY e0 "x">' + entities + b"]><xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'>&e11;"
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>/NeedsRendering true>>"
    return pdf([catalog, ONE_PAGE, PAGE, stream(b"", b""), form(b""), stream(b"", document + b"</xdp:xdp>")])


def type3_glyphs_in_one_another() -> bytes:
    """Glyphs that print their own font."""
    glyph = stream(b"", b"10 0 d0 BT /T 1 Tf (aaaaaaaaaa) Tj ET")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/FirstChar 97"
        b"/LastChar 97/Widths[10]/Encoding<</Differences[97/a]>>/Resources<</Font<</T 5 0 R>>>>>>"
    )
    page = PAGE.replace(b"/XObject<</F 5 0 R>>", b"/Font<</T 5 0 R>>")
    return pdf([CATALOG, ONE_PAGE, page, stream(b"", b"BT /T 12 Tf (aaaaaaaaaa) Tj ET"), font, glyph])


def cross_references_in_a_circle() -> bytes:
    data = pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b""), form(b"")])
    return data.replace(b"trailer<<", b"trailer<</Prev %d" % data.rindex(b"xref\n0"))


def absurd_size() -> bytes:
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", b""), form(b"")]).replace(b"/Size 6", b"/Size 2147483647")


def content(what: bytes) -> bytes:
    return pdf([CATALOG, ONE_PAGE, PAGE, stream(b"", what, packed=True), form(b"")])


# --- pages and other texts --------------------------------------------------------------------------------------------


def html(body: str) -> bytes:
    return f"<html><head><meta charset=utf-8><title>2024年度部门预算</title></head><body>{body}</body></html>".encode()


def attributes(count: int) -> bytes:
    return html("<div " + " ".join(f"a{n}=1" for n in range(count)) + ">x</div>")


def rtf(depth: int) -> bytes:
    return b"{\\rtf1 " + b"{" * depth + b"x" + b"}" * depth + b"}"


def unclosed_rtf(depth: int) -> bytes:
    return b"{\\rtf1 " + b"{\\b " * depth


def entities() -> bytes:
    """XML entities, a billion laughs of them."""
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "哈">{declared}]>{_WORD_XML}&e11;</w:t></w:r></w:p>'.encode()


_WORD_XML = (
    '<?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>'
)

# --- workbooks and papers ---------------------------------------------------------------------------------------------

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def workbook(sheet: str, strings: str = "", *, prolog: str = "") -> bytes:
    """A workbook of one sheet whose part has this content; ``strings`` are its shared strings."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        package.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEETS}" xmlns:r="{_PARTS}"><sheets><sheet name="1" sheetId="1" r:id="r0"/></sheets>'
            "</workbook>",
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        )
        package.writestr("xl/sharedStrings.xml", f'{prolog}<sst xmlns="{_SHEETS}">{strings}</sst>')
        package.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_SHEETS}">{sheet}</worksheet>')
    return out.getvalue()


def _relations(*parts: tuple[str, str]) -> str:
    rows = (f'<Relationship Id="r{n}" Type="{_PARTS}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(parts))
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(rows)}</Relationships>'


def corner_cells() -> bytes:
    """Two cells, a million rows and 16,384 columns apart."""
    return workbook(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def declared_merge() -> bytes:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return workbook(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>{merged}')


def strings_bomb() -> bytes:
    """One long shared string, and cells that all point to it."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return workbook(f"<sheetData>{cells}</sheetData>", f"<si><t>{'预' * 1_000_000}</t></si>")


def rows_apart(count: int) -> bytes:
    """Every second row is empty, so that each row is a table of its own."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(1, 2 * count, 2)
    )
    return workbook(f"<sheetData>{rows}</sheetData>")


def string_entities() -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    prolog = f'<!DOCTYPE sst [<!ENTITY e0 "x">{declared}]>'
    cell = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return workbook(cell, "<si><t>&e11;</t></si>", prolog=prolog)


def million_cells() -> bytes:
    row = '<row r="{0}">' + "".join("<c><v>1</v></c>" for _ in range(16_384)) + "</row>"
    return workbook(f"<sheetData>{''.join(row.format(n) for n in range(1, 301))}</sheetData>")


def paper(body: str, styles: str = "") -> bytes:
    """A DOCX whose body has this content."""
    out = io.BytesIO()
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{kind}.document.main+xml"/><Override PartName="/word/styles.xml" '
            f'ContentType="{kind}.styles+xml"/></Types>',
        )
        package.writestr("_rels/.rels", _relations(("officeDocument", "word/document.xml")))
        package.writestr("word/_rels/document.xml.rels", _relations(("styles", "styles.xml")))
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{words}">{styles}</w:styles>')
        package.writestr("word/document.xml", f'<w:document xmlns:w="{words}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def nested_tables(depth: int) -> bytes:
    return paper("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def cyclic_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{n}"><w:basedOn w:val="{1 - n}"/></w:style>' for n in (0, 1)
    )
    return paper('<w:p><w:pPr><w:pStyle w:val="0"/></w:pPr><w:r><w:t>预算</w:t></w:r></w:p>', styles)


def spanning_cells() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    return paper(f"<w:tbl>{f'<w:tr>{cell * 9}</w:tr>' * 2_000}</w:tbl>")


def parts_in_parts(depth: int) -> bytes:
    """An MHTML page whose parts hold parts."""
    begin = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"MIME-Version: 1.0\n{begin}Content-Type: text/html\n\n<p>1</p>\n".encode()


def zip_of_zips(levels: int, width: int) -> bytes:
    data = b"0" * 2**24
    for _ in range(levels):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
            for number in range(width):
                package.writestr(f"{number}.zip", data)
        data = out.getvalue()
    return data


def climbing_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in ("../../../../tmp/out.csv", "/etc/out.csv", "C:\\out.csv", "a/../../out.csv"):
            package.writestr(name, "项目,金额\n")
    return out.getvalue()


# --- Microsoft's compound files ---------------------------------------------------------------------------------------


def compound_with_cyclic_chains() -> bytes:
    """Every chain of sectors leads back to its beginning."""
    data = bytearray(compound_file({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 8_000, "1Table": b"\0" * 8_000}))
    sector = struct.unpack_from("<I", data, 76)[0]
    start = 512 * (sector + 1)
    for at in range(start, start + 512, 4):
        if struct.unpack_from("<I", data, at)[0] < 0xFFFFFFF0:
            struct.pack_into("<I", data, at, 0)
    return bytes(data)


def compound_with_cyclic_directory() -> bytes:
    """Every entry is the sibling and the child of all others."""
    data = bytearray(compound_file({"WordDocument": b"\xec\xa5\xc1\0" + b"\0" * 8_000, "1Table": b"\0" * 8_000}))
    start = 512 * (struct.unpack_from("<I", data, 48)[0] + 1)
    for entry in range(start, start + 512, 128):
        struct.pack_into("<III", data, entry + 68, 0, 1, 0)
    return bytes(data)


def compound_with_absurd_sizes() -> bytes:
    data = bytearray(compound_file({"Workbook": b"\x09\x08\x10\0" + b"\0" * 8_000}))
    start = 512 * (struct.unpack_from("<I", data, 48)[0] + 1)
    for entry in range(start, start + 512, 128):
        struct.pack_into("<Q", data, entry + 120, 2**62)
    return bytes(data)


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "forms_12_5.pdf": lambda: forms_calling_forms(12, 5),
    "forms_12_10.pdf": lambda: forms_calling_forms(12, 10),
    "forms_packed.pdf": lambda: forms_calling_forms(40, 3, packed=True),
    "forms_from_the_page.pdf": lambda: forms_calling_forms(8, 5, page=b"/F Do " * 3_000),
    "form_called_often.pdf": heavy_form_called_often,
    "form_of_itself.pdf": form_calling_itself,
    "forms_of_each_other.pdf": forms_calling_each_other,
    "pages_10000.pdf": lambda: many_pages(10_000),
    "pages_declared.pdf": lambda: declared_pages(2**31 - 1),
    "page_huge.pdf": huge_page,
    "page_tree_deep.pdf": lambda: deep_page_tree(20_000),
    "page_tree_cyclic.pdf": cyclic_page_tree,
    "object_streams.pdf": object_streams_in_one_another,
    "arrays.pdf": lambda: nested_arrays(500_000),
    "content_inflates.pdf": lambda: inflating_content(2**27),
    "content_inflates_twice.pdf": twice_inflating_content,
    "picture.pdf": lambda: picture(b"FlateDecode", zlib.compress(b"\0" * 2**20)),
    "jbig2.pdf": jbig2_bomb,
    "jpx.pdf": jpx_bomb,
    "xfa.pdf": xfa,
    "xref_circle.pdf": cross_references_in_a_circle,
    "size.pdf": absurd_size,
    "states.pdf": lambda: content(b"q " * 2_000_000),
    "content_arrays.pdf": lambda: content(b"[" * 2_000_000),
    "content_dictionaries.pdf": lambda: content(b"/A <<" * 500_000 + b" BDC"),
    "lines.pdf": lambda: content(b"0 0 m 9 9 l S " * 1_000_000),
    "letters.pdf": lambda: content(b"BT (" + b"a" * 4_000_000 + b") Tj ET"),
    "type3.pdf": type3_glyphs_in_one_another,
    "attributes.html": lambda: attributes(100_000),
    "attributes_of_many.html": lambda: html("".join(f"<p a{n}=1 b=2>" for n in range(200_000))),
    "divisions.html": lambda: html("<div>" * 150_000),
    "formatting.html": lambda: html("<b><i><u><font>" * 40_000),
    "brackets.html": lambda: html("（" * 300_000),
    "table_wide.html": lambda: html("<table><tr>" + "<td>1" * 100_000),
    "spans.html": lambda: html("<table>" + "<tr><td rowspan=65000 colspan=1000>1" * 5_000),
    "groups.rtf": lambda: rtf(1_000_000),
    "groups_open.rtf": lambda: unclosed_rtf(1_000_000),
    "entities.xml": entities,
    "corners.xlsx": corner_cells,
    "merge.xlsx": declared_merge,
    "strings.xlsx": strings_bomb,
    "rows_apart.xlsx": lambda: rows_apart(50_000),
    "string_entities.xlsx": string_entities,
    "cells.xlsx": million_cells,
    "tables.docx": lambda: nested_tables(20_000),
    "styles.docx": cyclic_styles,
    "spans.docx": spanning_cells,
    "parts.mht": lambda: parts_in_parts(5_000),
    "line.csv": lambda: bytes("部门预算," * 2_000_000, "utf-8"),
    "text.txt": lambda: bytes("预" * 8_000_000, "utf-8"),
    "bomb.gz": lambda: gzip.compress(b"1,2\n" * 2**25),
    "zips.zip": lambda: zip_of_zips(6, 2),
    "climbing.zip": climbing_zip,
    "chains.doc": compound_with_cyclic_chains,
    "directory.doc": compound_with_cyclic_directory,
    "sizes.xls": compound_with_absurd_sizes,
}
"""Every hostile document by the name it is given."""
