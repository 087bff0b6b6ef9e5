"""Pictures of things made by people: a cable, a ramp, a bridge, two shores that talk."""

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
    NIGHT,
    OCHRE,
    PLUM,
    ROSE,
    SAND,
    SEA,
    SPRUCE,
    WIDTH,
    Canvas,
    mix,
    with_alpha,
)
from demo.pictures.vessels import bird, star_field


def two_shores(canvas: Canvas) -> None:
    """Two shores facing each other, joined by arcs that cross above the water."""
    canvas.disc(800, 770, 330, "#f7dca6")
    canvas.shade([(0, 720), (WIDTH, 720), (WIDTH, HEIGHT), (0, HEIGHT)], "#7fc0bd", "#2b8190", DEEP)
    canvas.glints(730, 990, 150, FOAM)
    for number, colour in enumerate((CORAL, SEA, OCHRE, PLUM, LAGOON, BRICK, ROSE)):
        left, right = 150 + 40 * number, 1450 - 34 * ((number * 3) % 7)
        top = 110 + 66 * ((number * 4) % 7)
        steps = 60
        points = []
        for step in range(steps + 1):
            share = step / steps
            x = left + (right - left) * share
            points.append((x, 690 - (690 - top) * math.sin(share * math.pi) ** 0.8))
        canvas.line(points, 15, colour)
        for place in (0.3, 0.52, 0.71):
            share = (place + number * 0.061) % 0.8 + 0.1
            x, y = points[round(share * steps)]
            canvas.disc(x, y, 21, CREAM)
            canvas.disc(x, y, 14, colour)
    for side in (-1, 1):
        _shore(canvas, side)


def _shore(canvas: Canvas, side: int) -> None:
    def across(x: float) -> float:
        return x if side < 0 else WIDTH - x

    hill = [(0, 560), (90, 590), (210, 610), (330, 650), (430, 690), (500, 742), (0, 780)]
    canvas.polygon([(across(x), y) for x, y in hill], SPRUCE if side < 0 else "#7a4a3a")
    low = [(0, 660), (160, 676), (330, 712), (540, 752), (0, 820)]
    canvas.polygon([(across(x), y) for x, y in low], "#2d6350" if side < 0 else "#a8654a")
    tones = ((CREAM, BRICK), (OCHRE, DEEP), (FOAM, PLUM), (ROSE, INK), (CREAM, SEA))
    for number, (wall, roof) in enumerate(tones):
        x, y = 44 + 78 * number, 622 + 21 * number
        wide, tall = 54, 50 + 14 * ((number * 2) % 3)
        left = across(x) if side < 0 else across(x) - wide
        canvas.box(left, y - tall, wide, tall + 20, wall)
        canvas.polygon(
            [(left - 8, y - tall), (left + wide / 2, y - tall - 34), (left + wide + 8, y - tall)], roof
        )
        canvas.box(left + 19, y - tall + 16, 16, 18, OCHRE if wall != OCHRE else CREAM)


def shore_power(canvas: Canvas) -> None:
    """A bow, a wharf and a glowing cable between them."""
    star_field(canvas, 130, 620)
    canvas.glow(1120, 300, 560, "#2f7f7a", 0.5)
    canvas.shade(canvas.down_to(canvas.ridge(610, 40, waves=5), 720), "#173a4c", "#1d4a5a")
    canvas.shade([(0, 716), (WIDTH, 716), (WIDTH, HEIGHT), (0, HEIGHT)], "#14465a", "#0b2a3a", NIGHT)
    bow = [(-20, 190), (560, 250), (800, 330), (770, 430), (700, 620), (640, 790), (-20, 830)]
    canvas.shade(bow, "#1f5d70", "#123f50", "#0b2a38")
    canvas.polygon([(-20, 700), (668, 690), (640, 790), (-20, 830)], BRICK)
    canvas.polygon([(-20, 190), (560, 250), (800, 330), (794, 354), (556, 276), (-20, 216)], CREAM)
    for x in (90.0, 210.0, 330.0, 450.0):
        canvas.disc(x, 390 + x * 0.05, 34, CREAM)
        canvas.disc(x, 390 + x * 0.05, 25, "#ffd98c")
    canvas.polygon([(-20, 190), (-20, 60), (330, 70), (400, 232)], FOAM)
    for x in (20, 110, 200):
        canvas.box(x, 104, 66, 52, "#ffd98c", round_by=8)
    canvas.box(560, 470, 92, 92, NIGHT, round_by=16)
    canvas.disc(606, 516, 28, OCHRE)
    canvas.shade([(1080, 690), (WIDTH, 690), (WIDTH, HEIGHT), (1080, HEIGHT)], "#3d4a50", "#1b272e")
    canvas.box(1060, 676, 560, 26, "#6e5a44")
    for x in range(1110, WIDTH, 130):
        canvas.box(x, 702, 40, 300, "#121d25")
    canvas.box(1200, 420, 170, 258, CREAM, round_by=16)
    canvas.box(1222, 446, 126, 90, DEEP, round_by=10)
    canvas.polygon([(1292, 454), (1262, 500), (1284, 500), (1276, 530), (1308, 484), (1286, 484)], OCHRE)
    for number in range(3):
        canvas.disc(1240 + 44 * number, 566, 10, (LAGOON, OCHRE, CORAL)[number])
    canvas.box(1222, 600, 126, 12, SAND, round_by=6)
    canvas.box(1222, 626, 126, 12, SAND, round_by=6)
    start, end = (606, 516), (1285, 660)
    cable = []
    for step in range(61):
        share = step / 60
        x = start[0] + (1200 - start[0]) * share
        y = start[1] + (600 - start[1]) * share + 250 * math.sin(share * math.pi) * (0.75 + 0.25 * share)
        cable.append((x, y))
    for x, y in cable[::3]:
        canvas.glow(x, y, 64, "#ffcf70", 0.3)
    canvas.line(cable, 17, "#ffe9b8")
    for x, y in cable[6::9]:
        canvas.disc(x, y, 15, OCHRE)
        canvas.disc(x, y, 7, FOAM)
    canvas.box(1184, 580, 34, 44, INK, round_by=8)
    canvas.glints(760, 990, 120, "#7fc0bd")
    canvas.glints(800, 980, 60, "#ffd98c", centre=end[0] - 380)


