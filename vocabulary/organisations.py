"""Names of departments, units and other bodies, told by how they end: 局, 委员会, 幼儿园.

``organisations.csv`` holds the endings, and the words in brackets behind a name that are no part of it.
"""

from __future__ import annotations

import functools
import re

from gongkai.vocabulary.word_lists import any_of

_FILE = "organisations.csv"
ENDING = any_of(_FILE, "ending")
"""Source of a pattern for the endings."""
_ORGANISATION = re.compile(rf".*{ENDING}([(（].*[)）])?")
_ABBREVIATED = re.compile(rf".*{any_of(_FILE, 'abbreviated')}([(（].*[)）])?")
_NAME = re.compile(r"(?!.*20\d{2})[\u4e00-\u9fff][\u4e00-\u9fff\w()（）、·“”—-]{3,49}")
_ASIDE = re.compile(rf"[(（]{any_of(_FILE, 'aside')}[)）]$")


@functools.lru_cache(maxsize=8_192)
def is_organisation(name: str) -> bool:
    """True for a text that ends as names of bodies do, brackets behind it aside."""
    return _ORGANISATION.fullmatch(name) is not None


def is_abbreviated(name: str) -> bool:
    """True for a text that ends as short names do (某市妇联, 某市一中), which other words end in too."""
    return _ABBREVIATED.fullmatch(name) is not None


def without_aside(name: str) -> str:
    """A name without the brackets that say what its figures cover: 某局（汇总）."""
    return _ASIDE.sub("", name)


def could_be_a_name(text: str) -> bool:
    """True for a text that a person may give as a body's name: four to fifty characters, no year and no mark in it."""
    return _NAME.fullmatch("".join(text.split())) is not None
