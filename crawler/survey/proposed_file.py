"""The text of the file that a proposal makes: YAML with where each value comes from, and what is left to fill in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

from gongkai.archive import Role
from gongkai.crawler.survey.proposal import Proposal, printable

PLAIN = re.compile(r"[^\W\d_][^\s#{}\[\],]*")
"""Texts that YAML may read as they stand."""
DEFAULT_DELAY = 2
"""Seconds between two requests to a portal nobody knows yet."""


def as_yaml(proposal: Proposal) -> str:
    """The text of the portal's file."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    remarks = proposal.remarks
    yield f"id: {proposal.id}"
    yield f"name: {_scalar(proposal.name)}"
    yield f"family: {proposal.family}{_comment(remarks.get('family'))}"
    yield f'division_code: "{proposal.division_code}"{_comment(remarks.get("division_code"))}'
    yield from _site_lines(proposal)
    yield "start_urls:"
    address, remark = _scalar(proposal.start_url), _comment(proposal.column)
    is_article = proposal.start_role is Role.ARTICLE
    yield f"  - url: {address}{remark}\n    role: article" if is_article else f"  - {address}{remark}"
    yield from _parameter_lines(proposal)
    yield from _expected_lines(proposal)
    yield f"delay_seconds: {DEFAULT_DELAY}"
    if proposal.allow_loopback:
        yield "allow_loopback: true # for a portal served on this machine only"
    yield "# contact: whom at the portal to write to"
    yield "verified: unverified # the date on which you saw a crawl succeed, e.g. 2026-03-01"
    yield from _note_lines(proposal)


def _site_lines(proposal: Proposal) -> Iterator[str]:
    if proposal.site_id_code:
        yield f'site_id_code: "{proposal.site_id_code}"'
    else:
        yield "# site_id_code: the ten digits of the site's SiteIDCode (网站标识码), in quotes"
    if proposal.site_name:
        yield f"site_name: {_scalar(proposal.site_name)}"
    else:
        yield "# site_name: what the pages' SiteName says"


def _parameter_lines(proposal: Proposal) -> Iterator[str]:
    if not proposal.parameters:
        yield f"# parameters: what the pages do not tell the family {proposal.family}, see docs/crawling.md"
        return
    yield "parameters:"
    for key, value in proposal.parameters.items():
        yield f"  {key}: {_scalar(value)}{_comment(proposal.remarks.get(key))}"


def _expected_lines(proposal: Proposal) -> Iterator[str]:
    seen = f"; the first page shows {proposal.rows} rows" if proposal.rows else ""
    yield f"# expected: {{minimum: 0}} # documents on the listing pages, after a dry run{seen}"


def _note_lines(proposal: Proposal) -> Iterator[str]:
    yield "notes: >-"
    yield f"  Proposed from its pages on {proposal.proposed_on.isoformat()}; no crawl of it has been seen yet."
    for question in proposal.questions:
        yield f"  {question}"


def _scalar(value: object) -> str:
    """A value as YAML that is read back as itself."""
    text = str(value)
    if isinstance(value, str) and not (PLAIN.fullmatch(text) and yaml.safe_load(text) == text):
        return json.dumps(text, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else text


def _comment(text: str | None) -> str:
    return f" # {printable(text)}" if text else ""
