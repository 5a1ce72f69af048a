"""A number and its page: what is shown of a document, and where its cells lead."""

from __future__ import annotations

import html
import io
import re
import threading
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gongkai.archive.archive import Archive
from gongkai.archive.local_files import add_files
from gongkai.parsing.stage import parse
from gongkai.queries.evidence import Cell, documents_of, evidence_of
from gongkai.queries.evidence_facts import cell_facts, document_facts
from gongkai.queries.lake import connect
from gongkai.queries.page_contents import DocumentContents, TablePiece
from gongkai.queries.page_picture import PictureError
from gongkai.viewer.drawing import Drawer
from tests.browsers import Watched
from tests.documents.hostile import forms_calling_forms
from tests.places import DEMO_SITE
from tests.viewer.conftest import served_at
from tests.viewer.test_application import fetched, opened

HEBEI, HENAN, DOCX, XLSX, HTML = "44efd924c0f0", "1974f2d87bab", "75f974367826", "9b63ce077ea9", "c3ce9594c25a"
"""The demonstration's documents; pages of ``HENAN`` are turned."""
A4_PIXELS = (893, 1263)
MARKUP = """
<table><tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>收入</td></tr><tr><td>合计</td><td>1</td></tr></table>
"""


@pytest.fixture(scope="module")
def lake(demo_root: Path) -> Iterator[Any]:
    """A connection to the demonstration's lake."""
    with connect(Archive.open(str(demo_root)).store) as connection:
        yield connection


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A viewer on a ZIP with a document in it, a file that breaks off, markup in a table; hashes by file name."""
    folder = tmp_path_factory.mktemp("others")
    with zipfile.ZipFile(folder / "packed.zip", "w") as packed:
        packed.write(DEMO_SITE / "202502" / "P020250218365478120001.pdf", "inside.pdf")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.5\n1 0 obj\n<<")
    (folder / "markup.html").write_text(f"<html><body><p>2025年部门预算</p>{MARKUP}</body></html>", encoding="utf-8")
    lines = "".join(f"<tr><td>第{number}行</td><td>{number}</td></tr>" for number in range(1, 321))
    long = f"<table><tr><th>项目</th><th>金额</th></tr>{lines}</table>"
    (folder / "long.html").write_text(f"<html><body><p>2025年部门预算</p>{long}</body></html>", encoding="utf-8")
    pages = (("2.png", picture("PNG", "yellow")), ("1.png", picture("PNG", "white")))
    (folder / "pages.zip").write_bytes(album(*pages))
    archive = Archive.open(str(folder / "archive"))
    add_files(archive, sorted(path for path in folder.iterdir() if path.is_file()))
    parse(archive, workers=1)
    with connect(archive.store) as connection:
        hashes = dict(connection.execute("SELECT file_name, sha256 FROM documents").fetchall())
    with served_at(folder / "archive") as address:
        yield address, hashes


def page_of(viewer: str, query: str, language: str = "en") -> str:
    """The page of a document."""
    status, page, _ = fetched(f"{opened(viewer, language)}/document?{query}")
    assert status == 200, page[-500:]
    return page


def one(lake: Any, sql: str, digits: str = "") -> dict[str, Any]:
    """The first row of a statement about the document of these digits."""
    rows = lake.execute(sql, {"digits": digits} if digits else {}).to_arrow_table().to_pylist()
    assert rows
    return dict(rows[0])


def text_of(markup: str) -> str:
    """What is read of a piece of a page, white space made one."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def hidden_from(page: str) -> list[str]:
    """Names of the boxes on the picture."""
    return re.findall(r'<rect data-box="([\d-]+)"', page)


@pytest.mark.parametrize(
    ("digits", "pictured"), [(HEBEI, True), (HENAN, True), (DOCX, False), (XLSX, False), (HTML, False)]
)
def test_every_format_shows_its_tables(viewer: str, lake: Any, digits: str, pictured: bool) -> None:
    table = one(
        lake,
        "SELECT table_index, title FROM tables WHERE starts_with(document_sha256, $digits) AND form IS NOT NULL",
        digits,
    )

    page = page_of(viewer, f"sha256={digits}&table={table['table_index']}")

    assert f'id="table-{table["table_index"]}">{html.escape(table["title"])}</h2>' in page
    assert ("<img src=" in page) == pictured
    assert len(re.findall(r'class="amount status-(?:confirmed|unchecked|doubtful)', page)) > 2


