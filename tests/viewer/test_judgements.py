"""Contradictions and what a group thinks of them: kept beside the archive, which stays as it is."""

from __future__ import annotations

import base64
import concurrent.futures
import csv
import hashlib
import http.client
import io
import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.viewer import judgements
from gongkai.viewer.protection import Guard
from gongkai.viewer.screens import choices
from tests.browsers import Watched
from tests.viewer.conftest import served_at
from tests.viewer.test_application import fetched, opened


@pytest.fixture(scope="module")
def kept(demo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("group") / "judgements.jsonl"


@pytest.fixture(scope="module")
def judging(demo_root: Path, kept: Path) -> Iterator[str]:
    """The inbox of a viewer with a file of judgements."""
    with served_at(demo_root, judgements=kept) as address:
        yield ready(f"{opened(address)}/contradictions")


@pytest.fixture(scope="module")
def names(judging: str) -> list[str]:
    """Every contradiction of the inbox, by its name."""
    return [row["contradiction"] for row in inbox(judging)]


@pytest.fixture(autouse=True)
def no_judgements(kept: Path) -> None:
    kept.unlink(missing_ok=True)


def inbox(address: str, asked: str = "") -> list[dict[str, str]]:
    """The rows of the inbox, as its CSV has them."""
    status, text, _ = fetched(f"{address}/contradictions.csv{asked}")
    assert status == 200
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def ready(address: str) -> str:
    """The address of an inbox, once all documents were compared."""
    while "are being compared" in fetched(address)[1]:
        pass
    return address


def shown(address: str) -> list[str]:
    """The names of the contradictions that a page links to."""
    return re.findall(r"contradiction=([0-9a-f]{16})", fetched(address)[1])


def posted(address: str, headers: dict[str, str] | None = None, **fields: str) -> tuple[int, str]:
    """Status, and where a form is sent on to."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc)
    sent = {"Origin": f"http://{parts.netloc}", "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    connection.request("POST", parts.path, urllib.parse.urlencode(fields), sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers["Location"] or text


def hashes(root: Path) -> dict[str, str]:
    """Every file of an archive with its hash; the index of the full text is a cache."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and "search" not in path.parts)
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_judgement_is_kept_beside_the_archive_which_stays_as_it_is(
    judging: str, kept: Path, demo_root: Path, names: list[str]
) -> None:
    one = names[0]
    before = hashes(demo_root)

    status, back = posted(judging, contradiction=one, verdict="accepted", note="见 <b>第 3 页</b>\r\n", who="王芳")

    assert status == 303
    assert f"contradiction={one}" in back
    line = json.loads(kept.read_text(encoding="utf-8"))
    assert (line["contradiction"], line["verdict"], line["who"]) == (one, "accepted", "王芳")
    assert line["publication"] == judging.split("/")[-2]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["at"])
    assert re.fullmatch(r"[0-9a-f]{64}", line["document_sha256"])
    _, page, _ = fetched(urllib.parse.urljoin(judging, back))
    assert "见 &lt;b&gt;第 3 页&lt;/b&gt;" in page
    assert hashes(demo_root) == before


def test_open_and_judged_ones_are_told_apart_until_they_are_opened_again(judging: str, names: list[str]) -> None:
    one = names[0]
    posted(judging, contradiction=one, verdict="dismissed", who="a")
    posted(judging, contradiction=one, verdict="noted", note="b", who="a")

    assert shown(f"{judging}?state=judged") == [one]
    assert (
        shown(f"{judging}?state=open") == names[1:] == [row["contradiction"] for row in inbox(judging, "?state=open")]
    )
    posted(judging, contradiction=one, verdict="reopened", who="a")
    assert shown(f"{judging}?state=judged") == []


@pytest.mark.parametrize("asked", ["", "?kind=text", "?place=河北省/秦皇岛市&year=2025", "?year=1999"])
def test_the_page_shows_what_its_data_hold(judging: str, asked: str) -> None:
    address = urllib.parse.quote(asked, safe="?=&/")

    assert shown(judging + address) == [row["contradiction"] for row in inbox(judging, address)]


def test_both_sides_of_every_contradiction_lead_to_their_places(judging: str, names: list[str]) -> None:
    for name in names:
        status, page, _ = fetched(f"{judging}?contradiction={name}")

        assert status == 200
        assert page.count('class="side-of"') == 2
        assert len(re.findall(r'<li>.*?href="[^"]*/document\?', page)) >= 1


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"verdict": "burnt", "who": "a"}, 400, "verdict"),
        ({"verdict": "accepted", "who": " "}, 400, "needs the name"),
        ({"verdict": "noted", "who": "a"}, 400, "needs words"),
        ({"verdict": "accepted", "who": "a", "contradiction": "0" * 16}, 404, "no contradiction"),
        ({"verdict": "accepted", "who": "a" * 81}, 400, "too long"),
        ({"verdict": "accepted", "who": "a\x1b[2J"}, 400, "not printable"),
    ],
)
def test_a_form_that_makes_no_sense_keeps_nothing(
    judging: str, kept: Path, fields: dict[str, str], status: int, told: str
) -> None:
    given = {"contradiction": shown(judging)[0], **fields}

    answered, page = posted(judging, None, **given)

    assert answered == status
    assert told in page
    assert not kept.exists()


