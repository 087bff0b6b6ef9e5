"""Sign-in with a provider that speaks SAML 2.0: what is asked of it, and what of its answer is believed.

Web Browser SSO (SAML Profiles, 4.1): the request leaves with the browser, the answer comes back in a form. Of
an answer only what the provider has signed is ever read: signxml checks the signature, and what is read is
made anew from the very bytes that were signed. So it does not matter what else stands in the answer, nor
where. Encrypted assertions, and answers to what nobody here has asked, are refused.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from people.ciphers import decrypt, encrypt
from people.provider.issuer import ProviderRefusalError

try:
    from lxml import etree
    from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLVerifier
except ImportError:  # an extra: without it, the settings refuse such a provider
    etree = None

ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
NAMES = {"saml": ASSERTION, "samlp": PROTOCOL}
BY_FORM = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
TOLERANCE = timedelta(minutes=2)  # by which clocks may differ
LONGEST_ANSWER = 200_000  # characters, as it is sent
LONGEST_SUBJECT = 255
# What providers call what we call otherwise: LDAP's names by their numbers, and Microsoft's.
_MICROSOFT = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
KNOWN_NAMES = {
    "given_name": ("givenName", "urn:oid:2.5.4.42", f"{_MICROSOFT}givenname"),
    "family_name": ("sn", "surname", "urn:oid:2.5.4.4", f"{_MICROSOFT}surname"),
    "name": ("displayName", "urn:oid:2.16.840.1.113730.3.1.241", f"{_MICROSOFT}name"),
    "email": ("mail", "urn:oid:0.9.2342.19200300.100.1.3", f"{_MICROSOFT}emailaddress"),
    "preferred_username": ("uid", "urn:oid:0.9.2342.19200300.100.1.1", f"{_MICROSOFT}upn"),
}


class AssertionRefusedError(ProviderRefusalError):
    """An answer that is not believed; the message says what is wrong with it and holds nothing of it."""


@dataclass(frozen=True)
class Assertion:
    """What the provider has said, in words of ours."""

    request: str  # which it answers
    made_at: datetime
    ends_at: datetime | None  # where the provider says how long its session lasts
    claims: dict[str, Any] = field(repr=False)

    def seal(self) -> str:
        """Return it encrypted, to be kept for the moment in which a browser follows."""
        ends_at = self.ends_at.isoformat() if self.ends_at else None
        return encrypt(json.dumps({**asdict(self), "made_at": self.made_at.isoformat(), "ends_at": ends_at}))

    @classmethod
    def open(cls, sealed: str) -> Self | None:
        """Return what was sealed, or None where the key of the site does not fit."""
        opened = decrypt(sealed)
        if opened is None:
            return None
        kept = json.loads(opened)
        ends_at = datetime.fromisoformat(kept["ends_at"]) if kept["ends_at"] else None
        return cls(**{**kept, "made_at": datetime.fromisoformat(kept["made_at"]), "ends_at": ends_at})


def address_of(request_id: str, *, back: str) -> str:
    """Return where the provider takes over; it answers to `back`, which is also what this site is called."""
    about = {
        "ID": request_id,
        "Version": "2.0",
        "IssueInstant": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Destination": settings.SAML_ADDRESS,
        "AssertionConsumerServiceURL": back,
        "ProtocolBinding": BY_FORM,
    }
    message = etree.Element(f"{{{PROTOCOL}}}AuthnRequest", about, nsmap=NAMES)
    etree.SubElement(message, f"{{{ASSERTION}}}Issuer").text = back
    etree.SubElement(message, f"{{{PROTOCOL}}}NameIDPolicy", Format=PERSISTENT, AllowCreate="true")
    packed = zlib.compress(etree.tostring(message))[2:-4]  # without the head and the sum of zlib
    sign = "&" if urlsplit(settings.SAML_ADDRESS).query else "?"
    return f"{settings.SAML_ADDRESS}{sign}{urlencode({'SAMLRequest': base64.b64encode(packed).decode()})}"


def read_answer(sent: str, *, back: str) -> Assertion:
    """Return what the provider says in a form that was sent to `back`. Raises `AssertionRefusedError`."""
    assertion = _signed_part(_sole_assertion(_parse(sent)))
    if assertion.get("Version") != "2.0" or _text(assertion, "saml:Issuer") != settings.SAML_ENTITY:
        raise AssertionRefusedError("Version or Issuer is not as in the settings")
    _must_hold_now(assertion, back)
    subject = _sole(assertion, "saml:Subject")
    statement = _sole(assertion, "saml:AuthnStatement")
    context = statement.find("saml:AuthnContext/saml:AuthnContextClassRef", NAMES)
    claims = _claims(assertion) | {
        "sub": _subject(subject, back),
        "acr": "" if context is None else (context.text or "").strip(),
    }
    return Assertion(
        request=_answered_request(subject, back),
        made_at=_time(assertion, "IssueInstant"),
        ends_at=_time(statement, "SessionNotOnOrAfter")
        if "SessionNotOnOrAfter" in statement.attrib
        else None,
        claims=claims,
    )


# --- The document, and what of it is signed --------------------------------------------------------


def _parse(sent: str) -> Any:
    if not sent or len(sent) > LONGEST_ANSWER:
        raise AssertionRefusedError("SAMLResponse is missing or too long")
    # A stranger may have sent it: no entity is expanded, and nothing is fetched (T30, T39).
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(base64.b64decode("".join(sent.split()), validate=True), parser)
    except (binascii.Error, ValueError, etree.LxmlError):
        raise AssertionRefusedError("SAMLResponse is no XML in Base64") from None
    if root.getroottree().docinfo.doctype:
        raise AssertionRefusedError("SAMLResponse has a DOCTYPE")
    return root


def _sole_assertion(root: Any) -> Any:
    """Return the one assertion of an answer, which has not been looked at yet."""
    status = root.find("samlp:Status/samlp:StatusCode", NAMES)
    if root.tag != f"{{{PROTOCOL}}}Response" or status is None or status.get("Value") != SUCCESS:
        raise AssertionRefusedError("no Response with the status Success")
    found = list(root.iter(f"{{{ASSERTION}}}Assertion", f"{{{ASSERTION}}}EncryptedAssertion"))
    if len(found) != 1 or found[0].getparent() is not root or not found[0].tag.endswith("}Assertion"):
        raise AssertionRefusedError("not one Assertion, or an encrypted one")
    return found[0]


def _signed_part(assertion: Any) -> Any:
    """Return an assertion made anew from the bytes that one of the provider's keys has signed."""
    # Out of its answer, so that a signature can refer to nothing else in there.
    apart = etree.tostring(assertion, with_tail=False)
    for certificate in settings.SAML_CERTIFICATES:
        try:
            result = XMLVerifier().verify(apart, x509_cert=certificate, expect_config=_what_we_accept())
            signed = None if isinstance(result, list) else result.signed_xml  # one part is expected
        except Exception:  # noqa: S112 - whatever it stumbles over, a stranger has sent it
            continue
        if signed is not None and signed.tag == assertion.tag and signed.get("ID") == assertion.get("ID"):
            return signed
    raise AssertionRefusedError("Signature fits no certificate of the settings")


