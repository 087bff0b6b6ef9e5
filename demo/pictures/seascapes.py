"""Pictures of sea, sky and coast."""

import math
from collections.abc import Callable

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
    WIDTH,
    Canvas,
    mix,
    with_alpha,
)
from demo.pictures.vessels import bird, ferry, forest, spruce, star_field


def ridgelines(canvas: Canvas) -> None:
    """Blue ridges at dawn."""
    canvas.glow(1130, 430, 620, "#ffd9a0", 0.95)
    canvas.disc(1130, 410, 82, "#fbe3b4")
    far, near = "#d9a58f", "#0d2c3d"
    for number in range(7):
        share = number / 6
        colour = mix(mix(far, "#4d7f92", min(1, share * 1.6)), near, share**1.4)
        line = canvas.ridge(430 + 82 * number, 74 + 10 * number, waves=4 + number)
        canvas.shade(canvas.down_to(line), colour, mix(colour, "#e9c4a8" if number < 3 else "#6fa0a8", 0.42))
        if number > 3:
            forest(canvas, line, 26 + 26 * (number - 4), colour, 17 + 11 * (number - 4))
    for number in range(5):
        bird(
            canvas,
            380 + 66 * number,
            250 - 30 * math.sin(number * 1.3),
            44 - 4 * number,
            with_alpha(PLUM, 0.75),
        )


def ferry_crossing(canvas: Canvas) -> None:
    """A white ferry in front of layered mountains."""
    canvas.disc(330, 250, 96, "#fdf0cf")
    for number, colour in enumerate(("#a9c7c9", "#7fabb3", "#568d99", "#2e6c7b")):
        line = canvas.ridge(420 + 50 * number, 92 - 12 * number, waves=5 + number)
        canvas.shade(canvas.down_to(line, 640), colour, mix(colour, FOAM, 0.5))
    canvas.shade([(0, 628), (WIDTH, 628), (WIDTH, HEIGHT), (0, HEIGHT)], "#5fb0b3", SEA, DEEP)
    canvas.glints(640, 980, 170, FOAM)
    canvas.glints(640, 980, 60, SAND, centre=330)
    for number in range(6):
        canvas.line(
            [(470, 728), (-20, 736 + 26 * number)], 3.4 - number * 0.4, with_alpha(FOAM, 0.5 - number * 0.07)
        )
    canvas.disc(800, 730, 390, with_alpha(DEEP, 0.35), squash=0.05)
    ferry(canvas, 800, 728, 720)
    for x, y, span in ((470, 380, 70), (560, 330, 52), (1260, 300, 60), (1180, 250, 40)):
        bird(canvas, x, y, span, INK)


def northern_lights(canvas: Canvas) -> None:
    """Green and violet curtains above a bay."""
    star_field(canvas, 240, 620)
    for base, colour, tall, seed in (
        (330, "#7b4fa0", 330, 0.4),
        (430, "#2fae8f", 360, 2.1),
        (520, "#8fe3a8", 300, 4.0),
    ):
        for x in range(-20, WIDTH + 20, 6):
            turn = x / WIDTH * math.tau
            foot = base + 70 * math.sin(turn * 1.1 + seed) + 34 * math.sin(turn * 2.7 + seed * 2)
            height = tall * (0.62 + 0.38 * math.sin(turn * 5.3 + seed) * math.sin(turn * 1.7 + 1))
            strength = 0.30 + 0.22 * math.sin(turn * 9 + seed * 3) * math.sin(turn * 3.1)
            canvas.veil((x, foot - height, x + 6, foot), colour, _curtain(strength))
    canvas.shade([(0, 700), (WIDTH, 700), (WIDTH, HEIGHT), (0, HEIGHT)], "#1d6a6c", "#0d3a48", NIGHT)
    canvas.glow(560, 790, 400, "#3fbf97", 0.38)
    canvas.glow(1180, 770, 300, "#7b4fa0", 0.4)
    line = canvas.ridge(640, 44, waves=6)
    canvas.polygon(canvas.down_to(line, 716), "#0b2530")
    forest(canvas, line, 64, "#081c26", 15)
    canvas.glints(724, 990, 200, "#8fe3a8")
    near = [(0, 870), (170, 846), (360, 890), (560, 1000), (0, 1000)]
    canvas.polygon(near, "#06141d")
    for x, tall in ((40, 250), (120, 330), (205, 210), (300, 130)):
        spruce(canvas, x, 890, tall, "#06141d")


def _curtain(strength: float) -> Callable[[float], float]:
    return lambda y: strength * (y**2.2) * (1 - y**9) * 1.5


