"""Search and projects: hits and amounts lead to where they are printed."""

from __future__ import annotations

import html
import re
import shutil
import threading
import urllib.parse
from pathlib import Path

import pyarrow as pa
import pytest

from gongkai import serving
from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question
from gongkai.queries.full_text.index import Index
from gongkai.queries.full_text.search import search
from gongkai.serving import shown_of
from gongkai.viewer.gathering import Gathering, mark_of
from gongkai.viewer.screens import search as screen
from gongkai.viewer.screens.projects import place_of
from tests.browsers import Watched
from tests.queries.full_text.test_search import lake_of
from tests.queries.small_lake import HEBEI, HENAN, write_lake
from tests.viewer.conftest import served_at, until
from tests.viewer.test_application import fetched, opened


@pytest.fixture(scope="module")
def searching(viewer: str) -> str:
    """The search of the demonstration, once its index is made."""
    address = f"{opened(viewer)}/search"
    while "is being made" in fetched(address)[1]:
        pass
    return address


def asked(**given: str) -> str:
    return f"?{urllib.parse.urlencode(given)}"


def test_the_page_shows_the_hits_of_the_index(searching: str, demo_root: Path) -> None:
    question = Question(words_of("就业"), "河北省", 2025, limit=50)
    answer = search(Archive.open(str(demo_root)).store, question)

    status, page, _ = fetched(searching + asked(words="就业", place="河北省", year="2025"))

    assert status == 200
    assert f"{answer.total} hits" in page
    assert page.count('<p class="passage"') == len(answer.hits) > 0
    assert "<mark>就业</mark>" in page


def test_a_hit_in_a_cell_leads_to_the_cell(searching: str) -> None:
    _, page, _ = fetched(searching + asked(words="合计", kind="cell"))
    address = re.search(r'<p class="of"><a href="([^"]+)"', page)
    assert address

    _, document, _ = fetched(urllib.parse.urljoin(searching, address[1].replace("&amp;", "&")))

    assert re.search(r'class="[^"]*chosen"[^>]*>(<a[^>]*>)?[^<]*合\s*计', document)


def test_the_data_hold_more_than_the_page(searching: str) -> None:
    _, page, _ = fetched(searching + asked(words="经费"))
    _, data, _ = fetched(f"{searching}/hits.csv{asked(words='经费')}")
    total = re.search(r"([\d,]+) hits", page)

    assert total
    assert "the first 50 are shown" in page
    assert len(re.findall(r"[0-9a-f]{64}", data)) == int(total[1].replace(",", ""))


@pytest.mark.parametrize("words", ['"没有', "<script>alert(1)</script>", "' OR 1=1 --", "*"])
def test_words_that_steer_nothing(searching: str, words: str) -> None:
    status, page, _ = fetched(searching + asked(words=words))

    assert status in (200, 400)
    assert "<script>alert" not in page


