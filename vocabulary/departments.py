"""Controlled department names, and the department that a printed entity name belongs to.

``departments.csv`` lists the controlled names: what ordinary provinces, cities and counties have, one name for the
same line of work everywhere and in every year (卫生局, 卫生和计划生育委员会 and 卫生健康委员会 are all 卫生健康).
``department_aliases.csv`` holds the printed names: a ``stem`` with its ``endings``, separated by spaces.  An ending is

* a text: stem and ending together are the alias (人社 + 局);
* ``@``: the stem alone is the alias (妇联);
* a text that ends in ``$``: the alias counts only at the end of the organisation's name (管理委员会 is a department
  of its own in 某开发区管理委员会, not in 某开发区管理委员会财政局);
* a text that ends in ``^``: the alias counts only where a name begins, behind its place (综合执法大队 is a department's
  own in 某市综合执法大队, not in 某市文化综合执法大队);
* a text that ends in ``!``: the kind of body that a whole name ends in, which says more than the words before it (a
  水利医院 is a hospital, a 交通学校 a school); ``!`` alone stands behind a stem that is such a kind itself;
* ``*``: any unit whose name begins with the stem, such as 就业 in 就业见习指导中心.

Rows whose department is ``?`` are kinds of body that are found in several departments: their names tell none.

``valid_from`` and ``valid_to`` (years, inclusive, blank = open) tell when organisations were so named: the reform of
2018 renamed most departments, at the latest in 2019 below the provinces.  Matching ignores them, because sub-units
and page templates keep old names for years.  Sources: the institutional reform plans of the State Council of 2008,
2013, 2018 and 2023, and the entities printed in published budgets.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping

from gongkai.vocabulary.loading import Row, load


@dataclasses.dataclass(frozen=True, slots=True)
class Alias:
    """A printed name of a department; ``at_end``, ``at_beginning``, ``is_kind`` and ``begins_unit`` are the endings
    ``$``, ``^``, ``!`` and ``*``."""

    text: str
    department: str | None
    """None for a kind of body that is found in several departments."""
    valid_from: int | None = None
    valid_to: int | None = None
    at_end: bool = False
    at_beginning: bool = False
    is_kind: bool = False
    begins_unit: bool = False


_BARRED_AFTER: Mapping[str, str] = {
    "局": "长面限",
    "厅": "长级",
    "院": "长校士",
    "会": "议计员长展同费",
    "部": "长门",
    "处": "长理置级罚分",
    "所": "长有属得需在",
    "站": "长点",
    "校": "长",
    "镇": "长",
    "乡": "长",
    "办": "公法理学案件",
    "委": "员托派任",
    "协": "调同作助议",
    "联": "合系络动网邦",
    "队": "长员",
    "团": "员队结",
    "台": "账阶",
}
"""Characters that make another word of what an alias ends in: 财政局长 is a person, 财政所属单位 other units."""

_UNIT_ENDING = re.compile(r"(?:中心|[局委办部所院会处站队馆社场校园室段库署厅团]|学院|公司|基地|平台|小组|医院)$")
_TRAILER = re.compile(r"\(|\d{4}年|[部单][门位](?:综合)?(?:预算|决算)|(?:预算|决算)(?:公开|信息|报表)|概况")
_LEADER = re.compile(r"^(?:\d{4}年度?|[^\u4e00-\u9fff]+)*")
_BARRED_IN_UNIT = frozenset("省市县区州旗镇乡局厅委部")
_AUTHORITY = re.compile(r"(?:局|处|厅|委|委员会|办公室|部|署|联|联合会|总工会|法院|检察院)$")
_LIAISON = re.compile(r"驻(?!马店|村|企|校|点)[^局厅委部处]{1,8}?(?:办事处|联络处|办)$")
"""A government's office in another place: 某县人民政府驻成都办事处; no office of 驻马店, none for 驻村 work."""
_NO_GOVERNMENT = re.compile(r"[局厅部]|公司|集团|银行|中心|委员会")
_GOVERNMENT_OFFICE = "政府办公室"
_SEVERAL = "?"
_SELF = ("", "本级", "机关", "本部", "系统")
_PLACE_ENDING = frozenset("省市区县州盟旗委党会局处办院厅部直驻、")


WHOLE_GOVERNMENT = "本级政府"
"""What stands for a department where a budget is that of a whole government; no organisation's name is an alias."""


@functools.cache
def departments() -> tuple[str, ...]:
    """The controlled names, in the order of the list: party, congress, government, justice, societies, townships."""
    return tuple(row["department"] for row in load("departments.csv", ("department",), ("department",)))


@functools.cache
def aliases() -> tuple[Alias, ...]:
    """Every printed name known, in the order of the list.  Raises ListCorruptError for an unknown department."""
    columns = ("department", "stem", "endings", "valid_from", "valid_to")
    rows = load("department_aliases.csv", columns, ("stem", "department", "valid_from", "valid_to"))
    return tuple(alias for row in rows for alias in _aliases(row))


