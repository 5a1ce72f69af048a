"""Progress for the person waiting: a bar on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator

import rich.console
import rich.progress
import rich.text

from gongkai.queries.printable import printable
from gongkai.session import say
from gongkai.vocabulary.languages import said

Advance = Callable[[str], None]

_LINE_EVERY_SECONDS = 10.0
"""Without a terminal: often enough to see that it lives, seldom enough for a log."""

_RATE_OVER_SECONDS = 120.0
"""The rate on a terminal is that of the last minutes: long enough for a document that takes half a minute."""


@contextlib.contextmanager
def progress(what: str, total: int | None = None, *, quiet: bool = False) -> Iterator[Advance]:
    """Show how far something is and how fast, and where ``total`` is known how long it will still take.

    Nothing is shown where it is to be ``quiet``.  The function given is called with each thing done.
    """
    if quiet:
        yield lambda _: None
        return
    console = rich.console.Console(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total)
        return
    columns = (
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.MofNCompleteColumn(),
        rich.progress.TimeElapsedColumn(),
        _Pace(),
        rich.progress.TextColumn("{task.fields[last]}", markup=False),
    )
    bars = rich.progress.Progress(*columns, console=console, transient=True, speed_estimate_period=_RATE_OVER_SECONDS)
    with bars:
        task = bars.add_task(said(what), total=total, last="")
        yield lambda name: bars.update(task, advance=1, last=shortened_name(name))


class _Pace(rich.progress.ProgressColumn):
    """Rate and time left, as ``pace`` says them."""

    def render(self, task: rich.progress.Task) -> rich.text.Text:
        return rich.text.Text(pace(task.speed, task.remaining), style="progress.remaining")


def pace(per_second: float | None, remaining: float | None) -> str:
    """``2.5/s, 0:01:20 left``: slow rates by the minute; without the time where nobody knows what remains."""
    if not per_second:
        return ""
    rate = f"{per_second:.1f}/s" if per_second >= 1 else f"{per_second * 60:.1f}/min"
    if remaining is None:
        return rate
    return said(f"{rate}, {dt.timedelta(seconds=round(max(0.0, remaining) / per_second))} left")


def _lines(what: str, total: int | None) -> Advance:
    started = told_at = time.monotonic()
    done = 0

    def advance(_name: str) -> None:
        nonlocal done, told_at
        done += 1
        now = time.monotonic()
        if now - told_at >= _LINE_EVERY_SECONDS:
            told_at = now
            remaining = None if total is None else total - done
            counted = f"{done}" if total is None else said(f"{done} of {total}")
            say(f"{said(what)}: {counted}, {pace(done / (now - started), remaining)}")

    return advance


def shortened_name(name: str, length: int = 40) -> str:
    name = printable(name)
    return name if len(name) <= length else "…" + name[-length + 1 :]
