"""The fixity report: one HTML page in English and Chinese, without script, that needs nothing else.

It is made from the records of verifications alone.  Whatever stands in them is escaped.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence

from gongkai.archive.verifications import Readings, Record
from gongkai.crawler.report.html_page import STYLE
from gongkai.queries.printable import printable
from gongkai.vocabulary.glossary import values_of
from gongkai.vocabulary.languages import in_chinese

_DAYS = (1, 7, 30, 90, 365)
_SHOWN = 50
_ENDS = {
    "whole": "all that was asked for was read",
    "time": "the time was over before all was read",
    "stopped": "it was stopped",
    None: "it is under way, or was killed",
}
_HOW = (
    "Every object is read and its SHA-256 compared with its name, its seal, or what other objects say of it.",
    "A part counts as read when all of it was; a share is one of all possible hashes.",
    "This page says what was found when it was made; the archive is checked again by gongkai verify.",
)


def fixity_page(url: str, told: Sequence[Record], now: dt.datetime) -> str:
    """The page: the last verification with its findings, how much was read since when, the verifications before."""
    parts = [
        f"<h1>{_both('Fixity report')}</h1>",
        f'<p class="lead">{_text(url)} · {_moment(now)}</p>',
        *(_last(told[-1]) if told else (f"<p>{_both('no verification is on record')}</p>",)),
        f"<h2>{_both('Read within')}</h2>",
        _table(("days", "share of the archive"), _shares(told, now)),
        f"<h2>{_both('Verifications')}</h2>",
        _table(("began", "ended", "end", "objects", "bytes", "findings"), map(_row, reversed(told[-_SHOWN:]))),
        *(f'<p class="lead">{_both(text)}</p>' for text in _HOW),
    ]
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    head = f"<head>{meta}{policy}<title>{_text(url)}</title><style>{STYLE}</style></head>"
    return f'<!doctype html>\n<html lang="en">{head}<body>\n' + "\n".join(parts) + "\n</body></html>\n"


def _last(record: Record) -> Iterable[str]:
    kind = "bad" if record.finding_count else "good"
    yield f"<h2>{_both('Last verification')}</h2>"
    yield (
        f'<p><span class="badge {kind}">{record.finding_count}</span> {_both("findings")} · {record.objects}'
        f" {_both('objects')} · {record.size} {_both('bytes')} · {_end(record)}</p>"
    )
    problems = values_of("problem")
    rows = (
        f"<tr><td>{_text(each.problem.value)} {_text(problems.get(each.problem.value, ''))}</td>"
        f'<td class="url">{_text(each.key)}</td><td>{_text(each.detail)}</td></tr>'
        for each in record.findings
    )
    if record.findings:
        yield _table(("problem", "object", "detail"), rows)
    if (more := record.finding_count - len(record.findings)) > 0:
        yield f"<p>+ {more}</p>"


def _shares(told: Sequence[Record], now: dt.datetime) -> Iterable[str]:
    readings = Readings(told)
    for days in _DAYS:
        share = readings.share_since(now - dt.timedelta(days=days))
        yield f'<tr><td class="n">{days}</td><td class="n">{100 * share:.1f} %</td></tr>'


def _row(record: Record) -> str:
    kind = "bad" if record.finding_count else "good"
    return (
        f"<tr><td>{_moment(record.began)}</td><td>{_moment(record.ended)}</td><td>{_end(record)}</td>"
        f'<td class="n">{record.objects}</td><td class="n">{record.size}</td>'
        f'<td class="n {kind}">{record.finding_count}</td></tr>'
    )


def _end(record: Record) -> str:
    return _both(_ENDS[record.end])


def _table(heads: Sequence[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{_both(name)}</th>" for name in heads)
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _both(english: str) -> str:
    """A text of ours in both languages."""
    return f'{_text(english)} <span lang="zh">{_text(in_chinese(english))}</span>'


def _text(value: object) -> str:
    return html.escape(printable(str(value)))


def _moment(value: dt.datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if value else ""
