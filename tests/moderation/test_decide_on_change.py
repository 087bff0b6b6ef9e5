"""A moderator accepts or refuses what an author changed in a published comment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from dialogue.actions import edit_comment, hide_comment, publish_comment, withdraw_comment
from dialogue.models import Comment
from mail.actions import process_mail
from mail.models import OutgoingMail
from moderation import actions
from moderation.actions import DecisionConflict, ReasonRequired
from moderation.models import Decision, Verb

pytestmark = pytest.mark.django_db

LIST = "/admin/moderation/comments/"


@pytest.fixture
def changed(article, receive, policy) -> Comment:
    """A published comment with a change that waits."""
    policy("hold_all")
    comment = receive(article, "Et les bans ?")
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    edit_comment(comment, "Et les bancs ?", by=comment.participant)
    return comment


@pytest.fixture
def changed_inside(internal_dialogue, receive, policy, employee) -> Comment:
    policy("hold_all")
    comment = receive(internal_dialogue, "Moins de nuits.", user=employee)
    publish_comment(comment, by=None)
    comment.refresh_from_db()
    edit_comment(comment, "SECRET des quarts de nuit", by=comment.participant)
    return comment


def url(comment: Comment, verb: str) -> str:
    return reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])


SEEN = {"version": 2, "status": "published"}
REASON = {"reason_code": "off_topic", "reason_text": "Parlons du quai."}


class TestAccept:
    def test_readers_read_the_new_words(self, desk, client, changed, moderator):
        assert desk.post(url(changed, "accept"), SEEN).status_code == 302
        changed.refresh_from_db()
        assert (changed.text, changed.version, changed.waiting_version) == ("Et les bancs ?", 2, None)
        assert "Et les bancs ?" in client.get(changed.page.get_url()).content.decode()
        decision = changed.decisions.first()
        assert (decision.verb, decision.by, decision.comment_version) == (Verb.ACCEPT, moderator, 2)
        assert not decision.rule

    def test_the_author_is_told(self, changed, moderator, mailoutbox):
        OutgoingMail.objects.all().delete()
        actions.accept_edit(changed, by=moderator, version=2)
        process_mail()
        (message,) = mailoutbox
        assert message.to == [changed.participant.email]
        assert "modifié" in message.body

    def test_the_second_time_nothing_is_written(self, desk, changed, moderator):
        actions.accept_edit(changed, by=moderator, version=2, status="published")
        assert actions.accept_edit(changed, by=moderator, version=2, status="published") is None
        assert desk.post(url(changed, "accept"), SEEN).status_code == 302
        assert Decision.objects.filter(verb=Verb.ACCEPT).count() == 1

    def test_it_is_a_post(self, desk, changed):
        assert desk.get(url(changed, "accept")).status_code == 405

    def test_a_form_that_says_nothing_of_what_was_seen_is_refused(self, desk, changed):
        assert desk.post(url(changed, "accept")).status_code == 400


class TestRefuse:
    def test_the_old_words_stay(self, desk, changed, moderator):
        assert desk.post(url(changed, "refuse"), {**SEEN, **REASON}).status_code == 302
        changed.refresh_from_db()
        assert (changed.text, changed.version, changed.waiting_version) == ("Et les bans ?", 1, None)
        decision = changed.decisions.first()
        assert (decision.verb, decision.reason_code) == (Verb.REFUSE, "off_topic")

    def test_the_author_is_told_why(self, changed, moderator, mailoutbox):
        OutgoingMail.objects.all().delete()
        actions.refuse_edit(changed, by=moderator, version=2, **REASON)
        process_mail()
        (message,) = mailoutbox
        assert "Parlons du quai." in message.body
        assert "bancs" not in message.body

    def test_without_a_reason_it_is_refused_and_shown_again(self, desk, changed, moderator):
        with pytest.raises(ReasonRequired):
            actions.refuse_edit(changed, by=moderator, version=2, reason_code="")
        answer = desk.post(url(changed, "refuse"), {**SEEN, "reason_text": "Parlons du quai."})
        assert answer.status_code == 422
        assert "Parlons du quai." in answer.content.decode()
        changed.refresh_from_db()
        assert changed.waiting_version == 2


class TestWho:
    def test_others_are_refused(self, client, signed_in, changed, employee, editor):
        assert client.post(url(changed, "accept"), SEEN).status_code == 401
        for user in (employee, editor):
            assert signed_in(user).post(url(changed, "accept"), SEEN).status_code in {302, 403}
            with pytest.raises(PermissionDenied):
                actions.accept_edit(changed, by=user, version=2)
        changed.refresh_from_db()
        assert changed.waiting_version == 2

    def test_t01_what_they_may_not_read_is_not_found(self, outside_desk, changed_inside, outside_moderator):
        assert outside_desk.post(url(changed_inside, "accept"), SEEN).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.refuse_edit(changed_inside, by=outside_moderator, version=2, **REASON)
        assert "SECRET" not in outside_desk.get(LIST, {"status": "changed"}).content.decode()


@pytest.mark.database
class TestStale:
    def test_f14_changed_again_it_is_read_again(self, desk, changed):
        edit_comment(changed, "Et l’abri ?", by=changed.participant)
        answer = desk.post(url(changed, "accept"), SEEN)
        assert answer.status_code == 409
        assert "Et l’abri ?" in answer.content.decode()
        changed.refresh_from_db()
        assert (changed.version, changed.waiting_version) == (1, 3)

    def test_f14_decided_by_somebody_else_they_are_named(self, desk, changed, outside_moderator):
        actions.accept_edit(changed, by=outside_moderator, version=2)
        answer = desk.post(url(changed, "refuse"), {**SEEN, **REASON})
        assert answer.status_code == 409
        assert outside_moderator.display_name in answer.content.decode()

    @pytest.mark.parametrize("how", ["hidden", "withdrawn"])
    def test_f14_gone_meanwhile_nothing_is_done(self, desk, changed, how):
        if how == "hidden":
            hide_comment(changed, by=None)
        else:
            withdraw_comment(changed, by=changed.participant)
        assert desk.post(url(changed, "accept"), SEEN).status_code == 409
        changed.refresh_from_db()
        assert (changed.status, changed.version) == (how, 1)

    def test_f14_hiding_what_reads_otherwise_by_now_is_refused(self, changed, moderator):
        actions.accept_edit(changed, by=moderator, version=2)
        with pytest.raises(DecisionConflict):
            actions.hide_comment(
                changed, by=moderator, reason_code="off_topic", version=1, status="published"
            )

    @pytest.mark.django_db(transaction=True)
    def test_f14_of_two_at_once_exactly_one_wins(self, changed, moderator, outside_moderator):
        start = Barrier(2)

        def decide(act, by, **reason):
            comment = Comment.objects.get(pk=changed.pk)
            start.wait()
            try:
                act(comment, by=by, **SEEN, **reason)
            except DecisionConflict as conflict:
                return conflict
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            outcomes = [
                threads.submit(decide, actions.accept_edit, moderator),
                threads.submit(decide, actions.refuse_edit, outside_moderator, reason_code="off_topic"),
            ]
            conflicts = [outcome.result() for outcome in outcomes if outcome.result()]
        assert len(conflicts) == 1
        assert Decision.objects.filter(by__isnull=False).count() == 1


class TestScreens:
    def test_the_list_has_them_on_their_own(self, desk, changed, held):
        page = desk.get(LIST, {"status": "changed"})
        assert list(page.context["object_list"]) == [changed]
        assert {tab.label: tab.count for tab in page.context["tabs"]}["Modifié"] == 1

    def test_the_review_shows_both_and_the_difference(self, desk, changed):
        html = desk.get(
            reverse("moderation_comments:review_comment", args=[changed.public_id])
        ).content.decode()
        assert "Et les bans ?" in html
        assert "Et les bancs ?" in html
        assert "<del>" in html
        assert "<ins>" in html
        for verb in ("accept", "refuse", "hide"):
            assert url(changed, verb) in html
        for verb in ("refuse", "hide"):
            assert html.count(f'id="id_{verb}_{changed.public_id}_reason_code"') == 1

    def test_it_counts_as_what_waits(self, desk, changed, held):
        assert "2 commentaires" in desk.get("/admin/").content.decode()

    def test_hostile_words_are_shown_as_words(self, desk, changed):
        edit_comment(changed, "<script>alert(1)</script> & <b>", by=changed.participant)
        html = desk.get(
            reverse("moderation_comments:review_comment", args=[changed.public_id])
        ).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html
