"""Anti-bot pages and captchas are told from real pages."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.crawler.pages.page import Page
from gongkai.crawler.wire.outcome import asks_for_captcha, challenge_of, says_nothing_is_there

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
