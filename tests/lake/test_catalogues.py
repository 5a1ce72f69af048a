"""Catalogues read by others: Frictionless, rdflib, mlcroissant, DuckDB and Polars."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import urllib.parse
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import mlcroissant
import polars as pl
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.catalogues.croissant import croissant
from gongkai.lake.catalogues.data_package import data_package
from gongkai.lake.catalogues.dcat import dcat_catalogue
from gongkai.lake.catalogues.holdings import Holdings, holdings
from gongkai.lake.catalogues.json_text import json_text
from gongkai.lake.catalogues.readme import readme
from gongkai.lake.catalogues.terms import Terms, TermsError
from gongkai.lake.manifest import LakeDamagedError
from gongkai.lake.schema import TABLES
from gongkai.queries.exports import table_views
from gongkai.queries.relations import view_files
from tests.queries import small_lake

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD

ON = dt.date(2025, 6, 1)
BASE = "https://data.example.org/预算/"
AMOUNTS = Decimal("21261.80")
"""What the amounts of the small lake's line items add up to."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogues")
    small_lake.write_lake(DirectoryStore(folder))
    return folder


@pytest.fixture(scope="module")
def held(folder: Path) -> Holdings:
    held = holdings(DirectoryStore(folder), ON)
    assert held is not None
    return held


def described(make: Any, held: Holdings, terms: Terms | None = None) -> dict[str, Any]:
    made: dict[str, Any] = make(held, terms or Terms(), table_views(held.manifest), list(view_files()))
    return made


def test_holdings_name_every_place_year_and_row(held: Holdings, folder: Path) -> None:
    assert [str(place) for place in held.places] == ["河北省承德市双桥区", "河北省秦皇岛市", "河南省济源市"]
    assert held.years == (2023, 2024, 2025)
    assert held.documents == 5
    counted = duckdb.read_parquet(f"{folder}/lake/**/*.parquet", union_by_name=True).aggregate("count(*)")
    assert counted.fetchone() == (held.rows,)


def test_a_lake_that_was_never_published_holds_nothing(tmp_path: Path) -> None:
    assert holdings(DirectoryStore(tmp_path)) is None


def test_an_altered_file_is_not_described(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path)
    manifest = small_lake.write_lake(store)
    store.write(manifest.of("documents")[0].version, b"PAR1 altered PAR1")
    with pytest.raises(LakeDamagedError, match="cannot be trusted"):
        holdings(store)


def test_the_publication_changes_with_a_byte_and_with_nothing_else(tmp_path: Path, held: Holdings) -> None:
    rows = small_lake.rows()
    again = small_lake.write_lake(DirectoryStore(tmp_path), rows)
    assert again.publication_sha256 == held.publication
    rows["line_items"][0]["amount"] += Decimal("0.01")
    assert small_lake.write_lake(DirectoryStore(tmp_path), rows).publication_sha256 != held.publication


# Data Package


def test_frictionless_accepts_the_package_and_reads_every_file_of_it(held: Holdings, folder: Path) -> None:
    descriptor = described(data_package, held)
    (folder / "datapackage.json").write_bytes(json_text(descriptor))
    package = frictionless.Package(folder / "datapackage.json")
    assert package.resource_names == [table.table.name for table in held.tables]
    total = Decimal(0)
    for resource in package.resources:
        extra = resource.custom["gongkai"]
        fields = resource.schema.to_descriptor()["fields"]
        schema = {"fields": [field for field in fields if not field.get("gongkai")]}
        read = 0
        for path, file in zip([str(resource.path), *resource.extrapaths], extra["files"], strict=True):
            assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == file["sha256"]
            one = {"name": "one", "type": "table", "path": path, "schema": schema}
            read_by: Any = frictionless.Resource.from_descriptor(one, basepath=str(folder))
            (rows,) = read_by.extract().values()
            assert len(rows) == file["rows"]
            read += len(rows)
            if resource.name == "line_items":
                total += sum((row["amount"] for row in rows if row["amount"] is not None), Decimal(0))
        assert read == extra["rows"]
    assert total == AMOUNTS


