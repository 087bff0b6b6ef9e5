"""A guest shows by one button behind a mailed link that the address is theirs; the device is trusted then."""

import re
from datetime import timedelta
from http import HTTPStatus
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dialogue.actions import CommentRefused, confirm_comments, publish_comment, reject_comment, status_token
from dialogue.mail import CONFIRM
from dialogue.models import Comment, CommentStatus
from mail.actions import process_mail
from mail.models import MailLink, OutgoingMail
from moderation.actions import publish_comment as moderate_publication
from moderation.models import Decision, Rule
from people.actions import revoke_device
from people.models import Device, Participant

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
UNVERIFIED, HELD = CommentStatus.UNVERIFIED, CommentStatus.HELD


def link_in(message) -> str:
    """Return the path of the link that confirms, as the text of the message has it."""
    return re.search(r"https?://[^/\s]+(/\w\w/conversation/confirm/\w+/)", message.body)[1]


def mailed_link() -> str:
    """Send what waits, and return the link in the last message."""
    process_mail()
    return link_in(mail.outbox[-1])


def confirm(client: Client, link: str, *comments: Comment, **more):
    return client.post(link, {"comments": [comment.public_id for comment in comments]}, **more)


def only_comment() -> Comment:
    return Comment.objects.get()


def everything_stored() -> dict[str, list]:
    """What a look must not change: every row of ours that confirming could touch."""
    models = (Comment, Decision, Participant, MailLink, Device, OutgoingMail)
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def sent(send, article):
    """A guest's comment that waits to be confirmed, and the link that was mailed."""
    send(article)
    return SimpleNamespace(comment=only_comment(), link=mailed_link())


class TestMessage:
    """One message, to the address, in the language of the page, without a word of what was sent."""

    def test_it_is_written_down_with_the_comment_and_no_decision_is(self, send, article):
        send(article)
        row = OutgoingMail.objects.get()
        assert (row.kind, row.participant) == (CONFIRM, only_comment().participant)
        assert not Decision.objects.exists()

    def test_i3_a_comment_that_is_not_stored_sends_none(self, send, article, monkeypatch):
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(OutgoingMail, "save", fail)
        with pytest.raises(RuntimeError):
            send(article)
        assert not Comment.objects.exists()

    def test_t38_strangers_cannot_write_to_an_address_through_us(self, send, article):
        send(article, text="ACHETEZ CHEZ NOUS", name="ACHETEZ Vite")
        process_mail()
        [message] = mail.outbox
        assert message.to == [ADDRESS]
        assert "ACHETEZ" not in message.message().as_string() + message.body + message.subject

    def test_it_speaks_the_language_of_the_page(self, send, say, article, articles_en):
        send(article)
        process_mail()
        assert "/fr/conversation/confirm/" in mail.outbox[0].body
        assert "Confirmer" in mail.outbox[0].body

    def test_an_employee_gets_none(self, send, article, signed_in, employee):
        send(article, by=signed_in(employee))
        assert not OutgoingMail.objects.filter(kind=CONFIRM).exists()

    def test_nothing_leaves_where_nothing_waits_any_more(self, send, article):
        send(article)
        confirm_comments(only_comment().participant, [only_comment()])
        process_mail()
        assert not mail.outbox

    def test_t17_no_token_stands_in_the_database(self, sent):
        token = sent.link.rstrip("/").rsplit("/", 1)[1]
        assert token not in str(everything_stored())

    def test_t17_a_copy_that_is_sent_once_more_has_a_link_of_its_own(self, send, article, client):
        send(article)
        first = mailed_link()
        OutgoingMail.objects.update(status="queued", sent_at=None)
        second = mailed_link()
        assert first != second
        confirm(client, first, only_comment())
        assert confirm(client, second, only_comment()).status_code == HTTPStatus.OK


