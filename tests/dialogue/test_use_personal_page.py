"""A guest opens their page by a mailed link, and withdraws, confirms, revokes and chooses there."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialogue import links
from dialogue.actions import CommentRefused, Submission, hide_comment, post_comment, withdraw_comment
from dialogue.mail import PERSONAL
from dialogue.models import Comment, CommentStatus, Conversation
from mail.actions import make_link, process_mail
from mail.models import MailLink, MailRequest, OutgoingMail
from moderation.actions import DecisionConflict
from moderation.actions import publish_comment as moderate_publication
from people.actions import trust_device
from people.devices import keep_token
from people.models import Device, Participant

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
PAGE = "/fr/conversation/participant/"
OPEN, SEE_OTHER = HTTPStatus.OK, HTTPStatus.SEE_OTHER


def ask(client: Client, email: str = ADDRESS, **more):
    return client.post(reverse("ask_for_personal_page"), {"email": email}, **more)


def mailed_link() -> str:
    """Send what waits, and return the link in the last message."""
    process_mail()
    return re.search(r"https?://[^/\s]+(/\w\w/conversation/participant/link/\w+/)", mail.outbox[-1].body)[1]


def act(client: Client, name: str, *args: object, **data: str):
    return client.post(reverse(name, args=args), data)


@pytest.fixture
def comment(article, say):
    """What Camille said, read by everybody."""
    return say(article, "Les bancs manquent.", email=ADDRESS)


@pytest.fixture
def visitor(comment):
    """Camille's browser, in which the page is open."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Android 16) Firefox/150.0"})
    assert client.post(link_for(comment)).status_code == SEE_OTHER
    return client


def link_for(comment: Comment) -> str:
    return reverse("open_personal_page", args=[make_link(comment.participant, links.PERSONAL)])


class TestAsk:
    """T18: the same answer and the same work, whether or not the address is known."""

    def test_a_known_address_gets_a_link(self, client, comment):
        answer = ask(client, ADDRESS.upper())
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, f"{PAGE}?asked=link")
        mailed_link()
        assert mail.outbox[-1].to == [ADDRESS]

    def test_t18_an_unknown_one_gets_none_and_the_same_answer(self, client, comment):
        known, unknown = ask(client), ask(client, "nobody@example.org")
        for answer in (known, unknown):
            answer.headers.pop("X-Request-ID")
        assert known.headers == unknown.headers
        assert known.content == unknown.content
        process_mail()
        assert [message.to for message in mail.outbox] == [[ADDRESS]]

    def test_t18_it_is_the_same_work(self, client, comment):
        queries = []
        for email in (ADDRESS, "nobody@example.org"):
            with CaptureQueriesContext(connection) as captured:
                ask(client, email)
            queries.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in captured])
        assert queries[0] == queries[1]

    def test_t18_the_address_of_an_employee_is_as_unknown(self, client, employee):
        Participant.of(employee)
        ask(client, employee.email)
        process_mail()
        assert not mail.outbox

    def test_an_address_is_forgotten_when_it_is_answered_and_the_row_a_day_later(self, client, comment):
        ask(client)
        ask(client, "nobody@example.org")
        process_mail()
        assert set(MailRequest.objects.values_list("address", flat=True)) == {""}
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            process_mail()
        assert not MailRequest.objects.exists()

    def test_t38_an_address_gets_three_a_day(self, client, comment):
        for _time in range(6):
            assert ask(client).status_code == SEE_OTHER
            process_mail()
        assert len(mail.outbox) == 3

    def test_t38_a_network_asks_twenty_times_in_ten_minutes(self, client, site):
        for number in range(20):
            assert ask(client, f"p{number}@example.org").status_code == SEE_OTHER
        answer = ask(client, "p21@example.org")
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert int(answer["Retry-After"]) > 0
        assert "p21@example.org" in answer.content.decode()

    @pytest.mark.parametrize("email", ["", "x", "x@example.org\nBcc: y@example.org"])
    def test_what_is_no_address_is_said_and_stays_in_the_field(self, client, site, email):
        answer = ask(client, email)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not MailRequest.objects.exists()

    def test_it_refuses_a_get_and_another_site(self, client, site):
        assert client.get(reverse("ask_for_personal_page")).status_code == 405
        assert ask(client, headers={"sec-fetch-site": "cross-site"}).status_code == 403

    def test_t20_the_form_sets_no_cookie_and_needs_no_token(self, site):
        client = Client(enforce_csrf_checks=True)
        answer = client.get(PAGE)
        assert answer.status_code == OPEN
        assert not answer.cookies
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
        assert ask(client).status_code == SEE_OTHER


