"""Forms of what somebody chooses for themselves: mail, consents, their account, to be forgotten."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import consents
from people.actions import (
    ErasureReason,
    choose_mail,
    frequency_of,
    has_consented,
    record_consent,
)
from people.addresses import AddressField
from people.models import (
    ConsentKind,
    ConsentPlace,
    MailFrequency,
    MailTopic,
    Participant,
    User,
)
from people.outbox import offered_topics


class MailForm(forms.Form):
    """Of what somebody is told, and how often: a field for each topic of which they may be told."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mail_fields = {f"mail_{topic}": topic for topic in offered_topics(participant)}
        for name, topic in self.mail_fields.items():
            self.fields[name] = forms.ChoiceField(
                label=gettext("Mail: %(topic)s") % {"topic": topic.label},
                choices=MailFrequency.choices,
                initial=frequency_of(participant, topic),
                required=False,  # a form opened before there was such a topic does not name it
            )

    def save(self, of: Callable[[], Participant], place: ConsentPlace) -> None:
        """Keep what was changed; `of` is asked only then, for whoever chooses something is a participant."""
        for name, topic in self.mail_fields.items():
            # Leaving a choice as it was is no choice: nobody has agreed to what they did not touch.
            if self.cleaned_data[name] not in {"", self.fields[name].initial}:
                choose_mail(of(), topic, MailFrequency(self.cleaned_data[name]), place=place)


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


class PreferencesForm(forms.ModelForm):
    """What people set for their account: the language in which we write to them."""

    class Meta:
        model = User
        fields = ("language",)
        labels = {"language": _("Language of the messages we send you")}
        widgets = {"language": forms.RadioSelect}
