"""The errors of this package: one tree, every message one sentence with the value in question."""

from __future__ import annotations


class QueryError(Exception):
    """Root of what querying raises."""


class SqlError(QueryError):
    """Raised when DuckDB cannot parse, bind or run a statement; the message holds the position where it knows it."""


class StatementRefusedError(QueryError):
    """Raised for SQL that is not one reading statement over the lake, from ``sql_guard``."""


class UnknownQueryError(QueryError):
    """Raised when no named query has the name, from ``named_queries``."""


class ParameterError(QueryError):
    """Raised for a parameter that the query does not have, lacks or cannot read as its type."""


class LakeUnusableError(QueryError):
    """Raised when the lake's manifest or one of its files cannot be read."""


class OutputError(QueryError):
    """Raised when an answer cannot be written in the form asked for."""


class RunUnreadableError(QueryError):
    """Raised when a file given to be compared with is not a run kept by ``gongkai quality``, from ``quality``."""


class ReleaseUnreadableError(QueryError):
    """Raised when a release to be compared is none, is not whole or was altered, from ``release_diff``."""
