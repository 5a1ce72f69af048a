"""Files of one article tell of one another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gongkai.archive import Archive, Capture, Outcome, Role
from gongkai.archive.archive import new_capture_id, new_run_id
from gongkai.lake.manifest import read_manifest
from gongkai.lake.publication import read_table
from gongkai.parsing.articles import Articles
from gongkai.parsing.stage import parse

NARRATIVE = "<h1>大冶市水利和湖泊局2024年度部门决算情况说明</h1><p>2024年度收入总计962.00万元。</p>".encode()
TABLES = (
    "<p>支出决算表</p><p>单位：万元</p><table><tr><td>科目编码<td>科目名称<td>本年支出合计<td>基本支出<td>项目支出"
    "<tr><td><td>合计<td>9.00<td>5.00<td>4.00<tr><td>213<td>农林水支出<td>9.00<td>5.00<td>4.00</table>"
).encode()
NOW = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)


def capture(name: str, sha256: str, article: str = "https://example.gov.cn/1.html") -> Capture:
    return Capture(
        capture_id=new_capture_id(),
        run_id=new_run_id(NOW),
        portal="example",
        role=Role.ATTACHMENT,
        url=f"{article}/{name}",
        parent_url=article,
        outcome=Outcome.CAPTURED,
        requested_at=NOW,
        payload_sha256=sha256,
        file_name=name,
    )


def test_a_file_of_tables_alone_is_of_the_body_that_the_narrative_names(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path / "root"))
    tables, narrative = (archive.keep_original(data).sha256 for data in (TABLES, NARRATIVE))
    for one in (capture("2.html", tables), capture("1.html", narrative)):
        archive.record([one])
    parse(archive, workers=1)
    rows = {
        row["sha256"]: row for row in read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    }
    found = rows[tables]
    assert (found["entity"], found["year"], found["department"]) == ("大冶市水利和湖泊局", 2024, "水利")
    assert found["amounts"] == 6


@pytest.mark.parametrize("tables_first", [True, False])
def test_files_that_are_captured_between_two_runs_end_as_if_in_one(tmp_path: Path, *, tables_first: bool) -> None:
    archive = Archive.open(str(tmp_path / "root"))
    files = [(name, archive.keep_original(data).sha256) for name, data in (("2.html", TABLES), ("1.html", NARRATIVE))]
    for one in files if tables_first else reversed(files):
        archive.record([capture(*one)])
        parse(archive, workers=1)
    rows = read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    assert {row["entity"] for row in rows} == {"大冶市水利和湖泊局"}
    assert (len(rows), {row["department"] for row in rows}) == (2, {"水利"})
    assert {row["article_url"] for row in rows} == {"https://example.gov.cn/1.html"}


def test_a_file_is_read_anew_only_where_another_of_its_article_names_a_body() -> None:
    firsts = [
        capture("1.html", "a" * 64),
        capture("2.html", "b" * 64),
        capture("3.html", "c" * 64, "https://x.cn/2.html"),
    ]
    articles = Articles(firsts)
    assert articles.beside(firsts[0]) == ("2.html",)
    for first in firsts[1:]:
        articles.learn(first, {"sha256": "", "parse_status": "partial", "entity": None, "amounts": 5})
    assert articles.to_read_anew() == []
    title = "大冶市教育局2024年度部门决算"
    articles.learn(firsts[0], {"sha256": "", "parse_status": "partial", "entity": "大冶市教育局", "title": title})
    assert articles.to_read_anew() == ["b" * 64]
    assert title in articles.beside(firsts[1])


def test_files_that_name_different_bodies_tell_nothing(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path / "root"))
    other = NARRATIVE.replace("水利和湖泊局".encode(), "教育局".encode())
    sha256s = [archive.keep_original(data).sha256 for data in (TABLES, NARRATIVE, other)]
    for number, sha256 in enumerate(sha256s):
        archive.record([capture(f"{number}.html", sha256)])
    parse(archive, workers=1)
    rows = {
        row["sha256"]: row for row in read_table(archive.store, "documents", read_manifest(archive.store)).to_pylist()
    }
    assert rows[sha256s[0]]["entity"] is None
