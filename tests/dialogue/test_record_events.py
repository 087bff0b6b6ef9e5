"""Whatever is done with a comment is written down: once, with where it stood before, and never changed."""

import ast
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dialogue.actions import (
    CommentRefused,
    accept_edit,
    agree_to_quotation,
    confirm_comments,
    correct_language,
    edit_comment,
    hide_comment,
    lock_comment,
    publish_comment,
    refuse_edit,
    reject_comment,
    restore_comment,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.actions.erasures import delete_unconfirmed, erase_each
from dialogue.actions.events import AUTHOR, record_event
from dialogue.models import Comment, CommentEvent, EventKind
from mail.models import ChoicePlace
from people.models import Participant, User
from portal.models import AppendOnly
from privacy.actions import erase_participant, export_person

pytestmark = [pytest.mark.database, pytest.mark.every_case, pytest.mark.django_db]

WORDS, OTHER = "Les bancs manquent.", "Les bancs du quai manquent."
PAGE = ChoicePlace.PAGE
Act = Callable[[Comment, User], object]
Told = tuple[str, str, str, str, int]  # kind, role, status before and after, version


def told(comment: Comment) -> list[Told]:
    fields = ("kind", "role", "status_before", "status_after", "version")
    return list(comment.events.values_list(*fields))


@dataclass(frozen=True)
class Case:
    """One verb: the state that it begins with, and what it writes."""

    state: str
    act: Act
    written: tuple[Told, ...]


def by_author(verb: Callable[..., object], *args: object, **more: object) -> Act:
    return lambda comment, moderator: verb(comment, *args, by=comment.participant, **more)


def by_moderator(verb: Callable[..., object], *args: object) -> Act:
    return lambda comment, moderator: verb(comment, *args, by=moderator)


def by_rule(verb: Callable[..., object], *args: object) -> Act:
    return lambda comment, moderator: verb(comment, *args, by=None)


P = "published"
CASES = {
    "confirm": Case(
        "unverified",
        lambda comment, moderator: confirm_comments(comment.participant, [comment]),
        (("confirmed", "author", "unverified", "held", 1),),
    ),
    "publish": Case("held", by_moderator(publish_comment), ((P, "moderator", "held", P, 1),)),
    "publish by rule": Case("held", by_rule(publish_comment), ((P, "rule", "held", P, 1),)),
    "publish after all": Case(
        "rejected", by_moderator(publish_comment), ((P, "moderator", "rejected", P, 1),)
    ),
    "reject": Case("held", by_moderator(reject_comment), (("rejected", "moderator", "held", "rejected", 1),)),
    "hide": Case(P, by_moderator(hide_comment), (("hidden", "moderator", P, "hidden", 1),)),
    "restore": Case("hidden", by_moderator(restore_comment), (("restored", "moderator", "hidden", P, 1),)),
    "withdraw": Case(P, by_author(withdraw_comment), (("withdrawn", "author", P, "withdrawn", 1),)),
    "withdraw unconfirmed": Case(
        "unverified",
        by_author(withdraw_comment),
        (("withdrawn", "author", "unverified", "withdrawn", 1),),
    ),
    "change what waits": Case(
        "held", by_author(edit_comment, OTHER), (("edited", "author", "held", "held", 2),)
    ),
    "change": Case(P, by_author(edit_comment, OTHER), (("edit_sent", "author", P, P, 2),)),
    "change again": Case("changed", by_author(edit_comment, "Trois."), (("edit_sent", "author", P, P, 3),)),
    "change what passes": Case(
        "trusted",
        by_author(edit_comment, OTHER),
        (("edit_sent", "author", P, P, 2), ("edit_accepted", "rule", P, P, 2)),
    ),
    "go back": Case("changed", by_author(edit_comment, WORDS), (("edit_taken_back", "author", P, P, 2),)),
    "accept": Case("changed", by_moderator(accept_edit, 2), (("edit_accepted", "moderator", P, P, 2),)),
    "refuse": Case("changed", by_moderator(refuse_edit, 2), (("edit_refused", "moderator", P, P, 2),)),
    "say in which language": Case(
        P,
        by_author(edit_comment, WORDS, words_language="es"),
        (("language_corrected", "author", P, P, 1),),
    ),
    "say it of a change": Case(
        "changed",
        by_author(edit_comment, OTHER, words_language="es"),
        (("language_corrected", "author", P, P, 2),),
    ),
    "correct the language": Case(
        P, by_moderator(correct_language, "es"), (("language_corrected", "moderator", P, P, 1),)
    ),
    "agree": Case(P, by_author(agree_to_quotation, place=PAGE), (("quotation_agreed", "author", P, P, 1),)),
    "agree by a tick": Case(
        P, by_author(edit_comment, WORDS, may_quote=True), (("quotation_agreed", "author", P, P, 1),)
    ),
    "take back": Case(
        "quotable",
        by_author(take_back_quotation, place=PAGE),
        (("quotation_taken_back", "author", P, P, 1),),
    ),
    "take back with new words": Case(
        "quotable",
        by_author(edit_comment, OTHER),
        (("quotation_taken_back", "author", P, P, 1), ("edit_sent", "author", P, P, 2)),
    ),
    "erase": Case(
        P,
        lambda comment, moderator: erase_participant(comment.participant),
        (("erased", "system", P, "erased", 1),),
    ),
    "keep no longer": Case(
        "hidden",
        lambda comment, moderator: erase_each(Comment.objects.filter(pk=comment.pk).exclude(status="erased")),
        (("erased", "system", "hidden", "erased", 1),),
    ),
}
each_verb = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture
def in_state(article, receive, say) -> Callable[[str], Comment]:
    """Bring a comment by a guest to a state. What screening finds unusual is held each time it changes."""
    unusual = {"email": "camille@example.org", "signals": frozenset({"honeypot"})}

    def bring(state: str) -> Comment:
        if state == "unverified":
            return receive(article, WORDS, is_verified=False)
        if state == "trusted":
            return say(article, WORDS)
        is_published = state not in {"held", "rejected"}
        comment = say(article, WORDS, is_published=is_published, may_quote=state == "quotable", **unusual)
        if state == "rejected":
            reject_comment(comment, by=None)
        if state == "hidden":
            hide_comment(comment, by=None)
        if state == "changed":
            edit_comment(comment, OTHER, by=comment.participant)
        return comment

    return bring


@each_verb
class TestEachVerb:
    def test_it_writes_what_it_did(self, in_state, moderator, case):
        comment = in_state(case.state)
        before = told(comment)
        assert case.act(comment, moderator)
        assert told(comment) == [*before, *case.written]
        for event in comment.events.all()[len(before) :]:
            assert event.by == (moderator if event.role == "moderator" else None)
            sides = {"author": comment.side, "moderator": "organisation"}
            assert event.side == sides.get(event.role, "")

    def test_the_second_time_it_writes_nothing(self, in_state, moderator, case):
        comment = in_state(case.state)
        case.act(comment, moderator)
        before = told(comment)
        with suppress(CommentRefused):
            assert not case.act(comment, moderator)
        assert told(comment) == before

    def test_undone_it_is_not_written(self, in_state, moderator, case):
        comment = in_state(case.state)
        before = told(comment)

        def fail_afterwards() -> None:
            with transaction.atomic():
                case.act(comment, moderator)
                raise ConnectionAbortedError

        with pytest.raises(ConnectionAbortedError):
            fail_afterwards()
        assert told(comment) == before


@pytest.mark.parametrize(
    ("state", "act"),
    [
        *((state, act) for state, act in (("held", publish_comment), ("held", reject_comment))),
        *((state, act) for state, act in ((P, hide_comment), ("hidden", restore_comment))),
        ("changed", partial(accept_edit, version=2)),
        ("changed", partial(refuse_edit, version=2)),
        (P, partial(correct_language, language="es")),
    ],
)
def test_whoever_may_not_decide_writes_nothing(in_state, employee, stranger, state, act):
    comment = in_state(state)
    before = told(comment)
    for somebody in (employee, stranger):
        with pytest.raises(PermissionDenied):
            act(comment, by=somebody)
    assert told(comment) == before


@pytest.mark.parametrize(
    "act",
    [
        withdraw_comment,
        partial(edit_comment, text=OTHER),
        partial(agree_to_quotation, place=PAGE),
        partial(take_back_quotation, place=PAGE),
    ],
)
def test_for_somebody_else_nothing_is_written(in_state, employee, act):
    comment = in_state(P)
    before = told(comment)
    with pytest.raises(PermissionDenied):
        act(comment, by=Participant.of(employee))
    assert told(comment) == before


class TestPost:
    def test_sending_is_the_first_event_at_its_time(self, in_state):
        comment = in_state("held")
        [event] = comment.events.all()
        assert told(comment) == [("posted", "author", "", "held", 1)]
        assert (event.happened_at, event.side) == (comment.submitted_at, "external")

    def test_the_one_of_a_stranger_waits(self, in_state):
        assert told(in_state("unverified")) == [("posted", "author", "", "unverified", 1)]

    def test_the_organisation_speaks_on_its_own_side(self, article, receive, answerer):
        comment = receive(article, WORDS, user=answerer, for_organisation=True)
        assert [event.side for event in comment.events.filter(role="author")] == ["organisation"]

    def test_what_a_rule_publishes_at_once_was_sent_before(self, article, receive, answerer):
        comment = receive(article, WORDS, user=answerer, for_organisation=True)
        assert told(comment) == [("posted", "author", "", "held", 1), (P, "rule", "held", P, 1)]
        assert comment.events.last().happened_at == comment.published_at

    def test_sent_again_it_is_one(self, article, receive):
        for _time in range(2):
            comment = receive(article, WORDS, key="same", email="camille@example.org")
        assert len(told(comment)) == 1


class TestLongStory:
    def test_each_event_begins_where_the_one_before_ended(self, in_state, moderator):
        comment = in_state("unverified")
        author = comment.participant
        acts: list[Callable[[], Any]] = [
            lambda: confirm_comments(author, [comment]),
            lambda: edit_comment(comment, OTHER, by=author, may_quote=True),
            lambda: reject_comment(comment, by=moderator),
            lambda: publish_comment(comment, by=moderator),
            lambda: edit_comment(comment, WORDS, by=author),
            lambda: hide_comment(comment, by=moderator),
            lambda: restore_comment(comment, by=moderator),
            lambda: withdraw_comment(comment, by=author),
            lambda: erase_participant(author),
        ]
        for act in acts:
            act()
        comment.refresh_from_db()
        events = list(comment.events.all())
        assert len(events) > len(acts)
        assert [event.status_before for event in events] == [
            "",
            *(event.status_after for event in events[:-1]),
        ]
        assert events[-1].status_after == comment.status == "erased"
        assert [event.happened_at for event in events] == sorted(event.happened_at for event in events)

    def test_the_first_publication_stays(self, in_state, moderator):
        comment = in_state("held")
        published = publish_comment(comment, by=moderator)
        hide_comment(comment, by=moderator)
        restored = restore_comment(comment, by=moderator)
        comment.refresh_from_db()
        assert published.happened_at == comment.published_at < restored.happened_at


class TestCost:
    def test_an_event_is_one_statement(self, in_state, count_queries):
        with transaction.atomic():
            comment = lock_comment(in_state(P))
            assert count_queries(lambda: record_event(comment, EventKind.EDIT_SENT, AUTHOR, version=2)) == 1

    def test_those_of_an_erasure_are_one_statement(self, article, say):
        guest = {"email": "camille@example.org"}
        for number in range(3):
            comment = say(article, f"Numéro {number}", **guest)
        with CaptureQueriesContext(connection) as queries:
            erase_participant(comment.participant)
        statements = [query["sql"] for query in queries]
        assert len([sql for sql in statements if sql.startswith('INSERT INTO "dialogue_commentevent"')]) == 1
        assert CommentEvent.objects.filter(kind="erased").count() == 3


class TestPerson:
    """Whose words they were, and who decided: each finds it in an export."""

    def test_each_finds_their_own(self, in_state, moderator):
        comment = in_state("held")
        publish_comment(comment, by=moderator)
        whole = ["posted", "published"]
        theirs, made = (export_person(one) for one in (comment.participant, Participant.of(moderator)))
        assert [row["kind"] for row in theirs["events"]] == whole
        assert {row["comment__public_id"] for row in theirs["events"]} == {comment.public_id}
        assert [row["kind"] for row in made["events_made"]] == ["published"]
        assert (theirs["events_made"], made["events"]) == ([], [])

    def test_an_erased_moderator_stays_a_blank_account(self, in_state, moderator):
        event = publish_comment(in_state("held"), by=moderator)
        erase_participant(Participant.of(moderator))
        assert CommentEvent.objects.get(pk=event.pk).by.get_full_name() == ""


class TestLog:
    """It stands as it was written."""

    @pytest.fixture
    def event(self, in_state) -> CommentEvent:
        return in_state("held").events.get()

    @pytest.mark.parametrize(
        "act",
        [
            lambda event: event.save(),
            lambda event: event.delete(),
            lambda event: CommentEvent.objects.update(version=7),
            lambda event: CommentEvent.objects.filter(pk=event.pk).delete(),
            lambda event: CommentEvent.objects.bulk_update([event], ["version"]),
            lambda event: CommentEvent.objects.bulk_create([event], update_conflicts=True),
        ],
        ids=["save", "delete", "update", "delete a list", "bulk_update", "upsert"],
    )
    def test_nothing_changes_it(self, event, act):
        event.version = 7
        with pytest.raises(AppendOnly):
            act(event)
        assert CommentEvent.objects.get().version == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"role": "moderator", "side": "organisation"},
            {"role": "rule", "side": "external"},
            {"role": "author", "side": ""},
            {"kind": "edited", "status_before": ""},
            {"kind": "posted", "status_before": "held", "status_after": "held"},
            {"kind": "hidden", "status_after": "published"},
            {"kind": "edit_refused", "status_after": "hidden"},
        ],
        ids=["nobody", "a rule with a side", "no side", "no before", "sent twice", "elsewhere", "moved"],
    )
    def test_the_database_refuses_what_cannot_have_happened(self, event, fields):
        whole = {
            "comment": event.comment,
            "kind": "edit_sent",
            "role": "author",
            "side": "external",
            "status_before": "published",
            "status_after": "published",
            "version": 1,
        }
        CommentEvent.objects.create(**whole)
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentEvent.objects.create(**{**whole, **fields})

    def test_the_database_refuses_an_author_by_account(self, event, employee):
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentEvent.objects.create(
                comment=event.comment,
                kind="edited",
                role="author",
                by=employee,
                side="external",
                status_before="held",
                status_after="held",
                version=2,
            )

    def test_a_comment_that_was_not_locked_has_no_before(self, in_state):
        comment = Comment.objects.get(pk=in_state(P).pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            record_event(comment, EventKind.EDIT_SENT, AUTHOR)

    def test_what_nobody_confirmed_goes_with_what_happened_to_it(self, in_state):
        confirmed, gone = in_state("held"), in_state("unverified")
        assert delete_unconfirmed(Comment.objects.all()) == 1
        assert not CommentEvent.objects.filter(comment_id=gone.pk).exists()
        assert told(confirmed) == [("posted", "author", "", "held", 1)]


# --- No verb forgets it -----------------------------------------------------------------------------

ACTIONS = Path(settings.BASE_DIR) / "dialogue" / "actions"
SAYS_WHAT_A_COMMENT_IS = {"status", "version", "waiting_version", "words", "words_language", "text"}
RECORDERS = {"record_event", "event_of"}
WRITE_NO_EVENT = {
    "draft_comment": "it is not stored yet",
    "_write_words": "it is imported, and the event is made by whoever calls this",
    "version_of": "a version, whose event the verb writes that made it",
    "blank_versions": "words that readers never had, or whose comment is erased",
    "correct_language": "what was given takes on what `write_language` wrote",
    "renew_fragments": "the same words, rendered anew",
    "renew_versions": "the same words, rendered anew",
}


def writers(source: str) -> Iterator[tuple[str, bool]]:
    """Yield each function that writes what a comment is, and whether it writes an event."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and any(map(_writes, ast.walk(function))):
            called = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            yield function.name, bool(called & RECORDERS)


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Store) and node.attr in SAYS_WHAT_A_COMMENT_IS
    is_update = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".update")
    return is_update and any(one.arg in SAYS_WHAT_A_COMMENT_IS for one in node.keywords)


def test_every_function_that_changes_a_comment_writes_an_event():
    found = [one for path in sorted(ACTIONS.glob("*.py")) for one in writers(path.read_text())]
    silent = {name for name, is_recorded in found if not is_recorded}
    assert silent == WRITE_NO_EVENT.keys(), (
        "Write what was done with `record_event`, in the transaction of the act; or give the reason here."
    )
    assert {"take_step", "_replace", "_propose", "accept_edit", "confirm_comments", "_erase"} <= {
        name for name, is_recorded in found if is_recorded
    }


@pytest.mark.parametrize(
    "line", ["comment.status = 'held'", "comment.version += 1", "comments.update(text='')"]
)
def test_a_function_that_forgets_it_is_found(line):
    assert list(writers(f"def act(comment, comments):\n    {line}\n")) == [("act", False)]
    assert list(writers(f"def act(comment, comments):\n    {line}\n    record_event(comment)\n")) == [
        ("act", True)
    ]
    assert not list(writers("def act(comment):\n    return comment.status\n"))
