"""`gongkai evidence`: from a number to the place in the original where it is printed."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.keys import original_key
from gongkai.archive.local_files import add_files
from gongkai.exits import Exit
from gongkai.parsing.stage import parse
from gongkai.queries.evidence import Cell, Evidence
from gongkai.queries.evidence_picture import direction, picture_of
from gongkai.queries.page_picture import Part, PdfPages, PictureError
from tests.commands.conftest import Command
from tests.places import DEMO_SITE

HEBEI = DEMO_SITE / "202502" / "P020250218365478120001.pdf"
DOCX = DEMO_SITE / "202502" / "P020250214402150633002.docx"
HENAN = DEMO_SITE / "202405" / "P020240526403217891002.pdf"
RED = (208, 0, 0)


@pytest.fixture(scope="session")
def parsed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two disclosures as they are and one in a ZIP, parsed."""
    folder = tmp_path_factory.mktemp("evidence")
    packed = folder / "henan.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.write(HENAN, "2024/henan.pdf")
    archive = Archive(DirectoryStore(folder / "archive"))
    add_files(archive, [HEBEI, DOCX, packed])
    assert parse(archive, workers=2).unreadable == 0
    return folder / "archive"


@pytest.fixture
def lake(gongkai: Command, parsed_once: Path) -> Command:
    """Commands on that archive."""
    return lambda *arguments: gongkai("--root", str(parsed_once), *arguments)


def rows(lake: Command, sql: str) -> list[dict[str, Any]]:
    ended = lake("query", sql, "--format", "json")
    assert ended.code == Exit.OK, ended.errors
    found: list[dict[str, Any]] = json.loads(ended.output)
    assert found
    return found


def facts(text: str) -> dict[str, str]:
    """What was said, by name; of several with one name the last."""
    return {line[:13].strip(): line[13:].strip() for line in text.splitlines() if line[:1].strip()}


HEBEI_AMOUNT = """
    SELECT l.*, d.sha256 FROM line_items l JOIN documents d ON d.sha256 = document_sha256
    WHERE l.form = 'appropriation_balance' AND d.pages = 33 AND printed = '16342.46' AND fund = 'fiscal_appropriation'
"""


@pytest.fixture
def amount(lake: Command) -> dict[str, Any]:
    """八、社会保障和就业支出 of the table of fiscal funds, on a turned page."""
    (found,) = [row for row in rows(lake, HEBEI_AMOUNT) if "社会保障" in row["label"]]
    return found


def opened(name: str) -> Image.Image:
    """A picture read whole, its file closed."""
    return Image.open(io.BytesIO(Path(name).read_bytes()))


def red_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """The outer edges of what is framed."""
    data = picture.convert("RGB")
    spots = [(x, y) for y in range(data.height) for x in range(data.width) if data.getpixel((x, y)) == RED]
    assert spots, "nothing is framed"
    across, down = [x for x, _ in spots], [y for _, y in spots]
    return min(across), min(down), max(across) + 1, max(down) + 1


def test_an_amount_is_framed_where_it_is_printed(lake: Command, amount: dict[str, Any]) -> None:
    ended = lake("evidence", "--line-item", amount["line_item_id"], "--whole-page", "--scale", "1", "-o", "page.png")
    assert (ended.code, ended.errors) == (Exit.OK, "")
    picture = opened("page.png")
    assert [round(value) for value in picture.info["dpi"]] == [72, 72]
    expected = [round(amount[name]) for name in ("x0", "y0", "x1", "y1")]
    assert red_box(picture) == (expected[0] - 2, expected[1] - 2, expected[2] + 3, expected[3] + 3)


def test_what_is_known_is_said(lake: Command, amount: dict[str, Any]) -> None:
    ended = lake("evidence", "--line-item", amount["line_item_id"])
    said = facts(ended.output)
    assert said["amount"] == "163,424,600.00 yuan"
    assert said["printed"] == "'16342.46'"
    assert (said["unit"], said["status"]) == ("万元", "confirmed")
    assert (said["label"], said["meaning"]) == ("208 八、社会保障和就业支出", "implied")
    assert said["entity"] == "曹妃甸区人力资源和社会保障局"
    assert (said["SHA-256"], said["file name"], said["portal"]) == (amount["sha256"], HEBEI.name, "local")
    assert said["url"] == HEBEI.as_uri()
    assert said["page"] == f"{amount['page']} of 33"
    assert said["captured at"].endswith("Z")
    assert "holds; the amount" in said["check"]
    assert "difference 0.00 yuan" in said["check"]
    assert "moved" not in said
    place = "-t{table_index}-r{row_index}-c{column_index}".format(**amount)
    assert said["picture"] == f"{amount['sha256'][:12]}-p{amount['page']}{place}.png"
    assert opened(said["picture"]).format == "PNG"