def test_a_number_has_the_facts_of_the_command(viewer: str, lake: Any) -> None:
    item = one(
        lake,
        "SELECT * FROM line_items JOIN (SELECT unnest(addends) AS line_item_id FROM checks WHERE rule = 'text_table')"
        " USING (line_item_id) WHERE amount > 0 ORDER BY line_item_id",
    )
    document = documents_of(lake, item["document_sha256"])[0]
    evidence = evidence_of(lake, document, item["table_index"], item["row_index"], item["column_index"])
    assert evidence

    shown = text_of(page_of(viewer, f"item={item['line_item_id']}"))

    for name, value in [*cell_facts(evidence), *document_facts(document, None, item["page"])]:
        assert value in shown if name == "check" else f"{name} {value}".strip() in shown, name
    sentences = lake.execute(
        "SELECT sentence FROM claims JOIN (SELECT unnest(total) AS claim_id FROM checks WHERE list_contains(addends, ?)"
        " AND starts_with(rule, 'text_')) USING (claim_id)",
        [item["line_item_id"]],
    ).fetchall()
    assert sentences
    assert all(" ".join(sentence.split()) in shown for (sentence,) in sentences)


def test_both_sides_of_an_identity_add_up(viewer: str, lake: Any) -> None:
    check = one(lake, "SELECT * FROM checks WHERE rule = 'total' AND len(addends) BETWEEN 3 AND 20 AND found > 0")

    page = page_of(viewer, f"item={check['total'][0]}")

    sentence = f"total ({html.escape(check['scope'])})".replace("&#x27;", "&#39;")
    (part,) = [each for each in page.split("<details") if sentence in each]
    stated, made_of = part.split("<h4>")[1:]
    amounts = [Decimal(each.replace(",", "")) for each in re.findall(r'class="number">(-?[\d,.]+)<', made_of)]
    assert sum(amounts) == check["found"]
    assert re.findall(r'class="number">([\d,.]+)<', stated) == [f"{check['expected']:,.2f}"]
    for address in re.findall(r'<a href="([^"]+)"', made_of):
        assert 'class="chosen-cell"' in fetched(viewer + html.unescape(address))[1]


