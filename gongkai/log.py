"""The log of a command: lines with time, level and event, as text or JSON, on standard error or in a file.

A JSON line has ``time`` (UTC), ``level``, ``event`` and ``message``, and where they are known ``portal``, ``url`` and
``outcome``.  Nothing that a portal or document says begins a line of its own or steers a terminal.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import click

from gongkai.exits import Exit
from gongkai.queries.printable import json_escaped, printable
from gongkai.session import CommandError, say

F = TypeVar("F", bound=Callable[..., Any])

LEVELS = ("debug", "info", "warning", "error")
FORMS = ("text", "json")


def log_options(command: F) -> F:
    """The options of the log, and ``--quiet``."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Show no progress and no counts, only what went wrong."),
        click.option(
            "--log-file",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Append the log to FILE instead of writing it to standard error.",
        ),
        click.option("--log-format", type=click.Choice(FORMS), help="Write a log as lines of text or of JSON."),
        click.option(
            "--log-level", type=click.Choice(LEVELS), help="Write a log of what weighs so much or more.  Default: info."
        ),
    ):
        command = option(command)
    return command


class Stream(Protocol):
    """A stream that takes lines."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> object: ...


class _Appended:
    """A file that lines are appended to under its name: where it was renamed, as logs are turned over, a new one."""

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self._path = path
        self._file = path.open("a", encoding="utf-8")

    def write(self, text: str, /) -> None:
        if not self._is_there():
            before, self._file = self._file, self._path.open("a", encoding="utf-8")
            before.close()
        self._file.write(text)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def _is_there(self) -> bool:
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self._file.fileno()))
        except FileNotFoundError:
            return False


class Log:
    """Writes the lines that weigh enough; without a stream none."""

    def __init__(self, stream: Stream | None, level: str = "info", form: str = "text") -> None:
        self._stream = stream
        self._least = LEVELS.index(level)
        self._form = form
        self.on_stderr = stream is sys.stderr
        self.replaces_errors = stream is sys.stderr and form == "json"
        """True where whoever reads standard error expects nothing but JSON."""

    def wants(self, level: str) -> bool:
        return self._stream is not None and LEVELS.index(level) >= self._least

    def write(self, level: str, event: str, message: str, **facts: str | int | None) -> None:
        """Write one line; a log that cannot be written any more stops nothing."""
        if self._stream is None or not self.wants(level):
            return
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        known = {name: fact for name, fact in facts.items() if fact is not None}
        if self._form == "json":
            document = {"time": now, "level": level, "event": event, **known, "message": message}
            line = json_escaped(json.dumps(document, ensure_ascii=False))
        else:
            stated = "".join(f" {name}={fact}" for name, fact in known.items())
            line = _on_one_line(f"{now} {level:<7} {event}{stated}: {message}")
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(f"{line}\n")
            self._stream.flush()


def _on_one_line(text: str) -> str:
    return printable(text).replace("\n", "\\n").replace("\t", " ")


@contextlib.contextmanager
def opened_log(level: str | None, form: str | None, file: Path | None) -> Iterator[Log]:
    """The log that the options ask for.  What libraries log goes into it too.

    Raises CommandError for a file that cannot be written.
    """
    if level is None and form is None and file is None:
        yield Log(None)
        return
    with contextlib.ExitStack() as stack:
        stream: Stream = sys.stderr
        if file is not None:
            try:
                stream = stack.enter_context(contextlib.closing(_Appended(file)))
            except OSError as error:
                raise CommandError(
                    f"the log {str(file)!r} cannot be written: {error.strerror}", Exit.WRONG_USAGE
                ) from error
        log = Log(stream, level or "info", form or "text")
        handler = _Handler(log)
        logging.getLogger().addHandler(handler)
        stack.callback(logging.getLogger().removeHandler, handler)
        yield log


class _Handler(logging.Handler):
    """Hands on what libraries log as errors: mistakes of ours, with their traceback."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.ERROR)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log.write("error", "library", self.format(record))


def complain(log: Log, event: str, message: str, **facts: str | int | None) -> None:
    """Say what went wrong: to the person, and in the log; once where both are standard error."""
    level = str(facts.pop("level", None) or "error")
    log.write(level, event, message, **facts)
    if not log.replaces_errors and not (log.on_stderr and log.wants(level)):
        say(f"gongkai: {message}")
