"""Processes of our own that are Python again: none loads a module from the folder that a command was given in.

Python looks for modules there first, also for its own: whoever can write a ``socket.py`` into that folder would have it
run, by each child, with the rights and the keys of whoever began.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.context import SpawnProcess
from typing import Any

_SAFE_PATH = "PYTHONSAFEPATH"
"""Python's variable for its option -P, which multiprocessing hands on only where its own process was given it."""

_changing = threading.Lock()
_blocks: list[str | None] = []
"""For each block of ``safe_path`` under way the value that the environment had when the first of them began."""


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of ours."""
    return [sys.executable, "-P", "-m", module, *arguments]


def spawned(target: Callable[..., object], *arguments: Any) -> SpawnProcess:
    """Start a function in a fresh interpreter, which ends with this process where that ends in order.

    A fork would copy the locks of this process's threads in mid-use.
    """
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments, daemon=True)
    with safe_path():
        process.start()
    return process


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """Have all Pythons that are started meanwhile, by whatever library, leave the current folder out."""
    with _changing:
        _blocks.append(_blocks[0] if _blocks else os.environ.get(_SAFE_PATH))
        os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        with _changing:
            before = _blocks.pop()
            if not _blocks:
                os.environ.pop(_SAFE_PATH)
                if before is not None:
                    os.environ[_SAFE_PATH] = before
