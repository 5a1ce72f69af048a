"""Bombs are not unpacked."""

from __future__ import annotations

import gzip

import pytest

from gongkai.parsing.formats.envelopes import limits
from tests.parsing.formats.envelopes.archive_files import PAGE, names_in, refusal, zip_of


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FROM", 10_000)
    assert names_in(zip_of(("a.txt", b"0" * 2_000_000), ("b.html", PAGE))) == [("a.txt", "bomb"), ("b.html", None)]
    assert refusal(gzip.compress(b"0" * 2_000_000)) == "bomb"
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    monkeypatch.setattr(limits.Allowance.__init__, "__defaults__", (2, 100))
    assert refusal(zip_of(*((f"{index}.html", PAGE) for index in range(3)))) == "bomb"
    assert names_in(zip_of(("a.html", PAGE + bytes(100)), ("b.html", PAGE))) == [("a.html", "bomb"), ("b.html", "bomb")]
