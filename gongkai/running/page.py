"""The status page and the metrics (pure functions but for the file in which a crawl leaves those of the portals)."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator

from gongkai.crawler.report.html_page import STYLE
from gongkai.crawler.report.metrics import Sample, family
from gongkai.queries.printable import printable
from gongkai.running.jobs import Job
from gongkai.running.state import State
from gongkai.vocabulary.languages import said, speaks_chinese

REFRESH_SECONDS = 10
_UNTRUSTED = re.compile(r'^gongkai_last_crawl_exit_code\{portal="([^"]*)"\} ([34])\.0$', re.MULTILINE)
_SHOWN = 50
_HEADS = ("job", "state", "began", "ended", "exit code", "next")


def page(state: State, now: dt.datetime) -> str:
    """The status page: the store, the jobs, the portals whose listing could not be trusted."""
    language = "zh" if speaks_chinese() else "en"
    rows = "".join(_row(_cells(job, state, now)) for job in state.jobs)
    heads = "".join(f"<th>{_text(head)}</th>" for head in _HEADS)
    parts = [
        f"<h1>gongkai run</h1><p class='lead'>{html.escape(printable(state.root))}</p>",
        _store(state, now),
        f'<div class="wide"><table><tr>{heads}</tr>{rows}</table></div>',
        _portals(portal_metrics(state)),
        f"<p class='lead'>{_text(f'running since {_moment(state.started)}')} · <a href='/metrics'>metrics</a></p>",
    ]
    head = f"<title>gongkai run</title><meta http-equiv='refresh' content='{REFRESH_SECONDS}'><style>{STYLE}</style>"
    body = "\n".join(part for part in parts if part)
    head = f"<head><meta charset='utf-8'>{head}</head>"
    return f"<!doctype html>\n<html lang='{language}'>{head}<body>\n{body}\n</body></html>\n"


def _store(state: State, now: dt.datetime) -> str:
    away = state.away_since(now)
    if state.is_stopping:
        return _badge("doubtful", "stopping: what is under way ends in order")
    if away is not None:
        why = f" <small>{html.escape(printable(state.why))}</small>" if state.why else ""
        return _badge("bad", f"the store does not answer since {_moment(away)}; it is asked again and again") + why
    return _badge("good", "the store answers")


def _badge(kind: str, text: str) -> str:
    return f'<p><span class="badge {kind}">{_text(text)}</span></p>'


def _cells(job: Job, state: State, now: dt.datetime) -> Iterator[str]:
    yield html.escape(job.name)
    yield _text(_doing(job))
    yield html.escape(_moment(job.started))
    yield html.escape(_moment(job.ended))
    kind = "bad" if job.has_failed else "good" if job.code == 0 else "doubtful"
    yield "" if job.code is None else f'<span class="badge {kind}">{job.code}</span>'
    if not job.is_wanted or job.is_running:
        yield ""
    elif state.away_since(now) is not None:
        yield _text("when the store answers")
    else:
        yield html.escape(_moment(max(job.earliest or now, now)))


def _doing(job: Job) -> str:
    if job.is_running:
        return "running"
    if job.has_failed:
        return "failed, is tried again"
    return "waiting" if job.is_wanted else "nothing to do"


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _portals(known: str) -> str:
    """The portals whose last crawl ended with a listing that cannot be trusted, as their metrics say."""
    names = [name for name, _ in _UNTRUSTED.findall(known)]
    if not names:
        return ""
    more = _text(f"and {len(names) - _SHOWN} more") if len(names) > _SHOWN else ""
    listed = ", ".join(html.escape(printable(name)) for name in names[:_SHOWN])
    return f"<h2>{_text('Portals whose listing could not be trusted')}</h2><p>{listed} {more}</p>"


def _text(text: str) -> str:
    return html.escape(said(text))


def _moment(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def portal_metrics(state: State) -> str:
    """The metrics of the portals; empty before the first crawl has ended."""
    with contextlib.suppress(OSError):
        return state.portals.read_text(encoding="utf-8")
    return ""


def metrics(state: State, now: dt.datetime) -> str:
    """The metrics of this process in Prometheus' text format, and those of the portals behind them."""
    jobs = state.jobs
    lines = [
        *family("run_started_timestamp_seconds", "When this process began.", [({}, state.started.timestamp())]),
        *family("run_store_away", "1 while the store does not answer.", [({}, float(bool(state.away_since(now))))]),
        *family("run_job_running", "1 while the job runs.", _of(jobs, "is_running")),
        *family("run_job_wanted", "1 while the job waits for its turn.", _of(jobs, "is_wanted")),
        *family("run_job_failures", "Processes of the job that failed in a row.", _of(jobs, "failures")),
        *family("run_job_last_start_timestamp_seconds", "Begin of its last process.", _times(jobs, "started")),
        *family("run_job_last_end_timestamp_seconds", "End of its last process.", _times(jobs, "ended")),
        *family("run_job_ends", "Processes of the job that ended, by exit code.", _ends(jobs)),
    ]
    return "\n".join(lines) + "\n" + portal_metrics(state)


def _of(jobs: Iterable[Job], member: str) -> Iterator[Sample]:
    yield from (({"job": job.name}, float(getattr(job, member))) for job in jobs)


def _times(jobs: Iterable[Job], member: str) -> Iterator[Sample]:
    moments = ((job.name, getattr(job, member)) for job in jobs)
    yield from (({"job": name}, moment.timestamp()) for name, moment in moments if moment is not None)


def _ends(jobs: Iterable[Job]) -> Iterator[Sample]:
    for job in jobs:
        yield from (
            ({"job": job.name, "exit_code": str(code)}, float(count)) for code, count in job.ends.copy().items()
        )
