"""`gongkai sign`, and what `verify` says of statements and of its own records."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from gongkai.application import application as cli
from gongkai.archive.archive import Archive
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.local_files import add_files
from gongkai.archive.verifications import Asked, Record
from gongkai.exits import Exit
from gongkai.fixity_page import fixity_page
from tests.archive.authority import Issuer, needs_openssl
from tests.commands.conftest import Command, Ended

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def rows(ended: Ended) -> list[dict[str, object]]:
    parsed: list[dict[str, object]] = json.loads(ended.output)
    return parsed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with one local file."""
    (tmp_path / "说明.txt").write_text("预算公开情况说明")
    add_files(Archive.open(str(tmp_path / "archive")), [tmp_path / "说明.txt"])
    return tmp_path / "archive"


@pytest.fixture
def key(gongkai: Command, tmp_path: Path) -> Path:
    assert gongkai("sign", "--new-key", "holder.pem").code == Exit.OK
    return tmp_path / "holder.pem"


def test_a_key_is_made_for_its_owner_alone_and_never_replaced(gongkai: Command, key: Path) -> None:
    assert key.stat().st_mode & 0o777 == 0o600
    private, public = key.read_bytes(), key.with_name("holder.pem.pub").read_bytes()
    assert b"PRIVATE KEY" in private
    assert b"PUBLIC KEY" in public
    again = gongkai("sign", "--new-key", "holder.pem")
    assert (again.code, again.is_one_sentence) == (Exit.WRONG_USAGE, True)
    assert (key.read_bytes(), key.with_name("holder.pem.pub").read_bytes()) == (private, public)
    key.with_name("holder.pem.pub").unlink()
    assert gongkai("sign", "--new-key", "holder.pem").code == Exit.WRONG_USAGE
    assert not key.with_name("holder.pem.pub").exists()


def test_signing_listing_and_holding_against_a_key(gongkai: Command, key: Path, root: Path) -> None:
    ended = gongkai("sign", "--key", "holder.pem")
    assert ended.code == Exit.OK
    assert "statement 1 · originals 1 · capture files 1 · SHA-256 " in ended.output
    assert "holder's word alone" in ended.errors
    assert "everything is signed already" in gongkai("sign", "--key", "holder.pem").errors
    [listed] = rows(gongkai("sign", "--list", "-f", "json"))
    assert (listed["statement"], listed["originals"], listed["stamped_at"]) == (1, 1, None)
    assert str(listed["sha256"]) in ended.output
    trusted = ("verify", "--signed-by", "holder.pem.pub", "--head", str(listed["sha256"]))
    whole = gongkai(*trusted)
    assert (whole.code, "--signed-by" in whole.errors) == (Exit.OK, False)
    assert "give --signed-by FILE" in gongkai("verify").errors
    gongkai("sign", "--new-key", "other.pem")
    other = gongkai("verify", "--signed-by", "other.pem.pub", "-f", "json")
    assert (other.code, [row["key"] for row in rows(other)]) == (Exit.SOMETHING_FAILED, ["signatures/000001.json"])
    [original] = Archive.open(str(root)).originals()
    (root / "raw" / "sha256" / original[0][:2] / original[0]).unlink()
    assert "statement 1" not in gongkai("verify").output, "its capture names it already"


@needs_openssl
def test_status_tells_what_was_kept_since_the_last_statement(gongkai: Command, key: Path, root: Path) -> None:
    def told() -> dict[object, object]:
        ended = gongkai("status", "--format", "json")
        return {row["name"]: row["count"] for row in rows(ended) if row["topic"] == "signatures"}

    assert told() == {}
    assert gongkai("sign", "--key", "holder.pem").code == Exit.OK
    assert told() == {"signed inventories": 1}
    (root.parent / "later.txt").write_text("补充说明")
    add_files(Archive.open(str(root)), [root.parent / "later.txt"])
    assert told() == {"signed inventories": 1, "runs that kept something since": 1}
    (root / "signatures" / "000001.sig").unlink()
    assert told() == {"signed inventories": 1, "not whole, the last": 1}


