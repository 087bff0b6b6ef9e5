"""Forms of the moderator: a decision on one comment, and one on many."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.models import CommentStatus
from moderation.models import REASON_TEXT_MAX_LENGTH, Reason, Verb

MAX_SELECTED = 200  # four times what a page of the list shows


class SeenForm(forms.Form):
    """What the moderator had before their eyes, so that nothing is decided on something else."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=CommentStatus.choices, widget=forms.HiddenInput)


class ReasonedDecisionForm(SeenForm):
    """A decision that its author is owed a reason for."""

    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Reason.choices],
        error_messages={
            "required": _("Choose a reason."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    reason_text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=REASON_TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the decision. Needed for “another reason”."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("reason_code") == Reason.OTHER and not data.get("reason_text"):
            self.add_error("reason_text", _("Say in a few words what the other reason is."))
        return data


def parse_seen(value: str) -> tuple[str, int, str] | None:
    """Read what a tick of the list says of its row; None where it says nothing sensible."""
    public_id, _colon, rest = value.partition(":")
    version, _colon, status = rest.partition(":")
    if not (public_id and version.isascii() and version.isdigit() and len(version) < 10):
        return None
    if status not in CommentStatus.values:
        return None
    return public_id, int(version), status


class BulkDecisionForm(forms.Form):
    """One decision, and the reason for it, on every ticked row."""

    verb = forms.ChoiceField(choices=[(Verb.PUBLISH, Verb.PUBLISH), (Verb.REJECT, Verb.REJECT)])
    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose a reason")), *Reason.choices], required=False
    )
    reason_text = forms.CharField(
        label=_("In your own words"), required=False, max_length=REASON_TEXT_MAX_LENGTH
    )
