"""Addresses of mail: those to which a message can be sent, written in one way.

Much passes for an address that no mail server takes. What people type, and what the organisation's provider
says of them, comes through here: an address that is kept can be sent to, and two spellings of one mailbox
are the same words.
"""

import smtplib
from email.errors import MessageError
from email.headerregistry import Address

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

NO_MAILBOX = _("No mail reaches this address: check what stands before the @.")
NO_DOMAIN = _("No mail reaches this address: check what stands after the @.")
LONGEST_MAILBOX = 64  # octets before the @ (RFC 5321, 4.5.3.1.1)
LONGEST_ADDRESS = 254  # octets, as it travels (RFC 5321, 4.5.3.1.3, without its brackets)


def as_sent(address: str) -> str:
    """Return the address as mail will carry it: in ASCII, its domain encoded (RFC 5891).

    Raises `ValidationError` for what is no address (`invalid`), for a domain that cannot be written or is a
    machine's number (`domain`), and for what mail cannot carry before the @, accents above all (`mailbox`).
    """
    address = address.strip()
    validate_email(address)
    mailbox, _at, domain = address.rpartition("@")
    try:
        # The mailbox too: a server may tell capitals apart (RFC 5321), but hardly any does, and two spellings
        # must not make two guests.
        sent = f"{mailbox}@{punycode(domain)}".lower()
    except UnicodeError as error:  # a part of it is too long, or has signs of no alphabet
        raise ValidationError(NO_DOMAIN, code="domain") from error
    if domain.startswith("[") or len(sent) > LONGEST_ADDRESS:
        raise ValidationError(NO_DOMAIN, code="domain")
    if not mailbox.isascii() or len(mailbox) > LONGEST_MAILBOX or not _is_understood(sent):
        raise ValidationError(NO_MAILBOX, code="mailbox")
    return sent


def _is_understood(sent: str) -> bool:
    """Whether header and envelope, which take it apart each in their own way, find the same."""
    try:
        return Address(addr_spec=sent).addr_spec == sent and smtplib.quoteaddr(sent) == f"<{sent}>"
    except (ValueError, MessageError):
        return False


def tidy_address(address: str) -> str:
    """Return the address as it is kept: small letters, its domain as people read it.

    Spellings that mail takes for one (`JEAN@ＱＵÉBEC.example`) come back the same. Raises `ValidationError`
    as `as_sent` does.
    """
    sent = as_sent(address)
    mailbox, _at, domain = sent.rpartition("@")
    try:
        return f"{mailbox}@{domain.encode('ascii').decode('idna')}"
    except UnicodeError:  # it says that it is encoded, and is not
        return sent


class AddressField(forms.EmailField):
    """Where an address is typed; what comes out can be sent to, in the spelling that is kept."""

    default_error_messages = {
        "required": _("Give your email address."),
        "invalid": _("This does not look like an email address. Write it as name@example.org."),
    }

    def __init__(self, **options: object) -> None:
        super().__init__(
            **{
                "label": _("Email address"),
                "max_length": LONGEST_ADDRESS,
                "widget": forms.EmailInput(attrs={"autocomplete": "email"}),
                **options,
            }
        )

    def clean(self, value: object) -> str:
        address = super().clean(value)
        return tidy_address(address) if address else ""
