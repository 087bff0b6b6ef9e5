"""What moderation keeps about a person: decisions, appeals, notes, measures, flags, of them and by them."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogue.models import Comment
from dialogue.permissions import CommentPermissionTester
from moderation.models import (
    Appeal,
    Claim,
    Decision,
    Flag,
    Measure,
    Note,
    PendingDecision,
    Presence,
    ScreeningTrace,
)
from people.models import Participant, User
from privacy.personal_data import PersonalData, Row, Texts, labels, rows_of

FLAG_FACTS = ("comment__public_id", "reason_code", "flagged_at", "state", "settled_at")
FLAG_FIELDS = (
    *FLAG_FACTS,
    "comment_version",
    "text",
    "law",
    "place",
    "concerns_children",
    "is_in_good_faith",
    "wants_result",
    "signals",
)
FIELDS = ("comment__public_id", "verb", "decided_at", "rule", "reason_code", "reason_text")

TRACE_FIELDS = ("comment__public_id", "noted_at")
APPEAL_FIELDS = ("comment__public_id", "made_at", "text", "outcome__verb", "outcome__decided_at")
NOTE_FIELDS = ("comment__public_id", "decided_at", "note")
MEASURE_FIELDS = ("kind", "reach", "reason_code", "reason_text", "taken_at", "ends_at", "lifted_at")
# So long a ban or a suspension is still known by the digest of an address that was erased (decision 40).
OUTLIVES_ERASURE = timedelta(days=365)


def export(participant: Participant) -> dict[str, list[Row]]:
    of_theirs = Decision.objects.filter(comment__participant=participant)
    # Without `exclude`, a guest would get every decision of a rule.
    by_them = Decision.objects.filter(by=participant.user_id).exclude(by=None)
    return {
        "decisions": rows_of(of_theirs, FIELDS),
        # The words of the answer stand with the decisions.
        "appeals": rows_of(Appeal.objects.filter(comment__participant=participant), APPEAL_FIELDS),
        # About what they said, and so about them, though never told to them: apart from what was.
        "notes_on_your_comments": rows_of(of_theirs.exclude(note=""), NOTE_FIELDS),
        "notes_about_you": rows_of(
            Note.objects.about_person(participant.pk),
            ("comment__public_id", "is_about_author", "written_at", "text"),
        ),
        "measures_about_you": rows_of(Measure.objects.filter(participant=participant), MEASURE_FIELDS),
        "notes_on_your_measures": rows_of(
            Measure.objects.filter(participant=participant).exclude(note=""), ("kind", "taken_at", "note")
        ),
        # Neither whom it was about nor what they wrote.
        "notes_written": rows_of(written_by(participant, Note, "written_by"), ("written_at",)),
        "measures_taken": rows_of(
            written_by(participant, Measure, "taken_by"), ("kind", "taken_at", "reason_code")
        ),
        # Not what they wrote: it is about somebody else.
        "decisions_made": rows_of(by_them, ("comment__public_id", "verb", "decided_at", "reason_code")),
        # Digests: no word can be read from them.
        "traces_of_your_words": rows_of(
            ScreeningTrace.objects.filter(comment__participant=participant),
            ("comment__public_id", "noted_at"),
        ),
        "flags": rows_of(Flag.objects.filter(participant=participant), FLAG_FIELDS),
        # Somebody typed the address, perhaps somebody else: not what they wrote beside it.
        "flags_with_your_address": rows_of(with_address_of(participant), FLAG_FACTS),
        # Who flagged, and in which words, is theirs.
        "flags_of_your_comments": rows_of(
            Flag.objects.settled().filter(comment__participant=participant),
            ("comment__public_id", "reason_code", "state", "settled_at"),
        ),
    }


def written_by(participant: Participant, model: type[Note | Measure], field: str) -> QuerySet:
    """Return what this person wrote as a moderator; of a guest, nothing."""
    rows = model._default_manager.filter(**{field: participant.user_id})
    return rows if participant.user_id else rows.none()


def with_address_of(participant: Participant) -> QuerySet:
    """Return the flags of strangers who gave the address of this person."""
    return Flag.objects.filter(participant=None, email__iexact=participant.address).exclude(email="")


def erase(participant: Participant) -> None:
    """Take out what moderators wrote about the person's words; that there was a decision, and why, stays.

    Of their own flags, the reason from the list alone stays, with the comment; so it does where others
    flagged what they said, and may have repeated it. Notes go, and measures but for those that keep them from
    speaking now: of these a digest of the address is left for a while, without a word.
    """
    Note.objects.about_person(participant.pk).delete()
    Measure.objects.filter(participant=participant).blank_erased(OUTLIVES_ERASURE)
    Decision.objects.filter(comment__participant=participant).forget_reasons()
    Appeal.objects.filter(comment__participant=participant).forget_words()
    theirs = Q(participant=participant) | Q(pk__in=with_address_of(participant).values("pk"))
    Flag.objects.filter(theirs).forget_person()
    Flag.objects.filter(comment__participant=participant).update(text="", law="", place="")
    ScreeningTrace.objects.filter(comment__participant=participant).delete()
    PendingDecision.objects.filter(comment__participant=participant).delete()
    if participant.user_id:
        Presence.objects.filter(user=participant.user_id).delete()
        Claim.objects.filter(by=participant.user_id).delete()


def texts(participant: Participant) -> Iterator[Texts]:
    """Yield what moderators and readers wrote about the words of others."""
    of_others = Decision.objects.exclude(comment__participant=participant)
    theirs = Q(participant=participant) | Q(comment__participant=participant)
    flags = Flag.objects.exclude(theirs).exclude(pk__in=with_address_of(participant).values("pk"))
    notes = Note.objects.exclude(comment__participant=participant)
    measures = Measure.objects.exclude(participant=participant)
    appeals = Appeal.objects.exclude(comment__participant=participant)
    kinds = (
        (notes, ["text"], _("notes on others")),
        (measures, ["reason_text", "note"], _("measures on others")),
        (of_others, ["reason_text", "note"], _("decisions on what others said")),
        (flags, ["text", "law", "place"], _("flags of what others said")),
        (appeals, ["text"], _("appeals of others")),
    )
    for rows, fields, kind in kinds:
        rows = rows.select_related("comment__page__locale")
        yield Texts(rows, fields, kind=kind, subject_of=lambda row: row.comment, url_of=_url_of)


def _url_of(comment: Comment, user: User) -> str:
    if not CommentPermissionTester(comment, user).can_moderate():
        return ""
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


LEFT = {
    "moderation.Presence": "That a moderator looks at a comment: gone half a minute later.",
    "moderation.Claim": "That a moderator has taken a comment on: gone half an hour later.",
    "moderation.WaitingNotice": "That something waits under a page, and who is not told: for minutes.",
    "moderation.PendingDecision": "What a moderator is about to decide: for seconds, then it is a decision.",
    "moderation.DecisionSeal": "Keyed digests that hold the log together: no word can be read from them.",
}


def personal_data() -> tuple[PersonalData, ...]:
    return (
        PersonalData(
            export, erase, labels(Appeal, Decision, Flag, Measure, Note, ScreeningTrace), LEFT, texts=texts
        ),
    )
