"""The process that answers: limited in memory and time, reading one publication at a time.

Before each question the manifest is looked at, and the lake opened anew where another publication is there; all that an
answer says comes from the one connection, so from one publication, which it names.
"""

from __future__ import annotations

import dataclasses
import resource
import signal
from multiprocessing.connection import Connection
from typing import Any

from gongkai.archive.store import ArchiveError
from gongkai.mcp.answers import ANSWERS, Json
from gongkai.mcp.limits import Limits
from gongkai.opened_lake import OpenLake
from gongkai.queries.errors import QueryError
from gongkai.queries.settings import query_settings
from gongkai.session import CommandError

_OPENING_SECONDS = 900.0
"""A large lake that was never opened on this machine has each file held against its hash: a second for each GB."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A call of a tool."""

    tool: str
    arguments: dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a tool answers, and a picture; or one sentence of what went wrong."""

    content: Json = dataclasses.field(default_factory=dict)
    png: bytes | None = None
    error: str = ""


def answer_questions(pipe: Connection, root: str, limits: Limits) -> None:
    """Answer what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's to handle; it closes the pipe
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the kernel ends the process, whatever a library is doing
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_space, limits.address_space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lake: OpenLake | None = None
    while True:
        try:
            question: Question = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            signal.setitimer(signal.ITIMER_REAL, _OPENING_SECONDS)
            lake = _newest(lake, root, limits)
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            answer = answered(lake, limits, question)
        except (QueryError, ArchiveError, CommandError) as error:
            answer = Answer(error=str(error))
        except MemoryError:
            answer = Answer(error=f"the answer needs more memory than {limits.memory} allow: ask for less")
        signal.setitimer(signal.ITIMER_REAL, 0)
        pipe.send(answer)


def answered(lake: OpenLake, limits: Limits, question: Question) -> Answer:
    """The answer, asked again where the lake went on to another publication between two of its statements."""
    while True:
        publication = lake.publication
        content, png = ANSWERS[question.tool](lake, limits, **question.arguments)
        if lake.publication == publication:
            return Answer({"publication": publication, **content}, png)


def _newest(lake: OpenLake | None, root: str, limits: Limits) -> OpenLake:
    """The lake as it is, or opened anew where something was published since."""
    if lake is not None and lake.is_newest():
        return lake
    if lake is not None:
        lake.close()
    settings = dataclasses.replace(query_settings(), memory=limits.memory, spilled=limits.memory)
    return OpenLake(root, settings)
