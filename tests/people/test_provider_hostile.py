"""What a hostile provider, page or bystander tries when somebody signs in (T14): nobody is let in."""

import time
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from people.models import ProviderIdentity, ProviderSession, User
from people.provider.attempts import ATTEMPTS
from tests.people.provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    ISAAC,
    KEY_ID,
    OTHER_KEY,
    RSA_KEY,
    SHORT_KEY,
    Claims,
    arrive,
    come_back,
    leave,
    pass_through,
    public_key,
    sign,
    sign_by_hand,
)
from tests.people.test_sign_in import HOSTILE

PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def nobody_came(client: Client) -> bool:
    """Whether a sign-in attempt has left nothing behind."""
    return not (is_in(client) or ProviderIdentity.objects.exists() or ProviderSession.objects.exists())


def without(claims: Claims, *names: str) -> Claims:
    return {name: value for name, value in claims.items() if name not in names}


def changed_after_signing(claims: Claims) -> str:
    head, _body, signature = sign(claims).split(".")
    other = sign({**claims, "sub": "somebody-else"}).split(".")[1]
    return f"{head}.{other}.{signature}"


FORGED = {
    "unsigned": lambda c: sign_by_hand(c, {"alg": "none", "typ": "JWT"}),
    "unsigned, spelt otherwise": lambda c: sign_by_hand(c, {"alg": "nOnE", "kid": KEY_ID}),
    "signed with our own secret": lambda c: sign_by_hand(
        c, {"alg": "HS256", "kid": KEY_ID}, CLIENT_SECRET.encode()
    ),
    "signed with the public key as a secret": lambda c: sign_by_hand(c, {"alg": "HS256", "kid": KEY_ID}, PEM),
    "signed by another key of the same name": lambda c: sign(c, OTHER_KEY),
    "signed by a key of another name": lambda c: sign(c, OTHER_KEY, kid="key-2"),
    "signed by a key that it brings along": lambda c: sign(c, OTHER_KEY, jwk=public_key(OTHER_KEY)),
    "signed in another way with the right key": lambda c: sign(c, algorithm="RS512"),
    "changed after it was signed": changed_after_signing,
    "not signed at all": lambda c: sign(c).rpartition(".")[0] + ".",
    "no token": lambda c: "",
    "no token but words": lambda c: "Bonjour.Isaac.Tremblay",
    "endless": lambda c: sign({**c, "word": 200_000 * "x"}),
    "from another issuer": lambda c: sign({**c, "iss": "https://evil.example"}),
    "from an issuer with a slash more": lambda c: sign({**c, "iss": c["iss"] + "/"}),
    "for somebody else": lambda c: sign({**c, "aud": "another-portal"}),
    "for others, and for us among them": lambda c: sign({**c, "aud": ["another-portal", CLIENT_ID]}),
    "asked for by somebody else": lambda c: sign({**c, "azp": "another-portal"}),
    "expired": lambda c: sign({**c, "exp": time.time() - 121}),
    "without an end": lambda c: sign(without(c, "exp")),
    "from the future": lambda c: sign({**c, "iat": time.time() + 121}),
    "from before the attempt": lambda c: sign({**c, "iat": time.time() - 130}),
    "without a time": lambda c: sign(without(c, "iat")),
    "for another attempt": lambda c: sign({**c, "nonce": "another"}),
    "for no attempt": lambda c: sign(without(c, "nonce")),
    "about nobody": lambda c: sign(without(c, "sub")),
    "about nobody in particular": lambda c: sign({**c, "sub": ""}),
    "about somebody without end": lambda c: sign({**c, "sub": 256 * "x"}),
    "with another access token": lambda c: sign({**c, "at_hash": "another"}),
}


