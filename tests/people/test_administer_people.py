"""Administrators make, edit and disable accounts in the admin."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from demo.cast import DEMO_PASSWORD
from people.actions import invite_person
from people.groups import EDITORS, EMPLOYEES, the_group
from people.models import Participant, ProviderIdentity, User
from people.viewsets import names_of_groups

ADD = "wagtailusers_users:add"
EDIT = "wagtailusers_users:edit"
LIST = "wagtailusers_users:index"


@pytest.fixture
def office(signed_in, administrator) -> Client:
    """The admin, as the administrator has it open."""
    return signed_in(administrator)


def fields(**more: object) -> dict[str, object]:
    return {
        "username": "noemie",
        "email": "noemie@example.org",
        "first_name": "Noémie",
        "last_name": "Blais",
        "role_label_fr": "Capitaine",
        "language": "fr",
        "groups": [the_group(EMPLOYEES).pk],
        **more,
    }


def fields_of(user: User, **more: object) -> dict[str, object]:
    names = ("username", "email", "first_name", "last_name", "role_label_fr", "language")
    kept = {name: getattr(user, name) for name in names}
    groups = list(user.groups.values_list("pk", flat=True))
    return {**kept, "groups": groups, "is_active": "on", **more}


class TestInvite:
    """The usual way: no password passes through the administrator's hands."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_the_person_gets_a_link_in_their_language_and_chooses(
        self, office, language, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(reverse(ADD), fields(language=language, send_invitation="on"))
        assert answer.status_code == HTTPStatus.FOUND
        user = User.objects.get(username="noemie")
        assert not user.has_usable_password()
        assert (user.role_label, user.language) == ("Capitaine", language)
        assert UserProfile.get_for_user(user).preferred_language == language
        (message,) = mail.outbox
        assert message.to == ["noemie@example.org"]
        link = re.search(rf"{settings.WAGTAILADMIN_BASE_URL}(/\S+)", message.body)[1]
        assert link.startswith(f"/{language}/account/password/reset/key/")
        client = Client()
        action = client.get(link, follow=True).redirect_chain[-1][0]
        client.post(action, {"password1": "quatre lanternes bleues", "password2": "quatre lanternes bleues"})
        assert client.get(reverse("account_preferences")).context["user"] == user  # without a second sign-in

    def test_it_is_logged_with_the_doer(self, office, administrator, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            office.post(reverse(ADD), fields(send_invitation="on"))
        assert ModelLogEntry.objects.get(action="people.invite").user == administrator

    def test_a_second_link_may_be_sent(self, office, employee, django_capture_on_commit_callbacks):
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                office.post(reverse(EDIT, args=[employee.pk]), fields_of(employee, send_invitation="on"))
        assert len(mail.outbox) == 2
        employee.refresh_from_db()
        assert employee.check_password(DEMO_PASSWORD)  # until the person chooses another

    def test_without_a_mail_server_the_account_is_made_all_the_same(
        self, office, no_mail_server, caplog, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(reverse(ADD), fields(send_invitation="on"))
        assert answer.status_code == HTTPStatus.FOUND
        assert User.objects.filter(username="noemie").exists()
        assert [record.exc_info is not None for record in caplog.records] == [True]
        assert not ModelLogEntry.objects.filter(action="people.invite").exists()

    @pytest.mark.django_db(transaction=True)
    def test_f10_the_administrator_is_told_that_it_was_not_sent_and_how_to_send_it(
        self, office, no_mail_server, caplog
    ):
        office.post(reverse(ADD), fields(send_invitation="on"))
        text = office.get(reverse("wagtailusers_users:index")).content.decode()
        assert "no link was sent" in text or "aucun lien" in text

    @pytest.mark.django_db(transaction=True)
    def test_f10_it_can_be_sent_again_once_mail_works(self, office):
        office.post(reverse(ADD), fields(send_invitation="on"))
        user = User.objects.get(username="noemie")
        office.post(reverse(EDIT, args=[user.pk]), fields_of(user, send_invitation="on"))
        assert [message.to for message in mail.outbox] == [["noemie@example.org"]] * 2
        text = office.get(reverse("wagtailusers_users:index")).content.decode()
        assert "no link was sent" not in text
        assert "aucun lien" not in text

    def test_nobody_is_written_to_unasked(self, office, employee, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            office.post(reverse(EDIT, args=[employee.pk]), fields_of(employee))
        assert not mail.outbox

    def test_a_disabled_account_is_not_invited(self, office, former_employee, administrator, rf):
        url = reverse(EDIT, args=[former_employee.pk])
        answer = office.post(url, fields_of(former_employee, is_active="", send_invitation="on"))
        assert "send_invitation" in answer.context["form"].errors
        with pytest.raises(ValidationError):
            invite_person(former_employee, by=administrator, request=rf.get("/"))
        assert not mail.outbox

    def test_no_mail_is_sent_for_an_account_that_was_not_made(
        self, office, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(reverse(ADD), fields(email="no address", send_invitation="on"))
        assert answer.context["form"].errors
        assert not mail.outbox


class TestMake:
    """Or with a password."""

    def test_with_a_password(self, office):
        office.post(reverse(ADD), fields(password1="quatre lanternes", password2="quatre lanternes"))
        assert User.objects.get(username="noemie").check_password("quatre lanternes")
        assert not mail.outbox

    def test_with_neither_it_says_what_to_do(self, office):
        answer = office.post(reverse(ADD), fields())
        assert "password1" in answer.context["form"].errors
        assert not User.objects.filter(username="noemie").exists()

    @pytest.mark.parametrize(("one", "two"), [("short", "short"), ("quatre lanternes", "trois lanternes")])
    def test_a_weak_or_different_password_is_refused(self, office, one, two):
        answer = office.post(reverse(ADD), fields(password1=one, password2=two))
        assert "password2" in answer.context["form"].errors

    @pytest.mark.parametrize("spelling", ["isaac.tremblay", "ISAAC"])
    def test_two_spellings_of_an_address_are_one(self, office, employee, spelling):
        taken = employee.email.upper()
        answer = office.post(reverse(ADD), fields(email=taken, send_invitation="on"))
        assert "email" in answer.context["form"].errors

    def test_the_form_asks_for_role_and_language_in_words(self, office):
        form = office.get(reverse(ADD)).context["form"]
        assert {"role_label_fr", "language", "send_invitation"} <= set(form.fields)
        content = office.get(reverse(ADD)).content.decode()
        assert 'name="role_label_fr"' in content
        assert 'name="send_invitation"' in content

    def test_the_list_shows_the_role(self, office, employee):
        assert employee.role_label in office.get(reverse("wagtailusers_users:index")).content.decode()


class TestDisable:
    """What somebody wrote stays; they are out at once."""

    def test_it_ends_an_open_session(self, office, employee, signed_in, internal_fr):
        theirs = signed_in(employee)
        assert theirs.get(internal_fr.get_url()).status_code == HTTPStatus.OK
        office.post(reverse(EDIT, args=[employee.pk]), fields_of(employee, is_active=""))
        assert theirs.get(internal_fr.get_url()).status_code == HTTPStatus.FOUND

    def test_it_closes_the_admin_too(self, office, editor, signed_in):
        theirs = signed_in(editor)
        office.post(reverse(EDIT, args=[editor.pk]), fields_of(editor, is_active=""))
        answer = theirs.get(reverse("wagtailadmin_home"))
        assert answer["Location"].startswith(reverse("account_login"))

    def test_one_cannot_disable_oneself(self, office, administrator):
        office.post(reverse(EDIT, args=[administrator.pk]), fields_of(administrator, is_active=""))
        administrator.refresh_from_db()
        assert administrator.is_active

    def test_who_has_spoken_is_not_deleted(self, office, employee):
        Participant.objects.create(user=employee, name="Isaac")
        office.post(reverse("wagtailusers_users:delete", args=[employee.pk]))
        bulk = reverse("wagtail_bulk_action", args=["people", "user", "delete"])
        answer = office.post(f"{bulk}?id={employee.pk}", follow=True)
        assert len(list(answer.context["messages"])) == 2
        assert User.objects.filter(pk=employee.pk).exists()

    def test_who_has_not_may_be(self, office, employee, outsider_employee):
        office.post(reverse("wagtailusers_users:delete", args=[employee.pk]))
        bulk = reverse("wagtail_bulk_action", args=["people", "user", "delete"])
        office.post(f"{bulk}?id={outsider_employee.pk}")
        assert not User.objects.filter(pk__in=[employee.pk, outsider_employee.pk]).exists()


class TestGroups:
    """Nobody is given an account that may do nothing, unless it is meant so."""

    def test_without_a_group_it_is_asked_and_what_was_typed_is_still_there(self, office):
        answer = office.post(reverse(ADD), fields(groups=[], send_invitation="on"))
        form = answer.context["form"]
        assert list(form.errors) == ["groups"]
        assert form["last_name"].value() == "Blais"
        assert not User.objects.filter(username="noemie").exists()

    @pytest.mark.parametrize("said", [{"without_group": "on"}, {"is_superuser": "on"}])
    def test_where_it_is_meant_so_the_account_is_made(self, office, said):
        answer = office.post(reverse(ADD), fields(groups=[], send_invitation="on", **said))
        assert answer.status_code == HTTPStatus.FOUND
        assert not User.objects.get(username="noemie").groups.exists()

    def test_each_group_says_what_it_is_for(self, office):
        html = office.get(reverse(ADD)).content.decode()
        assert str(EMPLOYEES.purpose) in html
        assert 'name="without_group"' in html


class TestList:
    """Who may do what, and how well their sign-in is kept, is seen at a glance."""

    def test_it_shows_groups_and_second_step(self, office, editor, administrator):
        Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={})
        Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})
        people = {user.pk: user for user in office.get(reverse(LIST)).context["object_list"]}
        assert people[editor.pk].has_factor
        assert not people[administrator.pk].has_factor  # codes alone are no second step
        assert names_of_groups(people[editor.pk]) == "Personnel, Rédaction, Réponses"
        assert names_of_groups(people[administrator.pk]).startswith("Administrateur")

    def test_more_people_cost_no_more_queries(self, office, count_queries):
        before = count_queries(lambda: office.get(reverse(LIST)))
        for number in range(3):
            person = User.objects.create(username=f"p{number}", email=f"p{number}@example.org")
            person.groups.add(the_group(EMPLOYEES))
        assert count_queries(lambda: office.get(reverse(LIST))) <= before

    def test_a_search_finds_them_as_well(self, office, editor):
        html = office.get(reverse(LIST), {"q": "Maude"}).content.decode()
        assert str(the_group(EDITORS)) in html


class TestOwnAccount:
    """From the admin, everybody finds what their sign-in is made of."""

    def test_it_leads_to_password_second_step_and_sessions(self, signed_in, editor):
        html = signed_in(editor).get(reverse("wagtailadmin_account")).content.decode()
        for name in ("account_change_password", "mfa_index", "list_sessions"):
            assert reverse(name) in html

    def test_whoever_has_no_password_here_is_led_to_none(self, signed_in, editor):
        ProviderIdentity.objects.create(user=editor, issuer="https://id.example.org", subject="1")
        html = signed_in(editor).get(reverse("wagtailadmin_account")).content.decode()
        assert reverse("account_change_password") not in html


class TestWhoMay:
    """Administrators alone."""

    @pytest.mark.parametrize("who", ["editor", "moderator"])
    @pytest.mark.parametrize("name", ["wagtailusers_users:index", ADD, EDIT])
    def test_staff_are_sent_back(self, signed_in, employee, who, name, request):
        client = signed_in(request.getfixturevalue(who))
        args = [employee.pk] if name == EDIT else []
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, args=args), fields_of(employee, role_label_fr="?"))
            assert answer.status_code == HTTPStatus.FOUND
            assert answer["Location"] == reverse("wagtailadmin_home")
        employee.refresh_from_db()
        assert employee.role_label != "?"

    def test_an_employee_is_refused(self, signed_in, employee):
        assert signed_in(employee).get(reverse(ADD)).status_code == HTTPStatus.FORBIDDEN