def _aliases(row: Row) -> Iterator[Alias]:
    department = row.choice("department", (*departments(), _SEVERAL))
    for ending in row["endings"].split():
        yield Alias(
            text=row["stem"] + ending.rstrip("$*@^!"),
            department=None if department == _SEVERAL else department,
            valid_from=row.year("valid_from"),
            valid_to=row.year("valid_to"),
            at_end=ending.endswith("$"),
            at_beginning=ending.endswith("^"),
            is_kind=ending.endswith("!"),
            begins_unit=ending == "*",
        )


def aliases_of(department: str) -> tuple[Alias, ...]:
    """The printed names of one controlled department; empty for a name that is none."""
    return tuple(alias for alias in aliases() if alias.department == department)


@functools.lru_cache(maxsize=8_192)
def department_of(entity: str) -> str | None:
    """The controlled department that an organisation belongs to, by its name as printed.

    The name may carry a unit code, the place, the year and the title of the disclosure
    (``323承德市双桥区人力资源和社会保障局``).  Of several aliases in it the leftmost counts, because a sub-unit's name
    begins with its department's (人力资源和社会保障局财务科); among those the longest.  The kind of body at the end
    of a name (学校, 医院, 公安局) goes before what only names a line of work (交通学校), but not before an authority
    (民政局精神病医院).  None when no alias fits: the caller reports it, never guesses.
    """
    name = organisation(entity)
    liaison = _LIAISON.search(name)
    if liaison is not None:
        return None if _NO_GOVERNMENT.search(name, 0, liaison.start()) else _GOVERNMENT_OFFICE
    start, first = next(((at, found) for at in range(len(name)) if (found := _match(name, at))), (0, None))
    kind = _kind(name)
    if kind is None or (first is not None and _goes_before(first, start, kind, name)):
        return first.department if first is not None else None
    return kind.department


def _kind(name: str) -> Alias | None:
    """The longest kind of body that a name ends in."""
    whole = next((name.removesuffix(own) for own in _SELF[1:] if name.endswith(own)), name)
    kinds = _kinds()
    return next((kinds[whole[at:]] for at in range(len(whole)) if whole[at:] in kinds), None)


def _goes_before(first: Alias, start: int, kind: Alias, name: str) -> bool:
    """True for an authority before a kind of body, and for an alias that ends with the name and says more."""
    if first.begins_unit:
        return False
    says_more = len(first.text) >= len(kind.text) and name[start + len(first.text) :] in _SELF
    return says_more or (_AUTHORITY.search(first.text) is not None and not _AUTHORITY.search(kind.text))


def begins_organisation(text: str) -> bool:
    """True when ``text`` begins with the name of an organisation, with or without its 人民政府, 省, 市, 县 or 区."""
    return _GENERIC_ORGANISATION.match(text) is not None or _match(text, 0) is not None


_GENERIC_ORGANISATION = re.compile(
    r"人民政府|政府|委员会|[省市县区州旗盟]委|党委|人大|政协|管委会|管理委员会|法院|人民法院|检察院"
    r"|经济(?:技术)?开发区|经开区|高新技术产业开发区|高新区|(?:工业|产业)(?:园|集中|集聚)区"
)


def organisation(entity: str) -> str:
    """``entity`` in NFKC without white space, leading codes and years, and without the title that follows the name."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", entity))
    text = text[_end(_LEADER, text) :]
    trailer = _TRAILER.search(text, 1)
    return text[: trailer.start()] if trailer else text


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


@functools.cache
def _index() -> Mapping[str, tuple[Alias, ...]]:
    """Aliases by their first two characters, longest first; where equally long, exact names before stems of units."""
    index: dict[str, list[Alias]] = {}
    for alias in aliases():
        if not alias.is_kind:
            index.setdefault(alias.text[:2], []).append(alias)
    return {
        key: tuple(sorted(found, key=lambda alias: (-len(alias.text), alias.begins_unit)))
        for key, found in index.items()
    }


@functools.cache
def _kinds() -> Mapping[str, Alias]:
    """Kinds of body by their text."""
    return {alias.text: alias for alias in aliases() if alias.is_kind}


def _match(name: str, start: int) -> Alias | None:
    for alias in _index().get(name[start : start + 2], ()):
        if name.startswith(alias.text, start) and _fits(alias, name, start):
            return alias
    return None


def _fits(alias: Alias, name: str, start: int) -> bool:
    rest = name[start + len(alias.text) :]
    stands_free = start == 0 or name[start - 1] in _PLACE_ENDING
    if alias.begins_unit:
        return stands_free and rest[:1] not in _BARRED_IN_UNIT and _UNIT_ENDING.search(rest) is not None
    if alias.at_end:
        return rest in _SELF
    if alias.at_beginning and not stands_free:
        return False
    if len(alias.text) == 2 and rest not in _SELF and not stands_free:
        return False
    return not (rest and rest[0] in _BARRED_AFTER.get(alias.text[-1], ""))
