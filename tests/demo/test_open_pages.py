"""`make demo` opens the main pages once, so that the first visitor does not wait for the pictures."""

import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.conf import settings

from bench.processes import take_port
from tools.open_pages import PAGES

PROGRAM = settings.BASE_DIR / "tools/open_pages.py"


def open_pages(*arguments: str) -> str:
    """Run the program as `tools/serve_demo.sh` does, and return what it says; it must end well."""
    done = subprocess.run(  # noqa: S603 - our own program, and addresses of ours
        [sys.executable, PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout + done.stderr


class Site(ThreadingHTTPServer):
    """A site that notes what is asked of it, and answers with one status or breaks off."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []
        self.status: HTTPStatus | None = HTTPStatus.OK

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.status:
            self.send_response(self.server.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def served() -> Iterator[Site]:
    with Site() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR, None])
def test_each_page_is_asked_for_once_whatever_the_answer(served, status):
    served.status = status
    assert open_pages(served.address) == ""
    assert served.asked == list(PAGES)


def test_a_site_that_does_not_come_is_given_up():
    assert open_pages(f"http://127.0.0.1:{take_port()}", "0.3") == ""


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_are_there(client, site, address):
    assert client.get(address).status_code == HTTPStatus.OK