@pytest.mark.parametrize("digits", [HEBEI, HENAN])
def test_boxes_lie_on_the_page_as_shown(viewer: str, lake: Any, digits: str) -> None:
    cell = one(
        lake,
        "SELECT * FROM line_items WHERE starts_with(document_sha256, $digits) AND amount > 0 AND table_index = 2",
        digits,
    )

    page = page_of(viewer, f"item={cell['line_item_id']}")

    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', page)
    picture = re.search(r'<img src="([^"]+)"', page)
    assert size
    assert picture
    width, height = float(size[1]), float(size[2])
    boxes = re.findall(r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>', page)
    assert len(boxes) == len(hidden_from(page)) > 20
    assert all(float(x) + float(w) <= width + 1 and float(y) + float(h) <= height + 1 for x, y, w, h in boxes)
    chosen = re.search(r'class="chosen" x="([\d.]+)" y="([\d.]+)"', page)
    assert chosen
    assert (float(chosen[1]), float(chosen[2])) == pytest.approx((cell["x0"], cell["y0"]), abs=0.06)
    drawn = Image.open(io.BytesIO(_bytes(viewer + picture[1])))
    assert drawn.width / drawn.height == pytest.approx(width / height, rel=0.01)


def _bytes(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - the viewer of this test
        return bytes(answer.read())


def test_every_cell_of_a_page_is_in_its_tables_and_on_its_picture(viewer: str, lake: Any) -> None:
    cells = lake.execute(
        "SELECT table_index, row_index, column_index, x0 FROM cells"
        " WHERE starts_with(document_sha256, $digits) AND page = 5",
        {"digits": HEBEI},
    ).fetchall()

    page = page_of(viewer, f"sha256={HEBEI}&page=5")

    assert cells
    names = {f"{table}-{row}-{column}" for table, row, column, _ in cells}
    assert names <= set(re.findall(r'id="cell-([\d-]+)"', page))
    assert set(hidden_from(page)) == {f"{t}-{r}-{c}" for t, r, c, x0 in cells if x0 is not None}


@pytest.mark.parametrize(
    ("digits", "number"),
    [pytest.param(HEBEI, 3, id="repeats its headings"), pytest.param(HENAN, 23, id="does not repeat them")],
)
def test_a_continued_table_has_its_headings_once(viewer: str, digits: str, number: int) -> None:
    page = page_of(viewer, f"sha256={digits}&page={number}")

    (head,) = re.findall(r"<thead>(.*?)</thead>", page, re.DOTALL)
    assert 'scope="col' in head
    names = re.findall(r'id="cell-([\d-]+)"', page)
    assert len(names) == len(set(names))


def cell(row: int, column: int, text: str, **given: Any) -> Cell:
    """A cell of page 2, unless another is given."""
    given = {"row_span": 1, "column_span": 1, "is_header": False, "page": 2, **given}
    return Cell(row=row, column=column, header=None, text=text, box=None, **given)


def test_a_cell_that_began_on_an_earlier_page_keeps_its_column() -> None:
    piece = TablePiece({}, (cell(5, 1, "b"), cell(5, 2, "c"), cell(6, 0, "d", column_span=2), cell(6, 2, "e")))

    assert [[placed.cell and placed.cell.text for placed in line] for line in piece.body] == [
        [None, "b", "c"],
        ["d", "e"],
    ]


def test_a_merged_cell_covers_the_rows_that_are_shown() -> None:
    heading = cell(0, 0, "h", is_header=True, row_span=2, page=1)
    piece = TablePiece(
        {},
        (
            heading,
            cell(0, 1, "i", is_header=True, page=1),
            cell(7, 0, "a", row_span=9),
            cell(7, 1, "b"),
            cell(8, 1, "c"),
        ),
    )

    assert [placed.rows for line in piece.head for placed in line] == [1, 1]
    assert [[placed.rows for placed in line] for line in piece.body] == [[2, 1], [1]]


@pytest.mark.parametrize("digits", [DOCX, HENAN])
def test_the_numbers_in_question_are_walked_through_in_order(viewer: str, lake: Any, digits: str) -> None:
    document = documents_of(lake, digits)[0]
    places = [tuple(row.values()) for row in DocumentContents(lake, document).in_question()]
    assert len(places) > 1

    page, walked = page_of(viewer, f"sha256={digits}"), list[tuple[int, ...]]()
    assert f"{len(places)} numbers in question" in page
    while len(walked) < 6 and (following := re.search(r'href="([^"]+)" data-key="n"', page)):
        page = fetched(viewer + html.unescape(following[1]))[1]
        chosen = re.search(r'id="cell-(\d+)-(\d+)-(\d+)"[^>]*chosen', page)
        assert chosen
        walked.append(tuple(map(int, chosen.groups())))

    assert walked == places[:6]
    assert page.count('data-key="p"') == 1


def test_the_data_are_all_amounts_of_the_document(viewer: str, lake: Any) -> None:
    _, text, _ = fetched(f"{opened(viewer)}/document/amounts.csv?sha256={HEBEI}")

    counted = one(lake, "SELECT count(*) AS n FROM line_items WHERE starts_with(document_sha256, $digits)", HEBEI)
    assert len(text.splitlines()) == counted["n"] + 1


def test_the_citation_names_page_hash_and_publication(viewer: str) -> None:
    page = page_of(viewer, f"sha256={HEBEI}&page=3")

    citation = re.search(r'<p id="citation"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert citation
    for part in (
        "曹妃甸区人力资源和社会保障局",
        "page 3",
        f"SHA-256 {HEBEI}",
        "captured 20",
        f"/document?sha256={HEBEI}&amp;page=3",
    ):
        assert part in citation[1]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("sha256=44ef", 400),
        ("sha256=../../etc/passwd", 400),
        ("item=1", 400),
        ("sha256=" + "0" * 64, 404),
        (f"sha256={HEBEI}&page=34", 404),
        (f"sha256={HEBEI}&page=0", 404),
        (f"sha256={HEBEI}&table=999&row=0&column=0", 404),
        (f"item={HEBEI}-0-999-0", 404),
    ],
)
def test_what_there_is_not_is_said_in_a_sentence(viewer: str, query: str, status: int) -> None:
    found, page, _ = fetched(f"{opened(viewer)}/document?{query}")

    assert found == status
    assert "Traceback" not in page


def test_an_album_has_the_pictures_of_its_pages(others: tuple[str, Mapping[str, str]]) -> None:
    address, hashes = others
    page = page_of(address, f"sha256={hashes['pages.zip']}&page=2")

    assert "ALBUM" in page
    found = re.search(r'<img src="([^"]+)"', page)
    assert found
    red, _, blue = Image.open(io.BytesIO(_bytes(address + found[1]))).convert("RGB").resize((1, 1)).tobytes()
    assert red > 200 > blue


def test_a_document_in_an_archive_file_has_its_picture(others: tuple[str, Mapping[str, str]]) -> None:
    address, hashes = others
    packed = page_of(address, f"sha256={hashes['packed.zip']}")
    assert f"sha256={hashes['inside.pdf']}" in packed

    page = page_of(address, f"sha256={hashes['inside.pdf']}&page=3")

    picture = re.search(r'<img src="([^"]+)"', page)
    assert picture
    assert fetched(address + picture[1])[0] == 200
    assert f"sha256={hashes['packed.zip']}" in page
    assert "Other versions" not in page


def test_what_could_not_be_read_says_why(others: tuple[str, Mapping[str, str]]) -> None:
    address, hashes = others

    page = page_of(address, f"sha256={hashes['broken.pdf']}")

    assert re.search(r'<p class="notice">[^<]{20,}</p>', page)
    assert "<img" not in page


def test_markup_of_a_document_is_text(others: tuple[str, Mapping[str, str]]) -> None:
    address, hashes = others

    page = page_of(address, f"sha256={hashes['markup.html']}")

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_long_table_is_shown_in_pieces(others: tuple[str, Mapping[str, str]]) -> None:
    address, hashes = others
    whole = f"sha256={hashes['long.html']}"

    first, chosen = page_of(address, whole), page_of(address, f"{whole}&table=0&row=310&column=1")

    assert "Rows 1 to 300 of 321." in first
    following = re.search(r'href="([^"]+)">rows after', first)
    assert following
    for page in (fetched(address + html.unescape(following[1]))[1], chosen):
        assert "第309行" in page
        assert "第200行" not in page
        assert "<thead>" in page
    assert re.search(r'id="cell-0-310-1"[^>]* chosen', chosen)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """A drawer whose pages have two seconds."""
    drawer = Drawer(2.0)
    yield drawer
    drawer.close()


def test_a_prepared_process_draws_the_first_page(drawer: Drawer) -> None:
    data = next(DEMO_SITE.glob("202502/*.pdf")).read_bytes()
    drawer.prepare()
    prepared = drawer._process

    assert prepared is not None
    assert drawer.draw("0" * 64, lambda: data, 1).startswith(b"RIFF")
    assert drawer._process is prepared


def test_a_page_is_drawn_once_for_many(drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    data = next(DEMO_SITE.glob("202502/*.pdf")).read_bytes()
    asked: list[int] = []
    answer = drawer._asked

    def counted(sha256: str, original: Any, page: int, *, is_drawn: bool) -> Any:
        asked.append(page)
        return answer(sha256, original, page, is_drawn=is_drawn)

    monkeypatch.setattr(drawer, "_asked", counted)
    pictures: list[bytes] = []
    threads = [threading.Thread(target=lambda: pictures.append(drawer.draw("a", lambda: data, 2))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert asked == [2]
    assert len(pictures) == 50
    assert len(set(pictures)) == 1


def test_a_page_that_takes_too_long_is_given_up_and_others_are_drawn(drawer: Drawer) -> None:
    bomb = forms_calling_forms(12, 12)
    data = next(DEMO_SITE.glob("202502/*.pdf")).read_bytes()
    read: list[str] = []

    def original() -> bytes:
        read.append("bomb")
        return bomb

    for _ in range(3):
        with pytest.raises(PictureError, match="page 1 of the original cannot be drawn within 2 seconds"):
            drawer.draw("bomb", original, 1)

    assert read == ["bomb"]
    assert drawer.draw("a", lambda: data, 1)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(20), b"II*\0" + bytes(9)])
def test_what_is_no_document_is_refused(drawer: Drawer, data: bytes) -> None:
    for _ in range(2):
        with pytest.raises(PictureError):
            drawer.size("a", lambda: data, 1)
    with pytest.raises(PictureError):
        drawer.draw("a", lambda: data, 1)


def test_a_picture_has_the_size_that_its_boxes_are_told_in(drawer: Drawer) -> None:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (1654, 2339), colour) for colour in ("white", "red")]
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    data = stream.getvalue()

    assert drawer.size("a", lambda: data, 2) == pytest.approx((595, 842), abs=1)
    drawn = Image.open(io.BytesIO(drawer.draw("a", lambda: data, 2)))
    assert drawn.size == pytest.approx(A4_PIXELS, abs=2)
    assert drawn.convert("RGB").resize((1, 1)).tobytes()[0] > 200
    with pytest.raises(PictureError, match="no page 3"):
        drawer.size("a", lambda: data, 3)


