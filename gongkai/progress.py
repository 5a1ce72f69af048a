"""Progress for the person waiting: a bar on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

import rich.console
import rich.progress

from gongkai.session import say

Advance = Callable[[str], None]

_LINE_EVERY_SECONDS = 10.0
"""Without a terminal: often enough to see that it lives, seldom enough for a log."""


@contextlib.contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Advance]:
    """Show how far something is; the function given is called with each thing done.

    ``total`` None where it is not known beforehand.
    """
    console = rich.console.Console(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total)
        return
    columns = (
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.MofNCompleteColumn(),
        rich.progress.TimeElapsedColumn(),
        rich.progress.TextColumn("{task.fields[last]}", markup=False),
    )
    with rich.progress.Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(what, total=total, last="")
        yield lambda name: bars.update(task, advance=1, last=_shortened(name))


def _lines(what: str, total: int | None) -> Advance:
    done, said = 0, time.monotonic()

    def advance(_name: str) -> None:
        nonlocal done, said
        done += 1
        if time.monotonic() - said >= _LINE_EVERY_SECONDS:
            said = time.monotonic()
            say(f"{what}: {done} of {total}" if total is not None else f"{what}: {done}")

    return advance


def _shortened(name: str, length: int = 40) -> str:
    return name if len(name) <= length else "…" + name[-length + 1 :]
