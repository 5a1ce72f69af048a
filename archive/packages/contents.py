"""The index of a web archive's records and its lists of pages, kept with a diary that makes both again.

A line of the diary is JSON: ``["line", …]`` of the index, ``["first", …]`` of bytes that later records refer to,
``["page", …]`` of a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from gongkai.archive.capture import Capture
from gongkai.archive.packages.index import Index, cdxj_line
from gongkai.archive.packages.pages import Page, Pages
from gongkai.archive.packages.records import First, Written
from gongkai.archive.streams import new_spool, write_to_spool


class Contents:
    """Index and pages in temporary databases and files, to be closed after use."""

    def __init__(self) -> None:
        self._index, self.pages = Index(), Pages()
        self._diary = new_spool()

    def close(self) -> None:
        """Give up the temporary data."""
        self._index.close()
        self.pages.close()
        self._diary.close()

    def add(self, record: Written, file: str, offset: int) -> None:
        """Enter a record that lies in a file."""
        self._enter("line", cdxj_line(record, file, offset))

    def first(self, sha256: str) -> First | None:
        """The answer that holds these bytes."""
        return self._index.first(sha256)

    def note_first(self, record: Written) -> None:
        """Remember an answer that holds its bytes."""
        self._enter("first", record.sha256, record.url, record.at.isoformat())

    def add_page(self, capture: Capture, record: Written) -> None:
        """Enter a capture in the list of pages by the record that holds its bytes."""
        if page := Page.of(capture, record):
            self._enter("page", page.kind, page.entry, page.may_open)

    def blocks(self) -> Iterator[tuple[bytes, str]]:
        """Each block of the index, and the key of its first line."""
        return self._index.blocks()

    def take_diary(self) -> BinaryIO:
        """Hand over, rewound, the diary since the last call; the caller closes it."""
        diary, self._diary = self._diary, new_spool()
        diary.seek(0)
        return diary

    def follow(self, diary: BinaryIO) -> None:
        """Enter what a diary tells."""
        for line in diary:
            self._take(json.loads(line))

    def _enter(self, *entry: object) -> None:
        write_to_spool(self._diary, json.dumps(entry).encode() + b"\n")
        self._take(list(entry))

    def _take(self, entry: list[object]) -> None:
        kind, *values = entry
        if kind == "line":
            self._index.add(str(values[0]))
        elif kind == "first":
            self._index.note_first(str(values[0]), str(values[1]), str(values[2]))
        else:
            self.pages.add(Page(*values))  # type: ignore[arg-type] # as `add_page` wrote them
