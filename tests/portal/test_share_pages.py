"""Public pages are shared by plain links and stand behind a drawn card; other pages are not (T36, L26)."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.template import Context, Template
from django.test import Client, RequestFactory
from PIL import Image
from wagtail.models import CollectionViewRestriction, Page, Site

from people.models import User
from portal.cards import ROOM_BELOW_PICTURE, SIZES_BELOW_PICTURE, Card, card_of, draw_card, fit_title
from portal.models import PortalImage, PortalSettings
from portal.sharing import ShareTarget


@pytest.fixture
def portal(site: Site) -> PortalSettings:
    return PortalSettings.for_site(site)


def head_of(page: Page, viewer: User) -> str:
    request = RequestFactory().get(page.url)
    request.user = viewer
    return Template("{% load portal_tags %}{% page_meta %}").render(
        Context({"page": page, "request": request})
    )


def test_links_are_those_that_were_ticked_in_their_order(home_fr: Page, portal: PortalSettings) -> None:
    portal.share_targets = ["mail", "linkedin", "gone"]
    assert [link.key for link in home_fr.get_share_links(portal)] == ["mail", "linkedin"]
    portal.share_targets = list(ShareTarget.values)
    links = {link.key: link.url for link in home_fr.get_share_links(portal)}
    assert links["copy"] == home_fr.full_url
    assert links["facebook"].startswith("https://www.facebook.com/sharer/sharer.php?u=http")
    assert "media=http" in links["pinterest"]
    assert links["mastodon"] == f"/fr/share/mastodon/?page={home_fr.pk}"
    assert "\n" not in links["mail"]


def test_internal_pages_are_not_shared(internal_fr: Page, portal: PortalSettings, employee: User) -> None:
    assert internal_fr.get_share_links(portal) == []
    head = head_of(internal_fr, employee)
    assert "noindex" in head
    assert internal_fr.title not in head
    assert "og:" not in head


def test_the_head_names_the_page_and_its_twin(home_fr: Page, home_en: Page, stranger: User) -> None:
    head = head_of(home_fr, stranger)
    assert f'<link rel="canonical" href="{home_fr.full_url}">' in head
    assert f'hreflang="en" href="{home_en.full_url}"' in head
    assert f'hreflang="fr" href="{home_fr.full_url}"' in head
    assert 'property="og:image"' in head


def test_a_twin_that_is_not_live_is_not_named(home_fr: Page, home_en: Page, stranger: User) -> None:
    Page.objects.filter(pk=home_en.pk).update(live=False)
    assert "hreflang" not in head_of(home_fr, stranger)


def test_a_card_is_drawn_once_and_has_the_size_that_is_asked_for(
    client: Client, home_fr: Page, portal: PortalSettings
) -> None:
    card = card_of(home_fr, portal)
    for _time in range(2):
        response = client.get(card.url)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/png"
        assert Image.open(BytesIO(response.getvalue())).size == (1200, 630)


def test_a_card_of_other_words_or_of_no_public_page_is_not_found(
    client: Client, dialogues_fr: Page, internal_fr: Page, portal: PortalSettings, employee: User
) -> None:
    for key in (dialogues_fr.pk, dialogues_fr.get_root().pk):
        assert client.get(f"/cards/{key}-000000000000.png").status_code == 404
    address = card_of(internal_fr, portal).url
    assert client.get(address).status_code == 404
    client.force_login(employee)
    assert client.get(address).status_code == 404
    old = card_of(dialogues_fr, portal).url
    dialogues_fr.title = "Un autre titre"
    dialogues_fr.save()
    assert client.get(old).status_code == 404


def test_the_front_page_stands_for_the_organisation(
    home_fr: Page, portal: PortalSettings, stranger: User
) -> None:
    assert f'<meta property="og:title" content="{portal.name}">' in head_of(home_fr, stranger)
    assert card_of(home_fr, portal).title == portal.name
    portal.tagline_fr = "Des bateaux et des gens"
    assert card_of(home_fr, portal).title == "Des bateaux et des gens"


class TestCardOfAnArticle:
    """It shows the article's picture above its title, and none that is closed to anybody."""

    @pytest.fixture
    def pictured(self, article: Page) -> Page:
        file = BytesIO()
        Image.new("RGB", (800, 600), "teal").save(file, "PNG")
        article.lead_image = PortalImage.objects.create(title="Le quai", file=ImageFile(file, "quai.png"))
        article.lead_image_alt = "Le quai, vide."
        article.save()
        return article

    def test_its_picture_is_drawn(self, client: Client, pictured: Page, portal: PortalSettings) -> None:
        response = client.get(card_of(pictured, portal).url)
        drawn = Image.open(BytesIO(response.getvalue()))
        assert drawn.size == (1200, 630)
        assert drawn.getpixel((600, 100)) == (0, 128, 128)

    def test_another_part_of_it_is_another_card(self, pictured: Page, portal: PortalSettings) -> None:
        before = card_of(pictured, portal).digest
        image = pictured.lead_image
        image.focal_point_x = image.focal_point_y = image.focal_point_width = image.focal_point_height = 10
        assert card_of(pictured, portal).digest != before

    def test_one_that_is_closed_is_not_shown(self, pictured: Page, portal: PortalSettings) -> None:
        collection = pictured.lead_image.collection
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        assert card_of(pictured, portal).picture is None

    def test_without_its_file_the_words_remain(self, pictured: Page, portal: PortalSettings) -> None:
        card = card_of(pictured, portal)
        pictured.lead_image.file.storage.delete(card.picture.name)
        assert draw_card(card).getpixel((600, 100)) == (253, 253, 254)


