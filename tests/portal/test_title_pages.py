"""The title of a window: what the page is called, then whose site it is."""

import re

import pytest
from django.urls import reverse

from portal.models import PortalSettings

NAME = "Nordet <i>& Cie"
ESCAPED = "Nordet &lt;i&gt;&amp; Cie"


@pytest.fixture(autouse=True)
def _name_with_markup(site):
    PortalSettings.objects.update_or_create(site=site, defaults={"name_fr": NAME, "name_en": f"{NAME} (en)"})


def title_of(response):
    titles = re.findall(r"<title>(.*?)</title>", response.text, re.S)
    assert len(titles) == 1, "a document has one title"
    return titles[0].strip()


def test_a_page_is_named_before_its_site(client, articles_fr):
    response = client.get(articles_fr.url)
    assert title_of(response) == f"Articles · {ESCAPED}"
    assert '<meta property="og:title" content="Articles">' in response.text


def test_the_title_for_searches_goes_first(client, articles_fr, home_fr):
    for page in (articles_fr, home_fr):
        page.seo_title = "Tout <lire>"
        page.save()
        assert title_of(client.get(page.url)) == f"Tout &lt;lire&gt; · {ESCAPED}"


def test_the_home_page_has_the_name_of_the_site(client, home_fr, home_en):
    assert title_of(client.get(home_fr.url)) == ESCAPED
    assert title_of(client.get(home_en.url)) == f"{ESCAPED} (en)"


@pytest.mark.parametrize("view", ["search", "account_login", "account_reset_password"])
def test_a_screen_that_is_no_page_is_named_too(client, site, view):
    assert re.fullmatch(rf"[^·]+ · {re.escape(ESCAPED)}", title_of(client.get(reverse(view))))
