"""The parsing stage: what was captured and not yet parsed by this parser version becomes rows of the lake.

What is left to do is a difference between two listings, the archive's captures and the lake's documents, so the stage
can be killed anywhere and run again.  An original that failed for a reason that may pass (a killed worker, time,
memory, a store that was away) is tried again by the next runs, as often as ``parsing.settings`` says.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, cast

from gongkai.archive import Archive, Capture, Role, new_run_id
from gongkai.lake.files import read_file
from gongkai.lake.manifest import read_manifest
from gongkai.lake.packing import PackedDocument
from gongkai.lake.partition import Partitions
from gongkai.lake.publication import finish_publication, publish
from gongkai.lake.rows import DocumentRow
from gongkai.parsing.articles import Articles
from gongkai.parsing.contexts import context_of
from gongkai.parsing.left import PARSER_VERSION, Batch, Left, what_is_left
from gongkai.parsing.workers import Limits, Task, parse_all
from gongkai.vocabulary.dimensions import ParseStatus

PassedOver = Literal["passed_over"]

DOCUMENTS_PER_PUBLICATION = 2000
"""Documents whose rows are held in memory, compressed, before they are published."""
BYTES_PER_PUBLICATION = 256 * 2**20
"""Bounds the compressed rows held: a thousand documents of two thousand amounts each are published together."""

Pool = Callable[[str, list[Task]], Iterable[PackedDocument]]
"""Parses tasks of the archive at a root in whatever order, as ``workers.parse_all`` does."""


@dataclasses.dataclass(frozen=True, slots=True)
class ParsedSummary:
    """The outcome of one original."""

    sha256: str
    name: str
    status: ParseStatus | PassedOver
    """``passed_over`` stands for an article page without statement forms."""
    entity: str | None
    amounts: int
    confirmed: int
    issues: int
    reason: str | None
    """The first issue's reason, None where there is none."""
    container: str | None = None
    """SHA-256 of the original it lies in; None for an original of its own."""


@dataclasses.dataclass(slots=True)
class ParseReport:
    """Counts of one run.  ``exit_code`` 0: all read; 1: something was refused, see ``issues``, or ``unsettled``.

    ``unsettled`` counts the originals of the archive that could not be read so far for a reason that may pass.
    """

    total: int = 0
    parsed: int = 0
    partial: int = 0
    unrelated: int = 0
    unreadable: int = 0
    passed_over: int = 0
    container: int = 0
    skipped: int = 0
    issues: int = 0
    amounts: int = 0
    confirmed: int = 0
    unsettled: int = 0

    @property
    def exit_code(self) -> int:
        return 1 if self.unreadable or self.unsettled else 0


def parse(
    archive: Archive,
    *,
    everything: bool = False,
    workers: int | None = None,
    limits: Limits | None = None,
    pool: Pool | None = None,
    divisions: Mapping[str, str] | None = None,
    on_document: Callable[[ParsedSummary], None] | None = None,
    remaining: Left | None = None,
    max_seconds: float = math.inf,
) -> ParseReport:
    """Parse what is pending (or everything) and publish it.  A document already parsed is left as it is.

    ``pool`` stands for the worker processes on this machine, whose number ``workers`` and whose ``limits`` are not its.
    ``remaining`` is what ``what_is_left`` said, where that was asked before.
    ``max_seconds`` is the time after which they begin nothing more: what is left is left to the next run.
    ``divisions`` gives the GB/T 2260 code of the division each portal publishes for, by the portal's archive name.

    Interrupted by Ctrl-C, what was parsed until then is published before the interruption goes on.  A run that
    published something leaves a report.  A lake that is damaged is rebuilt where ``everything`` is parsed; else
    ManifestError is raised where something of it must be read and is damaged.
    """
    if not everything:
        finish_publication(archive.store)
    started, deadline = dt.datetime.now(dt.UTC), time.monotonic() + max_seconds
    remaining = remaining or what_is_left(archive, everything=everything)
    report = ParseReport(total=remaining.total, skipped=remaining.candidates - remaining.total)

    def made(tasks: list[Task], until: float) -> Iterable[PackedDocument]:
        if pool is not None:
            return pool(archive.store.url, tasks)
        return parse_all(archive.store.url, tasks, workers or os.cpu_count() or 1, limits, until)

    reading = _Reading(archive, remaining, report, made, divisions or {}, on_document, rebuild=everything)
    is_whole = False
    try:
        for number, batch in enumerate(remaining.batches()):
            if number and time.monotonic() >= deadline:
                break
            reading.read(batch, deadline)
        is_whole = True
    finally:
        if not remaining.total:
            reading.publish({})
        report.unsettled = _unsettled(archive, remaining)
        if remaining.total:
            _leave_report(archive, report, started, everything=everything, interrupted=not is_whole)
    return report


