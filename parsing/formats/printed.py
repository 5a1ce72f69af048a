"""From a page's rules and characters to its grids and lines, for formats that only say what is printed where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsing.formats.lattice import Lattice, Rule, TooManyRulesError, tables_of
from parsing.formats.typesetting import Glyph, lines_of
from parsing.grid import Block, Box, Cell, Doubt, Grid, TextLine


def page_blocks(
    horizontals: Iterable[Rule], verticals: Iterable[Rule], glyphs: Sequence[Glyph], page: int
) -> tuple[list[Block], list[Doubt]]:
    """The blocks of a page from top to bottom, positions in points from its top left; a doubt ``too_many_rules``
    where the drawing is no table and everything is read as lines."""
    try:
        lattices = tables_of(horizontals, verticals, [glyph.centre for glyph in glyphs])
    except TooManyRulesError as error:
        doubt = Doubt("too_many_rules", f"{error}; it was read as text, without tables", page)
        return _in_order(_lines(glyphs, page)), [doubt]
    lattices.sort(key=lambda lattice: lattice.area)
    texts, rest = _shared_out(lattices, glyphs)
    grids = [_grid(lattice, text, page) for lattice, text in zip(lattices, texts, strict=True)]
    return _in_order([*(grid for grid in grids if any(cell.text for cell in grid.cells)), *_lines(rest, page)]), []


def _shared_out(lattices: list[Lattice], glyphs: Iterable[Glyph]) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """The characters of each table by cell, and those outside; the smallest table round a character has it."""
    owners = [lattice.owners() for lattice in lattices]
    texts: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    rest: list[Glyph] = []
    for glyph in glyphs:
        for lattice, owner, text in zip(lattices, owners, texts, strict=True):
            if (position := lattice.locate(*glyph.centre)) is not None:
                text.setdefault(owner[position], []).append(glyph)
                break
        else:
            rest.append(glyph)
    return texts, rest


def _grid(lattice: Lattice, texts: dict[int, list[Glyph]], page: int) -> Grid:
    xs, ys = lattice.xs, lattice.ys
    cells = tuple(
        Cell(
            row=span.row,
            column=span.column,
            text="\n".join(line.text for line in lines_of(texts.get(index, ()))),
            row_span=span.rows,
            column_span=span.columns,
            page=page,
            box=Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows]),
        )
        for index, span in enumerate(lattice.spans)
    )
    return Grid(len(ys) - 1, len(xs) - 1, cells, page=page, box=Box(xs[0], ys[0], xs[-1], ys[-1]))


def _lines(glyphs: Iterable[Glyph], page: int) -> list[Block]:
    return [TextLine(line.text, page, line.box) for line in lines_of(glyphs)]


def _in_order(blocks: list[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: (block.box.y0, block.box.x0) if block.box else (0.0, 0.0))
