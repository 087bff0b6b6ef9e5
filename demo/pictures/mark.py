"""The mark of Nordet: a wave that is also a wind, in a round window."""

import math
from io import BytesIO

from PIL import Image, ImageDraw

from demo.pictures.canvas import CREAM, LAGOON, OCHRE, SCALE, SEA, Canvas

SIDE = 800


def nordet(canvas: Canvas) -> None:
    """Draw the sun, the wind from the north-east and two waves."""
    canvas.disc(540, 280, 118, OCHRE)
    for number, (top, colour) in enumerate(((450, SEA), (555, LAGOON), (660, CREAM))):
        crest = [(x, top - 34 * math.sin(x / 400 * math.tau + 1.3 * number)) for x in range(0, SIDE + 1, 4)]
        canvas.polygon([*crest, (SIDE, SIDE), (0, SIDE)], colour)
    for number in range(3):
        y = 200 + 74 * number
        reach = 270 - 60 * number
        gust = [(112 + reach * step / 30, y + 22 * math.sin(step / 30 * math.pi * 2)) for step in range(31)]
        canvas.line(gust, 26, CREAM)
        canvas.disc(*gust[0], 13, CREAM)
        canvas.disc(*gust[-1], 13, CREAM)


def cut_out(canvas: Canvas) -> bytes:
    """Return the bytes of a PNG, transparent outside the round window."""
    window = Image.new("L", canvas.image.size)
    edge = 8 * SCALE
    ImageDraw.Draw(window).ellipse((edge, edge, window.width - edge, window.height - edge), fill=255)
    cut = canvas.image.copy()
    cut.putalpha(window)
    stream = BytesIO()
    cut.reduce(SCALE).save(stream, "PNG", optimize=True)
    return stream.getvalue()
