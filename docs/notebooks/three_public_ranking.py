"""“三公”经费 of departments, ranked, with the reasons that they state for a change."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="“三公”经费, ranked “三公”经费排名")

with app.setup:
    import html
    import os
    from typing import Any

    import marimo as mo
    import plotly.graph_objects as go

    import gongkai
    from gongkai.opened_lake import NumberEvidence, OpenLake
    from gongkai.queries.evidence_facts import said_fact
    from gongkai.vocabulary.languages import choose, said

    FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
    choose(None, os.environ)


@app.function
def rows_of(lake: OpenLake, year: int | None) -> list[dict[str, Any]]:
    """Rows of `three_public_by_department` of departments, largest first; a unit's money is in its department's."""
    rows = lake.query("three_public_by_department", year=year, phase="approved").arrow().to_pylist()
    return [row for row in rows if row["level"] == "department"]


@app.function
def ranking(rows: list[dict[str, Any]]) -> go.Figure:
    """A bar for each document, the largest on top."""
    names = [html.escape(f"{row['entity']} {row['year']} ({row['document_sha256'][:6]})") for row in rows]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            x=[row["three_public"] for row in rows],
            text=[f"{row['three_public']:,}" for row in rows],
            customdata=[[row["abroad"], row["vehicles"], row["reception"]] for row in rows],
            hovertemplate="%{y}<br>%{x:,.2f} "
            + said("yuan 元")
            + "<br>因公出国 %{customdata[0]}<br>公务用车 %{customdata[1]}"
            "<br>公务接待 %{customdata[2]}<extra></extra>",
        )
    )
    figure.update_layout(
        title="“三公”经费", font_family=FONT, template="plotly_white", height=160 + 40 * len(rows),
        xaxis={"title": said("yuan 元"), "tickformat": ",d", "nticks": 6, "tickangle": 0},
        yaxis={"autorange": "reversed", "automargin": True},
    )  # fmt: skip
    return figure


@app.function
def reasons_of(lake: OpenLake, rows: list[dict[str, Any]], year: int | None) -> list[dict[str, Any]]:
    """Rows of `year_on_year_reasons` of the documents ranked, in their order, each as printed."""
    answer = lake.query("year_on_year_reasons", item="three_public", year=year, limit=1_000_000).arrow().to_pylist()
    place = {row["document_sha256"]: number for number, row in enumerate(rows)}
    return sorted(
        (row for row in answer if row["document_sha256"] in place), key=lambda row: place[row["document_sha256"]]
    )


@app.function
def said_of(lake: OpenLake, year: int | None) -> str:
    """What ranking and reasons cover."""
    ranked = lake.coverage("three_public_by_department", year=year, phase="approved")
    stated = lake.coverage("year_on_year_reasons", item="three_public", year=year)
    query = said("Named query `{}`: {}.")
    left_out = said("Units are left out: their departments' figures contain them.")
    ranking = query.format("three_public_by_department", said(ranked.told))
    return f"{ranking} {left_out}\n\n{query.format('year_on_year_reasons', said(stated.told))}"


@app.function
def lines_of(lake: OpenLake, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The printed lines that the bars were read from: what is shown of each, and its line_item_id."""
    sql = """
        SELECT entity, label, amount, line_item_id FROM amounts
        WHERE document_sha256 = $document AND form = 'three_public' AND amount = $amount
        ORDER BY item IS DISTINCT FROM 'total', line_item_id
    """
    lines: dict[str, str] = {}
    for row in rows:
        printed = lake.sql(sql, document=row["document_sha256"], amount=row["three_public"]).fetchall()
        lines |= {f"{entity} {label}: {amount:,} ({item})": item for entity, label, amount, item in printed}
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
    years = [year for (year,) in lake.sql("SELECT DISTINCT year FROM documents WHERE year > 0 ORDER BY 1").fetchall()]
    every = said("all years")
    choice = mo.ui.dropdown({every: None, **{str(year): year for year in years}}, value=every, label=said("Year"))
    mo.vstack(
        [
            mo.md(
                "\n\n".join(
                    (
                        f"# {said('“三公”经费, ranked, with the reasons stated')}",
                        said("Shown is the archive `{}`, publication `{}`.").format(root, lake.publication),
                        said(
                            "The budgets of `gongkai demo` state no reasons; those of the **invented** department that"
                            " `made_disclosures.py` beside this notebook makes do."
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
    three_public = ranking(rows)
    three_public
    return rows, three_public


@app.cell
def _(choice, lake):
    coverage = said_of(lake, choice.value)
    mo.md(coverage)
    return (coverage,)


@app.cell
def _(choice, lake, rows):
    reasons = reasons_of(lake, rows, choice.value)
    columns = ("entity", "year", "change", "change_percent", "compared_with", "reason", "document_sha256")
    stated = [{said_fact(name): str(row[name]) for name in columns} for row in reasons]
    mo.ui.table(stated, selection=None, wrapped_columns=[said_fact("reason")]) if stated else mo.md(
        said("No narrative of these documents states a change of “三公”.")
    )
    return (reasons,)


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
