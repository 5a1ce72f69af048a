"""Pairs of code and name that published documents print and the vocabulary does not know, for a person to review."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from gongkai.parsing.proof.codes_and_names import Pair, Row, doubts, pairs
from gongkai.vocabulary.classification import LEVELS, codes_named, comparable, names


@dataclasses.dataclass(slots=True)
class Proposal:
    """A pair, how often and when it was printed, and where it can be looked at.

    ``relation`` is ``code_unknown``, ``name_unknown`` or ``contradicts`` as in ``vocabulary.classification``;
    ``known_as`` has the names that the vocabulary gives the code, and the codes it gives the name.
    """

    pair: Pair
    relation: str
    document_sha256: str
    page: int | None
    documents: set[str] = dataclasses.field(default_factory=set)
    years: set[int] = dataclasses.field(default_factory=set)

    @property
    def level(self) -> str:
        return LEVELS[len(self.pair.code)]

    @property
    def parent(self) -> str | None:
        return self.pair.code[:-2] if len(self.pair.code) > 3 else None

    @property
    def known_as(self) -> str | None:
        """For example ``取暖费; 物业管理费 is 30209``; None where neither code nor name is known."""
        known = list(names(self.pair.kind, self.pair.code).values())
        others = codes_named(self.pair.kind, self.pair.name)
        if 0 < len(others) <= 3:
            known.append(f"{self.pair.name} is {', '.join(others)}")
        return "; ".join(known) or None


class Proposals:
    """Collects the pairs of one table after the other."""

    def __init__(self) -> None:
        self._by_pair: dict[tuple[str, str, str], Proposal] = {}

    def add(
        self, document_sha256: str, year: int | None, rows: Mapping[int, Row], pages: Mapping[int, int | None]
    ) -> None:
        """Take in a table: the texts of its rows below the heading, and the page each row stands on."""
        for pair, relation in doubts(pairs(rows)):
            key = (pair.kind, pair.code, comparable(pair.name))
            proposal = self._by_pair.setdefault(key, Proposal(pair, relation, document_sha256, pages.get(pair.row)))
            proposal.documents.add(document_sha256)
            proposal.years.update([year] if year is not None else [])

    def ranked(self) -> Iterable[Proposal]:
        """The pairs of most documents first, then by code."""
        return sorted(
            self._by_pair.values(),
            key=lambda one: (-len(one.documents), one.pair.kind, one.pair.code, one.pair.name),
        )
