"""One polite look at the column of each place, and what it showed.

For each place robots.txt and one page are asked for, with all the manners of a crawl, hosts side by side.  What is
found is what the machine that looks can see: a portal that answers it with an anti-bot page may answer another.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence

from gongkai.archive import Archive, Capture, Outcome, Role
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import same_site
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import rows
from gongkai.crawler.pages.page import Page
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.registry.places import Place, State
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.run import crawl
from gongkai.crawler.spider.portal_spider import PortalSpider
from gongkai.crawler.spider.reading import Reading
from gongkai.crawler.survey.first_look import BUDGETS, DELAY, lists_budgets
from gongkai.crawler.survey.recognition import detect
from gongkai.crawler.wire.outcome import Verdict

UNANSWERED = frozenset({Outcome.TIMEOUT, Outcome.TLS_ERROR, Outcome.CONNECTION_ERROR, Outcome.CHALLENGED})
"""Outcomes that say less of the portal than of the way to it."""
REFUSALS = frozenset({401, 403, 405, 412, 429, 451, 503, 521})
"""Statuses with which portals turn away whom they do not know."""


class LookingSpider(PortalSpider):
    """Keeps the page of the start address, behind one that only leads on, and asks for nothing else."""

    name = "look"

    def read_page(self, page: Page, lead: Lead) -> Reading:
        return self.read_stub(page, lead) or Reading(lead, Verdict(Outcome.CAPTURED))


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """The places looked at: results in their order, and whether the run was ended before all were seen."""

    results: list[Place]
    interrupted: bool


def look(
    places: Sequence[Place],
    *,
    allow_loopback: bool = False,
    on_place: Callable[[str], None] | None = None,
) -> Look:
    """Look at the column of each place that has one; blocks, and works once per process, as `crawl` does.

    `on_place` is called with the address of each page received.  Places that were not reached before an interruption
    have no result.
    """
    named = [row for row in places if row.url]
    portals = {f"look-{number}": _portal(f"look-{number}", row, allow_loopback) for number, row in enumerate(named)}
    with tempfile.TemporaryDirectory(prefix="gongkai-look-") as root:

        def tell(capture: Capture) -> None:
            if on_place is not None:
                on_place(capture.url)

        report = crawl(root, list(portals.values()), spider=LookingSpider, on_capture=tell)
        archive = Archive.open(root)
        captures = _by_portal(archive.captures())
        reports = {portal.portal: portal for portal in report.portals}
        results = [
            _result(row, captures.get(name, []), reports[name], archive)
            for name, row in zip(portals, named, strict=True)
            if reports[name].finished is not None and (captures.get(name) or reports[name].problems)
        ]
    return Look(results, report.interrupted)


def _portal(name: str, row: Place, allow_loopback: bool) -> Portal:  # noqa: FBT001
    return Portal(
        id=name,
        name=row.place,
        family="static",
        division_code=row.division_code,
        start_urls=(StartUrl(row.url, Role.LISTING),),
        parameters=Parameters(),
        delay_seconds=0.0 if allow_loopback else DELAY,  # this machine bothers nobody but itself
        allow_loopback=allow_loopback,
    )


def _by_portal(captures: Iterable[Capture]) -> Mapping[str, list[Capture]]:
    found: dict[str, list[Capture]] = collections.defaultdict(list)
    for capture in sorted(captures, key=lambda capture: capture.requested_at):
        found[capture.portal].append(capture)
    return found


def _result(row: Place, captures: Sequence[Capture], report: PortalReport, archive: Archive) -> Place:
    state, reason = _found(row, captures, report, archive)
    since = (report.finished or dt.datetime.now(dt.UTC)).date()
    return dataclasses.replace(row, state=state, reason=reason, since=since)


def _found(row: Place, captures: Sequence[Capture], report: PortalReport, archive: Archive) -> tuple[State, str]:
    if not captures:
        return State.BROKEN, "; ".join(problem.message for problem in report.problems) or "no answer was recorded"
    last = captures[-1]
    if last.outcome in UNANSWERED or (last.outcome is Outcome.HTTP_ERROR and last.http_status in REFUSALS):
        return State.FIREWALLED, _in_words(last)
    if last.outcome is not Outcome.CAPTURED or last.payload_sha256 is None:
        return State.BROKEN, _in_words(last)
    url = last.final_url or last.url
    if not same_site(row.url, url):
        return State.BROKEN, f"redirects to {url}"
    body = archive.original(last.payload_sha256)
    detection = detect(body, url, status=last.http_status or 200)
    if detection.challenge:
        return State.FIREWALLED, f"an anti-bot page of {detection.challenge}"
    page = Page.from_bytes(body, url, last.media_type_declared)
    count = len(rows(page))
    of_budgets = lists_budgets(page) or BUDGETS.search(page.title) is not None
    system = detection.family or ("drawn by scripts" if detection.is_shell else "unknown system")
    moved = f", now at {url}" if url != row.url else ""
    told = f"{count} rows{'' if of_budgets or not count else ', on a page that is no column of budgets'}"
    state = State.VERIFIED if count and of_budgets else State.BROKEN
    return state, f"{told}, {system}, status {last.http_status}{moved}"


def _in_words(capture: Capture) -> str:
    return capture.outcome.value + (f", status {capture.http_status}" if capture.http_status else "")
