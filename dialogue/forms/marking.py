"""What an editor sends while they mark an excerpt: an act, the words selected, and how it is quoted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialogue.attributions import DETAIL_LENGTH, PROPOSABLE, detail_of
from dialogue.excerpts import RemovalReason

LAST_PLACE = 10**6  # no comment is as long
# What stands behind an act are places of its own, for a button beside words that are listed.
ACT = r"^(?P<name>show|use|keep|cut|remove|put_back|whole|renew)(?P<places>:\d{1,6}-\d{1,6})?$"
NOT_SENT = _("This cannot be read. Close the window, and open it again.")


class PlaceField(forms.IntegerField):
    """A place in the text, in characters as Python counts them; nothing selected is the beginning."""

    def __init__(self) -> None:
        super().__init__(
            required=False, min_value=0, max_value=LAST_PLACE, error_messages={"invalid": NOT_SENT}
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class MarkingForm(forms.Form):
    """One press on a button of the step in which an excerpt is marked."""

    act = forms.RegexField(ACT, error_messages={"invalid": NOT_SENT, "required": NOT_SENT})
    start = PlaceField()
    end = PlaceField()
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("Choose a reason")), *RemovalReason.choices],
        error_messages={"invalid_choice": NOT_SENT},
    )
    name_form = forms.ChoiceField(
        choices=[(form.value, form.label) for form in PROPOSABLE],
        error_messages={
            "invalid_choice": _("This form of the name cannot be chosen here. Choose another."),
            "required": _("This form of the name cannot be chosen here. Choose another."),
        },
    )
    name_detail = forms.CharField(
        label=_("Beside the role"),
        help_text=_("For example a unit or a place. Never what tells who it is."),
        required=False,
        max_length=DETAIL_LENGTH,
    )
    is_pinned = forms.BooleanField(
        label=_("Keep this wording"),
        help_text=_(
            "No other is proposed to you when the author changes the comment. Readers never get one unasked."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name, _colon, places = cleaned.get("act", "").partition(":")
        if places:
            cleaned["start"], cleaned["end"] = map(int, places.split("-"))
        if name == "remove" and not cleaned.get("reason"):
            raise ValidationError(_("Say why each of these words is removed: choose a reason from the list."))
        detail = detail_of(cleaned.get("name_form", ""), cleaned.get("name_detail", ""))
        return {**cleaned, "act": name, "name_detail": detail}

    @property
    def complaint(self) -> str:
        """The first thing that makes no sense, in a sentence."""
        return next((str(errors[0]) for errors in self.errors.values()), "")
