"""Forms of the moderator, for a decision on one comment and on many; and the author's, to appeal."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue import markup
from dialogue.actions import check_text
from dialogue.forms import language_field
from dialogue.forms.parts import as_field_error
from dialogue.models import Comment, CommentStatus
from dialogue.models.words import TEXT_MAX_LENGTH
from moderation.models import (
    REASON_TEXT_MAX_LENGTH,
    Reason,
    ScreeningTerm,
    TermKind,
    Verb,
)

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
    _("The author reads it word for word, by email or beside the comment. Needed for “another reason”."),
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


NO_APPEAL = _("Say in a few words why somebody should look again.")


class AppealForm(forms.Form):
    """Why an author thinks that somebody should look again."""

    text = forms.CharField(
        label=_("Why should somebody look again?"),
        help_text=_("Read by moderators alone. Your comment stays as it is, word for word."),
        strip=False,
        # Not `maxlength`: a browser would cut what somebody pastes, and say nothing.
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 8, "data-maxlength": TEXT_MAX_LENGTH}),
        error_messages={"required": NO_APPEAL},
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if markup.is_blank(text):
            raise forms.ValidationError(NO_APPEAL)
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