def test_the_page_says_that_the_index_is_being_made(demo_root: Path) -> None:
    archive = Archive.open(str(demo_root))
    of_another = pa.table({"lake": ["another"], "publication": ["0" * 12]})
    gathering = Gathering(archive, {"full_text": lambda _: of_another})

    rows = gathering.rows("full_text", mark_of(archive.store))

    assert rows is not None
    assert rows["lake"][0].as_py() != mark_of(archive.store)
    made = shown_of(archive, None).gathered["full_text"](archive)
    assert made["lake"][0].as_py() == mark_of(archive.store)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "1 of 2 provinces are in the index of the full text",
                "Not in it yet: 河南省, documents that tell no province.",
                "1 hits",
            ],
        ),
        ("zh", ["2 个省份中已收入 1 个", "尚未收入：河南省、未写明省份的文件。"]),
    ],
)
def test_a_search_answers_at_once_from_the_provinces_that_are_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, sentences: list[str]
) -> None:
    write_lake(DirectoryStore(tmp_path), lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业")]))
    Index(DirectoryStore(tmp_path), print, place="河北省/某市").opened()
    never = threading.Event()
    monkeypatch.setattr(serving, "_full_text", lambda _: never.wait(60))
    monkeypatch.setattr(screen, "_PATIENCE", 60)
    monkeypatch.setattr(screen, "is_large", lambda _: True)

    with served_at(tmp_path) as viewer:
        base = opened(viewer, language)
        found = html.unescape(fetched(f"{base}/search{asked(words='就业')}")[1])
        lacking = html.unescape(fetched(f"{base}/search{asked(words='就业', year='2024')}")[1])
        never.set()

    assert all(sentence in found for sentence in sentences)
    assert found.count('<p class="passage"') == 1
    assert {"en": "No passage that is in the index holds", "zh": "索引已收入的段落中没有"}[language] in lacking


@pytest.mark.parametrize(("place", "first"), [("河北", ["河北省"]), ("郑州市", ["河南省"]), ("", [])])
def test_the_province_of_a_place_is_indexed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, first: list[str]
) -> None:
    write_lake(DirectoryStore(tmp_path), lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业")]))
    made: list[str] = []
    whole = threading.Event()

    def full_text(archive: Archive, place: str = "") -> pa.Table:
        """Everything is made only once the province was."""
        assert place or not first or whole.wait(60)
        made.append(place)
        told = original(archive, place)
        whole.set()
        return told

    original = serving._full_text
    monkeypatch.setattr(serving, "_full_text", full_text)
    with served_at(tmp_path) as viewer:
        address = f"{opened(viewer)}/search{asked(words='就业', place=place)}"
        until(lambda: "are in the index" not in fetched(address)[1])

    assert made == [*first, ""]


def test_an_index_that_was_removed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lake(DirectoryStore(tmp_path), lake_of(sections=[(HEBEI, "就业"), (HENAN, "就业")]))
    monkeypatch.setattr(screen, "_AGAIN", 0.01)

    with served_at(tmp_path) as viewer:
        address = f"{opened(viewer)}/search{asked(words='就业')}"
        for _ in range(2):
            until(lambda: "2 hits" in fetched(address)[1])
            shutil.rmtree(tmp_path / "search")


def test_every_page_has_the_field_to_search(watched: Watched, searching: str) -> None:
    watched.page.goto(watched.address)
    watched.page.get_by_label("Words to search for").fill("就业")
    watched.page.keyboard.press("Enter")

    watched.page.locator("mark").first.wait_for()
    assert watched.page.locator("h1").inner_text() == "Search"


def test_the_amounts_of_projects_lead_to_their_cells(viewer: str) -> None:
    base = opened(viewer)
    _, page, _ = fetched(f"{base}/projects")
    amounts = re.findall(r'<td class="number"><a href="([^"]+row=\d+[^"]+)">([\d,.]+)</a>', page)
    assert len(amounts) > 20

    address, amount = amounts[0]
    _, document, _ = fetched(urllib.parse.urljoin(base, address.replace("&amp;", "&")))

    chosen = re.search(r'class="[^"]*chosen"[^>]*>(?:<a[^>]*>)?([\d,.]+)', document)
    assert chosen
    assert float(amount.replace(",", "")) in {float(chosen[1].replace(",", "")) * unit for unit in (1, 10_000)}


def test_the_targets_of_a_project_lead_to_their_cells(viewer: str) -> None:
    base = opened(viewer)
    _, page, _ = fetched(f"{base}/projects{asked(targets='with', words='就业')}")
    address = re.search(r'<a href="([^"]+/projects\?[^"]+)">(\d+)<span', page)
    assert address

    _, targets, _ = fetched(urllib.parse.urljoin(base, address[1].replace("&amp;", "&")))

    section = targets.split('id="part-targets"')[1].split("</table>")[0]
    assert section.count("<tr>") == int(address[2]) + 1
    assert len(re.findall(r"row=\d+&amp;column=\d+", section)) > 0


def test_projects_without_targets_are_told_apart(viewer: str) -> None:
    base = opened(viewer)
    counted = [
        len(fetched(f"{base}/projects/projects.csv{asked(targets=targets)}")[1].splitlines())
        for targets in ("", "with", "without")
    ]

    assert counted[0] - 1 == counted[1] - 1 + counted[2] - 1
    assert counted[1] > 1


def cell(row: int, column: int, text: str) -> dict[str, object]:
    return {"row_index": row, "column_index": column, "text": text}


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ([cell(0, 0, "道路 养护"), cell(0, 1, "1,200.00")], (0, 1)),
        ([cell(0, 1, "1200")], (0, 1)),
        ([cell(0, 0, "桥梁"), cell(0, 1, "1200"), cell(1, 0, "道路养护"), cell(1, 1, "1200")], (1, 1)),
        ([cell(1, 0, "道路养护"), cell(1, 1, "1200"), cell(1, 2, "1200")], None),
        ([cell(1, 0, "道路养护"), cell(1, 1, "1200"), {**cell(1, 2, "1200"), "is_whole": True}], (1, 2)),
        ([cell(0, 0, "预算数"), cell(0, 2, "1200"), cell(0, 3, "其中：财政资金"), cell(0, 4, "1200")], (0, 2)),
        ([cell(0, 1, "12000000")], None),
    ],
)
def test_the_place_of_a_budget_is_told_only_where_one_cell_prints_it(
    cells: list[dict[str, object]], place: tuple[int, int] | None
) -> None:
    project = {"unit": "万元", "project_name": "道路养护", "project_code": None, "budget": 12_000_000}

    found = place_of(project, "budget", cells)

    assert (found and (found["row_index"], found["column_index"])) == place
