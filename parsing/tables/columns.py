"""The columns of a statement form: codes, names, amounts, and the dimensions that their headings fix."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.parsing.tables.column_dimensions import AmountColumn, amount_columns, holds_amounts
from gongkai.parsing.tables.table import Row, Table, leaf, plain_text
from gongkai.parsing.text.amounts import compact, is_blank, read_number
from gongkai.parsing.text.coded_names import coded_name
from gongkai.vocabulary import classification
from gongkai.vocabulary.dimensions import Basis, Direction
from gongkai.vocabulary.forms import BASIC_FORMS, Form
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "columns.csv"
_ORDINAL = re.compile(rf"(.*/)?{any_of(_FILE, 'ordinal', 'line_number')}")
_CODE_HEADING = re.compile(rf"(.*/)?({any_of(_FILE, 'code_part')}|.*{any_of(_FILE, 'code')})")
_LOWER_PARTS = frozenset(words(_FILE, "lower_part"))
_TEXT_HEADING = re.compile(rf"(.*/)?.*{any_of(_FILE, 'text', 'catalogue_level')}")
_CATALOGUE_LEVEL = re.compile(any_of(_FILE, "catalogue_level"))
_SUBJECT_HEADING = re.compile(any_of(_FILE, "subject"))
_SUBJECT_OR_PROJECT = re.compile(any_of(_FILE, "subject", "project_name"))
_BARE_NAME = re.compile(any_of(_FILE, "bare_name"))
_PROJECT_HEADING = re.compile(any_of(_FILE, "project"))
_UNIT_HEADING = re.compile(any_of(_FILE, "unit_heading"))
_OWNER_HEADING = re.compile(any_of(_FILE, "owner"))
_AMOUNT_HEADING = re.compile(rf".*{any_of(_FILE, 'amount')}([(（].*[)）])?")
_YEARS_HEADING = re.compile(any_of(_FILE, "years"))
_PROJECT_YEARS = re.compile(any_of(_FILE, "project_years"))
_PROJECT_CODE = re.compile(rf"(.*/)?{any_of(_FILE, 'project_code')}")
_YEAR = re.compile(any_of(_FILE, "year_of_row"))
_DIGIT = re.compile(r"\d")
_RATE = re.compile(r"-?[\d,.]+%")
MIN_CODES = 3
"""Codes that make a column without a heading one of codes."""
_CODE_KINDS = tuple(
    (kind, re.compile(any_of(_FILE, kind))) for kind in ("government_economic", "economic", "function", "unit")
)
_UNIT_CODE = dict(_CODE_KINDS)["unit"]
_REVENUE, _EXPENDITURE, _REVENUE_ROW = (
    re.compile(any_of("sides.csv", *sides)) for sides in (("revenue",), ("expenditure",), ("revenue", "received"))
)

_BOTH = re.compile(any_of("sides.csv", "both"))
_BARE_SIDES: dict[Direction, re.Pattern[str]] = {
    "revenue": re.compile(f"{any_of('totals.csv', 'this_year')}?{any_of('sides.csv', 'revenue')}"),
    "expenditure": re.compile(f"{any_of('totals.csv', 'this_year')}?{any_of('sides.csv', 'expenditure')}"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class CodeColumns:
    """The columns that together print one code; ``kind`` is function, economic, government_economic or unit."""

    kind: str
    columns: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """Columns that name a row, and the amount columns they name it for.  ``direction`` as in ``line_items``."""

    direction: Direction | None
    codes: tuple[CodeColumns, ...]
    labels: tuple[int, ...]
    amounts: tuple[AmountColumn, ...]
    owners: int | None = None
    """The column that names the unit each row belongs to, in lists of projects."""
    names_units: bool = False
    """True where each row is a unit's."""
    by_level: bool = False
    """True where ``labels`` are the levels of a catalogue, the highest first, and nothing else names the rows."""
    classes: str | None = None
    """The classification that the heading of its names says they are of: economic or government_economic."""


def read_code(row: Row, group: CodeColumns, above: str) -> str:
    """The digits of a code, joined over its columns; columns may hold only their own part or the code so far.

    Where 类 | 款 | 项 print each part on its own row, a part alone goes on from the code ``above`` it.
    """
    code = ""
    for place, column in enumerate(group.columns):
        printed = plain_text(row, column)
        coded = coded_name(printed)
        part = coded.code if coded else printed
        if not re.fullmatch(r"\d+", part):
            continue
        if place and not code and len(part) == 2 and len(above) >= 1 + 2 * place:
            code = above[: 1 + 2 * place]
        code = part if code and part.startswith(code) else code + part
    return code


