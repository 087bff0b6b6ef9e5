"""Signal flags, waving on their halyards."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from demo.pictures.canvas import (
    BRICK,
    CORAL,
    CREAM,
    DEEP,
    FOAM,
    INK,
    OCHRE,
    SEA,
    WIDTH,
    Canvas,
    Colour,
    Point,
    with_alpha,
)

FLAG_WIDTH, FLAG_HEIGHT = 176, 132

# A design paints with two brushes, in shares of the flag: rectangles by their corners, and any outline.
Cell = Callable[[float, float, float, float, str], None]
Patch = Callable[[Sequence[Point], str], None]
Design = Callable[[Cell, Patch, str], None]


def signal_flags(canvas: Canvas) -> None:
    """Rows of signal flags strung on halyards."""
    canvas.disc(1250, 190, 210, "#f9e6c1")
    designs = [
        _cross,
        _saltire,
        _bands,
        _square,
        _quarters,
        _disc_flag,
        _diagonal,
        _chequers,
        _border,
        _pales,
    ]
    for row in range(4):
        base = 64 + 226 * row

        def rope(x: float, base: float = base, row: int = row) -> float:
            return base + 46 * math.sin((x + 240 * row) / WIDTH * math.pi * 2) * 0.6 + 10

        canvas.line([(x, rope(x)) for x in range(-20, WIDTH + 40, 20)], 4, INK)
        for column in range(9):
            x = -110 + 200 * column + 66 * (row % 2)
            choice = designs[(column * 3 + row * 7) % len(designs)]
            lean = (rope(x + FLAG_WIDTH) - rope(x)) / FLAG_WIDTH
            _flag(canvas, x, rope(x) + 3, lean, choice, (column * 2 + row * 3) % 5)


PAIRS = ((CREAM, SEA), (OCHRE, BRICK), (FOAM, CORAL), (DEEP, OCHRE), (CREAM, INK))


def _flag(canvas: Canvas, x: float, y: float, lean: float, design: Design, pair: int) -> None:
    ground, figure = PAIRS[pair]

    def cell(left: float, top: float, right: float, bottom: float, colour: str) -> None:
        _patch(canvas, (x, y, lean), [(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    canvas.polygon(
        [
            (x + 10, y + FLAG_HEIGHT + 4),
            (x + FLAG_WIDTH + 12, y + FLAG_HEIGHT + 8),
            (x + FLAG_WIDTH + 12, y + 16),
            (x + FLAG_WIDTH, y + 8),
        ],
        with_alpha(INK, 0.14),
    )
    cell(0, 0, 1, 1, ground)
    design(cell, lambda points, colour: _patch(canvas, (x, y, lean), points, colour), figure)
    for step in range(6):
        shade = 0.13 * math.sin(step / 5 * math.pi * 2.2)
        tone = with_alpha(INK, shade) if shade > 0 else with_alpha(FOAM, -shade * 1.6)
        _patch(
            canvas,
            (x, y, lean),
            [(step / 6, 0), ((step + 1) / 6, 0), ((step + 1) / 6, 1), (step / 6, 1)],
            tone,
        )


def _patch(
    canvas: Canvas, place: tuple[float, float, float], points: Sequence[Point], colour: Colour
) -> None:
    x, y, lean = place
    outline = []
    corners = [*points, points[0]]
    for (ax, ay), (bx, by) in pairwise(corners):
        for step in range(8):
            across, down = ax + (bx - ax) * step / 8, ay + (by - ay) * step / 8
            ripple = 7 * math.sin(across * math.pi * 2.2) * across
            outline.append(
                (x + across * FLAG_WIDTH, y + down * FLAG_HEIGHT + lean * across * FLAG_WIDTH + ripple)
            )
    canvas.polygon(outline, colour)


def _cross(cell: Cell, _patch: Patch, colour: str) -> None:
    cell(0.4, 0, 0.6, 1, colour)
    cell(0, 0.38, 1, 0.62, colour)


def _saltire(_cell: Cell, patch: Patch, colour: str) -> None:
    patch([(0, 0), (0.16, 0), (1, 0.84), (1, 1), (0.84, 1), (0, 0.16)], colour)
    patch([(1, 0), (1, 0.16), (0.16, 1), (0, 1), (0, 0.84), (0.84, 0)], colour)


def _bands(cell: Cell, _patch: Patch, colour: str) -> None:
    cell(0, 0, 1, 0.34, colour)
    cell(0, 0.66, 1, 1, colour)


def _square(cell: Cell, _patch: Patch, colour: str) -> None:
    cell(0.28, 0.26, 0.72, 0.74, colour)


def _quarters(cell: Cell, _patch: Patch, colour: str) -> None:
    cell(0, 0, 0.5, 0.5, colour)
    cell(0.5, 0.5, 1, 1, colour)


def _disc_flag(_cell: Cell, patch: Patch, colour: str) -> None:
    turns = [number / 24 * math.tau for number in range(24)]
    patch([(0.5 + 0.25 * math.cos(t), 0.5 + 0.33 * math.sin(t)) for t in turns], colour)


def _diagonal(_cell: Cell, patch: Patch, colour: str) -> None:
    patch([(0, 0), (1, 0), (0, 1)], colour)


def _chequers(cell: Cell, _patch: Patch, colour: str) -> None:
    for row in range(4):
        for column in range(4):
            if (row + column) % 2:
                cell(column / 4, row / 4, (column + 1) / 4, (row + 1) / 4, colour)


def _border(cell: Cell, _patch: Patch, colour: str) -> None:
    for left, top, right, bottom in ((0, 0, 1, 0.2), (0, 0.8, 1, 1), (0, 0, 0.16, 1), (0.84, 0, 1, 1)):
        cell(left, top, right, bottom, colour)


def _pales(cell: Cell, _patch: Patch, colour: str) -> None:
    for number in (0, 2, 4):
        cell(number / 6 + 0.08, 0, (number + 1) / 6 + 0.08, 1, colour)
