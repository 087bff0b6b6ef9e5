"""The privacy notices, of a new portal and of the demonstration, say what is kept and what is not."""

import pytest

from demo.content import PLAIN_PAGES
from home.actions.texts import PRIVACY
from people.models.devices import DEVICE_LIFETIME

WORDS = {"fr": "empreinte", "en": "fingerprint"}


@pytest.mark.parametrize("language", WORDS)
def test_they_tell_that_a_digest_of_the_network_stays_with_a_comment(language):
    """`Comment.network_digest`, which the limits count by."""
    (shown,) = (page for page in PLAIN_PAGES if page.key == "privacy" and page.language == language)
    for notice in (str(shown.body), str(PRIVACY.texts[language]["body"])):
        assert WORDS[language] in notice


@pytest.mark.parametrize("language", WORDS)
def test_they_tell_of_the_cookie_of_a_trusted_device(language):
    """`people.models.devices.DEVICE_LIFETIME`, in days."""
    (shown,) = (page for page in PLAIN_PAGES if page.key == "privacy" and page.language == language)
    days = {"fr": "{} jours", "en": "{} days"}[language].format(DEVICE_LIFETIME.days)
    for notice in (str(shown.body), str(PRIVACY.texts[language]["body"])):
        assert days in notice
