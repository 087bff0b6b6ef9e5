"""An address that is kept can be sent to, and two spellings of one mailbox are one (R01)."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from hypothesis import example, given
from hypothesis import strategies as st

from people.addresses import AddressField, as_sent, tidy_address
from people.models import User

# As typed, as it is kept, and as it travels.
TAKEN = [
    ("odile@example.org", "odile@example.org", "odile@example.org"),
    (" Odile@Example.ORG ", "odile@example.org", "odile@example.org"),
    ("odile+nordet@example.org", "odile+nordet@example.org", "odile+nordet@example.org"),
    ("o'dile@example.org", "o'dile@example.org", "o'dile@example.org"),
    ("o.d-i_le@example.co.uk", "o.d-i_le@example.co.uk", "o.d-i_le@example.co.uk"),
    ("1@example.org", "1@example.org", "1@example.org"),
    ("{a}|b=c/d@example.org", "{a}|b=c/d@example.org", "{a}|b=c/d@example.org"),
    ("a@localhost", "a@localhost", "a@localhost"),
    ("odile@québec.ca", "odile@québec.ca", "odile@xn--qubec-csa.ca"),
    ("odile@QUÉBEC.CA", "odile@québec.ca", "odile@xn--qubec-csa.ca"),
    ("odile@que\u0301bec.ca", "odile@québec.ca", "odile@xn--qubec-csa.ca"),
    ("odile@xn--qubec-csa.ca", "odile@québec.ca", "odile@xn--qubec-csa.ca"),
    ("odile@ｅxample.org", "odile@example.org", "odile@example.org"),
    ("odile@exam\u212aple.org", "odile@examkple.org", "odile@examkple.org"),  # the sign of the Kelvin
    ("odile@ex\u00adample.org", "odile@example.org", "odile@example.org"),  # a hyphen that is not seen
    ("odile@straße.de", "odile@strasse.de", "odile@strasse.de"),
    ("odile@münchen.de", "odile@münchen.de", "odile@xn--mnchen-3ya.de"),
    ("odile@مثال.org", "odile@مثال.org", "odile@xn--mgbh0fb.org"),
    ("jean@" + "é" * 20 + ".org", "jean@" + "é" * 20 + ".org", "jean@xn--9ca" + "a" * 19 + ".org"),
    ("odile@xn--zzzzzz.ca", "odile@xn--zzzzzz.ca", "odile@xn--zzzzzz.ca"),  # decodes to nothing
    ('"a@b"@example.org', '"a@b"@example.org', '"a@b"@example.org'),
    ("x" * 64 + "@example.org", "x" * 64 + "@example.org", "x" * 64 + "@example.org"),
]
REFUSED = [
    ("", "invalid"),
    ("odile", "invalid"),
    ("odile@", "invalid"),
    ("@example.org", "invalid"),
    ("odile@example", "invalid"),
    ("odile@-example.org", "invalid"),
    ("odile..g@example.org", "invalid"),
    ("odile@example..org", "invalid"),
    ("odile g@example.org", "invalid"),
    ("odile@example.org\nBcc: x@example.org", "invalid"),
    ("odile@example.org, x@example.org", "invalid"),
    ("Odile <odile@example.org>", "invalid"),
    ("odile@example。org", "invalid"),
    ("odilé@example.org", "invalid"),
    ("od\u0131le@example.org", "mailbox"),  # an i without its dot, which passes for one where case is ignored
    ("\u212aim@example.org", "mailbox"),
    ("\u017fam@example.org", "mailbox"),
    ('"odile"@example.org', "mailbox"),  # a mail program takes the marks away
    ("x" * 65 + "@example.org", "mailbox"),
    ("jean@" + "é" * 58 + ".org", "domain"),  # 63 signs are not too many before it is encoded
    ("odile@" + ".".join(["abcdefghij"] * 25) + ".org", "domain"),
    ("odile@\u05d01.org", "domain"),  # from right to left, and ends in a digit
    ("odile@[127.0.0.1]", "domain"),
    ("odile@[IPv6:::1]", "invalid"),
]


@pytest.mark.parametrize(("typed", "kept", "sent"), TAKEN)
def test_r01_it_is_kept_in_one_spelling(typed, kept, sent):
    assert tidy_address(typed) == kept
    assert tidy_address(kept) == kept
    assert as_sent(typed) == as_sent(kept) == sent


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_r01_what_mail_cannot_carry_is_refused_with_its_reason(typed, code):
    with pytest.raises(ValidationError) as refusal:
        tidy_address(typed)
    assert refusal.value.code == code


def test_r01_a_real_server_takes_what_is_kept(mail_server):
    """What passes for an address, a server may still refuse: the conversation itself decides."""
    for _typed, kept, _sent in TAKEN:
        EmailMessage("Bonjour", "Un mot.", "news@example.org", [kept]).send()
    assert [envelope.rcpt_tos for envelope in mail_server.taken] == [[sent] for *_kept, sent in TAKEN]
    for envelope, (_typed, kept, sent) in zip(mail_server.taken, TAKEN, strict=True):
        [to] = message_from_bytes(envelope.content, policy=default)["To"].addresses
        assert to.addr_spec in {kept, sent}


@given(
    st.one_of(
        st.emails(),
        st.builds(
            "{}@{}.org".format,
            st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=70),
            st.text(st.characters(categories=["L", "N", "M", "Cf"]), min_size=1, max_size=70),
        ),
    )
)
@example("jean@" + "é" * 58 + ".org")
@example("a@xn--a.org")
def test_r01_whatever_is_kept_stays_what_it_is_and_makes_a_message(address):
    try:
        kept = tidy_address(address)
    except ValidationError:
        return
    assert tidy_address(kept) == kept
    assert as_sent(kept).isascii()
    message = EmailMessage("Bonjour", "Un mot.", "news@example.org", [kept]).message()
    assert message.as_bytes()


class TestWhereItIsTyped:
    def test_r01_the_field_says_what_to_look_at(self):
        field = AddressField()
        for typed, part in (("jean@" + "é" * 58 + ".org", "after"), ("\u212aim@example.org", "before")):
            with pytest.raises(ValidationError) as refusal:
                field.clean(typed)
            assert {"after": "suit", "before": "précède"}[part] in str(refusal.value.messages)

    def test_r01_an_account_is_made_in_one_spelling(self, new_portal):
        call_command("setup_site", admin_email="Sylvie@QUÉBEC.ca", interactive=False, verbosity=0)
        assert User.objects.filter(email="sylvie@québec.ca").exists()

    def test_r01_the_first_administrator_can_be_written_to(self, new_portal):
        with pytest.raises(CommandError, match="not an email address"):
            call_command("setup_site", admin_email="jean@" + "é" * 58 + ".org", interactive=False)
