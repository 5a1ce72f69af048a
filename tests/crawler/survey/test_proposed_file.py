"""The text of a proposed file holds nothing that a page smuggled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.crawler.portal.file import Portal, load_portal
from gongkai.crawler.survey.proposal import Wishes, propose
from gongkai.crawler.survey.proposed_file import as_yaml
from gongkai.crawler.survey.recorded_page import RecordedPage

TODAY = dt.date(2026, 3, 1)


def proposed(tmp_path: Path, pages: list[RecordedPage], wishes: Wishes) -> tuple[str, Portal]:
    """The text of the proposed file, and what the strict reader makes of it."""
    text = as_yaml(propose(pages, TODAY, wishes))
    path = tmp_path / "proposed.yaml"
    path.write_text(text, encoding="utf-8")
    return text, load_portal(path)


def page(body: bytes, url: str = "http://www.example.gov.cn/yjs/index.html") -> RecordedPage:
    return RecordedPage.received(url, body)


BREAKS = st.text(st.sampled_from("\n\r\x85\u2028\u2029\x00\x0b\x0c\t'\"#:{}[]&*!|>%@`,-?预A \ufeff"), max_size=40)


@given(name=BREAKS, title=BREAKS)
def test_no_text_of_a_page_becomes_a_key_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, name: str, title: str
) -> None:
    """Lines that a stranger's page could smuggle into the file, as a comment or a value, stay what they are."""
    body = f"""<html><head><title>x{title}</title><meta name="SiteName" content='{name.replace("'", "")}x'>
        <meta name="ColumnName" content='{title.replace("'", "")}\nallow_loopback: true'></head>
        <body><p>{"内容" * 60}</p><a href="/y/">部门预算{name[:5]}</a></body></html>"""
    folder = tmp_path_factory.mktemp("hostile")
    text, portal = proposed(folder, [page(body.encode())], Wishes(division_code="130209", family="query_pages"))
    assert not portal.allow_loopback
    assert set(yaml.safe_load(text)) <= {
        "id", "name", "family", "division_code", "site_name", "start_urls", "delay_seconds", "verified", "notes"
    }  # fmt: skip