@pytest.mark.database
class TestBombing:
    """T38: at most one outstanding, three a day, and nobody can tell."""

    def test_t38_a_second_comment_sends_no_second_message(self, send, article):
        first, second = send(article), send(article)
        process_mail()
        third = send(article)
        process_mail()
        assert len(mail.outbox) == 1
        assert [answer.status_code for answer in (first, second, third)] == [303] * 3

    def test_t38_three_a_day_however_often_it_is_asked_for(self, send, article, client):
        send(article)
        again = reverse("send_confirmation_again", args=[status_token(only_comment().idempotency_key)])
        answers = set()
        for _time in range(6):
            process_mail()
            answers.add((client.post(again).status_code, client.post(again)["Location"]))
        assert len(mail.outbox) == 3
        assert len(answers) == 1
        with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
            client.post(again)
            process_mail()
        assert len(mail.outbox) == 4

    def test_t18_the_answer_is_the_same_for_a_known_address(self, send, article, say, client):
        say(article, email="known@example.org")
        answers = [send(article, email=email) for email in ("known@example.org", "new@example.org")]
        pages = [client.get(answer["Location"]) for answer in answers]
        assert [answer.status_code for answer in answers] == [303, 303]
        bodies = []
        for page in pages:
            comment = Comment.objects.get(status_token_digest=page.context["comment"].status_token_digest)
            body = page.content.decode().replace(comment.public_id, "")
            bodies.append(re.sub(r"<time.*?</time>|/status/\w+", "", body))
        assert bodies[0] == bodies[1]
        process_mail()
        assert sorted(message.to[0] for message in mail.outbox) == ["known@example.org", "new@example.org"]


class TestLink:
    """The page behind the link."""

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_t16_looking_three_times_changes_nothing_and_sets_no_cookie(self, client, sent, method):
        before = everything_stored()
        for _time in range(3):
            answer = getattr(client, method)(sent.link)
            assert answer.status_code == HTTPStatus.OK
            assert not answer.cookies
        assert everything_stored() == before

    def test_it_shows_the_words_and_one_button(self, client, sent):
        answer = client.get(sent.link)
        body = answer.content.decode()
        assert "Les bancs manquent" in body
        assert body.split("<main")[1].split("</main>")[0].count('type="submit"') == 1
        assert 'type="checkbox"' not in body
        assert ADDRESS not in body
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"

    def test_the_button_lets_moderators_see_it(self, client, sent):
        answer = confirm(client, sent.link, sent.comment)
        assert answer.status_code == HTTPStatus.SEE_OTHER
        assert "/conversation/status/" in answer["Location"]
        sent.comment.refresh_from_db()
        assert sent.comment.status == HELD
        assert sent.comment.participant.verified_at
        assert sent.comment.decisions.get().rule == Rule.FIRST_TIMER

    def test_t17_the_second_time_changes_nothing(self, client, sent):
        confirm(client, sent.link, sent.comment)
        before = everything_stored()
        answer = confirm(client, sent.link, sent.comment)
        assert answer.status_code == HTTPStatus.OK
        assert not answer.cookies
        assert everything_stored() == before

    def test_t17_used_too_old_and_unknown_are_one_calm_page(self, client, sent, caplog):
        unknown = reverse("confirm_comments", args=["0" * 48])
        looked, pressed = [client.get(unknown)], [client.post(unknown)]
        with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
            looked.append(client.get(sent.link))
            pressed.append(confirm(client, sent.link, sent.comment))
        confirm(client, sent.link, sent.comment)
        looked.append(client.get(sent.link))
        pressed.append(confirm(client, sent.link, sent.comment))
        for answers in (looked, pressed):
            assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
            pages = {re.sub(r"/(fr|en)/conversation/confirm/\w+/", "", a.content.decode()) for a in answers}
            assert len(pages) == 1
        assert not caplog.records

    def test_t32_what_another_site_sends_is_refused(self, client, sent):
        for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            assert confirm(client, sent.link, sent.comment, headers=headers).status_code == 403
        sent.comment.refresh_from_db()
        assert sent.comment.status == UNVERIFIED

    def test_it_needs_no_token_because_looking_sets_no_cookie(self, sent):
        client = Client(enforce_csrf_checks=True)
        assert confirm(client, sent.link, sent.comment).status_code == HTTPStatus.SEE_OTHER

    def test_the_wish_to_be_told_of_replies_holds_from_then_on(self, client, send, article):
        send(article, tell_me="on")
        confirm(client, mailed_link(), only_comment())
        preference = only_comment().participant.mail_preferences.get(topic="replies")
        assert preference.frequency == "immediate"


