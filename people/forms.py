"""Forms of sign-in, of one's own account, and of the administrators' screens for people."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, UserTokenForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.signing import BadSignature, Signer
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm
from wagtail.users.models import UserProfile

from people import consents
from people.actions import (
    ErasureReason,
    ask_for_mail,
    choose_mail,
    frequency_of,
    has_consented,
    record_consent,
)
from people.addresses import AddressField
from people.factors import MFAAdapter, use_code
from people.groups import is_name_of_another
from people.mail import PASSWORD
from people.models import (
    ConsentKind,
    ConsentPlace,
    GroupProfile,
    MailFrequency,
    MailTopic,
    Participant,
    User,
)
from people.networks import network_digest
from people.outbox import offered_topics
from people.permissions import PersonPermissions, permissions_of

ACCOUNT_FIELDS = {"role_label", "language"}
SIGN_IN_FIELDS = ("username", "email", "password1", "password2")


class SignInForm(LoginForm):
    """Allauth's form, which keeps what was typed; it names the field as people would."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or user name")
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["password"].help_text = ""  # the page links to the reset
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AskForLinkForm(ResetPasswordForm):
    """Allauth's form, which asks nobody whose address it is: the answer takes the same time for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Note that a link is asked for. Raises `TooManyRequests`."""
        email = self.cleaned_data["email"]
        ask_for_mail(PASSWORD, email, network=network_digest(request))
        return email


class ActiveUserTokenForm(UserTokenForm):
    """A link that was sent before an account was disabled no longer works."""

    def _get_user(self, uidb36: str) -> User | None:
        user = super()._get_user(uidb36)
        return user if user and user.is_active and not user.signs_in_by_provider else None


class MailChoicesMixin:
    """A field for each topic of which somebody may be told: how often."""

    def add_mail_fields(self, participant: Participant) -> None:
        self.mail_fields = {f"mail_{topic}": topic for topic in offered_topics(participant)}
        for name, topic in self.mail_fields.items():
            self.fields[name] = forms.ChoiceField(
                label=gettext("Mail: %(topic)s") % {"topic": topic.label},
                choices=MailFrequency.choices,
                initial=frequency_of(participant, topic),
                required=False,  # a form opened before there was such a topic does not name it
            )

    def keep_choices(self, of: Callable[[], Participant], place: ConsentPlace) -> None:
        for name, topic in self.mail_fields.items():
            # Leaving a choice as it was is no choice: nobody has agreed to what they did not touch.
            if self.cleaned_data[name] not in {"", self.fields[name].initial}:
                choose_mail(of(), topic, MailFrequency(self.cleaned_data[name]), place=place)


