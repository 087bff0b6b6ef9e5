"""One address has one spelling, and one network, however a server or a proxy writes it (R36)."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from people.networks import client_address, network_digest, read_address

V4, V6 = "192.0.2.1", "2001:db8::1"
WRITTEN = [
    ("192.0.2.1", V4),
    (" 192.0.2.1 ", V4),
    ("192.0.2.1:4711", V4),
    ("192.0.2.1:0", V4),
    ("[192.0.2.1]", V4),
    ("[192.0.2.1]:443", V4),
    ("::ffff:192.0.2.1", V4),
    ("::FFFF:192.0.2.1", V4),
    ("::ffff:c000:201", V4),
    ("0:0:0:0:0:ffff:192.0.2.1", V4),
    ("[::ffff:192.0.2.1]", V4),
    ("[::ffff:192.0.2.1]:4711", V4),
    ("::ffff:192.0.2.1%eth0", V4),
    ("2001:db8::1", V6),
    ("2001:DB8::1", V6),
    ("2001:0db8:0000:0000:0000:0000:0000:0001", V6),
    ("[2001:db8::1]", V6),
    ("[2001:db8::1]:443", V6),
    ("[2001:db8::1%eth0]:443", V6),
    ("2001:db8::1%eth0", V6),
    ("2001:db8::1:443", "2001:db8::1:443"),  # an address: with a port there would be brackets
    ("fe80::1%wlan0", "fe80::1"),
    ("::1", "::1"),
    ("[::1]:8000", "::1"),
    ("127.0.0.1:8000", "127.0.0.1"),
    ("10.0.0.1:65535", "10.0.0.1"),
    ("::192.0.2.1", "::c000:201"),  # not mapped, and of no use since 2006
]
NO_ADDRESS = [
    *("", " ", "unknown", "_hidden", "localhost", "192.0.2", "192.0.2.256", "192.0.2.01", "192.0.2.1.5"),
    *(
        "192.0.2.1:",
        "192.0.2.1:port",
        "192.0.2.1:123456",
        "[2001:db8::1",
        "2001:db8::1]",
        "[]",
        "[]:80",
        ":80",
    ),
    *("2001:db8::g", "[2001:db8::1]443", "1::2::3", "192.0.2.1, 192.0.2.2", "192.0.2.1\x00", "3221225985"),
]


def request_from(address: str, forwarded: str = "") -> HttpRequest:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


@pytest.mark.parametrize(("written", "address"), WRITTEN)
def test_r36_an_address_is_read_as_what_it_is(written: str, address: str) -> None:
    assert str(read_address(written)) == address
    assert network_digest(request_from(written)) == network_digest(request_from(address)) != ""
    for hops, forwarded in ((1, written), (2, f"{written}, 10.0.0.9:1"), (1, f"203.0.113.9, {written}")):
        with override_settings(TRUSTED_PROXIES=hops):
            assert client_address(request_from("10.0.0.9", forwarded)) == address


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_r36_what_is_no_address_has_no_network(text: str) -> None:
    assert read_address(text) is None
    assert client_address(request_from(text)) == text
    assert network_digest(request_from(text)) == ""


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1:80", True),
        ("192.0.2.1:1", "192.0.2.1:2", True),
        ("192.0.2.1:1", "192.0.2.2:1", False),
        ("[2001:db8::1]:80", "2001:db8::ffff:1", True),
        ("[2001:db8::1]:80", "[2001:db8:0:1::1]:80", False),
    ],
)
def test_r36_a_network_is_an_ipv4_address_or_a_64(first: str, second: str, is_one: bool) -> None:
    assert (network_digest(request_from(first)) == network_digest(request_from(second))) is is_one


@given(st.ip_addresses(), st.integers(0, 65_535))
def test_r36_any_address_is_the_same_with_a_port(address: object, port: int) -> None:
    written = f"[{address}]:{port}" if ":" in str(address) else f"{address}:{port}"
    assert read_address(written) == read_address(str(address)) is not None


@given(st.text(max_size=60) | st.text("0123456789abcdef:.[]%", max_size=45))
def test_r36_whatever_is_written_is_no_fault(text: str) -> None:
    with override_settings(TRUSTED_PROXIES=0):
        network_digest(request_from(text))
