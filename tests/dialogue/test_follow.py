"""Somebody follows or mutes a conversation or a thread: by a button, or by an address and a mailed link."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from demo.factories.people import verify_guest
from dialogue import consents, links, topics
from dialogue.actions import follow_conversation, hide_comment, mute_conversation
from dialogue.models import Follow, FollowSubject
from mail.actions import choose_mail, frequency_of, make_link, process_mail
from mail.models import ChoicePlace, MailFrequency, MailLink, MailRequest, OutgoingMail
from people.actions import trust_device
from people.devices import keep_token
from people.models import Device, Participant
from privacy.actions import has_consented
from privacy.models import Consent

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ADDRESS = "camille@example.org"


@pytest.fixture
def guest(site) -> Participant:
    return verify_guest("Camille Roy", ADDRESS)


@pytest.fixture
def visitor(guest) -> Client:
    """Camille's trusted device."""
    client, response = Client(), HttpResponse()
    _device, token = trust_device(guest, browser="Firefox", system="Android")
    keep_token(response, token)
    client.cookies.update(response.cookies)
    return client


def page_address(page) -> str:
    return reverse("follow_conversation", args=[page.pk])


def thread_address(root) -> str:
    return reverse("follow_thread", args=[root.public_id])


def mailed_link() -> str:
    process_mail()
    return re.search(r"https?://[^/\s]+(/\w\w/conversation/follow/\w+/)", mail.outbox[-1].body)[1]


class TestButton:
    """Whoever is known presses a button."""

    @pytest.fixture(params=["guest", "employee"])
    def known(self, request, visitor, guest, employee, signed_in):
        """A browser, and whose it is."""
        if request.param == "guest":
            return visitor, lambda: guest
        return signed_in(employee), lambda: Participant.objects.get(user=employee)

    def test_a_conversation_is_followed_and_agreed_to(self, article, known):
        client, person = known
        assert client.get(page_address(article)).status_code == HTTPStatus.OK
        answer = client.post(page_address(article), {"act": "follow"})
        assert (answer.status_code, answer["Location"]) == (303, f"{page_address(article)}?done=follow")
        follow = Follow.objects.get()
        assert (follow.participant, follow.page_id, follow.root) == (person(), article.pk, None)
        assert follow.is_followed
        assert frequency_of(person(), topics.FOLLOWS) == MailFrequency.IMMEDIATE
        assert has_consented(person(), consents.FOLLOWS)
        consent = Consent.objects.get(participant=person())
        assert (consent.place, consent.wording) == (ChoicePlace.FOLLOW, "follow-1")

    def test_so_is_a_thread(self, article, known, say):
        client, person = known
        root = say(article)
        client.post(thread_address(root), {"act": "follow"})
        follow = Follow.objects.get()
        assert (follow.participant, follow.page_id, follow.root) == (person(), article.pk, root)

    def test_the_second_time_nothing_changes(self, article, known):
        client, _person = known
        client.post(page_address(article), {"act": "follow"})
        before = Follow.objects.values().get()
        assert client.post(page_address(article), {"act": "follow"}).status_code == 303
        assert Follow.objects.values().get() == before
        assert Consent.objects.filter(kind=consents.FOLLOWS.name).count() == 1

    def test_it_is_muted_instead_and_neither(self, article, known):
        client, _person = known
        for act, state in (
            ("follow", (True, False)),
            ("mute", (False, True)),
            ("follow", (True, False)),
            ("mute", (False, True)),
        ):
            client.post(page_address(article), {"act": act})
            follow = Follow.objects.get()
            assert (follow.is_followed, follow.is_muted) == state
        client.post(page_address(article), {"act": "unfollow"})
        assert Follow.objects.get().is_muted
        client.post(page_address(article), {"act": "unmute"})
        assert not Follow.objects.exists()
        assert client.post(page_address(article), {"act": "unmute"}).status_code == 303

    def test_looking_writes_nothing_and_makes_nobody_a_participant(self, article, employee, signed_in):
        signed_in(employee).get(page_address(article))
        signed_in(employee).get(reverse("personal_page"))
        assert not Participant.objects.filter(user=employee).exists()
        assert not Follow.objects.exists()

    def test_a_button_that_nobody_offers_does_nothing(self, article, visitor):
        assert visitor.post(page_address(article), {"act": "own"}).status_code == 422
        assert visitor.post(page_address(article), {}).status_code == 422
        assert not Follow.objects.exists()

    def test_whoever_chose_to_be_told_daily_stays_so(self, article, visitor, guest):
        choose_mail(guest, topics.FOLLOWS, MailFrequency.DAILY)
        visitor.post(page_address(article), {"act": "follow"})
        assert frequency_of(guest, topics.FOLLOWS) == MailFrequency.DAILY

    def test_t32_without_a_token_nothing_is_followed(self, article, visitor):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies.update(visitor.cookies)
        assert strict.post(page_address(article), {"act": "follow"}).status_code == 403
        assert not Follow.objects.exists()

    def test_a_thread_in_a_muted_conversation_says_so(self, article, visitor, guest, say):
        root = say(article)
        mute_conversation(FollowSubject(article), by=guest)
        visitor.post(thread_address(root), {"act": "follow"})
        body = visitor.get(thread_address(root)).content.decode()
        assert "notice--warning" in body


