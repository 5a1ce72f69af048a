"""Answers that are data rather than pages: JSON, however portals wrap it.  Pure functions."""

from __future__ import annotations

import json
import re

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.page import Page

CALLBACK = re.compile(r"\s*[\w$.]+\s*\((.*)\)\s*;?\s*", re.DOTALL)


def read_json(page: Page) -> object:
    """The value of a JSON answer, also of JSONP (`callback({…})`) and of JSON written into a JSON string.

    Raises ListingNotUnderstoodError for anything else, such as an HTML page in its place.
    """
    text = page.text.strip()
    if match := CALLBACK.fullmatch(text):
        text = match.group(1)
    try:
        # some platforms leave line breaks as they are within texts
        value = json.loads(text, strict=False)
        is_wrapped = isinstance(value, str) and value.lstrip()[:1] in {"{", "["}
        return json.loads(value, strict=False) if is_wrapped else value
    except (ValueError, RecursionError) as error:
        raise ListingNotUnderstoodError(f"the answer is no JSON ({error}): {text[:80]!r}") from error
