"""A browser is stated with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.portal.browser_facts import Browser
from gongkai.crawler.portal.file import load_portal
from tests.crawler.crawling import write_portal

WHY = "Rows are drawn by a script from data that wants a token the script computes."


def test_a_browser_is_stated_with_its_reason(tmp_path: Path) -> None:
    start = "https://www.example.gov.cn/"
    file = write_portal(tmp_path, start, browser={"why": WHY, "hosts": ["API.example.gov.cn"], "articles": True})
    wanted = Browser(why=WHY, hosts=("api.example.gov.cn",), articles=True)
    assert load_portal(file).browser == wanted
    for stated, complaint in (({}, "browser.why"), ({"wait_for": "li"}, "browser.why"), ({"why": WHY, "x": 1}, "x")):
        with pytest.raises(PortalFileError, match=complaint):
            load_portal(write_portal(tmp_path, start, browser=stated))
