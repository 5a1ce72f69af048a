"""The ruling lines of an upright page, told from the strokes of its print by where they meet.

Import only where the extra is installed (``extra``).
"""

from __future__ import annotations

import dataclasses
import itertools

from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.scan.picture import STROKE, Picture, cv2, darker, np, paper_of, print_on
from gongkai.parsing.formats.scan.upright import LONG, Upright

WIDE = 60.0
"""A straight line of this length is certainly none of bold characters set close."""

SHORT = 8.0
"""A straight line of this length is a rule where it runs from one rule to another: the height of the lowest row."""

THICK = 4.0
"""A rule is not thicker."""

BREAK = 6.0
"""Breaks in a rule up to this are faults of the scan ..."""

BREAK_SHARE = 0.2
"""... if they are also short beside the pieces, by this share: strokes of characters in one column of text are not."""

MEET = 2.0
"""A rule ends no further than this from a rule it meets."""

MEET_CLOSELY = 1.0
"""A short rule ends no further than this short of a rule it meets: strokes in a low row come nearly as close."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ruled:
    """An upright picture's rules, in points from its top left; its other ink; the picture without rules and stamps."""

    horizontals: list[Rule]
    verticals: list[Rule]
    ink: Picture
    plain: Picture


def ruled(page: Upright) -> Ruled:
    """The ruling lines of an upright page, what else is printed on it, and the picture without the rules."""
    picture = cv2.GaussianBlur(page.unstamped, (3, 3), 0)
    across = _straight(picture, page.scale)
    down = _straight(cv2.transpose(picture), page.scale)
    across, down = _confirmed(across, down, page.scale)
    paper = paper_of(page.unstamped, STROKE * page.scale, STROKE * page.scale)
    ink = print_on(paper, picture, page.scale)
    plain = page.unstamped.copy()
    for pieces, turn in ((across, False), (down, True)):
        for piece in pieces:
            place = _place(piece, turn=turn)
            ink[place] = 0
            plain[place] = paper[place]
    return Ruled(_rules(across, page.scale), _rules(down, page.scale), ink, plain)


@dataclasses.dataclass(frozen=True, slots=True)
class _Piece:
    """A straight level line in pixels: the rows it covers and the columns from ``start`` to before ``end``."""

    top: int
    bottom: int
    start: int
    end: int

    @property
    def at(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def length(self) -> int:
        return self.end - self.start


def _straight(picture: Picture, scale: float) -> list[_Piece]:
    """Every thin level line of at least ``SHORT``, breaks closed; lines of text may be among the short ones."""
    thin = darker(paper_of(picture, 1, THICK * scale), picture)
    tall = cv2.dilate(thin, np.ones((3, 1), np.uint8))  # a line not quite level steps from row to row
    runs = cv2.morphologyEx(tall, cv2.MORPH_OPEN, np.ones((1, round(SHORT * scale)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    pieces = [_Piece(int(y) + 1, int(y + h) - 1, int(x), int(x + w)) for x, y, w, h, _ in stats[1:]]
    return _mended([piece for piece in pieces if piece.bottom - piece.top <= 2 * THICK * scale], scale)


def _mended(pieces: list[_Piece], scale: float) -> list[_Piece]:
    """Pieces of one rule, broken by faults of the scan, joined."""
    whole: list[_Piece] = []
    ends: dict[int, list[int]] = {}  # places in ``whole`` by height in points
    for piece in sorted(pieces, key=lambda piece: piece.start):
        height = int(piece.at / scale)
        for index in itertools.chain.from_iterable(ends.get(height + step, ()) for step in (-1, 0, 1)):
            other = whole[index]
            bridged = min(BREAK * scale, BREAK_SHARE * min(piece.length, other.length))
            if abs(piece.at - other.at) <= scale and -scale <= piece.start - other.end <= bridged:
                rows = min(piece.top, other.top), max(piece.bottom, other.bottom)
                whole[index] = _Piece(*rows, other.start, max(piece.end, other.end))
                break
        else:
            ends.setdefault(height, []).append(len(whole))
            whole.append(piece)
    return whole


def _confirmed(across: list[_Piece], down: list[_Piece], scale: float) -> tuple[list[_Piece], list[_Piece]]:
    """The lines that are rules of a table, as the rules tell that they meet.

    Short ones count only between long ones that are certain: the strokes of a bold character meet each other.
    """
    long_across, long_down = ([piece for piece in pieces if piece.length >= LONG * scale] for pieces in (across, down))
    long_down = _rules_among(long_down, long_across, scale)
    wide = [piece for piece in long_across if piece.length >= WIDE * scale]
    certain = [*wide, *_rules_among(long_across, long_down, scale)]
    short_down = (piece for piece in down if piece.length < LONG * scale)
    kept_down = [*long_down, *(piece for piece in short_down if _is_rule(piece, certain, scale))]
    return _rules_among(across, kept_down, scale), kept_down


def _rules_among(pieces: list[_Piece], crossing: list[_Piece], scale: float) -> list[_Piece]:
    """The pieces that are rules, and those that continue one; the strokes of bold digits set close do neither."""
    sure: list[_Piece] = []
    others: list[_Piece] = []
    for piece in pieces:
        (sure if _is_rule(piece, crossing, scale) else others).append(piece)
    heights = {round(piece.at / scale) + step for piece in sure for step in (-1, 0, 1)}
    long = (piece for piece in others if piece.length >= LONG * scale and round(piece.at / scale) in heights)
    return [*sure, *(piece for piece in long if _met(piece, crossing, scale))]


def _met(piece: _Piece, crossing: list[_Piece], scale: float) -> list[float]:
    """Where a piece meets others, between its ends or just beyond them."""
    near = MEET * scale
    return [
        other.at
        for other in crossing
        if other.start - near <= piece.at <= other.end + near and piece.start - near <= other.at <= piece.end + near
    ]


def _is_rule(piece: _Piece, crossing: list[_Piece], scale: float) -> bool:
    """A long piece that runs across another or from one to another, or a short one that does the latter exactly."""
    near, closely = MEET * scale, MEET_CLOSELY * scale
    met = _met(piece, crossing, scale)
    if piece.length >= LONG * scale:
        between = bool(met) and max(met) - min(met) >= SHORT * scale
        return between or any(piece.start + near < at < piece.end - near for at in met)
    return any(at - piece.start <= near and piece.start - at <= closely for at in met) and any(
        piece.end - at <= near and at - piece.end <= closely for at in met
    )


def _rules(pieces: list[_Piece], scale: float) -> list[Rule]:
    return [Rule(piece.at / scale, piece.start / scale, piece.end / scale) for piece in pieces]


def _place(piece: _Piece, *, turn: bool) -> tuple[slice, slice]:
    """The pixels of a rule with the blurred ones beside it."""
    rows, columns = slice(max(piece.top - 1, 0), piece.bottom + 1), slice(piece.start, piece.end)
    return (columns, rows) if turn else (rows, columns)
