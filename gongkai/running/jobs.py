"""A command that is started again and again, each time as a process of its own."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO

from gongkai.archive import children
from gongkai.exits import Exit

_LATER, _LATEST = dt.timedelta(minutes=1), dt.timedelta(hours=1)
"""The pause behind a process that failed, doubled with each more, and the longest one."""
_IN_ORDER = (Exit.OK, Exit.SOMETHING_FAILED, Exit.LISTING_FAILED, Exit.INTERRUPTED)
"""Exit codes that the next round mends, or a person reads of: no reason to wait."""
_MOST_SAID = 1 << 20
"""Bytes of a process's output that are gathered, its last ones: a verification may have millions of lines to say."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Job:
    """One command: when it is wanted and may start, its process, and how the last one ended."""

    name: str
    arguments: Sequence[str]
    pause: dt.timedelta = dt.timedelta()
    """At least so long lies between two starts."""
    environment: Mapping[str, str]
    writes_log: bool = True
    """False where its output is to be gathered, having no options of a log."""
    tells: bool = False
    """True where its processes notify of what they did, and of an error that ends them."""
    is_wanted: bool = False
    started: dt.datetime | None = None
    ended: dt.datetime | None = None
    code: int | None = None
    """Exit code of the last process that ended, below 0 the signal that killed it; None where none could begin."""
    ends: collections.Counter[int] = dataclasses.field(default_factory=collections.Counter)
    failures: int = 0
    """Processes that failed, or could not begin, since one did not."""
    _process: subprocess.Popen[bytes] | None = None
    _output: IO[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def has_failed(self) -> bool:
        return self.failures > 0

    @property
    def earliest(self) -> dt.datetime | None:
        """The moment before which it is not started again; None where it never was."""
        if self.started is None:
            return None
        moment = self.started + self.pause
        if self.failures and self.ended is not None:
            moment = max(moment, self.ended + min(_LATER * 2 ** min(self.failures - 1, 10), _LATEST))
        return moment

    def may_start(self, now: dt.datetime) -> bool:
        return self.is_wanted and not self.is_running and (self.earliest is None or now >= self.earliest)

    def start(self, root: str, now: dt.datetime) -> None:
        """Start its process, in a session of its own: a Ctrl-C must not reach it beside the supervisor's SIGTERM.

        Raises OSError where the system has no room for a process or its output; it is tried again as one that failed.
        """
        try:
            self._output = None if self.writes_log else tempfile.TemporaryFile()  # noqa: SIM115  closed when it ended
            self._process = subprocess.Popen(  # noqa: S603  our own command line
                children.command("gongkai", "--root", root, *self.arguments),
                stdin=subprocess.DEVNULL,
                stdout=self._output or 2,
                stderr=self._output or 2,
                env=self.environment,
                start_new_session=True,
            )
        except OSError:
            if self._output is not None:
                self._output.close()
            self._output, self.code = None, None
            self.started = self.ended = now
            self.failures += 1
            raise
        self.is_wanted, self.started = False, now

    def shift(self, by: dt.timedelta) -> None:
        """Move its moments, as the clock was."""
        self.started, self.ended = self.started and self.started + by, self.ended and self.ended + by

    def stop(self) -> None:
        """Have its process end in order."""
        if self._process is not None:
            self._process.terminate()

    def poll(self, now: dt.datetime, patience: float = 0) -> list[str] | None:
        """Once its process has ended the lines it said, where they are gathered; None where none has ended."""
        if self._process is None:
            return None
        try:
            code = self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return None
        self._process, self.ended, self.code = None, now, code
        self.ends[code] += 1
        self.failures = 0 if code in _IN_ORDER else self.failures + 1
        self.is_wanted = self.is_wanted or self.has_failed
        return self._said()

    def _said(self) -> list[str]:
        if self._output is None:
            return []
        with self._output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - _MOST_SAID))
            lines = output.read().decode(errors="replace").splitlines()
        return [line.removeprefix("gongkai: ") for line in lines if line.strip()]