def ramp(canvas: Canvas) -> None:
    """A pale ramp that rises towards a round doorway full of light."""
    canvas.glow(1130, 400, 640, "#fff0c2", 0.95)
    canvas.disc(1130, 420, 300, "#2b7d85")
    canvas.disc(1130, 420, 258, "#fff3d0")
    canvas.disc(1130, 420, 190, "#ffe3a0")
    canvas.disc(1130, 420, 110, "#ffd27a")
    canvas.shade([(0, 720), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)], "#1f6a74", "#0e4450")
    for step in range(5):
        top = 640 + 64 * step
        tone = mix("#c5674b", "#7c3a34", step / 4)
        canvas.polygon(
            [(1300 + 26 * step, top), (WIDTH, top - 8), (WIDTH, top + 66), (1300 + 26 * step, top + 64)], tone
        )
        canvas.box(1300 + 26 * step, top - 3, 330, 10, OCHRE if step == 2 else with_alpha(FOAM, 0.35))
    walk = [(-20, 968), (870, 648), (1290, 640), (1290, 664), (760, 1010), (-20, 1010)]
    canvas.polygon([(x + 20, y + 34) for x, y in walk], with_alpha(INK, 0.35))
    canvas.shade(walk, "#fbf0da", "#e9d3ad")
    for number in range(11):
        share = number / 11
        x, y = 40 + 830 * share, 950 - 300 * share
        canvas.line([(x, y), (x + 300 * (1 - share * 0.35), y + 40)], 3, with_alpha("#a98a5c", 0.35))
    rail = [(-20, 790), (860, 474), (1010, 468)]
    canvas.line(rail, 14, DEEP)
    canvas.line([(x, y + 70) for x, y in rail], 7, DEEP)
    for share in (0.06, 0.26, 0.46, 0.66, 0.86):
        x, y = -20 + 880 * share, 790 - 316 * share
        canvas.box(x, y, 11, 176, DEEP)
    canvas.box(1000, 466, 12, 182, DEEP)
    _wheelchair(canvas, 640, 690)
    for x, y, span in ((240, 210, 90), (380, 290, 60), (180, 350, 46)):
        bird(canvas, x, y, span, with_alpha(DEEP, 0.85))


def _wheelchair(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x - 4, y + 70, 88, with_alpha(INK, 0.2), squash=0.12)
    canvas.ring(x - 26, y, 68, 9, INK)
    canvas.disc(x - 26, y, 12, INK)
    for spoke in range(6):
        angle = spoke / 6 * math.tau
        canvas.line([(x - 26, y), (x - 26 + 62 * math.cos(angle), y + 62 * math.sin(angle))], 2.4, INK)
    canvas.polygon([(x - 60, y - 8), (x - 52, y - 118), (x + 6, y - 118), (x + 8, y - 8)], CORAL)
    canvas.polygon([(x - 56, y - 24), (x + 72, y - 34), (x + 74, y - 2), (x - 56, y + 6)], DEEP)
    canvas.polygon([(x + 48, y - 30), (x + 74, y - 34), (x + 98, y + 44), (x + 72, y + 48)], DEEP)
    canvas.box(x + 68, y + 40, 52, 15, INK, round_by=6)
    canvas.ring(x + 64, y + 48, 20, 6, INK)
    canvas.line([(x - 14, y - 100), (x + 22, y - 54), (x + 6, y - 26)], 19, "#c4502f")
    canvas.disc(x + 4, y - 24, 12, "#8a5a3c")
    canvas.disc(x - 18, y - 152, 33, "#8a5a3c")
    canvas.sector(x - 20, y - 158, 37, (150, 350), INK)
    canvas.disc(x - 52, y - 164, 17, INK)
    canvas.line([(x - 54, y - 90), (x - 92, y - 96)], 8, INK)


