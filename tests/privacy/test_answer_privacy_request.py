"""Staff with the right answer people who ask what is kept, or to be forgotten; nobody is listed."""

import json
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageViewRestriction

from demo.factories.people import verify_guest
from dialogue.models import Comment, CommentStatus
from people.groups import permission_named
from people.models import Participant, User
from privacy.actions import ErasureReason, erase_participant, export_person
from privacy.models import Erasure
from privacy.permissions import PrivacyPermissions
from tests.speech import say

pytestmark = [pytest.mark.database, pytest.mark.django_db]

FIND = "/admin/privacy/"
ADDRESS = "zephyrine@example.org"
SURE = {"reason": ErasureReason.ASKED, "is_sure": "on"}


@pytest.fixture
def guest(site) -> Participant:
    return verify_guest("Zéphyrine Canari", ADDRESS)


@pytest.fixture
def office(signed_in, administrator):
    """The admin, as the administrator has it open."""
    return signed_in(administrator)


@pytest.fixture
def officer(moderator) -> User:
    """Fanny, who answers these requests; she may read every page."""
    moderator.user_permissions.add(permission_named("privacy.answer_privacy_request"))
    return User.objects.get(pk=moderator.pk)


def act(client, name: str, person: Participant, **data: str):
    return client.post(reverse(f"privacy_requests:{name}", args=[person.pk]), data)


class TestFind:
    def test_an_address_leads_to_the_person_however_it_is_spelt(self, office, guest):
        answer = office.post(FIND, {"email": ADDRESS.upper()})
        assert answer["Location"] == reverse("privacy_requests:answer", args=[guest.pk])

    def test_somebody_who_has_not_spoken_is_found_by_the_account(self, office, employee):
        answer = office.post(FIND, {"email": employee.email})
        person = Participant.objects.get(user=employee)
        assert answer["Location"] == reverse("privacy_requests:answer", args=[person.pk])

    def test_an_account_and_a_guest_of_one_address_lead_to_each_other(self, office, employee):
        guest = verify_guest("Maude", employee.email)
        account = Participant.of(employee)
        addresses = [reverse("privacy_requests:answer", args=[person.pk]) for person in (account, guest)]
        assert office.post(FIND, {"email": employee.email})["Location"] == addresses[0]
        for this, other in (addresses, addresses[::-1]):
            assert f'href="{other}"' in office.get(this).content.decode()

    def test_the_commands_reach_both_of_them(self, article, employee, capsys):
        for kind in ({"user": employee}, {"name": "Maude", "email": employee.email}):
            say(article, "Un mot.", **kind)
        call_command("export_person", employee.email)
        assert len(json.loads(capsys.readouterr().out)["comments"]) == 2
        call_command("erase", employee.email, interactive=False)
        assert Comment.objects.filter(page=article, status=CommentStatus.ERASED).count() == 2

    @pytest.mark.parametrize("email", ["nobody@example.org", "", "x"])
    def test_what_finds_nobody_is_said_at_the_field(self, office, guest, email):
        answer = office.post(FIND, {"email": email})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answer.context["form"].errors["email"]

    def test_nobody_is_listed(self, office, guest):
        body = office.get(FIND).content.decode()
        assert guest.name not in body
        assert ADDRESS not in body

    def test_an_address_in_the_address_finds_nobody(self, office, guest):
        """It would stand in logs and histories."""
        assert guest.name not in office.get(FIND, {"email": ADDRESS}).content.decode()


class TestAnswer:
    def test_it_tells_what_is_kept_in_numbers(self, office, guest):
        answer = office.get(reverse("privacy_requests:answer", args=[guest.pk]))
        assert answer.context["kept"]["participant"] == 1

    def test_it_holds_an_answer_in_both_languages(self, office, guest):
        body = office.get(reverse("privacy_requests:answer", args=[guest.pk])).content.decode()
        assert '<p lang="fr">Bonjour.' in body
        assert '<p lang="en">Hello.' in body

    def test_who_is_missing_is_not_found(self, office):
        assert office.get(f"{FIND}999999/").status_code == HTTPStatus.NOT_FOUND
        assert office.post(f"{FIND}999999/export/").status_code == HTTPStatus.NOT_FOUND


class TestExport:
    @pytest.mark.parametrize(("kind", "start"), [("json", b"{"), ("csv", b"PK")])
    def test_it_hands_out_everything_and_notes_who_took_it(self, office, guest, administrator, kind, start):
        answer = act(office, "export", guest, format=kind)
        assert answer.content.startswith(start)
        if kind == "json":
            assert json.loads(answer.content)["participant"][0]["email"] == ADDRESS
        entry = ModelLogEntry.objects.get(action="privacy.export_person")
        assert (entry.user, entry.object_id) == (administrator, str(guest.pk))

    def test_looking_hands_out_nothing(self, office, guest):
        answer = office.get(reverse("privacy_requests:export", args=[guest.pk]))
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert not ModelLogEntry.objects.filter(action="privacy.export_person").exists()


