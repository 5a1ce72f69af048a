"""Adding local files, as ``gongkai add`` does."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Outcome, Role
from gongkai.archive.local_files import add_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files, one of them empty, one in a folder of its own, among hidden ones."""
    folder = tmp_path / "公开 2025"
    (folder / "附件").mkdir(parents=True)
    (folder / "b.pdf").write_bytes(b"%PDF-1.7")
    (folder / "空.docx").write_bytes(b"")
    (folder / "附件" / "a&b#1.xlsx").write_bytes(b"PK")
    (folder / ".hidden").write_bytes(b"no")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(b"no")
    return folder


def names(archive: Archive) -> list[str | None]:
    return [capture.file_name for capture in archive.captures("local")]


def test_files_and_folders_become_captures(archive: Archive, folder: Path) -> None:
    done: list[Path] = []
    report = add_files(archive, [folder], progress=done.append)
    assert (report.captured, report.unchanged, report.problems) == (3, 0, ())
    captures = list(archive.captures("local"))
    assert names(archive) == ["b.pdf", "空.docx", "a&b#1.xlsx"]
    assert done == [folder / "b.pdf", folder / "空.docx", folder / "附件" / "a&b#1.xlsx"]
    assert [capture.url for capture in captures] == [path.as_uri() for path in done]
    for capture, path in zip(captures, done, strict=True):
        assert (capture.role, capture.outcome, capture.run_id) == (Role.FILE, Outcome.CAPTURED, report.run_id)
        assert archive.original(str(capture.payload_sha256)) == path.read_bytes()
        assert capture.payload_bytes == path.stat().st_size
        assert capture.media_type_detected is None


def test_adding_again_adds_observations_and_changes_add_versions(archive: Archive, folder: Path) -> None:
    add_files(archive, [folder])
    first = archive.keep_original(b"%PDF-1.7").sha256
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 second")
    report = add_files(archive, [str(folder)])
    assert (report.captured, report.unchanged) == (1, 2)
    changed = archive.versions((folder / "b.pdf").as_uri())
    assert [capture.previous_sha256 for capture in changed] == [None, first]
    assert len(list(archive.originals())) == 4
    assert len(list(archive.captures())) == 6


def test_a_problem_stops_nothing(archive: Archive, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"secret")
    (folder / "link.pdf").symlink_to(outside)
    (folder / "broken.pdf").symlink_to("nowhere")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind(os.path.relpath(folder / "socket"))
        report = add_files(archive, [tmp_path / "missing", "nul\0byte", folder, folder / "b.pdf"])
    assert report.captured == 3
    reasons = {problem.path.name: problem.reason for problem in report.problems}
    assert "No such file" in reasons["missing"]
    assert "null byte" in reasons["nul\0byte"]
    assert "is a link out of" in reasons["link.pdf"]
    assert "No such file" in reasons["broken.pdf"]
    assert "neither a file nor a directory" in reasons["socket"]
    assert len(reasons) == 5
    assert "secret" not in str([archive.original(sha256) for sha256, _ in archive.originals()])


def test_a_link_given_by_name_and_a_link_inside_are_followed(archive: Archive, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "given.pdf").symlink_to(folder / "b.pdf")
    (folder / "inside.pdf").symlink_to("b.pdf")
    assert add_files(archive, [tmp_path / "given.pdf", folder]).captured == 5
    assert names(archive) == ["given.pdf", "b.pdf", "inside.pdf", "空.docx", "a&b#1.xlsx"]


def test_unreadable_files_are_problems(archive: Archive, folder: Path) -> None:
    # Reading this file fails for everybody, root included.
    if not Path("/proc/self/mem").exists():
        pytest.skip("no /proc to fail")
    report = add_files(archive, ["/proc/self/mem", folder])
    assert report.captured == 3
    assert [str(problem.path) for problem in report.problems] == ["/proc/self/mem"]


def test_names_that_are_not_utf8(archive: Archive, tmp_path: Path) -> None:
    name = os.fsdecode("预算".encode("gb18030"))
    try:
        (tmp_path / name).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert add_files(archive, [tmp_path / name]).captured == 1
    (capture,) = archive.captures("local")
    assert capture.file_name == r"\xd4\xa4\xcb\xe3"
    assert capture.url.endswith("/%D4%A4%CB%E3")
    assert add_files(archive, [tmp_path / name]).unchanged == 1


def test_relative_paths_and_dots_name_the_same_file(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert add_files(archive, ["b.pdf", "./b.pdf", "附件/../b.pdf"]).captured == 1


def test_the_archive_is_not_added_to_itself(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path / "gongkai-data"))
    (tmp_path / "a.txt").write_bytes(b"1")
    add_files(archive, [tmp_path])
    report = add_files(archive, [tmp_path, tmp_path / "gongkai-data" / "raw"])
    assert (report.captured, report.unchanged) == (0, 1)
    assert [problem.reason.partition(" belongs")[2] for problem in report.problems] == [" to the archive itself"]


def test_captures_are_recorded_in_batches_after_their_originals(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(205):
        (folder / f"{number:03d}").write_bytes(str(number).encode())
    archive = Archive.open(str(tmp_path / "data"))
    report = add_files(archive, [folder])
    files = [info.key.rpartition("/")[2] for info in archive.store.list("captures/")]
    assert files == ["000000.parquet", "000001.parquet", "000002.parquet"]
    assert report.captured == len(list(archive.captures())) == 205


def test_an_interrupt_keeps_what_was_done(archive: Archive, folder: Path) -> None:
    def interrupt(path: Path) -> None:
        if path.name == "空.docx":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_files(archive, [folder], progress=interrupt)
    assert names(archive) == ["b.pdf", "空.docx"]
    assert add_files(archive, [folder]).unchanged == 2
