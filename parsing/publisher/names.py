"""Names of bodies in captions and titles: 323某局, 编制单位：某局, 2025年某局部门预算."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from gongkai.parsing.text.amounts import unspaced
from gongkai.parsing.text.coded_names import NO_YEAR, coded_name
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.divisions import locate
from gongkai.vocabulary.organisations import is_abbreviated, is_organisation, without_aside
from gongkai.vocabulary.word_lists import any_of

_FILE = "publisher.csv"
_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff()（）、]{3,40}")
_LABELLED = re.compile(rf"(?<![\u4e00-\u9fff]){any_of(_FILE, 'label')}[:：](.{{3,50}})")
_AFTER_LABEL = re.compile(any_of(_FILE, "after_label"))
_OF_A_YEAR = re.compile(any_of(_FILE, "of_a_year"))
_ABOUT = re.compile(rf"^.*{any_of(_FILE, 'about')}(?:{any_of(_FILE, 'acted_on')})*|^{any_of(_FILE, 'acted_on')}")
"""关于 and what it is about, with who speaks before it: 某财政局关于批复某局."""
_LINK = re.compile(rf"^{any_of(_FILE, 'link')}")
_TO_LAST_MARK = re.compile(r"^.*[:：>＞»›/|｜\]】〕]")
"""Labels, paths and marks before a name: 全文下载：, 首页>政务公开>, [01-26]."""
_BEFORE_NAME = re.compile(rf"^[^\u4e00-\u9fff]++{NO_YEAR}")
_SPEAKER = re.compile(rf"{any_of(_FILE, 'speaker')}{any_of(_FILE, 'own_kind')}$")
"""我局, 本单位: a sentence speaks, and no name ends so."""
_OWN_PLACE = re.compile(any_of(_FILE, "own_place"))
_FILE_TYPE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|html?)$", re.IGNORECASE)
_WHOLE = re.compile(
    rf"(?!{any_of(_FILE, 'no_name')})[\u4e00-\u9fff](?:[\u4e00-\u9fff\w()（）、·“”—-]*[\u4e00-\u9fff\w)）])?"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """A body as named, with its code in the budget where that is printed with the name."""

    entity: str
    code: str | None = None


@functools.lru_cache(maxsize=8_192)
def organisation(text: str) -> str | None:
    """The name of a body that a text is, without what pages and titles put round it; None where it is none.

    Links, numbers and codes, paths of navigation, 关于批复 and seals are no part of it:
    ``全文下载：339-某局（盖章）`` is 某局.
    """
    name = _TO_LAST_MARK.sub("", _FILE_TYPE.sub("", unspaced(text).strip("：:、，,。. ")))
    name = _LINK.sub("", without_enumerator(name, parts=True))
    name = without_aside(_ABOUT.sub("", _BEFORE_NAME.sub("", name)))
    if not 3 < len(name) <= 50 or _OF_A_YEAR.search(name) or _SPEAKER.search(name):
        return None
    if not is_organisation(name) and not (is_abbreviated(name) and _begins_with_place(name)):
        return None
    return name if _WHOLE.fullmatch(name) else None


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


def captioned(captions: Sequence[str]) -> Named | None:
    """The body that the captions of a table name."""
    found = (coded(text) or labelled(text) for text in captions)
    return next((named for named in found if named), None)


def is_same_body(one: str, other: str) -> bool:
    """True where one name ends in the other (市民政局, 石家庄市民政局) or goes on with what it covers (本级)."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) or long.startswith((f"{short}(", f"{short}（"))


def _begins_with_place(name: str) -> bool:
    found = locate(name, None, [])
    return _OWN_PLACE.match(name) is not None or (found.start == 0 and bool(found.candidates))


def names_a_place(entity: str) -> bool:
    """True for a name that holds that of a division."""
    return locate(entity, None, []).division is not None


def lacks_its_place(name: str) -> bool:
    """True for a name that says no more of its place than the kind (市民政局 for 石家庄市民政局)."""
    return _OWN_PLACE.match(name) is not None
