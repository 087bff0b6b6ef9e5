"""A passkey in a real browser, with an authenticator that Chromium makes up: added, used, removed."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from demo.cast import DEMO_PASSWORD
from people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def window(open_window: Callable[..., Window], live_address: str, site) -> Window:
    """A window with a device that checks the person; passkeys need a name, not a number, for their host."""
    address = live_address.replace("127.0.0.1", "localhost")
    window = open_window(base_url=address)
    session = window.context.new_cdp_session(window)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return window


def sign_in(window: Window, user: User) -> None:
    window.goto("/fr/account/login/")
    window.get_by_label("Adresse courriel ou nom").fill(user.username)
    window.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    window.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(window: Window) -> None:
    window.goto("/fr/account/logout/")
    window.get_by_role("main").get_by_role("button", name="Se déconnecter").click()


def add_passkey(window: Window) -> None:
    window.goto("/fr/account/factors/passkeys/add/")
    window.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    window.get_by_role("button", name="Confirmer").click()
    window.get_by_label("Nom").fill("Clé bleue")
    window.get_by_role("button", name="Ajouter une clé d’accès").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Codes de secours")


def look(window: Window, check_accessibility: Callable[[Window], None]) -> None:
    window.wait_for_load_state("load")  # with its styles
    check_accessibility(window)


def test_it_signs_in_alone_as_second_step_and_goes(window, editor, check_accessibility) -> None:
    sign_in(window, editor)
    add_passkey(window)
    look(window, check_accessibility)
    passkey = Authenticator.objects.get(user=editor, type="webauthn").wrap()
    assert passkey.name == "Clé bleue"

    sign_out(window)
    window.goto("/fr/account/login/?next=/fr/account/factors/")
    look(window, check_accessibility)
    window.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    expect(window.get_by_text("Clé bleue", exact=False).first).to_be_visible()
    look(window, check_accessibility)

    sign_out(window)
    sign_in(window, editor)
    look(window, check_accessibility)
    window.get_by_role("button", name="Utiliser une clé d’accès").click()
    expect(window.get_by_role("link", name="Se déconnecter").first).to_be_visible()

    window.goto("/fr/account/factors/")
    window.get_by_role("link", name="Retirer Clé bleue").click()
    window.get_by_role("button", name="Utiliser une clé d’accès").or_(
        window.get_by_label("Mot de passe")
    ).first.wait_for()
    window.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    window.get_by_role("button", name="Confirmer").click()
    window.get_by_role("button", name="Retirer").click()
    expect(window.get_by_text("La clé d’accès est retirée.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_refusal_is_told_and_changes_nothing(window) -> None:
    window.goto("/fr/account/login/")
    window.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    window.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(window.get_by_text("Cela n’a pas fonctionné")).to_be_visible()


def test_without_script_the_page_says_that_it_needs_one(open_window, site) -> None:
    window = open_window(java_script_enabled=False)
    window.goto("/fr/account/login/")
    expect(window.get_by_text("Les clés d’accès demandent un navigateur")).to_be_visible()
    expect(window.get_by_role("button", name="Se connecter avec une clé d’accès")).to_be_hidden()
