"""A site's own colours: readable, and carried by a stylesheet that changes its address with them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.formats import number_format
from wagtail.models import Site

from portal.brand import DARK_SURFACES, LIGHT_SURFACES, contrast
from portal.models import PortalSettings


@pytest.fixture
def portal(site: Site) -> PortalSettings:
    return PortalSettings.for_site(site)


def test_contrast_follows_the_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_the_surfaces_are_those_of_the_theme() -> None:
    tokens = (Path(settings.BASE_DIR) / "portal/static/css/tokens.css").read_text()
    primitives = dict(re.findall(r"--((?:ink-\d+|paper)): (#[0-9a-f]{6});", tokens))
    surfaces = re.findall(r"--color-surface[a-z-]*: light-dark\(([^,]+), ([^;]+)\);", tokens)
    assert len(surfaces) == 4, "tokens.css has other surfaces now: say so in portal/brand.py"

    def colour(value: str) -> str:
        found = re.fullmatch(r"var\(--(.+)\)", value.strip())
        return primitives[found[1]] if found else value.strip()

    assert {colour(light) for light, _dark in surfaces} <= set(LIGHT_SURFACES)
    assert {colour(dark) for _light, dark in surfaces} <= set(DARK_SURFACES)


def test_the_colours_of_a_new_site_are_readable(portal: PortalSettings) -> None:
    portal.full_clean()


@pytest.mark.parametrize(
    ("field", "colour"),
    [
        ("accent", "#9db4ff"),
        ("accent", "#777777"),
        ("accent_on_dark", "#2a3a9c"),
        ("accent_on_dark", "#6d7389"),
    ],
)
def test_a_colour_that_is_hard_to_read_is_refused_with_a_sentence(
    portal: PortalSettings, field: str, colour: str
) -> None:
    setattr(portal, field, colour)
    with pytest.raises(ValidationError) as refusal:
        portal.full_clean()
    assert list(refusal.value.message_dict) == [field]
    assert number_format(4.5) in str(refusal.value.message_dict[field])


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#123456;}", "url(x)", "#123456\n"])
def test_what_is_not_a_colour_is_refused(portal: PortalSettings, value: str) -> None:
    portal.voice = value
    with pytest.raises(ValidationError) as refusal:
        portal.full_clean()
    assert "voice" in refusal.value.message_dict


def test_an_unknown_share_target_is_refused(portal: PortalSettings) -> None:
    portal.share_targets = ["mail", "elsewhere"]
    with pytest.raises(ValidationError, match="share_targets"):
        portal.full_clean()


def test_the_stylesheet_is_kept_for_ever_and_its_address_changes(
    client: Client, portal: PortalSettings
) -> None:
    first = f"/brand/{portal.brand_digest}.css"
    response = client.get(first)
    assert response["Content-Type"] == "text/css"
    assert "immutable" in response["Cache-Control"]
    assert "--brand-accent: #2a3a9c;" in response.text

    changed = PortalSettings.objects.get(pk=portal.pk)
    changed.accent, changed.accent_on_dark = "#7a1f3d", "#ffb3c7"
    changed.save()
    response = client.get(first)
    assert response.status_code == 302
    assert response["Location"] == f"/brand/{changed.brand_digest}.css"
    assert "--brand-accent-on-dark: #ffb3c7;" in client.get(response["Location"]).text
