"""Somebody is told: by command, webhook and mail; what cannot be delivered is said, without secrets."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import click
import pytest

import gongkai.notification
from gongkai.crawler.report.notify import Notice
from gongkai.exits import Exit
from gongkai.notification import failure_told, shown, tell
from tests.commands.conftest import Command

NEWS = Notice(
    "gongkai crawl: 1 new\nBcc: a@b", ["甲\x1b]0;title\x07", "乙"], {"new": 1, "title": "\u202e甲"}, is_news=True
)


class Hook(http.server.BaseHTTPRequestHandler):
    status, delay = 200, 0.0
    received: list[bytes]

    def do_POST(self) -> None:
        self.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(self.delay)
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hook() -> Iterator[tuple[type[Hook], str]]:
    handler = type("Recording", (Hook,), {"received": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}/services/SECRET"
    server.shutdown()
    server.server_close()


def script(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_command_is_given_text_and_json_without_steering_characters(tmp_path: Path) -> None:
    told = tmp_path / "told"
    command = script(tmp_path, "tell.sh", f'echo "$GONGKAI_SUBJECT" > "{told}"; cat >> "{told}"')
    tell([f"{command} argument"], NEWS)
    subject, *text, empty, facts = told.read_text(encoding="utf-8").splitlines()
    assert subject == "gongkai crawl: 1 new Bcc: a@b"
    assert text[-2:] == ["甲\\x1b]0;title\\x07", "乙"]
    assert empty == ""
    assert "\u202e" not in facts
    assert json.loads(facts)["title"] == "\u202e甲"


def test_a_webhook_gets_json_and_answers_other_than_success_are_said(
    hook: tuple[type[Hook], str], capsys: pytest.CaptureFixture[str]
) -> None:
    handler, url = hook
    tell([url], NEWS)
    [body] = handler.received
    assert json.loads(body)["text"].startswith("gongkai crawl: 1 new")
    for handler.status in (302, 404, 500):
        tell([url], NEWS)
        said = capsys.readouterr().err
        assert f"answered {handler.status}" in said
        assert "SECRET" not in said
    assert len(handler.received) == 4, "a redirect is not followed"


def test_what_hangs_or_is_not_there_is_given_up_and_shows_no_secret(
    hook: tuple[type[Hook], str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gongkai.notification, "_SECONDS", 0.5)
    handler, url = hook
    handler.delay = 5
    sleepy = script(tmp_path, "sleepy.sh", "sleep 60 & wait")
    began = time.monotonic()
    tell([url, f"{sleepy} SECRET", "/nowhere/at-all SECRET", "http://127.0.0.1:9/SECRET"], NEWS)
    assert time.monotonic() - began < 20
    said = capsys.readouterr().err
    assert said.count("could not be told") == 4
    assert "SECRET" not in said
    assert "http://127.0.0.1/…" in said
    assert "'at-all' could not be told: it cannot be run (No such file or directory)" in said


def test_mail_goes_by_sendmail_with_the_json_attached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gongkai.notification, "_SENDMAIL_FOLDERS", (str(tmp_path),))
    tell(["mailto:a@example.org"], NEWS)
    assert "there is no sendmail" in capsys.readouterr().err
    script(tmp_path, "sendmail", f'echo "$@" > "{tmp_path}/arguments"; cat > "{tmp_path}/mail"')
    tell(["mailto:a@example.org"], NEWS)
    assert (tmp_path / "arguments").read_text(encoding="utf-8") == "-i a@example.org\n"
    message = message_from_bytes((tmp_path / "mail").read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"], message["Bcc"]) == (
        "a@example.org",
        "gongkai crawl: 1 new Bcc: a@b",
        None,
    )
    text, attached = message.iter_parts()
    assert "乙" in text.get_content()
    assert json.loads(attached.get_content())["new"] == 1


def test_a_quiet_run_tells_only_who_wants_to_hear_of_all(tmp_path: Path) -> None:
    quiet = Notice("gongkai crawl", [], {}, is_news=False)
    command = str(script(tmp_path, "tell.sh", f'echo told >> "{tmp_path}/told"'))
    tell([command], quiet)
    assert not (tmp_path / "told").exists()
    tell([command], quiet, always=True)
    assert (tmp_path / "told").exists()


def test_an_error_that_ends_a_command_is_told_and_goes_on(tmp_path: Path) -> None:
    command = str(script(tmp_path, "tell.sh", f'cat > "{tmp_path}/told"'))
    with pytest.raises(OSError, match="disk"), failure_told([command], "gongkai crawl"):
        raise OSError("the disk is full")
    assert "the disk is full" in (tmp_path / "told").read_text(encoding="utf-8")
    (tmp_path / "told").unlink()
    with pytest.raises(click.UsageError), failure_told([command], "gongkai crawl"):
        raise click.UsageError("a typing mistake")
    assert not (tmp_path / "told").exists()


@pytest.mark.parametrize(
    "target",
    ["mailto:", "mailto:-oQ/tmp@x", "mailto:a@b,c@d", "http://", "https://user:SECRET@host/", "http://h:x/", "", "'"],
)
def test_targets_that_are_none_are_refused(gongkai: Command, target: str) -> None:
    refused = gongkai("verify", "--notify", target)
    assert refused.code == Exit.WRONG_USAGE
    assert "SECRET" not in refused.errors


def test_targets_are_shown_without_what_may_be_secret() -> None:
    assert shown("https://hooks.example.org/T0/SECRET?token=SECRET") == "https://hooks.example.org/…"
    assert shown("/usr/bin/ntfy publish SECRET") == "the command 'ntfy'"


def test_verify_and_parse_tell_of_what_they_found(
    gongkai: Command, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, told = tmp_path / "fresh", tmp_path / "told"
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    gongkai("--root", str(fresh), "add", str(tmp_path / "broken.pdf"))
    command = script(tmp_path, "tell.sh", f'cat > "{told}"')
    monkeypatch.setenv("GONGKAI_NOTIFY", f"{command} one\n")
    assert gongkai("--root", str(fresh), "verify").code == Exit.OK
    assert not told.exists()
    gongkai("--root", str(fresh), "parse", "--workers", "1")
    assert told.read_text(encoding="utf-8").startswith("gongkai parse, exit code 1\n")
    assert "broken.pdf" in told.read_text(encoding="utf-8")
    told.unlink()
    gongkai("--root", str(fresh), "parse", "--workers", "1")
    assert not told.exists(), "nothing was left to parse"
    [original] = (fresh / "raw" / "sha256").glob("*/*")
    original.chmod(0o644)
    original.write_bytes(b"altered")
    assert gongkai("--root", str(fresh), "verify").code == Exit.SOMETHING_FAILED
    assert f"altered: raw/sha256/{original.parent.name}" in told.read_text(encoding="utf-8")
