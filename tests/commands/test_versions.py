"""`gongkai versions`, as a person calls it: two workbooks published at one address, one after the other."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.directory_store import DirectoryStore
from gongkai.exits import Exit
from gongkai.opened_lake import OpenLake
from gongkai.parsing.stage import parse
from tests.commands.conftest import Command

URL = "https://czj.example.gov.cn/2025.xlsx"


def workbook(amount: str, body: str = "济源市教育局 2025年") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["财政拨款“三公”经费支出预算表"],
        [f"部门名称：{body}", "", "单位：万元"],
        ["项目", "2025年预算数"],
        ["合计", "30.00"],
        ["因公出国（境）费", "0.00"],
        ["公务接待费", amount],
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def replaced(tmp_path: Path) -> str:
    """The root of an archive in which 公务接待费 became another number, and the first file came back."""
    archive = Archive(DirectoryStore(tmp_path / "replaced"))
    first, second = workbook("12.00"), workbook("13.50")
    captures = [
        Capture(
            capture_id=f"c{number}",
            run_id="20250101T000000000000Z-0000",
            portal="p",
            role=Role.ATTACHMENT,
            url=URL,
            outcome=Outcome.CAPTURED,
            requested_at=dt.datetime(2025, 1, number, tzinfo=dt.UTC),
            payload_sha256=archive.keep_original(data).sha256,
            payload_bytes=len(data),
            file_name="2025年部门预算.xlsx",
            title="济源市教育局2025年部门预算",
        )
        for number, data in enumerate((first, first, second, first), 1)
    ]
    archive.record(captures)
    parse(archive, workers=1)
    return str(tmp_path / "replaced")


def test_the_number_that_changed_is_named(gongkai: Command, replaced: str) -> None:
    ended = gongkai("--root", replaced, "versions", URL, "-f", "json")
    assert ended.code == Exit.OK, ended.errors
    rows = json.loads(ended.output)
    assert [(row["version"], row["amounts_changed"]) for row in rows] == [(1, None), (2, 1), (3, 1)]
    assert rows[0]["last_observed_at"].startswith("2025-01-02")
    changed = json.loads(gongkai("--root", replaced, "versions", URL, "--amounts", "-f", "json").output)
    assert [(row["label"], row["amount_before"], row["amount_after"]) for row in changed] == [
        ("公务接待费", "120000.00", "135000.00"),
        ("公务接待费", "135000.00", "120000.00"),
    ]


def test_no_file_of_another_document_is_read(gongkai: Command, replaced: str, tmp_path: Path) -> None:
    other = tmp_path / "新乡市民政局2023年.xlsx"
    other.write_bytes(workbook("7.00", "新乡市民政局 2023年"))
    assert gongkai("--root", replaced, "add", str(other)).code == Exit.OK
    parse(Archive(DirectoryStore(Path(replaced))), workers=1)
    (file,) = Path(replaced).glob("lake/line_items/**/department=民政/*.parquet")
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    ended = gongkai("--root", replaced, "versions", URL, "-f", "json")
    assert ended.code == Exit.OK, ended.errors
    assert gongkai("--root", replaced, "query", "SELECT count(amount) FROM line_items").code != Exit.OK


def test_python_tells_what_the_commands_tell(replaced: str) -> None:
    with OpenLake(replaced) as lake:
        assert lake.versions(URL)["amounts_changed"].to_pylist() == [None, 1, 1]
        assert lake.versions(URL, amounts=True)["version"].to_pylist() == [2, 3]
        assert lake.withdrawn()["became"].to_pylist() == ["replaced"]


def test_a_document_nobody_knows_is_one_sentence(gongkai: Command) -> None:
    ended = gongkai("versions", "ffffffffffff")
    assert (ended.code, ended.is_one_sentence) == (Exit.SOMETHING_FAILED, True)
