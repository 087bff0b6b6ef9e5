"""Nobody is shut out by what others send: not by their address, and not by their network (R34)."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from demo.factories.people import verify_guest
from dialogue.actions import publish_comment, withdraw_comment
from dialogue.forms import ConfirmationForm, FollowConfirmationForm
from dialogue.models import Comment, Follow
from people.actions import trust_device
from people.devices import keep_token
from people.models import Participant, User

pytestmark = pytest.mark.django_db

ADDRESS = "camille@example.org"
ELSEWHERE = "198.51.100.7"
NUMBERS = itertools.count()


def words() -> str:
    """What nobody has said yet."""
    return f"Idée {next(NUMBERS)}."


@pytest.fixture
def camille(site) -> Participant:
    return verify_guest("Camille Roy", ADDRESS)


@pytest.fixture
def browser(camille) -> Callable[..., Client]:
    """Her trusted device."""

    def open_it(address: str = "203.0.113.4") -> Client:
        client, response = Client(REMOTE_ADDR=address), HttpResponse()
        keep_token(response, trust_device(camille, browser="Firefox", system="Linux")[1])
        client.cookies.update(response.cookies)
        return client

    return open_it


@pytest.fixture(autouse=True)
def small(settings) -> None:
    """Limits that are soon reached."""
    settings.PERSON_COMMENTS, settings.NETWORK_COMMENTS = (3, 9), (4, 9)


class TestAddress:
    def test_r34_what_others_send_under_an_address_shuts_nobody_out(self, send, article, browser):
        for _time in range(4):
            assert send(article, text=words(), by=Client(REMOTE_ADDR=ELSEWHERE)).status_code == 303
        assert send(article, text=words(), by=browser()).status_code == 303

    def test_r34_it_counts_against_the_network_that_sent_it(self, send, article):
        for number in range(4):
            send(article, text=words(), by=Client(REMOTE_ADDR=ELSEWHERE), email=f"p{number}@example.org")
        assert (
            send(article, text=words(), by=Client(REMOTE_ADDR=ELSEWHERE), email="p5@example.org").status_code
            == 429
        )
        assert (
            send(
                article, text=words(), by=Client(REMOTE_ADDR="198.51.100.8"), email="p5@example.org"
            ).status_code
            == 303
        )

    def test_r34_neither_does_what_its_owner_takes_away(self, send, article, browser, camille):
        for _time in range(3):
            send(article, text=words(), by=Client(REMOTE_ADDR=ELSEWHERE))
        for comment in Comment.objects.unverified():
            withdraw_comment(comment, by=camille)
        assert send(article, text=words(), by=browser()).status_code == 303

    def test_r34_whoever_is_known_is_limited_wherever_they_are(self, send, article, browser):
        for number in range(3):
            assert send(article, text=words(), by=browser(f"203.0.113.{number}")).status_code == 303
        assert send(article, text=words(), by=browser("203.0.113.9")).status_code == 429

    def test_r34_what_they_withdraw_after_it_was_published_counts(self, send, article, browser, camille):
        for number in range(3):
            send(article, text=words(), by=browser(f"203.0.113.{number}"))
        for comment in Comment.objects.held():
            publish_comment(comment, by=None)
            withdraw_comment(comment, by=camille)
        assert send(article, text=words(), by=browser("203.0.113.9")).status_code == 429


class TestNetwork:
    @pytest.fixture
    def colleague(self, signed_in) -> Callable[[int], Client]:
        """Somebody signed in, behind the one address of their organisation."""
        return lambda number: signed_in(User.objects.create(username=f"e{number}", email=f"e{number}@e.org"))

    def test_r34_a_company_behind_one_address_is_not_muted(self, send, article, colleague):
        codes = [send(article, text=words(), by=colleague(number)).status_code for number in range(6)]
        assert codes == [303] * 6

    def test_r34_its_people_do_not_mute_its_guests(self, send, article, colleague, client):
        for number in range(4):
            send(article, text=words(), by=colleague(number))
        assert send(article, text=words(), by=client).status_code == 303

    def test_r34_its_guests_do_not_mute_its_people(self, send, article, colleague):
        for number in range(4):
            send(article, email=f"p{number}@example.org")
        assert send(article, email="p5@example.org").status_code == 429
        assert send(article, text=words(), by=colleague(1)).status_code == 303

    def test_r34_a_person_is_limited_as_a_person(self, send, article, colleague):
        one = colleague(1)
        codes = [send(article, text=words(), by=one).status_code for _time in range(4)]
        assert codes == [303, 303, 303, 429]


class TestRetryAfter:
    def test_r34_it_is_what_is_left(self, send, article, ticket_for):
        start = timezone.now()
        for minute in range(4):
            with time_machine.travel(start + timedelta(minutes=minute), tick=False):
                send(article, email=f"p{minute}@example.org")
        with time_machine.travel(start + timedelta(minutes=7), tick=False):
            answer = send(article, email="p5@example.org")
        assert (answer.status_code, answer["Retry-After"]) == (429, "180")
        with time_machine.travel(start + timedelta(minutes=10), tick=False):
            assert send(article, email="p5@example.org").status_code == 303


class TestTicked:
    """What somebody else may have sent is ticked by nobody but its author."""

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_r34_no_comment_is_ticked_beforehand(self, count):
        comments = [Comment(public_id=f"c{number}") for number in range(count)]
        assert ConfirmationForm(None, comments=comments).ticked == []

    @pytest.mark.parametrize(("count", "ticked"), [(1, [0]), (2, []), (3, [])])
    def test_r34_of_several_wishes_to_follow_none_is_ticked_beforehand(self, count, ticked):
        follows = [Follow(pk=number) for number in range(count)]
        assert FollowConfirmationForm(None, follows=follows).ticked == ticked
