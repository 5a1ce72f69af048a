"""`gongkai add`, `get`, `verify`, `status`, `parse` and `portals`, on a directory and on S3."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.archive import open_store
from gongkai.archive.archive import Archive
from gongkai.exits import Exit
from gongkai.lake.manifest import read_manifest
from tests.commands.conftest import BUDGET, Command, Ended
from tests.documents.embedding import docx_with

SHA256 = hashlib.sha256(BUDGET).hexdigest()


def rows(ended: Ended) -> list[dict[str, object]]:
    parsed: list[dict[str, object]] = json.loads(ended.output)
    return parsed


def test_add_names_what_is_missing_and_keeps_the_rest(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("new")
    ended = gongkai("add", str(tmp_path / "new.txt"), str(tmp_path / "missing.pdf"))
    assert ended.code == Exit.SOMETHING_FAILED
    assert ended.output == "captured 1 · unchanged 0 · refused 1\n"
    assert "missing.pdf" in ended.errors
    again = gongkai("add", str(tmp_path / "new.txt"))
    assert (again.code, again.output) == (Exit.OK, "captured 0 · unchanged 1 · refused 0\n")


def test_add_records_what_is_told_and_names_the_next_step(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("new")
    told = ("--year", "2024", "--entity", "大冶市 教育局", "--place", "黄石市大冶市", "--phase", "executed")
    first = gongkai("add", *told, str(tmp_path / "new.txt"))
    again = gongkai("add", *told, str(tmp_path / "new.txt"))
    assert (first.code, again.code) == (Exit.OK, Exit.OK)
    assert first.errors.endswith(" parse\n")
    assert again.errors.endswith(" parse --all\n")
    archive = Archive.open(str(tmp_path / "archive"))
    captures = [capture for capture in archive.captures("local") if capture.file_name == "new.txt"]
    facts = [(one.told_year, one.told_entity, one.told_division, one.told_phase) for one in captures]
    assert facts == [(2024, "大冶市教育局", "420281", "executed")] * 2


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--place", "大治市", "大冶市"),
        ("--place", "鼓楼区", "320106"),
        ("--place", "12345", "six-digit"),
        ("--year", "1899", "2000"),
        ("--year", "今年", "integer"),
        ("--entity", "2024年教育局", "full name"),
        ("--entity", "局", "full name"),
        ("--phase", "final", "approved"),
    ],
)
def test_add_refuses_wrong_values_in_one_sentence(
    gongkai: Command, tmp_path: Path, option: str, value: str, said: str
) -> None:
    (tmp_path / "new.txt").write_text("new")
    refused = gongkai("add", option, value, str(tmp_path / "new.txt"))
    assert refused.code == Exit.WRONG_USAGE
    assert refused.is_one_sentence
    assert said in refused.errors


def test_get_gives_the_very_bytes_by_hash_address_or_path(gongkai: Command, tmp_path: Path) -> None:
    source = tmp_path / "说明.txt"
    for number, name in enumerate((SHA256, SHA256[:8], source.as_uri(), str(source))):
        file = tmp_path / f"out{number}"
        ended = gongkai("get", name, "--output", str(file))
        assert ended.code == Exit.OK, ended.errors
        assert file.read_bytes() == BUDGET
        assert SHA256 in ended.errors
    assert gongkai("get", SHA256, "-o", "-").output.encode() == BUDGET


def test_get_uses_the_original_s_own_name_but_replaces_nothing(
    gongkai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert gongkai("get", SHA256).code == Exit.OK
    assert (elsewhere / "说明.txt").read_bytes() == BUDGET
    refused = gongkai("get", SHA256)
    assert refused.code == Exit.WRONG_USAGE
    assert refused.is_one_sentence


def test_get_finds_every_version(gongkai: Command, tmp_path: Path) -> None:
    file = tmp_path / "budget.txt"
    for text in ("first", "second"):
        file.write_text(text)
        gongkai("add", str(file))
    assert gongkai("get", str(file), "-o", "-").output == "second"
    assert gongkai("get", str(file), "-o", "-", "--version", "1").output == "first"
    assert gongkai("get", str(file), "-o", "-", "--at", "2999-01-01").output == "second"
    assert [row["version"] for row in rows(gongkai("get", str(file), "--versions", "-f", "json"))] == [1, 2]
    file.write_text("first")
    gongkai("add", str(file))
    assert gongkai("get", str(file), "-o", "-").output == "first", "what stands there now, not what was seen last anew"
    for arguments in (("--version", "3"), ("--at", "1999-01-01")):
        ended = gongkai("get", str(file), *arguments)
        assert ended.code == Exit.SOMETHING_FAILED
        assert ended.is_one_sentence


@pytest.mark.parametrize("what", ["0" * 64, "https://www.example.gov.cn/x.pdf", "no-such-file.pdf"])
def test_get_says_when_there_is_nothing(gongkai: Command, what: str) -> None:
    ended = gongkai("get", what)
    assert ended.code == Exit.SOMETHING_FAILED
    assert ended.is_one_sentence
    assert what in ended.errors


def test_get_refuses_an_original_that_was_altered(gongkai: Command, root: Path, tmp_path: Path) -> None:
    original = root / "raw" / "sha256" / SHA256[:2] / SHA256
    original.chmod(0o644)
    original.write_bytes(b"forged")
    ended = gongkai("get", SHA256, "-o", str(tmp_path / "out"))
    assert ended.code == Exit.SOMETHING_FAILED
    assert ended.is_one_sentence
    assert not (tmp_path / "out").exists()


NOTE = "某局2025年部门预算情况说明\n".encode()
ROWS = "科目编码,科目名称,金额\n201,一般公共服务支出,1.00\n".encode()


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return stream.getvalue()


INNER = {
    "depth/note.txt": NOTE,
    "inner.zip/附表/rows.csv": ROWS,
    "inner.zip/paper.docx/sheet.csv": ROWS.replace(b"1.00", b"2.00"),
}
"""What lies in ``PACKED``, by the name it has there: in a folder, in an archive in it, and in a paper in that."""

PAPER = docx_with({"sheet.csv": ("package", INNER["inner.zip/paper.docx/sheet.csv"])})
PACKED = zipped(
    **{"depth/note.txt": NOTE, "inner.zip": zipped(**{"附表/rows.csv": ROWS, "paper.docx": PAPER})},
)
PACKED_SHA256 = hashlib.sha256(PACKED).hexdigest()


def test_get_reaches_into_an_archive_file(gongkai: Command, any_root: str, tmp_path: Path) -> None:
    root = any_root
    (tmp_path / "packed.zip").write_bytes(PACKED)
    assert gongkai("--root", root, "add", str(tmp_path / "packed.zip")).code == Exit.OK
    wanted = {name: hashlib.sha256(content).hexdigest() for name, content in INNER.items()}
    early = gongkai("--root", root, "get", wanted["depth/note.txt"], "-o", "-")
    assert (early.code, early.output, early.is_one_sentence) == (Exit.SOMETHING_FAILED, "", True)
    assert "parse first" in early.errors
    gongkai("--root", root, "parse", "--workers", "1")
    for name, sha256 in wanted.items():
        ended = gongkai("--root", root, "get", sha256[:12], "-o", "out")
        assert ended.code == Exit.OK, ended.errors
        assert Path("out").read_bytes() == INNER[name]
        assert {sha256, PACKED_SHA256, repr(name)} <= set(ended.errors.replace(",", "").split())
    assert gongkai("--root", root, "get", PACKED_SHA256, "-o", "out").code == Exit.OK
    assert Path("out").read_bytes() == PACKED


@pytest.fixture
def packed(gongkai: Command, tmp_path: Path) -> str:
    """An archive root with ``PACKED``, parsed."""
    root = str(tmp_path / "packed")
    (tmp_path / "packed.zip").write_bytes(PACKED)
    gongkai("--root", root, "add", str(tmp_path / "packed.zip"))
    gongkai("--root", root, "parse", "--workers", "1")
    return root


def test_get_of_an_inner_file_keeps_the_promises_of_get(gongkai: Command, packed: str) -> None:
    sha256 = hashlib.sha256(NOTE).hexdigest()
    assert gongkai("--root", packed, "get", sha256).code == Exit.OK
    assert Path("note.txt").read_bytes() == NOTE, "its own name, without the folders"
    again = gongkai("--root", packed, "get", sha256)
    assert (again.code, again.is_one_sentence) == (Exit.WRONG_USAGE, True)
    for arguments in (["--versions"], ["--version", "1"], ["--at", "2025-01-01"]):
        refused = gongkai("--root", packed, "get", sha256, *arguments)
        assert (refused.code, refused.is_one_sentence) == (Exit.WRONG_USAGE, True)
        assert PACKED_SHA256 in refused.errors
    command = [sys.executable, "-m", "gongkai", "--root", packed, "get", sha256, "-o", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == NOTE
    assert PACKED_SHA256 in done.stderr.decode()


def test_get_gives_nothing_out_of_an_altered_archive_file(gongkai: Command, packed: str) -> None:
    original = Path(packed) / "raw" / "sha256" / PACKED_SHA256[:2] / PACKED_SHA256
    original.chmod(0o644)
    original.write_bytes(PACKED + b" ")
    ended = gongkai("--root", packed, "get", hashlib.sha256(NOTE).hexdigest(), "-o", "out")
    assert (ended.code, ended.is_one_sentence, Path("out").exists()) == (Exit.SOMETHING_FAILED, True, False)


@pytest.fixture
def parsed(gongkai: Command, tmp_path: Path) -> Path:
    """An archive with one file, parsed."""
    root = tmp_path / "parsed"
    gongkai("--root", str(root), "add", str(tmp_path / "说明.txt"))
    assert gongkai("--root", str(root), "parse", "--workers", "1").code == Exit.OK
    return root


def test_verify_finds_nothing_in_a_whole_archive(gongkai: Command, parsed: Path) -> None:
    ended = gongkai("--root", str(parsed), "verify")
    assert (ended.code, ended.output) == (Exit.OK, "")
    assert ended.errors.endswith(": 0 findings\n")
    assert rows(gongkai("--root", str(parsed), "verify", "-f", "json")) == []


def test_verify_names_every_altered_object_once_over_its_parts(gongkai: Command, parsed: Path) -> None:
    damaged = [parsed / "raw" / "sha256" / SHA256[:2] / SHA256, next(parsed.glob("lake/documents/*/*/*/data.parquet"))]
    for path in damaged:
        content = path.read_bytes()[:-1] + b"?"
        path.unlink()  # a file of its own: on a directory the version is another name of the current file
        path.write_bytes(content)
    expected = sorted(path.relative_to(parsed).as_posix() for path in damaged)
    whole = gongkai("--root", str(parsed), "verify", "-f", "json")
    assert whole.code == Exit.SOMETHING_FAILED
    assert sorted(str(row["key"]) for row in rows(whole)) == expected
    parts = [gongkai("--root", str(parsed), "verify", "--subset", f"{part}/3", "-f", "json") for part in (1, 2, 3)]
    assert sorted(str(row["key"]) for part in parts for row in rows(part)) == expected
    assert sorted(path in whole.output for path in expected) == [True, True]


def test_verify_and_status_miss_what_vanished_with_every_trace(gongkai: Command, parsed: Path) -> None:
    for folder in ("captures", "runs", "raw/sha256"):
        shutil.rmtree(parsed / folder)
    for command in ("verify", "status"):
        ended = gongkai("--root", str(parsed), command)
        assert ended.code == Exit.SOMETHING_FAILED
        assert SHA256 in ended.output
        assert "runs/" in ended.output
    shutil.rmtree(parsed / "lake")
    for command in ("verify", "status"):
        ended = gongkai("--root", str(parsed), command)
        assert ended.code == Exit.SOMETHING_FAILED
        assert "lake/manifest.json" in ended.output


def test_a_damaged_lake_answers_nothing_and_parse_all_rebuilds_it(gongkai: Command, parsed: Path) -> None:
    manifest = read_manifest(open_store(str(parsed)))
    assert manifest is not None
    for damaged in (parsed / manifest.of("documents")[0].version, parsed / "lake" / "manifest.json"):
        content = damaged.read_bytes()
        damaged.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
        commands = [["query", "FROM documents"], ["documents"], ["evidence", SHA256, "--page", "1"]]
        if damaged.name == "manifest.json":  # a run opens no file that it does not touch
            commands.append(["parse"])
        for arguments in commands:
            ended = gongkai("--root", str(parsed), *arguments)
            assert (ended.code, ended.output) == (Exit.ARCHIVE_UNUSABLE, "")
            assert ended.is_one_sentence
            assert "gongkai parse --all" in ended.errors
        status = gongkai("--root", str(parsed), "status")
        assert (status.code, "parse --all" in status.errors) == (Exit.SOMETHING_FAILED, True)
        assert gongkai("--root", str(parsed), "parse", "--all", "--workers", "1").code == Exit.OK
        assert gongkai("--root", str(parsed), "verify").code == Exit.OK
        assert (
            gongkai("--root", str(parsed), "query", "SELECT count(*) FROM documents", "-f", "csv").output[-2:] == "1\n"
        )


def test_verify_stops_after_its_time(gongkai: Command) -> None:
    assert gongkai("verify", "--seconds", "0.000001").code == Exit.OK


def test_status_counts_what_is_there_and_what_waits(gongkai: Command) -> None:
    ended = gongkai("status", "-f", "json")
    counts = {(row["topic"], row["name"]): row["count"] for row in rows(ended)}
    assert counts["captures", "local captured"] == 1
    assert counts["originals", "stored"] == 1
    assert counts["documents", "parsed"] == 4
    assert counts["documents", "waiting"] == 1
    assert counts["issues", "place_unknown"] == 1
    assert counts["lake", "documents"] == 5
    assert counts["amounts", "doubtful"] == 1
    assert "1 originals wait" in ended.errors
    share = sum(float(str(row["percent"])) for row in rows(ended) if row["topic"] == "amounts")
    assert share == pytest.approx(100, abs=0.02)


def test_parse_reads_what_waits_and_nothing_twice(gongkai: Command, tmp_path: Path) -> None:
    root = str(tmp_path / "fresh")
    gongkai("--root", root, "add", str(tmp_path / "说明.txt"))
    first = gongkai("--root", root, "parse", "--workers", "1")
    assert "parsed before 0" in first.output
    second = gongkai("--root", root, "parse", "--workers", "1")
    assert (second.code, "parsed before 1" in second.output) == (Exit.OK, True)


def test_portals_are_listed_and_checked(gongkai: Command) -> None:
    assert isinstance(rows(gongkai("portals", "list", "-f", "json")), list)
    ended = gongkai("portals", "check")
    assert ended.code == Exit.OK
    assert ended.output.endswith("0 with errors\n")


def test_the_same_commands_work_on_s3(gongkai: Command, s3_root: str, tmp_path: Path) -> None:
    file = tmp_path / "说明.txt"
    assert gongkai("--root", s3_root, "query", "SELECT 1").code == Exit.ARCHIVE_UNUSABLE
    assert gongkai("--root", s3_root, "add", str(file)).output == "captured 1 · unchanged 0 · refused 0\n"
    assert gongkai("--root", s3_root, "get", SHA256, "-o", "-").output.encode() == BUDGET
    assert gongkai("--root", s3_root, "parse", "--workers", "1").code in {Exit.OK, Exit.SOMETHING_FAILED}
    assert [row["sha256"] for row in rows(gongkai("--root", s3_root, "documents", "-f", "json"))] == [SHA256]
    assert gongkai("--root", s3_root, "get", "--title", "说明", "--to", "out").code == Exit.OK
    names = ["CHECKSUMS", "as_read.csv", "captures.jsonl", "documents", "manifest.csv"]
    assert sorted(each.name for each in Path("out").iterdir()) == names
    assert gongkai("--root", s3_root, "query", "issues_by_kind", "-f", "csv").code == Exit.OK
    assert gongkai("--root", s3_root, "status").code == Exit.OK
    assert gongkai("--root", s3_root, "verify").code == Exit.OK


def test_an_s3_server_that_does_not_answer_is_named(gongkai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_S3_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("GONGKAI_S3_ATTEMPTS", "1")
    ended = gongkai("--root", "s3://bucket/prefix", "status")
    assert ended.code == Exit.ARCHIVE_UNUSABLE
    assert ended.is_one_sentence
