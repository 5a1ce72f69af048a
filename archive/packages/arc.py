"""ARC, what crawlers wrote before WARC: one line before each answer, here as the fields of a WARC record.

The line says address, IP address, time, media type and length; version 2 says more before the length.
"""

from __future__ import annotations

import re

_LINE = re.compile(rb"(\S[^\n]{0,60000}?) ([0-9A-Fa-f.:]+|-) ([0-9]{14}) \S+ (?:[^\n]{1,60000} )?([0-9]{1,15})\r?\n")
_FILE = "filedesc:"


def begins_file(line: bytes) -> bool:
    """True for the line of the record that an ARC file begins with."""
    return line.startswith(_FILE.encode())


def begins_record(data: bytes) -> bool:
    """True where the line of a record stands at the beginning."""
    return _LINE.match(data) is not None


def fields(line: bytes) -> dict[str, str]:
    """The line of a record as fields of a WARC record; none of a line that is none."""
    parts = _LINE.fullmatch(line)
    if parts is None:
        return {}
    url, address, at, length = (each.decode("utf-8", "replace") for each in parts.groups())
    return {
        "warc-type": "warcinfo" if url.startswith(_FILE) else "response",
        "warc-target-uri": url,
        "warc-ip-address": address,
        "warc-date": f"{at[:4]}-{at[4:6]}-{at[6:8]}T{at[8:10]}:{at[10:12]}:{at[12:]}Z",
        "content-length": length,
    }
