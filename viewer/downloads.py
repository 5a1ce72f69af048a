"""The data of a part of a page as a file: all rows, or the SQL that gives them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import re
import tempfile
import urllib.parse
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Any, BinaryIO, cast

import pyarrow as pa

from gongkai.queries.connection import LakeConnection
from gongkai.queries.output import Format, write
from gongkai.queries.sql_guard import run
from gongkai.queries.sql_text import quoted
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.view import Held, Question

_FORMS: dict[str, tuple[Format, str]] = {
    "csv": ("csv-spreadsheet", "text/csv; charset=utf-8"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
}
"""What each form is written as.  CSV is for spreadsheets, since people open it with one."""

_WORDS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|\$(?P<name>[A-Za-z_]\w*)""", re.DOTALL)
"""What of SQL may hold a dollar sign: texts, names in quotes, comments, and parameters, which alone have a name."""
_IN_MEMORY = 2**20
_PIECE = 2**16


@dataclasses.dataclass(frozen=True, slots=True)
class Download:
    """A file to be sent, written whole before its first byte goes."""

    media_type: str
    stream: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """Its bytes."""
        with self.stream:
            while piece := self.stream.read(_PIECE):
                yield piece


def download(lake: LakeConnection, question: Question | Held, publication: str, form: str) -> Download:
    """A question's answer in a form.  Raises NotHeldError for a form there is not, and what ``run`` does."""
    if form not in _FORMS and form != ("jsonl" if isinstance(question, Held) else "sql"):
        raise NotHeldError(f"there is no data of the form {form!r}: take csv, xlsx, parquet or sql")
    with contextlib.ExitStack() as failing:
        stream: IO[bytes] = failing.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
        if form == "sql" and isinstance(question, Question):
            stream.write(statement(question, publication).encode())
            media_type = "application/sql; charset=utf-8"
        elif form == "jsonl" and isinstance(question, Held):
            stream.writelines(f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in question.rows.to_pylist())
            media_type = "application/jsonl; charset=utf-8"
        else:
            written_as, media_type = _FORMS[form]
            answer = _rows(lake, question)
            write(answer, written_as, cast("BinaryIO", stream), lambda _: None)
        failing.pop_all()  # it is closed when it was sent
    stream.seek(0)
    return Download(media_type, stream)


def _rows(lake: LakeConnection, question: Question | Held) -> pa.RecordBatchReader:
    if isinstance(question, Held):
        return question.rows.to_reader()
    return run(lake, question.sql, question.parameters, of=question.of, within=question.within)


def statement(question: Question, publication: str) -> str:
    """The SQL that gives the answer again, with its values written out: a statement that every DuckDB takes."""
    head = [
        f"-- publication {publication}",
        "-- gongkai query - < this file; or in DuckDB over contrib/duckdb/views.sql: .read this file",
    ]
    if question.of is not None:
        head.append(f"-- gongkai query {question.of.name} is the query it was made from")
    return "\n".join([*head, f"{_written_out(question).rstrip().rstrip(';')};", ""])


def _written_out(question: Question) -> str:
    """The SQL with each ``$name`` as a literal; texts, names in quotes and comments stay as they are."""

    def literal(found: re.Match[str]) -> str:
        name = found["name"]
        return found[0] if name is None else _literal(question.parameters[name])

    return _WORDS.sub(literal, question.sql).strip()


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return f"({value})" if value < 0 else str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dt.date):
        kind = "TIMESTAMPTZ" if isinstance(value, dt.datetime) else "DATE"
        return f"{kind} {quoted(value.isoformat())}"
    return quoted(str(value))


def attached(name: str) -> str:
    """A Content-Disposition that has the browser keep a file under this name (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{urllib.parse.quote(name, safe='')}"


def file_name(document: Mapping[str, Any]) -> str:
    """The published name without what could lead elsewhere, else digits of the hash."""
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]', "_", document["file_name"] or "")
    return name.strip(". ")[:150] or f"{document['sha256'][:12]}.{document['format'] or 'bin'}"