def test_a_statement_is_time_stamped(gongkai: Command, key: Path, tmp_path: Path) -> None:
    issuer = Issuer(tmp_path)
    with issuer.authority("own").served() as url:
        assert gongkai("sign", "--key", key.name, "--tsa", url, "--tsa-root", "root.pem").code == Exit.OK
    [listed] = rows(gongkai("sign", "--list", "-f", "json"))
    assert listed["stamped_at"] is not None
    assert gongkai("verify", "--tsa-root", "root.pem").code == Exit.OK
    (tmp_path / "other").mkdir()
    Issuer(tmp_path / "other")
    ended = gongkai("verify", "--tsa-root", "other/root.pem")
    assert (ended.code, "signatures/000001.tsr" in ended.output) == (Exit.SOMETHING_FAILED, True)
    with issuer.authority("expired", (-30, -1)).served() as url:
        (tmp_path / "new.txt").write_text("新")
        gongkai("add", "new.txt")
        ended = gongkai("sign", "--key", key.name, "--tsa", url, "--tsa-root", "root.pem")
    assert (ended.code, ended.is_one_sentence) == (Exit.SOMETHING_FAILED, True)
    assert "certificate has expired" in ended.errors


@pytest.mark.parametrize(
    "arguments",
    [
        ["sign"],
        ["sign", "--key", "absent.pem"],
        ["sign", "--key", "holder.pem.pub"],
        ["sign", "--key", "holder.pem", "--tsa", "http://127.0.0.1:9/"],
        ["sign", "--key", "holder.pem", "--tsa", "http://127.0.0.1:9/", "--tsa-root", "absent.pem"],
        ["sign", "--key", "holder.pem", "--tsa", "http://127.0.0.1:9/", "--tsa-root", "holder.pem"],
        ["verify", "--signed-by", "holder.pem"],
        ["verify", "--tsa-root", "absent.pem"],
        ["verify", "--head", "abc"],
        ["verify", "--oldest-first", "--subset", "1/2"],
        ["verify", "--package", ".", "--oldest-first"],
        ["verify", "--package", ".", "--html", "page.html"],
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(gongkai: Command, key: Path, arguments: list[str]) -> None:
    ended = gongkai(*arguments)
    assert (ended.code, ended.is_one_sentence) == (Exit.WRONG_USAGE, True), ended.errors


def test_verifications_are_listed_and_what_was_not_read(gongkai: Command) -> None:
    assert gongkai("verify").code == Exit.OK
    assert gongkai("verify", "--oldest-first", "--seconds", "600").code == Exit.OK
    newest, oldest = rows(gongkai("verify", "--report", "-f", "json"))
    assert (newest["asked"], newest["parts_read"], newest["end"]) == (
        "--oldest-first --seconds 600",
        "16 × 1/16",
        "whole",
    )
    assert (oldest["asked"], oldest["parts_read"], oldest["findings"]) == ("all", "1/1", 0)
    within = gongkai("verify", "--read-within", "30")
    assert (within.code, "0 objects" in within.errors) == (Exit.OK, True)
    now = gongkai("verify", "--read-within", "0", "-f", "json")
    assert now.code == Exit.SOMETHING_FAILED
    assert {"inventory.json", "raw/inventory.json"} < {str(row["key"]) for row in rows(now)}
    assert gongkai("verify", "--read-within", "1e300").code == Exit.OK


def test_the_fixity_report_is_a_page(gongkai: Command, tmp_path: Path) -> None:
    assert gongkai("verify", "--html", "page.html").code == Exit.OK
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Fixity report" in page
    assert "固定性报告" in page
    assert page.count("100.0 %") == 5


def test_the_page_runs_nothing_fetches_nothing_and_escapes_what_it_is_told() -> None:
    evil = "<script>alert(1)</script>\u202e\"'&"
    findings = [Finding(evil, Problem.ALTERED, evil)]
    told = [
        Record("a", NOW - dt.timedelta(days=10), Asked(), parts=[((1, 2), NOW - dt.timedelta(days=10))]),
        Record("b", NOW, Asked(), NOW, "time", objects=7, size=9, findings=findings, finding_count=1200),
    ]
    page = fixity_page(evil, told, NOW)
    assert not re.search(r"<script|<img|<link|<iframe|https?://|url\(|\u202e|@import| on\w+=", page)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;\\u202e&quot;&#x27;&amp;") == 4
    assert "+ 1199" in page
    assert "50.0 %" in page
    assert "被改动" in page
    for label in re.findall(r'<span lang="zh">(.*?)</span>', page):
        assert re.search(r"[\u4e00-\u9fff]", label), label
    assert "no verification is on record" in fixity_page("x", [], NOW)


def test_the_commands_name_the_settings() -> None:
    command = cli.get_command(None, "sign")  # type: ignore[arg-type]
    assert command is not None
    settings = {str(each.envvar) for each in command.params if getattr(each, "envvar", None)}
    assert settings == {"GONGKAI_SIGNING_KEY", "GONGKAI_TSA", "GONGKAI_TSA_ROOT"}
