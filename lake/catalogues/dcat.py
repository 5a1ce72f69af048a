"""The lake as a catalogue of one dataset in DCAT 3 and DCAT-AP 3, as JSON-LD.

Each table that has rows is a distribution: the folder of its Parquet files, with their number of rows
(``void:entities``), columns (``csvw``), glob and SQL, and as checksum the SHA-256 of the lines that ``sha256sum``
prints for its files.  An address is relative, to be resolved against where the catalogue lies, unless ``Terms.base``
is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from gongkai.lake.catalogues.holdings import (
    DESCRIPTION,
    KEYWORDS,
    TITLE,
    TITLE_ZH,
    Held,
    Holdings,
    Place,
    glob,
    is_money,
)
from gongkai.lake.catalogues.terms import ATTRIBUTION, Terms
from gongkai.lake.schema import Column

_EU = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "csvw": "http://www.w3.org/ns/csvw#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, Any]


def dcat_catalogue(holdings: Holdings, terms: Terms, tables_sql: Mapping[str, str], views: Sequence[str]) -> Node:
    """The catalogue; ``tables_sql`` is each table's view for DuckDB, ``views`` the views and macros over them."""
    publisher = {"@id": "_:publisher", "@type": "foaf:Agent", "foaf:name": terms.publisher}
    return {
        "@context": _CONTEXT,
        "@id": terms.address("") or "_:catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _titles(),
        "dct:description": _in_english(DESCRIPTION),
        "dct:publisher": publisher,
        "dct:modified": _date(holdings.published_on.isoformat()),
        "dcat:dataset": _dataset(holdings, terms, tables_sql, views),
    }


def _dataset(holdings: Holdings, terms: Terms, tables_sql: Mapping[str, str], views: Sequence[str]) -> Node:
    return {
        "@id": f"urn:sha256:{holdings.publication}",
        "@type": "dcat:Dataset",
        "dct:identifier": holdings.publication,
        "dct:title": _titles(),
        "dct:description": _in_english(DESCRIPTION),
        "dct:publisher": {"@id": "_:publisher"},
        "dct:issued": _date(holdings.published_on.isoformat()),
        "dcat:version": holdings.published_on.isoformat(),
        "dcat:keyword": list(KEYWORDS),
        "dcat:theme": {"@id": f"{_EU}data-theme/GOVE"},
        "dct:language": {"@id": f"{_EU}language/ZHO"},
        **({"dct:license": {"@id": terms.licence.url}} if terms.licence else {}),
        "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _in_english(ATTRIBUTION)},
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "dct:title": f"gongkai parse, parser version {holdings.manifest.parser_version}",
        },
        "dct:spatial": [_location(place) for place in holdings.places],
        **({"dct:temporal": _period(holdings)} if holdings.years else {}),
        "void:entities": _integer(holdings.rows),
        "schema:sqlQuery": list(views),
        "dcat:distribution": [_distribution(held, terms, tables_sql[held.table.name]) for held in holdings.tables],
    }


def _distribution(held: Held, terms: Terms, sql: str) -> Node:
    name = held.table.name
    return {
        "@id": terms.address(f"lake/{name}/"),
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dct:description": _in_english(f"{held.rows} rows in {len(held.files)} files; a row is {held.table.row}"),
        "dcat:accessURL": {"@id": terms.address(f"lake/{name}/")},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/application/vnd.apache.parquet"},
        "dct:format": {"@id": f"{_EU}file-type/PARQUET"},
        **({"dct:license": {"@id": terms.licence.url}} if terms.licence else {}),
        "dcat:byteSize": {"@value": str(held.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": held.sha256, "@type": "xsd:hexBinary"},
        },
        "void:entities": _integer(held.rows),
        "schema:urlTemplate": glob(held.table),
        "schema:sqlQuery": sql,
        "csvw:tableSchema": {
            "@type": "csvw:Schema",
            "csvw:column": {"@list": [_column(column) for column in held.table.columns]},
        },
    }


def _column(column: Column) -> Node:
    unit = {"schema:unitCode": "CNY"} if is_money(column.type) else {}
    return {
        "@type": "csvw:Column",
        "csvw:name": column.name,
        "csvw:datatype": _datatype(column.type),
        "dct:description": _in_english(column.description),
        **unit,
    }


def _datatype(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_decimal(kind):
        return "decimal"
    if pa.types.is_floating(kind):
        return "float"
    return "dateTime" if pa.types.is_timestamp(kind) else "json" if pa.types.is_nested(kind) else "string"


def _location(place: Place) -> Node:
    code = {"dct:identifier": place.code} if place.code else {}
    return {"@type": "dct:Location", "skos:prefLabel": {"@value": str(place), "@language": "zh"}, **code}


def _period(holdings: Holdings) -> Node:
    first, last = holdings.years[0], holdings.years[-1]
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _date(f"{first:04d}-01-01"),
        "dcat:endDate": _date(f"{last:04d}-12-31"),
    }


def _titles() -> list[Node]:
    return [_in_english(TITLE), {"@value": TITLE_ZH, "@language": "zh"}]


def _in_english(text: str) -> Node:
    return {"@value": text, "@language": "en"}


def _date(text: str) -> Node:
    return {"@value": text, "@type": "xsd:date"}


def _integer(number: int) -> Node:
    return {"@value": str(number), "@type": "xsd:integer"}