class TestLink:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_t16_looking_three_times_changes_nothing(self, client, comment, method):
        link = link_for(comment)
        before = [list(model.objects.values()) for model in (MailLink, Device, Participant)]
        for _time in range(3):
            answer = getattr(client, method)(link)
            assert answer.status_code == OPEN
            assert not answer.cookies
        assert before == [list(model.objects.values()) for model in (MailLink, Device, Participant)]

    def test_the_button_opens_the_page(self, client, comment):
        ask(client)
        answer = client.post(mailed_link())
        assert answer["Location"] == PAGE
        assert answer.cookies[settings.GUEST_COOKIE_NAME]["httponly"]
        body = client.get(PAGE).content.decode()
        assert "Les bancs manquent." in body

    def test_t17_it_works_once(self, client, comment):
        link = link_for(comment)
        client.post(link)
        other = Client()
        assert other.post(link).status_code == OPEN
        assert "Les bancs manquent." not in other.get(PAGE).content.decode()

    def test_t17_it_works_for_ten_minutes(self, client, comment):
        link = link_for(comment)
        with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
            assert not client.post(link).cookies
            assert "Les bancs manquent." not in client.get(PAGE).content.decode()

    def test_t12_a_link_that_confirms_does_not_open_it(self, client, comment):
        token = make_link(comment.participant, links.CONFIRM)
        assert not client.post(reverse("open_personal_page", args=[token])).cookies
        personal = link_for(comment).rstrip("/").rsplit("/", 1)[1]
        assert not client.post(reverse("confirm_comments", args=[personal])).cookies
        assert MailLink.objects.filter(uses_left=1).count() == 2

    def test_t12_a_trusted_browser_does_not_open_it_by_itself(self, client, comment):
        _device, token = trust_device(comment.participant, browser="", system="")
        answer = HttpResponse()
        keep_token(answer, token)
        client.cookies.update(answer.cookies)
        assert "Les bancs manquent." not in client.get(PAGE).content.decode()

    def test_another_site_cannot_press_the_button(self, client, comment):
        answer = client.post(link_for(comment), headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403


class TestPage:
    def test_it_shows_all_of_theirs_and_nothing_of_others(self, visitor, article, say):
        say(article, "En attente.", email=ADDRESS, is_published=False)
        say(article, "D’une autre.")
        body = visitor.get(PAGE).content.decode()
        assert "Les bancs manquent." in body
        assert "En attente." in body
        assert "D’une autre." not in body
        assert "Firefox sur Android" in body

    def test_it_closes_by_itself(self, visitor):
        with time_machine.travel(timezone.now() + timedelta(minutes=30, seconds=1)):
            assert "Les bancs manquent." not in visitor.get(PAGE).content.decode()

    def test_leaving_closes_it_for_good(self, visitor):
        cookie = visitor.cookies[settings.GUEST_COOKIE_NAME].value
        assert act(visitor, "leave_personal_page").status_code == SEE_OTHER
        visitor.cookies[settings.GUEST_COOKIE_NAME] = cookie
        assert "Les bancs manquent." not in visitor.get(PAGE).content.decode()

    def test_l09_the_title_of_a_page_that_was_closed_is_not_shown(self, visitor, article):
        article.unpublish()
        body = visitor.get(PAGE).content.decode()
        assert article.title not in body
        assert "Les bancs manquent." in body

    def test_its_queries_do_not_grow_with_the_comments(self, visitor, article, say, count_queries):
        visitor.get(PAGE)
        few = count_queries(lambda: visitor.get(PAGE))
        for number in range(4):
            say(article, f"Numéro {number}", email=ADDRESS, key=f"key-{number}")
        assert count_queries(lambda: visitor.get(PAGE)) == few

    def test_it_has_a_second_page(self, visitor, comment, article):
        Comment.objects.bulk_create(
            Comment(
                page=comment.page,
                participant=comment.participant,
                author_name="Camille",
                side="external",
                language="fr",
                text=f"Numéro {number}",
                html=f"<p>Numéro {number}</p>",
                submitted_at=timezone.now(),
            )
            for number in range(25)
        )
        assert "Les bancs manquent." not in visitor.get(PAGE).content.decode()
        assert "Les bancs manquent." in visitor.get(PAGE, {"page": "2"}).content.decode()

    @pytest.mark.parametrize(
        ("name", "args"),
        [
            ("leave_personal_page", ()),
            ("choose_own_mail", ()),
            ("revoke_own_device", (1,)),
            ("withdraw_own_comment", ("aaaaaaaaaaaa",)),
            ("confirm_own_comment", ("aaaaaaaaaaaa",)),
        ],
    )
    def test_whoever_has_no_open_page_is_led_to_the_question(self, client, site, name, args):
        answer = act(client, name, *args)
        assert (answer.status_code, answer["Location"]) == (SEE_OTHER, PAGE)
        assert client.get(reverse(name, args=args)).status_code == 405

    def test_t32_its_forms_need_a_token(self, comment):
        client = Client(enforce_csrf_checks=True)
        client.post(link_for(comment))
        url = reverse("withdraw_own_comment", args=[comment.public_id])
        assert client.post(url).status_code == 403
        page = client.get(PAGE).content.decode()
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        assert client.post(url, {"csrfmiddlewaretoken": token}).status_code == SEE_OTHER


class TestWithdraw:
    def test_readers_read_it_no_more_and_its_place_stays(self, visitor, client, article, say, comment):
        say(article, "Une réponse.", parent=comment)
        answer = act(visitor, "withdraw_own_comment", comment.public_id)
        assert answer["Location"] == f"{PAGE}#own-{comment.public_id}"
        comment.refresh_from_db()
        assert comment.status == CommentStatus.WITHDRAWN
        assert comment.withdrawn_at
        body = client.get(article.url).content.decode()
        assert "Les bancs manquent." not in body
        assert comment.tombstone_sentence in body

    def test_the_counts_follow_and_the_second_time_changes_nothing(self, article, comment):
        assert withdraw_comment(comment, by=comment.participant) is True
        first = comment.withdrawn_at
        assert withdraw_comment(comment, by=comment.participant) is False
        comment.refresh_from_db()
        assert comment.withdrawn_at == first
        assert Conversation.objects.get(page=article).comment_count == 0

    @pytest.mark.parametrize("status", ["unverified", "held", "rejected"])
    def test_what_was_not_public_goes_too(self, article, say, status):
        comment = say(article, is_published=False)
        Comment.objects.filter(pk=comment.pk).update(status=status, rejected_at=timezone.now())
        assert withdraw_comment(comment, by=comment.participant)

    def test_what_a_moderator_removed_stays_removed_by_a_moderator(self, visitor, comment):
        hide_comment(comment, by=None)
        with pytest.raises(CommentRefused):
            withdraw_comment(comment, by=comment.participant)
        assert act(visitor, "withdraw_own_comment", comment.public_id).status_code == SEE_OTHER
        comment.refresh_from_db()
        assert comment.status == CommentStatus.HIDDEN

    def test_t12_nobody_withdraws_the_words_of_another(self, visitor, article, say):
        other = say(article, "D’une autre.")
        assert act(visitor, "withdraw_own_comment", other.public_id).status_code == 404
        with pytest.raises(PermissionDenied):
            withdraw_comment(other, by=Participant.objects.get(email=ADDRESS))
        other.refresh_from_db()
        assert other.is_published

    def test_f14_the_moderator_who_had_it_open_is_told(self, article, say, moderator):
        comment = say(article, is_published=False)
        withdraw_comment(comment, by=comment.participant)
        with pytest.raises(DecisionConflict, match="retiré"):
            moderate_publication(comment, by=moderator, version=1, status="held")


class TestConfirm:
    def test_whoever_has_the_page_open_confirms_there(self, visitor, article):
        words = Submission(text="Encore.", key="k", user=AnonymousUser(), name="Camille", email=ADDRESS)
        comment = post_comment(article, words)
        act(visitor, "confirm_own_comment", comment.public_id)
        comment.refresh_from_db()
        assert comment.status != CommentStatus.UNVERIFIED
        assert comment.decisions.count() == 1
        act(visitor, "confirm_own_comment", comment.public_id)
        assert comment.decisions.count() == 1


class TestDevices:
    def test_one_is_let_go_of(self, visitor, comment):
        device, _token = trust_device(comment.participant, browser="Edge", system="Windows")
        act(visitor, "revoke_own_device", device.pk)
        device.refresh_from_db()
        assert device.revoked_at
        assert "Edge" not in visitor.get(PAGE).content.decode()

    def test_with_this_one_the_page_closes(self, visitor):
        answer = act(visitor, "revoke_own_device", Device.objects.get().pk)
        assert answer.cookies[settings.GUEST_COOKIE_NAME].value == ""
        assert "Les bancs manquent." not in visitor.get(PAGE).content.decode()

    def test_t12_nobody_lets_go_of_the_browser_of_another(self, visitor, article, say):
        device, _token = trust_device(say(article).participant, browser="", system="")
        assert act(visitor, "revoke_own_device", device.pk).status_code == 404
        device.refresh_from_db()
        assert device.is_valid


class TestMail:
    def test_what_is_chosen_is_kept_with_its_wording(self, visitor, comment):
        answer = act(visitor, "choose_own_mail", mail_replies="weekly")
        assert answer.status_code == SEE_OTHER
        preference = comment.participant.mail_preferences.get()
        assert (preference.topic, preference.frequency) == ("replies", "weekly")
        assert comment.participant.consents.get(kind="replies").wording

    def test_what_is_not_touched_is_not_agreed_to(self, visitor, comment):
        act(visitor, "choose_own_mail", mail_replies="never")
        assert not comment.participant.mail_preferences.exists()

    def test_nonsense_is_refused_with_a_sentence(self, visitor, comment):
        answer = act(visitor, "choose_own_mail", mail_replies="hourly")
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Les bancs manquent." in answer.content.decode()

    def test_what_waits_for_moderators_is_not_offered(self, visitor):
        assert 'name="mail_waiting"' not in visitor.get(PAGE).content.decode()

    def test_the_link_is_no_topic_and_cannot_be_stopped(self, client, comment):
        ask(client)
        process_mail()
        assert OutgoingMail.objects.get(kind=PERSONAL).status == "sent"
        assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
