"""People agree, each thing by itself, and take it back: dated, in known words, effective at once."""

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from blog.models import BlogPage
from dialogue import consents, links, topics
from dialogue.actions import (
    confirm_comments,
    edit_comment,
    take_back_quotation,
    withdraw_comment,
)
from dialogue.blocks import quotation_of
from dialogue.models import Comment, FeaturedComment
from dialogue.permissions import FeaturedCommentPermissionTester, may_be_asked
from mail.actions import choose_mail, make_link, queue_mail, stop_mail
from mail.models import ChoicePlace, MailFrequency, OutgoingMail
from moderation.topics import WAITING as WAITING_TOPIC
from people.models import Participant
from privacy.actions import erase_participant, has_consented
from privacy.consents import ConsentKind
from privacy.models import Consent

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
WORDS = "Les bancs manquent."
EVERYTHING = {"quoting": "yes", "tell_me": "on"}
K = consents
# Following has a page of its own, and so has each quotation; whoever may be quoted need not be asked.
OFFERED = {kind.name for kind in (K.PUBLISH, K.QUOTE, K.REPLIES, K.OUTCOMES)}


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, email=ADDRESS, may_quote=True, may_ask=True, tell_outcomes=True)


@pytest.fixture
def visitor(comment) -> Client:
    """Camille's browser, in which the page is open."""
    client = Client()
    token = make_link(comment.participant, links.PERSONAL)
    client.post(reverse("open_personal_page", args=[token]))
    return client


def given() -> set[str]:
    return set(Consent.objects.filter(is_given=True).values_list("kind", flat=True))


def rows(kind: ConsentKind) -> list[tuple[bool, str]]:
    return list(Consent.objects.filter(kind=kind.name).order_by("pk").values_list("is_given", "place"))


class TestAsked:
    """Where they are given: in plain words, nothing ticked."""

    def test_one_question_and_one_box_and_nothing_is_chosen_for_them(self, client, article):
        words = {"text": WORDS, "name": "Camille", "email": ADDRESS}
        body = client.post(reverse("preview_comment", args=[article.pk]), words).content.decode()
        form = body[: body.index("Envoyer mon commentaire</button>")]
        answers = re.findall(r'<input type="radio" name="quoting" id="\S*" value="(\w+)"( checked)?', form)
        assert answers == [("no", " checked"), ("ask", ""), ("yes", "")]
        assert "checked" not in re.search(r'<input type="checkbox" name="tell_me"[^>]*>', form)[0]
        assert 'name="publish"' not in body  # it is stated: without it there is no comment

    @pytest.mark.parametrize("place", ["preview", "page"])
    def test_the_publishing_is_stated_beside_them(self, client, article, place):
        words = {"text": WORDS, "name": "Camille", "email": ADDRESS}
        preview = reverse("preview_comment", args=[article.pk])
        answer = client.get(article.url) if place == "page" else client.post(preview, words)
        assert "comment-form__terms" in answer.content.decode()

    def test_r15_being_asked_is_offered_since_it_works(self, article, send, signed_in, employee):
        """In the form and on the page of those who have not agreed to it, who may be asked from then on."""
        browser = signed_in(employee)
        assert 'name="may_ask"' in browser.get(reverse("personal_page")).content.decode()
        send(article, by=browser, quoting="ask")
        comment = Comment.objects.get()
        assert comment.may_be_asked
        assert rows(K.ASK) == [(True, "form")]
        assert may_be_asked(comment.participant)


