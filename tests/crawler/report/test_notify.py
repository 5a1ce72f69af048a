"""The news of a crawl: what changed and what broke, bounded, worst first."""

from __future__ import annotations

import datetime as dt
import json

from gongkai.crawler.report.counts import Change, ChangeKind, CrawlReport, PortalReport, Severity
from gongkai.crawler.report.notify import notice_of_crawl

MOMENT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def report(*portals: PortalReport) -> CrawlReport:
    return CrawlReport(run_id="run", started=MOMENT, finished=MOMENT, portals=list(portals))


def changed(name: str, *, new: int = 0, gone: int = 0) -> PortalReport:
    change = Change(ChangeKind.NEW, "https://example.org/a", "甲局2026年\n预算", "0" * 64)
    return PortalReport(portal=name, changes=[change], new=new, gone=gone)


def failing(name: str, *problems: tuple[str, Severity], **failures: int) -> PortalReport:
    portal = PortalReport(portal=name)
    portal.failures.update(failures)
    for kind, severity in problems:
        portal.problem(kind, f"{kind} happened", severity=severity)
    return portal


def test_a_quiet_run_is_no_news() -> None:
    notice = notice_of_crawl(report(PortalReport(portal="a", not_modified=9)).as_dict())
    assert not notice.is_news
    assert notice.subject == "gongkai crawl, exit code 0: nothing new in 1 portals"


def test_what_changed_and_what_broke_in_a_few_lines_and_as_json() -> None:
    notice = notice_of_crawl(
        report(
            changed("hebei/a", new=2, gone=1),
            failing("hebei/b", ("above_maximum", Severity.WARNING), timeout=3),
            failing("hebei/c", ("crash", Severity.ERROR), ("crash", Severity.ERROR), ("site_changed", Severity.FATAL)),
            PortalReport(portal="hebei/d"),
        ).as_dict()
    )
    assert notice.is_news
    assert notice.text.splitlines() == [
        "gongkai crawl, exit code 3: 2 new, 1 gone, 1 fatal, 2 error, 1 warning in 4 portals",
        "hebei/a: 2 new, 1 gone (甲局2026年 预算)",
        "hebei/c: fatal: site_changed happened (and 1 kinds more)",
        "hebei/b: warning: above_maximum happened; failed: 3 timeout",
    ]
    facts = json.loads(json.dumps(notice.facts))
    assert (facts["new"], facts["exit_code"], facts["problems"]) == (2, 3, {"warning": 1, "error": 2, "fatal": 1})
    assert facts["documents"][0]["url"] == "https://example.org/a"
    assert [portal["portal"] for portal in facts["broken_portals"]] == ["hebei/c", "hebei/b"]
    assert facts["broken_portals"][0]["problems"][1]["count"] == 2


def test_a_bad_night_stays_short() -> None:
    many = [failing(f"p/{number}", timeout=1) for number in range(3000)]
    change = Change(ChangeKind.NEW, "https://example.org/" + "a" * 5000, "甲" * 5000, "0" * 64)
    for portal in many:
        portal.problem("crash", "x" * 5000, severity=Severity.FATAL)
        portal.changes, portal.new = [change] * 1000, 1000
    notice = notice_of_crawl(report(*many).as_dict())
    assert len(notice.lines) == 42
    assert notice.lines[-1] == "and 2980 more"
    assert len(json.dumps(notice.facts, ensure_ascii=False)) < 200_000
    assert notice.facts["broken_portals_left_out"] == 2900
