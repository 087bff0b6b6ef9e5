"""Whoever tries the portal reads its mail in the browser."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path / "mail")},
        }
    }
    return tmp_path / "mail"


class TestMailbox:
    def test_it_shows_what_was_sent(self, client, site, folder):
        EmailMessage(
            "Début de l’été", "Voir <b>ceci</b> : http://127.0.0.1:8000/fr/", to=["a@example.org"]
        ).send()
        body = client.get("/mailbox/").content.decode()
        assert "Début de l’été" in body
        assert "&lt;b&gt;ceci&lt;/b&gt;" in body
        assert 'href="http://127.0.0.1:8000/fr/"' in body

    def test_it_says_when_there_is_nothing(self, client, site, folder):
        assert client.get("/mailbox/").status_code == 200

    def test_it_is_never_stored(self, client, site, folder):
        assert "no-store" in client.get("/mailbox/")["Cache-Control"]
