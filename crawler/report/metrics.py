"""The state of all portals as a text file for Prometheus' node_exporter (pure functions).

https://prometheus.io/docs/instrumenting/exposition_formats/ describes the format.  Labels take few values: the portals
that were crawled, the outcomes, and the severities of problems.  No address, title or message is ever a label.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongkai.archive import Outcome
from gongkai.crawler.report.latest import Latest

Record = Mapping[str, Any]
Sample = tuple[Mapping[str, str], float]

PORTALS_AT_MOST = 10_000
"""Portals with series of their own; an archive of the whole country has a third of that."""
_SEVERITIES = ("warning", "error", "fatal")
_COUNTS = {
    "documents": "Documents that the last crawl of the portal found.",
    "listed": "Rows on the listing pages of the last crawl.",
    "new": "Documents never seen before the last crawl.",
    "changed": "Documents with other bytes in the last crawl.",
    "gone": "Documents no longer there in the last crawl.",
}


def metrics(latest: Latest, *, now: dt.datetime) -> str:
    """The file: a family for each fact, a sample for each portal that has it."""
    names = sorted(latest.portals)[:PORTALS_AT_MOST]
    portals = {name: latest.portals[name] for name in names}
    last = {name: known["last"] for name, known in portals.items()}
    lines = [
        *family(
            "last_trusted_crawl_timestamp_seconds",
            "End of the last crawl whose listing could be trusted.",
            ((_of(name), _seconds(known["trusted"])) for name, known in portals.items() if known.get("trusted")),
        ),
        *family(
            "last_crawl_timestamp_seconds",
            "End of the last crawl of any kind.",
            ((_of(name), _seconds(known["ended"])) for name, known in portals.items() if known.get("ended")),
        ),
        *family(
            "last_crawl_duration_seconds",
            "Time that the last crawl took.",
            ((_of(name), _took(report)) for name, report in last.items() if _is_timed(report)),
        ),
        *family(
            "last_crawl_exit_code",
            "Exit code of the last crawl: 0 fine, 1 something failed, 3 listing not to be trusted, 4 archive failed.",
            ((_of(name), float(report.get("exit_code") or 0)) for name, report in last.items()),
        ),
        *family("last_crawl_failures", "Requests of the last crawl that failed, by outcome.", _failures(last)),
        *family("last_crawl_problems", "Problems of the last crawl by severity.", _problems(last)),
    ]
    for count, about in _COUNTS.items():
        samples = ((_of(name), float(report.get(count) or 0)) for name, report in last.items())
        lines += family(f"last_crawl_{count}", about, samples)
    lines += family("portals", "Portals that were ever crawled.", [({}, float(len(latest.portals)))])
    lines += family("runs", "Runs by command and exit code.", _runs(latest))
    lines += family("metrics_timestamp_seconds", "When this file was written.", [({}, now.timestamp())])
    return "\n".join(lines) + "\n"


def family(name: str, about: str, samples: Iterable[Sample]) -> list[str]:
    """The lines of a family; none where it has no sample."""
    lines = [f"gongkai_{name}{_labels(labels)} {value!r}" for labels, value in samples]
    return [f"# HELP gongkai_{name} {about}", f"# TYPE gongkai_{name} gauge", *lines] if lines else []


def _labels(labels: Mapping[str, str]) -> str:
    stated = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items())
    return f"{{{stated}}}" if stated else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\\\r")


def _of(name: str) -> Mapping[str, str]:
    return {"portal": name}


def _failures(last: Mapping[str, Record]) -> Iterator[Sample]:
    known = {outcome.value for outcome in Outcome}
    for name, report in last.items():
        for outcome, count in sorted((report.get("failures") or {}).items()):
            if outcome in known:
                yield {"portal": name, "outcome": outcome}, float(count)


def _problems(last: Mapping[str, Record]) -> Iterator[Sample]:
    for name, report in last.items():
        for severity in _SEVERITIES:
            counts = (count for kind, count in report["kinds"].items() if kind.startswith(f"{severity} "))
            yield {"portal": name, "severity": severity}, float(sum(counts))


def _runs(latest: Latest) -> Iterator[Sample]:
    for name, run in sorted(latest.runs.items()):
        command, _, code = name.partition(", exit code ")
        yield {"command": command, "exit_code": code}, float(run["count"])


def _is_timed(report: Record) -> bool:
    return bool(report.get("started") and report.get("finished"))


def _took(report: Record) -> float:
    return _seconds(report["finished"]) - _seconds(report["started"])


def _seconds(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()
