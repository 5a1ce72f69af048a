"""The lists of pages in a WACZ, from which a person begins to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from gongkai.archive.capture import Capture, Role
from gongkai.archive.packages.records import Written, warc_date
from gongkai.archive.streams import chunks, new_spool, write_to_spool

_KINDS = {Role.ARTICLE: "articles", Role.LISTING: "listings"}
_FILES = "files"


class Pages:
    """Pages as they come, in temporary files: articles, listings, and all else."""

    def __init__(self) -> None:
        self._spools: dict[str, BinaryIO] = {}
        self._firsts: dict[str, dict[str, str]] = {}

    def close(self) -> None:
        """Give up the temporary files."""
        for spool in self._spools.values():
            spool.close()

    def add(self, capture: Capture, record: Written) -> None:
        """Enter a capture by the record that holds its bytes."""
        if not record.is_shown or record.kind == "revisit":
            return
        kind = _KINDS.get(capture.role, _FILES)
        url = record.url if record.body is None else record.lookup
        page = {
            "id": capture.capture_id,
            "url": url,
            "ts": warc_date(record.at)[:19] + "Z",
            "title": capture.title or capture.link_text or capture.file_name or url,
        }
        if kind not in self._spools:
            self._spools[kind] = new_spool()
        write_to_spool(self._spools[kind], json.dumps(page, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        if record.body is None:
            self._firsts.setdefault(kind, page)

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
