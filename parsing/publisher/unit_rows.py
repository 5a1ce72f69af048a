"""The body whose units the rows of tables name: a file of tables alone often says nowhere else whose it is.

Rows that name one body alone (部门名称：某局) are its own; of several with codes it is the one whose code all others
begin with (323 某局 · 323001 某局本级 · 323002 某中心).  Rows that name several without such an order say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.publisher.names import Named, coded, organisation
from gongkai.parsing.tables.table import Table, TableCell, leaf
from gongkai.parsing.text.amounts import compact, unspaced
from gongkai.vocabulary.classification import AGREES, FUNCTIONAL, relation
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_HEADS_NAMES = re.compile(any_of(_FILE, "names_below"))
_HEADS_CODES = re.compile(any_of(_FILE, "codes_below"))
_OWN = re.compile(rf"[(（]?{any_of(_FILE, 'own_level')}[)）]?$")
_LONGEST_LABEL = 14
_CODE = re.compile(r"\d{3,9}")


def unit_of_rows(tables: Sequence[Table]) -> Named | None:
    """The one body that all rows belong to, with its code where they print one; None where none stands out."""
    codes: dict[str, str] = {}
    bare: dict[str, None] = {}
    for named in (each for table in tables for each in _named_in(table)):
        if named.code is None:
            bare.setdefault(named.entity)
        elif _OWN.sub("", named.entity) != named.entity:
            codes.setdefault(named.code, named.entity)
        else:
            codes[named.code] = named.entity
    return _above(codes) or _only(bare if not codes else dict.fromkeys((*codes.values(), *bare)))


def _above(codes: dict[str, str]) -> Named | None:
    """The body whose code all others begin with."""
    shortest = min(codes, key=len, default="")
    if len(codes) > 1 and all(code.startswith(shortest) for code in codes):
        return Named(codes[shortest], shortest)
    return Named(codes[shortest], shortest) if len(codes) == 1 else None


def _only(names: dict[str, None]) -> Named | None:
    """The one name; of several the one that is there with its own figures too (某局 beside 某局本级)."""
    whole = {bare for name in names if (bare := _OWN.sub("", name)) != name and bare in names}
    if len(names) == 1 or len(whole) == 1:
        return Named(next(iter(whole or names)))
    return None


def _named_in(table: Table) -> Iterator[Named]:
    """Bodies under a heading of names (单位名称), beside a label of one, or with their code in one cell."""
    columns = {at for at, header in enumerate(table.headers) if _HEADS_NAMES.fullmatch(compact(leaf(header)))}
    coding = {at for at, header in enumerate(table.headers) if _HEADS_CODES.fullmatch(compact(leaf(header)))}
    for cells in table.rows().values():
        by_column = {cell.column: cell for cell in cells}
        code = next((by_column[at].plain for at in coding if at in by_column), "")
        for at, cell in enumerate(cells):
            if not cell.is_header and cell.column in columns:
                yield from _of_cell(cell, code)
            elif at + 1 < len(cells) and 1 < len(cell.plain) < _LONGEST_LABEL and _HEADS_NAMES.fullmatch(cell.plain):
                yield from _of_cell(cells[at + 1], "")


def _of_cell(cell: TableCell, code: str) -> Iterator[Named]:
    named = coded(cell.text)
    name = organisation(unspaced(cell.text))
    if named is not None:
        if relation(FUNCTIONAL, named.code or "", named.entity) != AGREES:  # 2100201-综合医院 is no body
            yield named
    elif name is not None:
        yield Named(name, code if _CODE.fullmatch(code) else None)
