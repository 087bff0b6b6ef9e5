"""What the conversation tells people by mail. Written when it is sent, from what they may then read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import links, topics
from dialogue.models.comments import Comment
from dialogue.models.follows import Follow, FollowNotice, FollowSubject
from dialogue.passages import quote_passages
from mail.actions import make_link, queue_mail
from mail.models import OutgoingMail
from mail.outbox import ADDRESS_WAS_TYPED, MailItem, MailKind, stop_address
from people.models import Participant, Side
from people.permissions import viewer_of
from portal.permissions import Audience, audience_of

REPLY = "dialogue.reply"
CONFIRM = "dialogue.confirm"
PERSONAL = "dialogue.personal"
FOLLOWED = "dialogue.followed"
CONFIRM_FOLLOW = "dialogue.confirm_follow"

# What one click in a message stops; `dialogue.follow_mail` does it.
FOLLOW_STOP, MUTE_STOP = "follow", "mute"


def tell_of_reply(reply: Comment) -> None:
    """Write down that the author of the comment above is to hear of a reply that has just been published."""
    parent = reply.parent
    if parent is None or parent.participant_id == reply.participant_id:
        return
    queue_mail(REPLY, parent.participant, cause_id=reply.pk)


def note_for_followers(comment: Comment) -> None:
    """Write down that a comment has just been published, where somebody follows: one row, and no more.

    `dialogue.actions.tell_followers` finds out whom to tell. What became of a dialogue will be told to its
    followers in the same way, once there are outcomes.
    """
    if Follow.objects.about(comment).followed().exists():
        FollowNotice.objects.bulk_create([FollowNotice(comment=comment)], ignore_conflicts=True)


def has_muted(participant: Participant, comment: Comment) -> bool:
    """Whether somebody wants to hear nothing of where a comment stands."""
    return Follow.objects.filter(participant=participant).muted().about(comment).exists()


def thread_of(comment: Comment) -> FollowSubject:
    return FollowSubject(comment.page, comment.root or comment)


def read_reply(mail: OutgoingMail) -> MailItem | None:
    """Return the reply as its reader may see it now; the words of an internal one stay inside."""
    replies = Comment.objects.visible_to(viewer_of(mail.participant))
    reply = replies.filter(pk=mail.cause_id).select_related("page__locale", "parent", "root").first()
    # Asked when the message leaves (decision 12): a mute may have come after it was queued.
    if reply is None or not reply.parent.is_published or has_muted(mail.participant, reply):
        return None
    stop = {
        "stop_url": stop_address(mail.participant, MUTE_STOP, thread_of(reply).key),
        "stop_label": _("Tell me nothing more about this thread"),
    }
    if audience_of(reply.page) == Audience.INTERNAL:
        return MailItem(
            subject=_("A reply to your comment in an internal dialogue"),
            sentence=_("Somebody has replied to a comment of yours in an internal dialogue."),
            url=reply.get_absolute_url(),
            link_label=_("Read the reply (sign-in)"),
            **stop,
        )
    named = {"name": reply.author_name, "title": reply.page.title}
    is_official = reply.side == Side.ORGANISATION
    return MailItem(
        subject=_("An official answer to your comment")
        if is_official
        else _("%(name)s replied to you") % named,
        sentence=_("%(name)s answered your comment on “%(title)s” in our name: this is an official answer.")
        % named
        if is_official
        else _("%(name)s replied to your comment on “%(title)s”.") % named,
        details=tuple(_told_of_passage(reply)),
        quotation=reply.words.plain,
        quoted_name=reply.author_name,
        quoted_language=reply.words_language,
        url=reply.get_absolute_url(),
        link_label=_("Read the reply in the conversation"),
        **stop,
    )


def _told_of_passage(reply: Comment) -> list[str]:
    """Say which words of its reader a reply quotes, as the page itself says it now."""
    quoted = quote_passages([reply]).get(reply.pk)
    if quoted is None:
        return []
    if quoted.changed_since is not None:
        return [_("You had written: “%(words)s”") % {"words": quoted.words}]
    return [_("You wrote: “%(words)s”") % {"words": quoted.words}]


def read_confirmation(mail: OutgoingMail) -> MailItem | None:
    """Return a new link that confirms an address; nothing where nothing waits for it any more.

    None of the words that were sent are in it: anybody can type an address, and could write to it through us.
    """
    if not Comment.objects.unverified().filter(participant=mail.participant_id).exists():
        return None
    token = make_link(mail.participant, links.CONFIRM)
    return MailItem(
        subject=_("Please confirm your comment"),
        sentence=_("Somebody has sent us a comment and gave this address."),
        details=(
            _("If it was you, open the link and press the button there. It works once, for 24 hours."),
            _("If it was not you, do nothing: the comment stays unseen, and this address is shown nowhere."),
        ),
        url=reverse("confirm_comments", args=[token]),
        link_label=_("Confirm my comment"),
    )


def read_personal_link(mail: OutgoingMail) -> MailItem:
    """Return a new link to the page of whoever asked for it by typing their address."""
    token = make_link(mail.participant, links.PERSONAL)
    return MailItem(
        subject=_("Your comments and your choices"),
        sentence=_("Somebody has asked for the link to your page, where all your comments are."),
        details=(
            _("If it was you, open the link and press the button there. It works once, for 10 minutes."),
            _("If it was not you, do nothing: nobody else gets to see the page."),
        ),
        url=reverse("open_personal_page", args=[token]),
        link_label=_("Go to my page"),
    )


KINDS = (
    MailKind(REPLY, gettext_lazy("a reply"), read_reply, topic=topics.REPLIES),
    MailKind(
        CONFIRM,
        gettext_lazy("a link to confirm an address"),
        read_confirmation,
        for_unverified=True,
        because=ADDRESS_WAS_TYPED,
    ),
    MailKind(
        PERSONAL,
        gettext_lazy("a link to the personal page"),
        read_personal_link,
        for_unverified=True,
        because=ADDRESS_WAS_TYPED,
    ),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS
