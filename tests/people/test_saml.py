"""People sign in with a provider that speaks SAML: the way there and back, and hostile answers (T14)."""

import time
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from lxml import etree

from people.groups import EDITORS, EMPLOYEES
from people.models import ProviderIdentity, ProviderSession, User, UserSession
from people.provider.saml import ASSERTION, KNOWN_NAMES, PROTOCOL
from tests.people.provider import leave
from tests.people.saml import (
    ADDRESS,
    CERTIFICATE,
    EC_CERTIFICATE,
    EC_KEY,
    ENTITY,
    OTHER_KEY,
    PASSWORD_AND_MORE,
    SIGNATURE,
    at,
    certify,
    encode,
    find,
    follow,
    isaac,
    make_key,
    pass_through,
    read_request,
    send_form,
    sign,
)
from tests.people.test_sign_in import HOSTILE

BACK = f"{settings.WAGTAILADMIN_BASE_URL}/account/provider/saml/"


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def nobody_came(client: Client) -> bool:
    return not (is_in(client) or ProviderIdentity.objects.exists() or ProviderSession.objects.exists())


@pytest.fixture
def newcomer(client, saml) -> User:
    """Isaac has come by the provider."""
    pass_through(client, saml)
    return ProviderIdentity.objects.get(subject=isaac()["id"]).user


class TestSignInAttempt:
    """There, back, and in."""

    def test_what_leaves_with_the_browser(self, client, saml):
        address = leave(client)
        assert address.startswith(f"{ADDRESS}?SAMLRequest=")
        asked = read_request(dict(parse_qsl(urlsplit(address).query))["SAMLRequest"])
        assert asked.get("Destination") == ADDRESS
        assert asked.get("AssertionConsumerServiceURL") == BACK
        assert asked.findtext(f"{{{ASSERTION}}}Issuer") == BACK
        assert len(asked.get("ID")) > 43

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_signs_in_and_leads_home_in_the_readers_language(self, client, saml, language):
        answer = pass_through(client, saml, language=language)
        assert answer["Location"] == f"/{language}/"
        assert is_in(client)

    def test_it_leads_back_to_where_one_was_sent_from(self, client, saml, internal_fr):
        answer = pass_through(client, saml, internal_fr.get_url())
        assert answer["Location"] == internal_fr.get_url()
        assert client.get(internal_fr.get_url()).status_code == HTTPStatus.OK

    def test_who_one_is(self, newcomer):
        assert newcomer.display_name == "Isaac Tremblay"
        assert newcomer.email == "isaac.tremblay@nordet.example"
        assert newcomer.provider_identity.issuer == f"saml:{ENTITY}"
        assert not newcomer.has_usable_password()
        assert set(newcomer.groups.values_list("profile__key", flat=True)) == {EMPLOYEES}

    def test_groups_follow_at_each_sign_in(self, newcomer, saml, settings):
        settings.PROVIDER_GROUPS = {"staff": [EMPLOYEES], "press": [EDITORS]}
        saml.person["attributes"]["groups"] = ["press", "others"]
        pass_through(Client(), saml)
        assert set(newcomer.groups.values_list("profile__key", flat=True)) == {EDITORS}

    @pytest.mark.parametrize("ours", KNOWN_NAMES)
    def test_attributes_are_known_by_every_name_of_theirs(self, saml, client, ours):
        for theirs in KNOWN_NAMES[ours]:
            saml.person = {"id": theirs, "attributes": {theirs: ["isaac@nordet.example"]}}
            pass_through(Client(), saml)
        assert ProviderIdentity.objects.count() == len(KNOWN_NAMES[ours])

    def test_t13_an_address_links_nobody(self, client, saml, employee):
        saml.person["attributes"] = {"mail": [employee.email]}
        pass_through(client, saml)
        assert client.session[SESSION_KEY] != str(employee.pk)
        assert not ProviderIdentity.objects.get().user.has_address

    def test_t13_a_subject_of_openid_connect_is_somebody_else(self, saml, client, employee):
        ProviderIdentity.objects.create(user=employee, issuer=ENTITY, subject=isaac()["id"])
        pass_through(client, saml)
        assert client.session[SESSION_KEY] != str(employee.pk)

    def test_the_second_step_counts_as_the_settings_say(self, client, saml, settings):
        settings.PROVIDER_SECOND_STEP = [PASSWORD_AND_MORE]
        pass_through(client, saml)
        assert ProviderSession.objects.get().has_second_step

    def test_the_number_of_the_session_is_a_new_one(self, client, saml):
        address, form = saml.answer(leave(client))
        before = client.session.session_key
        follow(client, send_form(address, form))
        assert is_in(client)
        assert client.session.session_key != before

    def test_a_key_of_the_other_kind_signs_as_well(self, client, saml, settings):
        settings.SAML_CERTIFICATES = [EC_CERTIFICATE]
        saml.sign = lambda assertion: sign(assertion, EC_KEY, "ECDSA_SHA256")
        pass_through(client, saml)
        assert is_in(client)

    def test_a_key_that_is_about_to_come_signs_as_well(self, client, saml):
        saml.sign = lambda assertion: sign(assertion, OTHER_KEY)
        pass_through(client, saml)
        assert is_in(client)

    def test_the_sign_in_page_has_its_button_and_lets_the_form_lead_there(self, client, saml):
        page = client.get(reverse("account_login"))
        assert "Nordet ID" in page.content.decode()
        assert "https://id.nordet.example" in page["Content-Security-Policy"]

    def test_without_such_a_provider_nothing_is_there(self, client, site):
        assert client.post(BACK).status_code == HTTPStatus.NOT_FOUND
        assert client.get(reverse("end_saml_sign_in")).status_code == HTTPStatus.NOT_FOUND

    def test_with_it_there_is_no_way_back_of_the_other_kind(self, client, saml):
        assert client.get(reverse("end_provider_sign_in")).status_code == HTTPStatus.NOT_FOUND


