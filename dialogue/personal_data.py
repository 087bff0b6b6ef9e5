"""What the conversation keeps about a person: their comments, every version, and what quotes them."""

from collections.abc import Iterable, Iterator

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from dialogue.actions.erasures import erase_comments
from dialogue.actions.names import correct_name
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent
from dialogue.models.featured import FeaturedComment
from dialogue.models.follows import Follow
from dialogue.models.invitations import ReplyInvitation
from dialogue.models.statuses import CommentStatus
from dialogue.permissions import CommentPermissionTester
from people.models import Participant, User
from people.permissions import viewer_of
from portal.permissions import title_for
from privacy.models import Consent
from privacy.personal_data import CONSENT_FIELDS, PersonalData, Row, Texts, labels, rows_of

COMMENT_FIELDS = (
    "public_id",
    "page_title",
    "author_name",
    "side",
    "role_label_fr",
    "role_label_en",
    "language",
    "words_language",
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
    "imported_as",
)

VERSION_FIELDS = ("version", "text", "words_language", "may_quote", "submitted_at", "accepted_at")

QUOTATION_FIELDS = (
    "comment__public_id",
    "page_title",
    "revision__version",
    "ranges",
    "removals",
    "name_form",
    "name_detail",
    "placed_at",
    "asked_at",
    "answer_by",
    "asked_for_public",
    "reminded_at",
    "agreed_at",
    "agreed_for_public",
    "agreed_form",
    "agreed_name",
    "declined_at",
    "withdrawn_at",
    "crossed_at",
    "rejoinder__public_id",
)

EVENT_FIELDS = ("comment__public_id", "kind", "happened_at", "role", "version")

MOST_NAMES = 10  # of one person

TABLES = labels(Comment, CommentRevision, FeaturedComment, Follow)
LEFT = {
    "dialogue.CommentEvent": "What happened to a comment: it points at blank accounts, and holds no words.",
    "dialogue.FollowNotice": "That followers are told of a comment: it names nobody, and holds no words.",
    "dialogue.ReplyInvitation": "A keyed digest: whoever wants no invitation is never sent one again.",
}


def export(participant: Participant) -> dict[str, list[Row]]:
    """Return their words, wherever they stand; the title of a page only where they may read it now."""
    title = title_for(viewer_of(participant))
    public_ids = Comment.objects.filter(pk=OuterRef("cause_id")).values("public_id")
    return {
        "comments": rows_of(
            Comment.objects.filter(participant=participant).annotate(page_title=title), COMMENT_FIELDS
        ),
        "consents_with_comments": rows_of(
            Consent.objects.filter(participant=participant)
            .exclude(cause_id=None)
            .annotate(comment_public_id=Subquery(public_ids)),
            ("comment_public_id", *CONSENT_FIELDS),
        ),
        "versions": rows_of(
            CommentRevision.objects.filter(comment__participant=participant),
            ("comment__public_id", *VERSION_FIELDS),
        ),
        "events": rows_of(CommentEvent.objects.filter(comment__participant=participant), EVENT_FIELDS),
        # What they did as a moderator, to the words of others.
        "events_made": rows_of(
            # Without `exclude`, a guest would get every event that no moderator did.
            CommentEvent.objects.filter(by=participant.user_id).exclude(by=None),
            EVENT_FIELDS,
        ),
        "quotations": rows_of(
            FeaturedComment.objects.filter(comment__participant=participant).annotate(page_title=title),
            QUOTATION_FIELDS,
        ),
        "follows": rows_of(
            Follow.objects.filter(participant=participant).annotate(page_title=title),
            ("page_title", "root__public_id", "asked_at", "followed_at", "muted_at"),
        ),
        "invitations_to_reply": rows_of(
            ReplyInvitation.objects.filter(digest=ReplyInvitation.digest_of(participant.address)).annotate(
                page_title=title
            ),
            ("page_title", "invited_at", "refused_at"),
        ),
    }


def erase(participant: Participant) -> None:
    erase_comments(participant)
    Follow.objects.filter(participant=participant).delete()


def names(participant: Participant) -> Iterable[str]:
    """Return the names under which they spoke, and under which they are quoted.

    What nobody has confirmed may have been sent under their address by somebody else, under any name.
    """
    comments = Comment.objects.filter(participant=participant).surely_theirs()
    comments = comments.exclude(status=CommentStatus.ERASED)
    yield from comments.order_by().values_list("author_name", flat=True).distinct()[:MOST_NAMES]
    featured = FeaturedComment.objects.filter(comment__participant=participant)
    yield from featured.order_by().values_list("agreed_name", flat=True).distinct()[:MOST_NAMES]


def texts(participant: Participant) -> Iterator[Texts]:
    """Yield what others said, in every version."""
    versions = CommentRevision.objects.exclude(comment__participant=participant)
    yield Texts(
        versions.select_related("comment__page__locale"),
        ["text"],
        kind=_("what others said"),
        subject_of=lambda version: version.comment,
        url_of=_url_of,
    )


def _url_of(comment: Comment, user: User) -> str:
    return comment.get_absolute_url() if CommentPermissionTester(comment, user).can_read() else ""


def personal_data() -> tuple[PersonalData, ...]:
    return (PersonalData(export, erase, TABLES, LEFT, names, texts, correct_name),)