def test_the_same_cell_by_its_place(lake: Command, amount: dict[str, Any]) -> None:
    place = [f"--{name}={amount[f'{name}_index']}" for name in ("table", "row", "column")]
    one = lake("evidence", amount["sha256"][:8], *place, f"--page={amount['page']}", "-o", "one.png")
    other = lake("evidence", "--line-item", amount["line_item_id"], "-o", "other.png")
    assert one.output.replace("one.png", "other.png") == other.output
    assert Path("one.png").read_bytes() == Path("other.png").read_bytes()
    wrong = lake("evidence", amount["sha256"], *place, "--page=1")
    assert (wrong.code, wrong.is_one_sentence) == (Exit.SOMETHING_FAILED, True)


def test_a_cell_that_is_no_amount(lake: Command, amount: dict[str, Any]) -> None:
    place = ["--table", str(amount["table_index"]), "--row", "0", "--column", str(amount["column_index"])]
    said = facts(lake("evidence", amount["sha256"], *place).output)
    assert said["printed"] == "支出"
    assert said["amount"].startswith("none: ")


def test_ink_stands_in_the_boxes_of_amounts_and_in_no_blank_one(lake: Command, parsed_once: Path) -> None:
    """Portrait and turned pages: a box a few points off would catch a rule or miss the digits."""
    sql = "SELECT l.* FROM line_items l JOIN documents d ON d.sha256 = document_sha256 WHERE d.pages = 33"
    items = rows(lake, sql)
    sha256 = items[0]["document_sha256"]
    pages = PdfPages(Archive(DirectoryStore(parsed_once)).original(sha256))
    drawn: dict[int, Image.Image] = {}
    for item in items:
        page = item["page"]
        if page not in drawn:
            drawn[page] = pages.draw(Part(page, None), 2).convert("L")
        inner = [round(2 * (item[name] + inset)) for name, inset in (("x0", 2), ("y0", 2), ("x1", -2), ("y1", -2))]
        shades = drawn[page].crop((inner[0], inner[1], inner[2], inner[3])).histogram()
        assert any(shades[:128]) == bool(item["printed"]), item["line_item_id"]
    pages.close()
    assert len(drawn) > 5


def test_a_document_in_an_archive_file_and_an_amount_that_was_moved(lake: Command) -> None:
    sql = """
        SELECT l.line_item_id, l.measure, c.header, d.container_sha256
        FROM line_items l JOIN cells c USING (document_sha256, table_index, row_index, column_index)
        JOIN documents d ON d.sha256 = document_sha256
        WHERE l.amount IS NOT NULL AND l.measure <> c.header AND d.file_name LIKE '%henan.pdf'"""
    moved = rows(lake, sql)[0]
    said = facts(lake("evidence", "--line-item", moved["line_item_id"], "-o", "moved.png").output)
    assert said["measure"].startswith(moved["measure"])
    assert f"printed under {moved['header']!r}" in said["moved"]
    assert said["published in"] == moved["container_sha256"]
    assert red_box(opened("moved.png"))


def test_a_format_without_pages_shows_the_rows(lake: Command) -> None:
    sql = """
        SELECT line_item_id, printed, document_sha256 FROM line_items l JOIN documents d ON d.sha256 = document_sha256
        WHERE format = 'docx' AND amount > 0 ORDER BY line_item_id"""
    item = rows(lake, sql)[0]
    ended = lake("evidence", "--line-item", item["line_item_id"])
    assert (ended.code, ended.errors) == (Exit.OK, "")
    assert f"→ {item['printed']} ←" in ended.output
    assert facts(ended.output)["picture"].startswith("none: the original is docx")
    refused = lake("evidence", item["document_sha256"], "--page", "1")
    assert (refused.code, refused.is_one_sentence) == (Exit.SOMETHING_FAILED, True)


