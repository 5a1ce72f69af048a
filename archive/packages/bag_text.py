"""The text files of a bag: manifests, and labels with their values (RFC 8493, 2.1 to 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
FETCH = "fetch.txt"
PROFILE = "bagit-profile.json"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
"""Algorithms that a manifest may be of; ours are SHA-256."""

_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?(.+)")
_TAG = re.compile(r"([^:\s][^:]*?)[ \t]*:[ \t]*(.*)")
_ENCODED = {"%0A": "\n", "%0a": "\n", "%0D": "\r", "%0d": "\r", "%25": "%"}


class BagTextError(ValueError):
    """Raised when a text file of a bag is not written as the standard has it; the message says which line."""


def manifest_of(name: str) -> tuple[bool, str] | None:
    """For the name of a manifest True where it is of tag files, and its algorithm; None for any other name."""
    match = _MANIFEST.fullmatch(name)
    return (match[1] is not None, match[2]) if match else None


def manifest_line(digest: str, path: str) -> bytes:
    """One line of a manifest."""
    return f"{digest}  {path.replace('%', '%25').replace(chr(10), '%0A').replace(chr(13), '%0D')}\n".encode()


def manifest_lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Digest and path of each line.  Raises BagTextError, for a path that leads out of the bag too."""
    for number, line in enumerate(stream, 1):
        match = _LINE.fullmatch(_decoded(line, number).rstrip("\r\n"))
        if match is None:
            raise BagTextError(f"its line {number} is {line[:100]!r} and no digest with a path")
        path = safe_path(re.sub(r"%0[AaDd]|%25", lambda found: _ENCODED[found[0]], match[2]))
        if path is None:
            raise BagTextError(f"its line {number} names {match[2]!r}, which leads out of the bag")
        yield match[1].lower(), path


def safe_path(path: str) -> str | None:
    """The path without ``./`` at its beginning; None for one that leads out of the bag."""
    path = path.removeprefix("./")
    is_unsafe = path.startswith(("/", "~")) or "\\" in path or "\0" in path or re.match(r"[A-Za-z]:", path)
    return None if is_unsafe or any(part in {"", ".", ".."} for part in path.split("/")) else path


def tags_text(tags: Iterable[tuple[str, str]]) -> bytes:
    """``bag-info.txt``: one line for each label, a line break in a value becoming a space."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in tags).encode()


def read_tags(data: bytes) -> list[tuple[str, str]]:
    """Labels and values in order; indented lines continue a value.  Raises BagTextError."""
    tags: list[tuple[str, str]] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        text = _decoded(line, number)
        if text[:1] in {" ", "\t"} and tags:
            tags[-1] = (tags[-1][0], f"{tags[-1][1]} {text.strip()}")
        elif match := _TAG.fullmatch(text):
            tags.append((match[1], match[2].strip()))
        elif text.strip():
            raise BagTextError(f"its line {number} is {text[:100]!r} and has no label")
    return tags


def values(tags: Sequence[tuple[str, str]], label: str) -> list[str]:
    """Every value of a label, whose case does not matter."""
    return [value for name, value in tags if name.lower() == label.lower()]


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise BagTextError(f"its line {number} is not UTF-8") from error