def blocks_of(table: Table, form: Form, body: Sequence[Row], year: int | None, own: Basis | None) -> tuple[Block, ...]:
    """The blocks of a table that have amounts, from left to right; ``own`` and ``year`` as for ``stated_basis``."""
    roles = [_role(table.headers[column], column, body) for column in range(table.width)]
    filled = {column for row in body for column in row if plain_text(row, column)}
    groups: list[list[int]] = []
    for column, role in enumerate(roles):
        names = role in ("code", "label") and (column in filled or not filled)
        opens = names and (not groups or any(roles[each] == "amount" for each in groups[-1]))
        if opens or not groups:
            groups.append([])
        groups[-1].append(column)
    _take_codes_behind(groups, roles, table.headers)
    sides = [_bare_side(table, columns) for columns in groups]
    sided = form.direction is None or {"revenue", "expenditure"} <= {*sides, *_sides_by_rows(table, groups, body)}
    blocks = (
        _block(table, form, body, roles, columns, side=side if sided else form.direction, year=year, own=own)
        for columns, side in zip(groups, sides, strict=True)
    )
    return tuple(block for block in blocks if block.amounts)


def _take_codes_behind(groups: list[list[int]], roles: Sequence[str], headers: Sequence[str]) -> None:
    """Give codes behind the only amounts of a table to the rows of these: 项目名称 | 金额 | 功能分类科目代码."""
    with_amounts = [columns for columns in groups if any(roles[each] == "amount" for each in columns)]
    if len(with_amounts) == 1:
        behind = (each for columns in groups for each in columns if each > max(with_amounts[0]))
        classes = (each for each in behind if roles[each] == "code" and not _UNIT_CODE.search(headers[each]))
        with_amounts[0].extend(classes)


def with_joined_headings(table: Table, body: Sequence[Row]) -> Table:
    """The table with each heading that stands over an empty column given to the headless amounts beside it.

    A column is joined where one of its neighbours is such a heading's and no other column can be; what is left without
    a heading stays so.
    """
    headers = list(table.headers)
    filled = {column for row in body for column in row if plain_text(row, column)}
    headless = [column for column in filled if column < len(headers) and not headers[column]]
    spare = {column for column, header in enumerate(headers) if header and column not in filled}
    joined = True
    while joined:
        joined = False
        for column in headless:
            beside = [each for each in (column - 1, column + 1) if each in spare]
            if not headers[column] and len(beside) == 1:
                headers[column], headers[beside[0]] = headers[beside[0]], ""
                spare.discard(beside[0])
                joined = True
    return dataclasses.replace(table, headers=headers) if headers != table.headers else table


def _role(header: str, column: int, body: Sequence[Row]) -> str:
    """ordinal, code, label, amount or text, by the heading first and by what stands below it where that is silent."""
    texts = [text for row in body if column in row and not is_blank(text := row[column].text)]
    numbers = sum(read_number(text) is not None for text in texts)
    lowest = leaf(header)
    if _ORDINAL.fullmatch(header):
        return "ordinal"
    if _CODE_HEADING.fullmatch(header) or (not header and _are_codes(texts)) or _are_classes(lowest, texts):
        return "code"
    if texts and all(map(_YEAR.fullmatch, texts)) and _PROJECT_YEARS.fullmatch(lowest):
        return "label" if _YEARS_HEADING.fullmatch(lowest) else "text"
    if numbers * 2 > len(texts) or (_names_amounts(lowest) and _could_be_amounts(texts, numbers)):
        return "amount"
    if texts and all(map(_RATE.fullmatch, map(compact, texts))):
        return "text"
    return _role_of_words(lowest) if texts else _role_of_nothing(lowest)


def _role_of_words(heading: str) -> str:
    return "label" if _TEXT_HEADING.fullmatch(heading) or not _AMOUNT_HEADING.fullmatch(heading) else "text"


def _role_of_nothing(heading: str) -> str:
    if not heading:
        return "text"
    return "label" if _TEXT_HEADING.fullmatch(heading) else "amount"


