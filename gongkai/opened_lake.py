"""An archive opened for analysis in Python: what ``gongkai.open`` returns.

The names of ``OpenLake``, ``Relation``, ``SearchHits`` and ``NumberEvidence`` that begin without an underscore are
stable: they change with a new major version only.  polars and pandas are imported by the method that returns their
frame, and need not be installed for the others.

>>> import gongkai
>>> lake = gongkai.open("gongkai-data")
>>> lake.sql("SELECT count(*) AS documents FROM documents").fetchall()
[(5,)]
>>> lake.sql("SELECT entity FROM documents WHERE year = $year", year=2024).fetchall()
[('济源市教育局',)]
>>> lake.query("three_public_by_department", place="秦皇岛", year=2025).arrow()["three_public"].to_pylist()
[Decimal('63.00')]
>>> lake.table("amounts").columns[:3]
['entity', 'level', 'phase']
>>> "document_totals" in lake.tables
True
>>> lake.search("三公经费", place="秦皇岛", year=2025).arrow()["passage"].to_pylist()
['四、财政拨款“三公”经费预算情况']
>>> lake.close()
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.archive.fixity import Finding
from gongkai.archive.retrieval import History
from gongkai.archive.signature_fixity import SignatureCheck, Trust
from gongkai.archive.verifications import Asked, verify_recorded
from gongkai.enclosed import bytes_of, document_of
from gongkai.exits import Exit
from gongkai.lake.fixity import lake_files
from gongkai.number_evidence import NumberEvidence, shown
from gongkai.queries.connection import load_manifest
from gongkai.queries.coverage import Coverage, coverage, missing_sql
from gongkai.queries.errors import UnknownQueryError
from gongkai.queries.evidence import evidence_of
from gongkai.queries.evidence_facts import LINE_ITEM
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question
from gongkai.queries.full_text.rows import hit_rows
from gongkai.queries.full_text.search import search
from gongkai.queries.full_text.tables import KINDS, Kind
from gongkai.queries.lake import connect, relation_names
from gongkai.queries.named_queries import NamedQuery, named_queries, named_query
from gongkai.queries.settings import QuerySettings
from gongkai.relation import Relation, SearchHits
from gongkai.session import CommandError, Session
from gongkai.withdrawals import withdrawn_rows

__all__ = ["NumberEvidence", "OpenLake", "Relation", "SearchHits"]


class OpenLake:
    """The lake and the originals of one archive, only read.

    It shows the last whole parse run at the time it was opened, and can read that for as long as ``GONGKAI_LAKE_GRACE``
    keeps its files once another run was published: open it again then.  For one thread at a time.
    """

    def __init__(self, root: str, settings: QuerySettings | None = None) -> None:
        self._archive = Session(root).filled_archive()
        self._connection = connect(self._archive.store, settings)

    @property
    def publication(self) -> str:
        """Twelve digits that stand for the lake as it is shown; empty where nothing was parsed yet."""
        manifest = self._connection.manifest
        return manifest.publication if manifest else ""

    def is_newest(self) -> bool:
        """False once another publication is there: what is opened shows the earlier one."""
        newest = load_manifest(self._archive.store)
        return self.publication == (newest.publication if newest else "")

    def sql(self, text: str, **parameters: object) -> Relation:
        """One reading statement in DuckDB's SQL; parameters are bound, ``$name`` in the text."""
        return Relation(self._connection, text, parameters)

    def query(self, name: str, **parameters: object) -> Relation:
        """A named query; None for a parameter means its default.

        Raises UnknownQueryError and ParameterError, which name what there is.
        """
        named, values = _asked(name, parameters)
        return Relation(self._connection, named.sql, values, _of=named)

    def coverage(self, name: str, **parameters: object) -> Coverage:
        """How many documents answer a named query so asked; as text the sentence that ``gongkai query`` says."""
        return coverage(self._connection, *_asked(name, parameters))

    def missing(self, name: str, **parameters: object) -> Relation:
        """The documents that do not answer a named query so asked."""
        named, values = _asked(name, parameters)
        return Relation(self._connection, *missing_sql(self._connection, named, values), _of=named)

    @property
    def queries(self) -> dict[str, str]:
        """The title of each named query."""
        return {name: query.title for name, query in named_queries().items()}

    def table(self, name: str) -> Relation:
        """All rows of a table or view.  Raises UnknownQueryError for a name that the lake does not have."""
        if name not in self.tables:
            raise UnknownQueryError(f"the lake has no table or view {name!r}; it has {', '.join(self.tables)}")
        return Relation(self._connection, f'SELECT * FROM "{name}"', {})  # noqa: S608 - a name of the catalogue

    @property
    def tables(self) -> list[str]:
        """The names of tables and views."""
        return list(relation_names(self._connection))

    def documents(self, **filters: object) -> Relation:
        """The parsed documents, filtered by place, year, department, phase, level or status."""
        return self.query("documents_of_a_place", **filters)

    def search(
        self,
        words: str,
        *,
        place: str = "",
        year: int | None = None,
        department: str = "",
        phase: str = "",
        kinds: Sequence[Kind] = KINDS,
        limit: int = 20,
    ) -> SearchHits:
        """The passages that hold every word, as ``gongkai search`` finds them, in the lake as it is now.

        ``kinds`` are of title, narrative, project, indicator and cell.  Raises ParameterError where there is no word.
        """
        question = Question(words_of(words), place, year, department, phase, kinds, limit)
        answer = search(self._archive.store, question)
        connection = duckdb.connect()
        connection.from_arrow(hit_rows(answer.hits)).create("hits")
        return SearchHits(connection, "SELECT * FROM hits", {}, answer)

    def original(self, sha256: str) -> bytes:
        """A document's bytes as they were published, checked against their SHA-256, of which 8 digits do.

        Raises CommandError for digits that name no document or several, OriginalMissingError, OriginalAlteredError.
        """
        document = document_of(self._archive, sha256)
        if document is not None:
            return bytes_of(self._archive, document)
        captures = [capture for capture in self._archive.find(sha256) if capture.payload_sha256]
        if not captures:
            raise CommandError(f"the archive holds no original of {sha256!r}", Exit.SOMETHING_FAILED)
        return self._archive.original(str(captures[-1].payload_sha256))

    def versions(self, what: str, *, amounts: bool = False) -> pa.Table:
        """The versions of a document, by 8 digits of its SHA-256 or its address; or the numbers that changed.

        Raises CommandError for one that the archive does not know.
        """
        changes = importlib.import_module("gongkai.changes")
        captures = changes.captures_of(self._archive, what)
        columns, rows = (changes.AMOUNTS, changes.amounts) if amounts else (changes.VERSIONS, changes.versions)
        return pa.Table.from_pylist(list(rows(self._archive, captures)), schema=pa.schema(columns))

    def withdrawn(self) -> pa.Table:
        """Documents that are gone from their address or were replaced there."""
        with contextlib.closing(History(self._archive)) as history:
            return withdrawn_rows(history).read_all()

    def evidence(self, line_item_id: str, *, scale: float = 2.0) -> NumberEvidence:
        """Where an amount of ``line_items`` is printed; ``scale`` in pixels to the point.

        Raises CommandError for an id that no line item has.
        """
        parts = LINE_ITEM.fullmatch(line_item_id)
        document = document_of(self._archive, parts[1]) if parts else None
        position = (int(parts[2]), int(parts[3]), int(parts[4])) if parts else (0, 0, 0)
        evidence = evidence_of(self._connection, document, *position) if document else None
        if not document or not evidence or line_item_id not in {item["line_item_id"] for item in evidence.items}:
            raise CommandError(f"{line_item_id!r} is no amount of line_items", Exit.SOMETHING_FAILED)
        return shown(bytes_of(self._archive, document), document, evidence, scale)

    def cell_evidence(self, sha256: str, table: int, row: int, column: int, *, scale: float = 2.0) -> NumberEvidence:
        """The place of any cell of ``cells``: of a project's budget or a target, which are no line items.

        Raises CommandError where there is no such cell.
        """
        document = document_of(self._archive, sha256)
        evidence = evidence_of(self._connection, document, table, row, column) if document else None
        if not document or not evidence:
            raise CommandError(
                f"{sha256[:12]!r} has no cell in table {table}, row {row}, column {column}", Exit.SOMETHING_FAILED
            )
        return shown(bytes_of(self._archive, document), document, evidence, scale)

    def verify(self) -> list[Finding]:
        """What is missing or altered in the whole archive, every byte of which is read; empty where all is well.

        A record of it is left in the archive, where that can be written.
        """
        return list(verify_recorded(self._archive, Asked(), further=(lake_files, SignatureCheck(Trust()))))

    def close(self) -> None:
        """Close the lake; leaving a ``with`` does."""
        self._connection.close()

    def __enter__(self) -> OpenLake:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _asked(name: str, parameters: Mapping[str, object]) -> tuple[NamedQuery, dict[str, Any]]:
    named = named_query(name)
    given = {key: _written(value) for key, value in parameters.items() if value is not None}
    return named, dict(named.values(given))


def _written(value: object) -> str:
    """A value as a person writes it after ``--set``."""
    return str(value).lower() if isinstance(value, bool) else str(value)
