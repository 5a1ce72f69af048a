"""Web archives (MHTML): several pages in one file, as Excel and browsers save them."""

from __future__ import annotations

import email
import email.message
import email.policy
import re

from gongkai.parsing.formats.html.page import read_html
from gongkai.parsing.text.grid import Doubt, Reading, UnreadableDocumentError

MAX_PAGES = 500
"""Pages read of one web archive."""

_TABS = re.compile(r"tabstrip\.html?$", re.IGNORECASE)


def read_mhtml(data: bytes) -> Reading:
    """The pages in a web archive (MHTML), or in a mail that holds some; Excel writes one for each sheet.

    Raises UnreadableDocumentError ``corrupt`` where no part is HTML.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        readings = [_part_reading(part) for part in pages[:MAX_PAGES]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableDocumentError("corrupt", f"the web archive's parts cannot be read: {error}") from error
    if not readings:
        raise UnreadableDocumentError("corrupt", "the web archive has no HTML part")
    title = next((reading.title for reading in readings if reading.title), None)
    blocks = tuple(block for reading in readings for block in reading.blocks)
    doubts = [doubt for reading in readings for doubt in reading.doubts]
    if len(pages) > MAX_PAGES:
        doubts.append(
            Doubt("too_many_pages", f"the web archive has {len(pages)} pages; the first {MAX_PAGES} were read")
        )
    return Reading("mhtml", blocks, doubts=tuple(doubts), title=title)


def _part_reading(part: email.message.Message) -> Reading:
    """A page of a web archive; the frame and the tabs that Excel puts round its sheets hold nothing."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip() or _TABS.search(part.get("Content-Location") or ""):
        return Reading("mhtml", ())
    return read_html(payload, part.get_content_charset())
