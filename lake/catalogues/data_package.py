"""The lake as a Data Package of version 2 (https://datapackage.org): one resource for each table that has rows.

``path`` is the list of the table's Parquet files.  The partition columns are fields of the schema and stand in the
paths alone, which ``fieldsMatch`` says.  What the standard has no word for stands under ``gongkai``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from gongkai.lake.catalogues.holdings import (
    CITES,
    DESCRIPTION,
    KEYS,
    KEYWORDS,
    NAME,
    TITLE,
    Held,
    Holdings,
    glob,
    is_money,
)
from gongkai.lake.catalogues.terms import ATTRIBUTION, Licence, Terms
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import Column, LakeTable

PROFILE = "https://datapackage.org/profiles/2.0/"


def data_package(
    holdings: Holdings, terms: Terms, tables_sql: Mapping[str, str], views: Sequence[str]
) -> dict[str, Any]:
    """The descriptor; ``tables_sql`` is each table's view for DuckDB, ``views`` the views and macros over them."""
    return {
        "$schema": f"{PROFILE}datapackage.json",
        "name": NAME,
        "id": f"urn:sha256:{holdings.publication}",
        "title": TITLE,
        "description": f"{DESCRIPTION} {ATTRIBUTION}",
        "version": holdings.published_on.isoformat(),
        "created": f"{holdings.published_on.isoformat()}T00:00:00Z",
        "keywords": list(KEYWORDS),
        **({"licenses": [_licence(terms.licence)]} if terms.licence else {}),
        "contributors": [{"title": terms.publisher, "roles": ["publisher"]}],
        "sources": [{"title": "disclosures of the departments 政府信息公开; documents.url names each"}],
        **({"homepage": terms.base} if terms.base else {}),
        "gongkai": {
            "publication": holdings.publication,
            "parser_version": holdings.manifest.parser_version,
            "documents": holdings.documents,
            "years": list(holdings.years),
            "places": [{"name": str(place), "division_code": place.code} for place in holdings.places],
            "views": list(views),
        },
        "resources": [_resource(held, terms, tables_sql[held.table.name]) for held in holdings.tables],
    }


def _licence(licence: Licence) -> dict[str, str]:
    named = {"name": licence.name} if licence.name else {}
    return {**named, "title": licence.title, "path": licence.url}


def _resource(held: Held, terms: Terms, sql: str) -> dict[str, Any]:
    paths = [terms.address(file.path) if terms.base else file.path for file in held.files]
    return {
        "name": held.table.name,
        "type": "table",
        "description": f"a row is {held.table.row}",
        "path": paths,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": held.bytes,
        "hash": f"sha256:{held.sha256}",
        "schema": _schema(held.table),
        "gongkai": {
            "rows": held.rows,
            "glob": glob(held.table),
            "sql": sql,
            "hash_is_of": "the lines of sha256sum for the files, in this order",
            "files": [{"rows": file.rows, "bytes": file.bytes, "sha256": file.sha256} for file in held.files],
        },
    }


def _schema(table: LakeTable) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if key := KEYS.get(table.name):
        keys["primaryKey"] = [key]
    if CITES in (column.name for column in table.columns):
        reference = {"resource": "documents", "fields": [KEYS["documents"]]}
        keys["foreignKeys"] = [{"fields": [CITES], "reference": reference}]
    return {
        "$schema": f"{PROFILE}tableschema.json",
        "fieldsMatch": "superset",
        "fields": [_field(column) for column in table.columns],
        **keys,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _type(column.type), "description": column.description}
    if is_money(column.type):
        field["unit"] = "CNY"
    if column.name in PARTITION:
        field["gongkai"] = {"partition": True}
    return field


def _type(kind: pa.DataType) -> str:
    """The standard's name of an Arrow type: its numbers are decimal, so that no fen is lost."""
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_map(kind):
        return "object"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "number"
    return "datetime" if pa.types.is_timestamp(kind) else "string"
