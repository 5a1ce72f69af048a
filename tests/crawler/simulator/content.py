"""What a simulated portal publishes, whatever family it speaks: departments, their articles, the articles' files.

The content may change between two visits: `publish`, `amend`, `replace`, `withdraw` and `renumber` are what portals do.
Every name and text is invented.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator, Sequence

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
BEGINNINGS = {
    "pdf": b"%PDF-1.4\n",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument ",
    "docx": b"PK\x03\x04 word/",
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook ",
    "xlsx": b"PK\x03\x04 xl/",
    "zip": b"PK\x03\x04 ",
}


@dataclasses.dataclass(slots=True)
class Clock:
    """The portal's time, moved by hand; UTC."""

    now: dt.datetime = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)

    def advance(self, **lapse: float) -> None:
        self.now += dt.timedelta(**lapse)


@dataclasses.dataclass(slots=True, eq=False)
class File:
    """One file of an article: its name as printed with suffix, its bytes, and the key the portal stores it under."""

    name: str
    body: bytes
    key: str
    uploaded: dt.datetime

    @property
    def suffix(self) -> str:
        return self.name.rpartition(".")[2].lower()

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.suffix]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


@dataclasses.dataclass(slots=True, eq=False)
class Article:
    """One disclosure: `number` is its id at the portal (see `key` for ids of 32 hexadecimal digits)."""

    number: int
    title: str
    published_on: dt.date
    index_number: str
    text: str
    files: list[File] = dataclasses.field(default_factory=list)

    @property
    def key(self) -> str:
        return hashlib.md5(str(self.number).encode(), usedforsecurity=False).hexdigest()


@dataclasses.dataclass(slots=True, eq=False)
class Department:
    """One department with a column of its own; `number` is the column's id.  Articles stand newest first."""

    number: int
    name: str
    articles: list[Article] = dataclasses.field(default_factory=list)


class Content:
    """Everything a portal publishes, with its clock."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.departments: list[Department] = []
        self._numbers = itertools.count(1229001)

    # --- what a portal's keepers do -------------------------------------------------------------------------------

    def department(self, name: str) -> Department:
        """Open a department's column."""
        opened = Department(100 + len(self.departments), name)
        self.departments.append(opened)
        return opened

    def publish(
        self, department: Department, title: str, published_on: dt.date, files: Sequence[str] = (), text: str = ""
    ) -> Article:
        """Put a new article at the top of a column, with files of these names."""
        number = next(self._numbers)
        text = text or f"{title}，按照规定向社会公开。"
        article = Article(
            number, title, published_on, f"11990000{number}/{published_on.year}-{number % 10000:05}", text
        )
        for name in files:
            self.attach(article, name)
        department.articles.insert(0, article)
        return article

    def attach(self, article: Article, name: str) -> File:
        """Add a file to an article."""
        key = hashlib.md5(f"{article.number}{name}".encode(), usedforsecurity=False).hexdigest()
        file = File(name, self._bytes(name, "v1"), key, self.clock.now)
        article.files.append(file)
        return file

    def amend(self, article: Article, text: str) -> None:
        """Change an article's text at its address."""
        article.text = text

    def replace(self, file: File, note: str) -> None:
        """Put other bytes at a file's address."""
        file.body, file.uploaded = self._bytes(file.name, note), self.clock.now

    def withdraw(self, article: Article) -> None:
        """Take an article off its column, with its page and files."""
        for department in self.departments:
            department.articles = [kept for kept in department.articles if kept is not article]

    def renumber(self, article: Article) -> None:
        """Publish an article anew under another id, as a move between columns or systems does."""
        article.number = next(self._numbers)

    def _bytes(self, name: str, note: str) -> bytes:
        beginning = BEGINNINGS[name.rpartition(".")[2].lower()]
        return beginning + f"% {name} {note}\n".encode() + b"0" * 300 + b"\n%%EOF\n"

    # --- what tests ask ---------------------------------------------------------------------------------------------

    @property
    def articles(self) -> list[Article]:
        return [article for department in self.departments for article in department.articles]

    @property
    def files(self) -> list[File]:
        return [file for article in self.articles for file in article.files]

    def article(self, number: int) -> Article | None:
        """The article of this id, or None."""
        return next((article for article in self.articles if article.number == number), None)

    def article_of_key(self, key: str) -> Article | None:
        return next((article for article in self.articles if article.key == key), None)

    def file(self, key: str) -> File | None:
        """The file stored under this key, or None."""
        return next((file for file in self.files if file.key == key), None)


def pages(articles: Sequence[Article], size: int) -> list[Sequence[Article]]:
    """A column cut into pages of `size` rows; at least one page."""
    return [articles[start : start + size] for start in range(0, len(articles), size)] or [[]]


def sample(departments: int = 1, articles: int = 7, clock: Clock | None = None) -> Content:
    """Departments of so many articles each; most have a file, some two, one in five is a budget without files."""
    content = Content(clock)
    for name in itertools.islice(_names(), departments):
        department = content.department(name)
        for place in range(articles):
            year = 2026 - (articles - 1 - place) // 2
            kind = "部门预算" if place % 2 else "部门决算"
            files = [] if place % 5 == 4 else [f"{name}{year}年{kind}.pdf", f"附件{place}：表格.xls"][: 1 + place % 2]
            content.publish(department, f"{name}{year}年{kind}公开", dt.date(year, 2, 1 + place), files)
    return content


def _names() -> Iterator[str]:
    return (f"{first}{second}局" for first in "甲乙丙丁戊" for second in "水林粮文体卫")