class TestGive:
    def test_an_employee_agrees_by_sending(self, send, article, signed_in, employee):
        send(article, by=signed_in(employee), **EVERYTHING)
        assert given() == OFFERED
        one = Consent.objects.get(kind=K.QUOTE.name)
        comment = Comment.objects.get()
        assert (one.cause_id, one.place, one.language, one.wording) == (comment.pk, "form", "fr", "quote-1")

    def test_rule07_a_guest_agrees_for_good_once_the_address_is_theirs(self, send, article):
        """T38: whoever types the address of somebody else agrees to nothing in their name."""
        send(article, **EVERYTHING)
        assert given() == {"publish", "quote"}  # about a comment that nobody reads yet
        comment = Comment.objects.get()
        Participant.objects.update(verified_at=comment.submitted_at)
        comment.participant.refresh_from_db()
        confirm_comments(comment.participant, [comment])
        assert given() == OFFERED

    def test_nobody_is_asked_about_the_words_of_the_organisation(self, send, article, signed_in, answerer):
        preview = reverse("preview_comment", args=[article.pk])
        words = {"text": WORDS, "voice": "organisation", **EVERYTHING}
        body = signed_in(answerer).post(preview, words).content.decode()
        assert 'id="consent-quoting-yes"' not in body
        send(article, by=signed_in(answerer), voice="organisation", **EVERYTHING)
        assert given() == {"publish"}

    def test_an_answer_that_is_none_of_the_three_is_refused(self, send, article):
        assert send(article, quoting="<yes>").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert given() == set()

    def test_what_is_not_ticked_is_not_agreed_to(self, send, article, signed_in, employee):
        send(article, by=signed_in(employee))
        assert given() == {"publish"}

    def test_the_second_comment_writes_no_more_than_its_own(self, article, say):
        for _time in range(2):
            say(article, WORDS, email=ADDRESS, may_ask=True, tell_outcomes=True, tell_replies=True)
        assert [len(rows(kind)) for kind in (K.PUBLISH, K.ASK, K.OUTCOMES, K.REPLIES)] == [2, 1, 1, 1]

    def test_new_words_are_agreed_to_anew(self, article, say):
        comment = say(article, "Les bans.", email=ADDRESS, is_published=False, may_quote=True)
        edit_comment(comment, WORDS, by=comment.participant, may_quote=True)
        edit_comment(comment, "Autre chose.", by=comment.participant)
        assert rows(K.QUOTE) == [(True, "form"), (True, "change"), (False, "change")]
        versions = Consent.objects.filter(kind=K.QUOTE.name).order_by("pk").values_list("version", flat=True)
        assert list(versions) == [1, 2, None]

    def test_of_one_comment_it_names_the_comment(self, comment):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(kind=K.QUOTE.name).update(cause_id=None)