def _what_we_accept() -> Any:
    """Return how an assertion is signed: as a whole, by itself, and never with SHA-1 or a shared secret."""
    methods = (f"{kind}_SHA{bits}" for kind in ("RSA", "ECDSA") for bits in (256, 384, 512))
    return SignatureConfiguration(
        location="./",
        signature_methods=frozenset(SignatureMethod[name] for name in methods),
        digest_algorithms=frozenset(DigestAlgorithm[f"SHA{bits}"] for bits in (256, 384, 512)),
    )


# --- What is signed --------------------------------------------------------------------------------


def _must_hold_now(assertion: Any, back: str) -> None:
    """Raise unless the assertion was made for us, and may be believed at this time."""
    conditions = _sole(assertion, "saml:Conditions")
    _must_be_now(conditions)
    audiences = conditions.findall("saml:AudienceRestriction", NAMES)
    meant = [{(a.text or "").strip() for a in each.findall("saml:Audience", NAMES)} for each in audiences]
    # Each of several restrictions must name us (SAML Core, 2.5.1.4).
    if not meant or not all(back in each for each in meant):
        raise AssertionRefusedError("Audience is not this site")


def _answered_request(subject: Any, back: str) -> str:
    """Return the number of the request that the subject's bearer answers, here and now."""
    confirmation = _sole(subject, "saml:SubjectConfirmation")
    data = _sole(confirmation, "saml:SubjectConfirmationData")
    if confirmation.get("Method") != BEARER or data.get("Recipient") != back or "NotBefore" in data.attrib:
        raise AssertionRefusedError("SubjectConfirmation is not for this address")
    if "NotOnOrAfter" not in data.attrib:
        raise AssertionRefusedError("SubjectConfirmationData has no NotOnOrAfter")
    _must_be_now(data)
    if not data.get("InResponseTo"):
        raise AssertionRefusedError("InResponseTo is missing")
    return data.get("InResponseTo")


