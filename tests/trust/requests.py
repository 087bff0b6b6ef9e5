"""Asking the portal, so that one answer can be laid beside another, and nothing that was asked remains."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit
from zlib import crc32

from django.http import HttpResponseBase
from django.urls import reverse

from tests.database import for_a_while
from tests.trust.actors import Actor

# What differs from one answer to the next whoever asks and whatever is hidden: nonce, CSRF token, date, and
# what our process draws at random (the number of the request, the ticket of a form, the name of a preview).
RANDOM = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), r"\1"),
    (re.compile(r'("csrf": ")[^"]*'), r"\1"),
    (re.compile(r"(csrftoken=)[^;]*"), r"\1"),
    (re.compile(r"(nonce[=-]\"?)[A-Za-z0-9+/=_-]+"), r"\1"),
    (re.compile(r'(name="ticket_(?:key|time)" value=")[^"]*'), r"\1"),
    (re.compile(r'("(?:key|time)": ")[^"]*'), r"\1"),
)
PREVIEWED = re.compile(
    r'comment--preview" aria-labelledby="name-(\w{12})"'
)  # of a comment that is not stored
RANDOM_HEADERS = {"date", "x-request-id"}
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')


@dataclass(frozen=True)
class Asked:
    """One request: who asks is told apart from what is asked."""

    path: str
    method: str = "GET"
    data: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        fields = ", ".join(f"{name}={value[:20]}" for name, value in self.data)
        return f"{self.method} {self.path}" + (f" ({fields})" if fields else "")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes
    request_id: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Headers and content as a person, or a program, could read them."""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{head}\n\n{self.content.decode('utf-8', 'replace')}"

    @property
    def place(self) -> str:
        """Where a redirect leads, without the query."""
        return urlsplit(self.headers.get("location", "")).path

    @property
    def links(self) -> set[str]:
        """The addresses of this portal that the answer leads to."""
        if not self.headers.get("content-type", "").startswith(("text/html", "application/", "text/xml")):
            return set()
        found = (
            LINK.findall(self.text)
            + re.findall(r"<loc>([^<]+)", self.text)
            + [self.headers.get("location", "")]
        )
        return {local for address in found if (local := local_address(unescape(address)))}

    def normal(self) -> str:
        """The answer without what is random, to be compared with another."""
        kept = sorted(
            f"{name}: {value}" for name, value in self.headers.items() if name not in RANDOM_HEADERS
        )
        cookies = sorted(f"{name}={value}" for name, value in self.cookies.items())
        text = "\n".join([str(self.status), *kept, *cookies, "", self.content.decode("utf-8", "replace")])
        if self.request_id:
            text = text.replace(self.request_id, "")
        for name in PREVIEWED.findall(text):
            text = text.replace(name, "")
        for pattern, blank in RANDOM:
            text = pattern.sub(blank, text)
        return text


def local_address(address: str) -> str:
    """Return the path and query of an address of this portal; an empty string for all others."""
    parts = urlsplit(address)
    if parts.netloc not in {"", "testserver", "127.0.0.1:8000", "localhost"} or parts.scheme not in {
        "",
        "http",
    }:
        return ""
    if not parts.path.startswith("/") or parts.path.startswith("/static/"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def send(actor: Actor, asked: Asked) -> Answer:
    """Ask, and undo in the database whatever asking did."""
    with for_a_while():
        return ask_for_good(actor, asked)


def ask_for_good(actor: Actor, asked: Asked) -> Answer:
    """Ask, and let stand what it does."""
    client = actor.open_browser()
    data: dict[str, Any] = {}
    for name, value in asked.data:
        data.setdefault(name, []).append(value)
    more: dict[str, Any] = {"data": data} if data else {}
    # From an address of its own, so that no limit on requests makes one answer depend on another.
    digest = crc32(f"{actor.name} {asked}".encode())
    more["REMOTE_ADDR"] = f"10.{digest >> 16 & 255}.{digest >> 8 & 255}.{digest & 255}"
    return read_answer(getattr(client, asked.method.lower())(asked.path, headers=dict(asked.headers), **more))


def read_answer(response: HttpResponseBase) -> Answer:
    content = b"".join(response) if response.streaming else response.content
    headers = {name.lower(): str(value) for name, value in response.headers.items()}
    cookies = {name: morsel.OutputString() for name, morsel in response.cookies.items()}
    return Answer(response.status_code, headers, content, headers.get("x-request-id", ""), cookies)


def leads_to_sign_in(answer: Answer) -> bool:
    """Whether the answer sends the asker to sign in, in whichever language."""
    return unquote(answer.place).split("/", 2)[-1] == reverse("account_login").split("/", 2)[-1]
