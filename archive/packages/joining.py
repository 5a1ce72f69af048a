"""Records that belong to an answer, and a redirect with its target: what each brings to the capture."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from typing import Any
from urllib.parse import quote

from gongkai.archive.capture import Capture, Outcome, Redirect, Role
from gongkai.archive.packages.answers import time_of
from gongkai.archive.packages.http_message import read_head
from gongkai.archive.packages.warc_reader import LONGEST_HEAD, Record


def request_facts(record: Record) -> dict[str, Any]:
    """A request's part in the capture of its answer: its head, the page that linked there, and the body of a POST."""
    if record.block is None:
        return {}
    head = read_head(record.block)
    facts: dict[str, Any] = {"request_headers": head.fields}
    if referer := head.get("referer"):
        facts["parent_url"] = referer
    if head.method == "POST" and record.block.left <= LONGEST_HEAD:
        kind, body = quote(head.get("content-type"), safe=""), quote(text_of(record), safe="")
        facts["posted"] = f"__wb_method=POST&__wb_post_type={kind}&__wb_post_data={body}"
    return facts


def may_belong(capture: Capture, record: Record, facts: dict[str, Any]) -> bool:
    """True for an answer of that address and time that lacks what a record tells which names no answer."""
    is_there = capture.url == record.url and capture.requested_at == time_of(record)
    return is_there and not any(getattr(capture, name, None) for name in facts if name != "role")


def with_facts(capture: Capture, facts: dict[str, Any]) -> Capture:
    """The capture with facts of records that belong to it; what it has itself is kept, but for its role."""
    posted = facts.get("posted")
    values = {name: value for name, value in facts.items() if name not in {"posted", "role"}}
    if posted and "__wb_method=" not in capture.url:
        values["url"] = f"{capture.url}{'&' if '?' in capture.url else '?'}{posted}"
        values["final_url"] = capture.final_url or capture.url
    for name in ("title", "parent_url", "file_name"):
        if name in values and getattr(capture, name) and name != "file_name":
            del values[name]
    with contextlib.suppress(ValueError):
        if "role" in facts:
            values["role"] = Role(facts["role"])
    return dataclasses.replace(capture, **values)


def answered(redirect: Capture, answer: Capture) -> Capture:
    """The capture of an address that led to another, as the crawler would have recorded it."""
    came = answer.received_at or answer.requested_at
    is_page = answer.outcome in {Outcome.CAPTURED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED}
    own = ("capture_id", "run_id", "url", "requested_at", "request_headers")
    told = ("told_year", "told_entity", "told_division", "told_phase")
    parent = redirect.parent_url or (answer.parent_url if answer.parent_url != redirect.url else None)
    return dataclasses.replace(
        answer,
        **{name: getattr(redirect, name) for name in (*own, *told)},
        outcome=Outcome.CAPTURED if is_page else answer.outcome,
        final_url=answer.final_url or answer.url,
        redirects=(*_noted(redirect), *answer.redirects),
        received_at=max(came, redirect.requested_at),
        parent_url=parent,
        title=redirect.title or answer.title,
        link_text=redirect.link_text or answer.link_text,
    )


def _noted(redirect: Capture) -> tuple[Redirect, ...]:
    if redirect.http_status is None:
        return ()
    return (Redirect(redirect.url, redirect.requested_at, redirect.http_status, redirect.response_headers),)


def text_of(record: Record) -> str:
    """The block of a small record; of a larger one nothing."""
    if record.block is None or record.block.left > LONGEST_HEAD:
        return ""
    data = io.BytesIO()
    while piece := record.block.read():
        data.write(piece)
    return data.getvalue().decode("utf-8", "replace")
