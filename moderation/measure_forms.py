"""Forms of the moderator about a person: a note for colleagues, and a measure."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from dialogue.models import Comment
from moderation.actions import Justification, Scope
from moderation.forms import decision_field
from moderation.models import NOTE_MAX_LENGTH, MeasureKind, Reach, Reason
from moderation.permissions import MeasurePermissionTester
from moderation.section_forms import conversation_sections
from people.models import User
from portal.languages import name_language
from portal.permissions import Audience, audience_of

KINDS = (
    (
        MeasureKind.WARNING,
        gettext_lazy("Warn"),
        gettext_lazy("A message that asks them to keep to the rules. Nothing else changes."),
    ),
    (
        MeasureKind.HOLDING,
        gettext_lazy("Hold every comment"),
        gettext_lazy("All that they say waits for a moderator, until the day below or until it is lifted."),
    ),
    (
        MeasureKind.SUSPENSION,
        gettext_lazy("Suspend"),
        gettext_lazy("They read on, and cannot comment until the end of the day below."),
    ),
    (
        MeasureKind.BAN,
        gettext_lazy("Ban"),
        gettext_lazy("They read on, and cannot comment any more, or until the day below."),
    ),
)


class NoteForm(forms.Form):
    """A note for colleagues, on a comment or on its author."""

    text = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
        error_messages={"required": gettext_lazy("Write your note first.")},
        help_text=gettext_lazy(
            "Read by whoever decides on this comment. Its author gets it only in a copy of all their data."
        ),
    )
    is_about_author = forms.BooleanField(
        label=gettext_lazy("It is about the person: show it beside all that they said"), required=False
    )


class MeasureForm(forms.Form):
    """What is to be done about the author of a comment, where, why, and until when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Measure"),
        choices=[(kind.value, label) for kind, label, _help in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a measure.")},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Until the end of"),
        required=False,
        # As browsers send it, whatever the language.
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy(
            "Needed to suspend. Without a day, holding and a ban last until somebody lifts them."
        ),
        error_messages={"invalid": gettext_lazy("Write the day as 2026-12-31.")},
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Where"),
        error_messages={"invalid_choice": gettext_lazy("Choose where from the list.")},
    )
    reason_code = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose a reason")), *Reason.choices],
        error_messages={
            "required": gettext_lazy("Choose a reason."),
            "invalid_choice": gettext_lazy("Choose a reason from the list."),
        },
    )
    reason_text = decision_field(gettext_lazy("What the person is told"), "")
    note = decision_field(
        gettext_lazy("Note for colleagues"),
        gettext_lazy("Kept with the measure, never mailed. They get it only in a copy of all their data."),
    )

    def __init__(self, *args: Any, comment: Comment, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.comment, self.by = comment, by
        self.fields["scope"].choices = [(key, label) for key, label, _scope in self.scopes]
        self.fields["scope"].initial = self._narrowest()
        language = name_language(comment.participant.mail_language)
        self.fields["reason_text"].help_text = _(
            "They read it word for word, by email and on their page, and read the portal in %(language)s. "
            "Needed for “another reason”."
        ) % {"language": language}

    @property
    def explained_kinds(self) -> list[tuple[Any, str | Promise]]:
        """Each radio button of the measures, with a sentence on what it does."""
        return [(button, text) for button, (_kind, _label, text) in zip(self["kind"], KINDS, strict=True)]

    @cached_property
    def scopes(self) -> list[tuple[str, str, Scope]]:
        """Where this moderator may take a measure: a key, a label and what it stands for, of each choice."""
        tester = MeasurePermissionTester(self.comment, self.by)
        wide = [
            (reach.value, capfirst(str(reach.label)), Scope(reach))
            for reach in (Reach.EVERYWHERE, Reach.PUBLIC)
            if tester.can_offer(reach, None)
        ]
        return [*wide, *_narrow(tester, conversation_sections())]

    def _narrowest(self) -> str:
        """Return what is chosen at first: where everybody reads or, for what fewer read, its own section."""
        keys = [key for key, _label, _scope in self.scopes]
        if audience_of(self.comment.page) == Audience.PUBLIC and Reach.PUBLIC in keys:
            return Reach.PUBLIC
        own = (
            key
            for key, _label, scope in self.scopes
            if scope.section and self.comment.page.path.startswith(scope.section.path)
        )
        return next(own, keys[0] if keys else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("reason_code") == Reason.OTHER and not data.get("reason_text"):
            self.add_error("reason_text", _("Say in a few words what the other reason is."))
        if data.get("kind") == MeasureKind.SUSPENSION and not data.get("last_day") and "last_day" in data:
            self.add_error("last_day", _("Say until which day they are suspended."))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """Return what the act takes beside the comment, the measure and the person."""
        data = self.cleaned_data
        return {
            "scope": next(scope for key, _label, scope in self.scopes if key == data["scope"]),
            "why": Justification(data["reason_code"], data["reason_text"], data["note"]),
            "last_day": data["last_day"],
        }


def _narrow(tester: MeasurePermissionTester, sections: Iterable[Page]) -> list[tuple[str, str, Scope]]:
    return [
        (
            f"section:{page.pk}",
            _("Only in “%(title)s” (%(language)s)") % {"title": page.title, "language": page.locale},
            Scope(Reach.SECTION, page),
        )
        for page in sections
        if tester.can_offer(Reach.SECTION, page)
    ]
