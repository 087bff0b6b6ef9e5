"""A great many comments at once, to see how the portal bears them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random

from django.utils import timezone

from blog.models import BlogIndexPage, BlogPage
from demo.factories.remarks import NAMES, OPENINGS, SENTENCES, TITLES
from dialogue.actions import ImportedComment
from dialogue.models import ConversationPage
from home.actions import publish
from moderation.actions import DecidedComment, ImportedDecision, import_comments
from moderation.models import Rule, Verb
from people.models import Participant, User

PEOPLE = 200
DEEPEST = 5
HOT_SHARE = 0.15  # of all comments stand in one thread
ALONE = 0.45  # of the other threads are a comment that nobody answers
TYPICAL_REPLIES = 6  # to a comment that is answered
PERIOD = timedelta(days=60)
READ_AFTER = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a comment stands: what it is called, what it replies to, and how deep."""

    source: str
    parent: str = ""
    depth: int = 0


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
    """Bring in `count` published comments under `page`; every call brings others."""
    chance = Random(count)  # the same comments each time
    people = _gather(page.locale.language_code)
    import_comments(_plan(page, count, people, moderator, chance), by=None)


def queue_up(page: ConversationPage, count: int) -> None:
    """Bring in `count` comments of guests under `page` that wait for a moderator, each a thread."""
    chance, load, now = Random(count), secrets.token_hex(6), timezone.now()
    people, language = _gather(page.locale.language_code), page.locale.language_code
    rows = (
        ImportedComment(
            source=f"queue:{load}:{number}",
            page=page,
            author=chance.choice(people),
            text=_write(language, chance),
            said_at=now - PERIOD * (count - number) / count,
            words_language=language,
        )
        for number in range(count)
    )
    held = (DecidedComment(row, (ImportedDecision(Verb.HOLD, row.said_at, rule=Rule.GUEST),)) for row in rows)
    import_comments(held, by=None)


def _plan(
    page: ConversationPage, count: int, people: list[Participant], moderator: User, chance: Random
) -> Iterator[DecidedComment]:
    """Yield the comments in the order of their times, each with what it replies to and what was decided."""
    now, load = timezone.now(), secrets.token_hex(6)
    ages = sorted((chance.random() for _ in range(count)), reverse=True)
    lengths = _thread_lengths(count, chance)
    turns = [number for number, length in enumerate(lengths) for _ in range(length)]
    chance.shuffle(turns)
    threads: dict[int, list[_Place]] = {}
    for number, (age, turn) in enumerate(zip(ages, turns, strict=True)):
        thread = threads.setdefault(turn, [])
        place = _next_place(thread, f"load:{load}:{number}", chance)
        thread.append(place)
        row = ImportedComment(
            source=place.source,
            page=page,
            author=chance.choice(people),
            text=_write(page.locale.language_code, chance),
            said_at=now - PERIOD * age,
            parent=place.parent,
            words_language=page.locale.language_code,
        )
        yield _decided(row, moderator, now)


def _decided(row: ImportedComment, moderator: User, now: datetime) -> DecidedComment:
    """Return what would have been decided: held because a guest wrote it, then published by the moderator."""
    held = ImportedDecision(Verb.HOLD, row.said_at, rule=Rule.GUEST)
    published = ImportedDecision(Verb.PUBLISH, min(row.said_at + READ_AFTER, now), moderator)
    return DecidedComment(row, (held, published))


def _thread_lengths(count: int, chance: Random) -> list[int]:
    """Return how long each thread is, `count` in all: one is very long, and most are short."""
    lengths = [ceil(count * HOT_SHARE)]
    while (left := count - sum(lengths)) > 0:
        replies = 0 if chance.random() < ALONE else int(chance.expovariate(1 / TYPICAL_REPLIES))
        lengths.append(min(left, 1 + replies))
    return lengths


def _next_place(thread: list[_Place], source: str, chance: Random) -> _Place:
    """Return the next place in the thread: at its root, or below one of those who spoke last."""
    if not thread:
        return _Place(source)
    above = chance.choice([other for other in thread[-20:] if other.depth < DEEPEST] or thread[:1])
    return _Place(source, above.source, above.depth + 1)


def _write(language: str, chance: Random) -> str:
    words = SENTENCES[language]
    paragraphs = [
        " ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(chance.choice([1, 1, 1, 2, 3]))
    ]
    return "\n\n".join(paragraphs)


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
