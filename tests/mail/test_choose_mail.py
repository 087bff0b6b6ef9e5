"""People with an account choose of what they are told, and how often."""

import pytest
from django.urls import reverse

from mail.models import MailFrequency, MailPreference
from people.models import Participant
from privacy.models import Consent

pytestmark = pytest.mark.django_db


def page() -> str:
    return reverse("personal_page")


def choice() -> str:
    return reverse("choose_own_mail")


class TestChoose:
    def test_looking_writes_nothing(self, employee, signed_in):
        body = signed_in(employee).get(page()).content.decode()
        assert 'name="mail_replies"' in body
        assert not Participant.objects.exists()

    def test_it_is_kept_with_its_date_and_wording(self, employee, signed_in):
        response = signed_in(employee).post(choice(), {"mail_replies": "weekly"})
        assert response.status_code == 303
        preference = MailPreference.objects.get(participant__user=employee)
        assert preference.frequency == MailFrequency.WEEKLY
        assert Consent.objects.get().wording == "mail-1"

    def test_what_was_not_touched_was_not_agreed_to(self, employee, signed_in):
        signed_in(employee).post(choice(), {"mail_replies": "never"})
        assert not MailPreference.objects.exists()

    def test_nonsense_is_refused_with_a_sentence(self, employee, signed_in):
        response = signed_in(employee).post(choice(), {"mail_replies": "hourly"})
        assert response.status_code == 422
        assert not MailPreference.objects.exists()

    @pytest.mark.parametrize(
        ("who", "is_offered"), [("moderator", True), ("employee", False), ("editor", False)]
    )
    def test_what_waits_is_offered_to_moderators(self, who, is_offered, request, signed_in):
        body = signed_in(request.getfixturevalue(who)).get(page()).content.decode()
        assert ('name="mail_waiting"' in body) == is_offered
