"""The files of one article, which tell of one another.

A file of tables alone is the disclosure of the body that the narrative beside it names.  Names of links and files are
known beforehand; what a file says of itself is known once it is parsed, and then those that name nobody are read anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.archive import Capture, Role
from gongkai.lake.rows import DocumentRow


class Articles:
    """By article: the names of its files, and what they say of themselves."""

    def __init__(self, firsts: Iterable[Capture]) -> None:
        """``firsts`` are the first captures of all originals."""
        self._names: dict[str, dict[str, tuple[str, ...]]] = {}
        self._nameless: dict[str, str] = {}
        self._told: dict[str, set[str]] = {}
        for first in firsts:
            article, sha256 = _article(first), first.payload_sha256
            if article is not None and sha256 is not None:
                names = tuple(name for name in (first.link_text, first.file_name) if name)
                self._names.setdefault(article, {})[sha256] = names

    def beside(self, first: Capture) -> tuple[str, ...]:
        """The names of the other files of a file's article."""
        names = self._names.get(_article(first) or "", {})
        return tuple(name for sha256, others in names.items() if sha256 != first.payload_sha256 for name in others)

    def learn(self, first: Capture, row: DocumentRow) -> None:
        """Note what a parsed file says of itself: its title and its body, or that it names none."""
        article, sha256 = _article(first), first.payload_sha256
        if article is None or sha256 is None:
            return
        if row.get("entity") is not None:
            told = tuple(text for text in (row.get("title"), row.get("entity")) if text)
            self._names[article][sha256] = (*self._names[article][sha256], *told)
            self._told.setdefault(article, set()).add(sha256)
        elif row.get("amounts"):
            self._nameless[sha256] = article

    def to_read_anew(self) -> list[str]:
        """SHA-256 of the files with amounts that name nobody, where another of their article does."""
        return [sha256 for sha256, article in self._nameless.items() if self._told.get(article, set()) - {sha256}]


def _article(first: Capture) -> str | None:
    return first.parent_url if first.role is Role.ATTACHMENT else None
