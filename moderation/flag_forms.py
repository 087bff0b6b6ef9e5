"""The form in which a reader flags a comment."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue import markup
from dialogue.forms import TicketForm
from moderation.models import FLAG_TEXT_MAX_LENGTH, FlagReason
from people.addresses import AddressField
from people.names import clean_name
from portal.formats import write_number


def words_field(label: str | Promise, help_text: str | Promise = "") -> forms.CharField:
    """Return a field for some lines in a reader's own words; no browser cuts what they paste."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
    )


class FlagForm(TicketForm):
    """What somebody holds against a comment; whoever is not known says who they are where they want to."""

    reason_code = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=FlagReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong with it."),
            "invalid_choice": _("Choose a reason from the list."),
        },
    )
    text = words_field(_("In your own words"), _("Read by moderators alone. Needed for “something else”."))
    law = words_field(_("Which law does it break, or why is it illegal?"))
    place = words_field(
        _("Which words are illegal?"), _("Copy them here. Left empty, you mean the comment as a whole.")
    )
    concerns_children = forms.BooleanField(
        label=_("It is about sexual abuse of children: I say nothing of who I am"),
        help_text=_("Then we need neither your name nor your address."),
        required=False,
    )
    is_in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is right and complete"), required=False
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        required=False,
        help_text=_("Seen by moderators alone. Needed, with your name, for illegal content."),
    )
    wants_result = forms.BooleanField(label=_("Tell me by email what became of it"), required=False)

    def __init__(self, *args: Any, subject: str, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if is_known:
            del self.fields["name"], self.fields["email"], self.fields["concerns_children"]

    def clean_text(self) -> str:
        return self._words("text")

    def clean_place(self) -> str:
        return self._words("place")

    def clean_law(self) -> str:
        return self._words("law")

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._ask_for_what_the_reason_needs(data)
        if data.get("wants_result") and "email" in self.fields and not data.get("email"):
            self._complain("email", _("Give your email address, so that we can tell you."))
        # Last, for it raises: what is missing is to be said as well.
        self.read_ticket(self.subject, data)
        return data

    def _words(self, name: str) -> str:
        text = self.cleaned_data[name]
        # Far too long is refused by its length alone, before anything reads it.
        if len(text) <= 2 * FLAG_TEXT_MAX_LENGTH:
            text = markup.normalise(text)
        if len(text) > FLAG_TEXT_MAX_LENGTH:
            raise forms.ValidationError(
                _("Your text has %(length)s characters; at most %(limit)s are possible."),
                code="max_length",
                params={"length": write_number(len(text)), "limit": write_number(FLAG_TEXT_MAX_LENGTH)},
            )
        return "" if markup.is_blank(text) else text

    def _ask_for_what_the_reason_needs(self, data: dict[str, Any]) -> None:
        reason = data.get("reason_code")
        if reason == FlagReason.OTHER and not data.get("text"):
            self._complain("text", _("Say in a few words what is wrong with it."))
        if reason != FlagReason.ILLEGAL:
            return
        needed = {
            "law": _("Say which law it breaks, or why it is illegal."),
            "is_in_good_faith": _("For illegal content we need this statement."),
        }
        # As the law on digital services has it (article 16 of the European regulation 2022/2065).
        if not data.get("concerns_children"):
            needed |= {
                "name": _("For illegal content we need your name."),
                "email": _("For illegal content we need your email address."),
            }
        for name, message in needed.items():
            if name in self.fields and not data.get(name):
                self._complain(name, message)

    def _complain(self, name: str, message: str | Promise) -> None:
        """Name what is missing, where nothing worse was said of that field."""
        if name not in self.errors:
            self.add_error(name, message)
