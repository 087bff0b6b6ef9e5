"""Lists of the admin that Wagtail fills without asking who reads them (L03, L04, L17)."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

from blog.models import BlogPage
from dialogue.models import DialoguePage
from home.models import StandardPage
from people.groups import EMPLOYEES, the_group
from portal.models import PortalImage
from portal.rich_text import discreet_address
from tests.trust.public_site import make_picture

pytestmark = pytest.mark.database

LEAF = "feuille-d-erable-0417"


@pytest.fixture
def outsider(editor):
    """An editor who is no employee: may edit the site, may not read what is internal."""
    editor.groups.remove(the_group(EMPLOYEES))
    return editor


@pytest.fixture
def hidden(internal_fr, administrator) -> DialoguePage:
    page = DialoguePage(title=LEAF, slug=LEAF, question=LEAF, owner=administrator)
    internal_fr.add_child(instance=page)
    page.save_revision(user=administrator).publish()
    return DialoguePage.objects.get(pk=page.pk)


@pytest.fixture
def closed_picture(site) -> PortalImage:
    collection = Collection.get_first_root_node().add_child(name="Interne")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.GROUPS
    )
    restriction.groups.add(the_group(EMPLOYEES))
    picture = make_picture("Une image", "navy", collection)
    picture.tags.add(LEAF)
    return picture


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK, address
    return answer.content.decode()


class TestRedirects:
    def test_those_to_closed_pages_are_not_listed(self, signed_in, outsider, administrator, hidden):
        Redirect.objects.create(old_path="/fr/avant", redirect_page=hidden)
        Redirect.objects.create(old_path="/fr/ailleurs", redirect_link="https://example.org/")
        for address in (reverse("wagtailredirects:index"), reverse("wagtailredirects:index") + "?export=csv"):
            client = signed_in(outsider)
            answer = client.get(address)
            content = b"".join(answer).decode() if answer.streaming else answer.content.decode()
            assert "/fr/avant" not in content
            assert "/fr/ailleurs" in content
        assert "/fr/avant" in text_of(signed_in(administrator), reverse("wagtailredirects:index"))

    @pytest.mark.parametrize("verb", ["edit", "delete"])
    def test_nor_changed(self, signed_in, outsider, administrator, hidden, verb):
        redirect = Redirect.objects.create(old_path="/fr/avant", redirect_page=hidden)
        address = reverse(f"wagtailredirects:{verb}", args=[redirect.pk])
        assert signed_in(outsider).get(address).status_code == HTTPStatus.NOT_FOUND
        assert signed_in(outsider).post(address).status_code == HTTPStatus.NOT_FOUND
        assert signed_in(administrator).get(address).status_code == HTTPStatus.OK


class TestTags:
    ADDRESSES = ("wagtailimages:index", "wagtailimages_chooser:choose")

    def test_those_of_closed_files_are_not_offered(self, signed_in, outsider, administrator, closed_picture):
        make_picture("Une autre", "teal").tags.add("quais")
        for name in self.ADDRESSES:
            shown = text_of(signed_in(outsider), reverse(name))
            assert "quais" in shown
            assert LEAF not in shown
            assert LEAF in text_of(signed_in(administrator), reverse(name))

    def test_nor_suggested(self, signed_in, outsider, administrator, closed_picture):
        make_picture("Une autre", "teal").tags.add("feu")
        address = reverse("wagtailadmin_tag_autocomplete") + "?term=fe"
        assert signed_in(outsider).get(address).json() == ["feu"]
        assert signed_in(administrator).get(address).json() == ["feu", LEAF]

    def test_those_of_articles_are_suggested_drafts_included(self, signed_in, outsider, articles_fr):
        article = BlogPage(title="Un", slug="un", introduction="<p>Un.</p>", live=False)
        articles_fr.add_child(instance=article)
        article.tags.add("ferry")
        article.save()
        address = reverse("wagtailadmin_tag_autocomplete")
        assert signed_in(outsider).get(f"{address}?term=FER").json() == ["ferry"]
        for nothing in ("", "?term=", "?term=%00", "?term=zzz"):
            assert signed_in(outsider).get(address + nothing).json() == []

    def test_a_stranger_is_sent_to_sign_in(self, client, site):
        answer = client.get(reverse("wagtailadmin_tag_autocomplete") + "?term=q")
        assert answer.status_code == HTTPStatus.FOUND

    def test_no_other_kind_of_tag_is_suggested(self, signed_in, administrator):
        answer = signed_in(administrator).get("/admin/tag-autocomplete/taggit/tag/?term=a")
        assert answer.status_code == HTTPStatus.NOT_FOUND


class TestWhatPointsAtAClosedPage:
    def test_the_editor_is_told_neither_title_nor_address(
        self, signed_in, outsider, administrator, hidden, home_fr
    ):
        link = f'<p>Voir <a linktype="page" id="{hidden.pk}">là</a>.</p>'
        page = StandardPage(
            title="Une page",
            slug="une-page",
            body=[("paragraph", link), ("related_pages", {"title": "", "pages": [hidden]})],
        )
        home_fr.add_child(instance=page)
        page.save_revision(user=administrator).publish()
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert LEAF not in text_of(signed_in(outsider), address)
        shown = text_of(signed_in(administrator), address)
        assert LEAF in shown  # in the chooser
        assert f"/page/{hidden.pk}/" in shown  # in the text, for whoever writes

    def test_a_page_for_everybody_has_its_address(self, articles_fr, hidden):
        assert discreet_address(articles_fr) == articles_fr.get_url()
        assert discreet_address(hidden) == f"/page/{hidden.pk}/"


class TestPagesAreForThoseWhoWorkOnThem:
    @pytest.mark.parametrize(
        "address",
        [
            "/admin/choose-page/",
            "/admin/choose-page/{pk}/",
            "/admin/choose-page/search/?q=a",
            "/admin/choose-page/chosen-multiple/?id={pk}",
            "/admin/bulk/wagtailcore/page/delete/?id={pk}",
        ],
    )
    def test_a_moderator_does_not_look_through_drafts(
        self, signed_in, moderator, editor, articles_fr, address
    ):
        path = address.format(pk=articles_fr.pk)
        assert signed_in(moderator).get(path).status_code == HTTPStatus.NOT_FOUND
        assert signed_in(editor).get(path).status_code == HTTPStatus.OK
