"""The form in which a comment is written, sent and changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue import consents
from dialogue.actions import Submission, author_of, check_name, draft_comment
from dialogue.forms.choices import ChoicesForm
from dialogue.forms.parts import (
    TicketForm,
    TrappedForm,
    WordsForm,
    as_field_error,
    consent_box,
    language_field,
)
from dialogue.models.comments import Comment
from dialogue.models.pages import ConversationPage
from dialogue.origins import Origin
from dialogue.passages import Passage, find_passage
from dialogue.permissions import ConversationPermissionTester
from people.addresses import AddressField
from portal.permissions import Viewer

PARENT_GONE = _("The comment that you reply to is no longer there. You can send your text as a new comment.")
PASSAGE_GONE = _(
    "The words that you marked are no longer in the comment. Left like this, your reply quotes how it begins."
)
VOICE_HELP = _(
    "Your name, %(name)s, stands beside it either way. What you say for the organisation is marked as said "
    "in its name, and answers the thread."
)
SIGNED_OUT = _(
    "You are signed out, and your text is still here. Sign in in another tab and send it again, or send it "
    "with a name and an address, as a guest."
)
SPEAKS_AS_ANOTHER = _("You are now signed in as %(name)s. If these words are theirs, send them again.")
VOICES = [("self", _("As myself")), ("organisation", _("For the organisation"))]


class EditForm(WordsForm):
    """New words for a comment; consent is asked for them anew.

    Their language is told from them, unless its author chooses another here than the form began with.
    """

    words_language = language_field(
        help_text=_(
            "We tell it from what you write. Choose another if we are wrong: it decides how your words are "
            "read aloud."
        ),
        required=False,
        show_hidden_initial=True,  # a moderator may have corrected it since the form was opened
    )
    may_quote = consent_box(consents.QUOTE)

    def clean_words_language(self) -> str:
        return self.cleaned_data["words_language"] if "words_language" in self.changed_data else ""


class CommentForm(TrappedForm, ChoicesForm, WordsForm):
    """A comment under `page`, written by `viewer`: as a guest, or as somebody signed in."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        strip=False,
        help_text=_("Shown beside your comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Give the name under which your comment appears.")},
    )
    email = AddressField(
        help_text=_("Never shown, never passed on."),
        error_messages={"required": _("Give your email address. It is never shown.")},
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    quote = forms.BooleanField(label=_("Quote the words that you reply to"), required=False)
    # The words as they were marked on the page; what is kept is where they stand. None: how it begins.
    passage = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    voice = forms.ChoiceField(
        label=_("You speak"), choices=VOICES, required=False, initial="self", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, page: ConversationPage, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.viewer = viewer
        self.parent_comment: Comment | None = None
        self.found_passage: Passage | None = None
        self.known: dict[str, str] = {}  # where a comment is that stands in the way of this one
        tester = ConversationPermissionTester(page, viewer)
        self.may_speak_for_organisation = tester.can_speak_for_organisation()
        if viewer.is_authenticated:
            del self.fields["name"], self.fields["email"]
        if self.may_speak_for_organisation:
            self.fields["voice"].help_text = VOICE_HELP % {"name": viewer.display_name}
        else:
            del self.fields["voice"]

    @property
    def speaks_for_organisation(self) -> bool:
        """Whether the words are the organisation's, whose author is asked nothing about them."""
        return self.may_speak_for_organisation and self["voice"].value() == "organisation"

    def _check_speaker(self) -> None:
        """Let nobody speak as somebody else than the form said when they wrote: a session may end, or change.

        The form that comes back says who speaks now; whoever sends that one agrees.
        """
        speaker = self.data.get("speaker", "")
        if not speaker or speaker == str(self.viewer.pk):
            return
        if self.viewer.is_authenticated:
            name = {"name": self.viewer.display_name}
            self.add_error(None, forms.ValidationError(SPEAKS_AS_ANOTHER, code="speaker", params=name))
        else:
            self.add_error(None, forms.ValidationError(SIGNED_OUT, code="speaker"))

    def clean_name(self) -> str:
        return as_field_error(check_name, self.cleaned_data["name"])

    def clean_parent(self) -> str:
        public_id = self.cleaned_data["parent"]
        if public_id:
            on_page = Comment.objects.filter(page_id=self.page.pk)
            # Cut: what is longer than an identifier is none, however long it is.
            self.parent_comment = on_page.published().filter(public_id=public_id[:20]).first()
            if self.parent_comment is None:
                # Forged, of another page, or gone meanwhile: the three are told apart to nobody.
                # The form comes back as one for a comment of its own, with the words in it.
                self.data = self.data.copy()
                self.data["parent"] = ""
                raise forms.ValidationError(PARENT_GONE, code="parent")
        return public_id

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_speaker()
        if self.parent_comment is not None and cleaned.get("quote"):
            self.found_passage = find_passage(self.parent_comment, cleaned.get("passage", ""))
            if self.found_passage is None:
                self.data = self.data.copy()
                self.data["passage"] = ""
                self.add_error("quote", PASSAGE_GONE)
        return cleaned

    def as_preview(self) -> Comment:
        """Return the comment as it will look; nothing is written."""
        submission = self.submission(key="")
        return draft_comment(self.page, submission, author_of(submission))

    def submission(self, key: str, origin: Origin | None = None) -> Submission:
        """Return what was written, for `post_comment`."""
        data = self.cleaned_data
        return Submission(
            text=data["text"],
            key=key,
            user=self.viewer,
            name=data.get("name", ""),
            email=data.get("email", ""),
            origin=origin or Origin(),
            parent=self.parent_comment,
            passage=self.found_passage,
            for_organisation=self.speaks_for_organisation,
            **({} if self.speaks_for_organisation else self.agreed),
        )


class SendingForm(TicketForm, CommentForm):
    """The comment as it is sent, with the ticket that was issued for it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.read_ticket(self.page.pk, cleaned)
        return cleaned
