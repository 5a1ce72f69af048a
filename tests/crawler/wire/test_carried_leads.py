"""A request carries its lead, and a redirect names what nothing else names."""

from __future__ import annotations

from scrapy import Request

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.wire.carried_leads import LEAD, NamedByRedirect, lead_in

ROTATING = Lead(url="http://a.cn/x?name=1", role=Role.ATTACHMENT, named_by_redirect=True)


def test_a_request_of_our_own_making_has_a_lead_and_others_have_none() -> None:
    assert lead_in(Request("http://a.cn/", meta={LEAD: ROTATING})) is ROTATING
    assert lead_in(Request("http://a.cn/robots.txt")) is None
    assert lead_in(Request("http://a.cn/", meta={LEAD: "a text"})) is None
    assert lead_in(None) is None


def test_only_behind_a_redirect_does_a_document_take_its_targets_address() -> None:
    direct = Request("http://a.cn/x?fileUrl=rotates", meta={LEAD: ROTATING})
    NamedByRedirect().process_request(direct)
    assert lead_in(direct) is ROTATING
    behind = Request("http://A.cn:80/lasting.pdf", meta={LEAD: ROTATING, "redirect_urls": [direct.url]})
    for _ in range(2):
        NamedByRedirect().process_request(behind)
        lead = lead_in(behind)
        assert lead is not None
        assert (lead.url, lead.named_by_redirect) == ("http://a.cn/lasting.pdf", False)
    fixed = Lead(url="http://a.cn/b.pdf", role=Role.ATTACHMENT)
    named = Request("http://a.cn/elsewhere.pdf", meta={LEAD: fixed, "redirect_urls": ["http://a.cn/b.pdf"]})
    NamedByRedirect().process_request(named)
    assert lead_in(named) is fixed