@pytest.mark.database
class TestSeveral:
    """Somebody else may have typed the address."""

    @pytest.fixture
    def three(self, send, article):
        for words in ("Le mien.", "PAS DE MOI", "Le mien aussi."):
            send(article, text=words)
        return list(Comment.objects.order_by("pk"))

    def test_r34_all_are_shown_and_none_is_ticked_beforehand(self, client, three):
        body = client.get(mailed_link()).content.decode()
        assert body.count('type="checkbox"') == 3
        assert " checked" not in body
        assert "PAS DE MOI" in body

    def test_what_is_not_ticked_stays_unseen(self, client, three):
        confirm(client, mailed_link(), three[0], three[2])
        states = list(Comment.objects.order_by("pk").values_list("status", flat=True))
        assert states == [HELD, UNVERIFIED, HELD]

    def test_nothing_ticked_is_said_and_the_link_stays_open(self, client, three):
        link = mailed_link()
        answer = confirm(client, link)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "checked" not in answer.content.decode()
        assert confirm(client, link, three[0]).status_code == HTTPStatus.SEE_OTHER

    def test_t12_the_comment_of_another_is_none_of_the_choices(self, client, send, article, three):
        send(article, email="other@example.org")
        other = Comment.objects.get(participant__email="other@example.org")
        process_mail()
        link = link_in(next(message for message in mail.outbox if message.to == [ADDRESS]))
        assert confirm(client, link, three[0], other).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        other.refresh_from_db()
        assert other.status == UNVERIFIED

    def test_t12_the_action_passes_over_what_is_not_theirs(self, say, article, three):
        stranger = say(article, is_published=False).participant
        assert confirm_comments(stranger, three) == []
        assert Comment.objects.unverified().count() == 3