def test_without_a_file_the_inbox_can_only_be_read(viewer: str, names: list[str]) -> None:
    address, one = ready(f"{opened(viewer)}/contradictions"), names[0]
    _, page, _ = fetched(f"{address}?contradiction={one}")

    assert "can only be read" in page
    assert "<textarea" not in page
    assert posted(address, contradiction=one, verdict="accepted", who="a")[0] == 400


def test_the_user_of_the_password_is_who_judges(
    demo_root: Path, tmp_path: Path, judging: str, names: list[str]
) -> None:
    kept = tmp_path / "kept.jsonl"
    known = {"Authorization": f"Basic {base64.b64encode(b'desk:secret').decode()}"}
    with served_at(demo_root, Guard(frozenset(), "desk", "secret"), kept) as address:
        base = f"{address}/en/{judging.split('/')[-2]}/contradictions"

        assert posted(base, known, contradiction=names[0], verdict="accepted", who="someone else")[0] == 303
    assert json.loads(kept.read_text(encoding="utf-8"))["who"] == "desk"


def test_judgements_are_exported(judging: str, names: list[str]) -> None:
    one = names[0]
    posted(judging, contradiction=one, verdict="accepted", note="=1+1", who="a")

    lines = fetched(f"{judging}/judgements.jsonl")[1].splitlines()
    assert [json.loads(line)["contradiction"] for line in lines] == [one]
    rows = csv.DictReader(io.StringIO(fetched(f"{judging}/judgements.csv")[1]))
    assert [row["note"] for row in rows] == ["'=1+1"]
    assert fetched(f"{judging}/judgements.xlsx")[0] == 200


def test_a_half_line_is_passed_over_and_the_next_one_is_whole(judging: str, kept: Path, names: list[str]) -> None:
    one = names[0]
    kept.write_text('{"contradiction": "0123", "verdict": "acc', encoding="utf-8")

    assert posted(judging, contradiction=one, verdict="accepted", who="a")[0] == 303

    found = judgements.read(kept)
    assert [line["contradiction"] for line in found.lines] == [one]
    assert found.unread == 1
    assert "1 lines of the file of judgements could not be read" in fetched(judging)[1]


def test_judgements_given_at_once_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    with concurrent.futures.ThreadPoolExecutor(8) as people:
        given = [{"contradiction": str(at), "verdict": "noted", "note": "字" * 3000} for at in range(40)]
        list(people.map(lambda each: judgements.append(path, each), given))

    found = judgements.read(path)
    assert {line["contradiction"] for line in found.lines} == {str(at) for at in range(40)}
    assert found.unread == 0


def test_the_inbox_is_read_and_judged_by_keyboard_alone(watched: Watched, judging: str, kept: Path) -> None:
    watched.address = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(judging))
    watched.page.goto(judging)
    watched.page.locator(".inbox a").first.focus()
    watched.page.keyboard.press("Enter")
    watched.page.get_by_label("Your name").fill("王芳")
    watched.page.get_by_role("button", name="Accept").focus()
    watched.page.keyboard.press("Enter")

    watched.page.get_by_text("What was said of it").wait_for()
    assert json.loads(kept.read_text(encoding="utf-8"))["verdict"] == "accepted"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has every lake be one that is not compared at once."""
    monkeypatch.setitem(choices.MOST, "documents", 1)


@pytest.mark.usefixtures("large")
def test_of_a_large_lake_a_province_is_chosen_and_its_newest_year_shown(judging: str, names: list[str]) -> None:
    chinese = judging.replace("/en/", "/zh/")
    assert "Choose a province" in fetched(judging)[1]
    assert "选择省份" in fetched(chinese)[1]
    assert shown(judging) == []

    province = f"{judging}?place={urllib.parse.quote('河北省')}"
    assert province in [
        urllib.parse.urljoin(judging, link) for link in re.findall(r'href="([^"]+)"', fetched(judging)[1])
    ]
    years = re.findall(r'href="[^"]*year=(\d{4})[^"]*"(?: aria-current="page")?>\1<', fetched(ready(province))[1])
    found = [name for year in years for name in shown(ready(f"{province}&year={year}"))]

    assert years == sorted(years, reverse=True)
    assert (
        shown(province)
        == shown(f"{province}&year={years[0]}")
        == [row["contradiction"] for row in inbox(judging, f"{province}&year={years[0]}".removeprefix(judging))]
    )
    assert set(found) == set(names)


@pytest.mark.usefixtures("large")
def test_a_contradiction_of_a_large_lake_is_judged(judging: str, kept: Path, names: list[str]) -> None:
    of = f"{judging}?place={urllib.parse.quote('河北省')}"
    one = shown(ready(of))[0]
    status, page, _ = fetched(f"{of}&contradiction={one}")
    fields = dict(re.findall(r'name="(back_\w+)" value="([^"]*)"', page))

    assert status == 200
    assert fields["back_place"] == "河北省"
    answered, back = posted(judging, contradiction=one, verdict="accepted", who="a", **fields)
    assert answered == 303
    assert urllib.parse.urlencode({"place": "河北省", "year": fields["back_year"]}) in back
    assert kept.exists()
    assert posted(judging, contradiction=one, verdict="accepted", who="a")[0] == 404