def ice_floes(canvas: Canvas) -> None:
    """Slabs of ice on a dark sea under a pink sky."""
    canvas.glow(800, 330, 720, "#ffd3b5", 0.7)
    line = canvas.ridge(330, 26, waves=7)
    canvas.shade(canvas.down_to(line, 400), "#8a7f9c", "#c79fa4")
    canvas.shade([(0, 372), (WIDTH, 372), (WIDTH, HEIGHT), (0, HEIGHT)], "#6f8ea3", "#1d5468", "#0a2f3f")
    rows = 13
    for row in range(rows):
        depth = row / (rows - 1)
        y = 386 + 640 * depth**1.55
        wide = 44 + 300 * depth**1.3
        x = -wide * canvas.chance.random()
        while x < WIDTH + wide:
            if canvas.chance.random() < 0.86:
                _floe(
                    canvas,
                    x,
                    y + canvas.chance.uniform(-0.13, 0.13) * wide,
                    wide * canvas.chance.uniform(0.32, 0.52),
                    depth,
                )
            x += wide * canvas.chance.uniform(0.98, 1.3)
    ferry(canvas, 1150, 376, 150, hull=NIGHT, lit=True)


def _floe(canvas: Canvas, x: float, y: float, radius: float, depth: float) -> None:
    corners = canvas.chance.randint(6, 9)
    flat = 0.22 + 0.2 * depth
    turn = canvas.chance.uniform(0, math.tau)
    points = []
    for corner in range(corners):
        angle = turn + corner / corners * math.tau
        reach = radius * canvas.chance.uniform(0.78, 1.12)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle) * flat))
    thick = 3 + 17 * depth
    tone = canvas.chance.random()
    canvas.polygon([(px, py + thick) for px, py in points], mix("#7fb2c2", "#4f8ea3", depth))
    left, right = min(points), max(points)
    canvas.polygon(
        [left, right, (right[0], right[1] + thick), (left[0], left[1] + thick)],
        mix("#8fbfcc", "#5f9db0", depth),
    )
    canvas.polygon(points, mix(mix("#f3dcd3", FOAM, depth), "#dbe9ec", tone))


def wharf_night(canvas: Canvas) -> None:
    """A lit wharf and its reflections."""
    star_field(canvas, 110, 430)
    canvas.shade(canvas.down_to(canvas.ridge(500, 40, waves=5), 560), "#12303f", "#173a49")
    canvas.shade([(0, 556), (WIDTH, 556), (WIDTH, HEIGHT), (0, HEIGHT)], "#12394a", "#0b2433", "#081722")
    lamps = [110 + 186 * number for number in range(6)]
    for number, x in enumerate(lamps):
        for stroke in range(44):
            y = 604 + stroke * 8.8
            wide = canvas.chance.uniform(5, 30) * (0.8 + stroke / 34)
            shift = canvas.chance.uniform(-8, 8) * (1 + stroke / 20)
            tone = with_alpha("#ffd78c", (0.8 - stroke * 0.016) * canvas.chance.uniform(0.5, 1))
            canvas.box(x - wide + shift, y, 2 * wide, 4.6, tone, round_by=2.3)
        canvas.glow(x, 430, 150 + 8 * number, "#ffc978", 0.72)
    canvas.box(0, 556, 1290, 46, "#1b2a33")
    canvas.box(0, 552, 1290, 10, "#6e5a44")
    for x in range(30, 1290, 84):
        canvas.box(x, 590, 20, 66, "#101c24")
    for x in lamps:
        canvas.box(x - 3.5, 430, 7, 126, "#0a141b")
        canvas.disc(x, 430, 12, "#fff2cf")
    canvas.box(1100, 470, 150, 84, "#23363f")
    canvas.polygon([(1086, 474), (1264, 474), (1236, 432), (1114, 432)], BRICK)
    for x in (1116, 1160, 1204):
        canvas.box(x, 494, 28, 28, "#ffd98c", round_by=3)
    ferry(canvas, 1496, 612, 420, hull="#1a4454", lit=True)
    canvas.glints(620, 990, 110, "#cfa062")


