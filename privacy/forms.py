"""Forms by which somebody is found, and forgotten."""

from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.addresses import AddressField
from people.models import Participant
from privacy.actions import ErasureReason


class ErasureForm(forms.Form):
    """The last word before somebody is forgotten. It names the person, so that the second time is known."""

    SALT = "privacy.erase"

    person = forms.CharField(required=False, widget=forms.HiddenInput)
    is_sure = forms.BooleanField(
        label=_("Yes, erase everything. I know that it cannot be undone."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the account where there is one: its participant may be made by the erasure alone.
        who = f"user_id:{participant.user_id}" if participant.user_id else f"pk:{participant.pk}"
        self.initial["person"] = Signer(salt=self.SALT).sign(who)

    @classmethod
    def is_about_erased(cls, data: QueryDict) -> bool:
        """Whether the form that was sent names somebody who is forgotten by now."""
        try:
            name, value = Signer(salt=cls.SALT).unsign(data.get("person", "")).split(":")
        except BadSignature:
            return False
        # Which field it is comes signed from us, and from nobody else.
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


class NameForm(forms.Form):
    """Which of a guest's names is wrong, and how it should be."""

    former = forms.ChoiceField(label=_("Name to correct"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("As it should be"), max_length=80)

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["former"].choices = [(name, name) for name in names]
        self.fields["former"].initial = names[0] if names else None


class AddressForm(forms.Form):
    """An address alone."""

    email = AddressField()
