"""An administrator looks at what could not be sent, and sends it again."""

import pytest
from django.urls import reverse

from dialogue.mail import REPLY
from mail.models import MailStatus, OutgoingMail
from people.models import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(employee) -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind=REPLY,
        participant=Participant.of(employee),
        cause_id=1,
        status=MailStatus.DEAD,
        fault="SMTPResponseException 554",
    )


def again(mail: OutgoingMail) -> str:
    return reverse("send_mail_again", args=[mail.pk])


class TestSendAgain:
    def test_the_register_shows_what_was_given_up_and_offers_it(self, dead, administrator, signed_in):
        browser = signed_in(administrator)
        listing = browser.get(reverse("moderation_mail_modeladmin_index"), {"status": "dead"})
        assert "SMTPResponseException 554" in listing.content.decode()
        page = browser.get(reverse("moderation_mail_modeladmin_inspect", args=[dead.pk]))
        assert again(dead) in page.content.decode()

    def test_it_waits_again(self, dead, administrator, signed_in):
        response = signed_in(administrator).post(again(dead))
        assert response.status_code == 302
        dead.refresh_from_db()
        assert (dead.status, dead.attempts) == (MailStatus.QUEUED, 0)

    def test_the_second_time_changes_nothing(self, dead, administrator, signed_in):
        browser = signed_in(administrator)
        for _time in range(2):
            browser.post(again(dead))
        assert OutgoingMail.objects.get().status == MailStatus.QUEUED

    def test_looking_changes_nothing(self, dead, administrator, signed_in):
        assert signed_in(administrator).get(again(dead)).status_code == 405

    @pytest.mark.parametrize("who", ["editor", "moderator"])
    def test_others_may_not(self, dead, who, request, signed_in):
        browser = signed_in(request.getfixturevalue(who))
        browser.post(again(dead))
        assert browser.get(reverse("moderation_mail_modeladmin_index")).status_code in {302, 403}
        dead.refresh_from_db()
        assert dead.status == MailStatus.DEAD

    def test_a_stranger_is_asked_to_sign_in(self, dead, client):
        assert client.post(again(dead)).status_code == 401
        dead.refresh_from_db()
        assert dead.status == MailStatus.DEAD
