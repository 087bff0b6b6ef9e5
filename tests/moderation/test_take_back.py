"""A decision takes effect once it can be taken back no more; until then nothing leaves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from dialogue.models import Comment, CommentEvent
from mail.models import OutgoingMail
from moderation.actions import (
    ACTS,
    DecisionConflict,
    Justification,
    ReasonRequired,
    Seen,
    carry_out_due,
    decide_later,
    publish_comment,
    reject_comment,
    take_back,
)
from moderation.models import Decision, PendingDecision, Verb
from people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UNEXPLAINED = Justification()
OFF_TOPIC = Justification("off_topic", "Voir les horaires.", "Troisième fois.")
LIST = "moderation_comments:list_comments"


@pytest.fixture(autouse=True)
def _ten_seconds(settings):
    settings.UNDO_SECONDS = 10


@pytest.fixture
def other(outside_moderator) -> User:
    return outside_moderator


def seen(comment: Comment) -> Seen:
    return Seen(comment, comment.version, comment.status)


def decide(comment: Comment, by: User, verb: Verb = Verb.PUBLISH, why: Justification = UNEXPLAINED) -> str:
    return decide_later(verb, [seen(comment)], by=by, why=why).key


def status_of(comment: Comment) -> str:
    return Comment.objects.values_list("status", flat=True).get(pk=comment.pk)


def traces() -> tuple[int, ...]:
    """Count whatever a decision leaves behind."""
    models = (Decision, CommentEvent, OutgoingMail, PendingDecision)
    return tuple(model.objects.count() for model in models)


@pytest.fixture
def later(time_machine):
    """Let ten seconds pass."""

    def move() -> None:
        time_machine.shift(timedelta(seconds=10))

    time_machine.move_to(timezone.now(), tick=False)
    return move


class TestAct:
    """What is decided, taken back and carried out."""

    def test_nothing_happens_before_the_time_is_over(self, held, moderator, later):
        before = traces()[:3]
        decide(held, moderator)
        assert carry_out_due() == 0
        assert (status_of(held), traces()[:3]) == ("held", before)
        later()
        assert carry_out_due() == 1
        assert status_of(held) == "published"
        assert held.decisions.first().by == moderator
        assert not PendingDecision.objects.exists()

    def test_with_the_reason_and_the_note_that_were_given(self, held, moderator, later):
        decide(held, moderator, Verb.REJECT, OFF_TOPIC)
        later()
        carry_out_due()
        decision = held.decisions.first()
        assert (decision.verb, decision.reason_code, decision.reason_text, decision.note) == (
            "reject",
            "off_topic",
            "Voir les horaires.",
            "Troisième fois.",
        )

    def test_what_is_taken_back_leaves_no_trace(self, held, moderator, later):
        before = traces()
        batch = decide(held, moderator)
        assert take_back(batch, by=moderator) == [held]
        later()
        assert carry_out_due() == 0
        assert (status_of(held), traces()) == ("held", before)

    def test_once_it_is_done_it_is_too_late(self, held, moderator, later):
        batch = decide(held, moderator)
        later()
        carry_out_due()
        assert take_back(batch, by=moderator) == []
        assert status_of(held) == "published"

    def test_nobody_takes_back_what_somebody_else_decided(self, held, moderator, other):
        batch = decide(held, moderator)
        assert take_back(batch, by=other) == []
        assert PendingDecision.objects.count() == 1

    def test_the_second_of_two_is_told_who_was_first(self, held, moderator, other):
        decide(held, moderator)
        with pytest.raises(DecisionConflict, match="Fanny Poirier"):
            decide(held, other, Verb.REJECT, OFF_TOPIC)
        with pytest.raises(DecisionConflict, match="Fanny Poirier"):
            decide(held, other)
        assert PendingDecision.objects.get().by == moderator

    def test_the_same_twice_is_one(self, held, moderator):
        decide(held, moderator)
        assert decide_later(Verb.PUBLISH, [seen(held)], by=moderator, why=UNEXPLAINED).count == 0
        with pytest.raises(DecisionConflict):
            decide(held, moderator, Verb.REJECT, OFF_TOPIC)
        assert PendingDecision.objects.count() == 1

    def test_the_database_holds_one_for_a_comment(self, held, moderator):
        decide(held, moderator)
        row = PendingDecision.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    def test_a_reason_is_asked_for_at_once(self, held, moderator):
        with pytest.raises(ReasonRequired):
            decide(held, moderator, Verb.REJECT)

    def test_what_has_moved_on_is_refused_at_once(self, held, moderator, other):
        before = seen(held)
        reject_comment(held, by=other, reason_code="duplicate")
        with pytest.raises(DecisionConflict, match="Odile"):
            decide_later(Verb.PUBLISH, [before], by=moderator, why=UNEXPLAINED)

    @pytest.mark.parametrize("verb", [Verb.HIDE, Verb.RESTORE, Verb.KEEP])
    def test_what_the_comment_does_not_leave_open_is_refused_at_once(self, held, moderator, verb):
        with pytest.raises(DecisionConflict):
            decide_later(verb, [seen(held)], by=moderator, why=OFF_TOPIC)
        assert not PendingDecision.objects.exists()

    def test_what_is_there_already_is_left_out(self, held, moderator):
        publish_comment(held, by=moderator)
        held.refresh_from_db()
        assert decide_later(Verb.PUBLISH, [seen(held)], by=moderator, why=UNEXPLAINED).count == 0

    def test_what_moves_on_meanwhile_is_told_to_whoever_decided(self, held, moderator, other, later):
        decide(held, moderator, Verb.REJECT, OFF_TOPIC)
        publish_comment(held, by=other)
        later()
        assert carry_out_due() == 0
        row = PendingDecision.objects.get()
        assert "Odile" in row.refusal
        assert status_of(held) == "published"
        # It holds up nobody.
        held.refresh_from_db()
        decide(held, other, Verb.HIDE, OFF_TOPIC)

    def test_who_may_not_decide_any_more_does_not(self, held, moderator, later):
        decide(held, moderator)
        moderator.groups.clear()
        later()
        assert carry_out_due() == 0
        assert PendingDecision.objects.get().refusal
        assert status_of(held) == "held"

    def test_a_fault_of_ours_is_told_and_holds_up_nothing(
        self, held, moderator, receive, article, later, monkeypatch
    ):
        def fail(*args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

        decide(held, moderator, Verb.REJECT, OFF_TOPIC)
        other = receive(article, "La rampe.")
        decide(other, moderator)
        later()
        monkeypatch.setitem(ACTS, Verb.REJECT, fail)
        assert carry_out_due() == 1
        assert (status_of(held), status_of(other)) == ("held", "published")
        assert "faute" in PendingDecision.objects.get().refusal


class TestMany:
    """What is decided on many in one go."""

    @pytest.fixture
    def three(self, receive, article) -> list[Comment]:
        return [receive(article, f"Un mot sur le quai {number}.") for number in ("un", "deux", "trois")]

    def decide(self, comments: list[Comment], by: User, verb: Verb = Verb.PUBLISH) -> str:
        why = OFF_TOPIC if verb.needs_reason else UNEXPLAINED
        return decide_later(verb, map(seen, comments), by=by, why=why).key

    def test_all_are_done_or_taken_back_together(self, three, moderator, later):
        assert len(take_back(self.decide(three, moderator), by=moderator)) == 3
        self.decide(three, moderator, Verb.REJECT)
        later()
        assert carry_out_due() == 3
        assert {status_of(comment) for comment in three} == {"rejected"}

    def test_where_one_is_refused_none_is_written_down(self, three, moderator, other):
        stale = [seen(comment) for comment in three]
        publish_comment(three[1], by=other)
        with pytest.raises(DecisionConflict):
            decide_later(Verb.REJECT, stale, by=moderator, why=OFF_TOPIC)
        assert not PendingDecision.objects.exists()

    def test_where_one_moves_on_meanwhile_the_others_are_done(self, three, moderator, other, later):
        self.decide(three, moderator)
        reject_comment(three[1], by=other, reason_code="duplicate")
        later()
        assert carry_out_due() == 2
        assert [status_of(comment) for comment in three] == ["published", "rejected", "published"]
        assert PendingDecision.objects.get().comment == three[1]

    def test_what_was_cut_off_is_taken_up(self, three, moderator, later, monkeypatch):
        self.decide(three, moderator)
        later()

        def die(*args: object, **kwargs: object) -> None:
            raise OperationalError

        with monkeypatch.context() as patch:
            patch.setattr("moderation.actions.pending.decide_on_comments", die)
            with pytest.raises(OperationalError):
                carry_out_due()
        assert {status_of(comment) for comment in three} == {"held"}
        assert carry_out_due() == 3


class TestScreen:
    """The forms, over HTTP."""

    def send(self, browser, comment: Comment, verb: str = "publish", **more: object):
        address = reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])
        return browser.post(
            address, {"version": comment.version, "status": comment.status, **more}, follow=True
        )

    def test_it_is_told_with_the_way_back_and_waits_no_more(self, desk, held, receive, article):
        following = receive(article, "Et la rampe ?")
        answer = self.send(desk, held)
        assert answer.context["comment"] == following
        assert "sera publié" in answer.content.decode()
        listed = desk.get(reverse(LIST)).content.decode()
        assert f"comment-{held.public_id}" not in listed
        assert "sera publié" in listed
        (go,) = answer.context["goes"]
        back = desk.post(reverse("moderation_comments:take_back"), {"batch": go.batch}, follow=True)
        assert back.context["comment"] == held
        assert f"comment-{held.public_id}" in desk.get(reverse(LIST)).content.decode()

    def test_too_late_is_said(self, desk, held, later):
        (go,) = self.send(desk, held).context["goes"]
        later()
        assert desk.post(reverse("moderation_comments:carry_out")).status_code == 204
        assert status_of(held) == "published"
        back = desk.post(reverse("moderation_comments:take_back"), {"batch": go.batch}, follow=True)
        assert "trop tard" in back.content.decode()

    def test_carrying_out_does_nothing_before_its_time(self, desk, held, later):
        self.send(desk, held)
        desk.post(reverse("moderation_comments:carry_out"))
        assert status_of(held) == "held"

    def test_somebody_else_sees_who_has_just_decided(self, desk, outside_desk, held):
        self.send(desk, held)
        address = reverse("moderation_comments:review_comment", args=[held.public_id])
        shown = outside_desk.get(address)
        assert "Fanny Poirier" in shown.context["pending"].by.display_name
        assert not shown.context["choices"]
        assert self.send(outside_desk, held).status_code == 409

    def test_what_could_not_be_done_is_told_until_it_was_read(self, desk, held, other, later):
        self.send(desk, held, "reject", reason_code="off_topic")
        publish_comment(held, by=other)
        later()
        carry_out_due()
        assert "n’a pas pu" in desk.get(reverse(LIST)).content.decode()
        assert (
            "n’a pas pu"
            not in desk.post(reverse("moderation_comments:dismiss"), follow=True).content.decode()
        )

    def test_many_at_once(self, desk, held, receive, article, later):
        other = receive(article, "Et la rampe ?")
        ticks = [f"{comment.public_id}:{comment.version}:{comment.status}" for comment in (held, other)]
        address = reverse("moderation_comments:decide_on_comments")
        answer = desk.post(address, {"comment": ticks, "verb": "publish"}, follow=True)
        assert "2 commentaires seront publiés" in answer.content.decode()
        later()
        assert carry_out_due() == 2

    @pytest.mark.parametrize("name", ["take_back", "carry_out", "dismiss"])
    def test_only_moderators(self, name, signed_in, editor, client):
        address = reverse(f"moderation_comments:{name}")
        assert signed_in(editor).post(address).status_code in {302, 403}
        assert client.post(address).status_code == 401
        assert signed_in(editor).get(address).status_code in {302, 403, 405}
