"""Names of bodies in captions and titles: 323某局, 编制单位：某局, 2025年某局部门预算."""

from __future__ import annotations

import dataclasses
import re

from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.coded_names import coded_name
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.divisions import locate
from gongkai.vocabulary.organisations import is_organisation, without_aside
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff()（）、]{3,40}")
_LABELLED = re.compile(rf"{any_of(_FILE, 'label')}[:：](.{{3,50}})")
_AFTER_LABEL = re.compile(any_of(_FILE, "after_label"))
_OF_A_YEAR = re.compile(any_of(_FILE, "of_a_year"))
_ABOUT = re.compile(rf"^{any_of(_FILE, 'about')}")


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A body as named, with its code in the budget where that is printed with the name."""

    entity: str
    code: str | None = None


def organisation(text: str) -> str | None:
    """The name of a body that a text is, without number, 关于 and brackets around it; None where it is none."""
    name = without_enumerator(unspaced(text).strip("：:、，,。. "), parts=True)
    name = without_aside(_ABOUT.sub("", name))
    return name if 3 < len(name) <= 50 and is_organisation(name) and not _OF_A_YEAR.search(name) else None


def coded(text: str) -> Named | None:
    """The body that a caption names by code and name."""
    found = coded_name(unspaced(text))
    name = organisation(found.name) if found and _NAME.fullmatch(found.name) else None
    return Named(name, found.code) if found and name else None


def labelled(text: str) -> Named | None:
    """The body beside 编制单位： or a label like it."""
    found = _LABELLED.search(unspaced(text))
    if found is None:
        return None
    rest = _AFTER_LABEL.split(found[1])[0]
    name = organisation(rest)
    return coded(rest) or (Named(name) if name else None)


def names_a_place(entity: str) -> bool:
    """True for a name that holds that of a division."""
    return locate(entity, None, []).division is not None