class TestTokens:
    """A token is believed when all of it is right."""

    @pytest.fixture(autouse=True)
    def the_clock_stands(self):
        """Between signing and reading no second passes: what is too early stays too early."""
        with time_machine.travel(time.time(), tick=False):
            yield

    @pytest.mark.parametrize("how", FORGED)
    def test_t14_a_token_is_refused(self, client, provider, how):
        provider.forge = FORGED[how]
        people = User.objects.count()
        answer = pass_through(client)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)
        assert User.objects.count() == people

    @pytest.mark.parametrize(
        "more",
        [
            {"exp": time.time() + 1e9},
            {"aud": [CLIENT_ID]},
            {"aud": [CLIENT_ID, "another-portal"], "azp": CLIENT_ID},
            {"sub": 255 * "x"},
        ],
    )
    def test_what_is_right_is_believed(self, client, provider, more):
        provider.forge = lambda claims: sign(claims | without(more, "sub"))
        provider.person = {**ISAAC, "sub": more.get("sub", "x")}
        pass_through(client)
        assert is_in(client)

    @pytest.mark.parametrize(("name", "seconds"), [("exp", -110), ("iat", 110), ("iat", -110)])
    def test_clocks_may_differ_by_two_minutes(self, client, provider, name, seconds):
        provider.forge = lambda claims: sign({**claims, name: time.time() + seconds})
        pass_through(client)
        assert is_in(client)

    @pytest.mark.filterwarnings("ignore:The RSA key")  # PyJWT finds it short as well
    def test_t14_a_short_key_is_refused(self, client, provider):
        provider.keys = [public_key(SHORT_KEY)]
        provider.forge = lambda claims: sign(claims, SHORT_KEY)
        pass_through(client)
        assert nobody_came(client)

    def test_t14_userinfo_about_somebody_else_is_refused(self, client, provider):
        address = come_back(leave(client))
        provider.who = lambda token: {**ISAAC, "sub": "somebody-else", "groups": ["staff"]}
        arrive(client, address)
        assert nobody_came(client)


def with_(**changes: str | None):
    """Return how a way back is changed: None takes a part of it away."""
    return lambda query: {k: v for k, v in {**query, **changes}.items() if v is not None}


class TestTheWayBack:
    """The address that leads back is good for one browser, one time, and one provider."""

    @pytest.mark.parametrize(
        "change",
        [
            with_(state=None),
            with_(state=""),
            with_(state="another"),
            with_(iss="https://evil.example"),
            with_(iss=None),  # although this provider says that it names itself
            with_(iss=""),
            with_(code=None),
            with_(code=""),
            with_(code="another"),
            with_(error="server_error", code=None),
            with_(error="login_required"),
            with_(error="<script>alert(1)</script>", error_description="<script>", code=None),
        ],
    )
    def test_t14_a_way_back_is_refused(self, client, provider, change):
        provider.on_the_way_back = change
        answer = pass_through(client)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)
        assert "<script>alert" not in answer.content.decode()

    def test_t14_another_browser_cannot_end_it(self, client, provider):
        address = come_back(leave(Client()))
        leave(client)
        assert arrive(client, address).status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)
        assert "/token" not in provider.asked

    def test_t14_a_code_of_another_browser_is_of_no_use_here(self, client, provider):
        stolen = parse_qs(urlsplit(come_back(leave(Client()))).query)["code"][0]
        provider.on_the_way_back = with_(code=stolen)
        pass_through(client)
        assert nobody_came(client)

    def test_t14_a_code_is_redeemed_once(self, client, provider):
        address = come_back(leave(client))
        arrive(client, address)
        provider.on_the_way_back = with_(code=parse_qs(urlsplit(address).query)["code"][0])
        second = Client()
        pass_through(second)
        assert not is_in(second)

    def test_t14_the_same_address_opened_again_changes_nothing(self, client, provider):
        address = come_back(leave(client))
        arrive(client, address)
        assert not client.session[ATTEMPTS]
        before = (dict(client.session), client.session.session_key, len(provider.asked), User.objects.count())
        for _time in range(3):
            assert arrive(client, address).status_code == HTTPStatus.BAD_REQUEST
        after = (dict(client.session), client.session.session_key, len(provider.asked), User.objects.count())
        assert before == after
        assert is_in(client)

    def test_t14_a_copy_of_the_session_from_before_does_not_open_it_again(self, client, provider):
        address = come_back(leave(client))
        copy = dict(client.session)
        arrive(client, address)
        client.logout()
        session = client.session
        session.update(copy)
        session.save()
        client.cookies["sessionid"] = session.session_key
        asked = provider.asked.count("/token")
        arrive(client, address)
        assert not is_in(client)
        assert provider.asked.count("/token") == asked  # not even tried

    def test_t14_it_has_to_end_within_ten_minutes(self, client, provider):
        with time_machine.travel(time.time() - 601):
            address = come_back(leave(client))
        arrive(client, address)
        assert nobody_came(client)

    def test_t16_looking_ahead_ends_nothing(self, client, provider):
        parts = urlsplit(come_back(leave(client)))
        for method in ("head", "options", "post"):
            answer = getattr(client, method)(f"{parts.path}?{parts.query}")
            assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert "/token" not in provider.asked
        assert arrive(client, parts.geturl()).status_code == HTTPStatus.FOUND

    @pytest.mark.parametrize("address", HOSTILE)
    def test_t36_the_way_back_stays_here(self, client, provider, address):
        location = pass_through(client, address)["Location"]
        assert is_in(client)
        assert location.startswith(("/", "http://testserver/"))
        assert not location.startswith(("//", "/\\"))

    def test_t36_nor_can_the_provider_choose_it(self, client, provider):
        provider.on_the_way_back = with_(next="https://evil.example/")
        assert pass_through(client)["Location"] == "/fr/"

    def test_somebody_who_thinks_better_of_it_is_told_so(self, client, provider):
        provider.on_the_way_back = with_(error="access_denied", code=None)
        with_words = pass_through(client, language="en")
        assert with_words.status_code == HTTPStatus.OK
        assert "You left the sign-in “Nordet ID” before its end." in with_words.content.decode()
        assert nobody_came(client)


