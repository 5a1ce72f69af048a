"""拓尔思 TRS WCM: static pages whose pager is a `createPageHTML` call, a script object, or numbered links."""

from __future__ import annotations

import dataclasses
import enum
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters, one_of
from gongkai.crawler.pages.page import Page, squeeze


class PagerMode(enum.StrEnum):
    """Ways to the pages of a TRS column."""

    AUTO = "auto"
    """From the page itself: its `createPageHTML` call and its links."""
    NONE = "none"
    """The column has one page, whatever its scripts say."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrsParameters(Parameters):
    """Facts of a TRS column that its pages do not state clearly enough.

    `pager_base` is the number in the address of what would be the first page: 0 where the second page is
    `index_1.html`, 1 where it is `index_2.html`; None leaves it to the page.
    """

    pager: PagerMode = PagerMode.AUTO
    pager_base: int | None = one_of(0, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Pager:
    """The addresses of a column's pages.

    The first page is the column's own address; page `p` of `count` is `<stem>_<base + p - 1>.<extension>` beside it.
    """

    stem: str
    extension: str
    base: int
    count: int

    template: str = ""
    """An address with a place for the page's number, where the pager states one."""

    def address(self, number: int) -> str:
        """The relative address of page `number`, counted from 1."""
        if self.template:
            return PLACE_OF_NUMBER.sub(str(self.base + number - 1), self.template)
        return f"{self.stem}_{self.base + number - 1}.{self.extension}"


CALL = re.compile(r"(?<!function )\bcreatePage(?:HTML)?\s*\(((?:[^()]|\([^()]{0,100}\)){0,400})\)")
CALLS_TRIED = 5
"""A page that calls its pager more often than this is not a listing."""
PAGINATION_CALL = re.compile(r"""\.pagination\s*\(\s*["']setPage["']\s*,\s*(\d+)\s*,\s*(\d+)\s*\)""")
PAGER_OBJECT = re.compile(r"\b(?:Pager|regClick)\s*\(\s*\{([^{}]*)\}")
COUNT_KEYS = ("pagecount", "totalpages", "totalpage", "countpage", "pages", "size", "total", "count")
CURRENT_KEYS = ("current", "currentpage", "currpage", "curpage", "pageindex", "currentindex", "pageno", "page", "index")
ADDRESS_KEYS = ("url", "pageurl", "urltemplate", "template", "link", "href", "path")
PLACE_OF_NUMBER = re.compile(r"\$?\{\w*\}|\[(?:page|num|n)\w*\]|%d|#(?:page|num|n)\w*#", re.IGNORECASE)
OBJECT_PAIR = re.compile(r"""["']?(\w+)["']?\s*:\s*(?:["']([^"']*)["']|(\d+))""")
ARGUMENT = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|\([^()]*\)|[^,()"'])+)\s*(?:,|$)""")
CEILING = re.compile(r"Math\.ceil\(\s*(\d+)\s*/\s*(\d+)\s*\)")
NUMBERED = re.compile(r"^(?:.*/)?([^/]+?)_(\d+)\.(s?html?|jsp|aspx?)$", re.IGNORECASE)
BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def pager(page: Page, base: int | None = None, number: int = 1) -> Pager | None:
    """The pager of page `number` of a column; None when the column has one page.

    Numbered links are believed before the call that writes them, since the call's arguments mean what a script outside
    the page makes of them; `base`, from the portal's file, is believed before both.  Raises PagerNotUnderstoodError
    when a call announces pages but its arguments are computed at display time.
    """
    linked = _from_links(page)
    called = _from_call(page, number, needed=linked is None)
    if linked is None and called is None:
        return None
    shape = linked or called
    count = max(known.count for known in (linked, called) if known is not None)
    if shape is None or count <= 1:
        return None
    return dataclasses.replace(shape, count=count, base=shape.base if base is None else base)


def longer(known: Pager | None, page: Page) -> Pager | None:
    """The pager of a column's first page, with as many pages as a later one counts: rows are added at the top, and push
    others onto a further page."""
    if known is None:
        return None
    script = LINE_COMMENT.sub("", BLOCK_COMMENT.sub("", page.scripts))
    linked = _from_links(page)
    counts = [known.count, linked.count if linked else 0, *_called_counts(script)]
    return dataclasses.replace(known, count=max(counts))


def _called_counts(script: str) -> Iterator[int]:
    for call in itertools.islice(CALL.finditer(script), CALLS_TRIED):
        values = [_value(script, match.group(1)) for match in ARGUMENT.finditer(call.group(1))]
        count = next((value for value in values if not isinstance(value, str)), None)
        if isinstance(count, int):
            yield count


def _from_links(page: Page) -> Pager | None:
    """The pager by links like `<a href="index_2.html">2</a>`: the number in the address against the number shown."""
    shapes: dict[tuple[str, str, int], int] = {}
    for anchor in page.tree.iter("a"):
        match = NUMBERED.match((anchor.get("href") or "").partition("?")[0])
        shown = squeeze(anchor.text_content()).strip("[]【】")
        if match and shown.isdecimal() and int(shown) > 1:
            base = int(match.group(2)) - int(shown) + 1
            shape = (match.group(1), match.group(3), base)
            shapes[shape] = max(shapes.get(shape, 0), int(shown))
    usable_shapes = {shape: count for shape, count in shapes.items() if shape[2] in {0, 1}}
    if len(usable_shapes) != 1:
        return None
    [((stem, extension, base), count)] = usable_shapes.items()
    return Pager(stem, extension, base, count)


