"""People with an account erase everything about themselves, after their password and one last question."""

from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from demo.cast import DEMO_PASSWORD
from mail.models import MailRequest
from people.models import Participant, User
from privacy.actions import ErasureRefused, erase_participant, export_person, find_people
from privacy.models import Erasure
from tests.privacy.test_erase_person import places_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DONE = "/fr/data/erased/"
ERASE = "/fr/account/erase/"


@pytest.fixture
def browser(employee) -> Client:
    """Isaac's browser, in which he has just given his password."""
    return open_browser(employee)


@pytest.fixture
def settled(employee) -> User:
    """Isaac with everything that an account gathers over time."""
    User.objects.filter(pk=employee.pk).update(username="canari-5001", first_name="Canari-5002")
    employee.refresh_from_db()
    Participant.of(employee)
    kind = {"content_type": ContentType.objects.get_for_model(User), "object_id": str(employee.pk)}
    now = timezone.now()
    EmailAddress.objects.create(user=employee, email=employee.email, verified=True, primary=True)
    Authenticator.objects.create(user=employee, type="webauthn", data={"name": "canari-5003"})
    UserProfile.objects.create(user=employee, preferred_language="fr", avatar="avatar_images/canari-5004.png")
    FormState.objects.create(user=employee, data="title=canari-5005", last_updated_at=now, **kind)
    EditingSession.objects.create(user=employee, last_seen_at=now, **kind)
    MailRequest.objects.create(kind="x", address=employee.email)
    ModelLogEntry.objects.create(action="people.invite", label="canari-5001", timestamp=now, **kind)
    return employee


def open_browser(user: User) -> Client:
    client = Client()
    client.post("/fr/account/login/", {"login": user.username, "password": DEMO_PASSWORD})
    answer = client.post("/fr/account/reauthenticate/", {"password": DEMO_PASSWORD})
    assert answer.status_code == HTTPStatus.FOUND
    return client


def last_word(browser: Client) -> str:
    return browser.get(ERASE).context["form"]["person"].value()


class TestEraseOneself:
    def test_looking_erases_nothing_and_makes_no_participant(self, browser):
        assert browser.get(ERASE).status_code == HTTPStatus.OK
        assert not Participant.objects.exists()

    def test_it_is_not_done_before_the_box_is_ticked(self, browser):
        answer = browser.post(ERASE, {"person": last_word(browser)})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Erasure.objects.exists()

    def test_the_account_is_emptied_and_signed_out(self, browser, employee):
        answer = browser.post(ERASE, {"person": last_word(browser), "is_sure": "on"})
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, DONE)
        employee.refresh_from_db()
        assert not employee.is_active
        assert browser.get("/fr/account/").status_code == HTTPStatus.FOUND
        assert browser.get(DONE).status_code == HTTPStatus.OK

    def test_the_second_time_says_that_it_is_done(self, browser, employee):
        data = {"person": last_word(browser), "is_sure": "on"}
        browser.post(ERASE, data)
        again = browser.post(ERASE, data)
        assert (again.status_code, again["Location"]) == (HTTPStatus.FOUND, DONE)
        assert Erasure.objects.count() == 1

    def test_a_browser_that_was_left_open_asks_for_the_password_first(self, employee, signed_in):
        answer = signed_in(employee).post(ERASE, {"is_sure": "on"})
        assert "reauthenticate" in answer["Location"]
        assert not Erasure.objects.exists()

    def test_a_stranger_is_asked_to_sign_in(self, client, site):
        assert "login" in client.get(ERASE)["Location"]

    def test_the_only_administrator_stays(self, administrator):
        client = open_browser(administrator)
        answer = client.post(ERASE, {"person": last_word(client), "is_sure": "on"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answer.context["form"].non_field_errors()
        administrator.refresh_from_db()
        assert administrator.is_active

    def test_one_of_two_administrators_may_go(self, administrator, employee):
        User.objects.filter(pk=employee.pk).update(is_superuser=True)
        assert erase_participant(Participant.of(administrator))

    def test_a_disabled_administrator_keeps_nobody(self, administrator, former_employee):
        User.objects.filter(pk=former_employee.pk).update(is_superuser=True)
        with pytest.raises(ErasureRefused):
            erase_participant(Participant.of(administrator))
        former_employee.refresh_from_db()
        assert erase_participant(Participant.of(former_employee))


class TestWhatAnAccountGathers:
    def test_all_of_it_is_in_the_export(self, settled):
        tables = export_person(Participant.of(settled))
        for name in (
            "addresses",
            "second_steps",
            "admin_profile",
            "unsaved_forms",
            "mail_requests",
            "groups",
        ):
            assert tables[name], name
        assert tables["second_steps"][0]["data__name"] == "canari-5003"
        assert tables["suppressed_address"] == []

    def test_all_of_it_goes(self, settled, django_capture_on_commit_callbacks, media_files):
        with django_capture_on_commit_callbacks(execute=True):
            erase_participant(Participant.of(settled))
        for model in (EmailAddress, Authenticator, UserProfile, FormState, EditingSession):
            assert not model.objects.filter(user=settled).exists(), model
        assert not MailRequest.objects.exists()
        assert media_files == ["avatar_images/canari-5004.png"]

    def test_somebody_who_has_not_spoken_is_found_all_the_same(self, employee):
        assert [person.user for person in find_people(f" {employee.email.upper()} ")] == [employee]
        assert find_people("nobody@example.org") == []


@pytest.fixture
def media_files(monkeypatch) -> list[str]:
    """The files that were deleted."""
    deleted: list[str] = []
    storage = UserProfile._meta.get_field("avatar").storage
    monkeypatch.setattr(storage.__class__, "delete", lambda self, name: deleted.append(name), raising=True)
    return deleted


@pytest.mark.django_db(transaction=True)
def test_g19_nothing_of_an_account_is_left_in_the_database(settled):
    canaries = ("canari-500", "Canari-500", settled.email, settled.last_name)
    assert set(places_of(canaries))
    erase_participant(Participant.of(settled))
    assert not set(places_of(canaries)), connection.vendor
