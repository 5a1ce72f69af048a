"""Progress: pace in words, a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import pytest

import gongkai.progress
from gongkai.progress import pace, progress


@pytest.mark.parametrize(
    ("per_second", "remaining", "said"),
    [
        (2.5, 200.0, "2.5/s, 0:01:20 left"),
        (0.05, 3.0, "3.0/min, 0:01:00 left"),
        (0.5, 7200.0, "30.0/min, 4:00:00 left"),
        (2.5, None, "2.5/s"),
        (2.5, 0.0, "2.5/s, 0:00:00 left"),
        (2.5, -1.0, "2.5/s, 0:00:00 left"),
        (None, 10.0, ""),
        (0.0, 10.0, ""),
    ],
)
def test_pace(per_second: float | None, remaining: float | None, said: str) -> None:
    assert pace(per_second, remaining) == said


def test_without_a_terminal_lines_say_how_far_and_how_fast(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gongkai.progress, "_LINE_EVERY_SECONDS", 0.0)
    with progress("parsing", 3) as advance:
        for _ in range(2):
            advance("a document")
    with progress("crawling") as advance:
        advance("a page")
    first, second, third = capsys.readouterr().err.splitlines()
    assert first.startswith("parsing: 1 of 3, ")
    assert second.startswith("parsing: 2 of 3, ")
    assert second.endswith(" left")
    assert third.startswith("crawling: 1, ")
    assert " left" not in third


def test_a_terminal_shows_a_bar_that_names_the_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    with progress("parsing", 2) as advance:
        advance("x" * 50 + ".pdf")
        advance("[b].pdf")
    shown = capsys.readouterr().err
    assert "2/2" in shown
    assert "[b].pdf" in shown, "a name is no markup"
