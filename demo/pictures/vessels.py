"""Ferries, buses, trees and birds: what appears in more than one picture."""

import math

from demo.pictures.canvas import BRICK, CREAM, DEEP, FOAM, INK, NIGHT, OCHRE, Canvas, Colour, with_alpha


def ferry(canvas: Canvas, x: float, y: float, size: float, *, hull: str = DEEP, lit: bool = False) -> None:
    """Draw a ferry seen from the side; x and y are the middle of her waterline, size her length."""
    unit = size / 100
    window = OCHRE if lit else DEEP

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + across * unit, y - up * unit) for across, up in points]

    canvas.polygon(at((-50, 11), (-44, 0), (41, 0), (52, 14), (40, 11)), hull)
    canvas.polygon(at((-46.6, 5), (-45.2, 2.6), (43.2, 2.6), (45, 5)), BRICK)
    canvas.polygon(at((-44, 11), (-44, 19), (30, 19), (36, 11)), CREAM)
    canvas.polygon(at((-36, 19), (-36, 26), (16, 26), (22, 19)), FOAM)
    canvas.polygon(at((-2, 26), (-2, 33), (12, 33), (16, 26)), CREAM)
    canvas.polygon(at((-1, 28.4), (-1, 31.6), (12.2, 31.6), (13.8, 28.4)), window)
    canvas.polygon(at((-26, 26), (-25, 38), (-15, 38), (-13, 26)), hull)
    canvas.polygon(at((-25.3, 33), (-25.1, 36), (-14.9, 36), (-14.6, 33)), OCHRE)
    canvas.line(at((4, 33), (4, 44)), unit * 0.7, INK)
    canvas.line(at((4, 40), (-12, 38)), max(0.6, unit * 0.25), with_alpha(INK, 0.6))
    for number in range(14):
        left, *_ = at((-41 + number * 5, 16.6))
        canvas.box(left[0], left[1], 3 * unit, 2.6 * unit, window, round_by=unit * 0.6)
    for number in range(9):
        left, *_ = at((-33 + number * 5.4, 24))
        canvas.box(left[0], left[1], 3.2 * unit, 2.6 * unit, window, round_by=unit * 0.6)


def bus(
    canvas: Canvas, x: float, y: float, size: float, *, body: str = BRICK, window: str = "#d7e7e4"
) -> None:
    """Draw a bus seen from the side, front to the right; x is its left end and y the road."""
    unit = size / 100
    height = 30 * unit
    top = y - height - 5 * unit
    canvas.disc(x + size * 0.5, y + unit, size * 0.52, with_alpha(NIGHT, 0.25), squash=0.05)
    canvas.box(x, top, size, height, body, round_by=5 * unit)
    canvas.box(x, top + height * 0.62, size, height * 0.09, CREAM)
    for number in range(5):
        canvas.box(
            x + (5 + number * 15) * unit, top + 5 * unit, 12 * unit, 11.5 * unit, window, round_by=1.6 * unit
        )
    canvas.box(x + 81 * unit, top + 5 * unit, 17 * unit, 13.5 * unit, window, round_by=2.4 * unit)
    canvas.box(x + 95 * unit, y - 12 * unit, 4.4 * unit, 3.4 * unit, OCHRE, round_by=unit)
    for wheel in (20, 78):
        canvas.disc(x + wheel * unit, y - 4.5 * unit, 7 * unit, INK)
        canvas.disc(x + wheel * unit, y - 4.5 * unit, 3.2 * unit, CREAM)


def spruce(canvas: Canvas, x: float, y: float, height: float, colour: Colour) -> None:
    """Draw a spruce whose foot is at x, y."""
    tiers = 5
    for tier in range(tiers):
        bottom = y - height * tier / (tiers + 1.2)
        wide = height * 0.21 * (1 - tier / (tiers + 0.6))
        top = bottom - height * 0.34
        canvas.polygon(
            [(x - wide, bottom), (x, top), (x + wide, bottom), (x, bottom - height * 0.035)], colour
        )


def forest(canvas: Canvas, line: list[tuple[float, float]], height: float, colour: str, every: float) -> None:
    """Plant spruces along a line; no two are alike."""
    nearest = line[0][0]
    for x, y in line:
        if x >= nearest:
            spruce(canvas, x, y + height * 0.12, height * canvas.chance.uniform(0.55, 1.15), colour)
            nearest = x + every * canvas.chance.uniform(0.5, 1.6)


def bird(canvas: Canvas, x: float, y: float, span: float, colour: Colour, *, lift: float = 0.34) -> None:
    """Draw a gliding seabird, wings raised by ``lift``."""
    half = span / 2
    for side in (-1, 1):
        upper = [
            (x + side * half * t, y - half * lift * math.sin(t**0.8 * math.pi * 0.8)) for t in _steps(16)
        ]
        lower = [
            (px, py + span * 0.066 * (1 - t) ** 0.7) for (px, py), t in zip(upper, _steps(16), strict=True)
        ]
        canvas.polygon([*upper, *reversed(lower)], colour)
    canvas.polygon(
        [
            (x - span * 0.035, y + span * 0.01),
            (x, y - span * 0.05),
            (x + span * 0.035, y + span * 0.01),
            (x + span * 0.02, y + span * 0.1),
            (x, y + span * 0.13),
            (x - span * 0.02, y + span * 0.1),
        ],
        colour,
    )


def star_field(canvas: Canvas, number: int, bottom: float) -> None:
    """Scatter stars above a height."""
    for _ in range(number):
        x, y = canvas.chance.uniform(0, canvas.width), bottom * canvas.chance.random() ** 1.3
        canvas.disc(
            x, y, canvas.chance.choice((0.8, 1, 1.2, 2)), with_alpha(FOAM, canvas.chance.uniform(0.3, 0.95))
        )


def _steps(number: int) -> list[float]:
    return [step / number for step in range(number + 1)]
