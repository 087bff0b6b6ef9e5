"""What people hear of decisions, and moderators of what waits for them."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogue.actions import status_token
from dialogue.mail import viewer_of
from dialogue.models import Comment
from moderation.models import Decision, Verb
from people.actions import queue_mail
from people.models import MailTopic, OutgoingMail, Participant, User
from people.outbox import MailItem, MailKind
from portal.permissions import Audience, audience_of, can_read_page

DECISION = "moderation.decision"
WAITING = "moderation.waiting"
PATIENCE = timedelta(minutes=15)  # whoever comes in this time is told in the same message

_SUBJECT = {
    Verb.PUBLISH: gettext_lazy("Your comment is published"),
    Verb.RESTORE: gettext_lazy("Your comment is published again"),
    Verb.REJECT: gettext_lazy("Your comment was not published"),
    Verb.HIDE: gettext_lazy("Your comment was removed"),
}
_SENTENCE = {
    Verb.PUBLISH: gettext_lazy("Your comment on “%(title)s” is published, word for word as you wrote it."),
    Verb.RESTORE: gettext_lazy("Your comment on “%(title)s” can be read again, word for word."),
    Verb.REJECT: gettext_lazy("A moderator has read your comment on “%(title)s” and did not publish it."),
    Verb.HIDE: gettext_lazy("A moderator has removed your comment on “%(title)s”."),
}


def tell_of_decision(decision: Decision) -> None:
    """Write down that an author is to hear what a moderator decided, unless they did it themselves."""
    participant = decision.comment.participant
    if decision.verb in _SUBJECT and participant.user_id != decision.by_id:
        queue_mail(DECISION, participant, cause_id=decision.pk)


def tell_of_waiting(comment: Comment) -> None:
    """Write down that moderators are to hear that something waits: once for all that comes meanwhile."""
    moderators = User.objects.with_perm(
        "dialogue.moderate_comment",
        include_superusers=False,  # they may, but it is not their work
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )
    for moderator in moderators:
        if can_read_page(moderator, comment.page):
            queue_mail(WAITING, Participant.of(moderator), delay=PATIENCE, collapse=True)


def read_decision(mail: OutgoingMail) -> MailItem | None:
    """Return the decision, where it still stands; of an internal dialogue, no more than that there is one."""
    decision = Decision.objects.filter(pk=mail.cause_id).select_related("comment__page__locale").first()
    if decision is None or decision.comment.status != decision.status_after:
        return None
    comment, verb = decision.comment, Verb(decision.verb)
    viewer = viewer_of(mail.participant)
    if not can_read_page(viewer, comment.page):
        return None
    url = _address_of(comment)
    if audience_of(comment.page) == Audience.INTERNAL:
        return MailItem(
            subject=_("A decision on your comment in an internal dialogue"),
            sentence=_("A moderator has decided on a comment of yours in an internal dialogue."),
            url=url,
            link_label=_("See where your comment stands"),
        )
    return MailItem(
        subject=str(_SUBJECT[verb]),
        sentence=str(_SENTENCE[verb]) % {"title": comment.page.title},
        details=tuple(_reason_of(decision)),
        url=url,
        link_label=_("Read it in the conversation")
        if comment.is_published
        else _("See where your comment stands"),
    )


def read_waiting(mail: OutgoingMail) -> MailItem | None:
    """Return how much waits now for this moderator; nothing where it was decided on meanwhile."""
    user = mail.participant.user
    if user is None or not user.has_perm("dialogue.moderate_comment"):
        return None
    count = Comment.objects.held().on_pages_visible_to(user).count()
    if not count:
        return None
    sentence = ngettext("%(count)s comment waits", "%(count)s comments wait", count) % {"count": count}
    return MailItem(
        subject=sentence,
        sentence=sentence + ".",
        url=reverse("moderation_comments:list_comments"),
        link_label=_("Open the list"),
    )


def _address_of(comment: Comment) -> str:
    if comment.is_published or not comment.idempotency_key:
        return comment.get_absolute_url()
    return reverse("comment_status", args=[status_token(comment.idempotency_key)])


def _reason_of(decision: Decision) -> list[str]:
    if not decision.reason_code:
        return []
    reason = _("Reason: %(reason)s.") % {"reason": decision.get_reason_code_display()}
    return [part for part in (reason, decision.reason_text) if part]


KINDS = (
    MailKind(DECISION, gettext_lazy("a decision"), read_decision),
    MailKind(WAITING, gettext_lazy("comments that wait"), read_waiting, topic=MailTopic.WAITING),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS
