"""The right of reply: a short rejoinder of the person quoted, which stands with the quotation."""

import secrets

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from dialogue.actions.locks import locked_quotation
from dialogue.actions.posts import post_comment
from dialogue.actions.refusals import CommentRefused, Refusal
from dialogue.actions.rules import check_rejoinder
from dialogue.actions.submissions import Submission
from dialogue.models.comments import Comment
from dialogue.models.featured import FeaturedComment
from dialogue.origins import Origin
from dialogue.permissions import ConversationPermissionTester, FeaturedCommentPermissionTester
from people.models import Participant
from people.permissions import viewer_of


def rejoin_quotation(
    quotation: FeaturedComment, text: str, *, by: Participant, origin: Origin | None = None
) -> Comment:
    """Let the person quoted reply to the page that quotes them, and return the reply.

    It is a reply to their own comment under its name, also where the conversation is closed by now, and
    screened like any. Once it is published it stands with the quotation; they change and withdraw it as
    anything they say. One stands with a quotation: the same again changes nothing. Raises `PermissionDenied`
    for somebody else, `CommentRefused` where there are too many words or none, where nobody sees the
    quotation, or another reply stands there already.
    """
    if quotation.comment.participant_id != by.pk:
        raise PermissionDenied
    text = check_rejoinder(text)
    with locked_quotation(quotation) as current:
        standing = current.standing_rejoinder
        if standing is not None and standing.text == text:
            return standing
        _refuse(current, by)
        current.rejoinder = post_comment(
            current.comment.page.specific, _submission(current.comment, text, by, origin or Origin())
        )
        current.save(update_fields=["rejoinder"])
    return current.rejoinder


def place_rejoinder(quotation: FeaturedComment, reply: Comment) -> bool:
    """Let a reply that was imported with its conversation stand with the quotation; return whether new.

    Raises `CommentRefused` for a reply of somebody else or to something else, for one that is too long, and
    where another stands there.
    """
    with locked_quotation(quotation) as current:
        if current.rejoinder_id == reply.pk:
            return False
        if current.standing_rejoinder is not None:
            raise CommentRefused(_("You have replied to this quotation already."), Refusal.SAID_ALREADY)
        if (reply.parent_id, reply.participant_id) != (current.comment_id, current.comment.participant_id):
            raise CommentRefused(_("Only whoever is quoted replies to a quotation."), Refusal.BAD_PARENT)
        check_rejoinder(reply.text)
        current.rejoinder = reply
        current.save(update_fields=["rejoinder"])
    return True


def _refuse(current: FeaturedComment, by: Participant) -> None:
    if current.standing_rejoinder is not None:
        raise CommentRefused(_("You have replied to this quotation already."), Refusal.SAID_ALREADY)
    tester = FeaturedCommentPermissionTester(current, current.page)
    may_read = ConversationPermissionTester(current.comment.page.specific, viewer_of(by)).can_read()
    if not (may_read and tester.can_be_rejoined()):
        raise CommentRefused(_("Nobody sees this quotation: there is nothing to reply to."), Refusal.CLOSED)


def _submission(comment: Comment, text: str, by: Participant, origin: Origin) -> Submission:
    return Submission(
        text=text,
        key=secrets.token_hex(16),
        user=by.user or AnonymousUser(),
        name=comment.author_name,
        email=by.email,
        origin=Origin(origin.network, signals=origin.signals, is_verified=True),
        parent=comment,
        participant=by,
        is_rejoinder=True,
    )
