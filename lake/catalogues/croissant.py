"""The lake in Croissant 1.0 (https://docs.mlcommons.org/croissant), in the shape that mlcroissant 1.1 reads.

Each table that has rows is a file set, found by its glob from the folder of the description, and a record set.  What
that reader cannot do, and what stands for it here:

- it has no decimals and turns texts into bytes: amounts are ``sc:Float``, exact to the fen below ten trillion yuan;
- it has no maps: columns that are maps are left out, and the record set says which;
- it reads no partition columns: they are taken out of the path, where unknown is an empty text, so that ``year`` is a
  text too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from gongkai.lake.catalogues.holdings import DESCRIPTION, KEYS, KEYWORDS, NAME, TITLE, Held, Holdings, glob, is_money
from gongkai.lake.catalogues.terms import ATTRIBUTION, Terms
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import Column

_FROM_CROISSANT = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("arrayShape", "excludes", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField"),
    *("path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source"),
    *("subField", "transform"),
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    **{name: f"cr:{name}" for name in _FROM_CROISSANT},
}


def croissant(holdings: Holdings, terms: Terms, tables_sql: Mapping[str, str], views: Sequence[str]) -> dict[str, Any]:
    """The description; ``tables_sql`` is each table's view for DuckDB, ``views`` the views and macros over them."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": f"{DESCRIPTION} {ATTRIBUTION}",
        "identifier": holdings.publication,
        **({"license": terms.licence.url} if terms.licence else {}),
        "url": terms.base or f"urn:sha256:{holdings.publication}",
        "version": _version(holdings),
        "datePublished": holdings.published_on.isoformat(),
        "publisher": {"@type": "sc:Organization", "name": terms.publisher},
        "keywords": list(KEYWORDS),
        "inLanguage": ["zh"],
        "citeAs": f"{terms.publisher}: {TITLE}, {holdings.published_on.isoformat()}, {holdings.publication}",
        "spatialCoverage": [str(place) for place in holdings.places],
        **({"temporalCoverage": f"{holdings.years[0]}/{holdings.years[-1]}"} if holdings.years else {}),
        "sqlQuery": list(views),
        "distribution": [_files(held, tables_sql[held.table.name]) for held in holdings.tables],
        "recordSet": [_records(held) for held in holdings.tables],
    }


def _version(holdings: Holdings) -> str:
    """The date as the three numbers that Croissant asks for."""
    on = holdings.published_on
    return f"{on.year}.{on.month}.{on.day}"


def _files(held: Held, sql: str) -> dict[str, Any]:
    said = f"{len(held.files)} files, {held.bytes} bytes; SHA-256 over their lines of sha256sum: {held.sha256}"
    return {
        "@type": "cr:FileSet",
        "@id": f"{held.table.name}-files",
        "name": f"{held.table.name}-files",
        "description": said,
        "encodingFormat": "application/x-parquet",
        "includes": glob(held.table),
        "sqlQuery": sql,
    }


def _records(held: Held) -> dict[str, Any]:
    table = held.table
    maps = [column.name for column in table.columns if pa.types.is_map(column.type)]
    left_out = f"; left out, being maps: {', '.join(maps)}" if maps else ""
    key = {"key": {"@id": f"{table.name}/{KEYS[table.name]}"}} if table.name in KEYS else {}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{held.rows} records; a record is {table.row}{left_out}",
        **key,
        "field": [_field(table.name, column) for column in table.columns if column.name not in maps],
    }


def _field(table: str, column: Column) -> dict[str, Any]:
    source: dict[str, Any] = {"fileSet": {"@id": f"{table}-files"}}
    if column.name in PARTITION:
        source["extract"] = {"fileProperty": "fullpath"}
        source["transform"] = {"regex": f".*/{column.name}=(?:__HIVE_DEFAULT_PARTITION__()|([^/]*))/"}
    else:
        source["extract"] = {"column": column.name}
    money = "; as floating point, exact to the fen below ten trillion" if is_money(column.type) else ""
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description + money,
        "dataType": "sc:Text" if column.name in PARTITION else _type(column.type),
        "source": source,
        **({"isArray": True, "arrayShape": "-1"} if pa.types.is_list(column.type) else {}),
    }


def _type(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "sc:Boolean"
    if pa.types.is_integer(kind):
        return "sc:Integer"
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "sc:Float"
    return "sc:DateTime" if pa.types.is_timestamp(kind) else "sc:Text"