@pytest.mark.parametrize(
    "title", ["Oui", "Un titre " * 60, "Anticonstitutionnellement" * 20, "日本語 🚢", ""]
)
def test_any_title_fits_a_card(title: str) -> None:
    card = Card(1, title, "Nordet", "example.org", "#2a3a9c", "#e9a100")
    assert draw_card(card).size == (1200, 630)
    _font, lines = fit_title(title, SIZES_BELOW_PICTURE, ROOM_BELOW_PICTURE)
    assert len(lines) <= ROOM_BELOW_PICTURE // SIZES_BELOW_PICTURE[-1]


@pytest.mark.parametrize("server", ["mastodon.social", "https://Mastodon.Social/", "@maude@mastodon.social"])
def test_mastodon_is_reached_by_a_link_that_one_presses(client: Client, home_fr: Page, server: str) -> None:
    response = client.get("/fr/share/mastodon/", {"page": home_fr.pk, "server": server})
    assert response.status_code == 200
    assert 'href="https://mastodon.social/share?text=' in response.text


@pytest.mark.parametrize(
    "server",
    [
        "",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "a b.c",
        "evil.example/x?",
        "mastodon.social:99",
        "javascript:x",
        "ex‮ample.org",
        "x" * 300,
    ],
)
def test_what_is_no_server_is_refused_and_leads_nowhere(client: Client, home_fr: Page, server: str) -> None:
    response = client.get("/en/share/mastodon/", {"page": home_fr.pk, "server": server})
    assert response.status_code == 200
    assert "/share?text=" not in response.text
    assert "field__error" in response.text


@pytest.mark.parametrize("page", ["", "x", "0", "9" * 40, "-1"])
def test_no_page_no_sharing(client: Client, site: Site, page: str) -> None:
    assert client.get("/fr/share/mastodon/", {"page": page}).status_code == 404


def test_an_internal_page_is_not_offered_even_to_employees(
    client: Client, internal_fr: Page, employee: User
) -> None:
    client.force_login(employee)
    assert client.get("/fr/share/mastodon/", {"page": internal_fr.pk}).status_code == 404
