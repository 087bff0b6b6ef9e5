"""What a moderator can do with a comment as it stands: each act, with its form and where that goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from dialogue.models import Comment, CommentStatus
from moderation.actions.decisions import OVERTURNING
from moderation.forms import AnswerForm, KeepForm, ReasonedDecisionForm, SeenForm, UpholdForm
from moderation.models import VERBS_FOR, Appeal, Flag, Verb

VERB_LABELS = {
    Verb.PUBLISH: pgettext_lazy("act", "Publish"),
    Verb.REJECT: pgettext_lazy("act", "Reject"),
    Verb.HIDE: pgettext_lazy("act", "Hide from readers"),
    Verb.RESTORE: pgettext_lazy("act", "Restore"),
    Verb.ACCEPT: pgettext_lazy("act", "Accept the change"),
    Verb.REFUSE: pgettext_lazy("act", "Refuse the change"),
    Verb.KEEP: pgettext_lazy("act", "Keep it, and dismiss the flags"),
    Verb.UPHOLD: pgettext_lazy("act", "Uphold the decision"),
}

OVERTURN = pgettext_lazy("act", "Overturn the decision: publish")


@dataclass(frozen=True)
class Choice:
    """An act that a comment leaves open, with its form and where that is sent."""

    verb: Verb
    form: SeenForm
    url: str

    answers_appeal: bool = False

    @property
    def label(self) -> str:
        return str(OVERTURN if self.answers_appeal and self.verb in OVERTURNING else VERB_LABELS[self.verb])

    @property
    def is_plain(self) -> bool:
        """Whether one press does it: nothing is to be filled in."""
        return not self.form.visible_fields()


def choices_for(comment: Comment, open_flags: Sequence[Flag], appeal: Appeal | None = None) -> list[Choice]:
    """Return each act that the comment's status, its flags, a change of it and an appeal leave open."""
    verbs = list(VERBS_FOR.get(CommentStatus(comment.status), ()))
    last_flag = max((flag.pk for flag in open_flags), default=None)
    if last_flag is not None and comment.is_published:
        verbs.insert(0, Verb.KEEP)
    if comment.has_waiting_edit:
        verbs[:0] = [Verb.ACCEPT, Verb.REFUSE]
    if appeal is not None:
        verbs.append(Verb.UPHOLD)
    choices = []
    for verb in verbs:
        version = comment.waiting_version if verb.is_about_edit else comment.version
        seen = {"version": version, "status": comment.status, "last_flag": last_flag}
        if appeal is not None:
            seen["appeal"] = appeal.pk
        form = form_for(verb)(initial=seen, auto_id=id_of_fields(comment, verb))
        url = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])
        choices.append(Choice(verb, form, url, answers_appeal=appeal is not None))
    return choices


def form_for(verb: Verb) -> type[SeenForm]:
    """Return the form in which an act is decided on."""
    if verb == Verb.KEEP:
        return KeepForm
    if verb == Verb.UPHOLD:
        return UpholdForm
    if verb in OVERTURNING:
        return AnswerForm
    return ReasonedDecisionForm if verb.needs_reason else SeenForm


def id_of_fields(comment: Comment, verb: Verb) -> str:
    """Return the pattern of the ids of a form's fields: a screen has one for each act on each comment."""
    return f"id_{verb}_{comment.public_id}_%s"
