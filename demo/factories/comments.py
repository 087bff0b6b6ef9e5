"""Conversations: brought in as if they had been held, with what was decided on each comment, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zlib import crc32

from django.utils import timezone

from demo.cast import find_guest
from demo.content import COMMENTS
from demo.content.shapes import Comment as Content
from demo.factories.demonstration import Demonstration
from demo.factories.people import verify_guest
from dialogue import consents
from dialogue.actions import AUTHOR, ImportedAct, ImportedComment, ImportedConsent
from dialogue.models import Comment, CommentStatus, DialoguePage, EventKind
from dialogue.permissions import CommentPermissionTester
from moderation.actions import DecidedComment, ImportedDecision, Justification, import_comments
from moderation.actions.screening import PUBLISHING_RULES, rule_for
from moderation.models import Verb
from moderation.screening.evidence import Evidence
from people.models import Participant, User

MODERATORS = ("fanny", "sylvio")  # the second for what the first may not read
DESK_OPENS, DESK_CLOSES = 8, 20  # hours at which somebody reads what came in
SHORTEST_WAIT, LONGEST_WAIT = 6, 110  # minutes until it is read
SHORTEST_REPLY = 11  # minutes; no reply of the content comes sooner
A_MOMENT = timedelta(minutes=1)
REMOVED_AFTER = timedelta(hours=5)


@dataclass(frozen=True)
class Remark:
    """Something that was said, when, and when others replied to it."""

    content: Content
    said_at: datetime
    answered_at: tuple[datetime, ...]


def hold_conversations(demo: Demonstration) -> None:
    """Bring in every comment that is missing, with all that was decided on it."""
    imported = import_comments(map(partial(_write_down, demo), _remember(demo)), by=None)
    demo.made["comments"] += len(imported)
    sources = {source_of(content): content.key for content in COMMENTS}
    for comment in Comment.objects.filter(imported_as__in=sources).select_related("page"):
        demo.comments[sources[comment.imported_as]] = comment


def source_of(content: Content) -> str:
    """Return what a comment of the content is called when it is imported: it comes once."""
    return f"demo:{content.key}"


# --- What happened ----------------------------------------------------------------------------------


def _remember(demo: Demonstration) -> Iterator[Remark]:
    """Yield everything that was said."""
    times = {content.key: _time_of(demo, content) for content in COMMENTS}
    answers: dict[str, list[datetime]] = {}
    for content in COMMENTS:
        answers.setdefault(content.parent, []).append(times[content.key])
    for content in COMMENTS:
        yield Remark(content, times[content.key], tuple(sorted(answers.get(content.key, []))))


def _time_of(demo: Demonstration, content: Content) -> datetime:
    page = demo.pages[content.page, content.language]
    began_at = page.opens_at if isinstance(page, DialoguePage) else page.first_published_at
    off_the_hour = timedelta(minutes=crc32(content.key.encode()) % SHORTEST_REPLY)
    return began_at + timedelta(hours=content.hours_after) + off_the_hour


def _decided_at(demo: Demonstration, remark: Remark) -> datetime:
    """Return when a moderator decided on what was held: before others replied to it."""
    before = [*remark.answered_at, demo.now][0] - A_MOMENT
    return min(read_at(remark.said_at, remark.content.key), before)


def _removed_at(demo: Demonstration, remark: Remark) -> datetime:
    """Return when what was public once was hidden or withdrawn: after others had replied to it."""
    last = [remark.said_at, *remark.answered_at][-1]
    return min(last + REMOVED_AFTER, demo.now - A_MOMENT)


def read_at(said_at: datetime, key: str) -> datetime:
    """Return when a moderator reads what came in at that time: soon by day, in the morning by night."""
    spread = crc32(key.encode()) % (LONGEST_WAIT - SHORTEST_WAIT)
    moment = timezone.localtime(said_at) + timedelta(minutes=SHORTEST_WAIT + spread)
    if moment.hour >= DESK_CLOSES:
        moment += timedelta(days=1)
    elif moment.hour >= DESK_OPENS:
        return moment
    return moment.replace(hour=DESK_OPENS, minute=spread % 60)


# --- As it is imported ------------------------------------------------------------------------------


def _write_down(demo: Demonstration, remark: Remark) -> DecidedComment:
    content = remark.content
    page, user = demo.pages[content.page, content.language], demo.users.get(content.author)
    agreed = [consents.PUBLISH, consents.QUOTE] if content.may_quote else [consents.PUBLISH]
    row = ImportedComment(
        source=source_of(content),
        page=page,
        author=_author_of(content, user),
        text=content.text,
        said_at=remark.said_at,
        parent=f"demo:{content.parent}" if content.parent else "",
        for_organisation=content.for_organisation,
        role_label_fr=user.role_label_fr if user else "",
        role_label_en=user.role_label_en if user else "",
        acts=tuple(_withdrawal(demo, remark)),
        consents=tuple(ImportedConsent(kind, remark.said_at) for kind in agreed),
    )
    return DecidedComment(row, tuple(_decisions(demo, remark, row)))


def _author_of(content: Content, user: User | None) -> Participant:
    if user:
        return Participant.of(user)
    guest = find_guest(content.author)
    return verify_guest(guest.name, guest.email, content.language)


def _withdrawal(demo: Demonstration, remark: Remark) -> Iterator[ImportedAct]:
    if remark.content.status == CommentStatus.WITHDRAWN:
        yield ImportedAct(EventKind.WITHDRAWN, _removed_at(demo, remark), AUTHOR)


def _decisions(demo: Demonstration, remark: Remark, row: ImportedComment) -> Iterator[ImportedDecision]:
    """Yield what screening and moderators decided, one after the other."""
    content = remark.content
    comment = Comment(page=row.page, participant=row.author, side=row.side)
    why, moderator = Justification(content.reason_code, content.reason), _moderator_of(demo, comment)
    rule = rule_for(Evidence.of(comment), signals=())
    if rule in PUBLISHING_RULES:
        yield ImportedDecision(Verb.PUBLISH, remark.said_at, rule=rule)
    else:
        yield ImportedDecision(Verb.HOLD, remark.said_at, rule=rule)
        if content.status == CommentStatus.REJECTED:
            yield ImportedDecision(Verb.REJECT, _decided_at(demo, remark), moderator, why=why)
        elif content.status != CommentStatus.HELD:
            yield ImportedDecision(Verb.PUBLISH, _decided_at(demo, remark), moderator)
    if content.status == CommentStatus.HIDDEN:
        yield ImportedDecision(Verb.HIDE, _removed_at(demo, remark), moderator, why=why)


def _moderator_of(demo: Demonstration, comment: Comment) -> User:
    """Return the first moderator who may read the page."""
    people = (demo.users[key] for key in MODERATORS)
    return next(person for person in people if CommentPermissionTester(comment, person).can_moderate())
