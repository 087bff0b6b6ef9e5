"""The drawing surface: flat shapes, soft light and a grain of paper, the same at every run.

Everything is drawn twice as large and reduced once at the end, which is what makes the edges smooth.
Coordinates are those of the finished picture.
"""

import math
import random
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 1600, 1000
SCALE = 2
JPEG_QUALITY = 86
GRAIN_TILE = 400

Colour = str | tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]

# The palette that all pictures share.
NIGHT = "#0c1a2b"
DEEP = "#0b3c49"
SEA = "#13677b"
LAGOON = "#4fa3a5"
ICE = "#cfe3ea"
FOAM = "#eef3ee"
CREAM = "#f6efe2"
SAND = "#e6cf9f"
OCHRE = "#e0a33a"
CORAL = "#e2603c"
ROSE = "#eab3a0"
PLUM = "#5b3a63"
SPRUCE = "#1f4a3d"
MOSS = "#6f8f5f"
BRICK = "#b5402f"
INK = "#14212b"


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the three channels of a colour written as #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def with_alpha(colour: str, alpha: float) -> tuple[int, int, int, int]:
    """Return the colour with an opacity between 0 and 1."""
    return *rgb(colour), round(255 * alpha)


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies at this share of the way from the first to the second."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Canvas:
    """A picture in the making, with its own source of chance."""

    def __init__(self, seed: str, *colours: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.chance = random.Random(seed)
        self.image = self._gradient((0, 0, width, height), colours)
        self._opaque_pen = ImageDraw.Draw(self.image)
        self._blending_pen = ImageDraw.Draw(self.image, "RGBA")

    def pen(self, colour: Colour) -> ImageDraw.ImageDraw:
        """Return the pen for this colour: the one that blends is much slower."""
        return self._blending_pen if isinstance(colour, tuple) and len(colour) == 4 else self._opaque_pen

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill the area inside the points."""
        self.pen(fill).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour, *, squash: float = 1) -> None:
        """Fill a circle, or an ellipse whose height is squashed."""
        rise = radius * squash
        self.pen(fill).ellipse(_scaled((x - radius, y - rise, x + radius, y + rise)), fill=fill)

    def ring(self, x: float, y: float, radius: float, line: float, colour: Colour) -> None:
        """Draw a circle as a line."""
        box = _scaled((x - radius, y - radius, x + radius, y + radius))
        self.pen(colour).ellipse(box, outline=colour, width=round(line * SCALE))

    def arc(self, x: float, y: float, radius: float, span: Point, line: float, colour: Colour) -> None:
        """Draw part of a circle, between two angles in degrees."""
        box = _scaled((x - radius, y - radius, x + radius, y + radius))
        self.pen(colour).arc(box, *span, fill=colour, width=round(line * SCALE))

    def sector(self, x: float, y: float, radius: float, span: Point, fill: Colour) -> None:
        """Fill a slice of a circle, between two angles in degrees."""
        self.pen(fill).pieslice(_scaled((x - radius, y - radius, x + radius, y + radius)), *span, fill=fill)

    def box(
        self, x: float, y: float, width: float, height: float, fill: Colour, *, round_by: float = 0
    ) -> None:
        """Fill a rectangle, with rounded corners where wanted."""
        corners = _scaled((x, y, x + width, y + height))
        self.pen(fill).rounded_rectangle(corners, radius=round_by * SCALE, fill=fill)

    def line(self, points: Sequence[Point], line: float, colour: Colour) -> None:
        """Draw a line through the points."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen(colour).line(scaled, fill=colour, width=max(1, round(line * SCALE)), joint="curve")

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1.0) -> None:
        """Add a soft light around a point."""
        side = round(2 * radius * SCALE)
        mask = _soft_disc(strength).resize((side, side), Image.Resampling.BILINEAR)
        self.image.paste(colour, (round((x - radius) * SCALE), round((y - radius) * SCALE)), mask)

    def shade(self, points: Sequence[Point], *colours: str) -> None:
        """Fill the area inside the points with colours that pass into each other from top to bottom."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        right, bottom = max(x for x, _ in points), max(y for _, y in points)
        patch = self._gradient((left, top, right, bottom), colours)
        mask = Image.new("L", patch.size)
        scaled = [((x - left) * SCALE, (y - top) * SCALE) for x, y in points]
        ImageDraw.Draw(mask).polygon(scaled, fill=255)
        self.image.paste(patch, (round(left * SCALE), round(top * SCALE)), mask)

    def veil(
        self, box: tuple[float, float, float, float], colour: str, fade: Callable[[float], float]
    ) -> None:
        """Lay a colour over a box; ``fade`` gives its opacity at each height, from 0 (top) to 1 (bottom)."""
        column = Image.new("L", (1, 128))
        column.putdata([round(255 * max(0, min(1, fade(row / 127)))) for row in range(128)])
        left, top, right, bottom = _scaled(box)
        mask = _stretched(column, (round(right - left), round(bottom - top)))
        self.image.paste(colour, (round(left), round(top)), mask)

    def ridge(self, base: float, rise: float, *, waves: int = 5, step: int = 8) -> list[Point]:
        """Return the line of a hill range across the picture, ``rise`` above and below ``base``."""
        parts = [
            (self.chance.uniform(0.5, 1.4) * (number + 1), self.chance.uniform(0, math.tau), 1 / (number + 1))
            for number in range(waves)
        ]
        total = sum(weight for *_, weight in parts)

        def height_at(x: float) -> float:
            turns = x / self.width * math.tau
            return sum(math.sin(turns * speed + phase) * weight for speed, phase, weight in parts) / total

        return [(x, base - rise * height_at(x)) for x in range(-step, self.width + 2 * step, step)]

    def down_to(self, points: list[Point], bottom: float | None = None) -> list[Point]:
        """Close the line of a range into an area that reaches the bottom."""
        floor = self.height if bottom is None else bottom
        return [*points, (points[-1][0], floor), (points[0][0], floor)]

    def glints(
        self, top: float, bottom: float, number: int, colour: str, *, centre: float | None = None
    ) -> None:
        """Scatter short strokes of light on water; nearer ones are longer."""
        for _ in range(number):
            depth = self.chance.random() ** 1.5
            y = top + (bottom - top) * depth
            middle = self.chance.uniform(0, self.width)
            if centre is not None:
                middle = self.chance.gauss(centre, 20 + 170 * depth)
            length = self.chance.uniform(10, 46) * (0.4 + 1.6 * depth)
            alpha = self.chance.uniform(0.15, 0.6)
            self.box(middle - length / 2, y, length, 1.5 + 3 * depth, with_alpha(colour, alpha), round_by=2)

    def finish(self) -> bytes:
        """Reduce, add the grain and return the bytes of a JPEG."""
        finished = self.image.reduce(SCALE)
        finished = ImageChops.soft_light(finished, _grain(finished.size))
        stream = BytesIO()
        finished.save(stream, "JPEG", quality=JPEG_QUALITY, optimize=False, progressive=False)
        return stream.getvalue()

    def _gradient(self, box: tuple[float, float, float, float], colours: Sequence[str]) -> Image.Image:
        left, top, right, bottom = _scaled(box)
        size = (max(1, round(right - left)), max(1, round(bottom - top)))
        if len(colours) == 1:
            return Image.new("RGB", size, colours[0])
        column = Image.new("RGB", (1, 256))
        last = len(colours) - 1
        for row in range(256):
            place = row / 255 * last
            index = min(int(place), last - 1)
            column.putpixel((0, row), rgb(mix(colours[index], colours[index + 1], place - index)))
        return _stretched(column, size)


def _scaled(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def _stretched(column: Image.Image, size: tuple[int, int]) -> Image.Image:
    # Smooth from top to bottom, then merely repeated sideways: four times as fast as smoothing both ways.
    return column.resize((1, size[1]), Image.Resampling.BILINEAR).resize(size, Image.Resampling.NEAREST)


@cache
def _soft_disc(strength: float) -> Image.Image:
    # Pillow's radial gradient is dark in the middle and reaches white at the edge midpoints.
    return Image.radial_gradient("L").point(
        lambda value: round(strength * (max(0, 181 - value) / 181) ** 1.7 * 255)
    )


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    source = random.Random("paper").randbytes(GRAIN_TILE * GRAIN_TILE)
    tile = Image.frombytes("L", (GRAIN_TILE, GRAIN_TILE), source).point(
        lambda value: 128 + (value - 128) // 9
    )
    grain = Image.new("L", size)
    for x in range(0, size[0], GRAIN_TILE):
        for y in range(0, size[1], GRAIN_TILE):
            grain.paste(tile, (x, y))
    return Image.merge("RGB", (grain, grain, grain))
