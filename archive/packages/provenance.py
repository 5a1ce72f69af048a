"""Captures as text that needs no tool of ours: JSON with all that is known, CSV with what people look for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from gongkai.archive import capture_table
from gongkai.archive.capture import Capture
from gongkai.archive.spreadsheet_text import inert

COLUMNS = (
    *("payload_sha256", "payload_bytes", "file_name", "title", "publisher", "index_number", "published_on"),
    *("url", "parent_url", "requested_at", "received_at", "outcome", "http_status", "role", "capture_id"),
)
"""Columns of the CSV, as ``captures`` has them."""


def json_lines(captures: Iterable[Capture]) -> bytes:
    """One line of JSON for each capture, in the order given."""
    lines = (_json(capture) for capture in captures)
    return "".join(f"{line}\n" for line in lines).encode()


def json_text(capture: Capture) -> bytes:
    """One capture as JSON over several lines."""
    return (_json(capture, indent=2) + "\n").encode()


def csv_text(captures: Iterable[Capture]) -> bytes:
    """A table for people.  The mark at its beginning tells Excel that it is UTF-8.

    A text that a spreadsheet would take for a formula has an apostrophe before it; the JSON has it as it is.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for capture in captures:
        row = _row(capture)
        writer.writerow({name: inert(value) if isinstance(value, str) else value for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _json(capture: Capture, indent: int | None = None) -> str:
    row = {name: value for name, value in _row(capture).items() if name != "redirects" or value}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, indent=indent, default=lambda time: time.isoformat())


def _row(capture: Capture) -> dict[str, Any]:
    row = capture_table.to_row(capture)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