class TestEnd:
    """The provider cannot be asked again: its word is good for some minutes."""

    @pytest.mark.parametrize(("minutes", "goes_on"), [(29, True), (31, False)])
    def test_t11_a_session_ends_after_the_minutes_of_the_settings(
        self, client, newcomer, internal_fr, minutes, goes_on
    ):
        with time_machine.travel(time.time() + minutes * 60):
            answer = client.get(internal_fr.get_url())
            assert (answer.status_code == HTTPStatus.OK) is goes_on
            assert UserSession.objects.filter(user=newcomer).exists() is goes_on

    def test_t11_other_browsers_are_not_touched(self, client, newcomer, saml):
        later = Client()
        with time_machine.travel(time.time() + 20 * 60):
            pass_through(later, saml)
        with time_machine.travel(time.time() + 31 * 60):
            client.get("/fr/")
            later.get("/fr/")
            assert (is_in(client), is_in(later)) == (False, True)

    def test_t11_the_provider_may_say_an_earlier_end(self, client, saml):
        saml.change = lambda assertion: find(assertion, "AuthnStatement")[0].set(
            "SessionNotOnOrAfter", at(600)
        )
        pass_through(client, saml)
        with time_machine.travel(time.time() + 11 * 60):
            client.get("/fr/")
            assert not is_in(client)

    def test_t11_and_no_later_one(self, client, saml, settings):
        saml.change = lambda assertion: find(assertion, "AuthnStatement")[0].set(
            "SessionNotOnOrAfter", at(9e4)
        )
        settings.SAML_MINUTES = 5
        pass_through(client, saml)
        with time_machine.travel(time.time() + 6 * 60):
            client.get("/fr/")
            assert not is_in(client)

    def test_t11_another_provider_ends_it(self, client, newcomer, settings):
        settings.PROVIDER_ISSUER = "saml:https://another.example"
        client.get("/fr/")
        assert not is_in(client)

    def test_t11_whoever_is_disabled_here_stays_out(self, client, newcomer, saml):
        newcomer.is_active = False
        newcomer.save()
        pass_through(client, saml)
        assert not is_in(client)


# --- Hostile answers ----------------------------------------------------------------------------


def set_of(name: str, attribute: str, value: str | None):
    """Return how an assertion is changed before it is signed: None takes the attribute away."""

    def change(assertion):
        for element in find(assertion, name):
            if value is None:
                del element.attrib[attribute]
            else:
                element.set(attribute, value)

    return change