def _names_amounts(heading: str) -> bool:
    return bool(_AMOUNT_HEADING.fullmatch(heading)) and not _TEXT_HEADING.fullmatch(heading)


def _could_be_amounts(texts: Sequence[str], numbers: int) -> bool:
    """True where some texts are numbers, or all hold digits: the others are numbers that cannot be read."""
    return bool(texts) and (numbers * 5 >= len(texts) or all(_DIGIT.search(text) for text in texts))


def _are_codes(texts: Sequence[str]) -> bool:
    """True for a column without a heading whose texts are codes of one classification, which look like money.

    A column of small amounts can hold a code by chance, never mostly codes of one kind.
    """
    digits = [text for text in map(compact, texts) if text.isdecimal()]
    if len(digits) < MIN_CODES or len(digits) * 2 <= len(texts):
        return False
    kinds = Counter(
        kind for text in digits if (kind := classification.kind_of(text)) and classification.names(kind, text)
    )
    return bool(kinds) and kinds.most_common(1)[0][1] * 5 >= len(digits) * 4


def _are_classes(heading: str, texts: Sequence[str]) -> bool:
    """True for bare codes below a heading of names: 2082002 below 功能科目."""
    if not texts or _SUBJECT_HEADING.fullmatch(heading) is None:
        return False
    plain = list(map(compact, texts))
    kind = classification.kind_of(plain[0])
    return kind is not None and all(text.isdecimal() and classification.names(kind, text) for text in plain)


def _block(
    table: Table,
    form: Form,
    body: Sequence[Row],
    roles: Sequence[str],
    columns: Sequence[int],
    *,
    side: Direction | None,
    year: int | None,
    own: Basis | None,
) -> Block:
    amounts = [column for column in columns if roles[column] == "amount"]
    wanted = [column for column in amounts if holds_amounts(table.headers[column], year)]
    said = side or _direction_said(table, columns)
    direction = said or _direction_of_rows(columns, body) or form.direction
    labels = [column for column in columns if roles[column] == "label"]
    labels.sort(key=lambda column: _is_level(table.headers[column]))
    if form.id == "project_expenditure":
        labels.sort(key=lambda column: _PROJECT_HEADING.fullmatch(compact(leaf(table.headers[column]))) is None)
    bodies = [column for column in labels if _names_unit(table.headers[column])]
    owners = _owners(table, form, labels, bodies)
    if owners is not None:
        labels = [column for column in labels if column not in bodies]
    return Block(
        direction=direction,
        codes=_code_groups(table, form, columns, roles, body),
        labels=tuple(labels),
        amounts=amount_columns(wanted, table, form, direction, year=year, own=own, is_said=said is not None),
        owners=owners,
        names_units=owners is None and bool(labels) and all(_names_unit(table.headers[each]) for each in labels),
        by_level=bool(labels) and _is_level(table.headers[labels[0]]),
        classes=_classes_said([table.headers[column] for column in labels]),
    )


def _is_level(header: str) -> bool:
    return _CATALOGUE_LEVEL.fullmatch(compact(leaf(header))) is not None


def _names_unit(header: str) -> bool:
    return _OWNER_HEADING.fullmatch(_unit_heading(header)) is not None


def _owners(table: Table, form: Form, labels: Sequence[int], bodies: Sequence[int]) -> int | None:
    """The column of the units that rows belong to: 单位名称 | 科目名称; in lists of projects 单位名称 | 项目名称.

    In a list of purchased services any other name is of what is purchased.  ``bodies`` are all columns of bodies: of
    主管部门 | 单位 the unit is meant.
    """
    names = _PROJECT_HEADING if form.id == "project_expenditure" else _SUBJECT_OR_PROJECT
    others = [compact(leaf(table.headers[column])) for column in labels if column not in bodies]
    named = any(form.id == "purchased_services" or names.fullmatch(other) for other in others)
    units = [column for column in bodies if _UNIT_HEADING.fullmatch(_unit_heading(table.headers[column]))]
    return next(iter([*units, *bodies]), None) if named else None


def _unit_heading(header: str) -> str:
    """The lowest heading of a column, 单位 before its bare 名称."""
    above, _, lowest = compact(header).rpartition("/")
    return leaf(above) + lowest if _BARE_NAME.fullmatch(lowest) else lowest


