"""Each address is asked for once, files as far as the limit goes, and nothing but listings in a dry run."""

from __future__ import annotations

from gongkai.archive import Role
from gongkai.crawler.pages.address import JSON, post_address
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.spider.asking_spider import PRIORITY
from gongkai.crawler.wire.carried_leads import lead_in
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

FILE = Lead(url=f"{SITE}/a.pdf", role=Role.ATTACHMENT, parent_url=f"{SITE}/a.html")


def page(url: str, number: int = 1, *, moved: bool = False) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, moved=moved)


def test_an_address_is_asked_for_once_whatever_its_scheme() -> None:
    spider = spider_of(visit_to(portal_of()))
    assert spider.is_new(FILE.url)
    request = spider.ask(FILE)
    assert lead_in(request) == FILE
    assert request.headers[b"Referer"] == f"{SITE}/a.html".encode()
    assert request.priority == PRIORITY[Role.ATTACHMENT] > PRIORITY[Role.ARTICLE] > PRIORITY[Role.LISTING]
    assert spider.ask(Lead(url=FILE.url.replace("http:", "https:") + "#page=2", role=Role.ATTACHMENT)) is None
    assert not spider.is_new(FILE.url)


def test_an_address_whose_page_moved_is_asked_for_again() -> None:
    spider = spider_of(visit_to(portal_of()))
    assert spider.ask(page(f"{SITE}/list/2.htm", 2))
    assert spider.ask(page(f"{SITE}/list/2.htm", 3)) is None
    assert spider.ask(page(f"{SITE}/list/2.htm", 3, moved=True))
    assert spider.ask(page(f"{SITE}/list/2.htm", 3, moved=True)) is None


def test_a_body_is_sent_with_its_type_and_asked_for_once() -> None:
    spider = spider_of(visit_to(portal_of()))
    first = spider.ask(page(post_address(f"{SITE}/rest", '{"page":1}', JSON)))
    assert (first.url, first.method, first.body) == (f"{SITE}/rest", "POST", b'{"page":1}')
    assert first.headers[b"Content-Type"] == JSON.encode()
    assert spider.ask(page(post_address(f"{SITE}/rest", '{"page":2}', JSON)))
    assert spider.ask(page(post_address(f"{SITE}/rest", '{"page":1}', JSON))) is None


def test_the_request_goes_where_the_document_lies_today() -> None:
    spider = spider_of(visit_to(portal_of()))
    request = spider.ask(Lead(url=FILE.url, role=Role.ATTACHMENT, asked_url=f"{SITE}/a.pdf?signed", referer=SITE))
    assert (request.url, lead_in(request).url) == (f"{SITE}/a.pdf?signed", FILE.url)  # type: ignore[union-attr]
    assert request.headers[b"Referer"] == SITE.encode()


def test_files_have_patience_of_their_own_unless_the_portal_states_one() -> None:
    spider = spider_of(visit_to(portal_of()))
    assert spider.ask(FILE).meta["download_timeout"] == spider.settings.getfloat("FILE_TIMEOUT_SECONDS")
    assert "download_timeout" not in spider.ask(page(SITE)).meta
    stated = spider_of(visit_to(portal_of(timeout_seconds=7.0)))
    assert stated.ask(FILE).meta["download_timeout"] == stated.ask(page(SITE)).meta["download_timeout"] == 7.0


def test_the_limit_counts_files_and_what_lies_beyond_is_not_asked_for() -> None:
    visit = visit_to(portal_of(), limit=1)
    spider = spider_of(visit)
    files = [Lead(url=f"{SITE}/{name}.pdf", role=Role.ATTACHMENT) for name in "aab"]
    assert [spider.ask_document(file) is not None for file in files] == [True, False, False]
    assert (visit.report.documents, visit.report.limit_reached) == (2, True)


def test_a_dry_run_notes_each_document_once_and_asks_for_none() -> None:
    visit = visit_to(portal_of(), dry_run=True)
    spider = spider_of(visit)
    assert [spider.plan(FILE), spider.plan(FILE)] == [None, None]
    assert [planned.url for planned in visit.report.planned] == [FILE.url]


def test_what_is_no_address_is_a_problem_and_no_crash() -> None:
    visit = visit_to(portal_of())
    assert spider_of(visit).ask(page("no address")) is None
    assert [problem.kind for problem in visit.report.problems] == ["bad_address"]
