"""Forms of the moderator, for a decision on one comment and on many; and the reader's, to flag one."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue import markup
from dialogue.actions import check_text
from dialogue.forms import TicketForm, language_field
from dialogue.forms.parts import as_field_error
from dialogue.models import Comment, CommentStatus
from dialogue.models.words import TEXT_MAX_LENGTH
from moderation.models import (
    FLAG_TEXT_MAX_LENGTH,
    REASON_TEXT_MAX_LENGTH,
    FlagReason,
    Reason,
    ScreeningTerm,
    TermKind,
    Verb,
)
from people.addresses import AddressField
from people.names import clean_name
from portal.formats import write_number

MAX_SELECTED = 200  # four times what a page of the list shows
MOST_OF_LIST = 1_000_000  # characters


class SeenForm(forms.Form):
    """What the moderator had before their eyes, so that nothing is decided on something else."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=CommentStatus.choices, widget=forms.HiddenInput)


class AnswerForm(SeenForm):
    """What is decided while an appeal waits: it answers the one that the moderator had before their eyes."""

    # Up to what a key can be, as `KeepForm.last_flag`.
    appeal = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)


class LanguageForm(forms.Form):
    """In which language the words are that the moderator had before their eyes."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words_language = language_field()


class KeepForm(SeenForm):
    """What readers held against the comment, up to the last flag that the moderator saw."""

    # Up to what a key can be: a larger number would be a fault of the database (R36).
    last_flag = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


# What a moderator writes beside a decision: for whom, and what becomes of it.
FOR_AUTHOR = (
    _("What the author is told"),
    _("The author reads it word for word, by e-mail or beside the comment. Needed for “another reason”."),
)
FOR_COLLEAGUES = (
    _("Note for colleagues"),
    _("Kept with the decision, never mailed. The author gets it only in a copy of all data about them."),
)


def decision_field(label: str | Promise, help_text: str | Promise) -> forms.CharField:
    """Return the field for some lines that a moderator writes beside a decision."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=REASON_TEXT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
        help_text=help_text,
    )


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
    reason_text = decision_field(*FOR_AUTHOR)
    note = decision_field(*FOR_COLLEAGUES)

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("reason_code") == Reason.OTHER and not data.get("reason_text"):
            self.add_error("reason_text", _("Say in a few words what the other reason is."))
        return data


class UpholdForm(AnswerForm):
    """That a decision stands: its author, who appealed with words, is owed words."""

    reason_text = decision_field(
        _("What the author is told"), _("Why the decision stands. The author reads it word for word.")
    )
    note = decision_field(*FOR_COLLEAGUES)

    def clean_reason_text(self) -> str:
        text = str(self.cleaned_data["reason_text"])
        if not text:
            raise forms.ValidationError(_("Say to the author why the decision stands."))
        return text


class AppealForm(forms.Form):
    """Why an author thinks that somebody should look again."""

    text = forms.CharField(
        label=_("Why should somebody look again?"),
        help_text=_("Read by moderators alone. Your comment stays as it is, word for word."),
        strip=False,
        required=False,  # what is blank is refused below, whether of nothing or of spaces
        # Not `maxlength`: a browser would cut what somebody pastes, and say nothing.
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 8, "data-maxlength": TEXT_MAX_LENGTH}),
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if markup.is_blank(text):
            raise forms.ValidationError(_("Say in a few words why somebody should look again."))
        return as_field_error(check_text, text)


def write_seen(comment: Comment) -> str:
    """Return what a tick of the list says of its row: which comment, and in what state it is seen."""
    return f"{comment.public_id}:{comment.version}:{comment.status}"


def parse_seen(value: str) -> tuple[str, int, str] | None:
    """Read what a tick of the list says of its row; None where it says nothing sensible."""
    public_id, _colon, rest = value.partition(":")
    version, _colon, status = rest.partition(":")
    # Other digits than ASCII's, and more than the column holds, are nothing that our list wrote.
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
    reason_text = decision_field(*FOR_AUTHOR)
    note = decision_field(*FOR_COLLEAGUES)

    @property
    def justification(self) -> dict[str, str]:
        """Return why, for the act: no reason goes with one that needs none, and none is told."""
        data = self.cleaned_data
        if not Verb(data["verb"]).needs_reason:
            return {"note": data["note"]}
        return {name: data[name] for name in ("reason_code", "reason_text", "note")}


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
    wants_result = forms.BooleanField(label=_("Tell me by e-mail what became of it"), required=False)

    def __init__(self, *args: Any, subject: str, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if is_known:
            del self.fields["name"], self.fields["email"]

    def clean_text(self) -> str:
        return self._words("text")

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


class TermImportForm(forms.Form):
    """A list of screening terms, pasted or as a file; what a line does not say, the form does."""

    text = forms.CharField(
        label=_("Terms"),
        help_text=_("A term on each line; or a table with the columns term, kind, language and note."),
        required=False,
        max_length=MOST_OF_LIST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("A text file, or a CSV file such as the export of this list."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind, where a line says none"), choices=TermKind.choices, initial=TermKind.SUSPECT
    )
    language = forms.ChoiceField(
        label=_("Language, where a line says none"),
        choices=[("", _("Any")), *ScreeningTerm._meta.get_field("language").flatchoices],
        required=False,
    )

    def clean_file(self) -> str:
        """Return the words of the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_OF_LIST:
            raise forms.ValidationError(_("This file is too large: import it in parts."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(
                _("This is no text file in UTF-8. Save it as “CSV UTF-8”, or paste its lines.")
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text = data.get("file") or data.get("text", "")
        if not text.strip() and not self.errors:
            raise forms.ValidationError(_("Paste a list, or choose a file."))
        return {**data, "text": text}

    def put_back(self) -> None:
        """Let the list be shown again in the field, also where it came as a file."""
        self.data = self.data.copy()
        self.data["text"] = self.cleaned_data["text"]
