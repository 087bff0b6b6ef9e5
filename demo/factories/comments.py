"""Conversations, held by the portal's own verbs: decisions, versions and counts are what they would be.

The verbs write the time at which they are done; afterwards everything is moved to when it would have been.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from demo.cast import find_guest
from demo.content import COMMENTS
from demo.content.shapes import Comment as Content
from demo.factories.demonstration import Demonstration
from demo.factories.people import verify_guest, while_employed
from dialogue.actions import Submission, post_comment, withdraw_comment
from dialogue.models import Comment, CommentEvent, CommentStatus, ConversationPage, DialoguePage
from dialogue.origins import Origin
from dialogue.permissions import CommentPermissionTester
from mail.models import OutgoingMail
from moderation.actions import hide_comment, publish_comment, reject_comment
from moderation.mail import WAITING
from moderation.models import Decision
from people.models import Participant, User

MODERATORS = ("fanny", "sylvio")  # the second for what the first may not read
DESK_OPENS, DESK_CLOSES = 8, 20  # hours at which somebody reads what came in
SHORTEST_WAIT, LONGEST_WAIT = 6, 110  # minutes until it is read
SHORTEST_REPLY = 11  # minutes; no reply of the content comes sooner
A_MOMENT = timedelta(minutes=1)
REMOVED_AFTER = timedelta(hours=5)


@dataclass
class Remark:
    """Something that is to be said: when, and until when it must be on the page for others to answer it."""

    content: Content
    submitted_at: datetime
    answered_at: datetime


def hold_conversations(demo: Demonstration) -> None:
    """Post and decide on every comment that is missing, in the order of their times."""
    keys = {key_of(content): content.key for content in COMMENTS}
    for comment in Comment.objects.filter(idempotency_key__in=keys).select_related("page"):
        demo.comments[keys[comment.idempotency_key]] = comment
    missing = [content for content in COMMENTS if content.key not in demo.comments]
    pages = {place: _as_it_was_open(page) for place, page in demo.pages.items()}
    for remark in _in_order(demo, missing):
        content = remark.content
        comment = _say(demo, pages[content.page, content.language], remark)
        _decide(demo, comment, remark)
        demo.comments[content.key] = comment
        demo.made["comments"] += 1
    for content in missing:
        _remove(demo, content)
    _welcome_participants(missing)


def key_of(content: Content) -> str:
    """Return the key under which a comment is sent: sent again, it is the same comment."""
    return f"demo-{content.key}"


def _in_order(demo: Demonstration, contents: list[Content]) -> list[Remark]:
    times = {content.key: _time_of(demo, content) for content in contents}
    first_answers: dict[str, datetime] = {}
    for content in contents:
        if content.parent:
            first_answers[content.parent] = min(
                times[content.key], first_answers.get(content.parent, demo.now)
            )
    remarks = [
        Remark(content, times[content.key], first_answers.get(content.key, demo.now)) for content in contents
    ]
    return sorted(remarks, key=lambda remark: remark.submitted_at)


def _time_of(demo: Demonstration, content: Content) -> datetime:
    page = demo.pages[content.page, content.language]
    began_at = page.opens_at if isinstance(page, DialoguePage) else page.first_published_at
    off_the_hour = timedelta(minutes=crc32(content.key.encode()) % SHORTEST_REPLY)
    return began_at + timedelta(hours=content.hours_after) + off_the_hour


def _as_it_was_open(page: ConversationPage) -> ConversationPage:
    """Return the page as it stood while it took comments."""
    open_page = copy(page)
    open_page.comments_close_at = None
    return open_page


def _say(demo: Demonstration, page: ConversationPage, remark: Remark) -> Comment:
    content = remark.content
    user = demo.users.get(content.author)
    guest = None if user else find_guest(content.author)
    if guest:
        verify_guest(guest.name, guest.email, content.language)
    submission = Submission(
        text=content.text,
        key=key_of(content),
        user=user or AnonymousUser(),
        name=guest.name if guest else "",
        email=guest.email if guest else "",
        origin=Origin(is_verified=guest is not None),
        parent=demo.comments.get(content.parent),
        for_organisation=content.for_organisation,
        may_quote=content.may_quote,
        submitted_at=remark.submitted_at,
    )
    if user is None:
        return post_comment(page, submission)
    with while_employed(user):
        return post_comment(page, submission)


def _decide(demo: Demonstration, comment: Comment, remark: Remark) -> None:
    """Let a moderator do what was done, unless the comment still waits, and date it."""
    content = remark.content
    decided_at = remark.submitted_at
    if content.status != CommentStatus.HELD and comment.status == CommentStatus.HELD:
        moderator = _moderator_of(demo, comment)
        decided_at = min(read_at(remark.submitted_at, content.key), remark.answered_at - A_MOMENT)
        if content.status == CommentStatus.REJECTED:
            reject_comment(comment, by=moderator, reason_code=content.reason_code, reason_text=content.reason)
        else:
            publish_comment(comment, by=moderator)
    _date_events(comment, remark.submitted_at, decided_at)
    dates = {CommentStatus.PUBLISHED: "published_at", CommentStatus.REJECTED: "rejected_at"}
    if comment.status in dates:
        Comment.objects.filter(pk=comment.pk).update(**{dates[comment.status]: decided_at})


def _remove(demo: Demonstration, content: Content) -> None:
    """Hide or withdraw what was public once and is no longer."""
    if content.status not in {CommentStatus.HIDDEN, CommentStatus.WITHDRAWN}:
        return
    comment = demo.comments[content.key]
    answers = comment.replies.order_by("-submitted_at").values_list("submitted_at", flat=True)
    removed_at = min(max([comment.submitted_at, *answers]) + REMOVED_AFTER, demo.now - A_MOMENT)
    if content.status == CommentStatus.HIDDEN:
        hide_comment(
            comment,
            by=_moderator_of(demo, comment),
            reason_code=content.reason_code,
            reason_text=content.reason,
        )
        _date_events(comment, removed_at, removed_at, after=demo.now)
        Comment.objects.filter(pk=comment.pk).update(hidden_at=removed_at)
    else:
        withdraw_comment(comment, by=comment.participant)
        _date_events(comment, removed_at, removed_at, after=demo.now)
        Comment.objects.filter(pk=comment.pk).update(withdrawn_at=removed_at)


def read_at(submitted_at: datetime, key: str) -> datetime:
    """Return when a moderator reads what came in at that time: soon by day, in the morning by night."""
    spread = crc32(key.encode()) % (LONGEST_WAIT - SHORTEST_WAIT)
    moment = timezone.localtime(submitted_at) + timedelta(minutes=SHORTEST_WAIT + spread)
    if moment.hour >= DESK_CLOSES:
        moment += timedelta(days=1)
    elif moment.hour >= DESK_OPENS:
        return moment
    return moment.replace(hour=DESK_OPENS, minute=spread % 60)


def _moderator_of(demo: Demonstration, comment: Comment) -> User:
    """Return the first moderator who may read the page."""
    people = (demo.users[key] for key in MODERATORS)
    return next(person for person in people if CommentPermissionTester(comment, person).can_moderate())


def _date_events(
    comment: Comment, held_at: datetime, decided_at: datetime, after: datetime | None = None
) -> None:
    """Date what happened and what was decided, as far as it was written `after` that moment.

    A log refuses to be changed, and rightly: only here, where a past is made up, is that gone around.
    """
    for model, date in ((Decision, "decided_at"), (CommentEvent, "happened_at")):
        rows = model._base_manager.filter(comment=comment)
        if after:
            rows = rows.filter(**{f"{date}__gte": after})
        rows.filter(by=None).update(**{date: held_at})
        rows.exclude(by=None).update(**{date: decided_at})


def _welcome_participants(contents: list[Content]) -> None:
    """Let everybody have joined with their first comment."""
    keys = [key_of(content) for content in contents]
    comments = Comment.objects.filter(idempotency_key__in=keys).order_by("-submitted_at")
    first = dict(comments.values_list("participant", "submitted_at"))
    for pk, submitted_at in first.items():
        Participant.objects.filter(pk=pk, joined_at__gt=submitted_at).update(joined_at=submitted_at)


def keep_history_unmailed(since: datetime) -> None:
    """Take back what the demonstration's past would have people told now; what waits for moderators stays."""
    OutgoingMail.objects.filter(queued_at__gte=since).exclude(kind=WAITING).delete()