def _subject(subject: Any, back: str) -> str:
    """Return who it is, by a name that lasts and means nobody else."""
    name_id = _sole(subject, "saml:NameID")
    name = name_id.text or ""
    # Behind a child, be it a remark, text would be cut off: another name.
    if name_id.get("Format") != PERSISTENT or len(name_id) or name != name.strip():
        raise AssertionRefusedError("NameID is not persistent, or not plain text")
    if not 0 < len(name) <= LONGEST_SUBJECT:
        raise AssertionRefusedError("NameID is empty or too long")
    by, among = name_id.get("NameQualifier", settings.SAML_ENTITY), name_id.get("SPNameQualifier", back)
    if by != settings.SAML_ENTITY or among != back:
        raise AssertionRefusedError("NameQualifier is of another pair of sites")
    return name


def _claims(assertion: Any) -> dict[str, Any]:
    """Return the attributes, by our names too where providers have their own; several words are a list."""
    said: dict[str, Any] = {}
    for attribute in assertion.iterfind("saml:AttributeStatement/saml:Attribute", NAMES):
        values = [v.text or "" for v in attribute.iterfind("saml:AttributeValue", NAMES) if not len(v)]
        said[attribute.get("Name", "")] = values[0] if len(values) == 1 else values
    ours = {name: _first(said, (name, *others)) for name, others in KNOWN_NAMES.items()}
    return said | {name: value for name, value in ours.items() if value}


def _first(said: dict[str, Any], names: Iterable[str]) -> str:
    values = (said.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value), "")


def _sole(element: Any, path: str) -> Any:
    found = element.findall(path, NAMES)
    if len(found) != 1:
        raise AssertionRefusedError(f"not one {path.partition(':')[2]}")
    return found[0]


def _text(element: Any, path: str) -> str:
    found = _sole(element, path)
    return "" if len(found) else (found.text or "").strip()


def _must_be_now(element: Any) -> None:
    now = timezone.now()
    if "NotBefore" in element.attrib and now < _time(element, "NotBefore") - TOLERANCE:
        raise AssertionRefusedError("NotBefore is in the future")
    if "NotOnOrAfter" in element.attrib and now >= _time(element, "NotOnOrAfter") + TOLERANCE:
        raise AssertionRefusedError("NotOnOrAfter has passed")


def _time(element: Any, name: str) -> datetime:
    try:
        time = parse_datetime(element.get(name, ""))
    except ValueError:
        time = None
    if time is None or timezone.is_naive(time):
        raise AssertionRefusedError(f"{name} is no time with its zone")
    return time
