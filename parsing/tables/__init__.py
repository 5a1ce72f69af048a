"""Tables: pieces on pages put together, headings read as paths, and what rows of each kind of table state.

From the ground up:

    table                a logical table and its cells
    header_paths         headings of several rows as one path per column
    pieces               one page's piece: captions inside the ruling, heading, body
    heads                the lines around a table that belong to it
    page_breaks          rows cut by the end of a page
    cut_headings         headings cut by it
    stacked_statements   several statements in one grid
    assembly             all of these: a document's blocks to its tables
    column_dimensions    fund, spending, period and kind of figure, as headings give them to columns
    columns              which column of a statement form is what
    sections             heading rows that give the rows below them period, fund or spending
    statement            a statement form and its amounts; line_items: from a table to them
    form_headings        which form a table is when no title says so
    targets              ``≥95%`` as comparator, number and unit
    indicators           performance indicators
    payment_plans        when a project's money is to be paid
    project_cards        one table per project; the project itself
    project_lists        all projects in one table, indicators side by side
    project_catalogues   all projects in one table, one below the other
    inventories          procurement, assets, units
    recognition          which form a table is
"""