def _from_call(page: Page, number: int, *, needed: bool) -> Pager | None:
    script = LINE_COMMENT.sub("", BLOCK_COMMENT.sub("", page.scripts))
    problem = None
    for call in itertools.islice(CALL.finditer(script), CALLS_TRIED):
        try:
            return _create_page(page, script, call.group(1), number)
        except PagerNotUnderstoodError as error:
            problem = error
    if shape := _set_page(page, script) or _pager_object(page, script, number):
        return shape
    if problem and needed:
        raise problem
    return None


def _create_page(page: Page, script: str, arguments: str, number: int) -> Pager:
    """`createPageHTML(count, current, stem, extension, …)`, in some sites after the id of an element."""
    values = [_value(script, match.group(1)) for match in ARGUMENT.finditer(arguments)]
    if values and isinstance(values[0], str):
        values = values[1:]
    count, current, stem, extension = (*values[:4], None, None, None, None)[:4]
    if not isinstance(count, int) or (count > 1 and current not in {number - 1, number}):
        raise PagerNotUnderstoodError(
            f"The page {page.url!r} announces its pages by createPageHTML({squeeze(arguments)}), whose arguments are "
            "not plain numbers; state pager_base in the portal's file, or mark the portal for another family."
        )
    own_stem, own_extension = _own_name(page.url)
    return Pager(
        stem if isinstance(stem, str) else own_stem,
        extension if isinstance(extension, str) else own_extension,
        current - (number - 1) if isinstance(current, int) else 0,
        count,
    )


def _own_name(url: str) -> tuple[str, str]:
    """The stem and the extension of a page's name, without its number."""
    stem, dot, extension = urlsplit(url).path.rpartition("/")[2].rpartition(".")
    return (re.sub(r"_\d{1,4}$", "", stem), extension) if dot else ("index", "html")


def _set_page(page: Page, script: str) -> Pager | None:
    """`.pagination("setPage", current, count)`: pages counted from 1."""
    call = PAGINATION_CALL.search(script)
    return Pager(*_own_name(page.url), 1, int(call.group(2))) if call else None


def _pager_object(page: Page, script: str, number: int) -> Pager | None:
    """`new Pager({size: …, current: 0, prefix: 'index', suffix: 'html'})`, `regClick({pageCount: …})`, or the like as
    JSON in a hidden field.  Raises PagerNotUnderstoodError where one counts pages and says nothing of their numbers."""
    for stated in _stated_objects(page, script):
        count = next((stated[name] for name in COUNT_KEYS if stated.get(name, "").isdecimal()), "")
        if not count:
            continue
        if int(count) <= 1:
            return Pager(*_own_name(page.url), 0, 1)
        current = next((stated[name] for name in CURRENT_KEYS if stated.get(name, "").isdecimal()), "")
        if current not in {str(number - 1), str(number)}:
            raise PagerNotUnderstoodError(
                f"The page {page.url!r} announces {count} pages by a script that does not say how they are numbered; "
                "state the CSS selector of the link as `next`, or another family, in the portal's file."
            )
        stem, extension = _own_name(page.url)
        template = next((stated[name] for name in ADDRESS_KEYS if PLACE_OF_NUMBER.search(stated.get(name, ""))), "")
        names = stated.get("prefix") or stem, (stated.get("suffix") or extension).lstrip(".")
        return Pager(*names, int(current) - (number - 1), int(count), template)
    return None


def _stated_objects(page: Page, script: str) -> Iterator[dict[str, str]]:
    """The objects that may describe a pager, their names in lower case."""
    texts = [match.group(1) for match in PAGER_OBJECT.finditer(script)]
    hidden = (element.get("value") or "" for element in page.tree.iter("input") if element.get("type") == "hidden")
    texts += [value for value in hidden if value.lstrip().startswith("{")]
    for text in texts:
        yield {name.lower(): quoted or digits for name, quoted, digits in OBJECT_PAIR.findall(text)}


def _value(script: str, expression: str) -> int | str | None:
    """A literal, or what a variable of the script is set to; None for anything computed at display time."""
    expression = expression.strip()
    if quoted := re.fullmatch(r"""(["'])(.*)\1""", expression):
        return quoted.group(2)
    if expression.isdecimal():
        return int(expression)
    if wrapped := re.fullmatch(r"(?:parseInt|Number)\((.*?)(?:,\s*10)?\)", expression):
        return _value(script, wrapped.group(1))
    if ceiling := CEILING.fullmatch(expression):
        return _ceiling(ceiling)
    return _assigned(script, expression) if expression.isidentifier() else None


def _ceiling(match: re.Match[str]) -> int | None:
    rows_listed, per_page = map(int, match.groups())
    return math.ceil(rows_listed / per_page) if per_page else None


def _assigned(script: str, name: str) -> int | None:
    """A variable's number.  A count that is also capped (`if (n > 20) n = 20`) is the smaller of the two; a number that
    is not a count and set twice is not known."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(name)}\s*=(?!=)\s*(Math\.ceil\([^()]*\)|\d+)(?=\s*[;,\n}}]|\s*$)")
    computed = [match.group(1) for match in pattern.finditer(script)]
    values = [_ceiling(rounded) if (rounded := CEILING.fullmatch(text)) else int(text) for text in computed if text]
    numbers = {value for value in values if value is not None}
    if any(text.startswith("Math.ceil") for text in computed):
        return min((number for number in numbers if number > 0), default=0)
    return numbers.pop() if len(numbers) == 1 else None


def stated_parameters(page: Page) -> Mapping[str, object]:
    """The number in the address of a column's first page, as its pager has it."""
    try:
        shape = pager(page)
    except PagerNotUnderstoodError:
        return {}
    return {"pager_base": shape.base} if shape else {}


FAMILY = Family(
    parameters=TrsParameters, stated_parameters=stated_parameters, spider="gongkai.crawler.spider.trs.TrsSpider"
)