class _Reading:
    """The batches of a run, each parsed and published as a run of its own would be."""

    def __init__(  # noqa: PLR0917 - what a run is given
        self,
        archive: Archive,
        remaining: Left,
        report: ParseReport,
        made: Callable[[list[Task], float], Iterable[PackedDocument]],
        divisions: Mapping[str, str],
        on_document: Callable[[ParsedSummary], None] | None,
        *,
        rebuild: bool,
    ) -> None:
        self._archive, self._remaining, self._report, self._made = archive, remaining, report, made
        self._divisions, self._on_document, self._rebuild = divisions, on_document, rebuild
        self._documents: list[PackedDocument] = []
        self._bytes = 0

    def read(self, batch: Batch, deadline: float) -> None:
        """Parse a batch and publish it, also what of it was parsed when an exception ends it."""
        captures_of = {**batch.siblings, **batch.chosen}
        articles = Articles(batch.beside)
        try:
            for document in self._parsed(batch.chosen, captures_of, articles, deadline):
                self._documents.append(document)
                self._bytes += document.bytes
                captures = batch.chosen[document.container or document.sha256]
                _count(self._report, document, captures, self._on_document)
                articles.learn(captures[0], document.row())
                if len(self._documents) >= DOCUMENTS_PER_PUBLICATION or self._bytes >= BYTES_PER_PUBLICATION:
                    self.publish(captures_of)
            for sha256, row in _read_before(self._archive, batch.siblings):
                articles.learn(captures_of[sha256][0], row)
            self._documents.extend(self._parsed(articles.to_read_anew(), captures_of, articles))
        finally:
            if self._documents:
                self.publish(captures_of)

    def _parsed(
        self,
        sha256s: Iterable[str],
        captures_of: Mapping[str, list[Capture]],
        articles: Articles,
        until: float = math.inf,
    ) -> Iterator[PackedDocument]:
        tasks = [Task(sha256, context_of(captures_of[sha256], self._divisions, articles)) for sha256 in sha256s]
        for document in self._made(tasks, until):
            if document.container is None or not self._remaining.is_candidate(document.sha256):
                yield document  # else the same bytes were published by themselves too, and are a document as such

    def publish(self, captures_of: Mapping[str, list[Capture]]) -> None:
        """Publish what was parsed since the last time; where Ctrl-C falls into it, from the beginning, so that what was
        finished is kept.  Another one ends it.
        """
        documents, self._documents, self._bytes = self._documents, [], 0
        try:
            _publish(self._archive, documents, captures_of, rebuild=self._rebuild)
        except KeyboardInterrupt:
            _publish(self._archive, documents, captures_of, rebuild=self._rebuild)
            raise
        self._rebuild = False  # what was damaged is gone


def _read_before(archive: Archive, siblings: Mapping[str, Any]) -> Iterator[tuple[str, DocumentRow]]:
    """What the files that stand beside those of a batch in an article said of themselves, when they were read.

    A crawl under way brings the files of one article in several runs, which must end as one run does.
    """
    manifest = read_manifest(archive.store) if siblings else None
    if manifest is None:
        return
    known = manifest.originals.of(siblings)
    partitions = {each.partition for each in known.values() if each.partition is not None}
    for file in manifest.of("documents", Partitions(provinces={each.province for each in partitions})):
        if file.partition in partitions:
            for row in read_file(archive.store, file, ("sha256", "title", "entity", "amounts")).to_pylist():
                if row["sha256"] in siblings:
                    yield row["sha256"], cast("DocumentRow", row)


def _unsettled(archive: Archive, remaining: Left) -> int:
    manifest = read_manifest(archive.store)
    return remaining.count_of(manifest.unsettled) if manifest else 0


def _leave_report(
    archive: Archive, report: ParseReport, started: dt.datetime, *, everything: bool, interrupted: bool
) -> None:
    document = {
        "command": "parse",
        "started": started.isoformat(),
        "finished": dt.datetime.now(dt.UTC).isoformat(),
        "parser_version": PARSER_VERSION,
        "everything": everything,
        "interrupted": interrupted,
        "lake": read_manifest(archive.store) is not None,
        **dataclasses.asdict(report),
        "exit_code": report.exit_code,
    }
    archive.write_run_report(new_run_id(started), document)


def _is_page_only(captures: Iterable[Capture]) -> bool:
    return all(capture.role is Role.ARTICLE for capture in captures)


def _status(document: PackedDocument, captures: Iterable[Capture]) -> ParseStatus | PassedOver:
    if document.status == "unrelated" and _is_page_only(captures):
        return "passed_over"
    return document.status


def _count(
    report: ParseReport,
    document: PackedDocument,
    captures: list[Capture],
    on_document: Callable[[ParsedSummary], None] | None,
) -> None:
    status = _status(document, captures)
    row = document.row()
    amounts, confirmed, issues = row.get("amounts") or 0, row.get("confirmed") or 0, row.get("issues") or 0
    setattr(report, status, getattr(report, status) + 1)
    if status != "passed_over":
        report.issues += issues
    report.amounts += amounts
    report.confirmed += confirmed
    if on_document is not None:
        reasons = document.table("issues").column("reason").to_pylist()
        name = row.get("file_name") or captures[0].file_name or captures[0].url
        first = reasons[0] if reasons else None
        told = (document.sha256, name, status, row.get("entity"), amounts, confirmed, issues, first)
        on_document(ParsedSummary(*told, container=document.container))


def _publish(
    archive: Archive, batch: list[PackedDocument], captures: Mapping[str, list[Capture]], *, rebuild: bool
) -> None:
    documents: list[PackedDocument] = []
    passed_over: list[str] = []
    for document in batch:
        found_in = captures[document.container or document.sha256]
        if _status(document, found_in) == "passed_over":
            passed_over.append(document.sha256)
        else:
            documents.append(document.with_row(_with_provenance(document.row(), found_in)))
    publish(archive.store, documents, passed_over, PARSER_VERSION, rebuild=rebuild)
    archive.note_lake()


def _with_provenance(row: DocumentRow, captures: list[Capture]) -> DocumentRow:
    """A row of ``documents`` with where it came from; a file in an archive file keeps the name it has there."""
    first = captures[0]
    return {
        **row,
        "parser_version": PARSER_VERSION,
        "first_captured_at": first.received_at or first.requested_at,
        "portal": first.portal,
        "url": first.url,
        "article_url": first.parent_url if first.role is Role.ATTACHMENT else None,
        "file_name": row.get("file_name") or first.file_name,
    }
