"""Where the conversation meets Wagtail's admin."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, get_page_models

from dialogue import (
    consents,
    follow_mail,
    invitation_mail,
    mail,
    personal_data,
    quotation_mail,
    request_mail,
    retention,
    topics,
    views,
)
from dialogue.actions import INVITE_LOG, REMOVE_LOG, remind_in_time, tell_followers
from dialogue.actions.quotations import compare_quotations
from dialogue.choosers import comment_chooser_viewset
from dialogue.descriptions import describe_quotation
from dialogue.models.comments import Comment
from dialogue.models.dialogues import DialoguePage
from dialogue.models.pages import ConversationPage
from dialogue.quotations import tell_what_is_withheld
from dialogue.signals import takes_comments_to_new_readers
from dialogue.views.losses import LostQuotationsPanel
from dialogue.views.publications import (
    REFUSED,
    QuotationsMenuItem,
    buttons_to_quotations,
    refuse_publication,
    refuse_to_publish,
    refuse_to_publish_in_bulk,
)
from dialogue.views.radar import add_radar
from dialogue.viewsets import DialogueViewSet, dialogue_viewset
from people.models import GroupKey
from portal.permissions import Viewer, edits_pages

hooks.register(
    "group_permissions",
    lambda: {
        GroupKey.EDITORS: (
            "dialogue.view_comment",
            "dialogue.feature_comment",
            "dialogue.speak_for_organisation",
        ),
        GroupKey.MODERATORS: ("dialogue.view_comment", "dialogue.moderate_comment"),
        GroupKey.ANSWERERS: ("dialogue.speak_for_organisation",),
    },
)
hooks.register("mail_topics", topics.mail_topics)
hooks.register("consent_kinds", consents.consent_kinds)
hooks.register("mail_kinds", mail.mail_kinds)
hooks.register("mail_kinds", follow_mail.mail_kinds)
hooks.register("mail_kinds", quotation_mail.mail_kinds)
hooks.register("mail_kinds", request_mail.mail_kinds)
hooks.register("mail_kinds", invitation_mail.mail_kinds)
hooks.register("mail_stops", follow_mail.mail_stops)
hooks.register("mail_stops", request_mail.mail_stops)
hooks.register("mail_stops", invitation_mail.mail_stops)
hooks.register("prepare_mail", tell_followers)
hooks.register("prepare_mail", remind_in_time)
hooks.register("visibility_changed", compare_quotations)
hooks.register("describe_quotation", describe_quotation)
hooks.register("refuse_publication", refuse_publication)
hooks.register("before_publish_page", refuse_to_publish)
hooks.register("personal_data", personal_data.personal_data)
hooks.register("retention_rules", retention.retention_rules)
hooks.register("construct_page_side_panels", add_radar)


@hooks.register("tell_readers_apart")
def is_told_why_withheld(request: HttpRequest) -> bool:
    """Whoever features comments is told, in the page, why readers do not see a quotation."""
    return request.user.has_perm("dialogue.feature_comment")


@hooks.register("construct_homepage_panels")
def add_lost_quotations(request: HttpRequest, panels: list[Component]) -> None:
    if edits_pages(request.user):
        panels.append(LostQuotationsPanel(request))


@hooks.register("before_edit_page")
def warn_in_the_editor(request: HttpRequest, page: Page) -> None:
    """Say above a draft, whenever it is opened, what readers will not see of it, and why."""
    # A form that publishes is told below; a POST would hear it twice, and so would whoever was just refused.
    if request.method == "GET" and REFUSED not in request.GET:
        warn_of_withheld(request, page)


@hooks.register("after_publish_page")
def warn_of_withheld(request: HttpRequest, page: Page) -> None:
    """Whoever publishes a page is told which of its quotations nobody sees."""
    if told := tell_what_is_withheld(page, request.user):
        messages.warning(request, told, buttons=buttons_to_quotations(page, request.user))


@hooks.register("after_move_page")
def warn_of_withheld_after_move(request: HttpRequest, page: Page) -> None:
    # Read anew: who reads it follows from the place where it stands now.
    warn_of_withheld(request, Page.objects.get(pk=page.pk).specific)


@hooks.register("after_bulk_action")
def warn_of_withheld_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> None:
    for page in objects if action_type == "publish" else ():
        # Pictures and documents have bulk actions by the same names.
        if isinstance(page, Page):
            warn_of_withheld(request, page.specific)


@hooks.register("before_bulk_action")
def refuse_publication_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not pages:
        return None
    return refuse_to_publish_in_bulk(
        request,
        pages,
        next_url=action_class_instance.next_url,
        include_descendants=action_class_instance.cleaned_form.cleaned_data["include_descendants"],
    )


@hooks.register("next_change_of_pages")
def find_next_opening_or_closing(now: datetime) -> datetime | None:
    """Return when next a dialogue opens, or the comments of a page close."""
    moments = [DialoguePage.objects.live().filter(opens_at__gt=now).aggregate(next=Min("opens_at"))["next"]]
    # The class is abstract: each kind of page has its dates in a table of its own.
    for model in get_page_models():
        if issubclass(model, ConversationPage):
            closing = model.objects.live().filter(comments_close_at__gt=now)
            moments.append(closing.aggregate(next=Min("comments_close_at"))["next"])
    return min(filter(None, moments), default=None)


@hooks.register("register_admin_viewset")
def register_comment_chooser() -> ViewSet:
    return comment_chooser_viewset


@hooks.register("register_admin_viewset")
def register_dialogues() -> DialogueViewSet:
    return dialogue_viewset


@hooks.register("register_admin_urls")
def register_quotation_urls() -> list[URLPattern]:
    return [
        path(
            "dialogue/comments/<slug:public_id>/feature/",
            views.feature_in_new_article,
            name="dialogue_feature_comment",
        ),
        path(
            "dialogue/comments/<slug:public_id>/feature-in/",
            views.find_page_for_comment,
            name="dialogue_find_page_for_comment",
        ),
        path(
            "dialogue/comments/<slug:public_id>/feature-in/<int:page_id>/",
            views.feature_in_chosen_page,
            name="dialogue_feature_in_page",
        ),
        path(
            "dialogue/pages/<int:page_id>/quotations/",
            views.PageQuotationsView.as_view(),
            name="dialogue_page_quotations",
        ),
        path(
            "dialogue/pages/<int:page_id>/quotations/as-reader/",
            views.DraftAsReaderView.as_view(),
            name="dialogue_see_draft_as_reader",
        ),
        path(
            "dialogue/pages/<int:page_id>/quotations/invite/",
            views.InviteAuthorView.as_view(),
            name="dialogue_invite_author",
        ),
        path(
            "dialogue/pages/<int:page_id>/quotations/<int:pk>/remove/",
            views.RemoveFromDraftView.as_view(),
            name="dialogue_remove_quotation",
        ),
        path(
            "dialogue/pages/<int:page_id>/quotations/<int:pk>/<slug:step>/",
            views.ActOnQuotationView.as_view(),
            name="dialogue_act_on_quotation",
        ),
    ]


@hooks.register("register_log_actions")
def register_dialogue_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        INVITE_LOG,
        gettext_lazy("Invite an author"),
        gettext_lazy("Invited somebody quoted from elsewhere to reply"),
    )
    actions.register_action(
        REMOVE_LOG, gettext_lazy("Remove a quotation"), gettext_lazy("Took a quotation out of the draft")
    )


@hooks.register("insert_global_admin_css")
def link_admin_css() -> SafeString:
    sheets = ((static(f"css/admin/{name}.css"),) for name in ("pages", "voices"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def link_to_quotations(page: Page, user: Viewer, **kwargs: object) -> Iterator[MenuItem]:
    """Lead from the editor and the explorer to the quotations of a page."""
    yield QuotationsMenuItem(page=page)


@hooks.register("before_delete_page")
def keep_pages_with_comments(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What people said under a page is not deleted with it: the page is unpublished instead."""
    if not Comment.objects.filter(page__path__startswith=page.path).exists():
        return None
    messages.error(
        request, _("This page, or one below it, has comments and cannot be deleted. Unpublish it instead.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_pages_with_comments_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)]
    if action_type != "delete" or not pages:
        return None
    for page in pages:
        refusal = keep_pages_with_comments(request, page)
        if refusal is not None:
            return refusal
    return None


@hooks.register("before_move_page")
def keep_comments_with_their_readers(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """What was said among employees is not carried before the public with the page."""
    if not takes_comments_to_new_readers(page, destination):
        return None
    messages.error(
        request,
        _(
            "This page, or one below it, has comments that were written for fewer readers than those of "
            "the place you chose. It stays where it is."
        ),
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_comments_with_their_readers_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> HttpResponse | None:
    if action_type != "move":
        return None
    # So Wagtail 8.0 calls the destination in its form; look again when it moves.
    destination = action_class_instance.cleaned_form.cleaned_data["chooser"]
    for page in objects:
        refusal = keep_comments_with_their_readers(request, page, destination)
        if refusal is not None:
            return refusal
    return None
