"""Names the facts of a number for people: the command, Python and the viewer say the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gongkai.queries.chinese import told as told_in_chinese
from gongkai.queries.evidence import Cell, Evidence
from gongkai.vocabulary.glossary import heading, values_of
from gongkai.vocabulary.languages import said, speaks_chinese

LINE_ITEM = re.compile(r"([0-9a-f]{12})-(\d{1,9})-(\d{1,9})-(\d{1,9})")
"""A line_item_id: digits of the document's SHA-256, table, row and column."""

Facts = list[tuple[str, str]]
"""Names and values, for reading."""


def cell_facts(evidence: Evidence | None) -> Facts:
    """Facts of the cell: its table, the amounts read from it, the checks they take part in."""
    if evidence is None:
        return []
    facts: Facts = [("table", evidence.table["title"] or "without a title")]
    for item in evidence.items:
        facts += _amount_facts(item)
    if not evidence.items:
        facts += [("column", evidence.cell.header or ""), ("printed", evidence.cell.text)]
        facts += [("amount", "none: the cell is no amount of a known form, or was not interpreted")]
    if evidence.moved:
        facts.append(("moved", f"its row slid: printed under {evidence.cell.header!r}, where the picture marks it"))
    return facts + [("check", check_fact(check)) for check in evidence.checks]


def _amount_facts(item: Mapping[str, Any]) -> Facts:
    codes = [item[name] for name in ("function_code", "economic_code", "government_economic_code") if item[name]]
    axes = [
        f"{said_fact(name)} {said_value(item[name], name)}" for name in ("fund", "spending", "period") if item[name]
    ]
    return [
        ("line item", item["line_item_id"]),
        (
            "form",
            " ".join(filter(None, (said_value(item["form"], "form"), said_value(item["direction"], "direction")))),
        ),
        ("label", " ".join([*codes, item["label"] or ""])),
        ("measure", (item["measure"] or "") + (f" ({', '.join(axes)})" if axes else "")),
        ("basis", said_value(item["basis"], "basis")),
        ("meaning", said_value(item["meaning"], "meaning")),
        ("printed", repr(item["printed"] or "")),
        ("amount", "none: blank or unreadable" if item["amount"] is None else f"{item['amount']:,f} yuan"),
        ("unit", item["unit"] or ""),
        ("status", said_value(item["status"], "status")),
    ]


def check_fact(check: Mapping[str, Any]) -> str:
    """An identity that the amount takes part in, and what came of it."""
    side = "states the total" if check["states_the_total"] else "is summed"
    scope = told_in_chinese(check["scope"], "scope") if speaks_chinese() else check["scope"]
    told = said(
        f"{said_value(check['rule'], 'rule')} ({scope}): {said_value(check['outcome'], 'outcome')}; the amount {side}"
    )
    if check["difference"] is not None:
        told += said(f", difference {check['difference']:,f} yuan (at most {check['tolerance'] or 0:,f})")
    return told + (f"; {said(check['reason'])}" if check["reason"] else "")


def said_fact(name: str) -> str:
    """The name of a fact in the person's language."""
    told = said(name)
    return heading(name) if told == name and speaks_chinese() else told


def said_value(value: str | None, column: str) -> str:
    """A closed value of a column in the person's language; empty for none."""
    return (values_of(column).get(value, value) if speaks_chinese() else value) if value else ""


def document_facts(document: Mapping[str, Any], evidence: Evidence | None, page: int | None) -> Facts:
    """Whose document it is, where it came from, and where in it the cell stands."""
    captured = document["first_captured_at"]
    facts = [
        ("entity", document["entity"]),
        ("title", document["title"]),
        ("url", document["url"]),
        ("portal", document["portal"]),
        ("captured at", f"{captured:%Y-%m-%dT%H:%M:%SZ}" if captured else None),
        ("file name", document["file_name"]),
        ("SHA-256", document["sha256"]),
        ("published in", document["container_sha256"]),
        ("page", f"{page} of {document['pages']}" if page else None),
        ("box", _box(evidence.cell) if evidence else None),
    ]
    return [(name, value) for name, value in facts if value]


def _box(cell: Cell) -> str | None:
    if cell.box is None:
        return None
    return " ".join(f"{value:.1f}" for value in cell.box) + " (x0 y0 x1 y1, points from the top left)"
