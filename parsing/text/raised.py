"""Digits that formatting alone raises, as the characters that say so themselves.

Behind a number they are the mark of a footnote (``412.16`` with a raised 1); as plain digits they would make it
another number.  ``amounts`` takes the raised characters for marks.
"""

from __future__ import annotations

_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)


def raised(text: str) -> str:
    """The text of a raised piece, its digits raised characters; with anything but digits in it, it stays.

    ``[1]`` and ``注1`` are known for marks as they are, and raised letters or amounts are no marks at all.
    """
    digits = text.strip()
    return text.translate(_RAISED) if digits.isdecimal() else text
