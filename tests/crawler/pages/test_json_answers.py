"""JSON is read in each of its wrappings, and days in each of their forms."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from gongkai.crawler.pages.json_answers import day_of, read_json
from gongkai.crawler.pages.page import Page

BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


@pytest.mark.parametrize("text", ['{"a": 1}', 'cb({"a": 1});', 'jQuery1_2( {"a": 1} )', json.dumps('{"a": 1}')])
def test_json_is_read_however_it_is_wrapped(text: str) -> None:
    assert read_json(page(text)) == {"a": 1}


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '\ufeff{"a": 1}', 'cb({"a": 1});', r'"{\"a\": 1}"', ' jQuery1_2 ({"a": 1}) ']
)
def test_json_is_read_in_each_of_its_wrappings(text: str) -> None:
    assert read_json(page(text)) == {"a": 1}


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-3-2 09:00:00", dt.date(2026, 3, 2)),
        (1772380800, dt.date(2026, 3, 2)),
        ("1772380799", dt.date(2026, 3, 1)),
        (1772380800000, dt.date(2026, 3, 2)),
        (20260302, None),
        ("", None),
        (None, None),
        (10**30, None),
    ],
)
def test_a_day_is_that_of_china(value: object, day: dt.date | None) -> None:
    assert day_of({"t": value}, "t") == day
