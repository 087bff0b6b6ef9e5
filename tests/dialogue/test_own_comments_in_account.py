"""People with an account look after what they said there: they read, change and withdraw it."""

import pytest
from django.urls import reverse

from dialogue.actions import edit_comment
from dialogue.models import Comment, CommentStatus, ConversationSettings
from mail.models import ChoicePlace
from people.models import Participant
from privacy.models import Consent

pytestmark = pytest.mark.django_db

PAGE = "/fr/conversation/participant/"


@pytest.fixture
def comment(article, say, employee) -> Comment:
    return say(article, "Les bans manquent.", user=employee)


@pytest.fixture
def window(signed_in, employee):
    return signed_in(employee)


def url(comment: Comment, act: str = "edit") -> str:
    return reverse(f"{act}_own_comment", args=[comment.public_id])


class TestPage:
    def test_it_shows_all_of_theirs_and_nothing_of_others(self, window, comment, article, say):
        say(article, "Le mot d’un autre.")
        html = window.get(PAGE).content.decode()
        assert "Les bans manquent." in html
        assert "Le mot d’un autre." not in html
        assert url(comment) in html
        assert url(comment, "withdraw") in html

    def test_the_account_leads_there(self, window):
        assert PAGE in window.get("/fr/account/").content.decode()

    def test_looking_makes_nobody_a_participant(self, window, employee):
        assert window.get(PAGE).status_code == 200
        assert not Participant.objects.filter(user=employee).exists()

    def test_whoever_is_signed_out_is_asked_who_they_are(self, client, comment):
        html = client.get(PAGE).content.decode()
        assert f"/fr/account/login/?next={PAGE}" in html
        assert "Les bans manquent." not in html
        assert client.get(url(comment))["Location"] == PAGE

    def test_the_words_of_a_page_that_was_closed_to_them_stay_and_its_title_goes(
        self, window, employee, internal_dialogue, say
    ):
        say(internal_dialogue, "Moins de nuits.", user=employee)
        employee.groups.clear()
        html = window.get(PAGE).content.decode()
        assert "Moins de nuits." in html
        assert internal_dialogue.title not in html

    def test_a_change_that_waits_is_shown(self, window, comment, site):
        ConversationSettings.objects.update_or_create(site=site, defaults={"policy": "hold_all"})
        edit_comment(comment, "Les bancs manquent.", by=comment.participant)
        html = window.get(PAGE).content.decode()
        assert "Les bancs manquent." in html
        assert "Les bancs manquent." in window.get(url(comment)).content.decode()

    def test_it_costs_the_same_for_one_and_for_many(
        self, window, comment, article, say, employee, count_queries
    ):
        window.get(PAGE)
        few = count_queries(lambda: window.get(PAGE))
        for number in range(5):
            say(article, f"Encore {number}.", user=employee)
        assert count_queries(lambda: window.get(PAGE)) == few


class TestEdit:
    def test_it_keeps_the_new_words(self, window, comment):
        answer = window.post(url(comment), {"text": "Les bancs manquent."})
        assert (answer.status_code, answer["Location"]) == (
            303,
            f"{PAGE}?saved=change#own-{comment.public_id}",
        )
        comment.refresh_from_db()
        assert comment.text == "Les bancs manquent."

    def test_the_thread_leads_there_for_its_author_alone(self, window, client, comment):
        page = comment.page.get_url()
        assert url(comment) in window.get(page).content.decode()
        assert url(comment) not in client.get(page).content.decode()

    @pytest.mark.parametrize("text", ["", "é" * 5001])
    def test_what_is_wrong_is_said_and_the_words_stay(self, window, comment, text):
        answer = window.post(url(comment), {"text": text})
        assert answer.status_code == 422
        assert text[:20] in answer.content.decode()

    def test_t01_the_comment_of_another_is_not_found(self, window, article, say, outsider_employee):
        other = say(article, user=outsider_employee)
        assert window.get(url(other)).status_code == 404
        assert window.post(url(other), {"text": "Autre chose."}).status_code == 404
        assert window.post(url(other, "withdraw")).status_code == 404


class TestWithdraw:
    def test_a_tombstone_takes_its_place_and_the_register_says_where(self, window, comment, article, say):
        say(article, "Oui.", parent=comment)
        assert window.post(url(comment, "withdraw")).status_code == 303
        comment.refresh_from_db()
        assert comment.status == CommentStatus.WITHDRAWN
        html = window.get(article.get_url()).content.decode()
        assert "tombstone" in html
        assert "Les bans manquent." not in html
        assert Consent.objects.filter(kind="publish").order_by("-pk").first().place == ChoicePlace.ACCOUNT

    def test_the_second_time_nothing_changes(self, window, comment):
        window.post(url(comment, "withdraw"))
        assert window.post(url(comment, "withdraw")).status_code == 303

    def test_it_is_a_post(self, window, comment):
        assert window.get(url(comment, "withdraw")).status_code == 405
