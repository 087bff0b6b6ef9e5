"""People sign in with the organisation's provider: the whole way there and back, and who one is after it."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from demo.cast import DEMO_PASSWORD, SHIP_CREWS
from people.actions import invite_person
from people.groups import EDITORS, EMPLOYEES, MODERATORS, the_group
from people.models import Participant, ProviderIdentity, ProviderSession, User, UserSession
from privacy.actions import erase_participant, export_person
from tests.people.provider import (
    CLIENT_ID,
    EC_KEY,
    ISAAC,
    KEY_ID,
    arrive,
    come_back,
    leave,
    pass_through,
    public_key,
    sign,
)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def groups_of(user: User) -> set[str]:
    """The keys of the portal's groups, the names of others."""
    rows = user.groups.values_list("profile__key", "name")
    return {key or name for key, name in rows}


@pytest.fixture
def newcomer(client, provider) -> User:
    """Isaac has come by the provider."""
    pass_through(client)
    return ProviderIdentity.objects.get(subject=ISAAC["sub"]).user


class TestSignInAttempt:
    """There, back, and in."""

    def test_what_leaves_with_the_browser(self, client, provider):
        address = leave(client, language="en")
        assert address.startswith(f"{provider.issuer}/authorize?")
        sent = dict(parse_qsl(urlsplit(address).query))
        assert sent["response_type"] == "code"
        assert sent["client_id"] == CLIENT_ID
        assert sent["redirect_uri"] == f"{settings.WAGTAILADMIN_BASE_URL}/account/provider/callback/"
        assert sent["code_challenge_method"] == "S256"
        assert sent["ui_locales"] == "en"
        assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) >= 43

    def test_nothing_of_it_is_used_twice(self, client, provider):
        sent = [dict(parse_qsl(urlsplit(leave(client)).query)) for _time in range(2)]
        for name in ("state", "nonce", "code_challenge"):
            assert sent[0][name] != sent[1][name]

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_it_signs_in_and_leads_home_in_the_readers_language(self, client, provider, language):
        answer = pass_through(client, language=language)
        assert answer.status_code == HTTPStatus.FOUND
        assert answer["Location"] == f"/{language}/"
        assert is_in(client)
        assert User.objects.get(provider_identity__subject=ISAAC["sub"]).language == language

    def test_it_leads_back_to_where_one_was_sent_from(self, client, provider, internal_fr):
        sent = client.get(internal_fr.get_url())
        page = client.get(sent["Location"])
        assert page.content.decode().count(f'value="{internal_fr.get_url()}"') == 3  # every way keeps it
        answer = pass_through(client, internal_fr.get_url())
        assert answer["Location"] == internal_fr.get_url()
        assert client.get(internal_fr.get_url()).status_code == HTTPStatus.OK

    def test_the_admin_leads_to_the_same_sign_in(self, client, provider):
        sent = client.get("/admin/")
        assert sent["Location"].startswith(reverse("account_login"))
        assert pass_through(client, "/admin/")["Location"] == "/admin/"

    def test_a_key_of_the_other_kind_signs_as_well(self, client, provider):
        provider.keys = [public_key(EC_KEY, algorithm="ES256")]
        provider.forge = lambda claims: sign(claims, EC_KEY, "ES256")
        pass_through(client)
        assert is_in(client)

    def test_a_key_that_was_changed_is_looked_for_again(self, client, provider):
        pass_through(client)
        provider.keys = [public_key(EC_KEY, "key-2", "ES256")]
        provider.forge = lambda claims: sign(claims, EC_KEY, "ES256", kid="key-2")
        second = Client()
        pass_through(second)
        assert is_in(second)
        assert provider.asked.count("/keys") == 2

    def test_keys_and_addresses_are_asked_for_once(self, client, provider):
        for _time in range(3):
            pass_through(Client())
        assert provider.asked.count("/keys") == 1
        assert provider.asked.count("/.well-known/openid-configuration") == 1

    def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(self, client, provider):
        provider.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        pass_through(client)
        assert is_in(client)

    def test_the_number_of_the_session_is_a_new_one(self, client, provider):
        address = come_back(leave(client))
        before = client.session.session_key
        arrive(client, address)
        assert client.session.session_key != before

    def test_whoever_was_signed_in_is_out(self, client, provider, employee):
        client.force_login(employee)
        pass_through(client)
        assert client.session[SESSION_KEY] != str(employee.pk)
        assert not UserSession.objects.filter(user=employee).exists()

    def test_several_windows_can_be_on_their_way_at_once(self, client, provider):
        ways = [leave(client) for _window in range(3)]
        arrive(client, come_back(ways[0]))
        assert is_in(client)

    def test_only_the_button_begins_it(self, client, provider):
        assert client.get(reverse("begin_provider_sign_in")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(reverse("begin_provider_sign_in")).status_code == HTTPStatus.FORBIDDEN
        assert not provider.asked


class TestPage:
    """One button above the other ways, or alone."""

    def test_without_a_provider_it_is_as_ever(self, client, site):
        page = client.get(reverse("account_login"))
        content = page.content.decode()
        assert "account__other" not in content
        assert "form-action 'self';" in page["Content-Security-Policy"]
        for name in ("begin_provider_sign_in", "end_provider_sign_in"):
            for ask in (client.get, client.post):
                assert ask(reverse(name)).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize(
        ("language", "words"), [("fr", "Se connecter avec Nordet ID"), ("en", "Sign in with Nordet ID")]
    )
    def test_the_button_names_the_provider(self, client, provider, language, words):
        content = client.get(f"/{language}/account/login/").content.decode()
        assert words in content
        assert f'action="/{language}/account/login/provider/"' in content

    def test_the_form_may_lead_to_the_provider_from_this_page_alone(self, client, provider, settings):
        settings.PROVIDER_ORIGINS = ["https://login.example.org"]
        page = client.get(reverse("account_login"))
        allowed = f"form-action 'self' {provider.issuer} https://login.example.org;"
        assert allowed in page["Content-Security-Policy"]
        again = client.post(reverse("account_login"), {"login": "x", "password": "y"})
        assert allowed in again["Content-Security-Policy"]
        assert provider.issuer not in client.get("/fr/")["Content-Security-Policy"]

    def test_local_accounts_wait_behind_a_fold(self, client, provider, employee):
        assert "account__other" in client.get(reverse("account_login")).content.decode()
        client.post(reverse("account_login"), {"login": employee.username, "password": DEMO_PASSWORD})
        assert is_in(client)

    def test_t19_a_local_account_beside_the_provider_is_told_of(self, client, provider, employee, caplog):
        client.post(reverse("account_login"), {"login": employee.username, "password": DEMO_PASSWORD})
        assert caplog.messages == [f"User {employee.pk} signs in without the identity provider"]

    def test_t19_without_local_accounts_there_is_one_way_in(self, client, provider, settings, employee):
        settings.LOCAL_SIGN_IN = False
        content = client.get(reverse("account_login")).content.decode()
        assert "password" not in content
        assert "passkey" not in content.replace("js/passkey-form.js", "")
        answer = client.post(
            reverse("account_login"), {"login": employee.username, "password": DEMO_PASSWORD}
        )
        assert answer.status_code == HTTPStatus.FORBIDDEN
        client.post(reverse("account_reset_password"), {"email": employee.email})
        assert not mail.outbox
        assert not is_in(client)


class TestWhoOneIs:
    """Issuer and subject say it, and nothing else does."""

    def test_somebody_new_gets_an_account(self, newcomer):
        assert newcomer.get_full_name() == "Isaac Tremblay"
        assert newcomer.email == ISAAC["email"]
        assert newcomer.username == "isaac.t"
        assert not newcomer.has_usable_password()
        assert not newcomer.is_superuser
        assert groups_of(newcomer) == {EMPLOYEES}

    def test_the_second_time_it_is_the_same(self, newcomer, provider):
        provider.person = {**ISAAC, "email": "other@nordet.example", "given_name": "Zacharie"}
        pass_through(Client())
        assert User.objects.filter(provider_identity__isnull=False).get() == newcomer
        newcomer.refresh_from_db()
        assert newcomer.first_name == "Isaac"  # administrators keep it

    def test_t13_the_same_address_links_nobody(self, client, provider, administrator):
        before = administrator.last_login
        provider.person = {**ISAAC, "email": administrator.email.upper(), "email_verified": True}
        pass_through(client)
        newcomer = ProviderIdentity.objects.get().user
        assert newcomer != administrator
        assert client.session[SESSION_KEY] == str(newcomer.pk)
        assert not newcomer.is_superuser
        assert newcomer.email != administrator.email
        assert not newcomer.has_address
        assert not Participant.of(newcomer).is_reachable
        administrator.refresh_from_db()
        assert administrator.last_login == before

    def test_t13_nor_does_the_same_name(self, client, provider, administrator):
        provider.person = {**ISAAC, "preferred_username": administrator.username}
        pass_through(client)
        assert ProviderIdentity.objects.get().user != administrator

    def test_t13_another_subject_with_the_same_address_is_somebody_else(self, newcomer, provider):
        provider.person = {**ISAAC, "sub": "another"}
        pass_through(Client())
        assert ProviderIdentity.objects.get(subject="another").user != newcomer

    def test_t13_the_case_of_a_subject_counts(self, newcomer, provider):
        provider.person = {**ISAAC, "sub": ISAAC["sub"].upper()}
        pass_through(Client())
        assert ProviderIdentity.objects.count() == 2

    def test_t13_the_same_subject_of_another_provider_is_somebody_else(self, client, provider):
        elsewhere = User.objects.create(username="elsewhere", email="elsewhere@example.org")
        ProviderIdentity.objects.create(user=elsewhere, issuer="https://other.example", subject=ISAAC["sub"])
        pass_through(client)
        assert client.session[SESSION_KEY] != str(elsewhere.pk)

    def test_t13_an_address_that_the_provider_has_not_verified_is_not_taken(self, client, provider):
        provider.person = {**ISAAC, "email_verified": False}
        pass_through(client)
        assert not ProviderIdentity.objects.get().user.has_address

    @pytest.mark.parametrize(
        "more",
        [
            {"email": None, "given_name": 7, "family_name": ["x"], "preferred_username": {}},
            {"email": "no address", "given_name": "\u202eIsaac" * 40, "preferred_username": "x" * 4000},
            {"email": "isaac@nordet.example\n", "groups": {"staff": 1}},
        ],
    )
    def test_claims_that_make_no_sense_break_nothing(self, client, provider, more):
        provider.person = {**ISAAC, **more}
        pass_through(client)
        assert is_in(client)
        assert "\u202e" not in ProviderIdentity.objects.get().user.first_name

    def test_a_disabled_account_stays_out(self, newcomer, provider):
        User.objects.filter(pk=newcomer.pk).update(is_active=False)
        client = Client()
        assert pass_through(client)["Location"] == reverse("account_inactive")
        assert not is_in(client)


class TestNoOtherWayIn:
    """Whom the provider can disable has no other way in (T19)."""

    @pytest.fixture
    def signed_in_anew(self, newcomer) -> User:
        newcomer.set_password(DEMO_PASSWORD)  # as an administrator could
        newcomer.save()
        return newcomer

    def test_t19_no_password_opens_the_account(self, signed_in_anew):
        client = Client()
        data = {"login": signed_in_anew.username, "password": DEMO_PASSWORD}
        answer = client.post(reverse("account_login"), data, follow=True)
        assert not is_in(client)
        [message] = answer.context["messages"]
        assert str(message) in answer.content.decode()

    def test_t19_no_link_chooses_one(self, newcomer, client):
        client.post(reverse("account_reset_password"), {"email": newcomer.email})
        assert not mail.outbox
        with pytest.raises(ValidationError):
            invite_person(newcomer, by=newcomer, request=None)

    def test_t19_nor_does_the_account_page(self, newcomer, client):
        assert "password/change" not in client.get(reverse("account_preferences")).content.decode()
        assert client.get(reverse("account_set_password")).status_code == HTTPStatus.NOT_FOUND


class TestGroups:
    """What the provider says is given and taken; what an administrator has given stays."""

    @pytest.fixture(autouse=True)
    def _mapping(self, provider, settings):
        settings.PROVIDER_GROUPS = {
            "*": [EMPLOYEES],
            "press, east": [EDITORS, MODERATORS],
            "gone": ["Nowhere"],
        }

    def test_t11_they_follow_the_claim(self, client, provider):
        provider.person = {**ISAAC, "groups": ["press, east", "unknown"]}
        pass_through(client)
        user = ProviderIdentity.objects.get().user
        assert groups_of(user) == {EMPLOYEES, EDITORS, MODERATORS}
        provider.person = ISAAC
        pass_through(Client())
        assert groups_of(user) == {EMPLOYEES}

    def test_t11_others_are_left_alone(self, client, provider):
        pass_through(client)
        user = ProviderIdentity.objects.get().user
        user.groups.add(Group.objects.get(name=SHIP_CREWS), the_group(EDITORS))
        pass_through(Client())
        assert groups_of(user) == {EMPLOYEES, SHIP_CREWS}

    def test_the_change_is_logged(self, client, provider):
        pass_through(client)
        user = ProviderIdentity.objects.get().user
        [entry] = ModelLogEntry.objects.filter(action="people.follow_groups", object_id=user.pk)
        assert entry.data == {"given": ["Personnel"], "taken": []}

    def test_a_group_that_does_not_exist_is_told_of(self, client, provider, caplog):
        provider.person = {**ISAAC, "groups": "gone"}
        pass_through(client)
        assert "PARLEY_PROVIDER_GROUPS names groups that do not exist: ['Nowhere']" in caplog.messages

    def test_a_claim_that_only_userinfo_has_counts(self, client, provider):
        provider.person = {**ISAAC, "groups": ["press, east"]}
        provider.forge = lambda claims: sign({k: v for k, v in claims.items() if k != "groups"})
        pass_through(client)
        assert EDITORS in groups_of(ProviderIdentity.objects.get().user)


class TestSecondStep:
    """Taken at the provider, where the site believes it."""

    @pytest.fixture
    def enter(self, client, provider, settings):
        settings.REQUIRE_MFA = True
        settings.PROVIDER_GROUPS = {"*": [EMPLOYEES, EDITORS]}

        def enter(believed: list[str], **claims: object) -> HTTPStatus:
            settings.PROVIDER_SECOND_STEP = believed
            provider.person = {**ISAAC, **claims}
            pass_through(client)
            return HTTPStatus(client.get("/admin/").status_code)

        return enter

    @pytest.mark.parametrize(
        ("believed", "claims"),
        [
            (["always"], {}),
            (["mfa", "hwk"], {"amr": ["pwd", "mfa"]}),
            (["urn:silver"], {"acr": "urn:silver"}),
        ],
    )
    def test_it_opens_the_admin(self, enter, believed, claims):
        assert enter(believed, **claims) == HTTPStatus.OK

    @pytest.mark.parametrize(
        ("believed", "claims"),
        [
            ([], {"amr": ["mfa"]}),
            (["mfa"], {}),
            (["mfa"], {"amr": "mfa"}),
            (["mfa"], {"amr": ["pwd"], "acr": "0"}),
        ],
    )
    def test_otherwise_one_is_led_to_set_one_up_here(self, enter, believed, claims):
        assert enter(believed, **claims) == HTTPStatus.FOUND


class TestPersonalData:
    """What is kept is shown, and erased."""

    def test_an_export_holds_who_one_is_there_and_no_token(self, newcomer, provider):
        tables = export_person(Participant.of(newcomer))
        [row] = tables["identity_at_provider"]
        assert (row["issuer"], row["subject"]) == (provider.issuer, ISAAC["sub"])
        assert not any(secret in str(tables) for secret in provider.given)

    def test_an_erasure_forgets_it(self, newcomer):
        erase_participant(Participant.of(newcomer))
        assert not ProviderIdentity.objects.exists()
        assert not ProviderSession.objects.exists()

    def test_t17_tokens_are_encrypted_and_go_with_the_session(self, newcomer, client, provider):
        kept = ProviderSession.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_data FROM django_session")
            stored = str(cursor.fetchall()) + kept.sealed_tokens + str(dict(client.session))
        assert provider.given
        assert not any(secret in stored for secret in provider.given)
        client.post(reverse("account_logout"))
        assert not ProviderSession.objects.exists()
        assert KEY_ID not in stored
