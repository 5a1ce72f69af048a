"""The versions of what the archive files: every object says which format it has, and a newer one is refused.

An object without a number was written before there were numbers, in format 1.  A format's number is raised when an
older version of gongkai would misread what a newer one writes; columns and members that only come are no new format.
"""

from __future__ import annotations

from gongkai.archive.store import ArchiveError

MEMBER = "format"
"""Name of the number in JSON documents, and in the Parquet metadata of capture files."""

CAPTURES = 1
REPORT = 2
"""Stands in the report of a run under way that names some of its folders and counts the notes that name the others
(``archive.under_way``)."""
REPORT_BY_ITSELF = 1
"""Stands in all other reports."""
NOTE = 1
INVENTORY = 1
MANIFEST = 2


class NewerFormatError(ArchiveError):
    """Raised when an object was written by a newer version of gongkai, in a format that this one does not know."""


def check_format(found: object, newest: int, what: str) -> None:
    """Raises NewerFormatError unless the number is one of a format up to ``newest``; ``what`` names the object."""
    number = int(found) if isinstance(found, bytes) and found.isdigit() else found
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= newest:
        shown = found.decode("ascii", "replace") if isinstance(found, bytes) else found
        raise NewerFormatError(
            f"{what} has format {shown!r}, which a newer version of gongkai wrote; this one reads formats up to"
            f" {newest}: install a newer gongkai"
        )
