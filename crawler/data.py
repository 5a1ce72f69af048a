"""Answers that are data rather than pages: JSON, however portals wrap it.  Pure functions."""

from __future__ import annotations

import json
import re

from crawler.errors import ListingNotUnderstoodError
from crawler.page import Page

CALLBACK = re.compile(r"\s*[\w$.]+\s*\((.*)\)\s*;?\s*", re.DOTALL)


def read_json(page: Page) -> object:
    """The value of a JSON answer, also of JSONP (`callback({…})`) and of JSON written into a JSON string.

    Raises ListingNotUnderstoodError for anything else, such as an HTML page in its place.
    """
    text = page.text.strip()
    if match := CALLBACK.fullmatch(text):
        text = match.group(1)
    try:
        value = json.loads(text)
        return json.loads(value) if isinstance(value, str) and value.lstrip()[:1] in {"{", "["} else value
    except (ValueError, RecursionError) as error:
        raise ListingNotUnderstoodError(f"the answer is no JSON ({error}): {text[:80]!r}") from error
