"""How long the conversation keeps what people said, beyond what readers may read."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from dialogue.actions.erasures import blank_set_aside, delete_unconfirmed, erase_each
from dialogue.actions.locks import lock_comments
from dialogue.invitation_mail import INVITED
from dialogue.models.comments import Comment, CommentRevision
from dialogue.models.events import CommentEvent
from dialogue.models.featured import FeaturedComment
from dialogue.models.follows import Follow
from dialogue.models.invitations import ReplyInvitation
from dialogue.models.statuses import CommentStatus
from mail.models import OutgoingMail
from people.models import Device, Participant
from privacy.actions import erase_participant
from privacy.personal_data import labels
from privacy.retention import RetentionRule, StandingRule

BLANKED = _("The words and the name are erased; where others have replied, a sentence keeps the place.")


def unconfirmed_comments(cutoff: datetime) -> QuerySet:
    return Comment.objects.unverified().filter(submitted_at__lte=cutoff)


def unconfirmed_addresses(cutoff: datetime) -> QuerySet:
    """Guests who never showed that the address is theirs, and of whom nothing waits any more."""
    guests = Participant.objects.filter(user=None, verified_at=None, erasure=None, joined_at__lte=cutoff)
    # Whoever was invited to reply can say that they want no invitation for as long as the message is kept.
    invited = OutgoingMail.objects.filter(participant=OuterRef("pk"), kind=INVITED)
    return guests.exclude(Exists(Comment.objects.filter(participant=OuterRef("pk")))).exclude(Exists(invited))


def unconfirmed_follows(cutoff: datetime) -> QuerySet:
    return Follow.objects.filter(asked_at__lte=cutoff, followed_at=None, muted_at=None)


def forgotten_guests(cutoff: datetime) -> QuerySet:
    """Guests of whom no word is left, who follow nothing, and whose browsers have not been seen of late."""
    guests = Participant.objects.filter(user=None, erasure=None, verified_at__lte=cutoff)
    said = Comment.objects.filter(participant=OuterRef("pk")).exclude(status=CommentStatus.ERASED)
    seen = Device.objects.filter(participant=OuterRef("pk"), last_used_at__gt=cutoff)
    follows = Follow.objects.followed().filter(participant=OuterRef("pk"))
    return guests.exclude(Exists(said)).exclude(Exists(seen)).exclude(Exists(follows))


def networks(cutoff: datetime) -> QuerySet:
    return Comment.objects.exclude(network_digest="").filter(submitted_at__lte=cutoff)


def rejected(cutoff: datetime) -> QuerySet:
    return Comment.objects.filter(status=CommentStatus.REJECTED, rejected_at__lte=cutoff)


def changes_set_aside(cutoff: datetime) -> QuerySet:
    """Changes that readers never had, and that wait no more."""
    return CommentRevision.objects.set_aside().exclude(text="").filter(submitted_at__lte=cutoff)


def hidden(cutoff: datetime) -> QuerySet:
    return Comment.objects.filter(status=CommentStatus.HIDDEN, hidden_at__lte=cutoff)


def withdrawn(cutoff: datetime) -> QuerySet:
    return Comment.objects.filter(status=CommentStatus.WITHDRAWN, withdrawn_at__lte=cutoff)


def forget_networks(comments: QuerySet) -> None:
    # An UPDATE of many locks them in any order, and could wait for an act that waits for it.
    locked = lock_comments(comments)
    Comment.objects.filter(pk__in=[comment.pk for comment in locked]).update(network_digest="")


def delete_addresses(guests: QuerySet) -> None:
    keys = list(guests.values_list("pk", flat=True))
    # Mail first, which protects its participant.
    OutgoingMail.objects.filter(participant__in=keys).delete()
    Participant.objects.filter(pk__in=keys).delete()


def erase_guests(guests: QuerySet) -> None:
    for guest in guests:
        erase_participant(guest)


COMMENT = labels(Comment, CommentRevision)
# In this order: what one rule leaves is for a later one. An address goes after the comments that waited for
# it, a guest after what they said.
RULES = (
    RetentionRule(
        "unconfirmed comments",
        "unconfirmed",
        _("A comment whose author has not confirmed the address"),
        _("from when it was sent"),
        _("It is deleted; nobody has read it."),
        COMMENT,
        unconfirmed_comments,
        delete_unconfirmed,
    ),
    RetentionRule(
        "unconfirmed addresses",
        "unconfirmed",
        _("An address that nobody has confirmed, with the name that was given"),
        _("from when it was first typed, unless a comment, or a message kept in the outbox, still needs it"),
        _("It is deleted."),
        labels(Participant),
        unconfirmed_addresses,
        delete_addresses,
    ),
    RetentionRule(
        "unconfirmed follows",
        "unconfirmed",
        _("That somebody typed an address to follow a conversation, and its owner has not confirmed it"),
        _("from when it was typed"),
        _("It is deleted."),
        labels(Follow),
        unconfirmed_follows,
    ),
    RetentionRule(
        "networks",
        "networks",
        _("A digest of the network that a comment came from"),
        _("from when the comment was sent"),
        _("It is deleted; the comment stays."),
        COMMENT,
        networks,
        forget_networks,
    ),
    RetentionRule(
        "rejected comments",
        "rejected",
        _("A comment that was not published"),
        _("from when that was decided"),
        _("The words and the name are erased."),
        COMMENT,
        rejected,
        erase_each,
    ),
    RetentionRule(
        "refused changes",
        "rejected",
        _("A change of a published comment that was not accepted, or that another one replaced"),
        _("from when it was sent"),
        _("Its words are deleted; the comment stays as readers read it."),
        labels(CommentRevision),
        changes_set_aside,
        blank_set_aside,
    ),
    RetentionRule(
        "hidden comments",
        "hidden",
        _("A comment that a moderator removed"),
        _("from when it was removed"),
        BLANKED,
        COMMENT,
        hidden,
        erase_each,
    ),
    RetentionRule(
        "withdrawn comments",
        "withdrawn",
        _("A comment that its author withdrew"),
        _("from when it was withdrawn"),
        BLANKED,
        COMMENT,
        withdrawn,
        erase_each,
    ),
    RetentionRule(
        "guests",
        "guests",
        _("Name and address of a guest of whom no comment is left, and who follows nothing"),
        _("from when the address was confirmed, or the guest’s browser last seen"),
        _("Everything about them is erased, as if they had asked for it."),
        labels(Participant),
        forgotten_guests,
        erase_guests,
    ),
    StandingRule(
        _("A comment that is published or waits for a moderator, in every version, with its author’s name"),
        _("Until its author withdraws or erases it, or a moderator removes it."),
        COMMENT,
    ),
    StandingRule(
        _("What happened to a comment, when, and whether its author, a moderator or a rule did it"),
        _("As long as the comment has its place; it holds none of its words."),
        labels(CommentEvent),
    ),
    StandingRule(
        _("That a comment is quoted, where, what its author was asked, and under which name they agreed"),
        _("As long as the page that quotes it; the words are never copied."),
        labels(FeaturedComment),
    ),
    StandingRule(
        _("Which conversations somebody follows, and which they have muted"),
        _("Until they choose otherwise, or erase everything."),
        labels(Follow),
    ),
    StandingRule(
        _("That somebody quoted from elsewhere was invited to reply: a digest of the address, and when"),
        _("As long as the page that quotes them; the address goes with the message."),
        labels(ReplyInvitation),
    ),
)


def retention_rules() -> tuple[RetentionRule | StandingRule, ...]:
    return RULES
