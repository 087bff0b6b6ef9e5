"""Following and muting conversations and threads, and telling those who follow.

Publishing a comment writes one row at most, whatever the number of followers; `tell_followers` does the rest
before mail is sent.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from dialogue import topics
from dialogue.mail import FOLLOWED, REPLY
from dialogue.models.comments import Comment
from dialogue.models.follows import Follow, FollowNotice, FollowSubject, find_subject
from dialogue.permissions import FollowPermissionTester
from mail.actions import choose_mail, frequency_of, queue_mails, use_link
from mail.models import ChoicePlace, MailFrequency, MailLink, MailRequest, OutgoingMail
from people.models import Participant
from people.permissions import viewer_of

BATCH = 500  # followers in one transaction: no writer waits for long
DELAY = timedelta(minutes=5)  # whatever is said in this time is told in one message


def follow_conversation(subject: FollowSubject, *, by: Participant, place: ChoicePlace) -> bool:
    """Let somebody hear of new comments; return whether that is new. Muting the same thing ends with it.

    Whoever had stopped all such messages hears of them again, at once: they ask for it. Raises
    `PermissionDenied` for what they may not read.
    """
    _refuse_closed(subject, by)
    with transaction.atomic():
        _agree_to_be_told(by, place)
        return _keep(subject, by, followed_at=timezone.now())


def mute_conversation(subject: FollowSubject, *, by: Participant) -> bool:
    """Send somebody nothing more about it, not even replies; return whether that is new.

    Raises `PermissionDenied` for what they may not read.
    """
    _refuse_closed(subject, by)
    return _keep(subject, by, muted_at=timezone.now())


def unfollow_conversation(subject: FollowSubject, *, by: Participant) -> bool:
    """Tell somebody no more of it, though they may not read it any more; return whether they followed it."""
    return bool(Follow.objects.filter(participant=by).followed().on(subject).delete()[0])


def unmute_conversation(subject: FollowSubject, *, by: Participant) -> bool:
    """Let mail about it through again; return whether it was muted."""
    return bool(Follow.objects.filter(participant=by).muted().on(subject).delete()[0])


def answer_follow_request(request: MailRequest) -> Participant | None:
    """Return whom to ask whether they want to follow what somebody typed their address for, or None.

    Somebody unknown is known from here on by the address alone, until the link is used or its time is over.
    """
    subject = find_subject(request.about)
    # As a stranger: an address says nothing of who typed it, and a link must not lead to what is closed.
    if subject is None or not FollowPermissionTester(subject, AnonymousUser()).can_follow():
        return None
    guest = Participant.guest_at(request.address, language=subject.page.locale.language_code)
    known = Follow.objects.filter(participant=guest).on(subject)
    if known.followed().exists():
        return None
    if not known.update(asked_at=timezone.now()):
        Follow.objects.create(
            participant=guest, page_id=subject.page.pk, root=subject.root, asked_at=timezone.now()
        )
    return guest


def confirm_follows(link: MailLink, follows: Iterable[Follow]) -> list[Follow] | None:
    """Use a mailed link up and let its owner follow what they chose; None where it was used meanwhile.

    What they did not choose is forgotten, and what is closed to them by now.
    """
    chosen = {follow.pk for follow in follows}
    with transaction.atomic():
        if not use_link(link):
            return None
        waiting = list(
            Follow.objects.filter(participant=link.participant)
            .unconfirmed()
            .select_related("page__locale", "root", "participant__user")
        )
        confirmed = [follow for follow in waiting if follow.pk in chosen and _is_open(follow)]
        # The same act as a click of somebody signed in: consent, rhythm and row come from one place.
        for follow in confirmed:
            follow_conversation(follow.subject, by=link.participant, place=ChoicePlace.FOLLOW)
        _forget_unconfirmed(waiting)
    return confirmed


def tell_followers() -> int:
    """Write down for every follower what was published since; return for how many messages.

    A batch at a time, each in a transaction with how far it came: any number of workers may be at it, one
    that dies is continued, and nobody is told of the same comment twice.
    """
    told = 0
    # A list, not an open cursor: each batch below is a transaction of its own.
    for pk in list(FollowNotice.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)):
        while (written := _tell_batch(pk)) is not None:
            told += written
    return told


def followers_of(comment: Comment) -> QuerySet[Participant]:
    """Return who is to be told of a published comment, leaving out its author and who is told otherwise."""
    reaching = Follow.objects.about(comment)
    mine = reaching.filter(participant=OuterRef("pk"))
    told = OutgoingMail.objects.filter(participant=OuterRef("pk"), kind=REPLY, cause_id=comment.pk)
    # Whoever began to follow later has read what was there already.
    followed = reaching.followed().filter(followed_at__lte=comment.published_at)
    people = Participant.objects.filter(pk__in=followed.values("participant")).exclude(
        pk=comment.participant_id
    )
    return people.exclude(Exists(mine.muted())).exclude(Exists(told)).order_by("pk")


def _tell_batch(pk: int) -> int | None:
    """Write down the next batch of a notice; return its size, or None where nothing is left to do."""
    with transaction.atomic():
        # Of the notice alone, though its comment is read with it: comments have an order of their own, and a
        # notice that another worker has is passed over.
        notices = FollowNotice.objects.select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",)
        )
        notice = notices.filter(pk=pk, told_at=None).select_related("comment").first()
        if notice is None:
            return None
        batch: list[Participant] = []
        # Taken away meanwhile: nobody is told, and the notice is done (F33).
        if notice.comment.is_published:
            left = followers_of(notice.comment).filter(pk__gt=notice.last_told)
            batch = list(left.select_related("user")[:BATCH])
        written = queue_mails(FOLLOWED, batch, cause_id=notice.comment_id, delay=DELAY)
        if len(batch) < BATCH:
            notice.told_at = timezone.now()
        else:
            notice.last_told = batch[-1].pk
        notice.save(update_fields=["last_told", "told_at"])
    return written


def _agree_to_be_told(participant: Participant, place: ChoicePlace) -> None:
    if frequency_of(participant, topics.FOLLOWS) == MailFrequency.NEVER:
        choose_mail(participant, topics.FOLLOWS, MailFrequency.IMMEDIATE, place=place)


def _keep(subject: FollowSubject, participant: Participant, **wish: object) -> bool:
    """Write down what somebody wishes of a subject in place of what they wished before."""
    name = next(iter(wish))
    wished = {"asked_at": None, "followed_at": None, "muted_at": None, **wish}
    with transaction.atomic():
        # Two clicks at once make one row: the constraints of `Follow` refuse a second, and the first is read.
        follow, is_new = Follow.objects.select_for_update().get_or_create(
            participant=participant, page_id=subject.page.pk, root=subject.root, defaults=wished
        )
        if is_new:
            return True
        if getattr(follow, name) is not None:
            return False
        for field, value in wished.items():
            setattr(follow, field, value)
        follow.save(update_fields=list(wished))
    return True


def _forget_unconfirmed(follows: Iterable[Follow]) -> None:
    """Ask no more about what was asked about; what is followed or muted stays so."""
    rows = Follow.objects.filter(pk__in=[follow.pk for follow in follows])
    # What was followed or muted before somebody typed the address is the owner's own wish.
    rows.kept().update(asked_at=None)
    rows.exclude(pk__in=rows.kept().values("pk")).delete()


def _is_open(follow: Follow) -> bool:
    return FollowPermissionTester(follow.subject, viewer_of(follow.participant)).can_follow()


def _refuse_closed(subject: FollowSubject, participant: Participant) -> None:
    if not FollowPermissionTester(subject, viewer_of(participant)).can_follow():
        raise PermissionDenied
