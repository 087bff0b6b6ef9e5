"""Rules 4, 6 and 7: who was asked answers, by the mailed link or on their page, and takes it back."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from blog.models import BlogPage
from dialogue import consents, links
from dialogue.actions import answer_quotation, ask_to_quote, hide_comment
from dialogue.attributions import ROLES
from dialogue.models import Comment, CommentEvent, FeaturedComment
from mail.actions import make_link
from mail.models import ChoicePlace, MailLink
from people.models import Participant, Side
from privacy.actions import erase_participant, record_consent
from privacy.models import Consent
from tests.speech import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_french")]

ADDRESS = "camille@example.org"
WORDS = "Les bancs manquent. On attend debout, au vent."
TITLE = "La parole à Camille"
DAYS = 9
OK, SEE_OTHER, GONE = HTTPStatus.OK, HTTPStatus.SEE_OTHER, HTTPStatus.NOT_FOUND
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def comment(article, say) -> Comment:
    return say(article, WORDS, name="Camille Roy", email=ADDRESS, may_ask=True)


@pytest.fixture
def row(quoting_draft, comment) -> FeaturedComment:
    return quoting_draft(comment, ranges=[[0, 19]])


@pytest.fixture
def asked(row, editor) -> FeaturedComment:
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))
    return row


@pytest.fixture
def link(asked) -> str:
    return link_to(asked)


@pytest.fixture
def asked_inside(inside, quoting_draft, editor) -> FeaturedComment:
    """An employee was asked whether an internal page may quote what they said inside."""
    row = quoting_draft(inside)
    ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))
    return row


def link_to(row: FeaturedComment) -> str:
    token = make_link(row.comment.participant, links.QUOTATION, cause=str(row.pk))
    return reverse("answer_quotation", args=[token])


def own_address(row: FeaturedComment) -> str:
    return reverse("answer_own_quotation", args=[row.pk])


def open_page(guest: Participant) -> Client:
    """Return a browser in which the page of `guest` is open."""
    client = Client()
    client.post(reverse("open_personal_page", args=[make_link(guest, links.PERSONAL)]))
    return client


def say_yes(client: Client, address: str, **more: str):
    return client.post(address, {"answer": "yes", "name_form": "signed", "own_name": "", **more})


def say_no(client: Client, address: str):
    return client.post(address, {"answer": "no"})


def fresh(row: FeaturedComment) -> FeaturedComment:
    return FeaturedComment.objects.get(pk=row.pk)


def kinds() -> list[str]:
    return list(
        CommentEvent.objects.filter(kind__startswith="quotation")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def publish(row: FeaturedComment) -> Page:
    BlogPage.objects.get(pk=row.page_id).save_revision().publish()
    return Page.objects.get(pk=row.page_id)


class TestLook:
    """A GET shows all that is decided on, and changes nothing."""

    def test_rule07_the_page_shows_what_is_decided_on(self, client, link):
        body = client.get(link).content.decode()
        assert "Les bancs manquent." in body
        assert "On attend debout" not in body
        assert "[…]" in body
        for told in (
            TITLE,
            "Camille Roy",
            "C. R.",
            'value="role"',
            'value="own"',
            'name="answer" value="no"',
        ):
            assert told in body
        assert "<form" in body

    @pytest.mark.parametrize("method", ["get", "head", "options"])
    def test_rule07_looking_changes_nothing(self, client, asked, link, method):
        before = [list(model.objects.order_by("pk").values()) for model in STORED]
        getattr(client, method)(link)
        assert before == [list(model.objects.order_by("pk").values()) for model in STORED]

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_other_methods_are_refused(self, client, link, method):
        assert getattr(client, method)(link).status_code == HTTPStatus.METHOD_NOT_ALLOWED

    def test_it_is_listed_nowhere_kept_nowhere_and_sets_no_cookie(self, client, link):
        answer = client.get(link)
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert not answer.cookies

    def test_the_forms_proposed_are_shown_as_they_will_look_and_the_proposed_one_is_ticked(
        self, client, quoting_draft, comment, editor
    ):
        row = quoting_draft(comment, name_form="role", name_detail="quai 3")
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))
        body = client.get(link_to(row)).content.decode()
        assert 'value="role" checked' in body
        assert ", quai 3" in body
        order = [body.index(f'value="{form}"') for form in ("signed", "first", "initials", "role")]
        assert order == sorted(order)

    def test_of_two_forms_that_look_the_same_one_is_offered(
        self, client, article, say, quoting_draft, editor
    ):
        row = quoting_draft(say(article, WORDS, name="Camille", email="c@example.org", may_ask=True))
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))
        body = client.get(link_to(row)).content.decode()
        assert 'value="signed" checked' in body
        # The first name alone loses what stands beside a name that was signed, if there is anything.
        assert body.count("<bdi>Camille</bdi>") == 1

    def test_an_unknown_link_opens_nothing(self, client, asked):
        answer = client.get(reverse("answer_quotation", args=["x"]))
        assert answer.status_code == OK
        assert "bancs" not in answer.content.decode()

    def test_t17_a_link_of_another_purpose_opens_nothing(self, client, asked):
        token = make_link(asked.comment.participant, links.CONFIRM)
        assert "bancs" not in client.get(reverse("answer_quotation", args=[token])).content.decode()

    def test_the_headline_is_told_to_nobody_to_whom_the_page_is_closed(self, client, asked, link):
        PageViewRestriction.objects.create(page=asked.page, restriction_type="login")
        body = client.get(link).content.decode()
        assert TITLE not in body
        assert "Les bancs manquent." in body


STORED = (FeaturedComment, Consent, CommentEvent, MailLink, Participant)


class TestAnswer:
    def test_rule02_a_yes_is_written_down_and_shown(self, client, asked, link):
        answer = say_yes(client, link)
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, f"{link}?done=yes")
        row = fresh(asked)
        assert (row.agreed_form, row.agreed_name) == ("signed", "")
        consent = Consent.objects.get(kind="quotation")
        assert (consent.place, consent.item_id, consent.is_given) == ("mail", row.pk, True)
        body = client.get(answer["Location"]).content.decode()
        assert 'role="status"' in body
        assert 'name="answer" value="no"' in body  # how to take it back
        assert kinds() == ["quotation_asked", "quotation_agreed"]

    def test_rule02_a_no_is_written_down(self, client, asked, link):
        answer = say_no(client, link)
        assert answer.status_code == SEE_OTHER
        assert fresh(asked).declined_at
        assert 'role="status"' in client.get(answer["Location"]).content.decode()
        assert kinds() == ["quotation_asked", "quotation_declined"]

    @pytest.mark.parametrize(
        ("form", "own", "shown"),
        [
            ("first", "", "Camille"),
            ("initials", "", "C. R."),
            ("own", " Une  passagère ", "Une passagère"),
        ],
    )
    def test_rule06_under_the_name_that_they_choose(self, client, asked, link, form, own, shown):
        say_yes(client, link, name_form=form, own_name=own)
        assert fresh(asked).attribution == shown
        assert shown in client.get(link).content.decode()

    @pytest.mark.parametrize("name", ["", "\u200b", "Maude"])
    def test_rule06_another_name_is_checked_like_any_and_stays_in_the_form(
        self, client, asked, link, name, editor
    ):
        typed = editor.display_name if name == "Maude" else name
        answer = say_yes(client, link, name_form="own", own_name=typed)
        assert answer.status_code == UNPROCESSABLE
        body = answer.content.decode()
        assert 'value="own" checked' in body
        assert 'id="id_own_name_error"' in body
        assert 'aria-invalid="true"' in body
        assert name != "Maude" or f'value="{typed}"' in body
        assert fresh(asked).agreed_at is None

    def test_rule06_a_name_that_is_typed_and_not_chosen_is_asked_about(self, client, asked, link):
        answer = say_yes(client, link, name_form="signed", own_name="Une passagère")
        assert answer.status_code == UNPROCESSABLE
        assert 'value="Une passagère"' in answer.content.decode()
        assert fresh(asked).agreed_at is None

    @pytest.mark.parametrize("data", [{}, {"answer": "maybe"}, {"answer": "yes", "name_form": "loud"}])
    def test_nonsense_is_refused(self, client, asked, link, data):
        assert client.post(link, data).status_code == UNPROCESSABLE
        assert fresh(asked).agreed_at is None

    def test_another_site_cannot_answer(self, client, asked, link):
        answer = client.post(link, {"answer": "yes"}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert fresh(asked).agreed_at is None

    def test_the_second_time_nothing_more_is_written(self, client, asked, link):
        for _time in range(2):
            assert say_yes(client, link).status_code == SEE_OTHER
        assert kinds() == ["quotation_asked", "quotation_agreed"]
        for _time in range(2):
            assert say_no(client, link).status_code == SEE_OTHER
        assert kinds()[2:] == ["quotation_taken_back"]

    def test_a_mind_can_be_changed_while_there_is_time(self, client, asked, link):
        say_no(client, link)
        assert 'value="yes"' in client.get(link).content.decode()
        say_yes(client, link)
        assert fresh(asked).declined_at is None
        assert fresh(asked).agreed_at


class TestTooLate:
    def test_rule07_silence_is_a_no_and_the_page_says_so(self, client, asked, link):
        with time_machine.travel(timezone.now() + timedelta(days=DAYS, hours=1)):
            body = client.get(link).content.decode()
            assert "<fieldset" not in body
            answer = say_yes(client, link)
            assert answer.status_code == UNPROCESSABLE
            assert "notice--negative" in answer.content.decode()
        assert fresh(asked).agreed_at is None

    def test_rule07_a_hidden_comment_is_asked_about_no_more(self, client, asked, link):
        hide_comment(asked.comment, by=None)
        body = client.get(link).content.decode()
        assert "bancs" not in body
        assert "<fieldset" not in body
        assert say_yes(client, link).status_code == UNPROCESSABLE

    def test_a_page_that_is_gone_is_told(self, client, asked, link):
        Page.objects.get(pk=asked.page_id).delete()
        answer = client.get(link)
        assert answer.status_code == OK
        assert "bancs" not in answer.content.decode()
        assert say_yes(client, link).status_code == OK

    def test_whoever_was_erased_has_no_link(self, client, asked, link):
        erase_participant(asked.comment.participant)
        assert "bancs" not in client.get(link).content.decode()


class TestTakeBack:
    def test_rule04_the_same_link_takes_it_back_a_year_later(self, client, asked, link):
        say_yes(client, link)
        page = publish(asked)
        assert "Les bancs manquent" in client.get(page.url).content.decode()
        with time_machine.travel(timezone.now() + timedelta(days=365)):
            assert say_no(client, link).status_code == SEE_OTHER
            assert "Les bancs manquent" not in client.get(page.url).content.decode()
        assert Consent.objects.filter(kind="quotation").order_by("pk").last().place == "mail"

    def test_rule04_another_name_may_be_chosen_later(self, client, asked, link):
        say_yes(client, link)
        publish(asked)
        with time_machine.travel(timezone.now() + timedelta(days=365)):
            say_yes(client, link, name_form="initials")
        assert fresh(asked).attribution == "C. R."

    def test_rule04_what_the_box_allows_is_taken_back_for_one_page(self, client, article, say, quoting_draft):
        row = quoting_draft(say(article, WORDS, email=ADDRESS, may_quote=True))
        page = publish(row)
        body = client.get(link_to(row)).content.decode()
        assert 'name="answer" value="no"' in body
        assert "<fieldset" not in body
        say_no(client, link_to(row))
        assert "Les bancs manquent" not in client.get(page.url).content.decode()
        assert fresh(row).comment.quote_consented_at  # for others it stays

    def test_rule07_a_draft_that_asked_nobody_is_nobodys_business(self, client, row):
        assert "bancs" not in client.get(link_to(row)).content.decode()


class TestOnTheirPage:
    """Signed in, or with the page open: the same, without a link."""

    def test_rule07_a_guest_answers_there(self, asked):
        browser = open_page(asked.comment.participant)
        assert "Les bancs manquent." in browser.get(own_address(asked)).content.decode()
        assert say_yes(browser, own_address(asked)).status_code == SEE_OTHER
        assert Consent.objects.get(kind="quotation").place == "page"

    def test_rule07_an_employee_answers_there(self, asked_inside, signed_in, employee):
        browser = signed_in(employee)
        body = browser.get(own_address(asked_inside)).content.decode()
        assert "Les bancs manquent." in body
        assert TITLE in body
        assert say_yes(browser, own_address(asked_inside)).status_code == SEE_OTHER
        assert Consent.objects.get(kind="quotation").place == "account"

    def test_rule09_no_link_shows_what_was_said_inside(self, client, asked_inside):
        answer = client.get(link_to(asked_inside))
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, own_address(asked_inside))
        assert say_yes(client, link_to(asked_inside)).status_code == SEE_OTHER
        assert fresh(asked_inside).agreed_at is None
        assert client.get(own_address(asked_inside))["Location"] == reverse("personal_page")

    def test_the_address_in_the_message_leads_there_once_signed_in(self, asked_inside, signed_in, employee):
        address = f"{reverse('account_login')}?next={own_address(asked_inside)}"
        assert signed_in(employee).get(address)["Location"] == own_address(asked_inside)

    def test_a_quotation_of_somebody_else_is_not_found(self, asked, asked_inside, signed_in, employee):
        browser = signed_in(employee)
        for act in (browser.get, lambda address: say_yes(browser, address)):
            assert act(own_address(asked)).status_code == GONE
        assert open_page(asked.comment.participant).get(own_address(asked_inside)).status_code == GONE
        assert browser.get(reverse("answer_own_quotation", args=[999_999])).status_code == GONE

    def test_whoever_has_said_nothing_finds_nothing(self, asked, signed_in, outsider_employee):
        assert signed_in(outsider_employee).get(own_address(asked)).status_code == GONE

    def test_a_stranger_is_led_to_the_page(self, client, asked):
        answer = say_yes(client, own_address(asked))
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, reverse("personal_page"))
        assert fresh(asked).agreed_at is None

    def test_a_browser_that_may_be_shared_answers_for_nothing_old_or_sent_from_elsewhere(self, asked):
        browser = browser_of(asked.comment.participant)
        assert say_yes(browser, own_address(asked))["Location"] == reverse("personal_page")
        assert fresh(asked).agreed_at is None

    def test_the_form_has_a_token_that_is_asked_for(self, asked_inside, signed_in, employee):
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(employee)
        assert "csrfmiddlewaretoken" in browser.get(own_address(asked_inside)).content.decode()
        assert say_yes(browser, own_address(asked_inside)).status_code == HTTPStatus.FORBIDDEN

    def test_a_link_to_an_account_opens_nothing_where_somebody_else_is_signed_in(
        self, article, say, quoting_draft, employee, editor, signed_in, outsider_employee
    ):
        comment = say(article, WORDS, user=employee, may_ask=True)
        record_consent(comment.participant, consents.ASK, is_given=True, place=ChoicePlace.ACCOUNT)
        row = quoting_draft(comment)
        ask_to_quote(row, by=editor, answer_by=timezone.now() + timedelta(days=DAYS))
        browser = signed_in(outsider_employee)
        assert "bancs" not in browser.get(link_to(row)).content.decode()
        assert say_yes(browser, link_to(row)).status_code == OK
        assert fresh(row).agreed_at is None
        assert "bancs" in signed_in(employee).get(link_to(row)).content.decode()


class TestLanguages:
    @pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
    def test_the_page_is_in_the_language_of_its_address(self, client, asked, language):
        with translation.override(language):
            address = link_to(asked)
        body = client.get(address).content.decode()
        assert f'<html lang="{language}"' in body
        assert "Les bancs manquent." in body
        answer_quotation(
            asked, by=asked.comment.participant, is_agreed=True, place=ChoicePlace.MAIL, name_form="role"
        )
        # What stands for the name is in the language of the page that quotes, whatever is read here.
        with translation.override("fr"):
            role = str(ROLES[Side.EXTERNAL])
        assert f">{role}<" in client.get(address).content.decode()