def wheelhouse(canvas: Canvas) -> None:
    """The bridge of a ferry, with the sea beyond its windows."""
    canvas.disc(1010, 300, 78, "#fff4d8")
    for number, colour in enumerate(("#9dc2c6", "#6ea3ad", "#42808e")):
        canvas.polygon(canvas.down_to(canvas.ridge(420 + 34 * number, 46 - 8 * number, waves=6), 540), colour)
    canvas.shade([(0, 500), (WIDTH, 500), (WIDTH, 700), (0, 700)], "#6db6b8", SEA)
    canvas.glints(506, 660, 110, FOAM)
    canvas.polygon([(560, 700), (800, 556), (1040, 700)], "#dfe5dc")
    canvas.polygon([(600, 700), (800, 580), (1000, 700)], "#b9c8c2")
    canvas.box(796, 470, 8, 110, INK)
    canvas.polygon([(804, 474), (850, 488), (804, 502)], CORAL)
    frame = "#16303b"
    canvas.box(0, 0, WIDTH, 96, frame)
    canvas.polygon([(0, 96), (WIDTH, 96), (WIDTH, 150), (1180, 118), (420, 118), (0, 150)], frame)
    for top, foot in ((330, 250), (632, 612), (968, 988), (1270, 1350)):
        canvas.polygon([(top - 17, 90), (top + 17, 90), (foot + 21, 680), (foot - 21, 680)], frame)
    for x in (130, 800, 1470):
        canvas.glow(x, 86, 110, "#ffd98c", 0.55)
        canvas.box(x - 46, 72, 92, 16, "#ffedc4", round_by=8)
    canvas.polygon([(0, 650), (420, 628), (1180, 628), (WIDTH, 650), (WIDTH, 730), (0, 730)], "#20434f")
    canvas.shade([(0, 716), (WIDTH, 716), (WIDTH, HEIGHT), (0, HEIGHT)], "#2a5563", "#122c37")
    for number, x in enumerate((70, 330, 1040, 1300)):
        canvas.box(x, 752, 226, 176, "#0b1a22", round_by=16)
        _instrument(canvas, x + 113, 840, number)
    canvas.disc(190, 690, 17, "#6fe08e")
    canvas.glow(190, 690, 70, "#6fe08e", 0.7)
    canvas.disc(250, 690, 12, OCHRE)
    canvas.disc(296, 690, 12, "#51656d")
    canvas.disc(800, 930, 190, INK)
    canvas.disc(800, 930, 166, "#2a5563")
    for spoke in range(8):
        angle = spoke / 8 * math.tau
        canvas.line([(800, 930), (800 + 215 * math.cos(angle), 930 + 215 * math.sin(angle))], 15, "#b9793f")
    canvas.ring(800, 930, 180, 24, "#b9793f")
    canvas.ring(800, 930, 190, 4, "#e0a868")
    canvas.disc(800, 930, 42, "#b9793f")
    canvas.disc(800, 930, 22, OCHRE)


def _instrument(canvas: Canvas, x: float, y: float, kind: int) -> None:
    if kind == 0:
        for radius in (68, 46, 24):
            canvas.ring(x, y, radius, 2, "#2f9e7c")
        canvas.sector(x, y, 68, (-70, -30), with_alpha("#6fe0b0", 0.5))
        for across, down in ((22, -34), (-38, 10), (12, 30), (44, -8)):
            canvas.disc(x + across, y + down, 5, "#9ff0c8")
    elif kind == 1:
        for number in range(9):
            tall = 24 + 90 * abs(math.sin(number * 0.8 + 0.5))
            canvas.box(
                x - 92 + 21 * number, y + 68 - tall, 13, tall, LAGOON if number != 6 else CORAL, round_by=3
            )
    elif kind == 2:
        canvas.line(
            [
                (x - 92 + 12 * n, y + 34 * math.sin(n * 0.9) * math.exp(-((n - 8) ** 2) / 40))
                for n in range(16)
            ],
            5,
            OCHRE,
        )
        canvas.box(x - 92, y + 56, 184, 3, "#35525e")
    else:
        canvas.ring(x, y, 66, 5, FOAM)
        for tick in range(12):
            angle = tick / 12 * math.tau
            canvas.disc(x + 54 * math.cos(angle), y + 54 * math.sin(angle), 3.4, FOAM)
        canvas.line([(x, y), (x + 26, y - 38)], 6, CORAL)
        canvas.disc(x, y, 8, CORAL)
