"""Whole addresses come from the one base address, for whoever reads them (R24)."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from dialogue import topics
from dialogue.models import Comment
from mail.outbox import unsubscribe_address
from portal.models import PortalSettings
from portal.sharing import ShareTarget
from portal.sites import root_address, whole_address
from tests.speech import say

BASES = ["https://news.example.org", "https://news.example.org:8443", "http://127.0.0.1:9000"]
ADDRESS = re.compile(r"https?://\w[^\s\"'<>\\]+")
# Where our own addresses are handed to others, and the names of standards, which are no places.
SHARES = ("https://www.", "https://x.com/", "https://mastodon.social/")
ELSEWHERE = ("http://www.w3.org/", "http://www.sitemaps.org/", "https://schema.org", *SHARES)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    ("hostname", "port"),
    [("localhost", 80), ("localhost", 8000), ("news.example.org", 443), ("intranet", 8080), ("10.0.0.7", 81)],
)
class TestRoots:
    def test_r24_the_default_site_stands_at_the_base_address(self, settings, base, hostname, port):
        settings.WAGTAILADMIN_BASE_URL = base
        site = Site(hostname=hostname, port=port, is_default_site=True)
        assert root_address(site) == site.root_url == base

    def test_r24_another_keeps_its_host_alone(self, settings, base, hostname, port):
        settings.WAGTAILADMIN_BASE_URL = base
        scheme, end = base.partition("://")[0], re.search(r"(?::\d+)?$", base)[0]
        assert root_address(Site(hostname=hostname, port=port)) == f"{scheme}://{hostname}{end}"


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/", "https://news.example.org:8443/"),
        ("/fr/c/x/", "https://news.example.org:8443/fr/c/x/"),
        ("/fr/?page=2#conversation", "https://news.example.org:8443/fr/?page=2#conversation"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_r24_an_address_is_made_whole_once(settings, address, whole):
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.org:8443"
    assert whole_address(address) == whole_address(whole) == whole


@pytest.fixture
def given_away(client, article: Page, articles_en: Page, site: Site, settings):
    """Return what reads, for a host that somebody asks under, every whole address that is told there."""
    PortalSettings.objects.update_or_create(site=site, defaults={"share_targets": ShareTarget.values})
    say(article, "Un banc")
    pages = {
        "page": article.url,
        "section": articles_en.url,
        "sitemap": reverse("sitemap"),
        "robots": reverse("robots"),
        "articles": reverse("articles_feed"),
        "comments": reverse("comments_feed", args=[article.pk]),
        "mastodon": f"{reverse('share_on_mastodon')}?page={article.pk}&server=mastodon.social",
    }

    def read(host: str) -> dict[str, list[str]]:
        found = {}
        for name, url in pages.items():
            response = client.get(url, headers={"host": host})
            assert response.status_code == 200
            found[name] = ADDRESS.findall(unescape(response.text))
        return found

    return read


@pytest.mark.parametrize("base", BASES)
def test_r24_all_of_them_begin_with_it_whoever_asks(given_away, article, site, settings, base):
    settings.WAGTAILADMIN_BASE_URL, settings.ALLOWED_HOSTS = base, ["*"]
    Site.objects.update(hostname="localhost", port=81)
    Site.objects.create(hostname="alias.example.org", port=80, root_page=site.root_page)
    for host in ("testserver:8001", "localhost:81", "alias.example.org"):
        told = given_away(host)
        for name, addresses in told.items():
            own = [address for address in addresses if not address.startswith(ELSEWHERE)]
            assert own, name
            assert {address[: len(base) + 1] for address in own} == {f"{base}/"}, name
        shares = [address for address in told["page"] + told["mastodon"] if address.startswith(SHARES)]
        assert shares
        assert all(quote(f"{base}/", safe="") in address for address in shares)
        assert f"{base}{article.url}" in told["sitemap"]


def test_r24_articles_tell_machines_the_same(client, article, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.org:8443"
    say(article, "Un banc")
    text = client.get(article.url).text
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert told["url"] == f"https://news.example.org:8443{article.url}"
    assert told["comment"][0]["@id"].startswith(told["url"])
    assert f'print-only">{told["url"]}<' in text


def test_r24_mail_and_preview_too(article, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://news.example.org:8443"
    said = say(article, "Un banc")
    address = unsubscribe_address(Comment.objects.get(pk=said.pk).participant, topics.REPLIES)
    assert address.startswith("https://news.example.org:8443/")
    assert article.full_url == f"https://news.example.org:8443{article.url}"
