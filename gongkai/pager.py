"""Long answers through a pager, as ``git log`` shows them: on a terminal only, and only what is longer than the screen.

``PAGER`` names the program; without it ``less -S`` is taken where it is installed, which cuts long lines at the edge
and scrolls sideways.  ``PAGER=cat`` turns it off, as ``--no-pager`` does for one command.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import BinaryIO


@contextlib.contextmanager
def paged(*, wanted: bool) -> Iterator[BinaryIO]:
    """Where an answer is written; shown when it is whole, through the pager where standard output is a terminal."""
    command = pager(os.environ) if wanted and sys.stdout.isatty() else None
    if command is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    text = io.BytesIO()
    yield text
    if text.getvalue().count(b"\n") < shutil.get_terminal_size().lines or not _shown(command, text.getvalue()):
        sys.stdout.buffer.write(text.getvalue())
        sys.stdout.buffer.flush()


def pager(environment: Mapping[str, str]) -> list[str] | None:
    """The pager's command; None where there is none, or it is turned off."""
    named = environment.get("PAGER")
    command = shlex.split(named) if named is not None else ["less", "-S"]
    if not command or command[0] == "cat" or shutil.which(command[0]) is None:
        return None
    return command


def _shown(command: list[str], text: bytes) -> bool:
    """Hand the text to the pager and wait for its end; False where it cannot be started."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESSCHARSET": "utf-8", **os.environ})  # noqa: S603 - the person's own program
    except OSError:
        return False
    with contextlib.suppress(BrokenPipeError):  # left before its end
        process.communicate(text)
    return True
