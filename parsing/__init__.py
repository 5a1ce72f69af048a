"""From original bytes to rows of the lake: the only package that knows file formats and what a budget table is.

    formats/      bytes → Reading (grids and lines, with pages and boxes)
    tables        pieces on pages → logical tables with titles and header paths
    disclosure    whose document it is: entity, place, department, level, year, phase
    statements    statement forms → line items
    placement     rows that slid into a neighbouring column
    identities    accounting identities within a form; agreement: across forms
    performance   projects and indicators; inventories: procurement, assets, units; narrative: sections
    document      all of it for one original, as a pure function
    lake          rows → partitions and manifest; workers and stage: the run

What the lake holds, under the archive root: ``lake/<table>/province=…/year=…/department=…/data.parquet`` (current,
replaced whole), ``lake/versions/…/<sha256>.parquet`` (the same bytes by hash, what readers of the manifest use),
``lake/manifest.json`` (written last) and, while a publication is being completed, ``lake/publishing.json``.  A run that
fails leaves at most unnamed versions, which the next publication removes.  Originals and captures are only read.
"""
