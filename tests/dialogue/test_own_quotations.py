"""Rules 4 and 7 on one's own page: what one is asked, where one is quoted, and taken back one by one."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import consents, links
from dialogue.actions import answer_quotation, ask_to_quote, hide_comment
from dialogue.models import Comment, FeaturedComment
from mail.actions import make_link, process_mail
from mail.models import ChoicePlace, OutgoingMail
from people.models import Participant, User
from privacy.actions import has_consented
from tests.speech import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_french")]

ADDRESS = "camille@example.org"
WORDS = "Les bancs manquent. On attend debout, au vent."
TITLE, OTHER_TITLE = "La parole à Camille", "Encore Camille"
DAYS = 9
SEE_OTHER = HTTPStatus.SEE_OTHER


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Camille Roy", email=ADDRESS, may_ask=True)


@pytest.fixture
def asked(quoting_draft, comment, editor) -> FeaturedComment:
    row = quoting_draft(comment, ranges=[[0, 19]])
    ask(row, editor)
    return row


@pytest.fixture
def visitor(comment) -> Client:
    """Camille's browser, in which the page is open."""
    client = Client()
    token = make_link(comment.participant, links.PERSONAL)
    client.post(reverse("open_personal_page", args=[token]))
    return client


def ask(row: FeaturedComment, editor: User) -> None:
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))


def say_yes(row: FeaturedComment, **more: str) -> None:
    person = row.comment.participant
    answer_quotation(row, by=person, is_agreed=True, place=ChoicePlace.MAIL, **more)


def publish(row: FeaturedComment) -> Page:
    BlogPage.objects.get(pk=row.page_id).save_revision().publish()
    return Page.objects.get(pk=row.page_id)


def page_of(browser: Client) -> str:
    return browser.get(reverse("personal_page")).content.decode()


def address(row: FeaturedComment) -> str:
    return reverse("answer_own_quotation", args=[row.pk])


class TestRequests:
    def test_rule07_what_waits_for_an_answer_stands_above_all_else(self, visitor, asked):
        body = page_of(visitor)
        assert body.index('id="requests"') < body.index('id="comments"')
        assert TITLE in body
        assert address(asked) in body

    @pytest.mark.parametrize("way", ["answered", "hidden", "too late"])
    def test_rule07_what_waits_no_more_does_not(self, asked, visitor, way):
        later = timezone.now()
        if way == "answered":
            say_yes(asked)
        elif way == "hidden":
            hide_comment(asked.comment, by=None)
        else:
            later += timedelta(days=DAYS, hours=1)
        with time_machine.travel(later):
            browser = Client()
            token = make_link(asked.comment.participant, links.PERSONAL)
            browser.post(reverse("open_personal_page", args=[token]))
            assert 'id="requests"' not in page_of(browser)

    def test_rule07_an_employee_is_asked_on_theirs(self, inside, quoting_draft, editor, employee, signed_in):
        row = quoting_draft(inside)
        ask(row, editor)
        body = page_of(signed_in(employee))
        assert 'id="requests"' in body
        assert address(row) in body

    def test_a_draft_that_asked_nobody_is_not_told(self, visitor, comment, quoting_draft):
        quoting_draft(comment)
        assert TITLE not in page_of(visitor)

    def test_the_title_of_a_page_that_is_closed_to_them_is_not_told(self, visitor, asked):
        PageViewRestriction.objects.create(page=asked.page, restriction_type="login")
        body = page_of(visitor)
        assert 'id="requests"' in body
        assert TITLE not in body

    def test_nobody_else_is_told(self, asked, signed_in, employee, client):
        assert TITLE not in page_of(signed_in(employee)) + page_of(client)

    def test_a_browser_that_may_be_shared_tells_of_what_was_sent_from_it_alone(
        self, asked, article, say, editor, quoting_draft
    ):
        person = asked.comment.participant
        browser = browser_of(person)
        assert 'id="requests"' not in page_of(browser)
        Comment.objects.filter(pk=asked.comment_id).update(device=person.devices.get())
        body = page_of(browser)
        assert 'id="requests"' in body
        assert address(asked) in body  # it was sent a moment ago
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            body = page_of(browser)
            assert 'id="requests"' in body
            assert address(asked) not in body


class TestQuotations:
    def test_rule08_under_each_comment_where_and_under_which_name(self, visitor, asked):
        say_yes(asked, name_form="own", own_name="Une passagère")
        page = publish(asked)
        body = page_of(visitor)
        assert f'href="{page.url}"' in body
        assert "Une passagère" in body

    def test_rule04_each_is_taken_back_by_itself(self, visitor, client, article, say, quoting_draft):
        said = say(article, "Autre chose.", name="Camille Roy", email=ADDRESS, may_quote=True)
        rows = [quoting_draft(said, title=title) for title in (TITLE, OTHER_TITLE)]
        pages = [publish(row) for row in rows]
        assert page_of(visitor).count(f'action="{address(rows[0])}"') == 1
        answer = visitor.post(address(rows[0]), {"answer": "no"})
        assert answer.status_code == SEE_OTHER
        shown = ["Autre chose." in client.get(page.url).content.decode() for page in pages]
        assert shown == [False, True]
        body = page_of(visitor)
        assert f'action="{address(rows[0])}"' not in body
        assert f'action="{address(rows[1])}"' in body

    def test_rule04_all_of_a_comment_as_before(self, visitor, client, article, say, quoting_draft):
        said = say(article, "Autre chose.", name="Camille Roy", email=ADDRESS, may_quote=True)
        pages = [publish(quoting_draft(said, title=title)) for title in (TITLE, OTHER_TITLE)]
        visitor.post(reverse("take_back_own_quotation", args=[said.public_id]))
        assert not any("Autre chose." in client.get(page.url).content.decode() for page in pages)

    def test_the_page_of_a_quotation_is_never_taken_back_by_looking(self, visitor, asked):
        say_yes(asked)
        publish(asked)
        visitor.get(address(asked) + "?answer=no")
        asked.refresh_from_db()
        assert asked.withdrawn_at is None

    def test_it_costs_the_same_for_one_and_for_many(
        self, visitor, asked, article, say, quoting_draft, editor, count_queries
    ):
        say_yes(asked)
        publish(asked)
        page_of(visitor)
        few = count_queries(lambda: page_of(visitor))
        for number in range(4):
            said = say(article, f"Mot {number}.", name="Camille Roy", email=ADDRESS, may_quote=True)
            publish(quoting_draft(said, title=f"Page {number}"))
        page_of(visitor)
        assert count_queries(lambda: page_of(visitor)) == few


class TestToBeAskedNoMore:
    def test_rule07_what_waits_to_be_sent_is_not_and_what_was_sent_is_answered(self, visitor, asked):
        visitor.post(reverse("choose_own_consents"), {})
        assert not has_consented(asked.comment.participant, consents.ASK)
        process_mail()
        sent = OutgoingMail.objects.filter(participant=asked.comment.participant, status="sent")
        assert not sent.exists()
        answer = visitor.post(address(asked), {"answer": "yes", "name_form": "signed"})
        assert answer.status_code == SEE_OTHER
        asked.refresh_from_db()
        assert asked.agreed_at

    def test_rule07_given_again_they_may_be_asked_again(self, visitor, comment, quoting_draft, editor):
        visitor.post(reverse("choose_own_consents"), {})
        visitor.post(reverse("choose_own_consents"), {"may_ask": "on"})
        ask(quoting_draft(comment), editor)
        assert Participant.objects.get(email=ADDRESS).mail.filter(status="queued").count() == 1
