"""How long an answer takes does not tell whether somebody here has a name or an address.

Each question is asked 500 times about what is known and as often about what is not, in an order that chance
makes, and the times are compared by Welch's t: beyond 4 they are told apart.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import time_machine
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from demo.cast import find_sign_in
from demo.factories.people import enrol, verify_guest
from dialogue.tickets import issue_ticket
from portal.settings import base
from tests.trust.actors import Browser
from tests.trust.public_site import PublicSite

TIMES = 500
LIMIT = 4.0  # of Welch's t, as for leaks of hardware (Goodwill and others, 2011, use 4.5)
WARM_UP = 20
FOUND, SEE_OTHER, FINE = 302, 303, 200
QUESTIONS = ("sign-in", "reset", "confirmation", "guest link")
Ask = Callable[[Client, int, bool], HttpResponse]


@dataclass
class Result:
    """Welch's t of each question, and what is wrong."""

    times: int
    found: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        told = ", ".join(f"{name} {t:.1f}" for name, t in self.found.items())
        return f"timing: 2 x {self.times} answers to each question, Welch's t: {told} (below {LIMIT:.0f})"


def measure(
    public_site: PublicSite,
    *,
    times: int,
    seed: int,
    warm_up: int = WARM_UP,
    which: Iterable[str] = QUESTIONS,
) -> Result:
    """Ask these questions, and compare. The clock runs meanwhile."""
    result = Result(times)
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    with (
        time_machine.travel(timezone.now(), tick=True),
        override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS, ACCOUNT_RATE_LIMITS=False),
    ):
        asked = questions(public_site, times, warm_up)
        for name in which:
            ask, status = asked[name]
            known, unknown = _ask_all(name, ask, status, (times, warm_up), chance, result)
            t = welch(known, unknown)
            result.found[name] = t
            if abs(t) >= LIMIT:
                gap = (statistics.fmean(known) - statistics.fmean(unknown)) * 1_000
                result.faults.append(f"timing: {name} is told apart, t = {t:.1f}, by {gap:+.2f} ms")
    return result


def welch(first: list[float], second: list[float]) -> float:
    """Return Welch's t (1947): how many standard errors the means are apart."""
    error = statistics.variance(first) / len(first) + statistics.variance(second) / len(second)
    return (statistics.fmean(first) - statistics.fmean(second)) / error**0.5


def questions(public_site: PublicSite, times: int, warm_up: int) -> dict[str, tuple[Ask, int]]:
    """Return how each is asked, by a client about the nth that is known or not, and what it is answered."""
    user, _is_new = enrol(find_sign_in("isaac"))
    user.set_password("a password that nobody types")
    user.save()
    for number in range(-warm_up, times):
        verify_guest("Odile", address(number, True))
    page = public_site.pages["article"]
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        tickets = [issue_ticket(page.pk) for _number in range(2 * (times + warm_up))]

    def sign_in(client: Client, number: int, is_known: bool) -> HttpResponse:
        login = user.email if is_known else address(number, False)
        return client.post(reverse("account_login"), {"login": login, "password": "wrong"})

    def reset(client: Client, number: int, is_known: bool) -> HttpResponse:
        email = user.email if is_known else address(number, False)
        return client.post(reverse("account_reset_password"), {"email": email})

    def comment(client: Client, number: int, is_known: bool) -> HttpResponse:
        ticket = tickets.pop()
        form = {"text": "Un mot.", "name": "Odile", "email": address(number, is_known)}
        ticket_fields = {"ticket_key": ticket.key, "ticket_time": ticket.time}
        return client.post(reverse("create_comment", args=[page.pk]), form | ticket_fields)

    def link(client: Client, number: int, is_known: bool) -> HttpResponse:
        return client.post(reverse("ask_for_personal_page"), {"email": address(number, is_known)})

    return {
        "sign-in": (sign_in, FINE),
        "reset": (reset, FOUND),
        "confirmation": (comment, SEE_OTHER),
        "guest link": (link, SEE_OTHER),
    }


def address(number: int, is_known: bool) -> str:
    """Return the address of the nth guest, or one of the same length that nobody has."""
    return f"{'guest' if is_known else 'other'}{number % 100_000:05}@example.org"


def _ask_all(
    name: str, ask: Ask, status: int, counts: tuple[int, int], chance: random.Random, result: Result
) -> tuple[list[float], list[float]]:
    times, first = counts
    order = [(number, is_known) for number in range(times) for is_known in (True, False)]
    chance.shuffle(order)
    warm_up = [(number, is_known) for number in range(-first, 0) for is_known in (True, False)]
    taken: dict[bool, list[float]] = {True: [], False: []}
    gc.collect()
    gc.disable()
    try:
        for place, (number, is_known) in enumerate(warm_up + order):
            # Each from a network of its own: no limit is what is measured.
            client = Browser(address=f"10.0.{place // 250}.{place % 250 + 1}")
            start = time.perf_counter()
            answer = ask(client, number, is_known)
            if number >= 0:
                taken[is_known].append(time.perf_counter() - start)
            if answer.status_code != status:
                result.faults.append(f"timing: {name} was answered {answer.status_code}")
    finally:
        gc.enable()
    return taken[True], taken[False]