class TestWhoMayNot:
    def test_t07_what_may_not_be_read_cannot_be_followed_and_looks_as_if_it_were_not_there(
        self, client, visitor, internal_dialogue, say, employee, signed_in
    ):
        root = say(internal_dialogue, user=employee)
        missing = reverse("follow_conversation", args=[999_999])
        for browser in (client, visitor):
            for address in (page_address(internal_dialogue), thread_address(root), missing):
                assert browser.get(address).status_code == 404
                assert browser.post(address, {"act": "follow", "email": ADDRESS}).status_code == 404
        assert not Follow.objects.exists()
        assert not MailRequest.objects.exists()
        assert signed_in(employee).post(thread_address(root), {"act": "follow"}).status_code == 303

    def test_a_plain_page_has_no_conversation(self, client, home_fr):
        assert client.get(page_address(home_fr)).status_code == 404

    def test_a_reply_is_no_thread(self, client, article, say):
        reply = say(article, parent=say(article))
        assert client.get(thread_address(reply)).status_code == 404

    def test_a_removed_comment_without_replies_is_no_thread(self, client, article, say):
        root = say(article)
        hide_comment(root, by=None)
        assert client.get(thread_address(root)).status_code == 404

    def test_the_act_refuses_by_itself(self, guest, internal_dialogue):
        for act in (mute_conversation, lambda subject, by: follow_conversation(subject, by=by, place="page")):
            with pytest.raises(PermissionDenied):
                act(FollowSubject(internal_dialogue), by=guest)