class TestConfiguration:
    """What the provider says about itself is believed only about itself."""

    @pytest.mark.parametrize(
        "document",
        [
            {"issuer": "https://evil.example"},
            {"issuer": None},
            {"token_endpoint": "http://evil.example/token"},
            {"token_endpoint": None},
            {"authorization_endpoint": "javascript:alert(1)"},
            {"jwks_uri": ["https://id.example.org/keys"]},
            {"userinfo_endpoint": "http://id.example.org/userinfo"},
        ],
    )
    def test_t14_a_configuration_is_refused(self, client, provider, document):
        provider.document = document
        answer = client.post(reverse("begin_provider_sign_in"))
        assert answer["Location"] == reverse("account_login")
        assert client.get(answer["Location"]).status_code == HTTPStatus.SERVICE_UNAVAILABLE

    @pytest.mark.parametrize(
        "keys",
        [
            [],
            [public_key(OTHER_KEY)],
            [public_key(RSA_KEY, "key-2")],
            [public_key(RSA_KEY) | {"use": "enc"}],
            [public_key(RSA_KEY) | {"alg": "RS512"}],
            [public_key(RSA_KEY) | {"kty": "oct", "k": "c2VjcmV0"}],
            [public_key(RSA_KEY) | {"n": "AA"}],
            ["key-1", 7, None],
        ],
    )
    def test_f28_with_wrong_keys_nobody_gets_in(self, client, provider, keys):
        provider.keys = keys
        answer = pass_through(client)
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert nobody_came(client)

    def test_without_a_way_to_ask_again_nobody_gets_in(self, client, provider):
        provider.gives_refresh = False
        provider.document = {"userinfo_endpoint": None}
        assert pass_through(client).status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert nobody_came(client)


class TestLogs:
    """What is written down tells that it failed and why, and nothing that opens anything."""

    def test_l21_no_secret_reaches_a_log(self, client, provider, caplog):
        caplog.set_level("DEBUG")
        pass_through(client)
        for how in ("changed after it was signed", "for another attempt", "for somebody else"):
            provider.forge = FORGED[how]
            pass_through(Client())
        provider.behave("broken")
        with time_machine.travel(time.time() + 61):
            client.get("/fr/")
        sent = parse_qs(urlsplit(leave_anyway(provider, Client())).query)
        secrets = [*provider.given, CLIENT_SECRET, ISAAC["email"], *sent["state"], *sent["nonce"]]
        assert len(provider.given) > 12
        written = "\n".join([*caplog.messages, *(str(record.__dict__) for record in caplog.records)])
        assert not [secret for secret in secrets if secret in written]

    def test_a_failure_is_one_line_with_its_reason(self, client, provider, caplog):
        provider.forge = FORGED["expired"]
        pass_through(client)
        ours = [record for record in caplog.records if record.name.startswith("people")]
        [line] = ours
        assert line.getMessage() == "OIDC sign-in failed: ID token: ExpiredSignatureError"


def leave_anyway(provider, client: Client) -> str:
    """Leave towards a provider that is well again after it was not."""
    provider.behave("well")
    return leave(client)
