"""Anti-bot pages and captchas are told from real pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gongkai.crawler.pages.page import Page
from gongkai.crawler.wire.outcome import asks_for_captcha, challenge_of, is_of_a_firewall, says_nothing_is_there

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_only_the_recorded_challenge_is_taken_for_one(recorded_page: Recorded) -> None:
    assert challenge_of(200, recorded_page("challenge_edgeone")) == "EdgeOne (Tencent Cloud)"
    real = ["trs_", "gbk_yi", "gbk_yu", "gkmlpt_0", "hanweb_jpage_0", "hanweb_pdf", "jpaas_0", "other_5", "ucap_0"]
    for beginning in [*real, "vsb_0", "zhengzhou", "truecms_0", "ucap_4", "refresh_0"]:
        body = recorded_page(beginning)
        assert challenge_of(200, body) is None, beginning
        assert not says_nothing_is_there(page(body)), beginning


def test_a_captcha_in_place_of_a_file_is_told_from_an_error_page() -> None:
    assert asks_for_captcha("<title>附件下载</title><form>验证码<input name=codeValue></form>".encode())
    assert not asks_for_captcha("<p>系统禁止从外部链接下载。</p>".encode())


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。", True),
        ("您的请求带有不合法参数，已被网站管理员设置拦截！", True),
        ("您的访问过于频繁，请稍后再试", True),
        ("采购网站防火墙一台" + "，按规定公开如下" * 40, False),
        ("甲局2025年预算公开", False),
    ],
)
def test_a_firewalls_page_is_told_by_its_words_and_its_shortness(encoding: str, words: str, is_one: bool) -> None:
    assert is_of_a_firewall(f"<html><p>{words}</p></html>".encode(encoding)) is is_one


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("HTTP状态 500 - 内部服务器错误", True),
        ("HTTP Status 503 – Service Unavailable", True),
        ("502 Bad Gateway", True),
        ("403 Forbidden", True),
        ("500", True),
        ("500万元以上项目预算公开", False),
        ("405医院2025年部门预算", False),
        ("2025年部门预算", False),
    ],
)
def test_an_error_in_the_title_is_told_from_a_title_that_begins_with_a_number(title: str, is_one: bool) -> None:
    assert says_nothing_is_there(page(f"<title>{title}</title><p>{'按规定公开如下。' * 50}</p>")) is is_one