class TestTakeBack:
    def test_a_quotation_goes_at_once(self, comment, visitor, client, articles_fr):
        page = BlogPage(title="Un banc", introduction="<p>Bientôt.</p>")
        page.body = [("featured_comment", {"quotation": quotation_of(comment), "why": ""})]
        articles_fr.add_child(instance=page)
        page.save_revision().publish()
        assert WORDS in client.get(page.url).content.decode()
        answer = visitor.post(reverse("take_back_own_quotation", args=[comment.public_id]))
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert WORDS not in client.get(page.url).content.decode()
        assert rows(K.QUOTE) == [(True, "form"), (False, "page")]
        assert not has_consented(comment.participant, K.QUOTE, cause_id=comment.pk)

    def test_what_was_agreed_for_one_page_goes_with_it(self, comment, article):
        featured = quotation_of(comment)
        featured.page, featured.agreed_at = article, comment.submitted_at
        featured.save()
        Comment.objects.update(quote_consented_at=None, quote_consent_wording="", quote_consent_version=None)
        assert take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        featured = FeaturedComment.objects.get()
        assert featured.withdrawn_at
        assert not FeaturedCommentPermissionTester(featured, article).has_consent()

    def test_the_second_time_changes_nothing(self, comment):
        assert take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        assert not take_back_quotation(comment, by=comment.participant, place=ChoicePlace.PAGE)
        assert len(rows(K.QUOTE)) == 2

    def test_nobody_takes_back_for_another(self, comment, visitor, article, say):
        other = say(article, "Autre.", email="b@example.org", may_quote=True)
        with pytest.raises(PermissionDenied):
            take_back_quotation(other, by=comment.participant, place=ChoicePlace.PAGE)
        address = reverse("take_back_own_quotation", args=[other.public_id])
        assert visitor.post(address).status_code == HTTPStatus.NOT_FOUND
        assert has_consented(other.participant, K.QUOTE, cause_id=other.pk)

    def test_withdrawing_a_comment_takes_back_its_publishing(self, comment):
        withdraw_comment(comment, by=comment.participant)
        withdraw_comment(comment, by=comment.participant)
        assert rows(K.PUBLISH) == [(True, "form"), (False, "page")]

    def test_a_click_in_a_message_is_written_down(self, comment):
        choose_mail(comment.participant, topics.REPLIES, MailFrequency.DAILY)
        stop_mail(comment.participant, topics.REPLIES)
        assert rows(K.REPLIES) == [(True, "page"), (False, "mail")]

    def test_another_rhythm_is_the_same_consent(self, comment):
        for frequency in (MailFrequency.DAILY, MailFrequency.WEEKLY):
            choose_mail(comment.participant, topics.REPLIES, frequency)
        assert rows(K.REPLIES) == [(True, "page")]

    def test_what_waits_for_a_moderator_needs_no_consent(self, moderator):
        choose_mail(Participant.of(moderator), WAITING_TOPIC, MailFrequency.DAILY)
        assert not Consent.objects.exists()

    def test_mail_stops_at_once(self, comment):
        choose_mail(comment.participant, topics.REPLIES, MailFrequency.IMMEDIATE)
        queue_mail("dialogue.reply", comment.participant, cause_id=comment.pk)
        stop_mail(comment.participant, topics.REPLIES)
        assert not OutgoingMail.objects.filter(status="queued", kind="dialogue.reply").exists()


class TestOneTruth:
    """What stands beside the register says what the register says, after every act."""

    def test_after_every_act_they_agree(self, article, say):
        comment = say(article, WORDS, email=ADDRESS, is_published=False, may_quote=True, tell_replies=True)
        person = comment.participant
        acts = [
            lambda: edit_comment(comment, "Un.", by=person, may_quote=True),
            lambda: edit_comment(comment, "Deux.", by=person),
            lambda: edit_comment(comment, "Trois.", by=person, may_quote=True),
            lambda: choose_mail(person, topics.REPLIES, MailFrequency.WEEKLY),
            lambda: stop_mail(person, topics.REPLIES),
            lambda: choose_mail(person, topics.OUTCOMES, MailFrequency.IMMEDIATE),
            lambda: take_back_quotation(comment, by=person, place=ChoicePlace.PAGE),
            lambda: withdraw_comment(comment, by=person),
            lambda: erase_participant(person),
        ]
        for number, act in enumerate([lambda: None, *acts]):
            act()
            assert_one_truth(comment, number)

    def test_an_erasure_leaves_none(self, comment):
        erase_participant(comment.participant)
        assert not Consent.objects.exists()


def assert_one_truth(comment: Comment, number: int) -> None:
    comment.refresh_from_db()
    person = comment.participant
    quoted = comment.quote_consented_at is not None
    assert has_consented(person, K.QUOTE, cause_id=comment.pk) == quoted, number
    if quoted:
        last = Consent.objects.filter(kind=K.QUOTE.name).order_by("-pk").first()
        assert (last.version, last.wording) == (comment.quote_consent_version, comment.quote_consent_wording)
    for topic, kind in ((topics.REPLIES, K.REPLIES), (topics.OUTCOMES, K.OUTCOMES)):
        wished = (
            person.mail_preferences.filter(topic=topic.name).exclude(frequency=MailFrequency.NEVER).exists()
        )
        assert has_consented(person, kind) == wished, number
    is_out = comment.status not in {"withdrawn", "erased"}
    assert has_consented(person, K.PUBLISH, cause_id=comment.pk) == is_out, number


