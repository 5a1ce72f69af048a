"""A department over five years: what it planned to spend, and its “三公”经费."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A department over five years 一个部门的五年")

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
    YEARS = 5


@app.function
def departments(lake: OpenLake) -> list[str]:
    """Bodies with a spending total, those with most years first, of these those with pages to show."""
    sql = """
        SELECT t.entity FROM document_totals AS t JOIN documents ON sha256 = document_sha256
        WHERE t.phase = 'approved' AND expenditure IS NOT NULL AND t.entity IS NOT NULL
        GROUP BY t.entity ORDER BY count(DISTINCT t.year) DESC, bool_or(format = 'pdf') DESC, t.entity
    """
    return [entity for (entity,) in lake.sql(sql).fetchall()]


@app.function
def rows_of(lake: OpenLake, entity: str) -> list[dict[str, Any]]:
    """Rows of `spending_by_department` of the last five years held, oldest first."""
    answer = lake.query("spending_by_department", place=entity, phase="approved").arrow().to_pylist()
    own = sorted((row for row in answer if row["entity"] == entity and row["year"]), key=lambda row: row["year"])
    last = sorted({row["year"] for row in own})[-YEARS:]
    return [row for row in own if row["year"] in last]


@app.function
def columns_of(rows: list[dict[str, Any]]) -> list[str]:
    """A column for each document: two documents of one year stand beside each other and are never added up."""
    years = [row["year"] for row in rows]
    return [
        str(row["year"]) if years.count(row["year"]) == 1 else f"{row['year']} {row['document_sha256'][:6]}"
        for row in rows
    ]


@app.function
def bars(rows: list[dict[str, Any]], names: dict[str, str], title: str) -> go.Figure:
    """A bar for each document, of the parts named one on the other."""
    figure = go.Figure(
        [go.Bar(name=name, x=columns_of(rows), y=[row[part] for row in rows]) for part, name in names.items()]
    )
    figure.update_layout(
        title=title, barmode="stack", font_family=FONT, template="plotly_white", showlegend=len(names) > 1,
        xaxis={"type": "category", "title": said("fiscal year 年度")},
        yaxis={"title": said("yuan 元"), "tickformat": ",d"},
    )  # fmt: skip
    return figure


@app.function
def said_of(lake: OpenLake, entity: str, rows: list[dict[str, Any]]) -> str:
    """What the pictures cover, and what they lack."""
    held = sorted({row["year"] for row in rows})
    wanted = range(held[-1] - YEARS + 1, held[-1] + 1) if held else range(0)
    absent = [str(year) for year in wanted if year not in held]
    covered = lake.coverage("spending_by_department", place=entity, phase="approved")
    told = [
        said("Named query `{}`: {}.").format("spending_by_department", said(covered.told)),
        said("Budgets of it held: {}.").format(", ".join(map(str, held))),
    ]
    if absent:
        gap = said("**Not held: {}**; a year without a bar is not a year without money.")
        told.append(gap.format(", ".join(absent)))
    return " ".join(told)


@app.function
def lines_of(lake: OpenLake, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The printed lines that the bars were read from: what is shown of each, and its line_item_id."""
    sql = """
        SELECT year, form, label, spending, amount, line_item_id FROM amounts
        WHERE document_sha256 = $document AND list_contains($amounts, amount)
          AND (form = 'expenditure' AND is_total OR form = 'three_public' AND item = 'total')
        ORDER BY form, amount DESC, line_item_id
    """
    lines: dict[str, str] = {}
    for row in rows:
        amounts = [row[part] for part in ("expenditure", "basic", "project", "three_public") if row[part] is not None]
        for year, form, label, spending, amount, item in lake.sql(
            sql, document=row["document_sha256"], amounts=amounts
        ).fetchall():
            names = f"{year} {said_value(form, 'form')} {label} {said_value(spending, 'spending')}"
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
    options = departments(lake)
    mo.stop(not options, mo.md(said("The archive `{}` holds no budget with a total of its spending.").format(root)))
    choice = mo.ui.dropdown(options, value=options[0], label=said("Department"))
    mo.vstack(
        [
            mo.md(
                "\n\n".join(
                    (
                        f"# {said('A department over five years')}",
                        said("Shown is the archive `{}`, publication `{}`.").format(root, lake.publication),
                        said(
                            "That of `gongkai demo` holds **one year** of each of five bodies, so one bar;"
                            " `made_disclosures.py` beside this notebook makes five years of an **invented**"
                            " department."
                        ),
                    )
                )
            ),
            choice,
        ]
    )
    return choice, lake


@app.cell
def _(choice, lake):
    rows = rows_of(lake, choice.value)
    spending = bars(
        rows,
        {"basic": said("basic 基本支出"), "project": said("projects 项目支出")},
        f"{html.escape(choice.value)}: {said('spending 支出')}",
    )
    spending
    return rows, spending


@app.cell
def _(choice, lake, rows):
    coverage = said_of(lake, choice.value, rows)
    mo.md(coverage)
    return (coverage,)


@app.cell
def _(choice, rows):
    three_public = bars(rows, {"three_public": "“三公”经费"}, f"{html.escape(choice.value)}: “三公”经费")
    three_public
    return (three_public,)


@app.cell
def _(coverage):
    mo.md(coverage)
    return


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
