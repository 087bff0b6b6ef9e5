"""The administrators' screens for people."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.models import Collection, Page
from wagtail.users.forms import GroupForm
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from people.actions import end_sessions, invite_person, reset_factors
from people.forms import EmployeeCreationForm, EmployeeEditForm, PortalGroupForm, limit_groups
from people.groups import purpose_of
from people.models import User, UserSession
from people.permissions import PersonPermissions
from portal.permissions import visible_pages
from portal.sorting import sort_key_of


class DoerMixin:
    """Tells the form who fills it in: nobody gives what they do not have."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class InvitationMixin(DoerMixin):
    """Sends the invitation that the form asks for, in the same transaction as the account."""

    def save_instance(self) -> User:
        user = super().save_instance()
        if self.form.cleaned_data.get("send_invitation"):
            invite_person(
                user, by=self.request.user, request=self.request, when_not_sent=self.tell_that_it_was_not_sent
            )
        return user

    def tell_that_it_was_not_sent(self) -> None:
        messages.error(
            self.request,
            _(
                "The account is saved, but no link was sent: the mail server did not take it. Open the "
                "account in a while, tick “Send a link to choose a new password”, and save."
            ),
        )


def names_of_groups(person: User) -> str:
    """Return what somebody's groups are called, and first of all whether they may do everything."""
    groups = sorted((str(group) for group in person.groups.all()), key=sort_key_of)
    names = [gettext("Administrator"), *groups] if person.is_superuser else groups
    return ", ".join(names) or gettext("None")


class IndexView(users.IndexView):
    """The list shows what people are, beside who they are."""

    @property
    def columns(self) -> list[Column]:
        box, name, username, _administrator, active, signed_in = super().columns
        name.width, username.width = "22%", "12%"
        role = Column("role_label", label=_("Role"), sort_key="role_label_fr", width="18%")
        groups = Column("groups", label=_("Groups"), accessor=names_of_groups, width="18%")
        factor = BooleanColumn("has_factor", label=_("Second step"))
        return [box, name, username, role, groups, factor, active, signed_in]

    def get_base_queryset(self) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        people = super().get_base_queryset().prefetch_related("groups__profile")
        return people.annotate(
            has_factor=Exists(factors.exclude(type=Authenticator.Type.RECOVERY_CODES)),
        )

    def get_edit_url(self, instance: User) -> str | None:
        can_change = PersonPermissions(self.request.user).can_change(instance)
        return super().get_edit_url(instance) if can_change else None


class CreateView(InvitationMixin, users.CreateView):
    """Makes an account, and invites the person."""


class EditView(InvitationMixin, users.EditView):
    """Edits or disables an account, sends a new link on demand, and shows where somebody is signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not PersonPermissions(request.user).can_change(self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self) -> User:
        """A new password signs the person out, wherever they are signed in with the old one."""
        user = super().save_instance()
        if "password1" in self.form.changed_data:
            keep = self.request.user_session if user == self.request.user else None
            # By nobody: whoever may set the password need not have the right to sign somebody out.
            end_sessions(user, by=None, keep=keep)
        return user

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "sessions": UserSession.objects.open_of(self.object),
            "factors": Authenticator.objects.filter(user=self.object),
            "can_reset_factors": PersonPermissions(self.request.user).can_reset_factors(self.object),
            "can_end_sessions": PersonPermissions(self.request.user).can_end_sessions(self.object),
        }


class PurposeColumn(Column):
    """What the portal has a group for; empty for those that it does not know."""

    def get_value(self, instance: Group) -> str:
        return purpose_of(instance)


class GroupIndexView(groups.IndexView):
    """The list says what each of the portal's own groups is for."""

    columns = [
        TitleColumn(
            "name", label=_("Name"), accessor=str, sort_key="name", url_name="wagtailusers_groups:edit"
        ),
        PurposeColumn("purpose", label=_("What it is for"), width="55%"),
    ]

    def get_base_queryset(self) -> QuerySet[Group]:
        return super().get_base_queryset().select_related("profile")


class RightsMixin(DoerMixin):
    """Rights over pages, collections and settings are given by administrators alone."""

    @cached_property
    def permission_panel_forms(self) -> list[BaseForm | BaseFormSet]:
        is_administrator = PersonPermissions(self.request.user).can_make_administrators()
        return super().permission_panel_forms if is_administrator else []


class GroupCreateView(RightsMixin, groups.CreateView):
    """Makes a group, with rights that its maker has."""


class GroupEditView(RightsMixin, groups.EditView):
    """Says what the group is for, whatever it is called by now."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "purpose": purpose_of(self.object)}


class GroupDeleteView(groups.DeleteView):
    """Names what the group keeps closed, before it is deleted."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = Page.objects.filter(view_restrictions__groups=self.object).order_by("path").distinct()
        named = visible_pages(closed, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "purpose": purpose_of(self.object),
            "closed_pages": named,
            "other_closed_pages": closed.count() - named.count(),
            "closed_collections": Collection.objects.filter(view_restrictions__groups=self.object),
        }


class GroupViewSet(groups.GroupViewSet):
    """Groups: what those of the portal are for, and what each closes."""

    index_view_class = GroupIndexView
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    create_template_name = edit_template_name = "people/group_form.html"
    delete_view_class = GroupDeleteView

    def get_form_class(self, for_update: bool = False) -> type[GroupForm]:
        return PortalGroupForm


class EndSessionsView(View):
    """Signs a person out everywhere, at an administrator's word."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        ended = end_sessions(person, by=request.user)
        text = ngettext("Signed out in %(count)d browser.", "Signed out in %(count)d browsers.", ended)
        messages.success(request, text % {"count": ended})
        return redirect("wagtailusers_users:edit", person.pk)


class ResetFactorsView(View):
    """Lets somebody who has lost phone, key and codes sign in by password, to set up anew."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: str) -> HttpResponse:
        person = get_object_or_404(User, pk=pk)
        if reset_factors(person, by=request.user):
            messages.success(
                request, _("The second step is removed, and the person is signed out everywhere.")
            )
        return redirect("wagtailusers_users:edit", person.pk)


class AssignGroupAction(AssignRoleBulkAction):
    """Lets several people into a group that its doer is in; administrators are left out."""

    def check_perm(self, person: User) -> bool:
        return PersonPermissions(self.request.user).can_change(person)

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        form = super().get_form(form_class)
        limit_groups(form.fields["role"], PersonPermissions(self.request.user))
        return form


class ChangeStateAction(SetActiveStateBulkAction):
    """Disables or enables several accounts; administrators' are left out."""

    def check_perm(self, person: User) -> bool:
        return PersonPermissions(self.request.user).can_change(person)


class UserViewSet(users.UserViewSet):
    """People: made, edited and disabled here; see `people.forms`."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    copy_view_enabled = False  # a copy would have the rights of another

    def get_form_class(self, for_update: bool = False) -> type[BaseForm]:
        return EmployeeEditForm if for_update else EmployeeCreationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("edit/<int:pk>/end-sessions/", EndSessionsView.as_view(), name="end_sessions"),
            path("edit/<int:pk>/reset-factors/", ResetFactorsView.as_view(), name="reset_factors"),
        ]
