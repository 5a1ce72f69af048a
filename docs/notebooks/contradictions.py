"""Figures that a document states in two ways: in its tables, and elsewhere."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Contradictions 前后矛盾的数字")

with app.setup:
    import html
    import os
    from typing import Any

    import marimo as mo
    import plotly.graph_objects as go

    import gongkai
    from gongkai.opened_lake import NumberEvidence, OpenLake
    from gongkai.queries.evidence_facts import said_fact, said_value
    from gongkai.vocabulary.languages import choose, said

    FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
    choose(None, os.environ)


@app.function
def rows_of(lake: OpenLake) -> list[dict[str, Any]]:
    """Rows of `contradictions`, the largest difference first."""
    rows: list[dict[str, Any]] = lake.query("contradictions", limit=20).arrow().to_pylist()
    return rows


@app.function
def bars(rows: list[dict[str, Any]]) -> go.Figure:
    """Two bars for each contradiction: the figure that answers give, and what stands elsewhere."""
    names = [
        f"{html.escape(row['entity'] or '')} {row['year']}<br>"
        f"{said_value(row['figure'], 'figure')} ({row['document_sha256'][:6]})"
        for row in rows
    ]
    figure = go.Figure(
        [
            go.Bar(
                name=said("stated, in its tables 表"),
                orientation="h",
                y=names,
                x=[row["stated"] for row in rows],
                text=[f"{said_value(row['form'], 'form')}: {row['stated']:,}" for row in rows],
            ),
            go.Bar(
                name=said("found elsewhere 另处"),
                orientation="h",
                y=names,
                x=[row["found"] for row in rows],
                text=[f"{said_value(row['found_in'], 'found_in')}: {row['found']:,}" for row in rows],
            ),
        ]
    )
    figure.update_layout(
        title=said("Stated in two ways"), font_family=FONT, template="plotly_white", barmode="group",
        height=220 + 80 * len(rows), xaxis={"title": said("yuan 元"), "tickformat": ",d", "nticks": 6, "tickangle": 0},
        yaxis={"autorange": "reversed", "automargin": True}, legend={"orientation": "h", "y": -0.35},
    )  # fmt: skip
    return figure


@app.function
def said_of(lake: OpenLake) -> str:
    """What the picture covers."""
    covered = lake.coverage("contradictions")
    query = said("Named query `{}`: {}.").format("contradictions", said(covered.told))
    both = said(
        "Both figures are shown because nothing here chooses one: the page tells whether the publisher misprinted it or"
        " this archive misread it."
    )
    return f"{query} {both}"


@app.function
def passages_of(lake: OpenLake, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Sentences of the narrative that state what was found, as printed."""
    sql = "SELECT sentence, page FROM claims WHERE document_sha256 = $document AND amount = $found ORDER BY claim_index"
    return [
        {
            "entity": row["entity"],
            "figure": said_value(row["figure"], "figure"),
            "sentence": sentence or "",
            "page": str(page or ""),
        }
        for row in rows
        for sentence, page in lake.sql(sql, document=row["document_sha256"], found=row["found"]).fetchall()
    ]


@app.function
def lines_of(lake: OpenLake, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The printed lines of either figure: what is shown of each, and its line_item_id."""
    sql = """
        SELECT entity, form, direction, label, amount, line_item_id FROM amounts
        WHERE document_sha256 = $document AND amount IN ($stated, $found)
        ORDER BY
            amount <> $stated, form IS DISTINCT FROM $form, ($figure = 'revenue') <> (direction = 'revenue'),
            NOT is_total, line_item_id
    """
    lines: dict[str, str] = {}
    for row in rows:
        values = {
            "document": row["document_sha256"],
            **{name: row[name] for name in ("stated", "found", "form", "figure")},
        }
        for entity, form, direction, label, amount, item in lake.sql(sql, **values).fetchall():
            names = f"{entity} {said_value(form, 'form')} {said_value(direction, 'direction')} {label}"
            lines[f"{names}: {amount:,} ({item})"] = item
    return lines


@app.function
def shown(evidence: NumberEvidence) -> mo.Html:
    """The page with the number framed, where there are pages, over what is known of it."""
    fact, value = said_fact("fact"), said_fact("value")
    rows = [{fact: said_fact(name), value: said(told)} for name, told in evidence.facts.items()]
    facts = mo.ui.table(rows, selection=None, pagination=False, wrapped_columns=[value])
    picture = mo.image(evidence.png) if evidence.png else mo.md(said("The original has no pages that can be drawn."))
    return mo.vstack([picture, facts])


@app.cell
def _():
    root = os.environ.get("GONGKAI_ROOT", "gongkai-data")
    lake = gongkai.open(root)
    mo.md(
        "\n\n".join(
            (
                f"# {said('Contradictions')}",
                said("Shown is the archive `{}`, publication `{}`.").format(root, lake.publication),
                said("In that of `gongkai demo` one budget of five states its revenue in two ways."),
            )
        )
    )
    return (lake,)


@app.cell
def _(lake):
    rows = rows_of(lake)
    both = bars(rows) if rows else None
    both or mo.md(said("No document held contradicts itself."))
    return both, rows


@app.cell
def _(lake):
    coverage = said_of(lake)
    mo.md(coverage)
    return (coverage,)


@app.cell
def _(lake, rows):
    passages = passages_of(lake, rows)
    printed = [{said_fact(name): text for name, text in each.items()} for each in passages]
    mo.ui.table(printed, selection=None, wrapped_columns=[said_fact("sentence")]) if printed else mo.md(
        said("No sentence of a narrative states these figures.")
    )
    return (passages,)


@app.cell
def _(lake, rows):
    lines = lines_of(lake, rows)
    line = mo.ui.dropdown(lines, value=next(iter(lines), None), label=said("Where is it printed?"))
    line
    return line, lines


@app.cell
def _(lake, line):
    evidence = lake.evidence(line.value) if line.value else None
    shown(evidence) if evidence else mo.md(said("No line of a table prints these figures."))
    return (evidence,)


if __name__ == "__main__":
    app.run()
