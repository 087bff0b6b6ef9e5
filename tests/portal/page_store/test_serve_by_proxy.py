"""nginx, as `deploy/nginx.conf` sets it up, serves kept pages without the application (T35)."""

import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings as project
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.utils import timezone

from bench.processes import take_port
from blog.models import BlogPage
from dialogue.actions import hide_comment
from portal.page_store.store import STRETCH, PageStore
from tests.portal.test_keep_apart import in_production  # noqa: F401 - a fixture
from tests.portal.test_serve_media import FILM, closed, make_film  # noqa: F401 - one is a fixture

pytestmark = [pytest.mark.proxy, pytest.mark.django_db(transaction=True)]

HOST = "news.example.org"  # as in the sample
SOON = timedelta(seconds=20)
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
OF_THE_SERVER = {"date", "server", "connection", "x-request-id"}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def application(in_production, store: PageStore, site, settings) -> Iterator[tuple[int, list[str]]]:  # noqa: F811
    """The portal as in production, over HTTP: its port, and the paths that it was asked for."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = [HOST]
    site.hostname, site.port = HOST, 443
    site.save()
    asked: list[str] = []
    handler = WSGIHandler()

    def application(environ: dict[str, Any], start_response: Callable) -> Any:
        asked.append(environ["PATH_INFO"])
        answer = handler(environ, start_response)
        try:
            return list(answer)
        finally:
            answer.close()
            connection.close()

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port, asked
        server.shutdown()
        thread.join()


def configuration(folder: Path, data: Path, port: int, application: int) -> str:
    """Return the sample, without encryption, for a server of ours."""
    text = Path(project.BASE_DIR, "deploy/nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"\n\s*(ssl_\w+ [^;]*|listen \[::\][^;]*);", "", text)
    for before, after in {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "listen 80;": f"listen 127.0.0.1:{take_port()};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{application};",
        "/srv/parley/data": str(data),
        "/var/log/nginx": str(folder),
    }.items():
        assert before in text, f"deploy/nginx.conf no longer says “{before}”: mend this test."
        text = text.replace(before, after)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy"))
    others = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("fastcgi", "uwsgi", "scgi"))
    user = "user root;" if Path.home() == Path("/root") else ""
    return (
        f"{user} daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ {temporary}{others} {text} }}"
    )


@pytest.fixture
def proxy(application: tuple[int, list[str]], tmp_path: Path) -> Iterator[int]:
    """The port of an nginx in front of the application."""
    if NGINX is None:
        pytest.fail("Install nginx (nginx-light), or leave these tests out: -m 'not proxy'.")
    port = take_port()
    folder = tmp_path / "nginx"
    folder.mkdir()
    (folder / "nginx.conf").write_text(configuration(folder, tmp_path, port, application[0]))
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:  # noqa: S603 - our own words
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()


def wait_for(port: int, server: subprocess.Popen) -> None:
    for _time in range(3_000):
        if server.poll() is not None:
            raise AssertionError(server.stderr.read().decode())
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx did not begin to answer.")


class Answer:
    def __init__(self, port: int, path: str, method: str = "GET", **headers: str) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        line.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        response = line.getresponse()
        self.status, self.body = response.status, response.read()
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        line.close()

    @property
    def said(self) -> dict[str, str]:
        return {name: value for name, value in self.headers.items() if name not in OF_THE_SERVER}


@pytest.fixture
def ask(proxy: int, application: tuple[int, list[str]]) -> Callable[..., Answer]:
    """Ask nginx; `was_asked` is whether it asked the application."""

    def ask_it(path: str, method: str = "GET", **headers: str) -> Answer:
        before = len(application[1])
        answer = Answer(proxy, path, method, **{"host": HOST, **headers})
        answer.was_asked = len(application[1]) > before
        return answer

    return ask_it


def test_t35_kept_pages_are_served_without_the_application(
    ask, article, say, signed_in, employee, application
):
    path = article.get_url()
    comment = say(article, "Les bancs manquent.")
    made = ask(path)
    assert made.was_asked
    assert (made.status, "Les bancs manquent" in made.body.decode()) == (200, True)

    kept = ask(path)
    assert not kept.was_asked
    assert kept.body == made.body
    directly = {"host": HOST, "x_forwarded_proto": "https"}
    for more in ({}, {"accept_encoding": "gzip"}, {"if_none_match": made.headers["etag"]}):
        theirs, ours = ask(path, **more), Answer(application[0], path, **directly, **more)
        assert not theirs.was_asked
        assert (theirs.status, theirs.body) == (ours.status, ours.body), more
        assert theirs.said == {
            k: v for k, v in ours.said.items() if (ours.status, k) != (304, "content-length")
        }
    assert ask(path, accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert ask(path, if_none_match=f"W/{made.headers['etag']}").status == 304
    assert ask(path, "HEAD").body == b""
    assert ask(path, range="bytes=0-9").status == 200

    # Who passes by, and who does not.
    browser = signed_in(employee)
    session = f"a=b; {project.SESSION_COOKIE_NAME}={browser.cookies[project.SESSION_COOKIE_NAME].value}"
    answer = ask(path, cookie=session)
    assert answer.was_asked
    assert "no-store" in answer.headers["cache-control"]
    assert ask(path, authorization="Bearer x").was_asked
    assert ask(path, "POST").was_asked
    assert not ask(path, cookie=f"{project.CSRF_COOKIE_NAME}=x").was_asked
    guest = f"{project.GUEST_COOKIE_NAME}=x"
    assert not ask(path, cookie=guest).was_asked
    assert not ask(path, cookie=guest, sec_fetch_site="same-origin").was_asked
    assert ask(path, cookie=guest, sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert not ask(path, sec_fetch_site="cross-site", sec_fetch_mode="no-cors").was_asked

    # A purge is effective at once.
    hide_comment(comment, by=None)
    fresh = ask(path)
    assert fresh.was_asked
    assert "Les bancs manquent" not in fresh.body.decode()
    assert not ask(path).was_asked
    assert ask(path, if_none_match=made.headers["etag"]).status == 200


def test_t35_nothing_else_is_served_from_the_folder(ask, article, tmp_path, store):
    path = article.get_url()
    ask(path)
    (tmp_path / "secret.html").write_text("secret")
    (Path(store.live) / "sites" / "secret.html").write_text("secret")
    climbing = [
        "/fr/../../../../secret.html",
        "/fr/..%2f..%2fsecret.html",
        "/secret.html",
        "/fr/secret/?page=../../secret",
        f"{path}@/index.html",
        f"{path}@/index.json",
        f"{path}index.html",
        f"/{HOST}{path}@/index.html",
        f"{path}?page=..%2findex",
        "/nowhere/index.html",
        "/@parley",
    ]
    for address in climbing:
        answer = ask(address)
        assert answer.was_asked or answer.status == 400, address
        assert b"secret" not in answer.body.replace(b"fr/secret", b""), address
        assert "Le quai sera refait" not in answer.body.decode() or "?page" in address
    for host in ("evil.example.org", f"{HOST}/../..", "..", f"{HOST}@evil"):
        assert ask(path, host=host).status in {301, 400}, host


def test_pages_of_a_list_have_a_place_of_their_own(ask):
    for path in ("/fr/articles/", "/fr/articles/?page=1", "/en/"):
        ask(path)
        assert not ask(path).was_asked, path
    assert ask("/en/").headers["content-language"] == "en"
    assert ask("/fr/articles/?page=1&utm_source=x").was_asked
    assert ask("/fr/articles/?topic=quais").was_asked
    ask("/fr/feeds/articles.atom")
    assert ask("/fr/feeds/articles.atom").was_asked, "only the application knows what is said with a feed"


def test_what_ends_soon_is_asked_of_the_application(ask, article):
    left = STRETCH - time.time() % STRETCH
    if left < 2 * SOON.seconds:  # nginx has no other clock than the real one: let the next stretch begin
        time.sleep(left)
    for life, is_for_us in ((SOON, True), (timedelta(hours=1), False)):
        closing = timezone.now() + life
        BlogPage.objects.filter(pk=article.pk).update(comments_close_at=closing)
        ask(article.get_url())
        assert ask(article.get_url()).was_asked is is_for_us


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 2047),
        ("bytes=-48", 2000, 2047),
        ("bytes=2000-9999", 2000, 2047),
    ],
)
def test_a_player_may_jump_ahead(ask, asked, first, last):
    answer = ask(make_film().file.url, range=asked)
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/2048"
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.body == FILM[first : last + 1]


def test_a_range_that_is_not_there_is_refused(ask):
    answer = ask(make_film().file.url, range="bytes=2048-")
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */2048"


def test_several_ranges_at_once_are_answered_with_the_whole(ask):
    answer = ask(make_film().file.url, range="bytes=0-1,5-6")
    assert (answer.status, answer.body) == (200, FILM)


def test_the_application_is_asked_for_each_part_of_a_closed_film(ask, signed_in, employee, closed):  # noqa: F811
    path = make_film(closed).file.url
    browser = signed_in(employee)
    session = f"{project.SESSION_COOKIE_NAME}={browser.cookies[project.SESSION_COOKIE_NAME].value}"
    answer = ask(path, range="bytes=0-99", cookie=session)
    assert (answer.status, answer.body) == (206, FILM[:100])
    assert answer.headers["cache-control"] == "private, no-store"
    stranger = ask(path, range="bytes=0-99")
    assert stranger.was_asked
    assert stranger.status == 404
    assert FILM[:100] not in stranger.body
