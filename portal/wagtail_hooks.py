"""What the frame adds to the admin, and to the way documents are given out: what is closed is not listed."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.menus import MenuItem
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.editions import move_with
from portal.models import PortalDocument, PortalImage, Topic
from portal.page_store import purge_changed
from portal.permissions import (
    PortalPagePermissionPolicy,
    reachable_pages,
    reaches_every_page,
)
from portal.rich_text import DiscreetPageLinkHandler, TellingDocumentLinkHandler
from portal.views.topics import DeleteTopicsAction, DeleteTopicView
from portal.visibility import EVERYTHING, visibility_changed
from portal.wagtail_patches.file_rights import PortalCollectionPolicy
from portal.wagtail_patches.page_links import link_discreetly_in_editor

# Explorer, page search, reports and histories ask the policy of pages.
register_permission_policy(Page, PortalPagePermissionPolicy())

# Lists, choosers, reports and the screens of one file ask these. For the exact class: Wagtail registers its
# own when its apps are ready, and that may come later.
for file_model, model_of_rights in ((PortalImage, Image), (PortalDocument, Document)):
    register_permission_policy(
        file_model,
        PortalCollectionPolicy(file_model, model_of_rights, owner_field_name="uploaded_by_user"),
        exact_class=True,
    )


class TopicViewSet(SnippetViewSet):
    """The subjects under which articles are filed."""

    icon = "tag"
    menu_label = _("Topics")
    add_to_admin_menu = False
    list_display = ["listed_name", "slug", "locale"]
    delete_view_class = DeleteTopicView


register_snippet(Topic, viewset=TopicViewSet)
# After Wagtail's own, in whose place it comes.
hooks.register("register_bulk_action", DeleteTopicsAction, order=1)


# Before all others: nothing wrong is kept, and whoever writes what is quoted holds the row of the edition.
hooks.register("visibility_changed", purge_changed, order=-2)
hooks.register("visibility_changed", move_with, order=-1)


@hooks.register("after_bulk_action")
def tell_of_files(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> None:
    """Wagtail moves many files to another collection past the models; the transaction goes on."""
    if action_type == "add_to_collection":
        visibility_changed(EVERYTHING)


@hooks.register("construct_page_chooser_queryset")
def leave_closed_pages_out_of_chooser(pages: QuerySet, request: HttpRequest) -> QuerySet:
    return reachable_pages(pages, request.user)


@hooks.register("construct_explorer_page_queryset")
def leave_closed_pages_out_of_explorer(parent_page: Page, pages: QuerySet, request: HttpRequest) -> QuerySet:
    return reachable_pages(pages, request.user)


@hooks.register("construct_reports_menu")
def leave_out_report_on_all_pages(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    if not reaches_every_page(request.user):
        menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


@hooks.register("construct_homepage_summary_items", order=1)  # after Wagtail's own, whose items are there
def count_reachable_pages(request: HttpRequest, summary_items: list[SummaryItem]) -> None:
    summary_items[:] = [
        ReachablePagesSummaryItem(request) if type(item) is PagesSummaryItem else item
        for item in summary_items
    ]


class ReachablePagesSummaryItem(PagesSummaryItem):
    """Wagtail's count of pages, without those from which a view restriction keeps the reader out."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        viewer = self.request.user
        root = get_site_for_user(viewer)["root_page"]  # what the context names may be the home below it
        tree = Page.objects.descendant_of(root, inclusive=True) if root else Page.objects.none()
        total = reachable_pages(tree.filter(depth__gt=1), viewer).count()
        return {**super().get_context_data(parent_context), "total_pages": total}


@hooks.register("before_serve_document", order=-1)
def hide_closed_document(document: PortalDocument, request: HttpRequest) -> None:
    """Whoever may not have a document is told "not found", as of one that is not there.

    A stranger too: numbers of documents follow one another, and a way to sign in would tell which exist.
    """
    if not all(
        restriction.accept_request(request) for restriction in document.collection.get_view_restrictions()
    ):
        raise Http404


@hooks.register("insert_global_admin_js")
def start_widgets() -> SafeString:
    """Start Wagtail's fields without inline scripts."""
    return format_html('<script src="{}"></script>', static("js/admin/start-widgets.js"))


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own, in whose place it comes
def link_discreetly(features: FeatureRegistry) -> None:
    features.register_link_type(DiscreetPageLinkHandler)
    features.register_link_type(TellingDocumentLinkHandler)
    link_discreetly_in_editor(features)
