"""Pictures made of a motif repeated: a board, life rings, mittens."""

import math

from demo.pictures.canvas import (
    BRICK,
    CORAL,
    CREAM,
    DEEP,
    FOAM,
    HEIGHT,
    INK,
    LAGOON,
    MOSS,
    OCHRE,
    PLUM,
    ROSE,
    SEA,
    WIDTH,
    Canvas,
    mix,
    with_alpha,
)


def flap_board(canvas: Canvas) -> None:
    """A split-flap board on which a few orange tiles break the pattern."""
    columns, rows, margin = 16, 8, 60
    wide, tall = (WIDTH - 2 * margin) / columns, (HEIGHT - 2 * margin) / rows
    canvas.box(26, 26, WIDTH - 52, HEIGHT - 52, "#0e1820", round_by=26)
    lit = {(3, 2), (3, 3), (3, 4), (3, 9), (3, 10), (3, 12), (5, 13)}
    for row in range(rows):
        for column in range(columns):
            x, y = margin + column * wide + 5, margin + row * tall + 6
            size = wide - 10, tall - 12
            is_lit = (row, column) in lit
            upper, lower = (CORAL, "#c94f30") if is_lit else ("#2b3f4a", "#223440")
            canvas.box(x, y, *size, lower, round_by=9)
            canvas.box(x, y, size[0], size[1] / 2, upper, round_by=9)
            canvas.box(x, y + size[1] / 2 - 10, size[0], 10, upper)
            _glyph(canvas, x, y, *size, canvas.chance.randrange(9), CREAM if is_lit else "#e8ddc4")
            canvas.box(x, y + size[1] / 2 - 2.5, size[0], 5, "#0e1820")
            for side in (x - 3, x + size[0] - 4):
                canvas.box(side, y + size[1] / 2 - 10, 7, 20, "#0e1820", round_by=2)
    canvas.veil((26, 26, WIDTH - 26, 500), FOAM, lambda y: 0.1 * (1 - y))


def _glyph(canvas: Canvas, x: float, y: float, wide: float, tall: float, kind: int, colour: str) -> None:
    middle, centre = x + wide / 2, y + tall / 2
    if kind in (0, 4, 7):
        return
    if kind == 1:
        canvas.disc(middle, centre, 25, colour)
    elif kind == 2:
        canvas.ring(middle, centre, 27, 10, colour)
    elif kind == 3:
        canvas.polygon(
            [(middle - 24, centre + 26), (middle, centre - 28), (middle + 24, centre + 26)], colour
        )
    elif kind == 5:
        for number in range(3):
            canvas.box(middle - 25, centre - 25 + 20 * number, 50, 10, colour)
    elif kind == 6:
        canvas.polygon(
            [
                (middle - 26, centre - 12),
                (middle + 4, centre - 12),
                (middle + 4, centre - 28),
                (middle + 28, centre),
                (middle + 4, centre + 28),
                (middle + 4, centre + 12),
                (middle - 26, centre + 12),
            ],
            colour,
        )
    else:
        canvas.box(middle - 7, centre - 28, 14, 56, colour)


def life_rings(canvas: Canvas) -> None:
    """Life rings on blue; one of them is yellow."""
    for row in range(5):
        for column in range(8):
            x = 30 + 224 * column + 112 * (row % 2)
            y = 56 + 222 * row
            turn = canvas.chance.uniform(0, 90)
            odd = (row, column) == (2, 4)
            canvas.disc(x + 12, y + 16, 92, with_alpha(INK, 0.26))
            canvas.disc(x, y, 90, OCHRE if odd else CREAM)
            for quarter in range(4):
                span = (turn + 90 * quarter - 20, turn + 90 * quarter + 20)
                canvas.sector(x, y, 90, span, INK if odd else CORAL)
            canvas.arc(x, y, 80, (200, 290), 8, with_alpha(FOAM, 0.5))
            canvas.disc(x, y, 45, with_alpha(INK, 0.22))
            canvas.disc(x, y, 42, mix(SEA, DEEP, y / 1100))
            canvas.ring(x, y, 99, 3.4, with_alpha(FOAM, 0.85))
            for quarter in range(4):
                angle = math.radians(turn + 90 * quarter)
                canvas.disc(x + 96 * math.cos(angle), y + 96 * math.sin(angle), 8, FOAM)


def mittens(canvas: Canvas) -> None:
    """Mismatched mittens pegged to lines."""
    wools = (CORAL, OCHRE, SEA, PLUM, MOSS, CREAM, BRICK, LAGOON, ROSE, DEEP)
    for row in range(3):
        base = 70 + 316 * row

        def rope(x: float, base: float = base, row: int = row) -> float:
            return base + 18 * math.sin(x / 260 + row * 2)

        canvas.line([(x, rope(x)) for x in range(-10, WIDTH + 30, 16)], 4, "#7a6a58")
        for column in range(9):
            x = 10 + 198 * column + 84 * (row % 2)
            wool = wools[(column * 3 + row * 4) % 10]
            other = wools[(column * 7 + row * 5 + 3) % 10]
            if other == wool:
                other = FOAM
            _mitten(canvas, x, rope(x), wool, other, 1 if (column + row) % 2 else -1, (column + row * 2) % 4)


def _mitten(canvas: Canvas, x: float, y: float, wool: str, other: str, side: int, kind: int) -> None:
    shadow = with_alpha(INK, 0.13)
    canvas.box(x - 50, y + 20, 116, 216, shadow, round_by=50)
    canvas.box(x - 44, y + 4, 88, 62, other, round_by=10)
    for number in range(6):
        canvas.box(x - 36 + 14 * number, y + 8, 4, 52, with_alpha(INK, 0.14), round_by=2)
    thumb = [
        (x + side * 34, y + 168),
        (x + side * 60, y + 104),
        (x + side * 88, y + 92),
        (x + side * 102, y + 112),
        (x + side * 84, y + 160),
        (x + side * 40, y + 200),
    ]
    canvas.polygon(thumb, mix(wool, INK, 0.12))
    canvas.disc(x + side * 88, y + 106, 19, mix(wool, INK, 0.12))
    canvas.box(x - 56, y + 58, 112, 172, wool, round_by=54)
    canvas.box(x - 56, y + 58, 112, 60, wool, round_by=12)
    if kind == 0:
        for number in range(3):
            canvas.box(x - 56, y + 84 + 38 * number, 112, 15, other)
    elif kind == 1:
        for row in range(4):
            for column in range(3):
                canvas.disc(x - 32 + 32 * column, y + 84 + 32 * row, 8, other)
    elif kind == 2:
        for spoke in range(3):
            angle = spoke * math.pi / 3
            across, up = 34 * math.cos(angle), 34 * math.sin(angle)
            canvas.line([(x - across, y + 136 - up), (x + across, y + 136 + up)], 7, other)
        canvas.disc(x, y + 136, 9, other)
    else:
        for row in range(2):
            top = y + 90 + 50 * row
            canvas.line([(x - 56 + 14 * n, top + (18 if n % 2 else 0)) for n in range(9)], 8, other)
    canvas.box(x - 9, y - 22, 18, 46, "#c79a63", round_by=4)
    canvas.box(x - 9, y - 2, 18, 5, "#8a6336")
