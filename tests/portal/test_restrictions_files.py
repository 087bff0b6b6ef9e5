"""Files of a closed collection in the admin, and the views of Wagtail that are closed (T19, L17, L18)."""

from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from people.groups import EMPLOYEES, the_group
from portal.models import PortalDocument, PortalImage

LEAF = "Feuille-0418"  # a title found nowhere else


@pytest.fixture
def collection(site):
    return Collection.objects.get(name="Internal")


@pytest.fixture
def picture(collection):
    file = ImageFile(get_test_image_file().file, name="feuille.png")
    return PortalImage.objects.create(title=LEAF, file=file, collection=collection)


@pytest.fixture
def document(collection):
    file = ContentFile(b"feuille", name="feuille.txt")
    return PortalDocument.objects.create(title=LEAF, file=file, collection=collection)


@pytest.fixture
def outsider(editor):
    """An editor who is no employee."""
    editor.groups.remove(the_group(EMPLOYEES))
    return editor


def lists(kind: str) -> list[str]:
    namespace = {"images": "wagtailimages", "documents": "wagtaildocs"}[kind]
    names = ("index", "index_results")
    choosers = (f"{namespace}_chooser:choose", f"{namespace}_chooser:choose_results")
    return [reverse(f"{namespace}:{name}") for name in names] + [reverse(name) for name in choosers]


def screens(picture: PortalImage, document: PortalDocument) -> list[str]:
    return [
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailimages:delete", args=[picture.pk]),
        reverse("wagtailimages:image_usage", args=[picture.pk]),
        reverse("wagtailimages_chooser:chosen", args=[picture.pk]),
        reverse("wagtailimages_chooser:select_format", args=[picture.pk]),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtaildocs:delete", args=[document.pk]),
        reverse("wagtaildocs:document_usage", args=[document.pk]),
        reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
    ]


class TestClosedCollections:
    """The right to edit pictures is not the right to see those of a closed collection."""

    @pytest.mark.parametrize("kind", ["images", "documents"])
    def test_no_list_names_them(self, signed_in, outsider, picture, document, kind):
        client = signed_in(outsider)
        for address in lists(kind):
            content = client.get(address).content.decode()
            assert LEAF not in content, address
            assert "Internal" not in content, address

    def test_no_screen_shows_one(self, signed_in, outsider, picture, document):
        client = signed_in(outsider)
        for address in screens(picture, document):
            answer = client.get(address)
            assert answer.status_code != HTTPStatus.OK, address
            assert LEAF not in answer.content.decode()

    def test_several_chosen_at_once_are_not_shown_either(self, signed_in, outsider, picture):
        address = reverse("wagtailimages_chooser:chosen_multiple") + f"?id={picture.pk}"
        assert LEAF not in signed_in(outsider).get(address).content.decode()

    def test_an_editor_who_is_an_employee_has_them_all(self, signed_in, editor, picture, document):
        """Or else the tests above would show nothing."""
        client = signed_in(editor)
        for address in (*lists("images"), *lists("documents"), *screens(picture, document)):
            assert LEAF in client.get(address).content.decode(), address

    def test_what_stands_below_a_closed_collection_is_closed(self, signed_in, outsider, picture, collection):
        picture.collection = collection.add_child(name="Quarts")
        picture.save()
        address = reverse("wagtailimages:edit", args=[picture.pk])
        assert signed_in(outsider).get(address).status_code != HTTPStatus.OK

    def test_public_pictures_are_theirs_as_before(self, signed_in, outsider, picture):
        CollectionViewRestriction.objects.all().delete()
        address = reverse("wagtailimages:edit", args=[picture.pk])
        assert signed_in(outsider).get(address).status_code == HTTPStatus.OK


@pytest.mark.parametrize("who", ["stranger", "outsider"])
def test_a_closed_file_is_answered_like_one_that_is_not_there(
    client, signed_in, picture, document, who, request
):
    """Headers too: that an answer depends on who asks would tell that there is something to see."""
    browser = client if who == "stranger" else signed_in(request.getfixturevalue(who))
    missing = browser.get("/media/original_images/missing.png")
    for path in (picture.file.url, document.url, "/documents/9999/missing.txt"):
        answer = browser.get(path)
        assert answer.content == missing.content
        names = set(answer.headers) - {"X-Request-ID"}
        assert {name: answer[name] for name in names} == {name: missing[name] for name in names}, path


class TestClosedViews:
    """Wagtail's views beside ours are not there, whether what they lead to is or not."""

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize(
        "path",
        [
            "/fr/_util/login/",
            "/en/_util/login/",
            "/fr/_util/authenticate_with_password/1/2/",
            "/documents/authenticate_with_password/1/",
        ],
    )
    def test_they_are_not_found(self, client, administrator, method, path):
        data = {"username": administrator.username, "password": "parley-demo-lantern"}
        answer = getattr(client, method)(path, data)
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "_auth_user_id" not in client.session