def test_a_package_says_columns_units_keys_licence_and_where(held: Holdings) -> None:
    package = described(data_package, held, Terms.of("某组织", "cc-by-4.0", BASE))
    items = next(each for each in package["resources"] if each["name"] == "line_items")
    fields = {field["name"]: field for field in items["schema"]["fields"]}
    assert list(fields) == [column.name for column in TABLES["line_items"].columns]
    assert fields["amount"]["type"] == "number"
    assert fields["amount"]["unit"] == "CNY"
    assert "unit" not in fields["label"]
    assert items["schema"]["foreignKeys"][0]["reference"] == {"resource": "documents", "fields": ["sha256"]}
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["contributors"] == [{"title": "某组织", "roles": ["publisher"]}]
    assert all(path.startswith(BASE) and path.isascii() is False for path in items["path"])
    assert urllib.parse.unquote(items["path"][-1]).endswith("department=教育/data.parquet")


def test_polars_and_duckdb_read_a_table_by_the_package(held: Holdings, folder: Path) -> None:
    """By the list of paths, by the glob, and by the SQL."""
    items = next(each for each in described(data_package, held)["resources"] if each["name"] == "line_items")
    paths = [str(folder / path) for path in items["path"]]
    assert pl.read_parquet(paths, hive_partitioning=True)["amount"].sum() == AMOUNTS
    with duckdb.connect() as connection:
        glob = str(folder / items["gongkai"]["glob"])
        read = connection.execute("SELECT sum(amount) FROM read_parquet($glob)", {"glob": glob})
        assert read.fetchone() == (AMOUNTS,)
        connection.execute(items["gongkai"]["sql"].replace("'lake/", f"'{folder}/lake/"))
        assert connection.execute("SELECT sum(amount), max(year) FROM line_items").fetchone() == (AMOUNTS, 2025)


# DCAT


def graph(held: Holdings, terms: Terms | None = None) -> rdflib.Graph:
    text = json_text(described(dcat_catalogue, held, terms)).decode()
    return rdflib.Graph().parse(data=text, format="json-ld", publicID="https://archive.example.org/")


SHAPES: Mapping[rdflib.URIRef, Mapping[rdflib.URIRef, tuple[int, int | None]]] = {
    DCAT.Catalog: {
        DCTERMS.title: (1, None),
        DCTERMS.description: (1, None),
        DCTERMS.publisher: (1, 1),
        DCAT.dataset: (1, None),
    },
    DCAT.Dataset: {
        DCTERMS.title: (1, None),
        DCTERMS.description: (1, None),
        DCTERMS.publisher: (1, 1),
        DCTERMS.issued: (1, 1),
        DCTERMS.spatial: (1, None),
        DCTERMS.temporal: (1, 1),
        DCTERMS.provenance: (1, None),
        DCAT.keyword: (1, None),
        DCAT.distribution: (1, None),
        DCAT.theme: (1, None),
    },
    DCAT.Distribution: {
        DCAT.accessURL: (1, None),
        DCAT.byteSize: (1, 1),
        DCAT.mediaType: (1, 1),
        DCTERMS.license: (0, 1),
        DCTERMS.title: (1, None),
        rdflib.URIRef("http://spdx.org/rdf/terms#checksum"): (1, 1),
    },
    FOAF.Agent: {FOAF.name: (1, 1)},
}
"""What DCAT-AP 3 makes mandatory or recommends, and what ours always say: how often at least and at most."""


@pytest.mark.parametrize("terms", [Terms(), Terms.of("某组织", "ODbL-1.0", BASE)])
def test_the_catalogue_is_dcat(held: Holdings, terms: Terms) -> None:
    read = graph(held, terms)
    for kind, properties in SHAPES.items():
        subjects = list(read.subjects(RDF.type, kind))
        assert subjects, kind
        for subject in subjects:
            for name, (least, most) in properties.items():
                values = list(read.objects(subject, name))
                assert len(values) >= least, (subject, name)
                assert most is None or len(values) <= most, (subject, name)
    for name in (DCAT.accessURL, DCAT.mediaType, DCTERMS.license, DCAT.theme):
        assert all(isinstance(value, rdflib.URIRef) for value in read.objects(None, name)), name
    licensed = {str(value) for value in read.objects(None, DCTERMS.license)}
    assert licensed == ({terms.licence.url} if terms.licence else set()), "nobody's licence is made up"


