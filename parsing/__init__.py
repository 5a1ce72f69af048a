"""From original bytes to rows of the lake: the only package that knows file formats and what a budget table is.

Rooms, from the ground up; each imports only from those above it in this list:

    text/         what any printed text says: amounts, numbers before names, captions; the grid that readers return
    formats/      bytes → ``Reading``: grids and lines, with pages and boxes
    tables/       grids → logical tables with titles and header paths → line items, projects, inventories
    narrative/    running text → paragraphs, sections, and the amounts they state of named items
    publisher/    whose document it is: entity, place, department, level, year, phase
    proof/        accounting identities within a form, between forms, of text and tables, of codes and names
    findings      what became of one document on its way; quality: how well it was read, as one row
    rows          findings → rows of the lake's tables
    document      all of it for one original, as a pure function
    candidates    all originals that may hold a document; touched: which runs wrote captures; left: what is to be parsed
    workers       processes that parse originals; articles: what files of one article tell of one another
    stage         the run, from the archive to the lake

A document passes through them in this order: ``formats.reading.read`` (bytes), ``tables.assembly.assemble`` (blocks),
``publisher.identify``, ``tables.recognition.form_of`` (each table), ``narrative.paragraphs`` and ``narrative.claims``,
``tables.line_items.interpret`` and the readers of projects, ``proof`` (checks, then the status of every amount), and
``rows``.  Words of documents are lists of ``vocabulary``; parsing holds how they combine.

What the lake holds, under the archive root: ``lake/<table>/province=…/year=…/department=…/data.parquet`` (current,
replaced whole), ``lake_versions/…/<sha256>.parquet`` (the same bytes by hash, what readers of the manifest use),
``lake/manifest.json`` (written last) and, while a publication is being completed, ``lake/publishing.json``.  A run that
fails leaves at most unnamed versions, which the next publication removes.  Originals and captures are only read.
"""
