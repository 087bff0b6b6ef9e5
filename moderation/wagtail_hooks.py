"""Where moderation joins the conversation and the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail_modeladmin.options import modeladmin_register

from moderation import measure_mail
from moderation.actions import screen_comment, screen_edit, tell_moderators, why_silenced
from moderation.mail import mail_kinds
from moderation.permissions import ModerationPermissionTester
from moderation.personal_data import personal_data
from moderation.registers import RegisterGroup
from moderation.retention import retention_rules
from moderation.rules import rules
from moderation.section_forms import GroupSectionsForm
from moderation.topics import mail_topics
from moderation.views.mail import send_mail_again
from moderation.views.sections import keep_pages_with_terms_in_bulk, warn_of_lost_terms
from moderation.views.waiting import WaitingPanel
from moderation.viewsets import (
    CommentViewSet,
    ScreeningTermViewSet,
    comment_viewset,
    screening_term_viewset,
)
from people.models import GroupKey

hooks.register("screen_comment", screen_comment)
hooks.register("screen_edit", screen_edit)
hooks.register("why_silenced", why_silenced)
hooks.register("register_screening_rules", rules)
hooks.register(
    "group_permissions",
    lambda: {
        GroupKey.MODERATORS: (
            *("moderation.view_decision", "moderation.view_flag"),
            *(f"moderation.{act}_screeningterm" for act in ("add", "change", "delete")),
        )
    },
)
# `order`, here and below: after those of the conversation. Topics are shown so, and flags of comments that
# retention has just erased may be due in the same run.
hooks.register("mail_topics", mail_topics, order=1)
hooks.register("mail_kinds", mail_kinds)
hooks.register("mail_kinds", measure_mail.mail_kinds)
hooks.register("prepare_mail", tell_moderators)
hooks.register("personal_data", personal_data)
hooks.register("retention_rules", retention_rules, order=1)
hooks.register("before_delete_page", warn_of_lost_terms)
hooks.register("before_bulk_action", keep_pages_with_terms_in_bulk)
hooks.register("register_group_permission_panel", lambda: GroupSectionsForm)
modeladmin_register(RegisterGroup)


@hooks.register("register_admin_viewset")
def register_comment_viewset() -> CommentViewSet:
    return comment_viewset


@hooks.register("register_admin_viewset")
def register_screening_term_viewset() -> ScreeningTermViewSet:
    return screening_term_viewset


@hooks.register("register_admin_urls")
def register_send_mail_again() -> list[URLPattern]:
    return [path("moderation/mail/<int:pk>/send-again/", send_mail_again, name="send_mail_again")]


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    if ModerationPermissionTester(request.user).can_moderate():
        panels.append(WaitingPanel(request))


@hooks.register("insert_global_admin_css")
def link_moderation_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/moderation.css"))