def text_of(name: str, text: str):
    return lambda assertion: setattr(find(assertion, name)[0], "text", text)


def without(name: str):
    def change(assertion):
        for element in find(assertion, name):
            element.getparent().remove(element)

    return change


def twice(name: str):
    def change(assertion):
        element = find(assertion, name)[0]
        element.addnext(etree.fromstring(etree.tostring(element)))

    return change


CHANGED = {
    "for another audience": text_of("Audience", "https://another.example/"),
    "for no audience": without("AudienceRestriction"),
    "without conditions": without("Conditions"),
    "for another address": set_of("SubjectConfirmationData", "Recipient", "https://evil.example/"),
    "for no address": set_of("SubjectConfirmationData", "Recipient", None),
    "expired": set_of("Conditions", "NotOnOrAfter", at(-3600)),
    "expired for its bearer": set_of("SubjectConfirmationData", "NotOnOrAfter", at(-3600)),
    "without an end": set_of("SubjectConfirmationData", "NotOnOrAfter", None),
    # Counted from when this module is read: the test may come to it hours later.
    "from the future": set_of("Conditions", "NotBefore", at(30 * 86_400)),
    "with a time that is none": set_of("Conditions", "NotOnOrAfter", "soon"),
    "with a time without a zone": set_of("Conditions", "NotOnOrAfter", "2099-01-01T00:00:00"),
    "made before it was asked for": set_of("Assertion", "IssueInstant", at(-3600)),
    "that nobody asked for": set_of("SubjectConfirmationData", "InResponseTo", None),
    "to another request": set_of("SubjectConfirmationData", "InResponseTo", "_another"),
    "by another way than in person": set_of(
        "SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"
    ),
    "from another provider": text_of("Issuer", "https://evil.example"),
    "of another version": set_of("Assertion", "Version", "1.1"),
    "about nobody": without("Subject"),
    "about nobody by name": text_of("NameID", ""),
    "about somebody with a very long name": text_of("NameID", 256 * "x"),
    "by a name that changes": set_of(
        "NameID", "Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    ),
    "by a mail address": set_of("NameID", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"),
    "by a name for somebody else": set_of("NameID", "SPNameQualifier", "https://another.example/"),
    "by a name of somebody else's": set_of("NameID", "NameQualifier", "https://another.example/"),
    "about two at once": twice("NameID"),
    "without a sign-in": without("AuthnStatement"),
    "of a session that is over": set_of("AuthnStatement", "SessionNotOnOrAfter", at(-60)),
}
KEY_NOBODY_KNOWS = make_key()
SIGNED = {
    "not signed": lambda assertion: assertion,
    "signed by another key": lambda assertion: sign(assertion, KEY_NOBODY_KNOWS),
    "signed by a key that it brings along": lambda assertion: sign(
        assertion, KEY_NOBODY_KNOWS, certificate=certify(KEY_NOBODY_KNOWS)
    ),
    "signed by a key of the other kind": lambda assertion: sign(assertion, EC_KEY, "ECDSA_SHA256"),
    "signed in a weak way": lambda assertion: sign_weakly(assertion),
    "changed after it was signed": lambda assertion: change_signed(assertion, "G-other"),
    "with its digest changed": lambda assertion: change_digest(assertion),
}


def sign_weakly(assertion):
    """Say that it was signed with SHA-1, which nobody should believe, whatever the signature is."""
    signed = sign(assertion)
    for element in signed.iter(f"{{{SIGNATURE}}}SignatureMethod"):
        element.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")
    return signed


def change_signed(assertion, name: str):
    signed = sign(assertion)
    text_of("NameID", name)(signed)
    return signed


def change_digest(assertion):
    signed = sign(assertion)
    for element in signed.iter(f"{{{SIGNATURE}}}DigestValue"):
        element.text = "AAAA" + element.text[4:]
    return signed


def copy(element):
    return etree.fromstring(etree.tostring(element))


def forged(answer):
    """Return a copy of the signed assertion that speaks of somebody else."""
    evil = copy(find(answer, "Assertion")[0])
    text_of("NameID", "G-other")(evil)
    return evil


def put_before(answer):
    evil = forged(answer)
    evil.set("ID", "_evil")
    find(answer, "Assertion")[0].addprevious(evil)


def put_behind(answer):
    evil = forged(answer)
    evil.set("ID", "_evil")
    answer.append(evil)


def put_beside_with_the_same_id(answer):
    answer.append(forged(answer))


def put_around(answer):
    """The forged one holds the signed one, and its signature, where a reader may not look."""
    good, evil = find(answer, "Assertion")[0], forged(answer)
    evil.set("ID", "_evil")
    etree.SubElement(evil, f"{{{ASSERTION}}}Advice").append(copy(good))
    answer.replace(good, evil)


def put_into_the_signature(answer):
    good, evil = find(answer, "Assertion")[0], forged(answer)
    evil.set("ID", "_evil")
    signature = evil.find(f"{{{SIGNATURE}}}Signature")
    etree.SubElement(signature, f"{{{SIGNATURE}}}Object").append(copy(good))
    answer.replace(good, evil)


def put_aside(answer):
    """The signed one hides in an extension; the forged one has no signature."""
    good, evil = find(answer, "Assertion")[0], forged(answer)
    evil.remove(evil.find(f"{{{SIGNATURE}}}Signature"))
    evil.set("ID", "_evil")
    answer.replace(good, evil)
    etree.SubElement(answer, f"{{{PROTOCOL}}}Extensions").append(good)


def hide_in_an_extension(answer):
    good = find(answer, "Assertion")[0]
    etree.SubElement(answer, f"{{{PROTOCOL}}}Extensions").append(good)


def take_away(answer):
    answer.remove(find(answer, "Assertion")[0])


def lock(answer):
    find(answer, "Assertion")[0].tag = f"{{{ASSERTION}}}EncryptedAssertion"


WRAPPED = [
    put_before,
    put_behind,
    put_beside_with_the_same_id,
    put_around,
    put_into_the_signature,
    put_aside,
    hide_in_an_extension,
    take_away,
    lock,
]


class TestAnswers:
    """Nobody is let in by an answer that is not right in everything."""

    @pytest.mark.parametrize("how", CHANGED)
    def test_t14_an_assertion_is_refused(self, client, saml, how):
        saml.change = CHANGED[how]
        assert pass_through(client, saml).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    @pytest.mark.parametrize("how", SIGNED)
    def test_t14_a_signature_is_refused(self, client, saml, how):
        saml.sign = SIGNED[how]
        assert pass_through(client, saml).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    @pytest.mark.parametrize("wrap", WRAPPED)
    def test_t14_what_is_not_signed_is_not_read(self, client, saml, wrap):
        saml.wrap = wrap
        assert pass_through(client, saml).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    def test_t14_a_remark_does_not_cut_a_name(self, client, saml):
        """“G-5f1c2<!-- -->-other”, signed for whoever has that name, is nobody else: not G-5f1c2."""
        saml.person["id"] = "G-5f1c2-other"

        def remark(answer):
            name = find(answer, "NameID")[0]
            name.text = "G-5f1c2"
            name.append(etree.Comment(" "))
            name[0].tail = "-other"

        saml.wrap = remark
        pass_through(client, saml)
        assert not ProviderIdentity.objects.exclude(subject="G-5f1c2-other").exists()

    def test_t14_nor_one_that_is_signed_with_it(self, client, saml):
        saml.change = lambda assertion: find(assertion, "NameID")[0].append(etree.Comment("x"))
        pass_through(client, saml)
        assert not ProviderIdentity.objects.exclude(subject=isaac()["id"]).exists()

    def test_t14_a_signed_answer_around_an_unsigned_assertion_is_refused(self, client, saml):
        saml.sign = lambda assertion: assertion
        saml.wrap = lambda answer: answer.insert(1, signature_of(answer))
        assert pass_through(client, saml).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    @pytest.mark.parametrize("status", ["Responder", "Requester"])
    def test_an_answer_that_says_no_lets_nobody_in(self, client, saml, status):
        saml.status = f"urn:oasis:names:tc:SAML:2.0:status:{status}"
        assert pass_through(client, saml).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    @pytest.mark.parametrize(
        "sent",
        [
            "",
            "Bonjour",
            "é",
            encode(b"<a>"),
            encode(b"\x00"),
            encode(b"<a/>"),
            200_001 * "A",
            encode(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
            encode(b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'),
        ],
    )
    def test_t14_what_is_no_answer_is_refused(self, client, saml, sent):
        address, _form = saml.answer(leave(client))
        answer = send_form(address, {"SAMLResponse": sent})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert not answer.cookies

    def test_t14_a_key_that_was_taken_out_signs_nobody_in(self, client, saml, settings):
        settings.SAML_CERTIFICATES = [c for c in settings.SAML_CERTIFICATES if c != CERTIFICATE]
        pass_through(client, saml)
        assert nobody_came(client)

    def test_t14_a_certificate_that_is_over_signs_nobody_in(self, client, saml):
        with time_machine.travel(time.time() + 901 * 86_400):
            pass_through(client, saml)
        assert nobody_came(client)


def signature_of(answer):
    signed = sign(copy(answer))
    return signed.find(f"{{{SIGNATURE}}}Signature")


class TestTheWayBack:
    """An answer is good for the browser that asked, and one time."""

    def test_t14_an_answer_opens_once(self, client, saml):
        address, form = saml.answer(leave(client))
        follow(client, send_form(address, form))
        client.logout()
        answer = follow(client, send_form(address, form))
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert not is_in(client)

    def test_t14_the_address_that_follows_opens_once(self, client, saml):
        address, form = saml.answer(leave(client))
        answer = send_form(address, form)
        follow(client, answer)
        client.logout()
        assert follow(client, answer).status_code == HTTPStatus.BAD_REQUEST
        assert not is_in(client)

    def test_t14_another_browser_cannot_end_it(self, client, saml):
        address, form = saml.answer(leave(Client()))
        leave(client)
        assert follow(client, send_form(address, form)).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    def test_t14_it_has_to_end_within_ten_minutes(self, client, saml):
        address = leave(client)
        with time_machine.travel(time.time() + 601):
            address, form = saml.answer(address)
            assert follow(client, send_form(address, form)).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    def test_t14_a_browser_follows_at_once_or_not_at_all(self, client, saml):
        address, form = saml.answer(leave(client))
        answer = send_form(address, form)
        with time_machine.travel(time.time() + 61):
            assert follow(client, answer).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    def test_t16_looking_ahead_ends_nothing(self, client, saml):
        address, form = saml.answer(leave(client))
        answer = send_form(address, form)
        for method in ("head", "options", "post"):
            assert getattr(client, method)(answer["Location"]).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert follow(client, answer).status_code == HTTPStatus.FOUND
        assert is_in(client)

    def test_t20_the_form_sets_no_cookie_and_signs_nobody_in(self, client, saml):
        address, form = saml.answer(leave(client))
        answer = send_form(address, form)
        assert not answer.cookies
        assert not UserSession.objects.exists()

    def test_t34_a_provider_on_a_neighbouring_host_is_heard_with_cookies(self, client, saml):
        address, form = saml.answer(leave(client))
        answer = client.post(urlsplit(address).path, form, headers={"sec-fetch-site": "same-site"})
        follow(client, answer)
        assert is_in(client)

    @pytest.mark.parametrize("address", HOSTILE)
    def test_t36_the_way_back_stays_here(self, client, saml, address):
        location = pass_through(client, saml, address)["Location"]
        assert is_in(client)
        assert location.startswith(("/", "http://testserver/"))
        assert not location.startswith(("//", "/\\"))

    def test_l21_nothing_that_was_said_reaches_a_log(self, client, saml, caplog):
        caplog.set_level("INFO")
        pass_through(client, saml)
        saml.change = CHANGED["expired"]
        pass_through(Client(), saml)
        saml.sign = SIGNED["signed by another key"]
        pass_through(Client(), saml)
        written = "\n".join([*caplog.messages, *(str(record.__dict__) for record in caplog.records)])
        assert "SAML sign-in failed: NotOnOrAfter has passed" in written
        for secret in (isaac()["id"], "isaac.tremblay", "Tremblay"):
            assert secret not in written
