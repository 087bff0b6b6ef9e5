"""The form in which a comment is written, and the one by which its author confirms it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue import markup
from dialogue.actions import Submission, author_of, draft_comment
from dialogue.models.comments import Comment
from dialogue.models.follows import Follow
from dialogue.models.pages import ConversationPage
from dialogue.models.words import TEXT_MAX_LENGTH
from dialogue.passages import Passage, find_passage
from dialogue.permissions import ConversationPermissionTester
from dialogue.querysets import MAX_WORDS, CommentQuerySet
from dialogue.tickets import Ticket, TicketExpired, TicketInvalid, is_too_fast
from people import consents
from people.addresses import AddressField
from people.models import Device
from people.names import clean_name
from people.permissions import can_be_called
from portal.formats import write_number
from portal.languages import language_choices
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
SPEAKS_AS_ANOTHER = _("You are signed in as %(name)s by now. If these words are theirs, send them again.")
VOICES = [("self", _("As myself")), ("organisation", _("For the organisation"))]


def consent_box(question: consents.Question) -> forms.BooleanField:
    """Return the box by which somebody agrees; nobody has ticked it for them."""
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
        text = self.cleaned_data["text"]
        # Far too long is refused by its length alone, before anything reads it.
        if len(text) <= 2 * TEXT_MAX_LENGTH:
            text = markup.normalise(text)
        if len(text) > TEXT_MAX_LENGTH:
            raise forms.ValidationError(
                _("Your comment has %(length)s characters; at most %(limit)s are possible."),
                code="max_length",
                params={"length": write_number(len(text)), "limit": write_number(TEXT_MAX_LENGTH)},
            )
        if markup.is_blank(text):
            raise forms.ValidationError(_("Write your comment first."), code="required")
        return text


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


class CommentForm(TrappedForm, WordsForm):
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
    may_quote = consent_box(consents.QUOTE)
    tell_replies = consent_box(consents.REPLIES)
    tell_outcomes = consent_box(consents.OUTCOMES)

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
    def consent_boxes(self) -> list[forms.BoundField]:
        """What somebody may agree to beside the publishing itself, each by itself."""
        return [self[name] for name in ("may_quote", "tell_replies", "tell_outcomes")]

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
        typed = self.cleaned_data["name"]
        name = clean_name(typed)
        if not name:
            raise forms.ValidationError(_("Give the name under which your comment appears."), code="required")
        if not can_be_called(typed):
            # Policy: no more is told. Why would say who works here.
            raise forms.ValidationError(_("Choose another name."), code="taken")
        return name

    def clean_parent(self) -> str:
        public_id = self.cleaned_data["parent"]
        if public_id:
            on_page = Comment.objects.filter(page_id=self.page.pk)
            self.parent_comment = on_page.published().filter(public_id=public_id[:20]).first()
            if self.parent_comment is None:
                # Forged, of another page, or gone meanwhile: the three are told apart to nobody.
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

    def submission(
        self,
        key: str,
        network: str = "",
        signals: frozenset[str] = frozenset(),
        *,
        device: Device | None = None,
    ) -> Submission:
        """Return what was written, for `post_comment`; `device` is a browser that vouches for its guest."""
        data = self.cleaned_data
        return Submission(
            text=data["text"],
            key=key,
            user=self.viewer,
            name=data.get("name", ""),
            email=data.get("email", ""),
            is_verified=device is not None,
            guest=device.participant if device else None,
            device=device,
            parent=self.parent_comment,
            passage=self.found_passage,
            for_organisation=data.get("voice") == "organisation",
            may_quote=data["may_quote"],
            tell_replies=data["tell_replies"],
            tell_outcomes=data["tell_outcomes"],
            network=network,
            signals=signals,
        )


class SendingForm(TicketForm, CommentForm):
    """The comment as it is sent, with the ticket that was issued for it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.read_ticket(self.page.pk, cleaned)
        return cleaned


class ConfirmationForm(forms.Form):
    """Which of the comments that wait for an address its owner wrote; nobody has ticked one for them."""

    comments = forms.MultipleChoiceField(
        label=_("Comments"), error_messages={"required": _("Tick what you wrote, one comment at least.")}
    )

    def __init__(self, *args: Any, comments: list[Comment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {comment.public_id: comment for comment in comments}
        self.fields["comments"].choices = [(public_id, public_id) for public_id in self.waiting]

    @property
    def ticked(self) -> list[str]:
        """The comments whose boxes are ticked, by their identifiers."""
        return self.data.getlist("comments") if self.is_bound else []

    @property
    def chosen(self) -> list[Comment]:
        return [self.waiting[public_id] for public_id in self.cleaned_data["comments"]]


class FollowActForm(forms.Form):
    """Which button somebody pressed."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("follow", "unfollow", "mute", "unmute")])


class FollowConfirmationForm(forms.Form):
    """What the owner of an address wants to follow of all that it was typed for.

    One thing alone is ticked at first, for the button asks about it; of several, somebody else may have
    sent some.
    """

    follows = forms.MultipleChoiceField(
        label=_("Conversations"), error_messages={"required": _("Tick what you want to follow.")}
    )

    def __init__(self, *args: Any, follows: list[Follow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(follow.pk): follow for follow in follows}
        self.fields["follows"].choices = [(key, key) for key in self.waiting]

    @property
    def ticked(self) -> list[int]:
        """The boxes that are ticked, by the keys of what they stand for."""
        alone = list(self.waiting) if len(self.waiting) == 1 else []
        sent = self.data.getlist("follows") if self.is_bound else alone
        return [follow.pk for key, follow in self.waiting.items() if key in sent]

    @property
    def chosen(self) -> list[Follow]:
        return [self.waiting[key] for key in self.cleaned_data["follows"]]
