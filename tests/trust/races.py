"""Two moderators decide on one comment at the same moment: one wins, the other is told who did what.

They send the forms of the desk through the real view, as threads of one process and as processes of their
own; half of the decisions may still be taken back, the others take effect at once.
"""

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from itertools import cycle, product
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any

from django.db import connections
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page

from blog.models import BlogIndexPage
from demo.factories.many_comments import open_article
from demo.factories.people import group_of
from dialogue.models import CommentEvent, CommentStatus, ConversationSettings
from moderation.actions import RESULT, carry_out_due
from moderation.models import Decision, PendingDecision, Verb
from people.groups import MODERATORS
from people.models import User
from tests.children import FRESH, LONGEST, end_of, start
from tests.speech import receive
from tests.trust.actors import Browser, sign_in

NAMES = ("Ariane", "Basile")
TO_TAKE_BACK = 600  # seconds, as good as for ever: a slow machine takes its time
LONGEST_RACE = 3  # seconds for one on a busy machine
AGAINST = ((Verb.PUBLISH, Verb.REJECT), (Verb.REJECT, Verb.PUBLISH))
# What is done at once and likewise by two is done, and no conflict; what waits, waits for one of them.
ALIKE = ((Verb.PUBLISH, Verb.PUBLISH), (Verb.REJECT, Verb.REJECT))

Answer = tuple[int, str]  # the status, and the sentence


@dataclass
class Result:
    """How many races were run and won, and what is wrong."""

    races: int = 0
    winners: int = 0
    told: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        return f"races: {self.races}, winners {self.winners}, conflicts told {self.told}"

    @property
    def faults(self) -> list[str]:
        counts = {"winners": self.winners, "conflicts told": self.told}
        return [
            *self.errors,
            *(f"{count} {what} of {self.races}" for what, count in counts.items() if count != self.races),
        ]


@dataclass(frozen=True)
class Race:
    """One comment, as both had it before their eyes, and what each of them decides."""

    public_id: str
    seen: dict[str, Any]
    verbs: tuple[Verb, Verb]


