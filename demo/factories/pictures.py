"""Pictures and documents, drawn by code, as the portal's own."""

from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection

from demo.content import ARTICLES, DIALOGUES, PLAIN_PAGES
from demo.content.shapes import Article, Dialogue, PlainPage
from demo.factories.demonstration import Demonstration
from demo.pictures import DOCUMENTS, PICTURES, document, picture
from home.actions.setup import INTERNAL_COLLECTION
from portal.models import PortalDocument, PortalImage

CREDIT = "Nordet"


def hang_pictures(demo: Demonstration) -> None:
    """Draw every picture once. Those that only internal pages show are for employees only."""
    descriptions = {key: alt for _page, key, alt in reversed(list(_uses("fr")))}
    internal = Collection.objects.get(name=INTERNAL_COLLECTION)
    kept_inside = _internal_keys()
    known = {image.title: image for image in PortalImage.objects.all()}
    if any(entry.title_fr not in known for entry in PICTURES.values()):
        demo.report("Drawing pictures…")
    for key, entry in PICTURES.items():
        demo.pictures[key] = known.get(entry.title_fr) or PortalImage.objects.create(
            title=entry.title_fr,
            description=descriptions.get(key, "")[:255],
            credit=CREDIT,
            collection=internal if key in kept_inside else Collection.get_first_root_node(),
            file=ImageFile(ContentFile(picture(key)), name=f"{key}.{entry.extension}"),
            focal_point_x=entry.focal_point.x,
            focal_point_y=entry.focal_point.y,
            focal_point_width=entry.focal_point.width,
            focal_point_height=entry.focal_point.height,
        )
        demo.made["pictures"] += entry.title_fr not in known


def lay_out_documents(demo: Demonstration) -> None:
    """Write every document once."""
    known = {document.title: document for document in PortalDocument.objects.all()}
    for key, leaflet in DOCUMENTS.items():
        demo.documents[key] = known.get(leaflet.title) or PortalDocument.objects.create(
            title=leaflet.title, file=ContentFile(document(key), name=f"{key}.pdf")
        )
        demo.made["documents"] += leaflet.title not in known


def _internal_keys() -> set[str]:
    uses = [*_uses("fr"), *_uses("en")]
    inside = {key for page, key, _alt in uses if getattr(page, "is_internal", False)}
    return inside - {key for page, key, _alt in uses if not getattr(page, "is_internal", False)}


def _uses(language: str) -> Iterator[tuple[Article | Dialogue | PlainPage, str, str]]:
    """Yield where a picture is shown, its key, and what is said of it there."""
    for page in (*ARTICLES, *DIALOGUES, *PLAIN_PAGES):
        if page.language != language:
            continue
        if isinstance(page, Article):
            yield page, page.picture, page.picture_alt
        for kind, value in page.body:
            if kind == "picture":
                yield page, value["picture"], value["alt"]
            elif kind == "gallery":
                yield from ((page, each["picture"], each["alt"]) for each in value["pictures"])
