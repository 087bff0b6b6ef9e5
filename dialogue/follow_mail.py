"""What followers are told, how an address comes to follow, and what one click in a message stops."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import links, topics
from dialogue.actions import answer_follow_request, mute_conversation, unfollow_conversation
from dialogue.mail import CONFIRM_FOLLOW, FOLLOW_STOP, FOLLOWED, MUTE_STOP
from dialogue.models.comments import Comment
from dialogue.models.follows import Follow, FollowSubject, find_subject
from dialogue.permissions import FollowPermissionTester
from mail.actions import make_link
from mail.models import OutgoingMail
from mail.outbox import ADDRESS_WAS_TYPED, MailItem, MailKind, MailStop, stop_address
from people.models import Participant, Side
from people.permissions import viewer_of
from portal.permissions import Audience, audience_of


def wished_subject(participant: Participant, comment: Comment) -> FollowSubject | None:
    """Return what somebody follows that tells them of a comment now: its conversation or thread, or None."""
    wishes = list(Follow.objects.filter(participant=participant).kept().about(comment).select_related("page"))
    # A mute of the thread counts more than following its conversation.
    if not wishes or any(wish.is_muted for wish in wishes):
        return None
    whole = [wish for wish in wishes if wish.root_id is None]
    return (whole or wishes)[0].subject


def read_followed(mail: OutgoingMail) -> MailItem | None:
    """Return a comment in what somebody follows, as they may see it; of an internal one, that it is there."""
    comments = Comment.objects.visible_to(viewer_of(mail.participant)).exclude(participant=mail.participant)
    comment = comments.filter(pk=mail.cause_id).select_related("page__locale", "root").first()
    subject = wished_subject(mail.participant, comment) if comment else None
    if comment is None or subject is None:
        return None
    stop = {
        "stop_url": stop_address(mail.participant, FOLLOW_STOP, subject.key),
        "stop_label": _("Follow this thread no more")
        if subject.root
        else _("Follow this conversation no more"),
    }
    if audience_of(comment.page) == Audience.INTERNAL:
        return MailItem(
            subject=_("A new comment in an internal dialogue"),
            sentence=_("Somebody has spoken in an internal dialogue that you follow."),
            url=comment.get_absolute_url(),
            link_label=_("Read the comment (sign-in)"),
            **stop,
        )
    return MailItem(
        subject=_("%(name)s spoke on “%(title)s”")
        % {"name": comment.author_name, "title": comment.page.title},
        sentence=_followed_sentence(comment) % {"name": comment.author_name, "title": comment.page.title},
        quotation=comment.words.plain,
        quoted_name=comment.author_name,
        quoted_language=comment.words_language,
        url=comment.get_absolute_url(),
        link_label=_("Read the comment in the conversation"),
        **stop,
    )


def _followed_sentence(comment: Comment) -> str:
    if comment.side == Side.ORGANISATION:
        return _("%(name)s spoke officially, in our name, in a conversation that you follow, on “%(title)s”.")
    return _("%(name)s spoke in a conversation that you follow, on “%(title)s”.")


def read_follow_confirmation(mail: OutgoingMail) -> MailItem | None:
    """Return a new link by which the owner of an address agrees to follow; None where nothing waits.

    It names no page: anybody can type an address, and could write to it through a title.
    """
    if not Follow.objects.filter(participant=mail.participant).unconfirmed().exists():
        return None
    token = make_link(mail.participant, links.FOLLOW)
    return MailItem(
        subject=_("Do you want to follow a conversation?"),
        sentence=_("Somebody has asked us to tell this address of new comments in a conversation."),
        details=(
            _("If it was you, open the link and press the button there. It works once, for 24 hours."),
            _("If it was not you, do nothing: we do not write about it again."),
        ),
        url=reverse("confirm_follows", args=[token]),
        link_label=_("See what it is about"),
    )


def describe_subject(participant: Participant, key: str) -> str:
    """Return what a link stops, in words that tell nothing to whoever may not read it any more."""
    subject = find_subject(key)
    if subject is None:
        return ""
    is_open = FollowPermissionTester(subject, viewer_of(participant)).can_follow()
    if not is_open or audience_of(subject.page) == Audience.INTERNAL:
        return _("this thread") if subject.root else _("this conversation")
    if subject.root:
        return _("a thread on “%(title)s”") % {"title": subject.page.title}
    return _("the conversation on “%(title)s”") % {"title": subject.page.title}


def stop_following(participant: Participant, key: str) -> None:
    """End what somebody follows; the second time changes nothing."""
    subject = find_subject(key)
    if subject:
        unfollow_conversation(subject, by=participant)


def stop_telling(participant: Participant, key: str) -> None:
    """Mute a thread, where its reader may still read it: nobody is told of what is closed to them anyway."""
    subject = find_subject(key)
    if subject and FollowPermissionTester(subject, viewer_of(participant)).can_follow():
        mute_conversation(subject, by=participant)


KINDS = (
    MailKind(FOLLOWED, gettext_lazy("a new comment"), read_followed, topic=topics.FOLLOWS),
    MailKind(
        CONFIRM_FOLLOW,
        gettext_lazy("a link to follow a conversation"),
        read_follow_confirmation,
        for_unverified=True,
        answer=answer_follow_request,
        because=ADDRESS_WAS_TYPED,
    ),
)
STOPS = (
    MailStop(FOLLOW_STOP, describe_subject, stop_following),
    MailStop(MUTE_STOP, describe_subject, stop_telling),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS


def mail_stops() -> tuple[MailStop, ...]:
    return STOPS
