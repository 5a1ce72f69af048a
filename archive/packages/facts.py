"""Metadata records as facts of a capture: gongkai's tell nearly all, those of others the page that linked there."""

from __future__ import annotations

import datetime as dt
from typing import Any

_TEXTS = ("index_number", "link_text", "publisher", "context", "file_name", "role", "media_type_detected", "tls")


def facts_of(text: str) -> dict[str, Any]:
    """The facts in the block of a metadata record; what reads otherwise than it must is passed over."""
    told: dict[str, str] = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon and value.strip():
            told.setdefault(name.strip().lower(), value.strip())
    facts: dict[str, Any] = {name: told[key] for name in _TEXTS if (key := f"gongkai-{name.replace('_', '-')}") in told}
    if "title" in told:
        facts["title"] = told["title"]
    if told.get("via", "").startswith(("http:", "https:")):
        facts["parent_url"] = told["via"]
    if on := _date(told.get("gongkai-published-on", "")):
        facts["published_on"] = on
    return facts


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
