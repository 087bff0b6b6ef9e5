"""No form of another site does anything, even where the browser sends our cookies along (T32)."""

from http import HTTPStatus
from itertools import product

from django.test import Client

from tests.database import all_rows
from tests.samples import every
from tests.trust.actors import Actor
from tests.trust.addresses import Address, addresses
from tests.trust.matrix import REFUSED, SIGN_IN, in_words
from tests.trust.planting import plant, plant_crews
from tests.trust.requests import read_answer

NOTHING_DONE = {
    *(str(int(status)) for status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)),
    str(int(HTTPStatus.METHOD_NOT_ALLOWED)),
    SIGN_IN,
    REFUSED,
}
# A mail program sends this one, without a browser; what it stops, the address alone says.
SENT_BY_MAIL_PROGRAMS = "mail/stop/<str:token>/"
# An address that opens nothing is answered by the page that says so, whoever asks.
OPENS_NOTHING = {
    "<language>/conversation/confirm/<slug:token>/ @ unknown",
    "<language>/conversation/follow/<slug:token>/ @ unknown",
    "<language>/conversation/participant/link/<slug:token>/",
}

FROM_ELSEWHERE = (
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    {"Origin": "https://evil.example"},  # a browser that does not say more
    {"Origin": "null"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"},  # a neighbour below the same domain
)


WHO = ("visitor", "administrator")


def test_t32_what_another_site_sends_is_refused_everywhere(public_site, actors):
    planting = plant(public_site)
    plant_crews(planting)
    asked = [
        address
        for address in addresses(planting)
        if address.route != SENT_BY_MAIL_PROGRAMS and address.name not in OPENS_NOTHING
    ]
    before = all_rows()
    taken = []
    for name, (number, headers) in product(WHO, enumerate(FROM_ELSEWHERE)):
        # The check does not know the address: that each asks it, the whole shows.
        for address in every(12 if number else 3, asked):
            answer = post(actors[name], address, headers)
            if answer not in NOTHING_DONE:
                taken.append(f"{name}, {address.name}, {headers}: {answer}")
    assert not taken, "\n".join(taken)
    assert all_rows() == before


def post(actor: Actor, address: Address, headers: dict[str, str]) -> str:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for name, value in actor.cookies.items():
        client.cookies[name] = value
    sent = client.post(address.path, {"text": "Acheté", "action": "yes"}, headers=headers)
    return in_words(actor, read_answer(sent))
