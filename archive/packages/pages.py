"""The lists of pages in a WACZ, from which a person begins to read."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import BinaryIO

from gongkai.archive.capture import Capture, Role
from gongkai.archive.packages.records import Written, warc_date
from gongkai.archive.streams import chunks, new_spool, write_to_spool

_KINDS = {Role.ARTICLE: "articles", Role.LISTING: "listings"}
_FILES = "files"


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """An entry of a list; ``may_open`` is False for the answer to a POST, which a viewer cannot begin with."""

    kind: str
    entry: dict[str, str]
    may_open: bool

    @classmethod
    def of(cls, capture: Capture, record: Written) -> Page | None:
        """The entry of a capture by the record that holds its bytes; None for what is no page."""
        if not record.is_shown or record.kind == "revisit":
            return None
        url = record.url if record.body is None else record.lookup
        entry = {
            "id": capture.capture_id,
            "url": url,
            "ts": warc_date(record.at)[:19] + "Z",
            "title": capture.title or capture.link_text or capture.file_name or url,
        }
        return cls(_KINDS.get(capture.role, _FILES), entry, record.body is None)


class Pages:
    """Pages as they come, in temporary files: articles, listings, and all else."""

    def __init__(self) -> None:
        self._spools: dict[str, BinaryIO] = {}
        self._firsts: dict[str, dict[str, str]] = {}

    def close(self) -> None:
        """Give up the temporary files."""
        for spool in self._spools.values():
            spool.close()

    def add(self, page: Page) -> None:
        """Enter a page."""
        if page.kind not in self._spools:
            self._spools[page.kind] = new_spool()
        write_to_spool(
            self._spools[page.kind], json.dumps(page.entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        )
        if page.may_open:
            self._firsts.setdefault(page.kind, page.entry)

    @property
    def has_extra(self) -> bool:
        """True where there are listings beside the articles."""
        return {"articles", "listings"} <= self._spools.keys()

    def main_page(self) -> dict[str, str]:
        """Where a viewer opens the package: its first listing, else its first page."""
        for kind in ("listings", "articles", _FILES):
            if page := self._firsts.get(kind):
                return {"mainPageURL": page["url"], "mainPageDate": page["ts"]}
        return {}

    def main(self) -> Iterator[bytes]:
        """The list of the articles; without any, of the listings, or of the files."""
        kind = next((each for each in ("articles", "listings", _FILES) if each in self._spools), None)
        yield from self._list("pages", "Pages", kind)

    def extra(self) -> Iterator[bytes]:
        """The list of the listings."""
        yield from self._list("extraPages", "Listings", "listings")

    def _list(self, name: str, title: str, kind: str | None) -> Iterator[bytes]:
        yield json.dumps({"format": "json-pages-1.0", "id": name, "title": title}).encode() + b"\n"
        if kind is not None:
            spool = self._spools[kind]
            spool.seek(0)
            yield from chunks(spool)
