"""A named query that is asked of several places at once: what it reads is read once for all of them.

The documents of all places are chosen together, and what the query reads of them is held, with the columns that it
names.  Each question is then asked as ever, and finds its rows among those held.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.queries.connection import LakeConnection
from gongkai.queries.named_queries import NamedQuery
from gongkai.queries.reach import CHOOSING, CONDITIONS, Together, given_of, scans_of, where_documents_lie


def hold_together(lake: LakeConnection, query: NamedQuery, several: Sequence[Mapping[str, Any]]) -> None:
    """Have a query that is about to be asked with each of these values, of places or portals, read its rows at once.

    Nothing is held where that is too much.  Raises LakeUnusableError, StoreError.
    """
    wanted = [given_of(values) for values in several]
    lake.read([where_documents_lie(lake, given) for given in wanted])
    conditions = " OR ".join(_condition(given, number) for number, given in enumerate(wanted))
    values = {f"{name}_{number}": value for number, given in enumerate(wanted) for name, value in given.items()}
    lake.choice = Together(wanted), lake.choose(CHOOSING.format(conditions), values)
    if not lake.hold_for_one(query.sql, scans_of(lake, query, several[0])):
        lake.choice = None


def _condition(given: Mapping[str, Any], number: int) -> str:
    """What a document of one question fulfils, its parameters with the question's number behind them."""
    conditions = " AND ".join(CONDITIONS[name] for name in given)
    numbered = re.sub(r"[$](\w+)", rf"$\1_{number}", conditions)
    return f"({numbered})"