def race(races: int, *, is_thorough: bool = True) -> Result:
    """Let two moderators race so many times: in threads and, where it is thorough, in processes as well."""
    result = Result()
    ways = (in_threads, in_processes) if is_thorough else (in_threads,)
    undo = (TO_TAKE_BACK, 0)
    moderators = [make_moderator(name) for name in NAMES]
    article = open_article(BlogIndexPage.objects.get(locale__language_code="fr"), 0)
    ConversationSettings.objects.update(policy="hold_all")
    for run, seconds in product(ways, undo):
        with override_settings(UNDO_SECONDS=seconds):
            forms = receive_comments(article, races // (len(ways) * len(undo)), seconds)
            race_as(run, forms, moderators, result)
    return result


def make_moderator(name: str) -> User:
    user = User.objects.create_user(name.lower(), f"{name.lower()}@example.org", first_name=name)
    user.groups.add(group_of(MODERATORS))
    return user


def receive_comments(article: Page, races: int, seconds: int) -> list[Race]:
    verbs = cycle(AGAINST + ALIKE if seconds else AGAINST)
    # Words of their own each: what is said again is noticed, and more than that is not asked here.
    comments = [receive(article, f"Mot {secrets.token_hex(8)}.") for _number in range(races)]
    return [
        Race(one.public_id, {"version": one.version, "status": one.status}, next(verbs)) for one in comments
    ]


def race_as(
    run: Callable[[list[Race], list[User]], list[list[Answer]]],
    races: list[Race],
    moderators: list[User],
    result: Result,
) -> None:
    """Let them race in one way, and look at what they were told and at what is there then."""
    answers = run(races, moderators)
    carry_out_at_once()
    result.races += len(races)
    decisions = decisions_on(races)
    for number, one in enumerate(races):
        told = [of_one[number] if number < len(of_one) else (0, "died") for of_one in answers]
        check(one, told, moderators, decisions.get(one.public_id, []), result)
    if PendingDecision.objects.exists():
        result.errors.append("what was decided is not carried out")


# --- Racing ---------------------------------------------------------------------------------------


def in_threads(races: list[Race], moderators: list[User]) -> list[list[Answer]]:
    """Let each of the two be a thread of this process."""
    barrier = Barrier(len(moderators), timeout=LONGEST)

    def work(place: int, cookies: dict[str, str]) -> list[Answer]:
        try:
            return decide_on_all(races, place, cookies, barrier)
        finally:
            connections.close_all()

    cookies = [sign_in(user) for user in moderators]
    with ThreadPoolExecutor(len(moderators)) as pool:
        return list(pool.map(work, range(len(moderators)), cookies))


def in_processes(races: list[Race], moderators: list[User]) -> list[list[Answer]]:
    """Let each of the two be a process of its own."""
    barrier = FRESH.Barrier(len(moderators), timeout=LONGEST)
    cookies = [sign_in(user) for user in moderators]
    seconds = TO_TAKE_BACK if has_alike(races) else 0
    with TemporaryDirectory() as folder:
        places = [Path(folder) / str(number) for number in range(len(moderators))]
        children = [
            start(decide_and_note, races, number, cookies[number], barrier, seconds, place)
            for number, place in enumerate(places)
        ]
        for child in children:
            end_of(child, within=LONGEST + len(races) * LONGEST_RACE)
        return [json.loads(place.read_text()) if place.exists() else [] for place in places]


def has_alike(races: list[Race]) -> bool:
    return any(len(set(one.verbs)) == 1 for one in races)


def decide_and_note(
    races: list[Race], place: int, cookies: dict[str, str], barrier: Any, seconds: int, written: Path
) -> None:
    with override_settings(UNDO_SECONDS=seconds):
        written.write_text(json.dumps(decide_on_all(races, place, cookies, barrier)))


def decide_on_all(races: list[Race], place: int, cookies: dict[str, str], barrier: Any) -> list[Answer]:
    """Decide on each comment at the moment at which the other one does."""
    browser = Browser()
    for name, value in cookies.items():
        browser.cookies[name] = value
    answers = []
    for one in races:
        verb = one.verbs[place]
        address = reverse("moderation_comments:decide_on_comment", args=[one.public_id, verb])
        reason = {"reason_code": "off_topic"} if verb.needs_reason else {}
        barrier.wait()
        answer = browser.post(address, one.seen | reason, headers={"accept": "application/json"})
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        answers.append((answer.status_code, answer.json()["sentence"] if is_json else ""))
    return answers


def carry_out_at_once() -> None:
    """Let two at the same time do what is due."""
    PendingDecision.objects.update(due_at="2020-01-01T00:00:00Z")

    def work(_number: int) -> None:
        try:
            carry_out_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    # Where two pass over each other, nothing is left once both have ended.
    carry_out_due()


# --- Looking --------------------------------------------------------------------------------------


def decisions_on(races: list[Race]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    rows = Decision.objects.filter(by__isnull=False).select_related("by", "event", "comment")
    for decision in rows.filter(comment__public_id__in=[one.public_id for one in races]):
        found.setdefault(decision.comment.public_id, []).append(decision)
    return found


def check(
    one: Race, told: list[Answer], moderators: list[User], decisions: list[Decision], result: Result
) -> None:
    """One must have won and stand in the log, once; the other must have been told who did what."""
    complain = partial(complain_of, one, told, result)
    won = [place for place, (status, _sentence) in enumerate(told) if status == HTTPStatus.OK]
    if len(won) != 1 or len(decisions) != 1:
        complain(f"{len(won)} were told that they won, and {len(decisions)} stand in the log")
        return
    (winner,), (decision,) = won, decisions
    if (decision.by, decision.verb) != (moderators[winner], one.verbs[winner]):
        complain("somebody else, or something else, stands in the log")
        return
    comment = decision.comment
    acts = CommentEvent.objects.filter(comment=comment, by=decision.by)
    if comment.status != RESULT[Verb(decision.verb)] or acts.count() != 1:
        complain(f"it is {CommentStatus(comment.status).name}, after {acts.count()} acts")
        return
    result.winners += 1
    status, sentence = told[1 - winner]
    if status == HTTPStatus.CONFLICT and moderators[winner].display_name in sentence:
        result.told += 1
    else:
        complain("the other was not told who was first")


def complain_of(one: Race, told: list[Answer], result: Result, what: str) -> None:
    result.errors.append(f"{'/'.join(one.verbs)}: {what} {told}")
