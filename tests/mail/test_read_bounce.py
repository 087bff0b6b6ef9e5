"""A mail server reports: the address does not exist, or somebody complained."""

import io
from email import message_from_string

import pytest
from django.core.management import call_command

from mail.actions import queue_mail, read_bounce
from mail.models import OutgoingMail, SuppressedAddress
from mail.outbox import message_id
from tests.mail.conftest import NOTICE

pytestmark = [pytest.mark.database, pytest.mark.django_db]

REPORT = """\
From: mailer-daemon@example.net
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/{kind}

{fields}
--b
Content-Type: {returned}

Message-ID: {message_id}
Subject: Bonjour

--b--
"""
FAILED = """\
Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; odile@example.org
Action: {action}
Status: {status}
"""
DELIVERY, COMPLAINT = "delivery-status", "feedback-report"
HEADERS, WHOLE = "text/rfc822-headers", "message/rfc822"


@pytest.fixture
def mail(guest) -> OutgoingMail:
    return queue_mail(NOTICE, guest, cause_id=1)


def report(
    mail_id: str, kind: str = DELIVERY, returned: str = HEADERS, action="failed", status="5.1.1"
) -> str:
    fields = "Feedback-Type: abuse\n" if kind == COMPLAINT else FAILED.format(action=action, status=status)
    return REPORT.format(kind=kind, fields=fields, returned=returned, message_id=mail_id)


class TestReport:
    @pytest.mark.parametrize("returned", [HEADERS, WHOLE])
    @pytest.mark.parametrize(("kind", "reason"), [(DELIVERY, "bounce"), (COMPLAINT, "complaint")])
    def test_it_suppresses_the_address(self, mail, kind, reason, returned):
        suppressed = read_bounce(message_from_string(report(message_id(mail), kind, returned)))
        assert suppressed.reason == reason
        assert suppressed.digest == SuppressedAddress.digest_of("ODILE@example.org ")

    @pytest.mark.parametrize(
        ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("relayed", "2.0.0")]
    )
    def test_what_may_pass_suppresses_nothing(self, mail, action, status):
        assert (
            read_bounce(message_from_string(report(message_id(mail), action=action, status=status))) is None
        )

    def test_a_report_on_a_message_that_is_not_ours_suppresses_nobody(self, mail):
        assert read_bounce(message_from_string(report("<forged@example.org>"))) is None
        assert read_bounce(message_from_string("Subject: hello\n\nworld")) is None

    def test_the_second_report_changes_nothing(self, mail):
        first = read_bounce(message_from_string(report(message_id(mail))))
        again = read_bounce(message_from_string(report(message_id(mail), COMPLAINT)))
        assert (again.pk, again.reason) == (first.pk, "bounce")


class TestCommand:
    def read(self, monkeypatch, text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        call_command("read_bounce")

    def test_it_reads_from_standard_input(self, mail, monkeypatch, capsys):
        self.read(monkeypatch, report(message_id(mail)))
        assert SuppressedAddress.objects.count() == 1
        assert capsys.readouterr().out == "The address is written to no more.\n"

    def test_it_says_when_there_is_nothing_to_do(self, mail, monkeypatch, capsys):
        self.read(monkeypatch, "nonsense")
        assert capsys.readouterr().out == "Nothing to do.\n"