class TestOwnPage:
    """Guests on theirs."""

    def test_it_shows_what_holds(self, visitor, comment):
        answer = visitor.get(reverse("personal_page"))
        assert answer.status_code == HTTPStatus.OK
        assert answer.context["consent_form"].initial == {"may_ask": True, "tell_outcomes": True}
        assert [one.pk for one in answer.context["page_obj"] if one.may_be_quoted] == [comment.pk]
        assert len(answer.context["history"]) == 4
        assert "no-store" in answer["Cache-Control"]

    def test_what_is_unticked_is_taken_back(self, visitor, comment):
        answer = visitor.post(reverse("choose_own_consents"), {})
        assert answer.status_code == HTTPStatus.SEE_OTHER
        for kind in (K.ASK, K.OUTCOMES):
            assert not has_consented(comment.participant, kind)
            assert rows(kind)[-1] == (False, "page")
        visitor.post(reverse("choose_own_consents"), {})
        assert [len(rows(kind)) for kind in (K.ASK, K.OUTCOMES)] == [2, 2]
        visitor.post(reverse("choose_own_consents"), {"may_ask": "on", "tell_outcomes": "on"})
        for kind in (K.ASK, K.OUTCOMES):
            assert has_consented(comment.participant, kind)
            assert rows(kind)[-1] == (True, "page")

    def test_t16_looking_changes_nothing(self, visitor, comment):
        before = Consent.objects.count()
        visitor.get(reverse("personal_page") + "?may_ask=")
        address = reverse("take_back_own_quotation", args=[comment.public_id])
        assert visitor.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert Consent.objects.count() == before

    def test_t32_another_site_changes_nothing(self, visitor, comment):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = visitor.cookies
        assert careful.post(reverse("choose_own_consents"), {}).status_code == HTTPStatus.FORBIDDEN
        assert has_consented(comment.participant, K.ASK)

    def test_a_page_that_was_closed_since_is_not_named(self, visitor, comment, article):
        assert article.title in visitor.get(reverse("personal_page")).content.decode()
        article.unpublish()
        assert article.title not in visitor.get(reverse("personal_page")).content.decode()

    def test_nobody_else_sees_it(self, client, comment):
        assert client.get(reverse("personal_page")).context.get("consent_form") is None
        assert client.post(reverse("choose_own_consents"))["Location"] == reverse("personal_page")


class TestOwnAccount:
    """People with an account in theirs."""

    def test_looking_makes_nobody_a_participant(self, employee, signed_in):
        assert signed_in(employee).get(reverse("personal_page")).status_code == HTTPStatus.OK
        assert not Participant.objects.exists()

    def test_they_agree_and_take_back(self, employee, signed_in):
        browser = signed_in(employee)
        browser.post(reverse("choose_own_consents"), {"tell_outcomes": "on"})
        browser.post(reverse("choose_own_consents"), {})
        assert rows(K.OUTCOMES) == [(True, "account"), (False, "account")]
        assert rows(K.ASK) == []

    def test_they_are_quoted_no_more(self, employee, signed_in, say, article):
        comment = say(article, WORDS, user=employee, may_quote=True)
        browser = signed_in(employee)
        quotable = reverse("personal_page") + "?state=quotable"
        assert list(browser.get(quotable).context["page_obj"]) == [comment]
        browser.post(reverse("take_back_own_quotation", args=[comment.public_id]))
        assert rows(K.QUOTE)[-1] == (False, "account")
        assert list(browser.get(quotable).context["page_obj"]) == []

    def test_nobody_takes_back_for_another(self, employee, signed_in, comment):
        address = reverse("take_back_own_quotation", args=[comment.public_id])
        assert signed_in(employee).post(address).status_code == HTTPStatus.NOT_FOUND

    def test_a_stranger_is_asked_who_they_are(self, client, comment):
        address = reverse("take_back_own_quotation", args=[comment.public_id])
        assert client.post(address)["Location"] == reverse("personal_page")
        assert "/account/login/?next=" in client.get(reverse("personal_page")).content.decode()
        comment.refresh_from_db()
        assert comment.quote_consented_at
