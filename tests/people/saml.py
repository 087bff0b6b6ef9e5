"""An identity provider that speaks SAML, for the tests: it reads what we ask and signs what it answers.

A browser alone goes between it and us, so that it needs no server. Whoever sits before the browser is
`person`. `change` alters an assertion before it is signed, `wrap` the answer after.
"""

import base64
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.http import HttpResponse
from django.test import Client
from lxml import etree
from signxml import CanonicalizationMethod, SignatureMethod, XMLSigner

from people.groups import EMPLOYEES
from people.provider.saml import ASSERTION, BEARER, NAMES, PERSISTENT, PROTOCOL, SUCCESS
from tests.people.provider import leave

ENTITY = "https://id.nordet.example/saml"
ADDRESS = "https://id.nordet.example/saml/sign-in"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
PASSWORD_AND_MORE = "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"


def make_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


def certify(key: Any) -> x509.Certificate:
    """Return a certificate that a key gives itself, as providers do."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "id.nordet.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=900)).not_valid_after(now + timedelta(days=900))
    return builder.sign(key, hashes.SHA256())


KEY, OTHER_KEY, EC_KEY = make_key(), make_key(), ec.generate_private_key(ec.SECP256R1())
CERTIFICATE, OTHER_CERTIFICATE, EC_CERTIFICATE = certify(KEY), certify(OTHER_KEY), certify(EC_KEY)


def isaac() -> dict[str, Any]:
    return {
        "id": "G-5f1c2",
        "attributes": {
            "urn:oid:2.5.4.42": ["Isaac"],
            "sn": ["Tremblay"],
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": [
                "isaac.tremblay@nordet.example"
            ],
            "groups": ["staff"],
        },
    }


@dataclass
class SamlProvider:
    """What it knows, and what it does to its answers today."""

    person: dict[str, Any] = field(default_factory=isaac)
    change: Callable[[Any], object] = lambda assertion: None
    sign: Callable[[Any], Any] = lambda assertion: sign(assertion)
    wrap: Callable[[Any], object] = lambda answer: None
    status: str = SUCCESS

    def answer(self, address: str) -> tuple[str, dict[str, str]]:
        """Return where the browser sends which form, after it has been led to `address`."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == ADDRESS
        asked = read_request(dict(parse_qsl(parts.query))["SAMLRequest"])
        answer = etree.Element(
            f"{{{PROTOCOL}}}Response", {"ID": "_answer", "Version": "2.0", "IssueInstant": at()}, nsmap=NAMES
        )
        etree.SubElement(answer, f"{{{ASSERTION}}}Issuer").text = ENTITY
        status = etree.SubElement(answer, f"{{{PROTOCOL}}}Status")
        etree.SubElement(status, f"{{{PROTOCOL}}}StatusCode", Value=self.status)
        assertion = self._assertion(asked)
        self.change(assertion)
        answer.append(self.sign(assertion))
        self.wrap(answer)
        return asked.get("AssertionConsumerServiceURL"), {"SAMLResponse": encode(etree.tostring(answer))}

    def _assertion(self, asked: Any) -> Any:
        back, request_id = asked.get("AssertionConsumerServiceURL"), asked.get("ID")
        text = f"""
<saml:Assertion xmlns:saml="{ASSERTION}" ID="_assertion" Version="2.0" IssueInstant="{at()}">
<saml:Issuer>{ENTITY}</saml:Issuer>
<saml:Subject>
<saml:NameID Format="{PERSISTENT}">{self.person["id"]}</saml:NameID>
<saml:SubjectConfirmation Method="{BEARER}">
<saml:SubjectConfirmationData Recipient="{back}" InResponseTo="{request_id}" NotOnOrAfter="{at(300)}"/>
</saml:SubjectConfirmation>
</saml:Subject>
<saml:Conditions NotBefore="{at(-60)}" NotOnOrAfter="{at(300)}">
<saml:AudienceRestriction><saml:Audience>{back}</saml:Audience></saml:AudienceRestriction>
</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{at()}">
<saml:AuthnContext><saml:AuthnContextClassRef>{PASSWORD_AND_MORE}</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement>
<saml:AttributeStatement/>
</saml:Assertion>"""
        assertion = etree.fromstring(text.strip())
        [statement] = find(assertion, "AttributeStatement")
        for name, values in self.person["attributes"].items():
            attribute = etree.SubElement(statement, f"{{{ASSERTION}}}Attribute", Name=name)
            for value in values:
                etree.SubElement(attribute, f"{{{ASSERTION}}}AttributeValue").text = value
        return assertion


def sign(assertion: Any, key: Any = KEY, algorithm: str = "RSA_SHA256", certificate: Any = None) -> Any:
    """Return the assertion with the signature of its whole, where SAML wants it: behind the issuer."""
    issuer = find(assertion, "Issuer")[0]
    place = etree.Element(f"{{{SIGNATURE}}}Signature", Id="placeholder", nsmap={"ds": SIGNATURE})
    issuer.addnext(place)
    signer = XMLSigner(
        signature_algorithm=SignatureMethod[algorithm],
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    cert = [certificate or (EC_CERTIFICATE if key is EC_KEY else CERTIFICATE)]
    return signer.sign(assertion, key=key, cert=cert, reference_uri=assertion.get("ID"))


def at(seconds: float = 0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def find(element: Any, name: str) -> list[Any]:
    return list(element.iter(f"{{{ASSERTION}}}{name}"))


def encode(content: bytes) -> str:
    return base64.b64encode(content).decode()


def read_request(sent: str) -> Any:
    return etree.fromstring(zlib.decompress(base64.b64decode(sent), wbits=-15))


@pytest.fixture
def saml(settings: Any, site: Any) -> Iterator[SamlProvider]:
    """A provider in good faith, with which people sign in here."""
    settings.SAML_ENTITY, settings.SAML_ADDRESS = ENTITY, ADDRESS
    settings.PROVIDER_ISSUER = f"saml:{ENTITY}"
    settings.SAML_CERTIFICATES = [OTHER_CERTIFICATE, CERTIFICATE]  # it is about to change its key
    settings.PROVIDER_LABEL = "Nordet ID"
    settings.PROVIDER_GROUPS = {"staff": [EMPLOYEES]}
    return SamlProvider()


# --- What a browser does ------------------------------------------------------------------------


def send_form(address: str, form: dict[str, str]) -> HttpResponse:
    """Send a form from the provider's page: the browser brings no cookie of ours along."""
    sender = Client(enforce_csrf_checks=True)
    return sender.post(
        urlsplit(address).path,
        form,
        headers={"sec-fetch-site": "cross-site", "origin": "https://id.nordet.example"},
    )


def follow(client: Client, answer: HttpResponse) -> HttpResponse:
    """Follow where the form led, now with one's cookies; a page instead is returned as it is."""
    return client.get(answer["Location"]) if answer.status_code == 302 else answer


def pass_through(
    client: Client, saml: SamlProvider, way_back: str = "", language: str = "fr"
) -> HttpResponse:
    """Sign in by the whole way there and back, and return the last answer."""
    address, form = saml.answer(leave(client, way_back, language))
    return follow(client, send_form(address, form))
