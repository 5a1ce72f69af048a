"""Figures that leave capital construction out (不含基本建设) contradict none that hold it: they may be less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.proof.amount_names import FILE
from gongkai.parsing.proof.check import BROKEN, Check, Side
from gongkai.parsing.tables.statement import LineItem
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.vocabulary.word_lists import any_of

_WITHOUT = re.compile(any_of(FILE, "without_construction"))


def excuse_what_is_left_out(checks: Iterable[Check], tables: Sequence[Table]) -> Iterator[Check]:
    """The checks, a broken one not assessable where the side that is less, and no other, leaves construction out."""
    noted = {table.index: _leaves_out(table.title, *table.captions, *table.notes) for table in tables}
    for check in checks:
        less = check.difference is not None and (check.total if check.difference > 0 else check.addends)
        more = check.addends if less is check.total else check.total
        if check.outcome == BROKEN and less and _all_leave_out(less, noted) and not _all_leave_out(more, noted):
            yield check.not_assessable("one of the figures leaves capital construction out")
        else:
            yield check


def _all_leave_out(sides: Sequence[Side], noted: Mapping[int, bool]) -> bool:
    return bool(sides) and all(_side_leaves_out(side, noted) for side in sides)


def _side_leaves_out(side: Side, noted: Mapping[int, bool]) -> bool:
    if isinstance(side, Claim):
        return _leaves_out(side.sentence)
    named = isinstance(side, LineItem) and _leaves_out(side.measure, side.label)
    return named or noted.get(side.table_index, False)


def _leaves_out(*texts: str | None) -> bool:
    return any(_WITHOUT.search(compact(text)) is not None for text in texts if text)
