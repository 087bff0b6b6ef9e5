"""The form in which the person quoted says yes or no, and under which name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.actions import (
    REJOINDER_LENGTH,
    Refusal,
    answer_quotation,
    check_name,
    check_rejoinder,
    rejoin_quotation,
    take_back_one_quotation,
)
from dialogue.attributions import NameForm
from dialogue.forms.parts import as_field_error
from dialogue.origins import Origin
from dialogue.own_quotations import OwnQuotation
from mail.models import ChoicePlace
from people.models import Participant
from people.names import MAX_LENGTH as NAME_LENGTH

NAME_MISSING = _("Give the name under which you want to be quoted.")


class AnswerForm(forms.Form):
    """Yes or no to one quotation, by a button each; with a yes, the form of the name.

    A name that was typed and not chosen is refused: under the one that is chosen, more may be shown than its
    author wants.
    """

    answer = forms.ChoiceField(choices=[(one, one) for one in ("yes", "no")])
    name_form = forms.ChoiceField(
        label=_("Your name beside the words"),
        required=False,
        error_messages={"invalid_choice": _("Choose under which name you may be quoted.")},
    )
    own_name = forms.CharField(
        label=_("The other name"),
        required=False,
        max_length=NAME_LENGTH,
        strip=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, own: OwnQuotation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.names = own.names
        # Any form is taken: of two that look the same, one is shown, and the other may be what was proposed.
        self.fields["name_form"].choices = NameForm.choices
        quotation = own.quotation
        self.initial = {"name_form": quotation.attributed_form, "own_name": quotation.agreed_name}

    @property
    def chosen_form(self) -> str:
        """The form that is ticked."""
        return self["name_form"].value() or ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "yes" and "own_name" in cleaned:
            self._check_own_name(cleaned)
        return cleaned

    def _check_own_name(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned["own_name"]
        if cleaned.get("name_form") == NameForm.OWN:
            try:
                cleaned["own_name"] = as_field_error(check_name, typed)
            except forms.ValidationError as error:
                is_missing = error.code == Refusal.NO_NAME
                self.add_error("own_name", NAME_MISSING if is_missing else error)
        elif typed.strip() and typed != self.own.quotation.agreed_name:
            said = _("You typed a name and chose another. Choose “another name”, or empty this field.")
            self.add_error("own_name", said)

    def save(self, by: Participant, place: ChoicePlace) -> None:
        """Write the answer down. Raises `CommentRefused` where it comes too late, or is overtaken."""
        quotation, data = self.own.quotation, self.cleaned_data
        if data["answer"] == "yes":
            form = data["name_form"]
            answer_quotation(
                quotation,
                by=by,
                is_agreed=True,
                place=place,
                name_form=form,
                own_name=data["own_name"] if form == NameForm.OWN else "",
            )
        elif quotation.asked_at is None:
            take_back_one_quotation(quotation, by=by, place=place)
        else:
            answer_quotation(quotation, by=by, is_agreed=False, place=place)


class RejoinderForm(forms.Form):
    """A short reply of the person quoted, which stands with the quotation."""

    text = forms.CharField(
        label=_("Your reply"),
        strip=False,
        help_text=_(
            "At most 300 characters. It stands with the quotation, and below your comment; it is looked at "
            "like any comment."
        ),
        # Not `maxlength`: a browser would cut what somebody pastes, and say nothing.
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4, "data-maxlength": REJOINDER_LENGTH}),
        error_messages={"required": _("Write your reply first.")},
    )

    def clean_text(self) -> str:
        return as_field_error(check_rejoinder, self.cleaned_data["text"])

    def save(self, own: OwnQuotation, by: Participant, origin: Origin) -> None:
        """Send the reply. Raises `CommentRefused` where something stands against it."""
        rejoin_quotation(own.quotation, self.cleaned_data["text"], by=by, origin=origin)
