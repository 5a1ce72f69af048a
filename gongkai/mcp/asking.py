"""Questions to the answering process, which is started when it is first needed and again after it died."""

from __future__ import annotations

import dataclasses
import multiprocessing
import signal
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from gongkai.archive import children
from gongkai.exits import Exit
from gongkai.mcp.answering import Answer, Question, answer_questions
from gongkai.mcp.limits import Limits
from gongkai.session import CommandError


@dataclasses.dataclass(slots=True)
class Asking:
    """One archive asked within limits, one question at a time; safe to call from several threads."""

    root: str
    limits: Limits
    _process: SpawnProcess | None = None
    _pipe: Connection | None = None
    _turn: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def ask(self, tool: str, /, **arguments: Any) -> Answer:
        """The answer to a tool's call.  Raises CommandError with the sentence that the model reads."""
        with self._turn:
            answer = self._answered(Question(tool, arguments))
        if answer.error:
            raise CommandError(answer.error, Exit.SOMETHING_FAILED)
        return answer

    def close(self) -> None:
        """End the process, also in the middle of an answer."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def _answered(self, question: Question) -> Answer:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._start()
        process, pipe = self._process, self._pipe
        if process is None or pipe is None:
            raise AssertionError("a process was started")
        try:
            pipe.send(question)
            answer: Answer = pipe.recv()
        except (EOFError, OSError):
            process.join()
            reason = self._end_of(process.exitcode, question.tool)
            self.close()
            raise CommandError(reason, Exit.SOMETHING_FAILED) from None
        return answer

    def _start(self) -> None:
        self._pipe, there = multiprocessing.Pipe()
        self._process = children.spawned(answer_questions, there, self.root, self.limits)
        there.close()

    def _end_of(self, code: int | None, tool: str) -> str:
        if code == -signal.SIGALRM and tool == "search":
            return (
                f"stopped after {self.limits.seconds:g} seconds: the index of the full text is not made yet; have"
                " `gongkai search --index-only` run first, with --place for the provinces of a place alone"
            )
        if code == -signal.SIGALRM:
            return (
                f"stopped after {self.limits.seconds:g} seconds: ask for less, such as one place and year, or aggregate"
                " before joining"
            )
        return "the process that answers died of this question (memory, or an error in gongkai): ask for less"
