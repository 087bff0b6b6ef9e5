"""Forms of the administrators' screens for people and groups."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm
from wagtail.users.models import UserProfile

from people.addresses import AddressField
from people.groups import is_name_of_another, profile_of, purpose_of
from people.models import (
    GroupProfile,
    User,
)
from people.permissions import PersonPermissions, permissions_of

ACCOUNT_FIELDS = {"role_label_fr", "role_label_en", "language"}
SIGN_IN_FIELDS = ("username", "email", "password1", "password2")


class AddressIsOneMixin:
    """Takes an address to which mail can be sent, and keeps it so that two spellings are never two people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


class GiveWhatOneHasMixin:
    """Offers `by`, who fills the form in, the groups that they may give; the others stay as they are."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tester = PersonPermissions(by)
        limit_groups(self.fields["groups"], self.tester)
        may_give = self.tester.can_make_administrators()
        # One that was sent all the same is refused with a sentence.
        if not may_give and not self.data.get(self.add_prefix("is_superuser")):
            self.fields.pop("is_superuser", None)

    def clean_is_superuser(self) -> bool:
        is_wished = self.cleaned_data["is_superuser"]
        if is_wished and not self.tester.can_make_administrators():
            raise forms.ValidationError(_("Only an administrator can make somebody an administrator."))
        return is_wished

    def clean_groups(self) -> QuerySet[Group]:
        chosen = self.cleaned_data["groups"]
        if self.instance.pk is None:
            return chosen
        offered = self.tester.groups_to_give()
        kept = self.instance.groups.exclude(pk__in=offered.values("pk"))
        return Group.objects.filter(Q(pk__in=chosen.values("pk")) | Q(pk__in=kept.values("pk")))


def limit_groups(field: forms.ModelChoiceField, tester: PersonPermissions) -> None:
    """Let a field offer the groups that somebody may give, what each is for, and why another is refused."""
    field.queryset = tester.groups_to_give().select_related("profile")
    field.label_from_instance = label_of_group  # type: ignore[method-assign]
    field.error_messages["invalid_choice"] = _("You can give only the groups that you are in yourself.")


def label_of_group(group: Group) -> str:
    """Return what a group is called and, of those of the portal, a sentence on what it is for."""
    purpose = purpose_of(group)
    return f"{group} – {purpose}" if purpose else str(group)


class PortalGroupForm(GroupForm):
    """The form for a group, with its name in the other languages.

    It offers `by`, who fills it in, the rights that they have; a group keeps its others. The portal's own
    names are left to its own groups, which are translated until somebody renames them.
    """

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["permissions"]
        # By this name Wagtail 8.0 knows what the form may take away: look again with the next.
        self.registered_permissions = self.registered_permissions.filter(
            pk__in=permissions_of(by).values("pk")
        )
        field.queryset = self.registered_permissions.select_related("content_type")
        field.error_messages["invalid_choice"] = _("You can give only the rights that you have yourself.")
        names = profile_of(self.instance).names
        for code, language in settings.LANGUAGES:
            if code != settings.LANGUAGE_CODE:
                self.fields[f"name_{code}"] = forms.CharField(
                    label=format_lazy("{} ({})", _("Name"), _(language)),
                    max_length=Group._meta.get_field("name").max_length,
                    required=False,
                    initial=names.get(code, ""),
                    help_text=_("Empty: the same as above."),
                )

    @property
    def other_names(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("name_")]

    def save(self, commit: bool = True) -> Group:
        group = super().save(commit)
        names = {
            field.name.removeprefix("name_"): self.cleaned_data[field.name] for field in self.other_names
        }
        names = {code: name for code, name in names.items() if name}
        if names or hasattr(group, "profile"):
            GroupProfile.objects.update_or_create(group=group, defaults={"names": names})
        return group

    def clean_name(self) -> str:
        name = super().clean_name()
        if is_name_of_another(name, self.instance):
            raise forms.ValidationError(_("A group of the portal is called so. Choose another name."))
        return name


class EmployeeCreationForm(GiveWhatOneHasMixin, AddressIsOneMixin, UserCreationForm):
    """An account is made with a password, or with an invitation by which the person chooses one."""

    password_required = False

    send_invitation = forms.BooleanField(
        label=_("Send an invitation"),
        required=False,
        initial=True,
        help_text=_("The person gets a link by email, in their language, and chooses a password."),
    )

    without_group = forms.BooleanField(
        label=_("Without a group"),
        required=False,
        help_text=_("The person signs in and speaks under their own name, and may do nothing more."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("Only if you do not send an invitation.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            not cleaned.get("send_invitation")
            and not cleaned.get("password1")
            and "password1" not in self.errors
        ):
            self.add_error("password1", _("Type a password, or send an invitation."))
        is_given_rights = cleaned.get("groups") or cleaned.get("is_superuser")
        if not (is_given_rights or cleaned.get("without_group") or "groups" in self.errors):
            self.add_error("groups", _("Choose what this person may do, or tick “Without a group” below."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()  # until the form's own password, or the person's
        user = super().save(commit=commit)
        if commit:
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": user.language})
        return user

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | ACCOUNT_FIELDS


class EmployeeEditForm(GiveWhatOneHasMixin, AddressIsOneMixin, UserEditForm):
    """Disabling an account ends its sessions; what the person said stays."""

    send_invitation = forms.BooleanField(
        label=_("Send a link to choose a new password"),
        required=False,
        help_text=_("By email, in the person's language."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_active" in self.fields:
            self.fields["is_active"].help_text = _(
                "Untick to disable the account: the person is signed out at once and cannot sign in "
                "any more. What they wrote stays."
            )
        if not self.tester.can_change_sign_in(self.instance):
            for name in SIGN_IN_FIELDS:
                self.fields[name].disabled = True
            self.fields["email"].help_text = _(
                "This person may do more than you: only an administrator changes how they sign in."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("send_invitation") and self.instance.signs_in_by_provider:
            self.add_error(
                "send_invitation",
                _("This person signs in with the organisation’s provider, and has no password."),
            )
        elif cleaned.get("send_invitation") and not cleaned.get("is_active", True):
            self.add_error(
                "send_invitation", _("This account is disabled. Enable it before you send an invitation.")
            )
        return cleaned

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | ACCOUNT_FIELDS
