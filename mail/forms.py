"""Forms of what somebody is told: how often, and a link that they ask for by their address."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.actions import ask_for_mail, choose_mail, frequency_of
from mail.models import ChoicePlace, MailFrequency
from mail.outbox import offered_topics
from mail.passwords import PASSWORD
from people.models import Participant
from people.networks import network_digest


class MailForm(forms.Form):
    """Of what somebody is told, and how often: a field for each topic of which they may be told."""

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mail_fields = {f"mail_{topic.name}": topic for topic in offered_topics(participant)}
        for name, topic in self.mail_fields.items():
            self.fields[name] = forms.ChoiceField(
                label=gettext("Mail: %(topic)s") % {"topic": topic.label},
                choices=MailFrequency.choices,
                initial=frequency_of(participant, topic),
                required=False,  # a form opened before there was such a topic does not name it
            )

    def save(self, of: Callable[[], Participant], place: ChoicePlace) -> None:
        """Keep what was changed; `of` is asked only then, for whoever chooses something is a participant."""
        for name, topic in self.mail_fields.items():
            # Leaving a choice as it was is no choice: nobody has agreed to what they did not touch.
            if self.cleaned_data[name] not in {"", self.fields[name].initial}:
                choose_mail(of(), topic, MailFrequency(self.cleaned_data[name]), place=place)


class AskForLinkForm(ResetPasswordForm):
    """Allauth's form, which asks nobody whose address it is: the answer takes the same time for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    # In the place of allauth's, which looks the address up while the visitor waits (T18).
    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Note that a link is asked for. Raises `TooManyRequests`."""
        email = self.cleaned_data["email"]
        ask_for_mail(PASSWORD, email, network=network_digest(request))
        return email
