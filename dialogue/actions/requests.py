"""Asking somebody whether they may be quoted, and reminding them once."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions.events import SYSTEM, editor, record_event
from dialogue.actions.locks import locked_quotation
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.models.events import CommentEvent, EventKind
from dialogue.models.featured import FeaturedComment
from dialogue.models.settings import ConversationSettings
from dialogue.permissions import (
    AuthorPermissionTester,
    FeaturedCommentPermissionTester,
    QuotationPermissionTester,
    may_be_asked,
    who_may_be_asked,
)
from dialogue.request_mail import tell_of_reminder, tell_of_request
from portal.permissions import Viewer

REMINDED_AFTER = 2 / 3  # of the time for an answer
LONGEST_WAIT = timedelta(days=60)  # nobody remembers for longer what a question was about


def ask_to_quote(quotation: FeaturedComment, *, by: Viewer, answer_by: datetime) -> CommentEvent:
    """Ask the author whether they may be quoted so on this page, until `answer_by`. Return what happened.

    Silence is a no. Where the page is open to people who may not read the comment, it is asked for them too.
    Asked once; but anew where it is to be shown to the public, and was not when it was asked. Raises
    `PermissionDenied` where `by` may not ask, `CommentRefused` where nobody may, or need.
    """
    if not QuotationPermissionTester(quotation, by).can_ask():
        raise PermissionDenied
    with locked_quotation(quotation) as current:
        now = timezone.now()
        is_for_public = FeaturedCommentPermissionTester(current, current.page).needs_crossing()
        _refuse_request(current, is_for_public=is_for_public)
        if not now < answer_by <= now + LONGEST_WAIT:
            sentence = _("Give a day to come, at most %(days)s days from now.")
            raise CommentRefused(sentence % {"days": LONGEST_WAIT.days}, Refusal.BAD_DATE)
        current.asked_at, current.answer_by, current.reminded_at = now, answer_by, None
        current.asked_by, current.asked_for_public = editor(by).by, is_for_public
        current.save(update_fields=["asked_at", "answer_by", "reminded_at", "asked_by", "asked_for_public"])
        event = record_event(
            current.comment, EventKind.QUOTATION_ASKED, editor(by), version=current.revision.version
        )
        tell_of_request(current)
    return event


def remind_of_request(quotation: FeaturedComment, *, by: Viewer | None) -> bool:
    """Remind the author of a request that they have not answered; return whether that is new.

    Once, and never later: the second time nothing is done. `by` is None where the portal does it by itself.
    Raises `PermissionDenied` where `by` may not, `CommentRefused` where nothing waits for an answer.
    """
    if by is not None and not QuotationPermissionTester(quotation, by).can_ask():
        raise PermissionDenied
    with locked_quotation(quotation) as current:
        if not FeaturedComment.objects.waiting(timezone.now()).filter(pk=current.pk).exists():
            raise CommentRefused(_("No request waits for an answer."), Refusal.NOT_ASKED)
        if current.reminded_at is not None:
            return False
        if not may_be_asked(current.comment.participant):
            raise CommentRefused(_("This person may not be asked any more."), Refusal.NOT_TO_BE_ASKED)
        current.reminded_at = timezone.now()
        current.save(update_fields=["reminded_at"])
        doer = SYSTEM if by is None else editor(by)
        record_event(current.comment, EventKind.QUOTATION_REMINDED, doer, version=current.revision.version)
        tell_of_reminder(current)
    return True


def remind_in_time() -> int:
    """Remind everybody who has let two thirds of the time for an answer pass; return how many that were.

    Called before mail is sent. Whoever may not be asked any more is left alone, and so is whoever answers at
    this moment.
    """
    now = timezone.now()
    waiting = FeaturedComment.objects.waiting(now).filter(
        reminded_at=None, comment__status__in=AuthorPermissionTester.QUOTABLE
    )
    due = [row for row in waiting.select_related("comment__participant__user") if _is_time(row, now)]
    reachable = who_may_be_asked(row.comment.participant for row in due) if due else set()
    reminded = 0
    for row in due:
        if row.comment.participant_id in reachable:
            with suppress(CommentRefused):
                reminded += remind_of_request(row, by=None)
    return reminded


def _is_time(quotation: FeaturedComment, now: datetime) -> bool:
    if quotation.asked_at is None or quotation.answer_by is None:
        return False
    return now >= quotation.asked_at + (quotation.answer_by - quotation.asked_at) * REMINDED_AFTER


def refuse_crossing_where_off(quotation: FeaturedComment) -> None:
    """Raise `CommentRefused` where the site shows nobody what was said among fewer people."""
    if not ConversationSettings.for_site(quotation.page.get_site()).allow_crossing:
        raise CommentRefused(
            _("Internal comments are not shown to the public here: the conversation settings forbid it."),
            Refusal.CROSSING_OFF,
        )


def _refuse_request(quotation: FeaturedComment, *, is_for_public: bool) -> None:
    comment = quotation.comment
    if quotation.declined_at or quotation.withdrawn_at:
        raise CommentRefused(
            _("The person said no to this quotation, and is not asked again."), Refusal.DECLINED
        )
    if quotation.asked_at and quotation.asked_for_public >= is_for_public:
        raise CommentRefused(_("The person was asked already."), Refusal.ASKED_ALREADY)
    if comment.status not in AuthorPermissionTester.QUOTABLE:
        raise CommentRefused(_("This comment is not there to be quoted."), Refusal.NOT_QUOTABLE)
    if is_for_public:
        refuse_crossing_where_off(quotation)
    is_agreed = FeaturedCommentPermissionTester(quotation, quotation.page).has_consent()
    if is_agreed and not is_for_public:
        raise CommentRefused(_("The person has agreed to be quoted so already."), Refusal.NOT_NEEDED)
    if not may_be_asked(comment.participant):
        raise CommentRefused(
            _("This person has not agreed to be asked, or cannot be reached."), Refusal.NOT_TO_BE_ASKED
        )
