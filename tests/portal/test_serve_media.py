"""Pictures and videos are served to those who may see their collection, and to nobody else (T24, L18)."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.http import HttpResponseBase
from django.test import Client
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from people.models import User
from portal.models import PortalDocument, PortalImage, PortalRendition

FILM = bytes(range(256)) * 8


@pytest.fixture
def closed(site: object) -> Collection:
    """A collection for people with an account, and one below it."""
    collection = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection.add_child(name="Below")


def fetch(client: Client, url: str) -> HttpResponseBase:
    """Return the answer, read to its end."""
    response = client.get(url)
    response.getvalue()
    return response


def make_picture(collection: Collection | None = None) -> PortalImage:
    file = BytesIO()
    Image.new("RGB", (600, 400), "#2a3a9c").save(file, "JPEG")
    image = PortalImage(title="Quai", file=ContentFile(file.getvalue(), "quai.jpg"))
    if collection:
        image.collection = collection
    image.save()
    return image


def make_film(collection: Collection | None = None) -> PortalDocument:
    film = PortalDocument(title="Film", file=ContentFile(FILM, "film.mp4"))
    if collection:
        film.collection = collection
    film.save()
    return film


def test_a_public_picture_is_served_and_kept(site: object, client: Client) -> None:
    rendition: PortalRendition = make_picture().get_rendition("width-200|format-webp")
    response = fetch(client, rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies


@pytest.mark.parametrize("kind", ["original", "rendition", "film"])
def test_a_closed_file_is_not_found_by_a_stranger(kind: str, closed: Collection, client: Client) -> None:
    assert fetch(client, address_of(kind, closed)).status_code == 404
    assert client.head(address_of(kind, closed)).status_code == 404


@pytest.mark.parametrize("kind", ["original", "rendition", "film"])
def test_a_closed_file_is_served_to_who_may_see_it_and_kept_by_nobody(
    kind: str, closed: Collection, employee: User, client: Client
) -> None:
    client.force_login(employee)
    response = fetch(client, address_of(kind, closed))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_file_for_one_group_is_not_found_by_another(
    site: object, employee: User, editor: User, signed_in: object
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Crews")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(set(employee.groups.all()) - set(editor.groups.all()))
    picture = make_picture(collection)
    assert fetch(signed_in(employee), picture.file.url).status_code == 200
    assert fetch(signed_in(editor), picture.file.url).status_code == 404


def test_documents_are_not_served_here_but_at_their_own_address(site: object, client: Client) -> None:
    document = PortalDocument(title="Page", file=ContentFile(b"%PDF-1.7", "page.pdf"))
    document.save()
    assert fetch(client, document.file.url).status_code == 404
    assert fetch(client, document.url).status_code == 200


def test_a_closed_document_is_not_found_by_others(
    site: object, employee: User, editor: User, signed_in: object, client: Client
) -> None:
    collection = Collection.get_first_root_node().add_child(name="Crews")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(set(employee.groups.all()) - set(editor.groups.all()))
    document = PortalDocument(title="Page", file=ContentFile(b"%PDF-1.7", "page.pdf"), collection=collection)
    document.save()
    assert fetch(client, document.url).status_code == 404
    assert fetch(signed_in(editor), document.url).status_code == 404
    assert fetch(signed_in(employee), document.url).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../portal/urls.py",
        "%2e%2e/manage.py",
        "original_images/none.jpg",
        "a.svg",
        ".jpg",
        "a" * 3000 + ".jpg",
    ],
)
def test_what_is_not_ours_is_not_found(site: object, client: Client, path: str) -> None:
    assert fetch(client, f"/media/{path}").status_code == 404


def test_a_file_that_the_disk_has_lost_is_not_found(site: object, client: Client) -> None:
    picture = make_picture()
    picture.file.storage.delete(picture.file.name)
    assert fetch(client, picture.file.url).status_code == 404


def test_a_film_is_served_whole_and_with_its_length_which_a_proxy_needs_for_ranges(
    site: object, client: Client
) -> None:
    response = client.get(make_film().file.url, headers={"range": "bytes=0-99"})
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(FILM))
    assert response.getvalue() == FILM


def address_of(kind: str, collection: Collection) -> str:
    if kind == "film":
        return make_film(collection).file.url
    picture = make_picture(collection)
    return picture.file.url if kind == "original" else picture.get_rendition("width-200").url
