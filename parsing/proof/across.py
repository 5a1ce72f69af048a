"""Sums *across*: in every row of a block, a total column is the sum of its parts, as the column headings nest."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from gongkai.parsing.proof.amount_names import is_beside, is_sum_column
from gongkai.parsing.tables.columns import Block
from gongkai.vocabulary.expenses import EVENTS, expense_of, says_three_public
from gongkai.vocabulary.headings import meaning


@dataclasses.dataclass(frozen=True, slots=True)
class Across:
    """A column that is the sum of other columns, in every row of a block."""

    total: int
    addends: tuple[int, ...]


@dataclasses.dataclass(slots=True)
class _Node:
    """A heading and those below it; ``column`` for the lowest level."""

    name: str
    column: int | None = None
    children: list[_Node] = dataclasses.field(default_factory=list)

    def child(self, name: str) -> _Node:
        if self.children and self.children[-1].name == name and self.children[-1].column is None:
            return self.children[-1]
        self.children.append(_Node(name))
        return self.children[-1]

    def total(self) -> int | None:
        """The column that sums this heading's parts: the one named 小计, 合计 or the like."""
        sums = (child for child in self.children if child.column is not None and is_sum_column(child.name))
        return next((child.column for child in sums), None)

    def parts(self) -> list[int]:
        """The columns whose sum is this heading: its total if it has one, else all its parts'."""
        if self.column is not None:
            return [self.column]
        total = self.total()
        return [total] if total is not None else [column for child in self.addends() for column in child.parts()]

    def addends(self) -> list[_Node]:
        """The headings below but its total and those that are only named beside the parts."""
        total = self.total()
        parts = [child for child in self.children if total is None or child.column != total]
        beside = [child for child in parts if is_beside(child.name)]
        if total is not None and any(says_three_public(child.name) for child in self.children if child.column == total):
            beside += [child for child in parts if expense_of(child.name) in EVENTS]
        return [child for child in parts if child not in beside] if len(beside) < len(parts) else []


def across(block: Block) -> list[Across]:
    """The sums that a block's column headings state."""
    sums: list[Across] = []
    for paths in _by_repeated_leaf({amount.column: amount.path for amount in block.amounts}):
        root = _Node("")
        for column, path in paths.items():
            node = root
            for level in path[:-1]:
                node = node.child(level)
            node.children.append(_Node(path[-1] if path else "", column))
        sums.extend(_sums_in(root))
    return sums


def _by_repeated_leaf(paths: dict[int, tuple[str, ...]]) -> Iterator[dict[int, tuple[str, ...]]]:
    """The headings as they stand; where every heading ends in one of a few funds or in a kind of figure, each apart.

    总计 | 因公出国 | 公务接待, each over 一般公共预算 | 政府性基金, or each over 决算数: the sum runs over the upper
    level, fund by fund and figure by figure.
    """
    leaves = {path[-1] for path in paths.values() if len(path) > 1}
    repeated = len(leaves) * 2 <= len(paths) and all(len(path) > 1 for path in paths.values())
    of_kinds = leaves and (
        all(meaning(leaf, "basis") for leaf in leaves)
        or (len(leaves) > 1 and all(meaning(leaf, "fund") for leaf in leaves))
    )
    if not repeated or not of_kinds:
        yield paths
        return
    for leaf in sorted(leaves):
        yield {column: path[:-1] for column, path in paths.items() if path[-1] == leaf}


def _sums_in(node: _Node) -> Iterator[Across]:
    total = node.total()
    if total is not None:
        parts = [column for child in node.addends() for column in child.parts()]
        if parts:
            yield Across(total, tuple(parts))
    for child in node.children:
        if child.column is None:
            yield from _sums_in(child)
