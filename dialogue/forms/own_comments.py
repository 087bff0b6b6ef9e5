"""What somebody looks up and chooses on the page of their own comments."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue import consents, topics
from dialogue.forms.parts import consent_box
from dialogue.querysets import MAX_WORDS, CommentQuerySet
from mail.actions import choose_mail
from mail.models import ChoicePlace, MailFrequency
from people.models import Participant
from privacy.actions import has_consented, record_consent


class OwnCommentsForm(forms.Form):
    """Which of one's own comments are listed: all, unless it is narrowed."""

    STATES = {
        "waiting": CommentQuerySet.waiting,
        "published": CommentQuerySet.published,
        "refused": CommentQuerySet.refused,
        "withdrawn": CommentQuerySet.withdrawn,
        "quotable": CommentQuerySet.quotable,
    }

    words = forms.CharField(label=_("With these words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("Where they stand"),
        required=False,
        choices=[
            ("", _("All")),
            ("waiting", pgettext_lazy("comments", "Waiting")),
            ("published", pgettext_lazy("comments", "Published")),
            ("refused", _("Not published, or removed")),
            ("withdrawn", _("Withdrawn by you")),
            ("quotable", _("Those that we may quote")),
        ],
    )
    voice = forms.ChoiceField(
        label=_("In whose name"),
        required=False,
        choices=[("", _("All")), ("self", _("In your own")), ("organisation", _("For the organisation"))],
    )

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for, by the name of the field; nothing of what could not be understood."""
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def narrow(self, comments: CommentQuerySet) -> CommentQuerySet:
        """Return those of `comments` that were asked for."""
        wanted = self.chosen
        for word in wanted.get("words", "").split()[:MAX_WORDS]:
            comments = comments.filter(text__icontains=word)
        if state := wanted.get("state"):
            comments = self.STATES[state](comments)
        if voice := wanted.get("voice"):
            comments = comments.in_own_name() if voice == "self" else comments.for_organisation()
        return comments


class ConsentForm(forms.Form):
    """What somebody agrees to for whatever they say here, given and taken back by a box each.

    Whoever takes back that they may be asked is written to no more about it; what they were asked already,
    they can still answer.
    """

    may_ask = consent_box(consents.ASK)
    tell_outcomes = consent_box(consents.OUTCOMES)

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "may_ask": has_consented(participant, consents.ASK),
            "tell_outcomes": has_consented(participant, consents.OUTCOMES),
        }

    def save(self, participant: Participant, place: ChoicePlace) -> None:
        with transaction.atomic():
            if "may_ask" in self.changed_data:
                is_given = self.cleaned_data["may_ask"]
                record_consent(participant, consents.ASK, is_given=is_given, place=place)
            if "tell_outcomes" in self.changed_data:
                is_wished = self.cleaned_data["tell_outcomes"]
                frequency = MailFrequency.IMMEDIATE if is_wished else MailFrequency.NEVER
                # The consent is written by what hears of it (`mail_chosen`), not here a second time.
                choose_mail(participant, topics.OUTCOMES, frequency, place=place)