class GuestMailForm(MailChoicesMixin, forms.Form):
    """Of what a guest is told, and how often."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participant = participant
        self.add_mail_fields(participant)

    def save(self) -> None:
        self.keep_choices(lambda: self.participant, ConsentPlace.PAGE)


class ConsentForm(forms.Form):
    """What somebody agrees to for whatever they say here, given and taken back by a box each.

    Nothing is offered of which nothing follows yet: being asked is there for those who have agreed to it, to
    take it back.
    """

    may_ask = forms.BooleanField(label=consents.ASK.label, help_text=consents.ASK.help_text, required=False)
    tell_outcomes = forms.BooleanField(
        label=consents.OUTCOMES.label, help_text=consents.OUTCOMES.help_text, required=False
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "may_ask": has_consented(participant, ConsentKind.ASK),
            "tell_outcomes": has_consented(participant, ConsentKind.OUTCOMES),
        }
        if not self.initial["may_ask"]:
            del self.fields["may_ask"]

    def save(self, participant: Participant, place: ConsentPlace) -> None:
        with transaction.atomic():
            if "may_ask" in self.changed_data:
                record_consent(participant, ConsentKind.ASK, is_given=False, place=place)
            if "tell_outcomes" in self.changed_data:
                is_wished = self.cleaned_data["tell_outcomes"]
                frequency = MailFrequency.IMMEDIATE if is_wished else MailFrequency.NEVER
                choose_mail(participant, MailTopic.OUTCOMES, frequency, place=place)


class ErasureForm(forms.Form):
    """The last word before somebody is forgotten. It names the person, so that the second time is known."""

    SALT = "people.erase"

    person = forms.CharField(required=False, widget=forms.HiddenInput)
    is_sure = forms.BooleanField(
        label=_("Yes, erase everything. I know that it cannot be undone."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = f"user_id:{participant.user_id}" if participant.user_id else f"pk:{participant.pk}"
        self.initial["person"] = Signer(salt=self.SALT).sign(who)

    @classmethod
    def is_about_erased(cls, data: QueryDict) -> bool:
        """Whether the form that was sent names somebody who is forgotten by now."""
        try:
            name, value = Signer(salt=cls.SALT).unsign(data.get("person", "")).split(":")
        except BadSignature:
            return False
        return Participant.objects.filter(**{name: value}, erasure__isnull=False).exists()


class ErasureReasonForm(forms.Form):
    """Why staff forget somebody, and that they are sure."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose the reason")), *ErasureReason.choices],
        error_messages={"required": _("Choose the reason: it is written into the log.")},
    )
    is_sure = forms.BooleanField(
        label=_("Yes, erase everything about this person. I know that it cannot be undone."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )


class AddressForm(forms.Form):
    """An address alone."""

    email = AddressField()


class PreferencesForm(MailChoicesMixin, forms.ModelForm):
    """What people set for themselves: the language in which we write to them, of what, and how often."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Looking writes nothing: somebody who has not spoken yet is no participant, and may never be one.
        known = Participant.objects.filter(user=self.instance).first() or Participant(user=self.instance)
        self.add_mail_fields(known)

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        self.keep_choices(lambda: Participant.of(user), ConsentPlace.ACCOUNT)
        return user

    class Meta:
        model = User
        fields = ("language",)
        labels = {"language": _("Language of the messages we send you")}
        widgets = {"language": forms.RadioSelect}


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
    """Let a field offer the groups that somebody may give, and say why another is refused."""
    field.queryset = tester.groups_to_give()
    field.error_messages["invalid_choice"] = _("You can give only the groups that you are in yourself.")


class RightsOfGroupForm(GroupForm):
    """Offers `by`, who fills the form in, the rights that they have; a group keeps its others."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["permissions"]
        # By this name Wagtail 8.0 knows what the form may take away: look again with the next.
        self.registered_permissions = self.registered_permissions.filter(
            pk__in=permissions_of(by).values("pk")
        )
        field.queryset = self.registered_permissions.select_related("content_type")
        field.error_messages["invalid_choice"] = _("You can give only the rights that you have yourself.")


class PortalGroupForm(RightsOfGroupForm):
    """The form for a group, with its name in the other languages.

    The portal's own names are left to its own groups, which are translated until somebody renames them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = getattr(self.instance, "profile", None)
        for code, language in settings.LANGUAGES:
            if code != settings.LANGUAGE_CODE:
                self.fields[f"name_{code}"] = forms.CharField(
                    label=format_lazy("{} ({})", _("Name"), _(language)),
                    max_length=Group._meta.get_field("name").max_length,
                    required=False,
                    initial=profile.names.get(code, "") if profile else "",
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
        help_text=_("The person gets a link by e-mail, in their language, and chooses a password."),
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
        help_text=_("By e-mail, in the person's language."),
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


class OneCodeMixin:
    """One field for a code. Allauth checks it; here it is refused where it was used before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs.update({"inputmode": "numeric", "autocapitalize": "none"})

    def clean_code(self) -> str:
        code = super().clean_code()
        if not use_code(self.user, code):
            raise MFAAdapter().validation_error("incorrect_code")
        return code


class AppForm(OneCodeMixin, ActivateTOTPForm):
    """The first code of an app shows that it has understood."""


class CodeForm(OneCodeMixin, AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""


class CodeAgainForm(OneCodeMixin, ReauthenticateForm):
    """The same, before something that matters is changed."""


class PasskeyMixin:
    """Whatever stands in place of what a browser makes is refused like any wrong passkey.

    Allauth 65.21 reads some of it before it has looked whether it is there: look again with the next.
    """

    def refusing_nonsense(self, clean: Callable[[], Any]) -> Any:
        try:
            return clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise MFAAdapter().validation_error("incorrect_code") from error

    def clean_credential(self) -> Any:
        return self.refusing_nonsense(super().clean_credential)


class PasskeySignInForm(PasskeyMixin, LoginWebAuthnForm):
    """A passkey instead of name and password."""


class PasskeyStepForm(PasskeyMixin, AuthenticateWebAuthnForm):
    """A passkey as the second step of signing in."""


class PasskeyAgainForm(PasskeyMixin, ReauthenticateWebAuthnForm):
    """A passkey before something that matters is changed."""


class PasskeyForm(PasskeyMixin, AddWebAuthnForm):
    """What the browser has made, and a name for it. It must have checked the person: it signs in alone."""

    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("By which you will know it, for example “Blue key”.")
        self.fields["name"].validators.append(MaxLengthValidator(80))

    def clean_credential(self) -> dict[str, Any]:
        return self.cleaned_data["credential"]  # looked at in `clean`, with the rest

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return self.refusing_nonsense(super().clean)
