"""What the person says to one quotation of theirs, and the second pair of eyes before the public."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogue.actions.consents import record_quotation_consent
from dialogue.actions.events import AUTHOR, editor, record_event
from dialogue.actions.locks import locked_quotation
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.requests import refuse_crossing_where_off
from dialogue.actions.rules import check_name
from dialogue.attributions import NameForm
from dialogue.models.events import EventKind
from dialogue.models.featured import FeaturedComment
from dialogue.permissions import (
    AuthorPermissionTester,
    FeaturedCommentPermissionTester,
    QuotationPermissionTester,
)
from dialogue.request_mail import tell_of_answer, tell_of_name
from mail.models import ChoicePlace
from people.models import Participant
from portal.permissions import Viewer


def answer_quotation(
    quotation: FeaturedComment,
    *,
    by: Participant,
    is_agreed: bool,
    place: ChoicePlace,
    name_form: str = "",
    own_name: str = "",
) -> bool:
    """Let the author say yes or no to the quotation that they were asked for. Return whether that is new.

    A yes says under which form of the name, or under a name of their own; without one, as it was proposed.
    Until the day until which it was asked, another answer takes the place of the first; a no, and another
    name, are possible at any time. Raises `PermissionDenied` for somebody else, `CommentRefused` where nobody
    asked, where it is too late for a yes, or where the name will not do.
    """
    _refuse_others(quotation, by)
    if not is_agreed:
        return _decline(quotation, place)
    form = name_form or quotation.name_form
    name = check_name(own_name) if form == NameForm.OWN else ""
    if form not in NameForm.values:
        raise CommentRefused(_("Choose under which name you may be quoted."), Refusal.NO_NAME)
    with locked_quotation(quotation) as current:
        _refuse_agreement(current)
        is_agreed_already = _stands_as_asked(current)
        if is_agreed_already and (current.agreed_form, current.agreed_name) == (form, name):
            return False
        record_quotation_consent(current, is_given=True, place=place, name_form=form, own_name=name)
        _record(current, EventKind.QUOTATION_AGREED)
        if is_agreed_already:
            tell_of_name(current)
        else:
            tell_of_answer(current, is_agreed=True)
    return True


def take_back_one_quotation(quotation: FeaturedComment, *, by: Participant, place: ChoicePlace) -> bool:
    """Let the author no longer be quoted so on this page: at once. Return whether that is new.

    Whatever else they agreed to stays, also where it was the box under the comment that allowed this one.
    Raises `PermissionDenied` for somebody else.
    """
    _refuse_others(quotation, by)
    with locked_quotation(quotation) as current:
        if not FeaturedCommentPermissionTester(current, current.page).has_consent():
            return False
        _take_back(current, place)
    return True


def cross_quotation(quotation: FeaturedComment, *, by: Viewer) -> bool:
    """Approve that an internal comment is shown to all who read the page. Return whether that is new.

    The person agreed to that, and under which name; `by` is neither who chose the words nor who asked for
    them. Raises `PermissionDenied` where `by` may not, `CommentRefused` where the site or the person does not
    allow it, or where nobody more would see it.
    """
    if not QuotationPermissionTester(quotation, by).can_cross():
        raise PermissionDenied
    with locked_quotation(quotation) as current:
        if current.crossed_at is not None:
            return False
        _refuse_crossing(current)
        current.crossed_at, current.crossed_by = timezone.now(), editor(by).by
        current.save(update_fields=["crossed_at", "crossed_by"])
        record_event(
            current.comment, EventKind.QUOTATION_CROSSED, editor(by), version=current.revision.version
        )
    return True


def _decline(quotation: FeaturedComment, place: ChoicePlace) -> bool:
    with locked_quotation(quotation) as current:
        if current.asked_at is None:
            raise CommentRefused(_("Nobody has asked you for this quotation."), Refusal.NOT_ASKED)
        if current.declined_at or current.withdrawn_at:
            return False
        if current.agreed_at:
            _take_back(current, place)
        else:
            current.declined_at = timezone.now()
            current.save(update_fields=["declined_at"])
            _record(current, EventKind.QUOTATION_DECLINED)
            tell_of_answer(current, is_agreed=False)
    return True


def _take_back(current: FeaturedComment, place: ChoicePlace) -> None:
    record_quotation_consent(current, is_given=False, place=place)
    _record(current, EventKind.QUOTATION_TAKEN_BACK)
    if current.placed_at is None:  # of what readers had, whoever looks after the page is told
        tell_of_answer(current, is_agreed=False)


def _record(current: FeaturedComment, kind: EventKind) -> None:
    record_event(current.comment, kind, AUTHOR, version=current.revision.version)


def _stands_as_asked(current: FeaturedComment) -> bool:
    """Whether the person agrees, and to all that they were asked for."""
    is_agreed = current.agreed_at is not None and current.withdrawn_at is None
    return is_agreed and current.agreed_for_public >= current.asked_for_public


def _refuse_others(quotation: FeaturedComment, by: Participant) -> None:
    if quotation.comment.participant_id != by.pk:
        raise PermissionDenied


def _refuse_agreement(current: FeaturedComment) -> None:
    if current.asked_at is None or current.answer_by is None:
        raise CommentRefused(_("Nobody has asked you for this quotation."), Refusal.NOT_ASKED)
    if current.answer_by <= timezone.now() and not _stands_as_asked(current):
        raise CommentRefused(
            _("The time for an answer is over, and you are not quoted. Nothing remains to be done."),
            Refusal.TOO_LATE,
        )
    if current.comment.status not in AuthorPermissionTester.QUOTABLE:
        raise CommentRefused(_("This comment is not there to be quoted."), Refusal.NOT_QUOTABLE)


def _refuse_crossing(current: FeaturedComment) -> None:
    refuse_crossing_where_off(current)
    if not (current.agreed_for_public and current.agreed_form):
        raise CommentRefused(
            _("The person has not agreed that everybody sees this, and under which name."),
            Refusal.NOT_AGREED,
        )
    if not FeaturedCommentPermissionTester(current, current.page).needs_crossing():
        raise CommentRefused(
            _("Everybody who reads this page may read the comment: there is nothing to decide."),
            Refusal.NOT_NEEDED,
        )