class TestAddress:
    """Whoever is not known gives an address, and confirms it by a mailed link."""

    def ask(self, client, page, email=ADDRESS):
        return client.post(page_address(page), {"email": email})

    def test_a_stranger_follows(self, client, article):
        answer = self.ask(client, article, ADDRESS.upper())
        assert (answer.status_code, answer["Location"]) == (303, f"{page_address(article)}?done=asked")
        assert not answer.cookies
        assert not Participant.objects.exists()
        link = mailed_link()
        assert mail.outbox[-1].to == [ADDRESS]
        assert not Follow.objects.followed().exists()
        assert article.title in client.get(link).content.decode()
        answer = client.post(link, {"follows": [str(Follow.objects.get().pk)]})
        assert (answer.status_code, answer["Location"]) == (303, f"{page_address(article)}?done=follow")
        person = Participant.objects.get()
        assert person.verified_at
        assert Follow.objects.get().is_followed
        assert has_consented(person, consents.FOLLOWS)
        assert Device.objects.get(participant=person).is_valid
        client.post(page_address(article), {"act": "mute"})
        assert Follow.objects.get().is_muted

    def test_t18_a_known_address_gets_the_same_answer_for_the_same_work(self, client, article, guest):
        follow_conversation(FollowSubject(article), by=guest, place=ChoicePlace.FOLLOW)
        self.ask(client, article, "warm@example.org")
        MailRequest.objects.all().delete()
        answers, queries, now = [], [], timezone.now()
        for email in (ADDRESS, "nobody@example.org"):
            with time_machine.travel(now, tick=False), CaptureQueriesContext(connection) as captured:
                answers.append(self.ask(client, article, email))
            queries.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in captured])
        for answer in answers:
            answer.headers.pop("X-Request-ID")
        assert answers[0].headers == answers[1].headers
        assert len(queries[0]) == len(queries[1])
        process_mail()
        assert [message.to for message in mail.outbox] == [["nobody@example.org"]]

    def test_t16_looking_at_the_link_changes_nothing(self, client, article):
        self.ask(client, article)
        link = mailed_link()
        before = list(Follow.objects.values()), list(MailLink.objects.values())
        for method in (client.get, client.head, client.get):
            answer = method(link)
            assert answer.status_code == 200
            assert not answer.cookies
        assert (list(Follow.objects.values()), list(MailLink.objects.values())) == before

    def test_t17_it_works_once_and_for_a_day(self, client, article):
        self.ask(client, article)
        link, key = mailed_link(), str(Follow.objects.get().pk)
        with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
            client.post(link, {"follows": [key]})
        assert not Follow.objects.followed().exists()
        client.post(link, {"follows": [key]})
        assert Follow.objects.get().is_followed
        Follow.objects.all().delete()
        client.post(link, {"follows": [key]})
        assert not Follow.objects.exists()

    def test_t12_a_link_of_another_purpose_opens_nothing(self, client, guest, article):
        Follow.objects.create(participant=guest, page=article, asked_at=timezone.now())
        for purpose in (links.CONFIRM, links.PERSONAL):
            address = reverse("confirm_follows", args=[make_link(guest, purpose)])
            client.post(address, {"follows": [str(Follow.objects.get().pk)]})
        assert not Follow.objects.followed().exists()

    def test_what_is_not_ticked_is_forgotten(self, client, article, dialogue):
        self.ask(client, article)
        self.ask(client, dialogue)
        link = mailed_link()
        assert len(mail.outbox) == 1
        wanted = Follow.objects.get(page=dialogue)
        assert client.post(link, {}).status_code == 422
        client.post(link, {"follows": [str(wanted.pk)]})
        assert list(Follow.objects.values_list("page_id", flat=True)) == [dialogue.pk]

    def test_somebody_elses_key_in_the_form_is_refused(self, client, article, guest):
        other = Follow.objects.create(participant=guest, page=article, asked_at=timezone.now())
        self.ask(client, article, "other@example.org")
        assert client.post(mailed_link(), {"follows": [str(other.pk)]}).status_code == 422
        assert not Follow.objects.followed().exists()

    def test_t38_one_address_gets_three_messages_a_day_and_a_network_has_a_limit(
        self, client, article, dialogue, settings
    ):
        for page in (article, dialogue, article, dialogue, article):
            self.ask(client, page)
            process_mail()
        assert len(mail.outbox) == 3
        for number in range(settings.NETWORK_REQUESTS[0] - 5):
            self.ask(client, article, f"somebody{number}@example.org")
        answer = self.ask(client, article, "one-more@example.org")
        assert answer.status_code == 429
        assert answer["Retry-After"]
        assert "one-more@example.org" in answer.content.decode()

    def test_a_mistyped_address_is_told_so_and_kept(self, client, article):
        answer = self.ask(client, article, "camille@")
        assert answer.status_code == 422
        assert 'value="camille@"' in answer.content.decode()
        assert not MailRequest.objects.exists()

    def test_t25_no_word_that_anybody_chose_is_in_the_message(self, client, article):
        self.ask(client, article)
        process_mail()
        assert article.title not in mail.outbox[-1].body

    def test_what_was_closed_meanwhile_is_not_asked_about(self, client, article):
        self.ask(client, article)
        article.unpublish()
        process_mail()
        assert not mail.outbox
        assert not Participant.objects.exists()

    def test_what_is_closed_before_the_link_is_used_is_not_followed(self, client, article):
        self.ask(client, article)
        link = mailed_link()
        key = str(Follow.objects.get().pk)
        article.unpublish()
        assert client.post(link, {"follows": [key]}).status_code == 200
        assert not Follow.objects.followed().exists()

    def test_t32_what_another_site_sends_is_refused(self, client, article):
        answer = client.post(
            page_address(article), {"email": ADDRESS}, headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403
        assert not MailRequest.objects.exists()

    def test_f33_the_request_goes_with_an_erasure(self, client, article, guest):
        self.ask(client, article)
        assert MailRequest.objects.get().about
        process_mail()
        assert MailRequest.objects.get().address == ""
        assert OutgoingMail.objects.count() == 1


class TestList:
    def test_a_guest_sees_and_ends_it_on_their_page(self, article, visitor, guest, say):
        follow_conversation(FollowSubject(article), by=guest, place=ChoicePlace.FOLLOW)
        mute_conversation(FollowSubject(article, say(article)), by=guest)
        Device.objects.update(page_closes_at=timezone.now() + timedelta(minutes=5))
        body = visitor.get(reverse("personal_page")).content.decode()
        assert body.count(f">{article.title}</a>") == 2
        for follow in Follow.objects.all():
            answer = visitor.post(reverse("stop_follow", args=[follow.pk]))
            assert answer["Location"] == reverse("personal_page") + "#follows"
        assert not Follow.objects.exists()
        assert visitor.post(reverse("stop_follow", args=[follow.pk])).status_code == 404

    def test_somebody_with_an_account_sees_and_ends_it_there(self, article, employee, signed_in):
        client = signed_in(employee)
        client.post(page_address(article), {"act": "follow"})
        assert article.title in client.get(reverse("personal_page")).content.decode()
        assert reverse("personal_page") in client.get(reverse("account_preferences")).content.decode()
        answer = client.post(reverse("stop_follow", args=[Follow.objects.get().pk]))
        assert answer["Location"] == reverse("personal_page") + "#follows"
        assert not Follow.objects.exists()

    def test_t01_nobody_ends_what_others_follow(self, client, article, visitor, employee, signed_in):
        visitor.post(page_address(article), {"act": "follow"})
        address = reverse("stop_follow", args=[Follow.objects.get().pk])
        assert client.post(address).status_code == 404
        assert signed_in(employee).post(address).status_code == 404
        assert visitor.get(address).status_code == 405
        assert Follow.objects.exists()

    def test_what_may_no_longer_be_read_is_not_named_and_can_be_ended(
        self, internal_dialogue, employee, signed_in
    ):
        client = signed_in(employee)
        client.post(page_address(internal_dialogue), {"act": "follow"})
        employee.groups.clear()
        body = client.get(reverse("personal_page")).content.decode()
        assert internal_dialogue.title not in body
        client.post(reverse("stop_follow", args=[Follow.objects.get().pk]))
        assert not Follow.objects.exists()

    def test_a_stranger_has_no_list(self, client, site):
        assert client.get(reverse("personal_page")).context.get("follows") is None


class TestLink:
    """Where the way there stands: the same for everybody, without a token."""

    def test_the_conversation_and_each_thread_have_one(self, client, article, say):
        root = say(article)
        reply = say(article, parent=root)
        body = client.get(article.url).content.decode()
        assert body.count(f'href="{page_address(article)}"') == 1
        assert body.count(f'href="{thread_address(root)}"') == 1
        assert thread_address(reply) not in body
        assert "csrfmiddlewaretoken" not in body

    def test_t20_looking_gives_a_stranger_no_cookie(self, client, article, say):
        for address in (page_address(article), thread_address(say(article))):
            answer = client.get(address)
            assert answer.status_code == 200
            assert not answer.cookies
            assert "no-store" in answer["Cache-Control"]