def album(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


def picture(form: str, *colours: str) -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (827, 1169), colour) for colour in colours]
    frames[0].save(stream, form, **({"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}))
    return stream.getvalue()


def test_the_pages_of_an_album_are_drawn_in_the_order_they_were_read(drawer: Drawer) -> None:
    files = [("10.png", picture("PNG", "black")), ("2.tif", picture("TIFF", "white", "red"))]
    data = album(*files, ("3.jpg", b"damaged"), ("1.png", picture("PNG", "blue")))

    colours = []
    for page in (1, 2, 3, 5):
        drawn = Image.open(io.BytesIO(drawer.draw("album", lambda: data, page))).convert("RGB").resize((1, 1))
        colours.append(tuple(value > 128 for value in drawn.tobytes()))
        assert drawer.size("album", lambda: data, page) == pytest.approx((595, 842), abs=1)
    assert colours == [(False, False, True), (True, True, True), (True, False, False), (False, False, False)]
    with pytest.raises(PictureError, match="no page 6"):
        drawer.draw("album", lambda: data, 6)
    with pytest.raises(PictureError, match="neither a PDF nor a picture"):
        drawer.draw("album", lambda: data, 4)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04" + bytes(40), "cannot be drawn"),
        (album(("word/document.xml", b"<w/>")), "neither a PDF nor a picture"),
        (album(("1.png", b"\x89PNG\r\n\x1a\n" + bytes(200 * 2**20))), "larger than 128 MB"),
        (album(*((f"{number}.png", b"") for number in range(5001))), "more than an album"),
        (album(("1.png", picture("PNG", "red"))).replace(b"\x00\x00\x00\x08", b"\x00\x01\x00\x08"), "cannot be"),
    ],
    ids=["cut", "another package", "bomb", "crowd", "encrypted"],
)
def test_hostile_albums_are_refused_and_others_drawn(drawer: Drawer, data: bytes, told: str) -> None:
    with pytest.raises(PictureError, match=told):
        drawer.draw("hostile", lambda: data, 1)
    assert drawer.draw("whole", lambda: album(("1.png", picture("PNG", "red"))), 1)


def test_a_cell_and_its_place_show_each_other(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.address}/en")
    base = page.url.rpartition("/")[0]
    page.goto(f"{base}/document?sha256={HEBEI}&page=3")
    link = page.locator(".printed td.amount a").nth(3)
    name = link.locator("..").get_attribute("data-cell")
    box, near = page.locator(f'[data-box="{name}"]'), re.compile("near")

    link.focus()
    assert near.search(box.get_attribute("class") or "")
    page.keyboard.press("Tab")
    assert not near.search(box.get_attribute("class") or "")
    box.hover()
    assert near.search(page.locator(f"#cell-{name}").get_attribute("class") or "")
    box.click()
    page.wait_for_selector(".chosen-cell")
    assert page.locator("rect.chosen").get_attribute("data-box") == name
    assert watched.address in page.locator("#citation").inner_text()
    assert page.evaluate("document.querySelector('.paper img').naturalWidth") > 500


def test_a_key_leads_to_the_next_number_in_question(watched: Watched) -> None:
    page = watched.page
    page.goto(f"{watched.address}/en")
    page.goto(f"{page.url.rpartition('/')[0]}/document?sha256={DOCX}")
    page.keyboard.press("n")
    page.wait_for_selector(".chosen-cell")
    first = page.url
    page.keyboard.press("n")
    page.wait_for_function("first => location.href !== first", arg=first)
    page.keyboard.press("p")
    page.wait_for_url(first)
