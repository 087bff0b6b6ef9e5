"""What every register shares: a hardened list, an inspect view, and no other address."""

from collections.abc import Callable

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import re_path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InspectView

from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.permissions import ModerationPermissionTester
from moderation.registers.lists import RegisterIndexView
from portal.permissions import Viewer

EMPTY = "–"
# Of this many digits some numbers are larger than a key can be: PostgreSQL would refuse them.
BIGINT_DIGITS = 19


class ReadOnlyPermissionHelper(PermissionHelper):
    """Whoever may open the register may inspect its rows. Nobody adds, edits or deletes one."""

    can_open: Callable[[ModerationPermissionTester], bool]

    def user_can_list(self, user: Viewer) -> bool:
        return type(self).can_open(ModerationPermissionTester(user))

    def user_can_inspect_obj(self, user: Viewer, obj: models.Model) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: Viewer) -> bool:
        return False

    def user_can_edit_obj(self, user: Viewer, obj: models.Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Viewer, obj: models.Model) -> bool:
        return False


class RegisterURLHelper(AdminURLHelper):
    """Knows the address of the list without what stands around it."""

    def get_action_url_pattern(self, action: str) -> str:
        return (
            rf"^{self.base_url_path}/results/$"
            if action == "results"
            else super().get_action_url_pattern(action)
        )


class RegisterInspectView(InspectView):
    """One row, and the way to the comment that it is about."""

    def get_page_title(self) -> str:
        return self.model_admin.get_menu_label()

    def get_page_subtitle(self) -> str:
        comment = self.model_admin.comment_of(self.instance)
        is_there = comment.status != CommentStatus.ERASED and comment.page.live
        return comment.author_name if is_there else ""

    def get_dict_for_field(self, field_name: str) -> dict[str, object]:
        """A column of the list has the same words here; what is empty says so."""
        column = getattr(self.model_admin, field_name, None)
        if callable(column):
            return {"label": column.short_description, "value": column(self.instance) or EMPTY}
        entry = super().get_dict_for_field(field_name)
        return {**entry, "value": entry["value"] if entry["value"] not in ("", None) else EMPTY}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": self.index_url, "label": self.get_page_title()},
            {"url": "", "label": self.get_page_subtitle() or _("Entry")},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(
            review_url=self._review_url(),
            header_title=self.get_page_title(),
            header_icon=self.header_icon,
            breadcrumbs_items=self.get_breadcrumbs_items(),
            **kwargs,
        )

    def _review_url(self) -> str:
        """Return where the viewer decides on the comment, or nothing where they may not or there is none."""
        comment = self.model_admin.comment_of(self.instance)
        if comment is None or not CommentPermissionTester(comment, self.request.user).can_moderate():
            return ""
        return reverse("moderation_comments:review_comment", args=[comment.public_id])


class Register(ModelAdmin):
    """What every register shares: read, filter, search, inspect, export. No other address exists."""

    url_helper_class = RegisterURLHelper
    index_view_class = RegisterIndexView
    index_template_name = "moderation/register_index.html"
    inspect_view_class = RegisterInspectView
    inspect_template_name = "moderation/register_inspect.html"
    inspect_view_enabled = True
    history_view_enabled = False
    empty_value_display = EMPTY
    list_per_page = 50
    export_filename = ""
    status_columns: tuple[str, ...] = ()
    # What the register is for, where that is not plain from its name.
    purpose: str | Promise = ""

    def comment_of(self, row: models.Model) -> Comment | None:
        """Return the comment that a row is about; None where it is about none."""
        return row.comment

    def links_for(self, user: Viewer) -> list[tuple[str, str]]:
        """Return where `user` finds what this register is not for: addresses and what they say."""
        return []

    def results_view(self, request: HttpRequest) -> HttpResponse:
        """Show the list without what stands around it, for one that is narrowed."""
        return self.index_view_class.as_view(model_admin=self, results_only=True)(request)

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """Show one row, where the viewer may see it; otherwise it is not found, as one that never was."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        pk = unquote(instance_pk)
        if not (pk.isascii() and pk.isdigit() and len(pk) < BIGINT_DIGITS):
            raise Http404
        if not self.get_queryset(request).filter(pk=pk).exists():
            raise Http404
        return super().inspect_view(request, instance_pk)

    def get_admin_urls_for_registration(self) -> tuple:
        views = {"index": self.index_view, "results": self.results_view, "inspect": self.inspect_view}
        return tuple(
            re_path(
                self.url_helper.get_action_url_pattern(action),
                view,
                name=self.url_helper.get_action_url_name(action),
            )
            for action, view in views.items()
        )

    def register_indexing(self) -> None:
        """A row points at its page; that is no use of the page that an editor needs to know of."""

    def register_admin_url_finders(self) -> None:
        """Nothing here is edited."""