def fog_beam(canvas: Canvas) -> None:
    """A lighthouse in fog."""
    for number in range(4):
        colour = mix("#a9bfc6", "#5c8190", number / 3)
        canvas.polygon(canvas.down_to(canvas.ridge(560 + 70 * number, 52, waves=4)), colour)
        canvas.veil(
            (0, 440 + 70 * number, WIDTH, 760 + 70 * number),
            "#d3dfe0",
            lambda y: 0.75 * math.sin(y * math.pi),
        )
    canvas.polygon([(1170, 322), (-60, 60), (-60, 520)], with_alpha("#fff3cf", 0.26))
    canvas.polygon([(1170, 322), (-60, 160), (-60, 420)], with_alpha("#fff3cf", 0.32))
    canvas.polygon([(1170, 322), (1700, 250), (1700, 410)], with_alpha("#fff3cf", 0.3))
    canvas.glow(1170, 322, 250, "#fff0c0", 0.95)
    rock = [
        (820, 1000),
        (900, 850),
        (1000, 790),
        (1080, 730),
        (1180, 716),
        (1290, 742),
        (1400, 820),
        (1520, 850),
        (1600, 910),
        (1600, 1000),
    ]
    canvas.shade(rock, "#33505c", "#1a3440")
    canvas.polygon([(1112, 724), (1132, 360), (1208, 360), (1228, 724)], FOAM)
    for number in range(3):
        top = 400 + 112 * number
        grow = (top - 360) * 0.055
        canvas.polygon(
            [(1132 - grow, top), (1208 + grow, top), (1211 + grow, top + 56), (1129 - grow, top + 56)], BRICK
        )
    canvas.box(1120, 350, 100, 14, INK)
    canvas.box(1142, 296, 56, 54, "#fff3cf")
    for x in (1142, 1160, 1178, 1196):
        canvas.box(x, 296, 3, 54, INK)
    canvas.sector(1170, 298, 36, (180, 360), BRICK)
    canvas.box(1167, 240, 6, 24, INK)
    canvas.box(1290, 700, 120, 74, CREAM)
    canvas.polygon([(1276, 704), (1424, 704), (1396, 662), (1304, 662)], "#7a2f26")
    canvas.box(1330, 722, 26, 30, OCHRE)
    for number in range(3):
        canvas.veil((0, 760 + 60 * number, WIDTH, 1000), "#cbd9db", lambda y: 0.5 * y**0.8)
    canvas.glints(880, 995, 60, FOAM)


def seabirds(canvas: Canvas) -> None:
    """Birds above waves drawn as bands."""
    canvas.disc(1180, 340, 190, "#f4b27a")
    canvas.disc(1180, 340, 150, "#f7c48d")
    for number in range(9):
        base = 560 + 50 * number
        colour = mix(mix(LAGOON, SEA, number / 8), DEEP, (number / 8) ** 2)
        top: list[tuple[float, float]] = []
        for x in range(-10, WIDTH + 20, 6):
            turn = x / (58 + 7 * number) + number * 1.7
            crest = (math.sin(turn) + 1) / 2
            top.append((x, base - (20 + 3.4 * number) * crest**2.2))
        canvas.polygon(canvas.down_to(top), colour)
        canvas.line([(x, y + 5) for x, y in top], 2.5, with_alpha(FOAM, 0.55))
    for x, y, span, lift in (
        (420, 250, 300, 0.5),
        (760, 400, 200, 0.36),
        (250, 440, 150, 0.3),
        (960, 180, 130, 0.44),
        (610, 140, 96, 0.4),
        (1390, 470, 150, 0.5),
    ):
        bird(canvas, x, y, span, NIGHT if span > 180 else INK, lift=lift)


def foghorn(canvas: Canvas) -> None:
    """Arcs of sound from the end of a wharf."""
    star_field(canvas, 60, 420)
    canvas.shade([(0, 690), (WIDTH, 690), (WIDTH, HEIGHT), (0, HEIGHT)], "#1f4b63", "#102d40", NIGHT)
    for number in range(11, 0, -1):
        tone = (CORAL, OCHRE, ROSE)[number % 3]
        canvas.arc(430, 505, 90 + 112 * number, (-52, 40), 34, with_alpha(tone, 0.95 - 0.075 * number))
    canvas.shade([(0, 760), (0, 700), (560, 700), (600, 760)], "#4e4a4a", "#2c2f36")
    for x in range(24, 580, 92):
        canvas.box(x, 750, 26, 130, "#141e28")
    canvas.box(205, 540, 120, 170, CREAM)
    canvas.polygon([(190, 545), (340, 545), (300, 490), (230, 490)], BRICK)
    canvas.box(244, 620, 42, 90, DEEP, round_by=4)
    canvas.polygon(
        [(285, 492), (300, 470), (460, 402), (486, 430), (486, 582), (460, 606), (300, 540), (285, 520)],
        OCHRE,
    )
    canvas.polygon([(285, 492), (300, 470), (460, 402), (460, 430), (300, 488)], "#f0c46a")
    canvas.disc(474, 504, 44, "#b97a26", squash=2.38)
    canvas.disc(480, 504, 34, INK, squash=2.5)
    canvas.glints(700, 990, 160, "#8fb3c2")
    canvas.veil((0, 590, WIDTH, 760), "#7b97a6", lambda y: 0.28 * math.sin(y * math.pi))
