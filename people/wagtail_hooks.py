"""Where people meet Wagtail's admin: nobody who spoke is deleted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from people.actions import end_sessions
from people.models import Participant, User
from people.viewsets import AssignGroupAction, ChangeStateAction
from portal.permissions import current_viewer


@hooks.register("insert_global_admin_js")
def stay_when_signed_out() -> str:
    """Keep forms from leaving for a sign-in page; the page remembers for whom it was made."""
    return render_to_string("people/_signed_out.html", {"person": current_viewer()})


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


@hooks.register("register_account_menu_item")
def lead_to_password(request: HttpRequest) -> dict[str, Any] | None:
    if request.user.signs_in_by_provider:
        return None
    return {
        "url": reverse("account_change_password"),
        "label": _("Change your password"),
        "help_text": _("You type the one that you have, then the new one."),
    }


@hooks.register("register_account_menu_item")
def lead_to_factors(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second step of your sign-in"),
        "help_text": _("A code from a telephone, a key, and recovery codes for when both are lost."),
    }


@hooks.register("register_account_menu_item")
def lead_to_sessions(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("list_sessions"),
        "label": _("Where you are signed in"),
        "help_text": _("Each browser, and a way to sign out there."),
    }


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
