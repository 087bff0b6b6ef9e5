"""Messages that come back: addresses that refuse mail, and people who complain."""

from email.message import Message
from email.parser import HeaderParser
from email.policy import default

from mail.models import OutgoingMail, SuppressedAddress

PERMANENT = "5"  # the class of a status that stays as it is (RFC 3463)


def suppress_address(address: str, *, reason: SuppressedAddress.Reason) -> SuppressedAddress:
    """Send nothing to `address` any more. The first reason stays."""
    digest = SuppressedAddress.digest_of(address)
    suppressed, _created = SuppressedAddress.objects.get_or_create(digest=digest, defaults={"reason": reason})
    return suppressed


def is_suppressed(address: str) -> bool:
    return SuppressedAddress.objects.filter(digest=SuppressedAddress.digest_of(address)).exists()


def read_bounce(report: Message) -> SuppressedAddress | None:
    """Suppress the address that a report of a mail server is about; None where it asks for nothing.

    Reads delivery reports (RFC 3464) and complaints (RFC 5965). Anybody can write such a report, so it
    counts only if it returns the Message-ID of a message that we sent, and it is that recipient's alone.
    """
    reason = _reason_of(report)
    mail = _mail_returned_by(report)
    if reason is None or mail is None:
        return None
    return suppress_address(mail.participant.address, reason=reason)


def _reason_of(report: Message) -> SuppressedAddress.Reason | None:
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            return SuppressedAddress.Reason.COMPLAINT
        if kind == "message/delivery-status":
            failed = any(
                # What is only delayed, or fails for now (4.x.x), may still arrive.
                field.get("Action", "").strip().lower() == "failed"
                and field.get("Status", "").strip().startswith(PERMANENT)
                for field in part.walk()
            )
            return SuppressedAddress.Reason.BOUNCE if failed else None
    return None


def _mail_returned_by(report: Message) -> OutgoingMail | None:
    """Return our message that the report gives back, whole or as its headers."""
    for part in report.walk():
        returned = part
        if part.get_content_type() == "text/rfc822-headers":
            returned = _headers_in(part)
        # The report has a Message-ID too, of the server that wrote it.
        elif part is report or "Message-ID" not in part:
            continue
        public_id = returned.get("Message-ID", "").strip().strip("<>").split("@")[0]
        mail = OutgoingMail.objects.filter(public_id=public_id).select_related("participant__user").first()
        if mail is not None:
            return mail
    return None


def _headers_in(part: Message) -> Message:
    payload = part.get_payload(decode=True)
    return HeaderParser(policy=default).parsestr(
        payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    )
