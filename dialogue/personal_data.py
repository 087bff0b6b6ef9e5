"""What the conversation keeps about a person: their comments, every version, and what quotes them."""

from dialogue.actions.erasures import erase_comments
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.featured import FeaturedComment
from dialogue.models.follows import Follow
from people.models import Participant
from people.personal_data import PersonalData, Row, labels, rows_of

COMMENT_FIELDS = (
    "public_id",
    "page__title",
    "author_name",
    "side",
    "role_label",
    "language",
    "status",
    "text",
    "version",
    "edited_at",
    "submitted_at",
    "published_at",
    "rejected_at",
    "hidden_at",
    "withdrawn_at",
    "quote_consented_at",
    "quote_consent_wording",
    "wants_replies",
    "wants_outcomes",
    "may_be_asked",
    "signals",
    "network_digest",
)


TABLES = labels(Comment, CommentRevision, FeaturedComment, Follow)
LEFT = {"dialogue.FollowNotice": "That followers are told of a comment: it names nobody, and holds no words."}


def export(participant: Participant) -> dict[str, list[Row]]:
    return {
        "comments": rows_of(Comment.objects.filter(participant=participant), COMMENT_FIELDS),
        "versions": rows_of(
            CommentRevision.objects.filter(comment__participant=participant),
            ("comment__public_id", "version", "text", "may_quote", "submitted_at", "accepted_at"),
        ),
        "quotations": rows_of(
            FeaturedComment.objects.filter(comment__participant=participant),
            ("comment__public_id", "page__title", "name_shown", "placed_at", "asked_at", "agreed_at"),
        ),
        "follows": rows_of(
            Follow.objects.filter(participant=participant),
            ("page__title", "root__public_id", "asked_at", "followed_at", "muted_at"),
        ),
    }


def erase(participant: Participant) -> None:
    erase_comments(participant)
    Follow.objects.filter(participant=participant).delete()


def personal_data() -> tuple[PersonalData, ...]:
    return (PersonalData(export, erase, TABLES, LEFT),)
