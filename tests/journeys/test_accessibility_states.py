"""States that the main templates seldom show, pages of accounts, and those of faults are fit for all too."""

import re
import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings as django_settings
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page as Window
from playwright.sync_api import expect
from wagtail.models import Locale

from demo.cast import DEMO_PASSWORD
from dialogue import topics
from dialogue.actions import status_token
from dialogue.models import Comment, DialogueIndexPage
from mail.outbox import unsubscribe_address
from moderation.actions import publish_comment, reject_comment
from people.models import User
from tests.journeys.conftest import World, ask, publish, sign_in
from tests.journeys.test_accessibility import DESKTOP, check_page, opening, visit
from tests.people.authenticator import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXPECTED_FAULTS = re.compile(r"the server responded with a status of (400|403|405|429|500) ")
TRIES = 3  # one more than a place has here in a short time


@pytest.mark.parametrize("language", ["fr", "en"])
class TestStates:
    @pytest.fixture
    def window(self, open_window, complaints, settings, language) -> Iterator[Window]:
        settings.ROOT_URLCONF = "tests.portal.fault_urls"
        window = open_window(color_scheme="light", viewport=DESKTOP, locale=f"{language}-CA")
        yield window
        complaints[:] = [words for words in complaints if not EXPECTED_FAULTS.search(words)]

    def test_those_of_guests(self, make_world, window, check_accessibility, moderator, language):
        for place in pages_of_guests(window, make_world(language), moderator):
            check_page(window, place, check_accessibility)

    def test_those_of_accounts(self, live_address, window, check_accessibility, employee, language):
        for place in pages_of_accounts(window, employee, language):
            check_page(window, place, check_accessibility)

    def test_those_of_faults(self, live_address, site, window, check_accessibility, settings, language):
        settings.ACCOUNT_RATE_LIMITS = {"login": f"{TRIES - 1}/h/ip"}
        for place in pages_of_faults(window, language):
            check_page(window, place, check_accessibility)


def pages_of_guests(window: Window, world: World, moderator: User) -> Iterator[str]:
    language = world.language
    upcoming, closed = ask("Que ferons-nous ?"), ask("Qu’avons-nous fait ?")
    upcoming.opens_at = timezone.now() + timedelta(days=9)
    closed.comments_close_at = timezone.now() - timedelta(hours=1)
    closed.closing_words = "Nous avons déplacé l’arrêt."
    reject_comment(world.held, by=moderator, reason_code="off_topic", reason_text="Le quai, pas le prix.")
    publish_comment(world.held, by=moderator)
    stopping = unsubscribe_address(world.held.participant, topics.REPLIES)
    with override(language):
        for dialogue in (upcoming, closed):
            publish(dialogue, DialogueIndexPage, Locale.objects.get(language_code=language))
        places = {
            "nothing found": f"/{language}/search/?query=introuvable",
            "no article is like that": f"{world.article.get_parent().url}?year=1999",
            "a dialogue that opens soon": upcoming.url,
            "a closed dialogue": closed.url,
            "the status of a published comment": status_of(world.held),
            "stopping messages": stopping.removeprefix(django_settings.WAGTAILADMIN_BASE_URL),
        }
        article = world.article.url
    yield from visit(window, language, places)
    window.goto(places["stopping messages"])
    press(window, "main form")
    yield "messages are stopped"
    window.goto(article)
    window.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    yield "an article with everything unfolded"
    window.goto(opening(world.unverified))
    press(window, "main form")
    press(window, "#mail form")
    yield "the personal page with its choice kept"
    window.goto(f"/{language}/conversation/participant/")
    window.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    yield "the personal page with everything unfolded"
    press(window, "form[action$='/leave/']")
    yield "the personal page was left"


def pages_of_accounts(window: Window, user: User, language: str) -> Iterator[str]:
    account = f"/{language}/account"
    key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    yield from visit(
        window,
        language,
        {
            "the link was sent": f"{account}/password/reset/done/",
            "a link that no longer works": f"{account}/password/reset/key/1-none/",
            "choosing a new password": f"{account}/password/reset/key/{key}/",
            "the password was changed": f"{account}/password/reset/key/done/",
            "a closed account": f"{account}/inactive/",
        },
    )
    window.goto(f"{account}/login/")
    sign_in(window, user.username)
    yield from visit(
        window,
        language,
        {
            "changing the password": f"{account}/password/change/",
            "sessions": f"{account}/sessions/",
            "the second step, not set up": f"{account}/factors/",
            "confirming that it is you": f"{account}/factors/app/",
        },
    )
    window.locator("[name=password]").fill(DEMO_PASSWORD)
    press(window, "main form:has([name=password])")
    yield "setting an app up"
    secret = window.locator(".account__secret").inner_text().replace(" ", "")
    window.locator("[name=code]").fill("000000")
    press(window, "main form:has([name=code])")
    yield "a wrong code"
    window.locator("[name=code]").fill(code_of(secret))
    press(window, "main form:has([name=code])")
    yield "recovery codes"
    yield from visit(
        window,
        language,
        {
            "the second step, set up": f"{account}/factors/",
            "new recovery codes": f"{account}/factors/codes/generate/",
            "removing the app": f"{account}/factors/app/remove/",
            "adding a passkey": f"{account}/factors/passkeys/add/",
        },
    )
    window.context.clear_cookies()
    window.goto(f"{account}/login/")
    sign_in(window, user.username)
    expect(window.locator("[name=code]")).to_be_visible()
    window.wait_for_load_state()
    yield "the second step"


def pages_of_faults(window: Window, language: str) -> Iterator[str]:
    yield from visit(
        window,
        language,
        {
            "a request without sense": f"/{language}/fail/suspicious/",
            "not open to this reader": f"/{language}/fail/forbidden/",
            "broken on our side": f"/{language}/fail/broken/",
            "takes forms only": f"/{language}/conversation/participant/ask/",
        },
    )
    window.goto(f"/{language}/account/login/")
    window.locator("main form [name=csrfmiddlewaretoken]").first.evaluate("(field) => field.remove()")
    window.locator("[name=login]").fill("nobody")
    window.locator("[name=password]").fill("nothing")
    press(window, "main form:has([name=password])")
    yield "a form that waited too long"
    window.goto(f"/{language}/account/login/")
    for _try in range(TRIES):
        window.locator("[name=login]").fill(secrets.token_hex(4))
        window.locator("[name=password]").fill("nothing")
        press(window, "main form:has([name=password])")
    expect(window.locator("[name=password]")).to_have_count(0)
    yield "too many sign-ins"


def status_of(comment: Comment) -> str:
    return f"/{comment.language}/conversation/status/{status_token(comment.idempotency_key)}/"


def press(window: Window, form: str) -> None:
    """Press the button of a form, and wait for where it leads."""
    with window.expect_navigation():
        window.locator(f"{form} [type=submit]").first.click()
