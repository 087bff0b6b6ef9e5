"""Tags, by what they stand on: whoever may not reach any of it does not learn of the tag."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from taggit.models import ItemBase, Tag, TaggedItem
from wagtail.models import Page

from portal.models import PortalDocument, PortalImage
from portal.permissions import Viewer, current_viewer, reachable_files, reachable_pages


def popular_tags(model: type[models.Model], count: int = 10) -> models.QuerySet[Tag]:
    """Return the tags that stand on most files of `model`, of those that whoever asks may reach."""
    items = _items_on_files(model, current_viewer())
    return (
        Tag.objects.filter(taggit_taggeditem_items__in=items)
        .annotate(item_count=models.Count("taggit_taggeditem_items"))
        .order_by("-item_count", "name")[:count]
    )


def known_tags(viewer: Viewer) -> models.QuerySet[Tag]:
    """Return the tags of pages, pictures and documents that `viewer` may reach in the admin."""
    is_known = models.Q()
    for model in (PortalImage, PortalDocument):
        is_known |= models.Q(pk__in=_items_on_files(model, viewer).values("tag"))
    pages = reachable_pages(Page.objects.all(), viewer)
    for relation in Tag._meta.related_objects:
        items = relation.related_model
        if issubclass(items, ItemBase) and items is not TaggedItem:  # each kind of page has rows of its own
            is_known |= models.Q(
                pk__in=items.objects.filter(content_object__in=pages.values("pk")).values("tag")
            )
    return Tag.objects.filter(is_known)


def _items_on_files(model: type[models.Model], viewer: Viewer) -> models.QuerySet[TaggedItem]:
    files = reachable_files(model.objects.all(), viewer)
    return TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=files.values("pk")
    )
