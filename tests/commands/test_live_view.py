"""The live view: the busiest hosts, bounded, and nothing a portal says steers the terminal."""

from __future__ import annotations

import io

import pytest
import rich.console

from gongkai.crawler.report.counts import HostState, PortalReport
from gongkai.live_view import Board, watched


def state(number: int, *, next_in: float | None = 1.25, host: str = "") -> HostState:
    name = host or f"host{number}"
    return HostState(
        portal=f"p/{number}", host=name, state="waiting", next_in=next_in, requests=number, new=1, failed=2
    )


def drawn(board: Board) -> str:
    console = rich.console.Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
    console.print(board)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_busiest_are_shown_and_the_rest_is_counted() -> None:
    board = Board(40)
    for number in range(30):
        board.begun(f"p/{number}", lambda number=number: [state(number)])  # type: ignore[misc]
    shown = drawn(board)
    assert "host29" in shown
    assert "host17" not in shown
    assert "1.2 s" in shown
    assert "0 of 40 portals · 30 under way · and 18 hosts more" in shown
    for number in range(29):
        board.ended(PortalReport(portal=f"p/{number}"))
    shown = drawn(board)
    assert "29 of 40 portals · 1 under way · 0 captures" in shown


def test_names_are_no_markup_and_steer_nothing() -> None:
    board = Board(1)
    board.begun("p", lambda: [state(1, host="[red]a\x1b]0;b\x07", next_in=None)])
    shown = drawn(board)
    assert "[red]a\\x1b]0;b\\x07" in shown


def test_a_terminal_has_the_view_and_others_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    with watched(1, quiet=False) as (board, _):
        assert board is None
    monkeypatch.setenv("FORCE_COLOR", "1")
    with watched(1, quiet=False) as (board, _):
        assert board is not None
    with watched(1, quiet=True) as (board, _):
        assert board is None
