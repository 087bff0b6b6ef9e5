"""What several forms have in common: boxes of consent, a trap for programs, the ticket, the words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.actions import CommentRefused, check_text
from dialogue.models.words import TEXT_MAX_LENGTH
from dialogue.tickets import Ticket, TicketExpired, TicketInvalid, is_too_fast
from portal.languages import language_choices
from privacy.consents import ConsentKind


def consent_box(kind: ConsentKind) -> forms.BooleanField:
    """Return the box by which somebody agrees; nobody has ticked it for them."""
    question = kind.question
    return forms.BooleanField(label=question.label, help_text=question.help_text, required=False)


def language_field(**more: Any) -> forms.ChoiceField:
    """Return the field in which somebody says in which language words are."""
    return forms.ChoiceField(
        label=_("Language of the words"),
        choices=language_choices,
        error_messages={
            "required": _("Choose a language from the list."),
            "invalid_choice": _("Choose a language from the list."),
        },
        **more,
    )


def as_field_error(check: Callable[[str], str], typed: str) -> str:
    """Return what a rule of the act makes of `typed`; what it refuses is an error of the field."""
    try:
        return check(typed)
    except CommentRefused as refusal:
        raise forms.ValidationError(str(refusal), code=refusal.code) from None


class TrappedForm(forms.Form):
    """A form with a field that people do not see, and programs fill in."""

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


class TicketForm(TrappedForm):
    """A form that is sent with the ticket that was issued for it."""

    ticket_key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    ticket_time = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    is_too_fast = False

    def read_ticket(self, subject: int | str, data: dict[str, Any]) -> None:
        """Take the ticket for `subject` out of what was sent, and refuse one that is too old or not ours."""
        self.ticket = Ticket(data.get("ticket_key") or "", data.get("ticket_time") or "")
        try:
            self.is_too_fast = is_too_fast(subject, self.ticket)
        except TicketExpired:
            raise forms.ValidationError(
                _("This form was open for too long. Your text is still here: please send it again."),
                code="expired",
            ) from None
        except TicketInvalid:
            raise forms.ValidationError(
                _("This form could not be recognised. Your text is still here: please send it again."),
                code="ticket",
            ) from None

    @property
    def signals(self) -> frozenset[str]:
        """What the form noticed, for screening and for moderators."""
        noticed = {"too_fast": self.is_too_fast, "honeypot": bool(self.cleaned_data.get("website"))}
        return frozenset(name for name, is_noticed in noticed.items() if is_noticed)


class WordsForm(forms.Form):
    """The words of a comment, as they may be stored."""

    text = forms.CharField(
        label=_("Comment"),
        strip=False,
        # Not `maxlength`: a browser would cut what somebody pastes, and say nothing.
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 8, "data-maxlength": TEXT_MAX_LENGTH}),
        error_messages={"required": _("Write your comment first.")},
    )

    def clean_text(self) -> str:
        return as_field_error(check_text, self.cleaned_data["text"])
