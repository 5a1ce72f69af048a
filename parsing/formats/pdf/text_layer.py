"""Whether a page's text layer can be what its print shows.

A font whose codes map to wrong characters gives text that looks like text.  Chinese print uses few of all characters:
GB/T 2312 has 6,763, and a page of any published disclosure is made of those but for a name now and then.
"""

from __future__ import annotations

import re

ENOUGH = 40
"""Characters below which a share says nothing."""

RARE = 0.3
"""Share of ideographs outside GB/T 2312 beyond which they are no reading of print, where it is below 0.02."""

ODD = 0.3
"""Share of accented letters and other scripts beyond which a page without Chinese is no reading of Chinese print."""

_EVERYWHERE = "年的一支出收入预算元项目"
"""Characters of which any page of a disclosure has several; looking for them is quicker than counting all."""
_SEVERAL = 4

_IDEOGRAPHS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ODD = re.compile(r"[\u00a1-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u1fff\u2c00-\u2dff\ua000-\uabff]")
"""Letters of other scripts, without the signs that Chinese print borrows (× ÷ ·)."""


def is_misread(text: str) -> bool:
    """True for text that maps to characters which Chinese print does not use."""
    if sum(character in text for character in _EVERYWHERE) >= _SEVERAL:
        return False
    ideographs = "".join(_IDEOGRAPHS.findall(text))
    if len(ideographs) >= ENOUGH:
        common = len(ideographs.encode("gb2312", "ignore")) // 2
        return len(ideographs) - common > RARE * len(ideographs)
    printed = len(text) - text.count(" ")
    return printed >= ENOUGH and not ideographs and len(_ODD.findall(text)) > ODD * printed
