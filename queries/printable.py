"""Text of documents and portals as a terminal may show it: what would steer the terminal or turn the line is spelt out.

A terminal obeys control characters (ECMA-48: colours, titles, answers typed for the person), and the bidirectional
controls of Unicode (UAX #9) show digits in an order they do not have.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
"""All of C0 but tab and line feed, C1, bidirectional and other invisible controls, halves of surrogates, tags."""

_LONG = re.compile(r"\S{161,}")
_KEPT = 60


def printable(text: str) -> str:
    """The text with each steering character as its Python escape (``\\x1b``, ``\\u202e``)."""
    return _STEERING.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_escaped(text: str) -> str:
    """JSON text with steering characters in JSON's own escapes, which any reader turns back."""
    return _STEERING.sub(_json_escape, text)


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def shortened(text: str) -> str:
    """The text with long words, which only addresses and keys are, cut in their middle."""
    return _LONG.sub(lambda found: f"{found[0][:_KEPT]}…{found[0][-_KEPT:]}", text)
