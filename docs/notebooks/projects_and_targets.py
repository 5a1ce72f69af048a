"""The largest projects, and what they are meant to reach: indicators by kind, targets as printed."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Projects and their targets 项目与绩效目标")

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
def projects_of(lake: OpenLake) -> list[dict[str, Any]]:
    """Rows of `largest_projects`, at most twelve."""
    rows: list[dict[str, Any]] = lake.query("largest_projects", limit=12).arrow().to_pylist()
    return rows


@app.function
def project_bars(rows: list[dict[str, Any]]) -> go.Figure:
    """A bar for each project, the largest on top."""
    names = [html.escape(f"{number}. {row['project_name'][:24]}") for number, row in enumerate(rows, 1)]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            x=[row["budget"] for row in rows],
            text=[f"{row['budget']:,}" for row in rows],
            customdata=[html.escape(f"{row['project_name']}<br>{row['entity']} {row['year']}") for row in rows],
            hovertemplate="%{customdata}<br>%{x:,.2f} " + said("yuan 元") + "<extra></extra>",
        )
    )
    figure.update_layout(
        title=said("The largest projects 项目"), font_family=FONT, template="plotly_white", height=160 + 36 * len(rows),
        xaxis={"title": said("yuan 元"), "tickformat": ",d", "nticks": 6, "tickangle": 0},
        yaxis={"autorange": "reversed", "automargin": True},
    )  # fmt: skip
    return figure


@app.function
def kinds_of(lake: OpenLake) -> list[dict[str, Any]]:
    """Rows of `targets_by_kind`."""
    rows: list[dict[str, Any]] = lake.query("targets_by_kind").arrow().to_pylist()
    return rows


@app.function
def kind_bars(rows: list[dict[str, Any]]) -> go.Figure:
    """A bar for each document, of its indicators by kind."""
    kinds = dict.fromkeys(row["kind"] for row in rows)
    figure = go.Figure()
    for kind in kinds:
        own = [row for row in rows if row["kind"] == kind]
        names = [html.escape(f"{row['entity']} {row['year']} ({row['document_sha256'][:6]})") for row in own]
        counts = [row["indicators"] for row in own]
        figure.add_bar(
            name=said_value(kind, "kind") or said("not told"), orientation="h", y=names, x=counts, text=counts
        )
    figure.update_layout(
        title=said("Indicators by kind 绩效指标"), font_family=FONT, template="plotly_white", barmode="stack",
        height=200 + 36 * len({row["document_sha256"] for row in rows}), xaxis={"title": said("indicators 指标数")},
        yaxis={"automargin": True},
    )  # fmt: skip
    return figure


@app.function
def targets_of(lake: OpenLake, project: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of `project_indicators` of one project of one document, targets as printed."""
    asked = project["project_code"] or project["project_name"]
    rows = lake.query("project_indicators", project=asked, year=project["year"]).arrow().to_pylist()
    return [
        row
        for row in rows
        if row["document_sha256"] == project["document_sha256"] and row["project_name"] == project["project_name"]
    ]


@app.function
def cells_of(lake: OpenLake, project: dict[str, Any]) -> list[tuple[int, int, int]]:
    """Cells that print its budget, in yuan or 万元, in tables that name it: table, row and column."""
    sql = """
        SELECT table_index, row_index, column_index FROM cells
        WHERE document_sha256 = $document
          AND try_cast(regexp_extract(replace(text, ',', ''), '[0-9]+[.]?[0-9]*') AS DECIMAL(20, 6))
              IN ($budget, $budget / 10000)
          AND table_index IN (
              SELECT table_index FROM cells WHERE document_sha256 = $document AND contains(text, $name)
          )
        ORDER BY table_index IS DISTINCT FROM $table, table_index, row_index, column_index
    """
    (table,) = lake.sql(
        "SELECT any_value(table_index) FROM projects WHERE document_sha256 = $document AND project_name = $name",
        document=project["document_sha256"],
        name=project["project_name"],
    ).fetchall()[0]
    return lake.sql(
        sql, document=project["document_sha256"], budget=project["budget"], name=project["project_name"], table=table
    ).fetchall()


@app.function
def said_of(lake: OpenLake, query: str) -> str:
    """What a picture covers."""
    return said("Named query `{}`: {}.").format(query, said(lake.coverage(query).told))


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
                f"# {said('Projects and their targets')}",
                said("Shown is the archive `{}`, publication `{}`.").format(root, lake.publication),
                said("Four of the five budgets of `gongkai demo` list projects with their budgets."),
            )
        )
    )
    return (lake,)


@app.cell
def _(lake):
    rows = projects_of(lake)
    largest = project_bars(rows)
    largest
    return largest, rows


@app.cell
def _(lake):
    coverage = said_of(lake, "largest_projects")
    mo.md(coverage)
    return (coverage,)


@app.cell
def _(lake):
    kinds = kinds_of(lake)
    by_kind = kind_bars(kinds)
    by_kind
    return by_kind, kinds


@app.cell
def _(lake):
    kinds_coverage = said_of(lake, "targets_by_kind")
    mo.md(kinds_coverage)
    return (kinds_coverage,)


@app.cell
def _(rows):
    options = {f"{number}. {row['project_name']} ({row['entity']})": row for number, row in enumerate(rows, 1)}
    choice = mo.ui.dropdown(options, value=next(iter(options), None), label=said("Project"))
    choice
    return (choice,)


@app.cell
def _(choice, lake):
    targets = targets_of(lake, choice.value) if choice.value else []
    columns = ("level1", "level2", "level3", "target", "page")
    printed = [{said_fact(name): str(row[name] or "") for name in columns} for row in targets]
    mo.ui.table(
        printed, selection=None, wrapped_columns=[said_fact("level3"), said_fact("target")]
    ) if printed else mo.md(said("The document prints no targets of this project."))
    return (targets,)


@app.cell
def _(choice, lake):
    places = cells_of(lake, choice.value) if choice.value else []
    evidence = lake.cell_evidence(choice.value["document_sha256"], *places[0]) if places else None
    shown(evidence) if evidence else mo.md(said("No cell that names the project prints this budget alone."))
    return (evidence,)


if __name__ == "__main__":
    app.run()
