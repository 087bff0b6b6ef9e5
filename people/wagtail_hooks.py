"""Where people meet Wagtail's admin: what is out of reach is not listed, and nobody who spoke is deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem
from wagtail.admin.ui.menus import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from people.actions import end_sessions
from people.models import Participant, User
from people.viewsets import AssignGroupAction, ChangeStateAction
from portal.permissions import (
    PortalPagePermissionPolicy,
    current_viewer,
    reachable_pages,
    reaches_every_page,
)

# Explorer, page search, reports and histories ask the policy of pages.
register_permission_policy(Page, PortalPagePermissionPolicy())


@hooks.register("insert_global_admin_js")
def stay_when_signed_out() -> str:
    """Keep forms from leaving for a sign-in page; the page remembers for whom it was made."""
    return render_to_string("people/_signed_out.html", {"person": current_viewer()})


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


@hooks.register("construct_homepage_summary_items")
def count_reachable_pages(request: HttpRequest, summary_items: list[SummaryItem]) -> None:
    summary_items[:] = [
        ReachablePagesSummaryItem(request) if type(item) is PagesSummaryItem else item
        for item in summary_items
    ]


class ReachablePagesSummaryItem(PagesSummaryItem):
    """Wagtail's count of pages, without those behind a closed door."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        everything = Page.objects.filter(depth__gt=1)
        hidden = everything.count() - reachable_pages(everything, self.request.user).count()
        return {**context, "total_pages": context["total_pages"] - hidden}


@hooks.register("register_log_actions")
def register_people_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "people.invite", gettext_lazy("Invite"), gettext_lazy("Sent a link to choose a password")
    )
    actions.register_action(
        "people.reset_factors", gettext_lazy("Reset second step"), gettext_lazy("Removed the second step")
    )
    actions.register_action(
        "people.end_sessions", gettext_lazy("Sign out"), gettext_lazy("Signed out everywhere")
    )
    actions.register_action(
        "people.follow_groups",
        gettext_lazy("Follow groups"),
        gettext_lazy("Changed groups, as the provider says"),
    )


for action in (AssignGroupAction, ChangeStateAction):
    hooks.register("register_bulk_action", action, order=1)  # after Wagtail's own, in whose place it comes


@hooks.register("before_delete_user")
def keep_people_who_spoke(request: HttpRequest, user: AbstractBaseUser) -> HttpResponse | None:
    """Somebody who has taken part is disabled, not deleted: their words keep their author."""
    if not Participant.objects.filter(user=user).exists():
        return None
    messages.error(request, _("This person has taken part in conversations. Disable the account instead."))
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def keep_people_who_spoke_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    for user in objects:
        if isinstance(user, User) and (refusal := keep_people_who_spoke(request, user)):
            return refusal
    return None


@hooks.register("after_bulk_action")
def end_sessions_of_disabled_in_bulk(
    request: HttpRequest, action_type: str, objects: list, action_class_instance: object
) -> None:
    """Wagtail disables many accounts by one statement, of which no account's own signal tells."""
    if action_type == "set_active_state":
        for user in User.objects.filter(pk__in=[user.pk for user in objects], is_active=False):
            end_sessions(user, by=None)
