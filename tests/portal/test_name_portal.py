"""The head of every page names the portal: to the eye, and to who listens."""

import re
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from portal.models import PortalImage, PortalSettings


@pytest.fixture
def name_link(client, site, home_fr):
    """Return the link of the header that leads home, once the portal has a logo of this size, or none."""

    def read(size):
        settings = PortalSettings.for_site(site)
        settings.name_fr = "Nordet & Cie"
        if size:
            file = BytesIO()
            Image.new("RGB", size, "teal").save(file, "PNG")
            settings.logo = PortalImage.objects.create(title="Logo", file=ImageFile(file, name="logo.png"))
        settings.save()
        return re.search(r'<a class="site-header__name".*?</a>', client.get(home_fr.url).text, re.S)[0]

    return read


@pytest.mark.parametrize("size", [None, (400, 400), (300, 400), (450, 300)])
def test_a_mark_stands_beside_the_name_and_is_silent(name_link, size):
    link = name_link(size)
    assert "<span>Nordet &amp; Cie</span>" in link
    assert ('alt=""' in link) is (size is not None)


def test_a_logo_that_spells_the_name_is_read_aloud_as_the_name(name_link):
    link = name_link((900, 200))
    assert 'alt="Nordet &amp; Cie"' in link
    assert "<span>" not in link
