"""Draws the card that stands for a public page where it is shared: its picture, its title, whose it is."""

import os
import tempfile
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont, ImageOps

from portal.brand import digest_of
from portal.models.images import PortalImage
from portal.models.site import PortalSettings

WIDTH, HEIGHT = 1200, 630  # what the places that show such cards ask for
MARGIN = 84
WIDEST = WIDTH - 2 * MARGIN  # a line of words
BALANCE_STEP = 20
TITLE_SIZES = (84, 72, 62, 54, 46)
TITLE_LINES = 5
TITLE_ROOM = HEIGHT - 2 * MARGIN - 150
EDGE = 28  # of the organisation's colour, along the left
BAND = 286  # how much of the height a picture takes
SIZES_BELOW_PICTURE = (62, 54, 46, 40)
ROOM_BELOW_PICTURE = 184
LINE_HEIGHT = 1.14
PAPER, INK, MUTED = "#fdfdfe", "#171a26", "#4f5469"
DRAWING = "2"  # raise it when cards are drawn another way, so that they are drawn anew
TITLE_FONT = ("fonts/newsreader-display.woff2", 500)
NAME_FONT = ("fonts/instrument-sans.woff2", 600)


@dataclass(frozen=True)
class CardPicture:
    """The picture of a card: which file, what is in it, and what of it is to be seen."""

    key: int
    name: str
    hash: str
    centre: tuple[float, float]


@dataclass(frozen=True)
class Card:
    """The words, the colours and the picture of one card."""

    page_id: int
    title: str
    name: str
    host: str
    accent: str
    voice: str
    picture: CardPicture | None = None

    @cached_property
    def digest(self) -> str:
        """A name for the card that changes with its words, its colours and the way it is drawn."""
        return digest_of("\n".join(map(str, (DRAWING, *astuple(self)))))

    @property
    def url(self) -> str:
        """The address of the drawn card, without the host."""
        return reverse("share_card", args=[self.page_id, self.digest])


def card_of(page: Any, portal: PortalSettings) -> Card:
    """Return the card of `page` (a `BasePage`), in the language of that page."""
    with override(page.locale.language_code):
        name, title = portal.name, page.get_card_title(portal)
    host = urlsplit(page.full_url or "").hostname or ""
    picture = picture_of(page.card_image)
    return Card(page.pk, title, name, host, portal.accent, portal.voice, picture)


def picture_of(image: PortalImage | None) -> CardPicture | None:
    """Return what a card shows of a picture; nothing of one that is closed to anybody."""
    if image is None or not PortalImage.objects.public().filter(pk=image.pk).exists():
        return None
    centre = (0.5, 0.5)
    if image.has_focal_point() and image.width and image.height:
        centre = (image.focal_point_x / image.width, image.focal_point_y / image.height)
    return CardPicture(image.pk, image.file.name, image.file_hash, centre)


def card_file(card: Card) -> Path:
    """Return the file that holds `card`, drawing it the first time and dropping the page's older ones."""
    folder = Path(settings.VAR_DIR) / "cards"
    path = folder / f"{card.page_id}-{card.digest}.png"
    if path.exists():
        return path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for older in folder.glob(f"{card.page_id}-*.png"):
        older.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        draw_card(card).save(part, "PNG", optimize=True)
    os.replace(part.name, path)  # nobody ever meets half a card
    return path


def draw_card(card: Card) -> Image.Image:
    """Return the drawn card."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, EDGE, HEIGHT), fill=card.accent)
    picture = open_picture(card.picture) if card.picture else None
    if picture:
        image.paste(picture, (EDGE, 0))
        name_font, dash = load_font(NAME_FONT, 28), BAND + 24
        title_font, lines = fit_title(card.title, SIZES_BELOW_PICTURE, ROOM_BELOW_PICTURE)
        foot, gap = HEIGHT - 50, 16
    else:
        name_font, dash = load_font(NAME_FONT, 32), 88
        title_font, lines = fit_title(card.title)
        foot, gap = HEIGHT - MARGIN - 4, 36
    top = foot - gap - len(lines) * int(title_font.size * LINE_HEIGHT)
    draw.rectangle((MARGIN, dash, MARGIN + 64, dash + 8), fill=card.voice)
    draw.text((MARGIN, dash + 22), shorten(card.name, name_font), font=name_font, fill=card.accent)
    for number, line in enumerate(lines):
        draw.text(
            (MARGIN, top + number * int(title_font.size * LINE_HEIGHT)), line, font=title_font, fill=INK
        )
    draw.text((MARGIN, foot), card.host, font=load_font(NAME_FONT, 24), fill=MUTED)
    return image


def open_picture(picture: CardPicture) -> Image.Image | None:
    """Return the picture as wide as its card; None where its file is gone or of a kind that is not drawn."""
    try:
        with PortalImage(file=picture.name).file.open("rb") as file, Image.open(file) as found:
            upright = ImageOps.exif_transpose(found).convert("RGB")
            return ImageOps.fit(upright, (WIDTH - EDGE, BAND), centering=picture.centre)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def fit_title(
    title: str, sizes: tuple[int, ...] = TITLE_SIZES, room: int = TITLE_ROOM
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font in which `title` fits its room, and its lines."""
    for size in sizes:
        font = load_font(TITLE_FONT, size)
        lines = break_lines(title, font, WIDEST)
        most = min(TITLE_LINES, int(room // (size * LINE_HEIGHT)))
        if len(lines) <= most:
            return font, balance(title, font, lines)
    kept = lines[:most]
    return font, [*kept[:-1], shorten(f"{kept[-1]} …", font)]


def balance(text: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """Break `text` into as many lines, of lengths as even as words allow."""
    for width in range(WIDEST - BALANCE_STEP, WIDEST // 2, -BALANCE_STEP):
        narrower = break_lines(text, font, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def break_lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break `text` between words into lines no wider than `width`, as far as words allow."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(shorten(word, font))
    return lines


def shorten(text: str, font: ImageFont.FreeTypeFont) -> str:
    """Return `text`, cut where it would run over the edge."""
    if font.getlength(text) <= WIDEST:
        return text
    while text and font.getlength(f"{text}…") > WIDEST:
        text = text[:-1]
    return f"{text}…"


def load_font(font: tuple[str, int], size: int) -> ImageFont.FreeTypeFont:
    """Return one of the fonts that the site itself is set in, or Pillow's own where it is missing."""
    name, weight = font
    path = finders.find(name)
    if path is None:
        return ImageFont.load_default(size)
    loaded = ImageFont.truetype(path, size)
    loaded.set_variation_by_axes([weight])
    return loaded
