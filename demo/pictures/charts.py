"""Pictures that are half charts: timetables, currents, islands."""

import math
from collections.abc import Sequence
from itertools import pairwise

from demo.pictures.canvas import (
    CORAL,
    CREAM,
    DEEP,
    FOAM,
    HEIGHT,
    ICE,
    INK,
    LAGOON,
    OCHRE,
    ROSE,
    SAND,
    SEA,
    WIDTH,
    Canvas,
    Point,
    with_alpha,
)


def string_lines(canvas: Canvas) -> None:
    """A timetable graph: time runs across, the coast runs down, every line is a bus or a boat."""
    stations: tuple[float, ...] = (90, 190, 246, 356, 430, 548, 640, 712, 830, 910)
    for number in range(49):
        x = 32.0 * number + 32
        canvas.box(x, 60, 2 if number % 4 else 4, 880, with_alpha(ICE, 0.10 if number % 4 else 0.22))
    for y in stations:
        canvas.box(32, y - 1.5, WIDTH - 64, 3, with_alpha(ICE, 0.3))
    colours = (OCHRE, CORAL, LAGOON, FOAM, ROSE)
    for number in range(22):
        start = -420 + 96 * number + canvas.chance.uniform(-16, 16)
        colour = colours[(number * 3) % 5]
        first, last = (0, 9) if number % 3 else (2, 7)
        order = stations[first : last + 1] if number % 2 else tuple(reversed(stations[first : last + 1]))
        pace = canvas.chance.choice((0.36, 0.44, 0.6))
        points = [(start, order[0])]
        for before, after in pairwise(order):
            x = points[-1][0] + abs(after - before) * pace
            points.append((x, after))
            points.append((x + canvas.chance.choice((6, 12, 40)), after))
        canvas.line(points, 7, colour)
        for x, y in points[::2]:
            if 32 <= x <= WIDTH - 32:
                canvas.disc(x, y, 8, DEEP)
                canvas.disc(x, y, 5, colour)
    late = [(560, 910), (700, 640), (708, 640), (862, 640), (1010, 356), (1020, 356), (1170, 90)]
    canvas.line(late, 15, INK)
    canvas.line(late, 10, "#fff3cf")
    canvas.disc(785, 640, 24, "#fff3cf")
    canvas.disc(785, 640, 15, CORAL)
    for x in (0, WIDTH - 32):
        canvas.box(x, 0, 32, HEIGHT, "#0c2b38")


ISLANDS = (
    (430, 380, 128),
    (690, 620, 84),
    (1130, 330, 160),
    (1270, 720, 100),
    (250, 790, 90),
    (880, 160, 60),
)


def currents(canvas: Canvas) -> None:
    """Threads of current around dark islands."""
    swirls = [(x, y, radius * 1.1, 1 if number % 2 else -1) for number, (x, y, radius) in enumerate(ISLANDS)]
    tones = (LAGOON, ICE, OCHRE, "#2d8a97", FOAM, SAND)
    for thread in range(260):
        x, y = canvas.chance.uniform(-120, WIDTH), canvas.chance.uniform(-40, HEIGHT + 40)
        points = [(x, y)]
        for _ in range(48):
            across, down = 1.0, 0.32 * math.sin(x / 210 + y / 330)
            for cx, cy, reach, way in swirls:
                away = math.hypot(x - cx, y - cy) + 1
                pull = math.exp(-(((away - reach) / (reach * 0.9)) ** 2)) * 1.9
                across += -way * (y - cy) / away * pull
                down += way * (x - cx) / away * pull
                if away < reach * 1.05:
                    across += (x - cx) / away * 2.4
                    down += (y - cy) / away * 2.4
            if any(math.hypot((x - cx) / 1.2, y - cy) < reach * 0.8 for cx, cy, reach, _ in swirls):
                break
            norm = math.hypot(across, down) or 1
            x, y = x + 9 * across / norm, y + 9 * down / norm
            points.append((x, y))
        tone = tones[thread % 6]
        canvas.line(
            points, canvas.chance.choice((1.6, 2.4, 3.6)), with_alpha(tone, canvas.chance.uniform(0.25, 0.8))
        )
    for number, (x, y, radius) in enumerate(ISLANDS):
        _island(canvas, x, y, radius, number, ("#0a2732", "#16414b", "#2a5a57"))


def chart_islands(canvas: Canvas) -> None:
    """A sea chart: ochre islands, depth lines, a dotted course."""
    for x in range(0, WIDTH + 1, 160):
        canvas.box(x - 1, 0, 2, HEIGHT, with_alpha(SEA, 0.16))
    for y in range(20, HEIGHT + 1, 160):
        canvas.box(0, y - 1, WIDTH, 2, with_alpha(SEA, 0.16))
    depths = ("#bfdcdc", "#a3cdd0", "#86bcc3")
    shapes = (
        (330, 330, 190),
        (700, 690, 130),
        (1190, 300, 150),
        (1380, 760, 90),
        (180, 800, 80),
        (820, 200, 60),
    )
    for ring, colour in enumerate(depths):
        for number, (x, y, radius) in enumerate(shapes):
            _island(canvas, x, y, radius + 96 - 32 * ring, number, (colour,))
    for number, (x, y, radius) in enumerate(shapes):
        _island(canvas, x, y, radius, number, ("#b98642", "#e3bd77", "#ecd29c", "#a9b47c"))
    course = [(470, 470), (560, 560), (640, 560), (820, 470), (960, 400), (1050, 380)]
    _dotted(canvas, course, CORAL)
    _dotted(canvas, [(790, 770), (980, 830), (1180, 820), (1300, 790)], INK)
    for x, y in (course[0], course[-1], (790, 770), (1300, 790)):
        canvas.disc(x, y, 17, FOAM)
        canvas.disc(x, y, 11, CORAL)
    _compass(canvas, 1010, 640, 96)


def _island(canvas: Canvas, x: float, y: float, radius: float, seed: int, tones: tuple[str, ...]) -> None:
    for level, tone in enumerate(tones):
        reach = radius * (1 - 0.24 * level)
        points = []
        for step in range(72):
            angle = step / 72 * math.tau
            bumps = (
                1
                + 0.2 * math.sin(angle * 2 + seed)
                + 0.1 * math.sin(angle * 3 + seed * 2.3)
                + 0.045 * math.sin(angle * 7 + seed)
            )
            points.append(
                (x + reach * bumps * math.cos(angle) * 1.15, y + reach * bumps * math.sin(angle) * 0.8)
            )
        canvas.polygon(points, tone)


def _dotted(canvas: Canvas, points: Sequence[Point], colour: str) -> None:
    for (ax, ay), (bx, by) in pairwise(points):
        number = int(math.hypot(bx - ax, by - ay) / 22)
        for step in range(number):
            canvas.disc(ax + (bx - ax) * step / number, ay + (by - ay) * step / number, 5, colour)


def _compass(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.ring(x, y, radius, 3, DEEP)
    canvas.ring(x, y, radius * 0.84, 2, DEEP)
    for point in range(8):
        angle = math.radians(45 * point - 90)
        reach = radius * (1.16 if point % 2 == 0 else 0.66)
        tip = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        for way, tone in ((-1, DEEP), (1, CREAM)):
            side = angle + way * math.pi / 4
            foot = (x + radius * 0.2 * math.cos(side), y + radius * 0.2 * math.sin(side))
            canvas.polygon([(x, y), foot, tip], CORAL if point == 0 and way < 0 else tone)
