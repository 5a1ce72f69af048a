"""Characters that fonts put in place of the ideographs they print: radicals and compatibility forms.

Unicode decomposes the compatibility ideographs and the Kangxi radicals; what the other radicals look like is its
property Equivalent_Unified_Ideograph (UAX #44), in ``vocabulary/radicals.csv``.
"""

from __future__ import annotations

import re
import unicodedata

from gongkai.vocabulary.loading import load

_DECOMPOSED = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))

_FONT_FORMS = {
    code: form
    for code in _DECOMPOSED
    if (form := unicodedata.normalize("NFKC", chr(code))) != chr(code) and len(form) == 1
}
# The list comes last: Unicode decomposes U+2F3E to the traditional U+6236, which mainland print does not use.
_FONT_FORMS |= {
    ord(row["radical"]): row["ideograph"] for row in load("radicals.csv", ("radical", "ideograph"), ("radical",))
}

_FONT_FORM = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")


def has_font_forms(text: str) -> bool:
    """True where ``readable`` changes something."""
    return _FONT_FORM.search(text) is not None


def readable(text: str) -> str:
    """Text as printed: radicals and compatibility ideographs that stand for Chinese characters, undone."""
    return text.translate(_FONT_FORMS) if has_font_forms(text) else text
