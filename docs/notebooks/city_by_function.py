"""A city's or county's planned spending by function, each yuan once: a treemap."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="A city by function 一地支出按功能分类")

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
def names_in(row: dict[str, Any]) -> list[str]:
    """The divisions that a row belongs to, from the province down."""
    return [row[name] for name in ("province", "city", "county") if row[name]]


@app.function
def places(lake: OpenLake) -> dict[str, dict[str, Any]]:
    """Places and years with functional lines, and what `place_by_function` is asked for each."""
    rows = lake.query("place_by_function").arrow().to_pylist()
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        names = names_in(row)
        found.setdefault(f"{' '.join(names)} {row['year']}", {"place": names[-1], "names": names, "year": row["year"]})
    return found


@app.function
def rows_of(lake: OpenLake, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of `place_by_function` at the finest level that is printed: they add up, each yuan once."""
    rows = lake.query("place_by_function", place=chosen["place"], year=chosen["year"], level="item").arrow().to_pylist()
    return [row for row in rows if names_in(row) == chosen["names"]]


@app.function
def names_of(lake: OpenLake, codes: set[str]) -> dict[str, str]:
    """What functional codes are called."""
    sql = "SELECT function_code, name FROM function_names WHERE list_contains($codes, function_code)"
    return dict(lake.sql(sql, codes=sorted(codes)).fetchall())


@app.function
def treemap(lake: OpenLake, rows: list[dict[str, Any]], title: str) -> go.Figure:
    """A field for each row, within its group 款 and category 类, which have no amount of their own."""
    amounts = {row["function_code"]: row["amount"] for row in rows}
    above = {code[:digits] for code in amounts for digits in (3, 5) if len(code) > digits} - amounts.keys()
    names = names_of(lake, above) | {row["function_code"]: row["function_name"] for row in rows}
    codes = [*amounts, *sorted(above)]
    figure = go.Figure(
        go.Treemap(
            ids=codes,
            labels=[html.escape(names.get(code) or code) for code in codes],
            parents=["" if len(code) == 3 else code[:-2] for code in codes],
            values=[amounts.get(code, 0) for code in codes],
            branchvalues="remainder",
            texttemplate="%{label}<br>%{value:,.0f}",
            hovertemplate="%{id} %{label}<br>%{value:,.2f} "
            + said("yuan 元")
            + "<br>%{percentRoot:.1%}<extra></extra>",
        )
    )
    figure.update_layout(title=title, font_family=FONT, margin={"l": 0, "r": 0, "b": 0}, height=560)
    return figure


@app.function
def said_of(lake: OpenLake, chosen: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """What the picture covers."""
    covered = lake.coverage("place_by_function", place=chosen["place"], year=chosen["year"])
    documents = {sha256 for row in rows for sha256 in row["documents"]}
    total = sum(row["amount"] for row in rows)
    query = said("Named query `{}`: {}.").format("place_by_function", said(covered.told))
    fields = said("The fields are {} yuan of **{} department(s) held**, not of the whole place.")
    return f"{query} {fields.format(f'{total:,}', len(documents))}"


@app.function
def lines_of(lake: OpenLake, rows: list[dict[str, Any]]) -> dict[str, str]:
    """The printed lines that the fields add up: what is shown of each, and its line_item_id."""
    sql = """
        SELECT function_code, label, amount, line_item_id FROM function_leaves
        WHERE adds_up AND list_contains($documents, document_sha256)
        ORDER BY amount DESC, line_item_id
    """
    documents = sorted({sha256 for row in rows for sha256 in row["documents"]})
    lines = lake.sql(sql, documents=documents).fetchall()
    return {f"{code} {label}: {amount:,} ({item})": item for code, label, amount, item in lines}


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
    options = places(lake)
    nothing = said("The archive `{}` holds no department's budget with functional lines that add up.")
    mo.stop(not options, mo.md(nothing.format(root)))
    choice = mo.ui.dropdown(options, value=next(iter(options)), label=said("Place and year"))
    mo.vstack(
        [
            mo.md(
                "\n\n".join(
                    (
                        f"# {said('A city by function 功能分类')}",
                        said("Shown is the archive `{}`, publication `{}`.").format(root, lake.publication),
                        said(
                            "That of `gongkai demo` holds the human-resources departments of five places, so each"
                            " treemap is one department's."
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
    spending = treemap(lake, rows, html.escape(f"{' '.join(choice.value['names'])} {choice.value['year']}"))
    spending
    return rows, spending


@app.cell
def _(choice, lake, rows):
    coverage = said_of(lake, choice.value, rows)
    mo.md(coverage)
    return (coverage,)


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
