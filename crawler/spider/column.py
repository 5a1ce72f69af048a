"""A column is read whole, or it ends in a named outcome or problem: one set of rules for all families.

The rules name a page without rows, a page with the rows of an earlier one, fewer pages or rows than the column
declares, and a column that shrank while it was read; nothing is taken for a quiet day.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator

from gongkai.archive import Outcome
from gongkai.crawler.pages.address import mark
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.wire.outcome import Verdict

Finding = tuple[str, str, Severity]
"""The kind of a problem, its sentence, and how much it spoils."""


@dataclasses.dataclass(slots=True)
class Column:
    """One column (栏目) being read, known by the address of its first page.

    `pages` maps the marks of each page's rows to its number, `seen` holds the marks of all pages, `repeats` counts rows
    printed more than once on one page.  `total` and `count` are the fewest rows and pages that any page declared: what
    is added while the column is read stands on a page that was read before, and is the next run's.  `most` is the most
    rows that any page declared.  `failed` is set where a page could not be read, which is reported by itself,
    `failures` counts the pages that were passed over for that, and `is_endless` is set where the column went on beyond
    the pages and seconds it is given.  `began` is a monotonic time.
    """

    url: str
    pages: dict[int, int] = dataclasses.field(default_factory=dict)
    seen: set[int] = dataclasses.field(default_factory=set)
    repeats: int = 0
    total: int | None = None
    most: int = 0
    count: int | None = None
    failed: bool = False
    failures: int = 0
    is_endless: bool = False
    began: float = dataclasses.field(default_factory=time.monotonic)

    def judge(self, listed: Listed, lead: Lead) -> Verdict:
        """The verdict on a page of the column; CAPTURED where it may be followed."""
        if not listed.rows:
            return self._without_rows(listed, lead)
        earlier = self.pages.get(hash(_addresses(listed)))
        if earlier is None:
            return Verdict(Outcome.CAPTURED)
        self.failed = True
        return Verdict(Outcome.LISTING_REPEATED, f"page {lead.page_number} has the rows of page {earlier}")

    def _without_rows(self, listed: Listed, lead: Lead) -> Verdict:
        is_announced = listed.total == 0 and lead.parent_url is not None
        if listed.columns or is_announced or listed.may_be_empty:
            return Verdict(Outcome.CAPTURED)
        self.failed = True
        return Verdict(Outcome.LISTING_EMPTY, "the page has no row with a link and a date")

    def take(self, listed: Listed, lead: Lead) -> Iterator[Finding]:
        """Count a page that was lead sound."""
        addresses = _addresses(listed)
        if addresses and not listed.is_preview:
            self.pages[hash(addresses)] = lead.page_number
        self.seen |= addresses
        self.repeats += listed.repeats
        if not addresses and listed.total == 0:
            yield "column_empty", f"The column {lead.url!r} says that it holds nothing.", Severity.WARNING
        if self.total is not None and listed.total is not None and listed.total < self.total:
            message = f"The column {self.url!r} shrank from {self.total} to {listed.total} rows while it was read."
            yield "listing_changed", f"{message[:-1]}, so that a row may have been missed.", Severity.ERROR
        self.total, self.most = _fewest(self.total, listed.total), max(self.most, listed.total or 0)
        self.count = _fewest(self.count, listed.pages)

    def bound(self, pages: int, seconds: float) -> Iterator[Finding]:
        """End a column that would go on beyond so many pages or seconds."""
        spent, read = time.monotonic() - self.began, len(self.pages) + self.failures
        if self.is_endless or (read < pages and spent < seconds):
            return
        self.failed = self.is_endless = True
        declared = f" of {self.count} declared" if self.count else ""
        message = f"The column {self.url!r} goes on after {read} pages{declared} and {spent:.0f} s"
        yield "listing_endless", f"{message}; a column is read for {pages} pages and {seconds:.0f} s.", Severity.FATAL

    @property
    def is_whole(self) -> bool:
        """True once all rows that the column ever declared were seen, so that no further page is needed."""
        return len(self.seen) + self.repeats >= self.most > 0

    def conclude(self) -> Iterator[Finding]:
        """The problems of a column from which pages or rows are missing once everything was read."""
        if self.failed:
            return
        if self.count is not None and len(self.pages) < self.count:
            message = f"The column {self.url!r} declares {self.count} pages; {len(self.pages)} were read."
            yield "listing_incomplete", message, Severity.FATAL
        elif self.total is not None and len(self.seen) + self.repeats < self.total:
            message = f"The column {self.url!r} declares {self.total} rows; {len(self.seen)} were read."
            yield "listing_incomplete", message, Severity.FATAL


def _fewest(known: int | None, declared: int | None) -> int | None:
    return min((number for number in (known, declared) if number is not None), default=None)


def _addresses(listed: Listed) -> frozenset[int]:
    return frozenset(mark(row.url) for row in listed.rows)