def _classes_said(headers: Sequence[str]) -> str | None:
    """The economic classification that headings of names say; None for the functional one and for none."""
    kinds = (kind for kind, pattern in _CODE_KINDS for header in headers if pattern.search(header))
    return next((kind for kind in kinds if kind in ("economic", "government_economic")), None)


def _bare_side(table: Table, columns: Sequence[int]) -> Direction | None:
    """The side that a block's highest heading is: 收入 over 项目 | 预算数, as in forms of one fund of both sides."""
    tops = {compact(table.headers[column].split("/")[0]) for column in columns}
    sides = {side for side, pattern in _BARE_SIDES.items() if any(map(pattern.fullmatch, tops))}
    return next(iter(sides)) if len(sides) == 1 else None


def _direction_said(table: Table, columns: Sequence[int]) -> Direction | None:
    """The side of a balance that the headings of a block name; None where they name none or both."""
    said = "".join(table.headers[column].split("/")[0] for column in columns)
    of_revenue, of_expenditure = bool(_REVENUE.search(said)), bool(_EXPENDITURE.search(said))
    if of_revenue == of_expenditure:
        return None
    return "revenue" if of_revenue else "expenditure"


def _sides_by_rows(table: Table, groups: Sequence[Sequence[int]], body: Sequence[Row]) -> Iterator[Direction | None]:
    """The sides of the blocks by what their rows are called, where the title names both (政府性基金收支总表)."""
    if len(groups) > 1 and _BOTH.search(compact(table.title or "")):
        yield from (_direction_of_rows(columns, body) for columns in groups)


def _direction_of_rows(columns: Sequence[int], body: Sequence[Row]) -> Direction | None:
    """The side of a balance that a block is by what its rows are called."""
    texts = [plain_text(row, column) for row in body for column in columns]
    revenue = sum(_REVENUE_ROW.search(text) is not None for text in texts)
    spending = sum(_EXPENDITURE.search(text) is not None for text in texts)
    if revenue == spending:
        return None
    return "revenue" if revenue > spending else "expenditure"


def _code_groups(
    table: Table, form: Form, columns: Sequence[int], roles: Sequence[str], body: Sequence[Row]
) -> tuple[CodeColumns, ...]:
    groups: list[list[int]] = []
    for column in (each for each in columns if roles[each] == "code" or _holds_codes(each, roles, body)):
        parent, _, part = table.headers[column].rpartition("/")
        left = table.headers[column - 1] if groups and groups[-1][-1] == column - 1 else None
        merged = left == table.headers[column] and len(groups[-1]) <= len(_LOWER_PARTS)
        if merged or (left is not None and part in _LOWER_PARTS and left.rpartition("/")[0] == parent):
            groups[-1].append(column)
        else:
            groups.append([column])
    kinds = ((_code_kind(table, form, group, body), group) for group in groups)
    return tuple(CodeColumns(kind, tuple(group)) for kind, group in kinds if kind is not None)


def _holds_codes(column: int, roles: Sequence[str], body: Sequence[Row]) -> bool:
    """True for a column of names that mostly begin with their code."""
    if roles[column] != "label":
        return False
    texts = [text for row in body if (text := plain_text(row, column))]
    return sum(coded_name(text) is not None for text in texts) * 2 > len(texts)


def _code_kind(table: Table, form: Form, group: Sequence[int], body: Sequence[Row]) -> str | None:
    header = table.headers[group[0]]
    if _PROJECT_CODE.fullmatch(header):
        return None
    named = next((kind for kind, pattern in _CODE_KINDS if pattern.search(header)), None)
    return named or _kind_by_content(form, group, body)


def _kind_by_content(form: Form, group: Sequence[int], body: Sequence[Row]) -> str | None:
    """Functional codes begin with 2, department economic codes with 3, government economic codes with 5."""
    codes: list[str] = []
    for row in body:
        if code := read_code(row, CodeColumns("", tuple(group)), codes[-1] if codes else ""):
            codes.append(code)
    if not codes:
        return "economic" if form.id in (*BASIC_FORMS, "economic_summary") else "function"
    first, count = Counter(code[0] for code in codes).most_common(1)[0]
    if count * 2 <= len(codes):
        return None
    return {"2": "function", "3": "economic", "5": "government_economic"}.get(first)