def test_a_whole_page_to_a_pipe(lake: Command, amount: dict[str, Any], parsed_once: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "--root", str(parsed_once), "evidence", amount["sha256"]]
    done = subprocess.run([*command, "--page", "1", "--output", "-"], capture_output=True, check=True)
    assert Image.open(io.BytesIO(done.stdout)).format == "PNG"
    assert facts(done.stderr.decode())["page"] == "1 of 33"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], Exit.WRONG_USAGE),
        (["zzz", "--page", "1"], Exit.WRONG_USAGE),
        (["{sha}"], Exit.WRONG_USAGE),
        (["{sha}", "--table", "1"], Exit.WRONG_USAGE),
        (["{sha}", "--page", "1", "--line-item", "{sha}-1-1-1"], Exit.WRONG_USAGE),
        (["--line-item", "amount"], Exit.WRONG_USAGE),
        (["{sha}", "--page", "0"], Exit.WRONG_USAGE),
        (["{sha}", "--page", "34"], Exit.WRONG_USAGE),
        (["{sha}", "--page", "1", "--output", "nowhere/a.png"], Exit.WRONG_USAGE),
        (["{sha}", "--page", "1", "--scale", "20"], Exit.WRONG_USAGE),
        (["9999999999", "--page", "1"], Exit.SOMETHING_FAILED),
        (["{sha}", "--table", "99", "--row", "0", "--column", "0"], Exit.SOMETHING_FAILED),
        (["--line-item", "{sha}-0-0-0"], Exit.SOMETHING_FAILED),
        (["--line-item", "999999999999-1-1-1"], Exit.SOMETHING_FAILED),
    ],
)
def test_refusals_are_one_sentence(lake: Command, amount: dict[str, Any], arguments: list[str], code: Exit) -> None:
    ended = lake("evidence", *(argument.replace("{sha}", amount["sha256"][:12]) for argument in arguments))
    assert (ended.code, ended.is_one_sentence, ended.output) == (code, True, ""), ended.errors
    assert list(Path().glob("*.png")) == []


def test_an_altered_original_is_not_shown(
    gongkai: Command, parsed_once: Path, amount: dict[str, Any], tmp_path: Path
) -> None:
    root = tmp_path / "altered"
    shutil.copytree(parsed_once, root)
    path = root / original_key(amount["sha256"])
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%PDG", 1))
    ended = gongkai("--root", str(root), "evidence", "--line-item", amount["line_item_id"])
    assert (ended.code, ended.is_one_sentence) == (Exit.SOMETHING_FAILED, True)


def cell(row: int, column: int, box: tuple[float, float, float, float], page: int = 1) -> Cell:
    return Cell(row, column, 1, 1, row == 0, None, "", page, box)


def sideways() -> Iterator[Cell]:
    """Four columns running up a portrait page, the heading row at the left."""
    for row, left in enumerate(range(50, 450, 20)):
        for column, bottom in enumerate((800, 600, 400, 200)):
            yield cell(row, column, (left, bottom - 200, left + 20, bottom))


def test_a_table_printed_sideways_is_turned_upright() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 850))
    canvas.setFillColorRGB(0, 0, 0)
    for printed in sideways():
        x0, y0, x1, y1 = printed.box or (0, 0, 0, 0)
        canvas.rect(x0, 850 - y1, x1 - x0, y1 - y0)
    canvas.save()
    cells = tuple(sideways())
    evidence = Evidence({}, cells[4 * 18 + 3], cells, (), ())
    assert direction(cells) == "up"
    pages = PdfPages(stream.getvalue())
    picture = picture_of(evidence, pages, 1)
    left, top, right, bottom = red_box(picture)
    assert picture.width == 850  # the page's height is now across
    assert (left, right) == (650 - 3, 850)  # the last column stands at the right, its frame cut at the page's edge
    assert bottom - top == 20 + 2 * 2 + 1
    assert top > picture.height / 3  # below the headings that were put on top
    pages.close()


@pytest.mark.parametrize(("way", "step"), [("right", (50, 0)), ("left", (-50, 0)), ("down", (0, 50)), ("up", (0, -50))])
def test_the_direction_of_rows(way: str, step: tuple[int, int]) -> None:
    across, down = step
    row = [
        cell(1, number, (200 + number * across, 200 + number * down, 210 + number * across, 210 + number * down))
        for number in range(4)
    ]
    assert direction(row) == way


def test_what_is_no_pdf_is_refused_by_name() -> None:
    with pytest.raises(PictureError, match="cannot be drawn"):
        PdfPages(b"no PDF")
