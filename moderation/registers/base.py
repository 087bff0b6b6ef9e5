"""What every register shares: a hardened list, an inspect view, and no other address."""

from collections.abc import Callable

from django.contrib.admin.utils import label_for_field, lookup_field, unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import re_path, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import capfirst
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

from dialogue.models import Comment, CommentStatus
from dialogue.permissions import CommentPermissionTester
from moderation.permissions import ModerationPermissionTester
from portal.permissions import Viewer

SEARCH_MAX_LENGTH = 200  # a longer search is a machine's, and a thousand words are more than SQLite parses
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


class RegisterIndexView(IndexView):
    """A list that takes from its address only what it offers itself. Look again with wagtail-modeladmin 3."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        # Before the stock view sees it, which applies whatever lookup stands in an address (T08).
        request.GET = self._offered(request)
        return super().dispatch(request, *args, **kwargs)

    def _offered(self, request: HttpRequest) -> QueryDict:
        """Return the parameters of the address that this list knows; the others say nothing."""
        filters = {list_filter.parameter_name for list_filter in self.model_admin.get_list_filter(request)}
        known = filters | {*self.IGNORED_PARAMS, self.PAGE_VAR}
        offered = QueryDict(mutable=True)
        for name, values in request.GET.lists():
            # A NUL is refused by PostgreSQL, and no word of ours holds one.
            if name in known and not any("\x00" in value for value in values):
                offered[name] = values[-1][:SEARCH_MAX_LENGTH]
        return offered

    def get_page_title(self) -> str:
        return self.model_admin.get_menu_label()

    def get_buttons_for_obj(self, obj: models.Model) -> list:
        """No button: the first column leads to the row."""
        return []

    def get_filename(self) -> str:
        return f"{self.model_admin.export_filename}-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset: models.QuerySet, field: str) -> str:
        """Return the label of the column as it is written: French puts no capital on each word."""
        return capfirst(force_str(label_for_field(field, self.model, model_admin=self.model_admin)))

    def to_row_dict(self, item: models.Model) -> dict[str, object]:
        """Return the values of a row; a choice by its name, and nothing where there is nothing."""
        return {name: self._value_of(name, item) for name in self.list_export}

    def _value_of(self, name: str, item: models.Model) -> object:
        field, _attribute, value = lookup_field(name, item, self.model_admin)
        choices = dict(getattr(field, "flatchoices", ()))
        return capfirst(force_str(choices[value])) if value in choices else value


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

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(review_url=self._review_url(), **kwargs)

    def _review_url(self) -> str:
        """Return where the viewer decides on the comment, or nothing where they may not or there is none."""
        comment = self.model_admin.comment_of(self.instance)
        if comment is None or not CommentPermissionTester(comment, self.request.user).can_moderate():
            return ""
        return reverse("moderation_comments:review_comment", args=[comment.public_id])


class Register(ModelAdmin):
    """What every register shares: read, filter, search, inspect, export. No other address exists."""

    index_view_class = RegisterIndexView
    index_template_name = "moderation/register_index.html"
    inspect_view_class = RegisterInspectView
    inspect_template_name = "moderation/register_inspect.html"
    inspect_view_enabled = True
    history_view_enabled = False
    empty_value_display = EMPTY
    list_per_page = 50
    export_filename = ""

    def comment_of(self, row: models.Model) -> Comment | None:
        """Return the comment that a row is about; None where it is about none."""
        return row.comment

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
        views = {"index": self.index_view, "inspect": self.inspect_view}
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
