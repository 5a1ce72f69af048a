"""File names as portals offer them."""

from __future__ import annotations

import pytest

from gongkai.crawler.spider.observation import disposition_name

NAME = "甲局2025年预算.pdf"
SPACED = "甲局 2025年 预算.pdf"


@pytest.mark.parametrize(
    "header",
    [
        f'attachment; filename="{NAME}"'.encode(),
        f'attachment; filename="{NAME}"'.encode("gbk"),
        b"attachment; filename=%E7%94%B2%E5%B1%802025%E5%B9%B4%E9%A2%84%E7%AE%97.pdf",
        b"attachment; filename=\"a.pdf\"; filename*=UTF-8''%E7%94%B2%E5%B1%802025%E5%B9%B4%E9%A2%84%E7%AE%97.pdf",
        b"attachment;filename==?UTF-8?B?55Sy5bGAMjAyNeW5tOmihOeuly5wZGY=?=",
    ],
)
def test_names_are_read_from_content_disposition_in_every_way_portals_write_them(header: bytes) -> None:
    assert disposition_name(header) == NAME


@pytest.mark.parametrize("end", ["", "; size=3", " ;creation-date=now"])
def test_a_name_without_quotes_is_read_whole(end: str) -> None:
    assert disposition_name(f"attachment; filename={SPACED}{end}".encode("gbk")) == SPACED
