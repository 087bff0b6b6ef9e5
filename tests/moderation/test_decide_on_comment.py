"""A moderator publishes, rejects, hides or restores a comment."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from dialogue.actions import CommentRefused
from dialogue.models import Comment, CommentStatus
from moderation import actions
from moderation.actions import DecisionConflict, ReasonRequired, conflict_sentence
from moderation.models import Decision, Verb
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db

REASON = {"reason_code": "off_topic"}
ACTS = {
    "publish": (actions.publish_comment, {}),
    "reject": (actions.reject_comment, REASON),
    "hide": (actions.hide_comment, REASON),
    "restore": (actions.restore_comment, {}),
}
# From which states each act leads where; every other state refuses, or is there already.
LEADS = {
    ("publish", "held"): "published",
    ("publish", "rejected"): "published",
    ("reject", "held"): "rejected",
    ("hide", "published"): "hidden",
    ("restore", "hidden"): "published",
}
THERE_ALREADY = {
    ("publish", "published"),
    ("reject", "rejected"),
    ("hide", "hidden"),
    ("restore", "published"),
}
STATES = ["held", "published", "rejected", "hidden"]


def url(comment: Comment, verb: str) -> str:
    return reverse("moderation_comments:decide_on_comment", args=[comment.public_id, verb])


def review_url(comment: Comment) -> str:
    return reverse("moderation_comments:review_comment", args=[comment.public_id])


@pytest.fixture
def in_state(held, moderator):
    """The comment in a state: `in_state("hidden")`."""

    def bring(state: str) -> Comment:
        if state in {"published", "hidden"}:
            actions.publish_comment(held, by=moderator)
        if state == "rejected":
            actions.reject_comment(held, by=moderator, **REASON)
        if state == "hidden":
            actions.hide_comment(held, by=moderator, **REASON)
        held.refresh_from_db()
        return held

    return bring


def send(client: Client, comment: Comment, verb: str, **fields):
    comment.refresh_from_db()
    seen = {"version": comment.version, "status": comment.status}
    return client.post(url(comment, verb), {**seen, **fields})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ACTS)
class TestAct:
    """Each act from each state: it works, is quiet, or refuses; and writes exactly what it did."""

    @pytest.mark.database
    def test_it_leads_where_it_should(self, in_state, moderator, verb, state):
        comment = in_state(state)
        act, reason = ACTS[verb]
        before = Decision.objects.count()
        if (verb, state) in LEADS:
            decision = act(comment, by=moderator, **reason)
            assert (decision.verb, decision.by) == (verb, moderator)
            event = decision.event
            assert (event.status_before, event.status_after) == (state, LEADS[verb, state])
            assert (event.by, event.happened_at) == (moderator, decision.decided_at)
            assert decision.comment_version == comment.version
            assert decision.reason_code == reason.get("reason_code", "")
            assert Decision.objects.count() == before + 1
        elif (verb, state) in THERE_ALREADY:
            assert act(comment, by=moderator, **reason) is None
            assert Decision.objects.count() == before
        else:
            with pytest.raises(CommentRefused):
                act(comment, by=moderator, **reason)
            assert Decision.objects.count() == before
        expected = LEADS.get((verb, state), state)
        assert Comment.objects.get(pk=comment.pk).status == expected

    def test_strangers_and_colleagues_are_refused(
        self, in_state, stranger, employee, editor, answerer, verb, state
    ):
        comment = in_state(state)
        before = Decision.objects.count()
        act, reason = ACTS[verb]
        for person in (stranger, employee, editor, answerer):
            with pytest.raises(PermissionDenied):
                act(comment, by=person, **reason)
        comment.refresh_from_db()
        assert (comment.status, Decision.objects.count()) == (state, before)


@pytest.mark.parametrize("verb", ACTS)
def test_a_moderator_decides_on_nothing_that_they_may_not_read(held_inside, outside_moderator, verb):
    act, reason = ACTS[verb]
    with pytest.raises(PermissionDenied):
        act(held_inside, by=outside_moderator, **reason)


@pytest.mark.parametrize("verb", ["reject", "hide"])
@pytest.mark.parametrize(
    "reason",
    [
        {"reason_code": ""},
        {"reason_code": "because"},
        {"reason_code": "other", "reason_text": "  "},
        {"reason_code": "off_topic", "reason_text": "x" * 501},
    ],
    ids=["none", "unknown", "other, in no words", "too long"],
)
def test_a_reason_that_does_not_hold_is_refused(held, moderator, verb, reason):
    with pytest.raises(ReasonRequired):
        ACTS[verb][0](held, by=moderator, **reason)
    assert Decision.objects.count() == 1


def test_nothing_is_decided_where_the_log_cannot_be_written(held, moderator, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Decision, "save", fail)
    with pytest.raises(RuntimeError):
        actions.publish_comment(held, by=moderator)
    assert Comment.objects.get(pk=held.pk).status == CommentStatus.HELD


@pytest.mark.database
class TestConflict:
    """F14: whoever decides on what has moved on is told, and nothing is overwritten."""

    def test_it_tells_who_did_what(self, held, moderator, outside_moderator):
        actions.publish_comment(held, by=moderator, version=1, status="held")
        with pytest.raises(DecisionConflict) as conflict:
            actions.reject_comment(held, by=outside_moderator, version=1, status="held", **REASON)
        assert "Fanny Poirier" in str(conflict.value)
        assert conflict.value.decision.verb == Verb.PUBLISH
        assert Comment.objects.get(pk=held.pk).status == CommentStatus.PUBLISHED
        assert Decision.objects.filter(by__isnull=False).count() == 1

    def test_two_who_want_the_same_get_it_once(self, held, moderator, outside_moderator):
        assert actions.publish_comment(held, by=moderator, version=1, status="held")
        assert actions.publish_comment(held, by=outside_moderator, version=1, status="held") is None

    def test_it_binds_to_the_version_that_was_read(self, held, moderator):
        Comment.objects.filter(pk=held.pk).update(version=2)
        with pytest.raises(DecisionConflict):
            actions.publish_comment(held, by=moderator, version=1, status="held")
        assert Comment.objects.get(pk=held.pk).status == CommentStatus.HELD

    def test_it_has_a_sentence_for_what_nobody_wrote_down(self):
        assert conflict_sentence(None)

    def test_it_names_screening_where_no_person_decided(self, held):
        assert conflict_sentence(held.decisions.get())

    def test_the_second_moderator_sees_how_it_stands_now(self, desk, outside_desk, held):
        assert send(desk, held, "publish").status_code == 302
        response = outside_desk.post(url(held, "reject"), {"version": 1, "status": "held", **REASON})
        assert response.status_code == 409
        assert "Fanny Poirier" in response.content.decode()
        assert url(held, "hide") in response.content.decode()
        assert held.decisions.count() == 2

    def test_the_second_who_wants_the_same_is_told_in_passing(self, desk, outside_desk, held):
        send(desk, held, "publish")
        response = outside_desk.post(url(held, "publish"), {"version": 1, "status": "held"}, follow=True)
        assert response.status_code == 200
        assert "Fanny Poirier" in response.content.decode()
        assert held.decisions.count() == 2

    def test_an_act_that_the_state_does_not_allow_is_refused_with_a_sentence(self, desk, held):
        response = send(desk, held, "restore")
        assert response.status_code == 409
        assert held.decisions.count() == 1

    def test_a_quiet_second_time_copes_with_a_comment_without_decisions(self, desk, held):
        Comment.objects.filter(pk=held.pk).update(status="published", published_at=held.submitted_at)
        unguarded("DELETE FROM moderation_decision")
        assert send(desk, held, "publish").status_code == 302


class TestScreen:
    """The forms, over HTTP."""

    def test_publishing_leads_to_the_next_that_waits(self, desk, receive, article, held):
        following = receive(article, "Et la rampe ?")
        response = send(desk, held, "publish")
        assert (response.status_code, response.url) == (302, review_url(following))
        held.refresh_from_db()
        assert held.is_published

    def test_the_last_one_leads_to_the_list(self, desk, held):
        response = send(desk, held, "reject", **REASON, reason_text="Voir la page des horaires.")
        assert response.url == reverse("moderation_comments:list_comments")
        assert held.decisions.first().reason_text == "Voir la page des horaires."

    def test_hiding_and_restoring_stay_with_the_comment(self, desk, in_state):
        comment = in_state("published")
        assert send(desk, comment, "hide", **REASON).url == review_url(comment)
        assert send(desk, comment, "restore").url == review_url(comment)

    def test_a_missing_reason_is_asked_for_and_the_words_stay(self, desk, held):
        response = send(desk, held, "reject", reason_code="", reason_text="Mes mots")
        assert response.status_code == 422
        assert "Mes mots" in response.content.decode()
        assert held.decisions.count() == 1

    def test_another_reason_needs_words(self, desk, held):
        assert send(desk, held, "reject", reason_code="other").status_code == 422

    @pytest.mark.parametrize("verb", ["hold", "delete", "PUBLISH"])
    def test_an_unknown_act_is_not_found(self, desk, held, verb):
        assert send(desk, held, verb).status_code == 404

    @pytest.mark.parametrize("seen", [{}, {"version": "x", "status": "held"}, {"version": 1, "status": "y"}])
    def test_a_form_that_says_not_what_was_seen_is_refused(self, desk, held, seen):
        assert desk.post(url(held, "publish"), seen).status_code == 400

    @pytest.mark.parametrize("verb", ACTS)
    def test_a_get_changes_nothing(self, desk, held, verb):
        assert desk.get(url(held, verb)).status_code == 405
        assert held.decisions.count() == 1

    def test_it_needs_a_token(self, moderator, held):
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        assert send(client, held, "publish").status_code == 403
        assert held.decisions.count() == 1

    def test_its_own_forms_carry_the_token(self, moderator, held):
        client = Client(enforce_csrf_checks=True)
        client.force_login(moderator)
        page = client.get(review_url(held)).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        assert send(client, held, "publish", csrfmiddlewaretoken=token).status_code == 302

    @pytest.mark.parametrize("who", ["employee", "answerer", "editor"])
    def test_colleagues_are_sent_away(self, request, signed_in, held, who):
        client = signed_in(request.getfixturevalue(who))
        assert send(client, held, "publish").status_code in {302, 403}
        assert client.get(review_url(held)).status_code in {302, 403}
        assert held.decisions.count() == 1

    def test_a_stranger_is_sent_to_sign_in(self, client, held):
        assert "login" in client.get(review_url(held)).url
        assert send(client, held, "publish").status_code == 401

    def test_what_may_not_be_read_is_not_found(self, outside_desk, held_inside):
        assert outside_desk.get(review_url(held_inside)).status_code == 404
        assert send(outside_desk, held_inside, "publish").status_code == 404
        assert held_inside.decisions.count() == 1

    def test_what_does_not_exist_is_not_found(self, desk):
        missing = reverse("moderation_comments:review_comment", args=["aaaaaaaaaaaa"])
        assert desk.get(missing).status_code == 404


class TestReview:
    """One comment with what surrounds it."""

    def test_it_shows_the_words_their_place_and_the_log(self, desk, moderator, receive, article):
        first = receive(article, "Le début du fil.", name="Ana", may_quote=True)
        actions.publish_comment(first, by=moderator)
        reply = receive(article, "Une réponse.", name="Bo", parent=first)
        actions.publish_comment(reply, by=moderator)
        deeper = receive(article, "Une réponse <script>alert(1)</script>.", name="Ana", parent=reply)
        body = desk.get(review_url(deeper)).content.decode()
        assert "Une réponse &lt;script&gt;" in body
        assert "<script>alert(1)" not in body
        assert review_url(reply) in body
        assert review_url(first) in body
        assert url(deeper, "publish") in body
        assert url(deeper, "reject") in body
        assert url(deeper, "hide") not in body

    def test_it_counts_only_what_the_moderator_may_read(
        self, outside_desk, receive, article, employee, held_inside
    ):
        comment = receive(article, user=employee)
        response = outside_desk.get(review_url(comment))
        assert response.context["card"].others == []
        assert "SECRET" not in response.content.decode()

    def test_it_counts_the_authors_other_comments(self, desk, receive, article):
        receive(article, email="c@example.org")
        comment = receive(article, email="c@example.org")
        assert desk.get(review_url(comment)).context["card"].others == [("Retenu", 1)]

    @pytest.mark.parametrize("state", STATES)
    def test_it_renders_in_every_state(self, desk, in_state, state):
        assert desk.get(review_url(in_state(state))).status_code == 200

    def test_it_offers_nothing_on_what_an_author_withdrew(self, desk, held):
        Comment.objects.filter(pk=held.pk).update(status="withdrawn", withdrawn_at=held.submitted_at)
        response = desk.get(review_url(held))
        assert response.context["choices"] == []

    def test_it_offers_to_feature_a_published_comment(self, signed_in, administrator, in_state):
        comment = in_state("published")
        body = signed_in(administrator).get(review_url(comment)).content.decode()
        assert reverse("dialogue_feature_comment", args=[comment.public_id]) in body


def test_the_first_publication_stays_when_a_comment_is_restored(in_state, moderator):
    comment = in_state("hidden")
    first = comment.published_at
    assert actions.restore_comment(comment, by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.published_at) == (CommentStatus.PUBLISHED, first)
