"""Characters that fonts put in place of the ideographs they print: radicals and compatibility forms."""

from __future__ import annotations

import re
import unicodedata

_FONT_FORMS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))
    if len(unicodedata.normalize("NFKC", chr(code))) == 1
}


_FONT_FORM = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def readable(text: str) -> str:
    """Text as printed: radicals and compatibility ideographs that fonts map Chinese characters to, undone."""
    return text.translate(_FONT_FORMS) if _FONT_FORM.search(text) else text
