"""`gongkai copy`, `verify --heal-from` and `gongkai lock`, as they are typed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
import uuid
from pathlib import Path

import minio
import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.settings import copy_settings
from gongkai.exits import Exit
from tests.commands.conftest import BUDGET, Command
from tests.conftest import fresh_root
from tests.s3_servers import S3Server

KEY = f"raw/sha256/{hashlib.sha256(BUDGET).hexdigest()[:2]}/{hashlib.sha256(BUDGET).hexdigest()}"


def spoil(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"x" * path.stat().st_size)


def test_a_copy_answers_like_the_archive(gongkai: Command, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    first, again = gongkai("copy", copy), gongkai("copy", copy)
    assert (first.code, again.code) == (Exit.OK, Exit.OK)
    assert "copied 3 · " in again.errors, "the report of the first copy, and the inventory twice"
    sql = ("query", "select count(*) from line_items")
    assert gongkai("--root", copy, *sql).output == gongkai(*sql).output
    reports = [report for report in Archive.open(copy).run_reports() if report.get("command") == "copy"]
    assert [report["exit_code"] for report in reports] == [0]


def test_damage_is_named_not_copied_and_healed(gongkai: Command, root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    spoil(root / KEY)
    refused = gongkai("copy", str(copy), "--format", "json")
    assert refused.code == Exit.SOMETHING_FAILED
    assert [(row["problem"], row["key"]) for row in json.loads(refused.output)] == [("altered", KEY)]
    assert not (copy / KEY).exists()
    (root / KEY).write_bytes(BUDGET)
    assert gongkai("copy", str(copy)).code == Exit.OK
    spoil(root / KEY)
    gongkai("copy", str(copy), "--verify")
    assert (copy / KEY).read_bytes() == BUDGET
    told = tmp_path / "told"
    healed = gongkai("verify", "--heal-from", str(copy), "--notify", f"tee {told}")
    assert f"restored {KEY}" in healed.errors
    assert f"restored: {KEY}" in told.read_text()
    assert (root / KEY).read_bytes() == BUDGET
    assert KEY not in gongkai("verify").output


def test_a_copy_of_another_archive_is_refused(gongkai: Command, root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("other")
    gongkai("--root", str(tmp_path / "other"), "add", str(tmp_path / "other.txt"))
    for arguments in (("copy", str(tmp_path / "other")), ("copy", str(root / "copy")), ("copy", "x", "--rate", "fast")):
        ended = gongkai(*arguments)
        assert ended.code == Exit.WRONG_USAGE, arguments
    wrong = gongkai("verify", "--heal-from", str(tmp_path / "other"))
    assert wrong.code == Exit.WRONG_USAGE
    assert gongkai("verify", "--heal-from", "x", "--package", "y").code == Exit.WRONG_USAGE


def test_a_copy_between_two_servers_heals_the_first(
    gongkai: Command, seaweedfs: S3Server, ministack: S3Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = ("--root", fresh_root(seaweedfs, monkeypatch))
    second = f"s3://{ministack.bucket}/{uuid.uuid4().hex}"
    monkeypatch.setenv("GONGKAI_COPY_S3_ENDPOINT", ministack.url)
    monkeypatch.setenv("GONGKAI_COPY_ACCESS_KEY_ID", ministack.access_key)
    monkeypatch.setenv("GONGKAI_COPY_SECRET_ACCESS_KEY", ministack.secret_key)
    (tmp_path / "a.txt").write_bytes(BUDGET)
    gongkai(*first, "add", str(tmp_path / "a.txt"))
    assert gongkai(*first, "copy", second).code == Exit.OK
    store = Archive.open(first[1]).store
    captures = next(store.list("captures/")).key
    store.write(KEY, b"other")
    store.delete(captures)
    healed = gongkai(*first, "verify", "--heal-from", second)
    assert healed.code == Exit.OK, healed.errors
    assert f"restored {KEY}\nrestored {captures}\n" in healed.errors
    assert (gongkai(*first, "verify").code, store.read(KEY)) == (Exit.OK, BUDGET)


def test_a_killed_copy_is_whole_as_far_as_it_is_and_is_finished(gongkai: Command, root: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(40):
        (files / f"{number}.txt").write_text(f"{number}" * 10_000)
    gongkai("add", str(files))
    copy = tmp_path / "copy"
    slow = ("--root", str(root), "copy", str(copy), "--rate", "200K")
    running = subprocess.Popen([sys.executable, "-m", "gongkai", *slow], stderr=subprocess.DEVNULL)
    while len(list(copy.glob("raw/sha256/*/*"))) < 5:
        assert running.poll() is None
        time.sleep(0.02)
    running.kill()
    running.wait()
    for path in copy.glob("raw/sha256/*/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert not (copy / "inventory.json").exists()
    assert gongkai("copy", str(copy)).code == Exit.OK
    assert len(list(copy.glob("raw/sha256/*/*"))) == 41
    assert "copied 3 · " in gongkai("copy", str(copy)).errors


def test_the_copy_has_settings_of_its_own() -> None:
    ours = {"GONGKAI_S3_ENDPOINT": "http://a:1", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    assert copy_settings(ours).access_key == "k"
    elsewhere = copy_settings({**ours, "GONGKAI_COPY_S3_ENDPOINT": "https://b:2"})
    assert (elsewhere.endpoint, elsewhere.access_key, elsewhere.secret_key) == ("b:2", None, None)
    keys = {"GONGKAI_COPY_ACCESS_KEY_ID": "k2", "GONGKAI_COPY_SECRET_ACCESS_KEY": "s2"}
    assert copy_settings({**ours, **keys}).access_key == "k2"


def test_a_directory_says_what_it_can(gongkai: Command, root: Path) -> None:
    refused = gongkai("lock", "--days", "3")
    assert (refused.code, refused.is_one_sentence) == (Exit.WRONG_USAGE, True)
    assert "cannot be locked" in refused.errors
    done = gongkai("lock", "--read-only")
    assert done.code == Exit.OK
    assert "slips alone" in done.errors
    assert done.output == "changed 1 · unchanged 1 · failed 0\n", "originals are read-only from the beginning"
    assert not [path for path in (root / "captures").rglob("*.parquet") if path.stat().st_mode & 0o222]
    assert gongkai("copy", str(root.parent / "copy")).code == Exit.OK


@pytest.mark.parametrize(
    "given", [(), ("--hold", "--release"), ("--until", "2020-01-01"), ("--days", "0"), ("--until", "someday")]
)
def test_a_wrong_lock_is_refused(gongkai: Command, given: tuple[str, ...]) -> None:
    assert gongkai("lock", *given).code == Exit.WRONG_USAGE


def test_an_archive_is_copied_to_a_locked_bucket_and_locked_there(
    gongkai: Command, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = f"locked-{uuid.uuid4().hex[:12]}"
    client = minio.Minio(
        s3_server.endpoint, s3_server.access_key, s3_server.secret_key, secure=False, region="us-east-1"
    )
    client.make_bucket(bucket, object_lock=True)
    plain = fresh_root(s3_server, monkeypatch)
    root = ("--root", f"s3://{bucket}/{uuid.uuid4().hex}")
    assert gongkai("copy", root[1]).code == Exit.OK
    assert "was tried, and refused" in gongkai(*root, "lock", "--prove").output
    done = gongkai(*root, "lock", "--days", "1", "--portal", "local")
    assert (done.code, done.output) == (Exit.OK, "changed 2 · unchanged 0 · failed 0\n")
    assert gongkai(*root, "lock", "--until", "2999-01-01", "--portal", "nobody").output.startswith("changed 0 ")
    assert gongkai(*root, "lock", "--hold", "--document", hashlib.sha256(BUDGET).hexdigest()).code == Exit.OK
    rows = json.loads(gongkai(*root, "lock", "--list", "--format", "json").output)
    assert {row["key"] for row in rows} == {KEY, next(row["key"] for row in rows if row["key"].startswith("captures/"))}
    assert {row["mode"] for row in rows} == {"GOVERNANCE"}
    assert all(row["legal_hold"] for row in rows)
    assert gongkai(*root, "lock", "--release").output.startswith("changed 2 ")
    reports = [report for report in Archive.open(root[1]).run_reports() if report.get("command") == "lock"]
    assert [report["action"] for report in reports] == ["days", "until", "hold", "release"]
    gongkai("copy", plain)
    assert "no object lock" in gongkai("--root", plain, "lock", "--hold").errors
