"""A moderator takes a comment on, releases it, and others are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dialogue.models import Comment
from moderation.actions import (
    AlreadyClaimed,
    claim_comment,
    correct_language,
    forget_attention,
    publish_comment,
    reject_comment,
    release_comment,
)
from moderation.models import Claim, claims_on
from moderation.models.attention import LASTS
from people.groups import MODERATORS, the_group
from people.models import GroupSection, Participant
from privacy.actions import erase_participant

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = reverse("moderation_comments:list_comments")


def url(comment: Comment, act: str = "claim") -> str:
    return reverse(f"moderation_comments:{act}_comment", args=[comment.public_id])


def claimer(comment: Comment):
    claim = claims_on([comment]).get(comment.pk)
    return claim.by if claim else None


class TestAct:
    """What is taken on, by whom, and until when."""

    def test_it_is_whose_who_took_it_on(self, held, moderator, outside_moderator):
        claim_comment(held, by=moderator)
        assert claimer(held) == moderator
        with pytest.raises(AlreadyClaimed, match="Fanny Poirier"):
            claim_comment(held, by=outside_moderator)
        assert claimer(held) == moderator

    def test_a_second_time_prolongs_it(self, held, moderator, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        first = claim_comment(held, by=moderator)
        time_machine.shift(timedelta(minutes=20))
        assert claim_comment(held, by=moderator).until == first.until + timedelta(minutes=20)
        time_machine.shift(timedelta(minutes=20))
        assert claimer(held) == moderator

    def test_it_ends_with_its_time(self, held, moderator, outside_moderator, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        claim_comment(held, by=moderator)
        time_machine.shift(LASTS)
        assert claimer(held) is None
        claim_comment(held, by=outside_moderator)
        assert claimer(held) == outside_moderator
        time_machine.shift(LASTS)
        forget_attention()
        assert not Claim.objects.exists()

    def test_it_ends_when_it_is_released(self, held, moderator, outside_moderator):
        claim_comment(held, by=moderator)
        assert not release_comment(held, by=outside_moderator)
        assert release_comment(held, by=moderator)
        assert not release_comment(held, by=moderator)
        assert claimer(held) is None

    @pytest.mark.parametrize("who", ["moderator", "outside_moderator"])
    def test_it_ends_with_a_decision_of_anybody(self, held, moderator, who, request):
        claim_comment(held, by=moderator)
        reject_comment(held, by=request.getfixturevalue(who), reason_code="off_topic")
        assert not Claim.objects.exists()

    def test_it_stays_where_the_language_alone_is_corrected(self, held, moderator):
        claim_comment(held, by=moderator)
        correct_language(held, "en", by=moderator)
        assert claimer(held) == moderator

    def test_it_ends_with_the_right_to_decide(self, held, moderator, outside_moderator):
        claim_comment(held, by=moderator)
        moderator.groups.clear()
        assert claimer(held) is None
        claim_comment(held, by=outside_moderator)
        assert claimer(held) == outside_moderator

    def test_it_ends_with_the_right_to_decide_there(self, held, outside_moderator, dialogues_fr):
        claim_comment(held, by=outside_moderator)
        GroupSection.objects.create(group=the_group(MODERATORS), page=dialogues_fr)
        assert claimer(held) is None

    def test_it_ends_with_the_account(self, held, moderator, administrator):
        claim_comment(held, by=moderator)
        moderator.is_active = False
        moderator.save()
        assert claimer(held) is None
        erase_participant(Participant.objects.get_or_create(user=moderator)[0], by=administrator)
        assert not Claim.objects.exists()

    def test_who_may_not_decide_does_not(self, held, editor):
        with pytest.raises(PermissionDenied):
            claim_comment(held, by=editor)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(held, moderator, outside_moderator):
    start = Barrier(2)

    def claim(by):
        comment = Comment.objects.get(pk=held.pk)
        start.wait()
        try:
            return claim_comment(comment, by=by)
        except AlreadyClaimed as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(claim, [moderator, outside_moderator]))
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, AlreadyClaimed)]
    assert refusal.claim.by == Claim.objects.get().by


class TestScreen:
    """The forms, with script and without."""

    def test_the_card_says_whose_it_is(self, desk, outside_desk, held):
        answer = desk.post(url(held), {"next": LIST}, follow=True)
        assert answer.redirect_chain == [(LIST, 302)]
        assert url(held, "release") in answer.content.decode()
        html = outside_desk.get(LIST).content.decode()
        assert "Fanny Poirier" in html
        assert url(held) not in html
        # Others may decide all the same.
        assert reverse("moderation_comments:decide_on_comment", args=[held.public_id, "publish"]) in html
        desk.post(url(held, "release"), {"next": LIST})
        assert url(held) in outside_desk.get(LIST).content.decode()

    def test_so_does_the_review_and_it_leads_back_there(self, desk, held):
        review = reverse("moderation_comments:review_comment", args=[held.public_id])
        assert url(held) in desk.get(review).content.decode()
        assert desk.post(url(held))["Location"] == review
        assert url(held, "release") in desk.get(review).content.decode()

    def test_the_script_is_answered_with_what_the_card_shows(self, desk, outside_desk, held):
        accept = {"accept": "application/json"}
        answer = desk.post(url(held), headers=accept)
        assert url(held, "release") in answer.json()["claim"]
        late = outside_desk.post(url(held), headers=accept)
        assert late.status_code == 409
        assert "Fanny Poirier" in late.json()["sentence"]
        assert "Fanny Poirier" in late.json()["claim"]
        assert url(held) in desk.post(url(held, "release"), headers=accept).json()["claim"]

    def test_others_hear_of_it_while_they_look(self, desk, outside_desk, held):
        desk.post(url(held))
        card = {"card": [f"{held.public_id}:1:held:"]}
        ask = reverse("moderation_comments:attend")
        told = outside_desk.post(ask, card).json()["cards"][held.public_id]
        assert "Fanny Poirier" in told["claim"]
        known = {"card": [f"{held.public_id}:1:held:{Claim.objects.get().by_id}"]}
        assert "claim" not in outside_desk.post(ask, known).json()["cards"][held.public_id]

    def test_the_list_is_narrowed_to_ones_own_and_to_nobodys(
        self, desk, outside_desk, held, receive, article
    ):
        other, free = receive(article, "La rampe."), receive(article, "Les bancs.")
        desk.post(url(held))
        outside_desk.post(url(other))

        def shown(narrowed: str) -> set[Comment]:
            return {card.comment for card in desk.get(LIST, {"claim": narrowed}).context["cards"]}

        assert shown("mine") == {held}
        assert shown("unclaimed") == {free}
        assert shown("") == {held, other, free}
        assert shown("x") == {held, other, free}

    def test_what_is_not_there_for_somebody_cannot_be_taken_on(
        self, outside_desk, held_inside, editor, signed_in
    ):
        for act in ("claim", "release"):
            assert outside_desk.post(url(held_inside, act)).status_code == 404
            assert signed_in(editor).post(url(held_inside, act)).status_code in {302, 403}
            assert outside_desk.get(url(held_inside, act)).status_code == 405
        assert not Claim.objects.exists()

    def test_it_leads_nowhere_else(self, desk, held):
        assert "ailleurs" not in desk.post(url(held), {"next": "https://ailleurs.test/"})["Location"]

    def test_cards_cost_no_query_each(self, desk, receive, article, count_queries, moderator):
        def add() -> None:
            claim_comment(receive(article, "Le quai."), by=moderator)

        add()
        desk.get(LIST)
        few = count_queries(lambda: desk.get(LIST))
        for _number in range(4):
            add()
        assert count_queries(lambda: desk.get(LIST)) == few


def test_published_by_a_rule_ends_nothing_of_others(held, moderator, receive, article):
    claim_comment(held, by=moderator)
    publish_comment(receive(article, "La rampe."), by=moderator)
    assert claimer(held) == moderator