class TestDevice:
    """The browser that confirmed is trusted for that very address for 30 days."""

    def test_only_the_answer_to_the_button_sets_its_cookie(self, client, sent):
        answer = confirm(client, sent.link, sent.comment)
        cookie = answer.cookies[settings.GUEST_COOKIE_NAME]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 30 * 24 * 60 * 60
        assert Device.objects.get().participant == sent.comment.participant

    def test_the_next_comment_needs_no_message(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        send(article, text="Le deuxième.")
        assert Comment.objects.get(text="Le deuxième.").status == HELD
        process_mail()
        assert len([message for message in mail.outbox if message.to == [ADDRESS]]) == 1

    def test_whoever_is_known_is_published_at_once(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        publish_comment(sent.comment, by=None)
        answer = send(article, text="Le deuxième.")
        comment = Comment.objects.get(text="Le deuxième.")
        assert comment.is_published
        assert comment.decisions.get().rule == Rule.KNOWN_PERSON
        assert answer["Location"] == comment.get_absolute_url()

    def test_nobody_is_said_to_have_read_what_a_rule_published(self, client, sent, send, article, moderator):
        confirm(client, sent.link, sent.comment)
        moderate_publication(sent.comment, by=moderator)
        send(article, text="Encore moi.", email=ADDRESS)
        steps = []
        for comment in Comment.objects.order_by("pk"):
            text = client.get(f"/fr/conversation/status/{status_of(comment)}/").content.decode()
            steps.append(text.count("status-steps__name"))
        assert steps == [3, 2]

    def test_t12_it_is_trusted_for_no_other_address(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        send(article, text="Le deuxième.", email="other@example.org")
        assert Comment.objects.get(text="Le deuxième.").status == UNVERIFIED

    def test_t12_nor_does_another_browser_for_this_one(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        send(article, by=Client(), text="Le deuxième.")
        assert Comment.objects.get(text="Le deuxième.").status == UNVERIFIED

    def test_nor_one_that_was_revoked(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        revoke_device(Device.objects.get(), by=sent.comment.participant)
        send(article, text="Le deuxième.")
        assert Comment.objects.get(text="Le deuxième.").status == UNVERIFIED

    def test_nor_after_thirty_days(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1)):
            send(article, text="Le deuxième.")
        assert Comment.objects.get(text="Le deuxième.").status == UNVERIFIED

    @pytest.mark.parametrize("forged", ["x", "a:b", "0" * 48, "\x00", "é" * 500])
    def test_nor_a_forged_cookie(self, client, send, article, forged):
        client.cookies[settings.GUEST_COOKIE_NAME] = forged
        send(article)
        assert only_comment().status == UNVERIFIED

    def test_that_it_was_used_is_noted_once_a_day(self, client, sent, send, article):
        confirm(client, sent.link, sent.comment)
        first = Device.objects.get().last_used_at
        send(article, text="Le deuxième.")
        assert Device.objects.get().last_used_at == first
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            send(article, text="Le troisième.")
        assert Device.objects.get().last_used_at > first

    def test_t20_reading_sets_no_cookie(self, client, sent, article):
        for address in (article.url, sent.link, f"/fr/conversation/status/{status_of(sent.comment)}/"):
            assert not client.get(address).cookies


def status_of(comment: Comment) -> str:
    return status_token(comment.idempotency_key)


class TestStatusPage:
    """What the author is told while the comment waits to be confirmed."""

    def test_it_says_what_to_do_and_keeps_the_address_to_itself(self, client, sent):
        body = client.get(reverse("comment_status", args=[status_of(sent.comment)])).content.decode()
        assert ADDRESS not in body
        assert reverse("send_confirmation_again", args=[status_of(sent.comment)]) in body

    def test_it_sends_the_message_again(self, client, sent):
        answer = client.post(reverse("send_confirmation_again", args=[status_of(sent.comment)]), follow=True)
        assert 'role="status"' in answer.content.decode()
        second = mailed_link()
        assert second != sent.link
        assert confirm(client, second, sent.comment).status_code == HTTPStatus.SEE_OTHER
        assert client.get(sent.link).status_code == HTTPStatus.OK
        assert MailLink.objects.filter(uses_left__gt=0).count() == 0

    def test_for_a_comment_that_is_confirmed_it_sends_nothing(self, client, sent):
        confirm(client, sent.link, sent.comment)
        client.post(reverse("send_confirmation_again", args=[status_of(sent.comment)]))
        process_mail()
        assert len([message for message in mail.outbox if "/confirm/" in message.body]) == 1

    def test_it_is_not_found_for_a_wrong_token_and_refuses_a_get(self, client, sent):
        assert client.post(reverse("send_confirmation_again", args=["f" * 40])).status_code == 404
        again = reverse("send_confirmation_again", args=[status_of(sent.comment)])
        assert client.get(again).status_code == 405
        assert client.post(again, headers={"sec-fetch-site": "cross-site"}).status_code == 403


class TestUnseen:
    """Nobody decides on what is not confirmed."""

    @pytest.mark.parametrize("verb", [publish_comment, reject_comment])
    def test_it_cannot_be_decided_on(self, sent, moderator, verb):
        with pytest.raises(CommentRefused, match="adresse"):
            verb(sent.comment, by=moderator)

    def test_no_reader_sees_it(self, client, sent, article):
        assert "Les bancs manquent" not in client.get(article.url).content.decode()
