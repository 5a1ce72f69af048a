"""How a spreadsheet shows a number: Excel's format codes applied in Decimal (ECMA-376 part 1, 18.8.30 and 18.8.31).

Stored values are binary floats written with up to 17 digits; a person sees at most 15 of them, through a format.
Nothing here calculates with floats: the stored text becomes the decimal it stands for, which is then rounded once,
half away from zero as Excel does.  The module is long because a format code is a small language of its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import functools
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

DIGITS = 15
"""Significant digits that Excel keeps and shows."""

GENERAL_WIDTH = 10
"""Digits that the General format shows; at least two decimals are kept here, as amounts have fen."""

_SHOWN = decimal.Context(prec=DIGITS, rounding=decimal.ROUND_HALF_UP)
_WIDE = decimal.Context(prec=400, rounding=decimal.ROUND_HALF_UP)

_ACCOUNT = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: _ACCOUNT.format("", ""),
    42: _ACCOUNT.format("", ""),
    43: _ACCOUNT.format(".00", "??"),
    44: _ACCOUNT.format(".00", "??"),
    45: "mm:ss",
    47: "mm:ss",
    49: "@",
}
"""Codes of the numbers that styles name without defining, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|A/P|上午/下午)'
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<digits>[0#?.,]+)|(?P<percent>%)|(?P<general>General)"
    r"|(?P<exponent>[eE][+-])|(?P<at>@)|(?P<literal>.)",
    re.DOTALL,
)


_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SILENT = frozenset({"colour", "condition"})
"""Tokens that show nothing."""
_NEGATIVE_SIGN = re.compile(r"[-−－(（△▲]")
_NOT_ZERO = re.compile(r"[1-9]")

_DAYS = 2_958_466
"""Days from the epoch of 1900 to the end of the year 9999, the last that a sheet or Python knows."""
_EARLIER_DAYS = 1_462
"""Days by which the epoch of 1904 begins later."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a code: tokens as (kind, text)."""

    tokens: tuple[tuple[str, str], ...]

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


def exact(stored: str) -> Decimal:
    """The decimal that a stored number stands for, to 15 digits.  Raises ValueError when it is not a finite number."""
    try:
        value = _SHOWN.create_decimal(stored.strip())
    except decimal.InvalidOperation as error:
        raise ValueError(f"{stored!r} is not a number") from error
    except decimal.Overflow as error:
        raise ValueError(f"{stored!r} is not a number that a sheet can hold") from error
    if not value.is_finite() or value.adjusted() > 308:
        raise ValueError(f"{stored!r} is not a number that a sheet can hold")
    return value


def shown(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """A number as the format code shows it; by General where the code holds something not known here."""
    try:
        return _by_code(value, code, epoch_1904=epoch_1904)
    except decimal.DecimalException:  # more placeholders than any number has digits
        return general(value)


def _by_code(value: Decimal, code: str, *, epoch_1904: bool) -> str:
    section, signed = _section_for(value, _sections(code))
    if section is None or section.has("general", "exponent", "at"):
        return general(value)
    if section.has("date", "ampm"):
        return _date(value, section, epoch_1904=epoch_1904) or general(value)
    number = value if signed else abs(value)
    return _number(number, section)


def general(value: Decimal) -> str:
    """A number without format: no exponent, no needless zeros, the last digits of binary noise rounded away."""
    whole = len(str(abs(int(value))))
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-max(2, GENERAL_WIDTH - whole)))
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@functools.lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "literal" and match["literal"] == ";":
            sections.append([])
        elif kind in ("quoted", "escaped"):
            sections[-1].append(("literal", match[kind]))
        elif kind == "bracket":
            sections[-1].append(_bracket(match["bracket"]))
        elif kind is not None:
            sections[-1].append((kind, match[kind]))
    return tuple(_Section(tuple(tokens)) for tokens in sections)


def _bracket(inner: str) -> tuple[str, str]:
    """A part in brackets: a currency sign with its locale, elapsed time, a condition, or a colour."""
    if inner.startswith("$"):
        return "literal", inner[1:].split("-", 1)[0]
    if inner[:1] in "<>=" and inner:
        return "condition", inner
    if inner and set(inner.lower()) <= set("hms"):
        return "general", inner
    return "colour", inner


