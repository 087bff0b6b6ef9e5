"""A great many comments at once, to see how the portal bears them.

Written past the verbs, in batches, in the shape that the verbs would have given them: versions, events,
decisions, places in the thread, counts and the search index are all there.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import ceil
from random import Random

from django.utils import timezone
from wagtail.search.backends import get_search_backend

from blog.models import BlogIndexPage, BlogPage
from demo.factories.remarks import NAMES, OPENINGS, SENTENCES, TITLES
from dialogue.actions import recount
from dialogue.actions.posts import base_36
from dialogue.fragments import write_fragment
from dialogue.markup import Words
from dialogue.models import (
    Comment,
    CommentEvent,
    CommentRevision,
    CommentStatus,
    ConversationPage,
    EventKind,
    EventRole,
)
from home.actions import publish
from moderation.models import Decision, Rule, Verb
from people.models import Participant, Side, User

BATCH = 1_000
PEOPLE = 200
DEEPEST = 5
HOT_SHARE = 0.15  # of all comments stand in one thread
ALONE = 0.45  # of the other threads are a comment that nobody answers
TYPICAL_REPLIES = 6  # to a comment that is answered
PERIOD = timedelta(days=60)
READ_AFTER = timedelta(minutes=20)


def open_article(section: BlogIndexPage, count: int) -> BlogPage:
    """Publish an article for many guests to speak under."""
    language = section.locale.language_code
    article = BlogPage(
        title=TITLES[language].format(count=count),
        introduction=f"<p>{OPENINGS[language]}</p>",
        locale=section.locale,
        body=[("paragraph", "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[language]))],
    )
    published = publish(article, section)
    return BlogPage.objects.get(pk=published.pk)


def speak_up(page: ConversationPage, count: int, moderator: User) -> None:
    """Write `count` published comments under `page`."""
    chance = Random(count)  # the same comments each time
    people = _gather(page.locale.language_code)
    comments = _plan(page, count, people, chance)
    for level in range(DEEPEST + 1):
        _store(comment for comment in comments if comment.depth == level)
    _keep_versions(comments)
    _keep_decisions(comments, moderator)
    recount(page)
    for batch in _batches(comments):
        get_search_backend().add_bulk(Comment, batch)


def _plan(page: ConversationPage, count: int, people: list[Participant], chance: Random) -> list[Comment]:
    """Return the comments in the order of their times, each knowing its parent, none of them stored."""
    now = timezone.now()
    ages = sorted((chance.random() for _ in range(count)), reverse=True)
    lengths = _thread_lengths(count, chance)
    turns = [number for number, length in enumerate(lengths) for _ in range(length)]
    chance.shuffle(turns)
    comments: list[Comment] = []
    threads: dict[int, list[Comment]] = {}
    for age, turn in zip(ages, turns, strict=True):
        comment = _draft(page, chance.choice(people), chance)
        comment.submitted_at = now - PERIOD * age
        comment.published_at = min(comment.submitted_at + READ_AFTER, now)
        thread = threads.setdefault(turn, [])
        if thread:
            _answer(thread, comment, chance)
        thread.append(comment)
        write_fragment(comment)
        comments.append(comment)
    return comments


def _thread_lengths(count: int, chance: Random) -> list[int]:
    """Return how long each thread is, `count` in all: one is very long, and most are short."""
    lengths = [ceil(count * HOT_SHARE)]
    while (left := count - sum(lengths)) > 0:
        replies = 0 if chance.random() < ALONE else int(chance.expovariate(1 / TYPICAL_REPLIES))
        lengths.append(min(left, 1 + replies))
    return lengths


def _answer(thread: list[Comment], comment: Comment, chance: Random) -> None:
    """Place `comment` in the thread, below one of those that stand there."""
    root = thread[0]
    parent = chance.choice([other for other in thread[-20:] if other.depth < DEEPEST] or [root])
    root.last_seq += 1
    above: Comment | None = parent
    while above is not None:
        above.reply_count += 1
        above = above.parent
    comment.parent, comment.root = parent, root
    comment.depth = parent.depth + 1
    comment.path = parent.path + base_36(root.last_seq)


def _draft(page: ConversationPage, participant: Participant, chance: Random) -> Comment:
    language = page.locale.language_code
    words = SENTENCES[language]
    paragraphs = [
        " ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(chance.choice([1, 1, 1, 2, 3]))
    ]
    return Comment(
        page_id=page.pk,
        participant=participant,
        author_name=participant.name,
        side=Side.EXTERNAL,
        language=language,
        words_language=language,
        status=CommentStatus.PUBLISHED,
        words=Words.of("\n\n".join(paragraphs)),
    )


def _gather(language: str) -> list[Participant]:
    """Return the guests who write; they are made once."""
    first_names, last_names = NAMES
    guests = [
        Participant(
            name=f"{first_names[number % len(first_names)]} {last_names[number // len(first_names)]}",
            email=f"guest-{number}@example.com",
            language=language,
            verified_at=timezone.now(),
        )
        for number in range(PEOPLE)
    ]
    Participant.objects.bulk_create(guests, ignore_conflicts=True)
    emails = [guest.email for guest in guests]
    return list(Participant.objects.filter(user=None, email__in=emails).order_by("pk"))


def _store(comments: Iterable[Comment]) -> None:
    """Store comments of one level, whose parents are stored."""
    level = list(comments)
    for comment in level:
        comment.parent, comment.root = comment.parent, comment.root  # they have keys by now
    Comment.objects.bulk_create(level, batch_size=BATCH)


def _keep_versions(comments: list[Comment]) -> None:
    CommentRevision.objects.bulk_create(
        (
            CommentRevision(
                comment=comment,
                version=comment.version,
                words=comment.words,
                words_language=comment.words_language,
                submitted_at=comment.submitted_at,
                accepted_at=comment.submitted_at,
            )
            for comment in comments
        ),
        batch_size=BATCH,
    )


def _keep_decisions(comments: list[Comment], moderator: User) -> None:
    """Write what would have been decided: held because a guest wrote it, then published by the moderator."""
    held = (
        Decision(
            comment=comment,
            comment_version=comment.version,
            verb=Verb.HOLD,
            rule=Rule.GUEST,
            decided_at=comment.submitted_at,
        )
        for comment in comments
    )
    published = (
        Decision(
            comment=comment,
            comment_version=comment.version,
            verb=Verb.PUBLISH,
            event=event,
            by=moderator,
            decided_at=event.happened_at,
        )
        for comment, event in zip(comments, _keep_events(comments, moderator), strict=True)
    )
    Decision.objects.bulk_create(held, batch_size=BATCH)
    Decision.objects.bulk_create(published, batch_size=BATCH)


def _keep_events(comments: list[Comment], moderator: User) -> list[CommentEvent]:
    """Write that each was sent, and published by the moderator; return the latter, in the same order."""
    sent = (
        CommentEvent(
            comment=comment,
            kind=EventKind.POSTED,
            happened_at=comment.submitted_at,
            role=EventRole.AUTHOR,
            side=comment.side,
            status_after=CommentStatus.HELD,
            version=comment.version,
        )
        for comment in comments
    )
    published = [
        CommentEvent(
            comment=comment,
            kind=EventKind.PUBLISHED,
            happened_at=comment.published_at,
            role=EventRole.MODERATOR,
            by=moderator,
            side=Side.ORGANISATION,
            status_before=CommentStatus.HELD,
            status_after=CommentStatus.PUBLISHED,
            version=comment.version,
        )
        for comment in comments
    ]
    CommentEvent.objects.bulk_create(sent, batch_size=BATCH)
    return CommentEvent.objects.bulk_create(published, batch_size=BATCH)


def _batches(comments: list[Comment]) -> Iterator[list[Comment]]:
    return (comments[start : start + BATCH] for start in range(0, len(comments), BATCH))