def test_the_catalogue_names_each_table_with_its_rows_bytes_and_glob(held: Holdings) -> None:
    read = graph(held)
    rows = read.query(
        """
        PREFIX void: <http://rdfs.org/ns/void#> PREFIX schema: <https://schema.org/>
        PREFIX csvw: <http://www.w3.org/ns/csvw#>
        SELECT ?title ?rows ?bytes ?glob ?url (COUNT(?column) AS ?columns) WHERE {
            ?each a dcat:Distribution; dct:title ?title; void:entities ?rows; dcat:byteSize ?bytes;
                schema:urlTemplate ?glob; dcat:accessURL ?url; csvw:tableSchema/csvw:column/rdf:rest*/rdf:first ?column
        } GROUP BY ?title ?rows ?bytes ?glob ?url
        """,
        initNs={"dcat": DCAT, "dct": DCTERMS, "rdf": RDF},
    )
    texts = ([str(value) for value in row] for row in rows)  # type: ignore[union-attr]
    found = {name: tuple(rest) for name, *rest in texts}
    for table in held.tables:
        name = table.table.name
        url = f"https://archive.example.org/lake/{name}/"
        columns = str(len(table.table.columns))
        assert found[name] == (str(table.rows), str(table.bytes), f"lake/{name}/*/*/*/data.parquet", url, columns)


def test_the_catalogue_covers_places_and_years(held: Holdings) -> None:
    read = graph(held)
    (period,) = read.objects(None, DCTERMS.temporal)
    assert str(read.value(period, DCAT.startDate)) == "2023-01-01"
    assert str(read.value(period, DCAT.endDate)) == "2025-12-31"
    assert len(list(read.objects(None, DCTERMS.spatial))) == len(held.places)


# Croissant


@pytest.mark.filterwarnings("ignore")
def test_mlcroissant_reads_every_record_of_every_table(held: Holdings, folder: Path) -> None:
    (folder / "croissant.json").write_bytes(json_text(described(croissant, held)))
    dataset = mlcroissant.Dataset(folder / "croissant.json")
    assert dataset.metadata.ctx.issues.errors == set()
    read = {table.table.name: list(dataset.records(table.table.name)) for table in held.tables}
    assert {name: len(records) for name, records in read.items()} == {
        table.table.name: table.rows for table in held.tables
    }
    amounts = [record["line_items/amount"] for record in read["line_items"]]
    assert sum(Decimal(str(amount)) for amount in amounts if amount is not None) == AMOUNTS
    places = {(record["documents/province"], record["documents/year"]) for record in read["documents"]}
    assert ("河北省".encode(), b"2023") in places
    assert (b"", b"") in places, "the document whose place cannot be told"
    assert all(None not in record["checks/total"] for record in read["checks"] if record["checks/total"])


# The page for people, and terms


def test_the_page_tells_people_what_it_is_in_both_languages(held: Holdings) -> None:
    page = readme(held, Terms.of("<b>某*组织</b>", "CC0-1.0", ""))
    assert held.publication in page
    assert "| `line_items` |" in page
    assert "秦皇岛市" in page
    assert "## 中文" in page
    assert "<b>" not in page
    assert "$" not in page


@pytest.mark.parametrize(
    ("publisher", "licence", "base", "named"),
    [
        (" ", "CC0-1.0", "", "publisher"),
        ("x", "MIT?", "", "'MIT\\?'"),
        ("x", "CC0-1.0", "data.example.org", "'data.example.org'"),
        ("x", "CC0-1.0", "file:///etc", "'file:///etc'"),
    ],
)
def test_terms_that_are_none_are_refused(publisher: str, licence: str, base: str, named: str) -> None:
    with pytest.raises(TermsError, match=named):
        Terms.of(publisher, licence, base)


def test_catalogues_are_the_same_bytes_again(held: Holdings, folder: Path) -> None:
    again = holdings(DirectoryStore(folder), ON)
    assert again is not None
    for make in (data_package, dcat_catalogue, croissant):
        assert json_text(described(make, held)) == json_text(described(make, again))
    assert json.loads(json_text(described(croissant, held)))["@type"] == "sc:Dataset"
