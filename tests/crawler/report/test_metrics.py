"""Metrics: the format as Prometheus documents it, read by a strict reader of our own, and labels that stay few."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from gongkai.crawler.report import metrics as module
from gongkai.crawler.report.latest import Latest
from gongkai.crawler.report.metrics import metrics

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_LABEL = r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"'
_SAMPLE = re.compile(rf"({_NAME})(?:\{{((?:{_LABEL})(?:,{_LABEL})*)\}})? (-?[0-9.e+-]+)")
_HELP = re.compile(rf"# HELP ({_NAME}) (?:[^\\\n]|\\[\\n])+")
_TYPE = re.compile(rf"# TYPE ({_NAME}) (gauge|counter)")

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Samples:
    """Samples by name and labels.  Fails unless every line is of the format, each family stands once and together."""
    assert text.endswith("\n")
    samples: Samples = {}
    closed: set[str] = set()
    family = helped = ""
    for line in text[:-1].split("\n"):
        if found := _HELP.fullmatch(line):
            closed.add(family)
            helped = found[1]
        elif found := _TYPE.fullmatch(line):
            family = found[1]
            assert family == helped
            assert family not in closed
        else:
            found = _SAMPLE.fullmatch(line)
            assert found is not None, line
            assert found[1] == family
            key = (found[1], frozenset(re.findall(_LABEL, found[2] or "")))
            assert key not in samples, line
            samples[key] = float(found[7])
    return samples


def portal(name: str, **values: Any) -> dict[str, Any]:
    times = {"started": "2026-03-01T00:00:00+00:00", "finished": "2026-03-01T00:01:30+00:00"}
    return {"portal": name, "exit_code": 0, "documents": 7, "failures": {}, "problems": []} | times | values


def report(*portals: dict[str, Any]) -> dict[str, Any]:
    return {"run_id": "1", "exit_code": 1, "finished": "2026-03-01T00:01:30+00:00", "portals": list(portals)}


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[f"gongkai_{name}", frozenset(labels.items())]


def test_each_portal_has_its_facts() -> None:
    bad = portal(
        "hebei/b",
        exit_code=3,
        failures={"timeout": 2, "made up": 9},
        problems=[{"kind": "x", "severity": "fatal", "message": "m", "url": "http://secret"}],
    )
    text = metrics(Latest.of_reports([report(portal("hebei/a"), bad)]), now=NOW)
    samples = read(text)
    trusted = dt.datetime(2026, 3, 1, 0, 1, 30, tzinfo=dt.UTC).timestamp()
    assert value(samples, "last_trusted_crawl_timestamp_seconds", portal="hebei/a") == trusted
    assert value(samples, "last_crawl_duration_seconds", portal="hebei/a") == 90
    assert value(samples, "last_crawl_documents", portal="hebei/a") == 7
    assert value(samples, "last_crawl_exit_code", portal="hebei/b") == 3
    assert value(samples, "last_crawl_failures", portal="hebei/b", outcome="timeout") == 2
    assert value(samples, "last_crawl_problems", portal="hebei/b", severity="fatal") == 1
    assert value(samples, "runs", command="crawl", exit_code="1") == 1
    assert ("gongkai_last_trusted_crawl_timestamp_seconds", frozenset({("portal", "hebei/b")})) not in samples
    assert "made up" not in text, "outcomes are a closed list"
    assert "secret" not in text


def test_names_are_escaped_and_an_empty_archive_has_metrics() -> None:
    samples = read(metrics(Latest.of_reports([report(portal('a"b\\c\nd\re'))]), now=NOW))
    assert value(samples, "last_crawl_documents", portal='a\\"b\\\\c\\nd\\\\re') == 7
    assert value(read(metrics(Latest({}), now=NOW)), "portals") == 0


def test_the_number_of_series_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PORTALS_AT_MOST", 2)
    samples = read(metrics(Latest.of_reports([report(*(portal(f"p/{number}") for number in range(5)))]), now=NOW))
    assert len({labels for name, labels in samples if name == "gongkai_last_crawl_documents"}) == 2
    assert value(samples, "portals") == 5


@pytest.mark.parametrize("text", ["a 1", "# TYPE a gauge\na 1\n", '# HELP a b\n# TYPE a gauge\na{b="c"d"} 1\n'])
def test_the_reader_is_strict(text: str) -> None:
    with pytest.raises(AssertionError):
        read(text)
