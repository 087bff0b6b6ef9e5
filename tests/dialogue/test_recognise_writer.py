"""A form that is about to be used learns from a trusted browser who writes, and what they chose before."""

import pytest
from django.urls import reverse

from dialogue.actions import withdraw_comment
from dialogue.models import Comment
from mail.models import ChoicePlace
from tests.speech import browser_of

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
WORDS = "Les bancs manquent."


@pytest.fixture
def told(article):
    """Return what the form is told: `told(browser)`."""

    def ask(browser):
        answer = browser.get(reverse("issue_ticket", args=[article.pk]))
        assert "no-store" in answer["Cache-Control"]
        return {name: value for name, value in answer.json().items() if name in {"writer", "choices"}}

    return ask


class TestWhoWrites:
    def test_a_stranger_is_told_nothing(self, client, told, article, say):
        say(article, WORDS, email=ADDRESS)
        assert told(client) == {}

    def test_a_trusted_browser_is_recognised(self, told, article, say):
        comment = say(article, WORDS, "Camille Roy", email=ADDRESS)
        found = told(browser_of(comment.participant))
        assert found["writer"] == {"name": "Camille Roy", "email": ADDRESS}

    def test_the_page_says_it_to_somebody_signed_in(self, told, article, say, signed_in, employee):
        browser = signed_in(employee)
        assert told(browser) == {}
        say(article, WORDS, user=employee)
        assert set(told(browser)) == {"choices"}
        assert reverse("account_logout") in browser.get(article.url).content.decode().partition("<form")[2]


class TestWhatTheyChose:
    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({}, {"quoting": "no", "tell_me": False}),
            ({"may_quote": True}, {"quoting": "no", "tell_me": False}),  # it was for that comment alone
            ({"may_ask": True}, {"quoting": "ask", "tell_me": False}),
            ({"tell_outcomes": True}, {"quoting": "no", "tell_me": True}),
            ({"may_ask": True, "tell_replies": True}, {"quoting": "ask", "tell_me": True}),
        ],
    )
    def test_what_goes_on_is_what_the_form_begins_with(self, told, article, say, chosen, found):
        comment = say(article, WORDS, email=ADDRESS, **chosen)
        choices = told(browser_of(comment.participant))["choices"]
        assert choices.pop("line")
        assert choices == found

    def test_what_was_taken_back_does_not(self, article, say, told, signed_in, employee):
        say(article, WORDS, user=employee, may_ask=True)
        browser = signed_in(employee)
        browser.post(reverse("choose_own_consents"), {})
        assert told(browser)["choices"]["quoting"] == "no"

    def test_whoever_withdrew_all_they_said_has_chosen_before(self, article, say, told):
        comment = say(article, WORDS, email=ADDRESS)
        withdraw_comment(Comment.objects.get(), by=comment.participant, place=ChoicePlace.PAGE)
        assert "choices" in told(browser_of(comment.participant))
