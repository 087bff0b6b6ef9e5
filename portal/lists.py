"""Lists of Wagtail's admin that look at no closed door: redirects to pages, tags in use, the front's panels.

There is no hook for them, so what is behind them is replaced. Look again with the next Wagtail.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest, JsonResponse
from taggit.models import ItemBase, Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import IndexView as RedirectIndexView
from wagtail.images.views import chooser
from wagtail.models import Page

from portal.models import PortalDocument, PortalImage
from portal.permissions import (
    Viewer,
    closed_doors,
    current_viewer,
    is_closed_in_admin,
    reachable_files,
    reachable_pages,
)
from portal.sorting import letters_of, sort_key_of

LONGEST_TAG = 100


def redirects_for_viewer(self: RedirectIndexView) -> models.QuerySet[Redirect]:
    """Return the redirects, but for those that lead to a page closed to whoever asks."""
    redirects = super(RedirectIndexView, self).get_base_queryset().select_related("redirect_page", "site")
    for door in closed_doors(self.request.user):
        redirects = redirects.exclude(redirect_page__path__startswith=door.path)
    return redirects


def popular_tags(model: type[models.Model], count: int = 10) -> models.QuerySet[Tag]:
    """Return the tags that stand on most files of `model`, of those that whoever asks may reach."""
    items = _items_on_files(model, current_viewer())
    return (
        Tag.objects.filter(taggit_taggeditem_items__in=items)
        .annotate(item_count=models.Count("taggit_taggeditem_items"))
        .order_by("-item_count", "name")[:count]
    )


def suggest_tags(request: HttpRequest) -> JsonResponse:
    """Suggest the tags that begin like `term`, of those that stand on something the viewer may reach.

    Accents need not be typed. The databases do not agree on capitals beyond ASCII: none of them is asked.
    """
    term = request.GET.get("term", "").replace("\x00", "")[:LONGEST_TAG]
    letters = letters_of(term)
    names = known_tags(request.user).values_list("name", flat=True) if term else []
    alike = (
        name for name in names if (letters_of(name).startswith(letters) if letters else name.startswith(term))
    )
    return JsonResponse(sorted(alike, key=sort_key_of)[:TAGS_AUTOCOMPLETE_LIMIT], safe=False)


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


# The panels on the front of the admin: under which name each has its list, and where a page is in an entry.
PANELS: dict[type[Component], tuple[str, Callable[[Any], models.Model]]] = {
    WorkflowObjectsToModeratePanel: ("states", lambda state: state["obj"]),
    UserObjectsInWorkflowModerationPanel: ("workflow_states", lambda state: state.content_object),
    LockedPagesPanel: ("locked_pages", lambda page: page),
    RecentEditsPanel: ("last_edits", lambda edit: edit[1]),
}


def list_reachable(panel: type[Component]) -> Callable[[Component, Mapping[str, Any]], dict[str, Any]]:
    """Return the method that gives `panel` its context, without what stands behind a closed door."""
    find_context, (name, page_of) = panel.get_context_data, PANELS[panel]

    def get_context_data(self: Component, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context, viewer = find_context(self, parent_context), parent_context["request"].user
        pages = ((entry, page_of(entry)) for entry in context[name])
        shown = [
            entry
            for entry, page in pages
            if not (isinstance(page, Page) and is_closed_in_admin(viewer, page))
        ]
        return {**context, name: shown}

    return get_context_data


def keep_closed_places_out() -> None:
    """Let no list of the admin tell of what is closed to whoever reads it."""
    for panel in PANELS:
        panel.get_context_data = list_reachable(panel)
    RedirectIndexView.get_base_queryset = redirects_for_viewer
    filters.popular_tags_for_model = chooser.popular_tags_for_model = popular_tags