class TestErase:
    def test_the_last_question_erases_nothing(self, office, guest):
        assert office.get(reverse("privacy_requests:erase", args=[guest.pk])).status_code == HTTPStatus.OK
        assert not Erasure.objects.exists()

    @pytest.mark.parametrize("missing", ["reason", "is_sure"])
    def test_without_a_reason_or_the_box_nothing_is_done(self, office, guest, missing):
        data = {name: value for name, value in SURE.items() if name != missing}
        assert act(office, "erase", guest, **data).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Erasure.objects.exists()

    def test_it_erases_and_notes_who_and_why_and_not_whom(self, office, guest, administrator):
        act(office, "export", guest)
        answer = act(office, "erase", guest, **SURE)
        assert answer["Location"] == reverse("privacy_requests:answer", args=[guest.pk])
        guest.refresh_from_db()
        assert guest.name == ""
        entry = ModelLogEntry.objects.get(action="privacy.erase_person")
        assert (entry.user, entry.data) == (administrator, {"reason": "asked"})
        labels = set(ModelLogEntry.objects.filter(object_id=str(guest.pk)).values_list("label", flat=True))
        assert labels <= {"", f"Participant object ({guest.pk})"}
        assert str(ErasureReason.ASKED.label) in entry.message

    def test_the_second_time_says_so_and_changes_nothing(self, office, guest):
        act(office, "erase", guest, **SURE)
        erased_at = Erasure.objects.get().erased_at
        assert act(office, "erase", guest, **SURE).status_code == HTTPStatus.FOUND
        assert Erasure.objects.get().erased_at == erased_at
        assert ModelLogEntry.objects.filter(action="privacy.erase_person").count() == 1
        for name in ("answer", "erase"):
            assert office.get(reverse(f"privacy_requests:{name}", args=[guest.pk])).status_code == 200


class TestWhoMay:
    """A line for each who asks: answer at all, export and erase a guest, an administrator, oneself."""

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("employee", ""),
            ("answerer", ""),
            ("editor", ""),
            ("moderator", ""),
            ("former_employee", ""),
            ("officer", "answer export-guest erase-guest export-self"),
            (
                "administrator",
                "answer export-guest erase-guest export-chief erase-chief export-self",
            ),
        ],
    )
    def test_who_may_do_what(self, request, guest, who, may):
        user = request.getfixturevalue(who)
        tester = PrivacyPermissions(user)
        chief = Participant.of(User.objects.create_superuser("nour", "nour@example.org"))
        granted = {"answer": tester.can_answer()}
        for name, person in (("guest", guest), ("chief", chief), ("self", Participant.of(user))):
            granted[f"export-{name}"] = tester.can_export(person)
            granted[f"erase-{name}"] = tester.can_erase(person)
        assert {name for name, is_granted in granted.items() if is_granted} == set(may.split())

    def test_a_stranger_may_nothing(self, guest):
        tester = PrivacyPermissions(AnonymousUser())
        assert {tester.can_answer(), tester.can_export(guest), tester.can_erase(guest)} == {False}

    def test_whoever_was_disabled_may_nothing(self, officer):
        officer.is_active = False
        assert not PrivacyPermissions(officer).can_answer()

    def test_whom_a_restriction_keeps_out_hands_out_nothing(self, officer, articles_fr):
        """An export holds what was said on every page."""
        restriction = PageViewRestriction.objects.create(page=articles_fr, restriction_type="groups")
        restriction.groups.set([Group.objects.create(name="Crews")])
        assert not PrivacyPermissions(User.objects.get(pk=officer.pk)).can_answer()

    def test_the_actions_refuse_as_the_screens_do(self, guest, moderator):
        for verb in (export_person, erase_participant):
            with pytest.raises(PermissionDenied):
                verb(guest, by=moderator)
        assert not Erasure.objects.exists()

    @pytest.mark.parametrize("who", ["editor", "moderator"])
    def test_others_are_sent_away(self, request, signed_in, guest, who):
        client = signed_in(request.getfixturevalue(who))
        places = [
            FIND,
            *(reverse(f"privacy_requests:{name}", args=[guest.pk]) for name in ("answer", "erase")),
        ]
        for place in places:
            assert client.get(place)["Location"] == reverse("wagtailadmin_home")
            assert client.post(place, {"email": ADDRESS, **SURE})["Location"] == reverse("wagtailadmin_home")
        assert act(client, "export", guest)["Location"] == reverse("wagtailadmin_home")
        assert not Erasure.objects.exists()
        assert "privacy-requests" not in client.get("/admin/").content.decode()

    def test_a_stranger_is_sent_to_sign_in(self, client, guest):
        assert "login" in client.get(FIND)["Location"]

    def test_an_officer_finds_the_way_in_the_menu(self, signed_in, officer):
        assert "privacy-requests" in signed_in(officer).get("/admin/").content.decode()
