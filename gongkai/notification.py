"""Somebody is told of a run: by a command, a webhook or mail.

What cannot be delivered is said on standard error and changes no exit code.  Of a target only so much is ever shown as
holds no secret: a webhook's host, a command's name, a mail address.
"""

from __future__ import annotations

import contextlib
import email.message
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import certifi
import click
import urllib3

from gongkai.crawler.report.notify import Notice
from gongkai.queries.printable import json_escaped, printable
from gongkai.session import say
from gongkai.vocabulary.languages import said

F = TypeVar("F", bound=Callable[..., Any])

_SECONDS = 20.0
"""Patience with one target, all in all."""
_CONNECT_SECONDS = 5.0
_MAIL = re.compile(r"mailto:([^\s@,;?-][^\s@,;?]*@[^\s@,;?]+)")
_SENDMAIL_FOLDERS = (os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/lib")


class DeliveryError(Exception):
    """Raised when somebody could not be told; the message holds nothing secret."""


class _Target(click.ParamType[str]):
    """A command, a webhook's address or ``mailto:``; in the environment one on each line."""

    name = "target"

    def split_envvar_value(self, rv: str) -> list[str]:
        return [line.strip() for line in rv.splitlines() if line.strip()]

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        scheme = value.partition(":")[0].lower()
        if scheme == "mailto" and not _MAIL.fullmatch(value):
            self.fail("a mail target is mailto: and one address", param, ctx)
        if scheme in {"http", "https"} and not _is_webhook(value):
            self.fail("a webhook is an http or https address with a host, without name and password", param, ctx)
        if scheme not in {"mailto", "http", "https"} and not _words(value):
            self.fail("a command is a program with its arguments, quoted as in a shell", param, ctx)
        return value


def _is_webhook(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        return False


def _words(value: str) -> list[str]:
    try:
        return shlex.split(value)
    except ValueError:
        return []


def notify_options(command: F) -> F:
    """The options ``--notify`` and ``--notify-always``."""
    always = click.option(
        "--notify-always", is_flag=True, help="Tell of every run, also where there is nothing to tell."
    )
    targets = click.option(
        "--notify",
        "targets",
        type=_Target(),
        multiple=True,
        envvar="GONGKAI_NOTIFY",
        metavar="COMMAND|URL|mailto:ADDRESS",
        help="Tell of what changed and what broke: a command (text and JSON on its standard input), a webhook"
        " (JSON by POST), mail by sendmail; repeatable.",
    )
    for option in (always, targets):
        command = option(command)
    return command


def tell(targets: Sequence[str], notice: Notice, *, always: bool = False) -> None:
    """Tell every target where there is something to tell; what fails is said, and stops nothing."""
    if not notice.is_news and not always:
        return
    for target in targets:
        try:
            _in_time(lambda target=target: _deliver(target, notice))  # type: ignore[misc]
        except DeliveryError as error:
            say(f"gongkai: {shown(target)} could not be told: {error}")


@contextlib.contextmanager
def failure_told(targets: Sequence[str], command: str) -> Iterator[None]:
    """Tell of an error that ends the command, and let it pass."""
    try:
        yield
    except click.UsageError:
        raise
    except Exception as error:
        sentence = f"{command} ended with an error: {error}"
        facts = {"command": command, "error": str(error), "error_type": type(error).__name__}
        tell(targets, Notice(f"gongkai {printable(sentence)[:200]}", [printable(str(error))], facts, is_news=True))
        raise


def shown(target: str) -> str:
    """A target as it may be shown: webhooks carry their secret in the path, commands in their arguments."""
    if target.lower().startswith("mailto:"):
        return target
    if target.lower().startswith(("http://", "https://")):
        parts = urlsplit(target)
        return f"{parts.scheme}://{parts.hostname}/…"
    return f"the command {Path(_words(target)[0]).name!r}"


def _in_time(deliver: Callable[[], None]) -> None:
    """Deliver within ``_SECONDS``, whatever the other side does.  Raises DeliveryError."""
    ends: list[DeliveryError | None] = []

    def run() -> None:
        try:
            deliver()
        except DeliveryError as error:
            ends.append(error)
        else:
            ends.append(None)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_SECONDS + 1)
    if not ends:
        raise DeliveryError(f"no answer within {_SECONDS:.0f} s")
    if ends[0] is not None:
        raise ends[0]


def _deliver(target: str, notice: Notice) -> None:
    if mail := _MAIL.fullmatch(target):
        _send_mail(unquote(mail[1]), notice)
    elif target.lower().startswith(("http://", "https://")):
        _post(target, notice)
    else:
        text = f"{printable(said(notice.text))}\n\n{_json(notice)}\n"
        _run(_words(target), text.encode(), {"GONGKAI_SUBJECT": _subject(notice)})


def _json(notice: Notice) -> str:
    """One line; ``text`` is what chat systems show of a webhook's message."""
    return json_escaped(json.dumps({"text": printable(said(notice.text)), **notice.facts}, ensure_ascii=False))


def _subject(notice: Notice) -> str:
    return printable(said(" ".join(notice.subject.split())))


def _post(url: str, notice: Notice) -> None:
    timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, total=_SECONDS)
    authorities = os.environ.get("SSL_CERT_FILE") or certifi.where()
    try:
        with urllib3.PoolManager(ca_certs=authorities) as pool:
            answer = pool.request(
                "POST",
                url,
                body=_json(notice).encode(),
                headers={"Content-Type": "application/json", "User-Agent": "gongkai"},
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        # Its words may hold the address.
        raise DeliveryError(f"the webhook was not reached ({type(error).__name__})") from None
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"the webhook answered {answer.status}")


def _send_mail(address: str, notice: Notice) -> None:
    program = shutil.which("sendmail", path=os.pathsep.join(_SENDMAIL_FOLDERS))
    if program is None:
        raise DeliveryError("there is no sendmail on this machine")
    message = email.message.EmailMessage()
    message["To"], message["Subject"] = address, _subject(notice)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(printable(said(notice.text)) + "\n")
    message.add_attachment(_json(notice).encode(), maintype="application", subtype="json", filename="gongkai.json")
    _run([program, "-i", address], message.as_bytes())


def _run(words: Sequence[str], given: bytes, environment: dict[str, str] | None = None) -> None:
    """Run a program in a group of its own, with bytes on its standard input; its output goes to standard error."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the person names the program; no shell reads what portals say
            words,
            stdin=subprocess.PIPE,
            stdout=2,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    except OSError as error:
        raise DeliveryError(f"it cannot be run ({error.strerror})") from None
    try:
        process.communicate(given, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise DeliveryError(f"it took longer than {_SECONDS:.0f} s") from None
    if process.returncode:
        raise DeliveryError(f"it ended with code {process.returncode}")