def _section_for(value: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    """(section, whether the minus sign is still to be printed); None where a condition is not understood.

    A colour alone can tell a negative number (``0.00;[Red]0.00``), which a text cannot show: it gets its sign back.
    """
    if any(section.has("condition") for section in sections):
        return _section_by_condition(value, sections)
    if value == 0 and len(sections) > 2:
        return sections[2], False
    if value < 0 and len(sections) > 1:
        return sections[1], _tells_by_colour_alone(sections[1])
    return sections[0], True


def _section_by_condition(value: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section | None, bool]:
    for section in sections:
        condition = next((text for kind, text in section.tokens if kind == "condition"), None)
        if condition is None:
            return section, True
        parts = _CONDITION.fullmatch(condition)
        if parts is None:
            return None, True
        limit = Decimal(parts[2])
        if _COMPARISONS[parts[1]](value, limit):
            only_negative = parts[1] in ("<", "<=") and limit <= 0
            return section, not only_negative or _tells_by_colour_alone(section)
    return None, True


def _tells_by_colour_alone(section: _Section) -> bool:
    signs = "".join(text for kind, text in section.tokens if kind == "literal")
    return section.has("colour") and not _NEGATIVE_SIGN.search(signs)


def _number(value: Decimal, section: _Section) -> str:
    patterns = [text for kind, text in section.tokens if kind == "digits"]
    if section.has("percent"):
        value = value.scaleb(2)
    chunks = _chunks(value, section)
    if chunks is None:
        return general(value)
    parts = [next(chunks) if kind == "digits" else text for kind, text in section.tokens if kind not in _SILENT]
    body = "".join(parts)
    sign = "-" if patterns and value < 0 and _NOT_ZERO.search(_digits(value, "".join(patterns))) else ""
    return sign + body.strip()


def _chunks(value: Decimal, section: _Section) -> Iterator[str] | None:
    """The digits for each placeholder of a section; None where signs part them in a way not known here.

    Signs between placeholders part the digits as they stand (``0!.0000`` shows 12345 as ``1.2345``, telephone numbers
    their groups): the last group takes as many digits as it has placeholders, the first all that are left.
    """
    tokens = [(kind, text) for kind, text in section.tokens if kind in ("digits", "literal", "percent")]
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digits"]
    patterns = [tokens[index][1] for index in places]
    whole = _digits(value, "".join(patterns)) if patterns else ""
    is_parted = bool(places) and any(kind != "digits" for kind, _ in tokens[places[0] : places[-1]])
    if not is_parted:
        return iter([whole, *[""] * (len(patterns) - 1)])
    if ("literal", "/") in tokens[places[0] : places[-1]]:
        return None  # a fraction
    if any(set(pattern) - set("0#?") for pattern in patterns[1:-1]) or set(patterns[0]) - set("0#?"):
        return None
    last, commas, rest = patterns[-1], patterns[-1].rstrip(","), patterns[-1].strip("0#?").strip(",")
    if rest or last.startswith(","):
        return None
    groups: list[str] = []
    for pattern in reversed([*patterns[1:-1], commas]):
        width = len(pattern)
        whole, group = (whole[:-width], whole[-width:]) if len(whole) > width else ("", whole)
        groups.append(group.rjust(width, "0"))
    first = whole.rjust(patterns[0].count("0"), "0")
    return iter([first, *reversed(groups)])


def _digits(value: Decimal, pattern: str) -> str:
    """The digits of a number by placeholders: 0 always, # and ? where needed, a comma between them for thousands.

    Excel leaves a bare point where no decimals are needed (``12.`` by ``0.##``); it is left out here.
    """
    whole, _, fraction = pattern.partition(".")
    ending = fraction or whole  # thousands are left out by commas at the end: 0.00, and 0, alike
    scale = len(ending) - len(ending.rstrip(",")) if pattern.strip(",.") else 0
    fraction = fraction.replace(",", "").replace(".", "")
    rounded = _WIDE.quantize(abs(value).scaleb(-3 * scale), Decimal(1).scaleb(-len(fraction)))
    left, _, right = f"{rounded:f}".partition(".")
    needed = len(fraction.rstrip("#?"))
    right = right[:needed] + right[needed:].rstrip("0")
    least = whole.count("0")
    left = left.lstrip("0").rjust(least, "0") if left.strip("0") or least else ""
    if "," in whole.strip(",") and left:
        left = f"{int(left):,}".rjust(least, "0")
    return f"{left}.{right}" if right else left


def _date(value: Decimal, section: _Section, *, epoch_1904: bool) -> str | None:
    """A date or time of day; None outside the calendar."""
    if value < 0 or value >= _DAYS - epoch_1904 * _EARLIER_DAYS:
        return None
    days = int(value)
    seconds = int(_WIDE.quantize((value - days) * 86_400, Decimal(1)))
    first = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30 if days > 59 else 31)  # noqa: DTZ001
    moment = first + dt.timedelta(days=days, seconds=seconds)
    parts: list[str] = []
    after_hour = False
    half_day = section.has("ampm")
    for index, (kind, text) in enumerate(section.tokens):
        if kind == "date":
            letter = text[0].lower()
            minute = letter == "m" and (after_hour or _before_second(section, index))
            parts.append(_field(moment, text.lower(), minute=minute, half_day=half_day))
            after_hour = letter == "h"
        elif kind == "ampm":
            parts.append(_half(moment, text))
        elif kind != "digits" or text in (".", ","):
            parts.append(text)
    return "".join(parts).strip()


def _before_second(section: _Section, index: int) -> bool:
    later = [text[0].lower() for kind, text in section.tokens[index + 1 :] if kind == "date"]
    return later[:1] == ["s"]


def _half(moment: dt.datetime, marks: str) -> str:
    return marks.split("/")[moment.hour >= 12]


def _field(moment: dt.datetime, token: str, *, minute: bool, half_day: bool) -> str:
    """One part of a date by its letters: yyyy or yy, m or mm (months, or minutes beside hours or seconds), ..."""
    letter, width = token[0], len(token)
    if letter == "m" and minute:
        return f"{moment.minute:0{min(width, 2)}d}"
    if letter == "m" and width >= 3:
        return f"{moment:%b}" if width == 3 else f"{moment:%B}"
    if letter == "d" and width >= 3:
        return f"{moment:%a}" if width == 3 else f"{moment:%A}"
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:0{min(width, 2)}d}"
