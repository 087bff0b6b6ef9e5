"""Colours: whether words can be read on them, and the stylesheet that carries a site's own."""

import hashlib
import re

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# The surfaces of the theme on which accents stand, as in static/css/tokens.css; a test holds them together.
LIGHT_SURFACES = ("#fdfdfe", "#ffffff", "#f5f6fa", "#eceef4")
DARK_SURFACES = ("#10121b", "#171a26", "#1d2130")
LEAST_CONTRAST = 4.5  # for text of ordinary size: WCAG 2.2, success criterion 1.4.3
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DIGEST_LENGTH = 12


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def validate_colour(value: str) -> None:
    """Refuse what is not a colour written as a stylesheet would, in six digits."""
    if not HEX_COLOUR.fullmatch(value):
        raise ValidationError(
            _("“%(value)s” is not a colour. Write it with six digits, for example #2a3a9c."),
            params={"value": value},
        )


def validate_contrast(value: str, surfaces: tuple[str, ...], *, is_dark: bool) -> None:
    """Refuse a colour that is hard to read on one of the theme's surfaces."""
    ratio = min(contrast(value, surface) for surface in surfaces)
    if ratio >= LEAST_CONTRAST:
        return
    advice = _("Choose a lighter one.") if is_dark else _("Choose a darker one.")
    theme = _("dark") if is_dark else _("light")
    raise ValidationError(
        _(
            "Words in this colour would be hard to read on the %(theme)s theme: its contrast is %(ratio)s, "
            "and %(least)s is the least. %(advice)s"
        ),
        params={
            "theme": theme,
            "ratio": number_format(ratio, 1),
            "least": number_format(LEAST_CONTRAST, 1),
            "advice": advice,
        },
    )


def render_brand_stylesheet(colours: dict[str, str]) -> str:
    """Return the stylesheet that sets the brand's colours and nothing else."""
    return render_to_string("brand.css", {"colours": colours})


def digest_of(text: str) -> str:
    """Return a short name for a content, so that a changed content has a new address."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    # Relative luminance, and below the way back from sRGB (WCAG 2.2, definitions).
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
