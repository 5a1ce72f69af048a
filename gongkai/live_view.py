"""The crawl as it goes: on a terminal a table of hosts that is drawn anew four times a second."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import rich.box
import rich.console
import rich.live
import rich.table
import rich.text

from gongkai.archive import Capture
from gongkai.crawler.report.counts import HostState, PortalReport
from gongkai.progress import progress, shortened_name
from gongkai.queries.printable import printable
from gongkai.vocabulary.languages import said

_ROWS = 12
"""Hosts shown, the busiest first: the table has to leave room for what is said above it."""
_PER_SECOND = 4


class Board:
    """Who is being crawled and what came of it; portals come and go while the table is drawn by another thread."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._lock = threading.Lock()
        self._hosts: dict[str, Callable[[], list[HostState]]] = {}
        self._done = self._captures = 0
        self._last = ""
        self._since = time.monotonic()

    def begun(self, portal: str, hosts: Callable[[], list[HostState]]) -> None:
        with self._lock:
            self._hosts[portal] = hosts

    def ended(self, report: PortalReport) -> None:
        with self._lock:
            self._hosts.pop(report.portal, None)
            self._done += 1

    def captured(self, capture: Capture) -> None:
        self._captures, self._last = self._captures + 1, capture.url

    def states(self) -> list[HostState]:
        """The hosts with something to do, the busiest first."""
        with self._lock:
            asked = list(self._hosts.values())
        states = [state for hosts in asked for state in hosts()]
        return sorted(states, key=lambda state: (-state.requests, state.host))

    def __rich__(self) -> rich.console.RenderableType:
        states = self.states()
        table = rich.table.Table(box=rich.box.SIMPLE, expand=False)
        for heading in ("portal", "host", "state"):
            table.add_column(said(heading), no_wrap=True, overflow="ellipsis")
        for heading in ("next in", "sent", "new", "failed"):
            table.add_column(said(heading), justify="right", no_wrap=True)
        for state in states[:_ROWS]:
            table.add_row(*map(rich.text.Text, _cells(state)))
        more = f" · and {len(states) - _ROWS} hosts more" if len(states) > _ROWS else ""
        took = time.monotonic() - self._since
        line = (
            f"{self._done} of {self._total} portals · {len(self._hosts)} under way{more}"
            f" · {self._captures} captures in {took:.0f} s · {shortened_name(self._last)}"
        )
        return rich.console.Group(table, rich.text.Text(said(line), no_wrap=True, overflow="ellipsis"))


def _cells(state: HostState) -> tuple[str, ...]:
    wait = "" if state.next_in is None else f"{state.next_in:.1f} s"
    names = (printable(state.portal), printable(state.host), said(state.state))
    return (*names, wait, str(state.requests), str(state.new), str(state.failed))


@contextlib.contextmanager
def watched(total: int, *, quiet: bool) -> Iterator[tuple[Board | None, Callable[[Capture], None]]]:
    """Show a crawl while it runs: the board on a terminal, lines elsewhere, nothing where it is to be quiet.

    Given are the board, where there is one, and what is to be called with each capture.
    """
    console = rich.console.Console(stderr=True)
    if quiet:
        yield None, lambda _: None
    elif console.is_terminal:
        board = Board(total)
        with rich.live.Live(board, console=console, transient=True, refresh_per_second=_PER_SECOND):
            yield board, board.captured
    else:
        with progress("crawling") as advance:
            yield None, lambda capture: advance(capture.url)
