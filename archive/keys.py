"""Object keys: what is a valid one, and under which key each kind of object is filed."""

from __future__ import annotations

import re

from gongkai.archive.store import BadKeyError

RAW = "raw/sha256/"
CAPTURES = "captures/"
RUNS = "runs/"
UNDER_WAY = "runs_under_way/"
LOCKS = "locks/"
HANDOVER = "handover/"
INCOMING = ".incoming"
"""Folder in which a directory store keeps files being written; never part of a key."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOTE = re.compile(r"runs_under_way/(?P<run>[^/]+)\.[0-9]{6,}\.json")
_CAPTURE_FILE = re.compile(r"captures/(?P<portal>[^/]+)/(?P<run>[^/]+)/(?P<number>[0-9]{6,})\.parquet")


def check_key(key: str) -> str:
    """The key itself.  Raises BadKeyError when it is not one that every store can hold.

    At most 1024 bytes of UTF-8 in all (S3) and 255 in each segment (file systems).
    """
    segments = key.split("/")
    if any(segment in {"", ".", ".."} for segment in segments) or "\0" in key or segments[0] == INCOMING:
        raise BadKeyError(f"{key!r} is not a valid key: segments must not be empty, '.', '..' or hold NUL")
    try:
        lengths = [len(segment.encode()) for segment in segments]
    except UnicodeEncodeError as error:
        raise BadKeyError(f"{key!r} is not a valid key: it cannot be written as UTF-8") from error
    if max(lengths) > 255 or sum(lengths) + len(lengths) > 1024:
        raise BadKeyError(f"{key!r} is not a valid key: at most 255 bytes a segment and 1024 in all")
    return key


def check_segment(name: str) -> str:
    """The name itself.  Raises BadKeyError when it cannot be one segment of a key."""
    if "/" in name:
        raise BadKeyError(f"{name!r} cannot be part of a key: it holds a '/'")
    return check_key(name)


def is_sha256(text: str) -> bool:
    """True for a SHA-256 as this archive writes it: 64 lower-case hexadecimal digits."""
    return _SHA256.fullmatch(text) is not None


def original_key(sha256: str) -> str:
    """Key of an original.  Raises BadKeyError when the text is not a SHA-256."""
    if not is_sha256(sha256):
        raise BadKeyError(f"{sha256!r} is not a SHA-256: 64 lower-case hexadecimal digits")
    return f"{RAW}{sha256[:2]}/{sha256}"


def sha256_of_key(key: str) -> str | None:
    """The SHA-256 an original's key states; None when the key is not exactly an original's."""
    sha256 = key.rpartition("/")[2]
    return sha256 if is_sha256(sha256) and key == original_key(sha256) else None


def captures_prefix(portal: str, run_id: str) -> str:
    """Prefix of the capture files of one portal and run."""
    return f"{CAPTURES}{check_segment(portal)}/{check_segment(run_id)}/"


def capture_file_number(key: str) -> int | None:
    """The number in the name of a capture file; None when the key is not a capture file's."""
    match = _CAPTURE_FILE.fullmatch(key)
    return int(match["number"]) if match else None


def run_report_key(run_id: str) -> str:
    """Key of a run's report."""
    return f"{RUNS}{check_segment(run_id)}.json"


def run_page_key(run_id: str) -> str:
    """Key of a run's report as a page for people."""
    return f"{RUNS}{check_segment(run_id)}.html"


def note_key(run_id: str, number: int) -> str:
    """Key of a note beside the report of a run under way; their numbers begin with 1."""
    return f"{UNDER_WAY}{check_segment(run_id)}.{number:06d}.json"


def run_of_note(key: str) -> str | None:
    """The run beside whose report a note stands; None when the key is not a note's."""
    match = _NOTE.fullmatch(key)
    return match["run"] if match else None


def is_run_report(key: str) -> bool:
    """True for a key under ``runs/`` that is a report's rather than its page's."""
    return not key.endswith(".html")
