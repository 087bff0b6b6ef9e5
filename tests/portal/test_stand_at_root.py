"""The portal stands at the root of its host: nobody outside moves its links below another path (R36)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/evil-prefix"


def from_unit() -> list[str]:
    unit = (ROOT / "deploy/systemd/parley-web.service").read_text(encoding="utf-8")
    return (
        re.search(r"gunicorn portal\.wsgi:application ((?:.*\\\n)*.*)", unit)[1].replace("\\\n", " ").split()
    )


def from_container() -> list[str]:
    text = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(r'"([^"]*)"', re.search(r"^CMD \[(.*)\]$", text, flags=re.MULTILINE)[1])[2:]


@pytest.mark.parametrize("read", [from_unit, from_container])
@pytest.mark.parametrize(
    "name", ["SCRIPT_NAME", "Script_Name", "Script-Name", "PATH_INFO", "REMOTE_USER", "X-Script-Name"]
)
def test_r36_our_server_takes_no_path_from_a_header(read: Callable[[], list[str]], name: str) -> None:
    config = Config()
    for key, value in vars(config.parser().parse_args(read())).items():
        if value is not None and key in config.settings:
            config.set(key, value)
    raw = f"GET /evil-prefix/fr/ HTTP/1.1\r\nHost: news.example.org\r\n{name}: {PREFIX}\r\n\r\n".encode()
    near = ("127.0.0.1", 4711)  # as the proxy beside it, which gunicorn trusts
    request = next(RequestParser(config, iter([raw]), near))
    _response, environ = create(request, None, near, ("127.0.0.1", 8000), config)
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("", "/evil-prefix/fr/")
    assert environ.get("REMOTE_USER") is None


TOLD = [
    {"SCRIPT_NAME": PREFIX},
    {"SCRIPT_NAME": "//evil.example"},
    {"SCRIPT_URL": f"{PREFIX}/fr/", "PATH_INFO": "/fr/"},
    {"REDIRECT_URL": f"{PREFIX}/fr/", "PATH_INFO": "/fr/"},
    {"HTTP_SCRIPT_NAME": PREFIX},
    {"HTTP_X_SCRIPT_NAME": PREFIX},
    {"HTTP_X_FORWARDED_PREFIX": PREFIX},
    {"HTTP_X_ORIGINAL_URL": f"{PREFIX}/fr/"},
]


@pytest.mark.parametrize("told", TOLD, ids=[next(iter(told)) for told in TOLD])
def test_r36_no_environment_moves_a_request(told: dict[str, str]) -> None:
    request = WSGIRequest(RequestFactory().get("/fr/").environ | told)
    assert (request.path, request.path_info, request.META["SCRIPT_NAME"]) == ("/fr/", "/fr/", "")


@pytest.mark.django_db
@pytest.mark.parametrize("told", TOLD, ids=[next(iter(told)) for told in TOLD])
def test_r36_no_page_holds_such_a_link(told: dict[str, str], home_fr: object) -> None:
    for address in ("/fr/", "/fr/comptes/login/", "/nowhere/"):
        answer = Client().get(address, **{key: value for key, value in told.items() if key != "PATH_INFO"})
        assert "evil" not in answer.text + answer.get("Location", "")
