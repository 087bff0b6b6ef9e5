"""Pictures of buses and of those who wait for them."""

from itertools import pairwise

from demo.pictures.canvas import (
    BRICK,
    CORAL,
    CREAM,
    DEEP,
    FOAM,
    HEIGHT,
    INK,
    MOSS,
    OCHRE,
    ROSE,
    SAND,
    SEA,
    SPRUCE,
    WIDTH,
    Canvas,
    with_alpha,
)
from demo.pictures.vessels import bus, forest


def bus_coast(canvas: Canvas) -> None:
    """A red bus between cliff and sea."""
    canvas.disc(1290, 210, 74, "#fff4d8")
    for number, colour in enumerate(("#a8cdd0", "#79b0b8")):
        canvas.polygon(canvas.down_to(canvas.ridge(380 + 40 * number, 34, waves=6), 470), colour)
    canvas.shade([(0, 440), (WIDTH, 440), (WIDTH, HEIGHT), (0, HEIGHT)], "#57a7ae", "#1c7083", DEEP)
    canvas.glints(450, 800, 150, FOAM)
    cliff = [
        (0, 130),
        (110, 110),
        (230, 190),
        (330, 260),
        (400, 370),
        (520, 430),
        (610, 540),
        (720, 600),
        (900, 640),
        (0, 700),
    ]
    canvas.shade(cliff, "#c9825a", "#8c4d3c")
    for number in range(9):
        y = 180.0 + 52 * number
        canvas.line([(0, y), (130 + 46 * number, y + 60 + 14 * number)], 5, with_alpha("#6e3a30", 0.4))
    top = [(0, 130), (110, 110), (230, 190), (330, 260), (400, 370)]
    forest(
        canvas,
        [(a + (c - a) * t / 8, b + (d - b) * t / 8) for (a, b), (c, d) in pairwise(top) for t in range(8)],
        84,
        SPRUCE,
        22,
    )
    road = [(0, 690), (520, 664), (1000, 690), (1600, 770), (1600, 880), (1000, 790), (520, 752), (0, 782)]
    canvas.polygon([(x, y + 34) for x, y in road], "#5d4a44")
    canvas.polygon(road, "#4a5259")
    for number in range(13):
        x = 20.0 + 124 * number
        y = 735 + (0.00007 * (x - 420) ** 2 if x > 420 else -(420 - x) * -0.008)
        canvas.box(x, y - 3, 62, 6, SAND, round_by=3)
    canvas.polygon([(0, 800), (520, 770), (1000, 812), (1600, 902), (1600, 1000), (0, 1000)], MOSS)
    canvas.polygon([(0, 870), (420, 838), (900, 900), (1600, 968), (1600, 1000), (0, 1000)], SPRUCE)
    for _ in range(120):
        x = canvas.chance.uniform(0, WIDTH)
        y = 818 + x * 0.068 + canvas.chance.uniform(0, 56)
        canvas.disc(x, y, canvas.chance.uniform(2, 5), canvas.chance.choice((ROSE, OCHRE, FOAM, "#c98bb0")))
    bus(canvas, 610, 742, 400)
    for x in range(0, WIDTH, 90):
        y = 792 + (x - 520) ** 2 * 0.000072 + 6 - (14 if x < 520 else 0)
        canvas.box(x, y - 26, 9, 34, CREAM, round_by=3)


def bus_stop(canvas: Canvas) -> None:
    """A lit shelter in falling snow."""
    for number, colour in enumerate(("#31506a", "#26435c", "#1b354b")):
        line = canvas.ridge(470 + 60 * number, 40, waves=6)
        canvas.polygon(canvas.down_to(line), colour)
        forest(canvas, line, 84 + 64 * number, colour, 24 + 14 * number)
    canvas.shade([(0, 716), (WIDTH, 700), (WIDTH, HEIGHT), (0, HEIGHT)], "#9fb8cc", "#dfe8ee", "#f2f5f4")
    canvas.polygon([(0, 846), (WIDTH, 800), (WIDTH, 916), (0, 984)], "#71879a")
    canvas.polygon([(0, 892), (WIDTH, 846), (WIDTH, 852), (0, 900)], with_alpha(OCHRE, 0.8))
    canvas.glow(800, 560, 560, "#ffcf82", 0.8)
    canvas.disc(800, 792, 400, with_alpha("#ffe9bd", 0.4), squash=0.13)
    canvas.box(590, 470, 420, 300, "#ffe0a0")
    canvas.box(604, 484, 392, 286, "#ffeec8")
    for x in (590, 722, 866, 998):
        canvas.box(x, 470, 12, 312, INK)
    canvas.box(560, 446, 480, 30, INK, round_by=6)
    canvas.polygon([(552, 448), (600, 420), (1000, 416), (1050, 448)], FOAM)
    canvas.box(630, 690, 220, 16, BRICK, round_by=4)
    for x in (650, 826):
        canvas.box(x, 704, 10, 74, BRICK)
    _waiting(canvas, 700, 690)
    canvas.box(1110, 430, 12, 360, INK)
    canvas.box(1072, 380, 88, 88, CORAL, round_by=44)
    bus(canvas, 1092, 436, 48, body=CREAM, window=CORAL)
    for _ in range(420):
        size = canvas.chance.choice((1.4, 2, 2.6, 3.4, 5))
        place = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(0, HEIGHT)
        canvas.disc(*place, size, with_alpha(FOAM, canvas.chance.uniform(0.35, 0.95)))


def _waiting(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon([(x - 34, y), (x - 26, y - 96), (x + 26, y - 96), (x + 36, y)], SEA)
    canvas.polygon([(x - 30, y), (x + 66, y - 8), (x + 66, y + 12), (x - 30, y + 18)], INK)
    canvas.polygon([(x + 48, y), (x + 68, y), (x + 74, y + 84), (x + 52, y + 84)], INK)
    canvas.disc(x, y - 122, 28, "#d59c77")
    canvas.sector(x, y - 128, 31, (170, 370), CORAL)
    canvas.disc(x, y - 162, 8, FOAM)
    canvas.box(x - 34, y - 134, 68, 10, FOAM, round_by=5)
    canvas.box(x - 34, y - 100, 66, 16, OCHRE, round_by=8)
    canvas.box(x + 10, y - 92, 16, 52, OCHRE, round_by=7)
