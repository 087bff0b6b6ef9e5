"""A guest's comment waits, unseen even by moderators, until the address is shown to be the guest's."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from dialogue import links
from dialogue.actions.consents import keep_wishes
from dialogue.actions.events import AUTHOR, record_event
from dialogue.actions.locks import lock_comment, lock_comments
from dialogue.actions.screening import screen
from dialogue.actions.visibility import tell_of_comments
from dialogue.mail import CONFIRM
from dialogue.models.comments import Comment
from dialogue.models.events import EventKind
from dialogue.models.statuses import CommentStatus
from mail.actions import open_links, queue_mail, use_link
from mail.models import MailLink, OutgoingMail
from people.models import Device, Participant

MESSAGES_A_DAY = 3  # to one address, whoever types it in
A_DAY = timedelta(days=1)


def ask_to_confirm(participant: Participant, *, again: bool = False) -> None:
    """Write down that a guest is to be sent a link, unless one is on its way or in their hands.

    `again`: they ask for it themselves, so a link that they should have by now does not count. Either way at
    most three messages a day go to one address. Nothing tells the asker which it was.
    """
    now = timezone.now()
    with transaction.atomic():
        # Of two at once, the second sees the message of the first.
        Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
        of_late = OutgoingMail.objects.filter(
            participant=participant, kind=CONFIRM, queued_at__gt=now - A_DAY
        )
        has_link = open_links(participant, links.CONFIRM).exists()
        if of_late.count() < MESSAGES_A_DAY and (again or not has_link):
            queue_mail(CONFIRM, participant, collapse=True)


def confirm_comments(participant: Participant, comments: Iterable[Comment]) -> list[Comment]:
    """Let those of `comments` that wait for this guest's confirmation go on to screening; return them.

    Whatever is not theirs, or does not wait, is passed over: the second time changes nothing.
    """
    comments, confirmed = list(comments), {}
    with transaction.atomic():
        # All at once and told at once, before the first is changed: decisions 29 and 32.
        locked = lock_comments(comments)
        tell_of_comments(locked)
        for comment in locked:
            # Read anew under the lock: its author may have withdrawn it since the page was opened.
            current = lock_comment(comment)
            if current.participant_id != participant.pk or current.status != CommentStatus.UNVERIFIED:
                continue
            # Held first: no step of a screening leads on from `unverified`, and without any it stays held.
            current.status = CommentStatus.HELD
            current.save(update_fields=["status"])
            record_event(current, EventKind.CONFIRMED, AUTHOR)
            keep_wishes(current)
            screen(current)
            confirmed[current.pk] = current
    # In the order in which they were asked for, and not in that of the locks.
    return [confirmed[comment.pk] for comment in comments if comment.pk in confirmed]


def note_device(comments: Iterable[Comment], device: Device) -> None:
    """Remember the browser in which their guest confirmed `comments`: there they can be looked up."""
    # What is not this guest's is passed over (T01).
    theirs = Comment.objects.filter(participant=device.participant_id)
    with transaction.atomic():
        locked = lock_comments(comments)
        theirs.filter(pk__in=[comment.pk for comment in locked]).update(device=device)


def confirm_by_link(link: MailLink, comments: Iterable[Comment]) -> list[Comment] | None:
    """Use a mailed link up and confirm what was chosen; None where the link was used meanwhile."""
    with transaction.atomic():
        # In one transaction: where the confirmation fails, the link is not used up.
        return confirm_comments(link.participant, comments) if use_link(link) else None
