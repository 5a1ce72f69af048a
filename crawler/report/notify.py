"""The news of a run: what changed and what broke, in a few lines for a person and as JSON (pure functions).

Whatever a portal said stands in it as text; whoever shows it takes out what would steer a terminal.
"""

from __future__ import annotations

import collections
import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.crawler.report.html_page import ENDS

Record = Mapping[str, Any]

_LINES = 20
_LISTED = 100
"""Lines of each kind in the text, and entries of each list in the JSON; what is left out is counted."""
_CHANGES = ("new", "changed", "gone")
_SEVERITIES = ("fatal", "error", "warning")
_TITLE, _MESSAGE, _URL = 60, 200, 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Notice:
    """What somebody is told of a run: a subject, lines of text, the same as JSON; `is_news` unless all was quiet."""

    subject: str
    lines: Sequence[str]
    facts: Record
    is_news: bool

    @property
    def text(self) -> str:
        return "\n".join([self.subject, *self.lines])


def notice_of_crawl(report: Record) -> Notice:
    """The news of a crawl, from its report as JSON."""
    portals: Sequence[Record] = report["portals"]
    changed = [portal for portal in portals if any(portal[kind] for kind in _CHANGES)]
    broken = [portal for portal in portals if portal["problems"] or portal["failures"]]
    broken.sort(key=lambda portal: -int(portal["exit_code"]))
    totals = {kind: sum(portal[kind] for portal in portals) for kind in _CHANGES}
    code = int(report["exit_code"])
    severities = collections.Counter(str(problem["severity"]) for portal in portals for problem in portal["problems"])
    counted = [f"{totals[kind]} {kind}" for kind in _CHANGES if totals[kind]] or ["nothing new"]
    counted += [f"{severities[severity]} {severity}" for severity in _SEVERITIES if severities[severity]]
    facts = {
        "command": "crawl",
        "run_id": report["run_id"],
        "started": report["started"],
        "finished": report["finished"],
        "exit_code": code,
        "meaning": ENDS.get(code, ("", "an unknown exit code"))[1],
        "portals": len(portals),
        **totals,
        "problems": dict(severities),
        "changed_portals": [_change_facts(portal) for portal in changed[:_LISTED]],
        "documents": list(itertools.islice(_documents(changed), _LISTED)),
        "changed_portals_left_out": max(0, len(changed) - _LISTED),
        "broken_portals": [_fault_facts(portal) for portal in broken[:_LISTED]],
        "broken_portals_left_out": max(0, len(broken) - _LISTED),
    }
    return Notice(
        subject=f"gongkai crawl, exit code {code}: {', '.join(counted)} in {len(portals)} portals",
        lines=[*_bounded(_change_lines(changed)), *_bounded(_fault_lines(broken))],
        facts=facts,
        is_news=bool(changed or broken or code),
    )


def _bounded(lines: Iterator[str]) -> list[str]:
    every = list(lines)
    more = [f"and {len(every) - _LINES} more"] if len(every) > _LINES else []
    return every[:_LINES] + more


def _change_lines(portals: Sequence[Record]) -> Iterator[str]:
    for portal in portals:
        counts = ", ".join(f"{portal[kind]} {kind}" for kind in _CHANGES if portal[kind])
        first = next((str(change["title"]) for change in portal["changes"] if change["title"]), "")
        yield f"{portal['portal']}: {counts}" + (f" ({_cut(first, _TITLE)})" if first else "")


def _fault_lines(portals: Sequence[Record]) -> Iterator[str]:
    """The worst problem of each portal, those of which the listing cannot be trusted first."""
    for portal in portals:
        faults = _fault_facts(portal)
        failed = ", ".join(f"{count} {outcome}" for outcome, count in sorted(faults["failures"].items()))
        worst = faults["problems"][0] if faults["problems"] else None
        told = f"{worst['severity']}: {worst['message']}" if worst else ""
        more = f" (and {len(faults['problems']) - 1} kinds more)" if len(faults["problems"]) > 1 else ""
        yield f"{portal['portal']}: {told}{more}" + (f"{'; ' if told else ''}failed: {failed}" if failed else "")


def _change_facts(portal: Record) -> Record:
    return {"portal": portal["portal"], **{kind: portal[kind] for kind in _CHANGES}}


def _documents(portals: Sequence[Record]) -> Iterator[Record]:
    for portal in portals:
        for change in portal["changes"]:
            title = _cut(str(change["title"]), _MESSAGE)
            yield {"portal": portal["portal"], "kind": change["kind"], "title": title, "url": change["url"][:_URL]}


def _fault_facts(portal: Record) -> dict[str, Any]:
    """A portal's failures by outcome, and its problems by severity and kind with their number, the worst first."""
    grouped: dict[tuple[str, str], dict[str, Any]] = {}
    for problem in portal["problems"]:
        key = (str(problem["severity"]), str(problem["kind"]))
        first = {"severity": key[0], "kind": key[1], "count": 0, "message": _cut(str(problem["message"]), _MESSAGE)}
        grouped.setdefault(key, first)["count"] += 1
    problems = sorted(grouped.values(), key=lambda problem: _SEVERITIES.index(problem["severity"]))
    return {
        "portal": portal["portal"],
        "exit_code": portal["exit_code"],
        "failures": dict(portal["failures"]),
        "problems": problems[:_LISTED],
    }


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
