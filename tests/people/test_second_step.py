"""People sign in with a second step: an app's codes, recovery codes; the admin asks for one where it must."""

import base64
import re
import secrets
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from demo.cast import DEMO_PASSWORD
from people.actions import reset_factors
from people.groups import permission_named
from people.models import User, UserSession
from tests.people.authenticator import code_of

FAILURES_ALLOWED = 5  # allauth's, for one person in five minutes


def sign_in(user: User, client: Client | None = None, **more: str) -> Client:
    """Take the first step."""
    client = client or Client()
    data = {"login": user.username, "password": DEMO_PASSWORD, **more}
    client.answer = client.post(reverse("account_login"), data)
    return client


def confirm(client: Client, address: str):
    """Open an address that asks for the password again, and give it."""
    answer = client.get(address)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(answer["Location"], {"password": DEMO_PASSWORD, "next": address}, follow=True)


def set_up_app(client: Client) -> str:
    """Set an app up, and return its secret."""
    page = confirm(client, reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def give(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


@pytest.fixture
def secret(editor) -> str:
    """Maude has an app and recovery codes, as setting one up leaves them (`TestSetUp`)."""
    secret, encrypt = base64.b32encode(secrets.token_bytes(20)).decode(), get_adapter().encrypt
    seed = {"seed": encrypt(secrets.token_hex(40)), "used_mask": 0}
    for kind, data in (("totp", {"secret": encrypt(secret)}), ("recovery_codes", seed)):
        Authenticator.objects.create(user=editor, type=kind, data=data)
    return secret


@pytest.fixture
def codes(editor, secret) -> list[str]:
    """Her recovery codes."""
    return Authenticator.objects.get(user=editor, type="recovery_codes").wrap().get_unused_codes()


class TestSetUp:
    """An app: scan, type, keep the recovery codes. Nothing of it needs script."""

    def test_the_whole_sign_in(self, editor):
        client = sign_in(editor)
        page = confirm(client, reverse("mfa_activate_totp"))
        content = page.content.decode()
        drawn = base64.b64decode(re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', content)[1]).decode()
        assert "<path" in drawn
        assert "style=" not in drawn
        assert "<script" not in drawn
        secret = page.context["form"].secret
        assert secret in content
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
        shown = answer.context["unused_codes"]
        assert len(set(shown)) == 10
        assert all(code in answer.content.decode() for code in shown)
        again = sign_in(editor, next="/fr/recherche/")
        assert again.answer["Location"].startswith(reverse("mfa_authenticate"))
        assert not is_in(again)
        assert give(again, code_of(secret, steps=1))["Location"] == "/fr/recherche/"
        assert is_in(again)

    def test_it_asks_for_the_password_first(self, signed_in, employee):
        client = signed_in(employee)
        for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
            assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
            assert client.post(reverse(name), {"code": "1"})["Location"].startswith(
                reverse("account_reauthenticate")
            )

    @pytest.mark.parametrize("code", ["000000", "", "abc", "12345678901234567890", "0" * 5000])
    def test_a_wrong_code_sets_nothing_up(self, editor, code):
        client = sign_in(editor)
        confirm(client, reverse("mfa_activate_totp"))
        answer = client.post(reverse("mfa_activate_totp"), {"code": code})
        assert answer.context["form"].errors
        assert not Authenticator.objects.exists()

    def test_the_second_time_it_leads_to_the_removal(self, editor, secret):
        client = sign_in(editor)
        give(client, code_of(secret))
        answer = confirm(client, reverse("mfa_activate_totp"))
        assert answer.redirect_chain[-1][0] == reverse("mfa_deactivate_totp")

    def test_other_browsers_must_sign_in_anew(self, editor, signed_in, django_capture_on_commit_callbacks):
        elsewhere, here = signed_in(editor), sign_in(editor)
        with django_capture_on_commit_callbacks(execute=True):
            set_up_app(here)
        assert elsewhere.get(reverse("account_preferences")).status_code == HTTPStatus.FOUND
        assert here.get(reverse("account_preferences")).status_code == HTTPStatus.OK

    def test_no_secret_is_kept_in_clear(self, editor, secret, codes):
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            kept = str(cursor.fetchall())
        assert secret not in kept
        assert not any(code in kept for code in codes)

    def test_with_another_key_of_the_site_no_code_is_right_and_nothing_breaks(
        self, editor, secret, codes, settings
    ):
        settings.SECRET_KEY = "another" * 10
        client = sign_in(editor)
        for code in (code_of(secret), codes[0]):
            assert give(client, code).context["form"].errors

    def test_with_the_former_key_as_a_fallback_it_goes_on(self, editor, secret, settings):
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, [settings.SECRET_KEY]
        client = sign_in(editor)
        give(client, code_of(secret))
        assert is_in(client)


class TestSignIn:
    """The second step."""

    @pytest.mark.parametrize(
        ("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
    )
    def test_a_clock_may_be_wrong_by_half_a_minute(self, editor, secret, steps, is_right):
        client = sign_in(editor)
        with time_machine.travel(timezone.now(), tick=False):
            give(client, code_of(secret, steps=steps))
        assert is_in(client) == is_right

    def test_a_new_password_by_a_link_does_not_take_its_place(self, editor, secret):
        key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(editor)
        link = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(editor), key])
        client = Client()
        action = client.get(link, follow=True).redirect_chain[-1][0]
        answer = client.post(action, {"password1": "quatre lanternes", "password2": "quatre lanternes"})
        assert answer["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)
        give(client, code_of(secret))
        assert is_in(client)

    def test_it_may_be_typed_as_it_is_shown(self, editor, secret):
        client, code = sign_in(editor), code_of(secret)
        give(client, f" {code[:3]} {code[3:]} ")
        assert is_in(client)

    def test_a_code_is_used_once_in_all_of_its_time(self, editor, secret):
        now = timezone.now()
        with time_machine.travel(now, tick=False):
            code = code_of(secret, steps=1)
            give(sign_in(editor), code)
        for seconds in (0, 29, 31, 59):
            with time_machine.travel(now + timedelta(seconds=seconds), tick=False):
                client = sign_in(editor)
                give(client, code)
                assert not is_in(client), seconds

    def test_without_it_nothing_opens(self, editor, secret, internal_fr):
        client = sign_in(editor)
        for address in (reverse("wagtailadmin_home"), reverse("account_preferences"), internal_fr.get_url()):
            assert client.get(address)["Location"].startswith(reverse("account_login"))
        assert not UserSession.objects.filter(user=editor, started_at__gt=timezone.now() - timedelta(hours=1))

    def test_too_many_wrong_codes_close_it_even_to_the_right_one(self, editor, secret):
        client = sign_in(editor)
        for _attempt in range(FAILURES_ALLOWED):
            give(client, "000000")
        elsewhere = sign_in(editor, Client(REMOTE_ADDR="192.0.2.77"))
        assert give(elsewhere, code_of(secret)).context["form"].errors
        assert not is_in(elsewhere)

    def test_a_stranger_is_sent_to_the_first_step(self, client, site):
        assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")
        assert give(client, "000000")["Location"] == reverse("account_login")

    def test_a_disabled_account_gets_no_further(self, editor, secret):
        client = sign_in(editor)
        User.objects.filter(pk=editor.pk).update(is_active=False)
        give(client, code_of(secret))
        assert client.get(reverse("account_preferences")).status_code == HTTPStatus.FOUND

    def test_one_may_go_back_to_the_first_step(self, editor, secret):
        client = sign_in(editor)
        answer = client.post(reverse("account_logout"), {"next": reverse("account_login")})
        assert answer["Location"] == reverse("account_login")
        assert client.get(reverse("account_login")).status_code == HTTPStatus.OK

    @pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', "{", '"x"', "1"])
    @pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_login_webauthn"])
    def test_nonsense_in_place_of_a_passkey_signs_nobody_in(self, editor, secret, name, credential):
        client = sign_in(editor) if name == "mfa_authenticate" else Client()
        client.get(reverse(name), headers={"accept": "application/json"})
        answer = client.post(reverse(name), {"credential": credential})
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}
        assert not is_in(client)


class TestRecoveryCodes:
    """For when phone and key are not at hand."""

    def test_each_works_once(self, editor, codes):
        first = sign_in(editor)
        give(first, codes[3])
        assert is_in(first)
        second = sign_in(editor)
        assert give(second, codes[3]).context["form"].errors
        give(second, codes[4])
        assert is_in(second)

    def test_they_can_be_downloaded_as_text_with_the_address_of_the_site(self, editor, codes):
        client = sign_in(editor)
        give(client, codes[0])
        address = reverse("mfa_download_recovery_codes")
        answer = confirm(client, address)
        assert answer["Content-Type"].startswith("text/plain")
        assert "attachment" in answer["Content-Disposition"]
        assert "no-store" in answer["Cache-Control"]
        words = answer.content.decode().split()
        assert "testserver," in words
        assert codes[0] not in words
        assert set(codes[1:]) <= set(words)

    def test_new_ones_take_the_place_of_all_others(self, editor, codes):
        client = sign_in(editor)
        give(client, codes[0])
        address = reverse("mfa_generate_recovery_codes")
        confirm(client, address)
        fresh = client.post(address, follow=True).context["unused_codes"]
        assert not set(fresh) & set(codes)
        other = sign_in(editor)
        assert give(other, codes[1]).context["form"].errors

    def test_somebody_without_a_second_step_has_none(self, signed_in, employee):
        client = signed_in(employee)
        for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
            assert client.get(reverse(name)).status_code == HTTPStatus.NOT_FOUND


class TestRemove:
    """With a factor or the password in hand."""

    def test_the_app_goes_and_its_recovery_codes_with_it(self, editor, secret):
        client = sign_in(editor)
        give(client, code_of(secret))
        confirm(client, reverse("mfa_deactivate_totp"))
        client.post(reverse("mfa_deactivate_totp"))
        assert not Authenticator.objects.exists()
        assert is_in(sign_in(editor))

    def test_looking_removes_nothing(self, editor, secret):
        client = sign_in(editor)
        give(client, code_of(secret))
        confirm(client, reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(type="totp").exists()

    def test_somebody_elses_passkey_is_not_found(self, editor, employee):
        theirs = Authenticator.objects.create(user=employee, type="webauthn", data={"name": "Clé"})
        client = sign_in(editor)
        client.get(reverse("mfa_activate_totp"))
        client.post(reverse("account_reauthenticate"), {"password": DEMO_PASSWORD})
        address = reverse("mfa_remove_webauthn", args=[theirs.pk])
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
        assert client.post(address).status_code == HTTPStatus.NOT_FOUND
        assert Authenticator.objects.filter(pk=theirs.pk).exists()


class TestRequired:
    """With `PARLEY_REQUIRE_MFA` nothing of the admin opens without a second step."""

    @pytest.fixture(autouse=True)
    def _require(self, settings):
        settings.REQUIRE_MFA = True

    @pytest.mark.parametrize("who", ["administrator", "editor", "moderator"])
    @pytest.mark.parametrize(
        "address", ["/admin/", "/admin/pages/", "/admin/api/main/pages/", "/admin/users/", "/admin/nowhere/"]
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_the_admin_leads_to_where_one_is_set_up(self, request, signed_in, who, address, method):
        answer = getattr(signed_in(request.getfixturevalue(who)), method)(address)
        if address == "/admin/nowhere/":
            assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FOUND}
        else:
            assert answer["Location"] == reverse("mfa_index")

    def test_the_screen_says_why(self, signed_in, editor, employee):
        assert signed_in(editor).get(reverse("mfa_index")).context["is_required"]
        assert not signed_in(employee).get(reverse("mfa_index")).context["is_required"]

    def test_it_opens_once_one_is_set_up_and_closes_when_it_goes(self, editor):
        client = sign_in(editor)
        set_up_app(client)
        assert client.get(reverse("wagtailadmin_home")).status_code == HTTPStatus.OK
        Authenticator.objects.filter(
            user=editor, type="totp"
        ).delete()  # recovery codes alone are no second step
        assert client.get(reverse("wagtailadmin_home"))["Location"] == reverse("mfa_index")

    def test_outside_the_admin_nothing_changes(self, signed_in, editor, internal_fr):
        assert signed_in(editor).get(internal_fr.get_url()).status_code == HTTPStatus.OK

    def test_who_has_no_rights_in_the_admin_is_told_so_as_always(self, signed_in, employee):
        assert signed_in(employee).get(reverse("wagtailadmin_home")).status_code == HTTPStatus.FORBIDDEN

    def test_one_may_sign_out(self, signed_in, editor):
        client = signed_in(editor)
        client.post(reverse("wagtailadmin_logout"))
        assert not is_in(client)

    def test_without_the_setting_the_admin_opens(self, signed_in, editor, settings):
        settings.REQUIRE_MFA = False
        assert signed_in(editor).get(reverse("wagtailadmin_home")).status_code == HTTPStatus.OK


class TestReset:
    """An administrator helps a colleague who has lost everything."""

    def address(self, person):
        return reverse("wagtailusers_users:reset_factors", args=[person.pk])

    def test_the_password_alone_signs_in_again_and_it_is_logged(
        self, signed_in, administrator, editor, secret
    ):
        theirs = sign_in(editor)
        give(theirs, code_of(secret))
        office = signed_in(administrator)
        page = office.get(reverse("wagtailusers_users:edit", args=[editor.pk])).content.decode()
        assert self.address(editor) in page
        office.post(self.address(editor))
        assert not Authenticator.objects.filter(user=editor).exists()
        assert theirs.get(reverse("account_preferences")).status_code == HTTPStatus.FOUND
        assert is_in(sign_in(editor))
        assert ModelLogEntry.objects.get(action="people.reset_factors").user == administrator

    def test_the_second_time_nothing_is_logged(self, signed_in, administrator, editor, secret):
        for _time in range(2):
            assert signed_in(administrator).post(self.address(editor)).status_code == HTTPStatus.FOUND
        assert ModelLogEntry.objects.filter(action="people.reset_factors").count() == 1

    def test_looking_changes_nothing(self, signed_in, administrator, editor, secret):
        answer = signed_in(administrator).get(self.address(editor))
        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert Authenticator.objects.exists()

    @pytest.mark.parametrize("who", ["editor", "moderator", "answerer", "employee", "former_employee"])
    def test_nobody_else_may(self, request, signed_in, editor, secret, who):
        actor = request.getfixturevalue(who)
        signed_in(actor).post(self.address(editor))
        assert Authenticator.objects.filter(user=editor).exists()
        with pytest.raises(PermissionDenied):
            reset_factors(editor, by=actor)

    def test_not_ones_own_and_administrators_by_administrators_alone(self, administrator, moderator):
        moderator.user_permissions.add(permission_named("people.change_user"))
        for actor in (administrator, User.objects.get(pk=moderator.pk)):
            with pytest.raises(PermissionDenied):
                reset_factors(administrator, by=actor)

    def test_whoever_keeps_the_machine_may_by_command(self, editor, secret, capsys):
        call_command("reset_factors", editor.username)
        call_command("reset_factors", editor.username)
        assert capsys.readouterr().out.split("\n")[:2] == ["Taken away.", "There were none."]
        with pytest.raises(CommandError, match="Nobody"):
            call_command("reset_factors", "nobody")


class TestOfferedAddresses:
    """Of allauth's addresses, those that we offer."""

    @pytest.mark.parametrize(
        "name", ["mfa_trust", "mfa_signup_webauthn", "mfa_edit_webauthn", "mfa_list_webauthn"]
    )
    def test_there_is_no_such_address(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[1] if "edit" in name else [])

    @pytest.mark.parametrize(
        "name",
        ["mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
         "mfa_add_webauthn", "mfa_download_recovery_codes", "mfa_generate_recovery_codes",
         "mfa_reauthenticate"],
    )  # fmt: skip
    def test_a_stranger_is_sent_to_sign_in(self, client, site, name):
        answer = client.get(reverse(name))
        assert answer["Location"].startswith(reverse("account_login"))
