"""The lake: the storage between parsing and queries, tables of Parquet partitioned by province, year and department.

The keys below stand under the archive root; ``archive`` describes what else is there.

===================================================  ====================================================  ============
key                                                  what it holds                                         changes
===================================================  ====================================================  ============
``lake/<table>/province=…/year=…/department=…/``     ``data.parquet``: the current rows of one partition   whole
``lake_versions/province=…/…/<sha256>.parquet``      the bytes of a current file under their own hash      never
``lake_versions/manifest/<sha256>.json``             the files of one table in one province                never
``lake_versions/manifest/<sha256>.parquet``          what became of some of the originals                  never
``lake/manifest.json``                               the pieces of one moment, each with its hash          last
``lake/publishing.json``                             what changes; it stands while current files change    see below
``lake/retired.json``                                since when a version or piece is named no more        see below
===================================================  ====================================================  ============

One publication follows the other: each holds the lock ``lake`` from reading the manifest to its end.  A version is
removed once the manifest has not named it for ``GONGKAI_LAKE_GRACE`` seconds, so that a reader who started from an
earlier manifest can finish.  A run that failed before it wrote the manifest leaves versions that nobody names, and the
lake as it was; one that failed after leaves ``lake/publishing.json``, and the next run brings the current files in
line.  Versions that nobody ever named are removed by ``gongkai parse --all``: no other run lists the lake.

==================  =================================================================================================
module              what it knows
==================  =================================================================================================
``partition``       the partition columns and how a path spells them
``rows``            the type of a row of each table: the public schema, every column with its unit and meaning
``schema``          tables, columns and Arrow schemas, derived from ``rows``; the fingerprint of the schema
``files``           one Parquet file of the lake, where its bytes lie, and whether they are those written
``originals``       the index of originals: what became of each, and where its rows stand
``manifest``        reading and writing ``lake/manifest.json``, and proving that it is as it was written
``first_manifest``  reading manifests of format 1, which had no pieces
``intact``          which files are what the manifest says, each hashed once and remembered
``settings``        the environment variables read
``packing``         what a publication is given: the rows of one original as Arrow tables
``publication``     partitions rewritten whole, the moment of publication, reading a table
``outcome``         whose rows a publication writes and removes, told from the index of originals
``current``         current files brought in line, what is named no more removed after its time of grace
``derived``         rows once more in a few large files, for questions about much of the lake; ``deriving`` writes them
``counts``          how many documents, amounts and issues a large lake has, each file being counted once
``fixity``          every file the manifest names, checked byte for byte
``catalogues``      the lake described for other tools and portals: data package, DCAT, Croissant
``release``         one publication as a folder or S3 prefix to publish; ``release_fixity`` checks one
==================  =================================================================================================

Nothing here knows how rows are made (``parsing``) or asked for (``queries``).
"""
