"""What people hear of decisions, and moderators of what waits for them."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogue.actions import status_token
from dialogue.models import Comment
from dialogue.querysets import MODERATE
from mail.actions import queue_mail
from mail.models import OutgoingMail
from mail.outbox import MailItem, MailKind
from moderation import topics
from moderation.models import Appeal, Decision, Flag, FlagState, Verb, WaitingNotice, without_pending
from moderation.querysets import REMOVED
from moderation.waiting_entries import list_waiting
from people.models import Participant, User
from people.permissions import viewer_of
from portal.formats import write_date
from portal.permissions import Audience, audience_of, can_read_page

DECISION = "moderation.decision"
WAITING = "moderation.waiting"
FLAG_RESULT = "moderation.flag_result"
FLAG_RECEIPT = "moderation.flag_receipt"
RESULTS_A_DAY = 3  # to an address that nobody has confirmed, whoever typed it in
A_DAY = timedelta(days=1)

_SUBJECT = {
    Verb.PUBLISH: gettext_lazy("Your comment is published"),
    Verb.RESTORE: gettext_lazy("Your comment is published again"),
    Verb.REJECT: gettext_lazy("Your comment was not published"),
    Verb.HIDE: gettext_lazy("Your comment was removed"),
    Verb.ACCEPT: gettext_lazy("Your change is published"),
    Verb.REFUSE: gettext_lazy("Your change was not accepted"),
    Verb.UPHOLD: gettext_lazy("Your appeal: the decision stands"),
}
_SENTENCE = {
    Verb.PUBLISH: gettext_lazy("Your comment on “%(title)s” is published, word for word as you wrote it."),
    Verb.RESTORE: gettext_lazy("Your comment on “%(title)s” can be read again, word for word."),
    Verb.REJECT: gettext_lazy("A moderator has read your comment on “%(title)s” and did not publish it."),
    Verb.HIDE: gettext_lazy("A moderator has removed your comment on “%(title)s”."),
    Verb.ACCEPT: gettext_lazy("Your comment on “%(title)s” now reads as you changed it, word for word."),
    Verb.REFUSE: gettext_lazy(
        "A moderator did not accept the change of your comment on “%(title)s”. It still reads as it did "
        "before."
    ),
    Verb.UPHOLD: gettext_lazy(
        "You appealed against a decision on your comment on “%(title)s”. Somebody else has read it again, "
        "and the decision stands."
    ),
}
_OVERTURNED = gettext_lazy("Your appeal: your comment is published")
_OVERTURNED_SENTENCE = gettext_lazy(
    "You appealed against a decision on your comment on “%(title)s”. Somebody else has read it again: it is "
    "published, word for word as you wrote it."
)


def tell_of_decision(decision: Decision) -> None:
    """Write down that an author is to hear what a moderator decided, unless they did it themselves."""
    participant = decision.comment.participant
    if decision.verb in _SUBJECT and participant.user_id != decision.by_id:
        queue_mail(DECISION, participant, cause_id=decision.pk)


def tell_of_waiting(comment: Comment, *, besides: User | None = None) -> None:
    """Write down that moderators are to hear that something waits: one row, however many they are.

    `moderation.actions.tell_moderators` finds out whom to tell, but for `besides`.
    """
    WaitingNotice.objects.create(page_id=comment.page_id, besides=besides)


def moderators() -> QuerySet[User]:
    """Return whose work it is to decide on comments; administrators may, but it is not theirs."""
    return User.objects.with_perm(
        MODERATE,
        include_superusers=False,
        # `with_perm` asks one backend, and wants it named where there are several.
        backend=settings.AUTHENTICATION_BACKENDS[0],
    )


def tell_flagger(flag: Flag, kind: str = FLAG_RESULT) -> None:
    """Write down that whoever flagged a comment, and left an address, is to hear of it: what became of it."""
    person = flag.participant
    if person is None and flag.email:
        person = Participant.guest_at(flag.email, language=flag.language)
    if person is None:
        return
    of_late = OutgoingMail.objects.filter(participant=person, kind=kind)
    of_late = of_late.filter(queued_at__gt=timezone.now() - A_DAY)
    if person.is_reachable or of_late.count() < RESULTS_A_DAY:
        queue_mail(kind, person, cause_id=flag.pk)


def read_decision(mail: OutgoingMail) -> MailItem | None:
    """Return the decision, where it still stands; of an internal dialogue, no more than that there is one."""
    decisions = Decision.objects.select_related("comment__page__locale", "event", "appeal_answered__decision")
    decision = decisions.filter(pk=mail.cause_id).first()
    if decision is None or not _still_stands(decision):
        return None
    comment, verb = decision.comment, Verb(decision.verb)
    if verb == Verb.ACCEPT and comment.version != decision.comment_version:
        return None  # it reads otherwise again by now
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
    subject, sentence = _SUBJECT[verb], _SENTENCE[verb]
    if verb != Verb.UPHOLD and hasattr(decision, "appeal_answered"):
        subject, sentence = _OVERTURNED, _OVERTURNED_SENTENCE
    until = decision.open_to_appeal_until
    return MailItem(
        subject=str(subject),
        sentence=str(sentence) % {"title": comment.page.title},
        details=tuple(_reason_of(decision)),
        more_url=appeal_address(comment) if until else "",
        more_label=_("Appeal, until %(date)s") % {"date": write_date(timezone.localtime(until))}
        if until
        else "",
        url=url,
        link_label=_("Read it in the conversation")
        if comment.is_published
        else _("See where your comment stands"),
    )


def read_waiting(mail: OutgoingMail) -> MailItem | None:
    """Return how much waits now for this moderator; nothing where it was decided on meanwhile."""
    user = mail.participant.user
    if user is None or not user.has_perm(MODERATE):
        return None
    counts = count_waiting(user)
    sentence = waiting_sentence(*counts)
    if not sentence:
        return None
    entries = list_waiting(user)
    return MailItem(
        subject=sentence,
        sentence=_("%(what)s. The longest:") % {"what": sentence}
        if sum(counts) > len(entries)
        else _("%(what)s:") % {"what": sentence},
        entries=entries,
        url=reverse("moderation_comments:list_comments"),
        link_label=_("Open the list"),
    )


def count_waiting(user: User) -> tuple[int, int, int]:
    """Return how many comments wait for this moderator, how many are flagged, and how many appeals wait."""
    comments = without_pending(Comment.objects.moderated_by(user))
    waiting = comments.held().count() + comments.changed().count()
    appeals = Appeal.objects.open().not_decided_by(user).appealed_among(comments)
    return waiting, Flag.objects.open().flagged_among(comments).count(), appeals.count()


def waiting_sentence(held: int, flagged: int, appealed: int = 0) -> str:
    """Say what waits for a decision; nothing where nothing does."""
    parts = []
    if held:
        parts.append(ngettext("%(count)s comment waits", "%(count)s comments wait", held) % {"count": held})
    if flagged:
        parts.append(
            ngettext("%(count)s comment is flagged", "%(count)s comments are flagged", flagged)
            % {"count": flagged}
        )
    if appealed:
        parts.append(
            ngettext("%(count)s appeal waits", "%(count)s appeals wait", appealed) % {"count": appealed}
        )
    return ", ".join(parts)


def read_flag_result(mail: OutgoingMail) -> MailItem | None:
    """Return what became of a flag, where it still stands; of an internal dialogue, no more than that."""
    flag = Flag.objects.settled().filter(pk=mail.cause_id).select_related("comment__page__locale").first()
    if flag is None or not can_read_page(viewer_of(mail.participant), flag.comment.page):
        return None
    comment, is_removed = flag.comment, flag.state == FlagState.UPHELD
    # Decided anew since: what stands now is the contrary of what this would tell.
    if comment.is_published == is_removed:
        return None
    conversation = reverse("open_page", args=[comment.page_id])
    url, label = comment.get_absolute_url(), _("Read it in the conversation")
    if is_removed:
        url, label = conversation, _("Go to the conversation")
    if audience_of(comment.page) == Audience.INTERNAL:
        return MailItem(
            subject=_("What became of a comment that you flagged"),
            sentence=_("A moderator has decided on a comment that you flagged in an internal dialogue."),
            url=conversation,
            link_label=_("Go to the conversation"),
        )
    sentence = (
        _("A moderator has read the comment that you flagged on “%(title)s”, and removed it.")
        if is_removed
        else _("A moderator has read the comment that you flagged on “%(title)s”, and left it in its place.")
    )
    return MailItem(
        subject=_("What became of a comment that you flagged"),
        sentence=sentence % {"title": comment.page.title},
        details=()
        if is_removed
        else (_("It does not break the rules of the conversation as we read them."),),
        url=url,
        link_label=label,
    )


def read_flag_receipt(mail: OutgoingMail) -> MailItem | None:
    """Return that a notice of illegal content has come in, while it waits; nothing once it is answered."""
    flag = Flag.objects.open().filter(pk=mail.cause_id).select_related("comment__page__locale").first()
    if flag is None or not can_read_page(viewer_of(mail.participant), flag.comment.page):
        return None
    if audience_of(flag.comment.page) == Audience.INTERNAL:
        sentence = _(
            "We have received what you say of a comment in an internal dialogue: that it is illegal."
        )
    else:
        sentence = _("We have received what you say of a comment on “%(title)s”: that it is illegal.")
    return MailItem(
        subject=_("We have received your notice"),
        sentence=sentence % {"title": flag.comment.page.title},
        details=(_("A person reads it and decides. We write to you what was decided."),),
        url=reverse("open_page", args=[flag.comment.page_id]),
        link_label=_("Go to the conversation"),
    )


def _address_of(comment: Comment) -> str:
    if comment.is_published or not comment.idempotency_key:
        return comment.get_absolute_url()
    return reverse("comment_status", args=[status_token(comment.idempotency_key)])


def appeal_address(comment: Comment) -> str:
    """Return where the author of a comment appeals: behind its own address, where it has one."""
    if comment.idempotency_key:
        return reverse("appeal_by_status", args=[status_token(comment.idempotency_key)])
    return reverse("appeal_own_comment", args=[comment.public_id])


def _still_stands(decision: Decision) -> bool:
    """Whether nothing was decided since that says otherwise."""
    if decision.event is not None:
        return decision.comment.status == decision.event.status_after
    # Of the decisions that leave the comment as it is, the answer to an appeal alone is told.
    is_answer = decision.verb == Verb.UPHOLD and hasattr(decision, "appeal_answered")
    return is_answer and decision.comment.status in REMOVED


def _reason_of(decision: Decision) -> list[str]:
    if not decision.reason_code:
        return [decision.reason_text] if decision.verb == Verb.UPHOLD and decision.reason_text else []
    reason = _("Reason: %(reason)s.") % {"reason": decision.get_reason_code_display()}
    return [part for part in (reason, decision.message_to_author, decision.reason_text) if part]


KINDS = (
    MailKind(DECISION, gettext_lazy("a decision"), read_decision),
    MailKind(WAITING, gettext_lazy("comments that wait"), read_waiting, topic=topics.WAITING),
    MailKind(
        FLAG_RESULT,
        gettext_lazy("what became of a flag"),
        read_flag_result,
        for_unverified=True,
        because=gettext_lazy("You get this because you flagged a comment here."),
    ),
    MailKind(
        FLAG_RECEIPT,
        gettext_lazy("receipt of a notice of illegal content"),
        read_flag_receipt,
        for_unverified=True,
        because=gettext_lazy("You get this because you flagged a comment here."),
    ),
)


def mail_kinds() -> tuple[MailKind, ...]:
    return KINDS
