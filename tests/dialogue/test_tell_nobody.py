"""Whoever tries an address or a name learns nothing, and the work is the same whether it is known (R31).

What can be counted is counted here: password hashes, statements, rows and messages. `make trust ARGS=timing`
measures the time itself.
"""

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo.factories.people import verify_guest
from mail.actions import process_mail
from mail.models import MailRequest, OutgoingMail
from people.models import Participant, ProviderIdentity, User
from tests.caches import clear_caches

pytestmark = [pytest.mark.database, pytest.mark.django_db]

PASSWORD = "cinq lanternes rouges"
NOBODY = "personne@example.org"


@pytest.fixture
def accounts(employee, former_employee) -> dict[str, User]:
    """People who have an account, in every state in which one can be."""
    invited = User.objects.create(username="inès", email="ines@example.org")
    invited.set_unusable_password()
    invited.save()
    provided = User.objects.create(username="paul", email="paul@example.org")
    provided.set_unusable_password()
    provided.save()
    ProviderIdentity.objects.create(user=provided, issuer="https://id.example", subject="paul")
    return {"in use": employee, "disabled": former_employee, "invited": invited, "of the provider": provided}


STATES = ["in use", "disabled", "invited", "of the provider"]
SPELLINGS: dict[str, Callable[[User], str]] = {
    "name": lambda user: user.username,
    "address": lambda user: user.email,
    "ADDRESS": lambda user: user.email.upper(),
}
UNKNOWN = {"name": "personne", "address": NOBODY, "ADDRESS": NOBODY.upper()}


class Effort:
    """What an answer cost, so that two can be compared."""

    def __init__(self, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
        self.hashes, encode = 0, MD5PasswordHasher.encode

        def count(*args: object) -> str:
            self.hashes += 1
            return encode(*args)

        clear_caches()
        with monkeypatch.context() as patch, CaptureQueriesContext(connection) as queries:
            patch.setattr(MD5PasswordHasher, "encode", count)
            answer = act()
        self.statements = [query["sql"].split()[0] for query in queries]
        self.status, self.size = answer.status_code, len(answer.content)


class TestSignIn:
    @pytest.mark.parametrize("spelling", SPELLINGS)
    @pytest.mark.parametrize("state", STATES)
    def test_r31_a_name_costs_one_hash_and_as_many_statements_as_an_unknown_one(
        self, accounts, state, spelling, monkeypatch
    ):
        def sign_in(name: str) -> object:
            form = {"login": name, "password": PASSWORD}
            return Client().post(reverse("account_login"), form)

        known = Effort(lambda: sign_in(SPELLINGS[spelling](accounts[state])), monkeypatch)
        unknown = Effort(lambda: sign_in(UNKNOWN[spelling]), monkeypatch)
        assert known.hashes == unknown.hashes == 1
        assert known.statements == unknown.statements
        assert known.status == unknown.status


class TestReset:
    @staticmethod
    def ask(address: str) -> object:
        return Client().post(reverse("account_reset_password"), {"email": address})

    @pytest.mark.parametrize("state", STATES)
    def test_r31_asking_is_the_same_work(self, accounts, state, monkeypatch):
        known = Effort(lambda: self.ask(accounts[state].email), monkeypatch)
        unknown = Effort(lambda: self.ask(NOBODY), monkeypatch)
        assert (known.hashes, known.statements) == (unknown.hashes, unknown.statements)
        assert known.statements.count("INSERT") == MailRequest.objects.count() - 1 == 1
        assert not OutgoingMail.objects.exists()
        assert not mail.outbox

    @pytest.mark.parametrize(
        ("state", "is_written_to"), list(zip(STATES, [True, False, True, False], strict=True))
    )
    def test_r31_who_may_choose_a_password_is_written_to_later(self, accounts, state, is_written_to):
        address = accounts[state].email
        for asked in (address, NOBODY):
            self.ask(asked)
        process_mail()
        assert [message.to for message in mail.outbox] == ([[address]] if is_written_to else [])
        assert set(MailRequest.objects.values_list("address", flat=True)) == {""}

    def test_r31_without_sign_in_here_nobody_is(self, accounts, settings):
        settings.LOCAL_SIGN_IN = False
        self.ask(accounts["in use"].email)
        process_mail()
        assert not mail.outbox

    def test_r31_a_message_that_waits_is_not_written_for_an_account_that_was_disabled(self, accounts):
        user = accounts["in use"]
        self.ask(user.email)
        user.is_active = False
        user.save()
        process_mail()
        assert not mail.outbox

    def test_r31_a_network_that_asks_too_often_is_told_when_it_may_again(self, accounts, settings):
        settings.NETWORK_REQUESTS = (2, 9)
        answers = [self.ask(f"p{number}@example.org") for number in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert 0 < int(answers[2]["Retry-After"]) <= 600


class TestGuests:
    """A guest's address is as little told as an account's."""

    @pytest.fixture
    def known(self, site) -> Participant:
        return verify_guest("Camille Roy", "camille@example.org")

    @pytest.mark.parametrize("address", ["camille@example.org", "isaac"])
    def test_r31_a_comment_is_as_much_work_under_a_known_address(
        self, known, send, article, accounts, monkeypatch, address
    ):
        address = address if "@" in address else accounts["in use"].email
        send(article, by=Client(), email="first@example.org")  # the process learns the types of content
        unknown = Effort(lambda: send(article, by=Client(), email=NOBODY), monkeypatch)
        theirs = Effort(lambda: send(article, by=Client(), email=address), monkeypatch)
        assert unknown.statements == theirs.statements
        assert OutgoingMail.objects.count() == 3
        assert Participant.objects.get(email=known.email).name == "Camille Roy"

    def test_r31_so_is_asking_for_the_link_to_the_personal_page(self, known, monkeypatch):
        def ask(address: str) -> object:
            return Client().post(reverse("ask_for_personal_page"), {"email": address})

        ask("first@example.org")  # the process learns what it remembers
        efforts = [Effort(partial(ask, address), monkeypatch) for address in (known.email, NOBODY)]
        assert efforts[0].statements == efforts[1].statements
        assert MailRequest.objects.count() == 3

    def test_r31_so_is_asking_to_follow(self, known, article, monkeypatch):
        def ask(address: str) -> object:
            return Client().post(reverse("follow_conversation", args=[article.pk]), {"email": address})

        ask("first@example.org")  # the process learns what it remembers
        efforts = [Effort(partial(ask, address), monkeypatch) for address in (known.email, NOBODY)]
        assert efforts[0].statements == efforts[1].statements
        assert MailRequest.objects.count() == 3
