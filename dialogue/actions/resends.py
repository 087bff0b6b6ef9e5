"""A form that comes again under the key of a comment that has arrived: its answer was lost on the way."""

from django.utils.translation import gettext as _

from dialogue.actions.edits import edit_comment
from dialogue.actions.refusals import CommentRefused, KnownComment, Refusal
from dialogue.actions.submissions import Submission, author_of
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.statuses import CommentStatus


class FirstVersionArrived(KnownComment):
    """What was sent first has arrived, and what was changed in the form since does not take its place."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(
            _(
                "Your first version has arrived; what you changed since has not. "
                "Sent again, it becomes a comment of its own."
            ),
            Refusal.ARRIVED,
            comment,
        )


def take_again(comment: Comment, submission: Submission) -> Comment:
    """Return `comment`, which came first under the key of `submission`, reading as it was last sent.

    The same once more changes nothing. Other words are the next version, as `edit_comment` has it. Raises
    `FirstVersionArrived` where it is too late for that, where more than the words is another, and where an
    earlier version comes back: it may have been overtaken on the way.
    """
    if not (_is_of_same_person(comment, submission) and _is_same_but_for_words(comment, submission)):
        raise FirstVersionArrived(comment)
    # What waits was sent after what readers read.
    latest = comment.waiting_revision or comment.revisions.get(version=comment.version)
    text = submission.text
    if (text, submission.may_quote) == (latest.text, latest.may_quote):
        return comment
    if not _may_be_changed(comment, submission) or _is_earlier(text, latest):
        raise FirstVersionArrived(comment)
    try:
        edit_comment(comment, text, by=comment.participant, may_quote=submission.may_quote)
    except CommentRefused as refusal:
        raise FirstVersionArrived(comment) from refusal
    return comment


def _is_of_same_person(comment: Comment, submission: Submission) -> bool:
    author = comment.participant
    if submission.user.is_authenticated:
        return author.user_id == submission.user.pk
    # A guest's name is typed with each comment: another one makes another comment.
    if comment.author_name != submission.name:
        return False
    if submission.origin.guest is not None:
        return author.pk == submission.origin.guest.pk
    return author.is_guest and author.email == submission.email


def _is_same_but_for_words(comment: Comment, submission: Submission) -> bool:
    return (
        comment.parent_id == (submission.parent.pk if submission.parent else None)
        and comment.side == author_of(submission).side
        and _quotes_same_passage(comment, submission)
        and comment.wants_replies == submission.tell_replies
        and comment.wants_outcomes == submission.tell_outcomes
        and comment.may_be_asked == submission.may_ask
    )


def _quotes_same_passage(comment: Comment, submission: Submission) -> bool:
    """Whether the same is marked; in a parent that has changed meanwhile, it may stand elsewhere."""
    passage = submission.passage
    if passage is None or comment.passage_version is None:
        return passage is None and comment.passage_version is None
    return passage.version != comment.passage_version or (passage.start, passage.end) == (
        comment.passage_start,
        comment.passage_end,
    )


def _may_be_changed(comment: Comment, submission: Submission) -> bool:
    """Whether the browser speaks for the author: for one who has confirmed nothing, the key does."""
    is_known = submission.user.is_authenticated or submission.origin.is_verified
    return is_known or comment.status == CommentStatus.UNVERIFIED


def _is_earlier(text: str, latest: CommentRevision) -> bool:
    versions = CommentRevision.objects.filter(comment=latest.comment_id, text=text)
    return text != latest.text and versions.exists()
