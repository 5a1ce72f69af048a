"""The run report as one HTML page that needs nothing else: what was done, what changed, what a person should look at.

Pure functions from the report's JSON.  Whatever a portal said is escaped; only http and https addresses become links.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

ENDS = {
    0: ("good", "everything listed was seen"),
    1: ("doubtful", "something failed, or a portal differs from what its file says"),
    3: ("bad", "a listing cannot be trusted"),
    4: ("bad", "the archive could not be written"),
    130: ("doubtful", "interrupted; what was received is recorded"),
}
STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --doubtful: #9a6700; --bad: #cf222e; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin-bottom: .3rem; }
p.lead { margin-top: .2rem; opacity: .75; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; font-size: .85rem; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.url { overflow-wrap: anywhere; font-size: .85rem; } small { opacity: .7; }
.good { color: var(--good); } .doubtful { color: var(--doubtful); } .bad { color: var(--bad); }
.badge { border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; font-size: .85rem; white-space: nowrap; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --doubtful: #d29922; --bad: #ff7b72; } }
"""
COUNTS = (
    # heading, member of the portal's report, explanation
    ("listed", "listed", "rows on listing pages, each address once"),
    ("fetched", "fetched", "answers with a body"),
    ("new", "new", "documents never seen before"),
    ("changed", "changed", "documents with other bytes than last time"),
    ("gone", "gone", "documents no longer there"),
    ("not modified", "not_modified", "asked conditionally; nothing was transferred"),
    ("unchanged", "unchanged", "the same bytes received again"),
    ("not asked", "not_asked", "known and older than the look-back"),
)
SEVERITIES = {"warning": "doubtful", "error": "doubtful", "fatal": "bad"}


def run_page(report: Record, portals: Callable[[], Iterable[Record]], before: Mapping[str, Record]) -> Iterator[str]:
    """The parts of the page of one run; ``portals`` gives those of its report whenever it is asked, ``before`` holds
    what the report of the run before said of each portal, where there is one."""
    kind, meaning = ENDS.get(int(report["exit_code"]), ("bad", "an unknown exit code"))
    title = f"<title>gongkai crawl {_text(report['run_id'])}</title>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f"<head>{meta}{title}<style>{STYLE}</style></head>"
    count = sum(1 for _ in portals())
    yield f"""<!doctype html>
<html lang="en">{head}<body>
<h1>Crawl {_text(report["run_id"])}</h1>
<p class="lead">{_moment(report["started"])} · {_duration(report)} · {count} portals</p>
<p><span class="badge {kind}">exit code {report["exit_code"]}</span> {_text(meaning)}</p>
"""
    heads = "".join(f'<th class="n" title="{_text(about)}">{name}</th>' for name, _, about in COUNTS)
    row = f'<tr><th>portal</th><th>end</th>{heads}<th class="n">failed</th><th class="n">time</th></tr>'
    yield f'<div class="wide"><table>{row}'
    yield from (_row(portal, before.get(str(portal["portal"]))) for portal in portals())
    yield "</table></div>\n"
    yield from (f"{_portal(portal, before.get(str(portal['portal'])))}\n" for portal in portals())
    yield "</body></html>\n"


def _row(portal: Record, before: Record | None) -> str:
    kind, _ = ENDS.get(int(portal["exit_code"]), ("bad", ""))
    name = _text(portal["portal"])
    cells = "".join(f'<td class="n">{portal[key]}{_difference(portal, before, key)}</td>' for _, key, _ in COUNTS)
    return (
        f'<tr><td><a href="#{name}">{name}</a></td><td><span class="badge {kind}">{portal["exit_code"]}</span></td>'
        f'{cells}<td class="n">{sum(portal["failures"].values())}</td><td class="n">{_duration(portal)}</td></tr>'
    )


def _difference(portal: Record, before: Record | None, key: str) -> str:
    """The difference to the run before, for the one count that should stay alike."""
    if before is None or key != "listed" or portal[key] == before.get(key):
        return ""
    return f" <small>({portal[key] - int(before.get(key, 0)):+d})</small>"


def _portal(portal: Record, before: Record | None) -> str:
    sweep = "full sweep" if portal["full"] else "what is young, and what is new"
    last = f"the run before ended {_moment(before['finished'])}" if before and before.get("finished") else "first run"
    limit = " · limit reached" if portal["limit_reached"] else ""
    read = f"{portal['listing_pages']} listing pages · {portal['documents']} documents{limit}"
    parts = [
        f'<h2 id="{_text(portal["portal"])}">{_text(portal["portal"])}</h2>',
        f'<p class="lead">{sweep} · {read} · {last}</p>',
        _problems(portal),
        _failures(portal),
        _changes(portal),
        _hosts(portal),
    ]
    return "\n".join(part for part in parts if part)


def _problems(portal: Record) -> str:
    rows = [
        f'<tr><td><span class="badge {SEVERITIES[problem["severity"]]}">{_text(problem["severity"])}</span></td>'
        f"<td>{_text(problem['kind'])}</td><td>{_text(problem['message'])}</td></tr>"
        for problem in portal["problems"]
    ]
    if portal["problems_left_out"]:
        rows.append(f"<tr><td></td><td></td><td>and {portal['problems_left_out']} more</td></tr>")
    return _table("To look at", ("severity", "kind", "what"), rows)


def _failures(portal: Record) -> str:
    rows = [f"<tr><td>{_text(outcome)}</td><td>{count}</td></tr>" for outcome, count in portal["failures"].items()]
    return _table("Failed, by outcome", ("outcome", "requests"), rows)


def _changes(portal: Record) -> str:
    rows = [
        f"<tr><td>{_text(change['kind'])}</td><td>{_text(change['title'])}</td>"
        f'<td class="url">{_link(change["url"])}</td><td><small>{(change["sha256"] or "")[:12]}</small></td></tr>'
        for change in portal["changes"]
    ]
    more = portal["new"] + portal["changed"] + portal["gone"] - len(rows)
    if more > 0:
        rows.append(f"<tr><td></td><td>and {more} more</td><td></td><td></td></tr>")
    return _table("Since the last run", ("", "title", "address", "SHA-256"), rows)


def _hosts(portal: Record) -> str:
    rows = [
        f"<tr><td>{_text(host['host'])}</td><td>{host['requests']}</td>"
        f"<td>{_pause(host['shortest_pause'])}</td><td>{_text(host['robots'])}</td></tr>"
        for host in portal["hosts"]
    ]
    return _table("Manners", ("host", "requests", "shortest pause", "robots.txt"), rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[str]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{_text(name)}</th>" for name in heads)
    return f'<h3>{_text(title)}</h3><div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _text(value: object) -> str:
    return html.escape(str(value))


def _link(url: str) -> str:
    is_web = url.startswith(("http://", "https://"))
    return f'<a href="{_text(url)}" rel="noreferrer">{_text(url)}</a>' if is_web else _text(url)


def _pause(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.2f} s"


def _moment(value: str | None) -> str:
    return f"{dt.datetime.fromisoformat(value):%Y-%m-%d %H:%M} UTC" if value else "never"


def _duration(record: Record) -> str:
    if not record.get("started") or not record.get("finished"):
        return "unfinished"
    took = dt.datetime.fromisoformat(record["finished"]) - dt.datetime.fromisoformat(record["started"])
    minutes, seconds = divmod(round(took.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
