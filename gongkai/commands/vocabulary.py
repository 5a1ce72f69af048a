"""``gongkai vocabulary``: the code lists, and what the lake could add to them."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from gongkai.parsing.proof.unknown_codes import Proposal, Proposals
from gongkai.queries.coded_tables import coded_tables
from gongkai.queries.lake import connect
from gongkai.queries.output import Format
from gongkai.row_output import answer, answer_options, records
from gongkai.session import Session
from gongkai.vocabulary.classification import COLUMNS, NUMBERS

_PROPOSALS: dict[str, pa.DataType] = {
    "kind": pa.string(),
    **{name: pa.int32() if name in NUMBERS else pa.string() for name in COLUMNS},
    "relation": pa.string(),
    "known_as": pa.string(),
    "document_sha256": pa.string(),
    "page": pa.int32(),
}


@click.group("vocabulary", short_help="What the lake could add to the code lists.")
def command() -> None:
    """The code lists of gongkai, and what published documents could add to them."""


@command.command("propose", short_help="List codes and names that the vocabulary does not know.")
@answer_options
@click.pass_obj
def propose(session: Session, form: Format, output: Path | None) -> None:
    """List every code of the functional and economic classifications that a document of the lake prints under a name
    the vocabulary does not give it, for a person to review.

    The columns from code to last_seen are those of the lists vocabulary/functional.csv, economic.csv and
    government_economic.csv, ready to be added; the years of validity are for the reviewer to fill in.

    \b
    gongkai vocabulary propose --format csv --output proposals.csv
    """
    proposals = Proposals()
    with connect(session.filled_archive().store) as connection:
        for table in coded_tables(connection):
            proposals.add(table.document_sha256, table.year, table.rows, table.pages)
    answer(records(_PROPOSALS, map(_row, proposals.ranked())), form, output)


def _row(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": proposal.pair.kind,
        "code": proposal.pair.code,
        "name": proposal.pair.name,
        "parent": proposal.parent,
        "level": proposal.level,
        "seen": len(proposal.documents),
        "first_seen": min(proposal.years, default=None),
        "last_seen": max(proposal.years, default=None),
        "relation": proposal.relation,
        "known_as": proposal.known_as,
        "document_sha256": proposal.document_sha256,
        "page": proposal.page,
    }
