"""Documents found by what captures say, those that stand no more, and several handed out at once."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive, OriginalAlteredError
from gongkai.archive.capture import Capture, Outcome, Role
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.handing_out import Zip, _cell, hand_out, new_folder, safe_name
from gongkai.archive.retrieval import Asked, Found, History

SITE = "https://czj.example.gov.cn/"
FOUND = Found("ab" * 32, 1, f"{SITE}a/1.pdf", dt.datetime(2025, 1, 1, tzinfo=dt.UTC), None, "p", "file", *[None] * 6)


def day(number: int) -> dt.datetime:
    return dt.datetime(2025, 1, number, 12, tzinfo=dt.UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A PDF replaced on the third and gone on the fifth, one that stays, an article with its number, a listing."""
    opened = Archive(DirectoryStore(tmp_path / "archive"))

    def seen(number: int, name: str, data: bytes | None, outcome: Outcome, role: Role, **facts: str) -> Capture:
        sha256 = opened.keep_original(data).sha256 if data is not None else None
        return Capture(
            capture_id=f"{name}{number}",
            run_id="20250101T000000000000Z-0000",
            portal="p",
            role=role,
            url=SITE + name,
            outcome=outcome,
            requested_at=day(number),
            payload_sha256=sha256,
            payload_bytes=data and len(data),  # type: ignore[arg-type]
            **facts,  # type: ignore[arg-type]
        )

    file, new, same = Role.ATTACHMENT, Outcome.CAPTURED, Outcome.UNCHANGED
    opened.record(
        [
            seen(1, "list.html", b"list", new, Role.LISTING, title="部门预算"),
            seen(1, "page.html", b"page", new, Role.ARTICLE, title="2025年部门预算", index_number="000014348/2025-1"),
            seen(1, "a.pdf", b"old", new, file, title="2025年部门预算", parent_url=f"{SITE}page.html"),
            seen(2, "a.pdf", b"old", same, file, title="2025年部门预算", parent_url=f"{SITE}page.html"),
            seen(3, "a.pdf", b"new", new, file, title="2025年部门预算", parent_url=f"{SITE}page.html"),
            seen(5, "a.pdf", None, Outcome.GONE, file),
            seen(6, "a.pdf", None, Outcome.GONE, file),
            seen(2, "b.pdf", b"other", new, file, title="2024年部门决算"),
        ]
    )
    return opened


def payloads(archive: Archive, asked: Asked) -> list[bytes]:
    with contextlib.closing(History(archive)) as history:
        return [archive.original(found.sha256) for found in history.find(asked)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), [b"new", b"other", b"page"]),
        (Asked(words=("部门", "决算")), [b"other"]),
        (Asked(index_number="000014348/2025-1"), [b"new", b"page"]),
        (Asked(index_number="000014348"), []),
        (Asked(as_of=day(1) + dt.timedelta(hours=1)), [b"old", b"page"]),
        (Asked(as_of=day(4)), [b"new", b"other", b"page"]),
        (Asked(as_of=day(5) + dt.timedelta(hours=1)), [b"other", b"page"]),
        (Asked(hashes=[hashlib.sha256(b"other").hexdigest()]), [b"other"]),
        (Asked(hashes=[]), []),
    ],
)
def test_documents_are_found_by_what_was_asked(archive: Archive, asked: Asked, expected: list[bytes]) -> None:
    assert payloads(archive, asked) == expected


def test_what_stands_no_more_is_told_with_its_days(archive: Archive) -> None:
    with contextlib.closing(History(archive)) as history:
        gone, replaced = history.withdrawn()
    new = hashlib.sha256(b"new").hexdigest()
    assert (gone.became, gone.sha256, gone.last_observed_at, gone.since) == ("gone", new, day(3), day(5))
    assert (replaced.became, replaced.last_observed_at, replaced.since) == ("replaced", day(2), day(3))
    assert replaced.replaced_by == new


def test_what_stands_at_another_address_has_moved(archive: Archive) -> None:
    original = archive.keep_original(b"new")
    archive.record(
        [
            Capture(
                capture_id="moved",
                run_id="20250108T000000000000Z-0000",
                portal="p",
                role=Role.ATTACHMENT,
                url=f"{SITE}moved.pdf",
                outcome=Outcome.CAPTURED,
                requested_at=day(8),
                payload_sha256=original.sha256,
                payload_bytes=3,
            )
        ]
    )

    with contextlib.closing(History(archive)) as history:
        moved, replaced = history.withdrawn()
    assert (moved.became, moved.moved_to, moved.since) == ("moved", f"{SITE}moved.pdf", day(5))
    assert (replaced.became, replaced.moved_to) == ("replaced", None)


def zipped(archive: Archive) -> bytes:
    stream = io.BytesIO()
    with contextlib.closing(History(archive)) as history, contextlib.closing(Zip(stream)) as package:
        hand_out(archive, history.find(Asked(words=("部门",))), package, day(4))
    return stream.getvalue()


def test_a_zip_is_the_same_each_time_and_checked_by_sha256sum(archive: Archive, tmp_path: Path) -> None:
    data = zipped(archive)
    assert zipped(archive) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        package.extractall(tmp_path / "out")
    checked = subprocess.run(["sha256sum", "--check", "--strict", "CHECKSUMS"], cwd=tmp_path / "out", check=False)
    assert checked.returncode == 0
    captures = [json.loads(line) for line in (tmp_path / "out" / "captures.jsonl").read_text("utf-8").splitlines()]
    assert [each["capture_id"] for each in captures] == ["page.html1", "a.pdf1", "a.pdf2", "a.pdf3", "b.pdf2"]
    assert (tmp_path / "out" / "manifest.csv").read_text("utf-8").count("\n") == 4


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "＝1+1", "-1", "@sum", "\t=1"])
def test_no_text_of_a_manifest_is_calculated(text: str) -> None:
    assert _cell(text) == f"'{text}"
    assert _cell("2024年预算") == "2024年预算"


def test_a_folder_cut_off_is_not_there(archive: Archive, tmp_path: Path) -> None:
    original = next((tmp_path / "archive" / "raw").rglob(hashlib.sha256(b"page").hexdigest()))
    original.chmod(0o644)
    original.write_bytes(b"altered")
    history = History(archive)
    with pytest.raises(OriginalAlteredError), new_folder(tmp_path / "out") as folder:
        hand_out(archive, history.find(Asked()), folder, None)
    history.close()
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("2024年部门预算.pdf", "2024年部门预算-abababababab.pdf"),
        ("../../etc/passwd", "etc_passwd-abababababab"),
        ("CON.x.pdf", "CON_x-abababababab.pdf"),
        ("C:\\a\\b.XLS", "C_a_b-abababababab.xls"),
        ("a\u202efdp.exe", "a_fdp-abababababab.exe"),
        ("...", "document-abababababab"),
        ("预" * 100 + ".pdf", "预" * 50 + "-abababababab.pdf"),
        (None, "1-abababababab.pdf"),
    ],
)
def test_names_are_safe_everywhere(given: str | None, name: str) -> None:
    assert safe_name(dataclasses.replace(FOUND, file_name=given)) == name
