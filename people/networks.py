"""From where a request comes, kept only as a digest of its network."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from portal.digests import keyed_digest

IPV4_PREFIX = 32
IPV6_PREFIX = 64  # one household or office holds a whole /64
# As servers and proxies write it: an IPv6 address in brackets or an IPv4 address, and a port behind either.
WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5}")


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as seen by the outermost proxy that we trust.

    With `TRUSTED_PROXIES` = 0 the forwarded header is not read at all: anybody can write it. One address has
    one spelling, however it is written; what is no address is returned as it came.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    # Each proxy of ours adds one at the end; what stands before, a visitor may have written (T37).
    told = forwarded[-hops] if hops and len(forwarded) >= hops else request.META.get("REMOTE_ADDR", "")
    address = read_address(told)
    return told if address is None else str(address)


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `text` holds, without port, brackets or zone; None where it holds none.

    An IPv4 address that comes over IPv6 (`::ffff:192.0.2.1`) is an IPv4 address: otherwise all of IPv4 would
    be one network.
    """
    found = WITH_PORT.fullmatch(text.strip())
    bare = (found[1] or found[2] or "") if found else text.strip()
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def client_network(request: HttpRequest) -> str:
    """Return the client's network (IPv4 address or IPv6 /64), or an empty string where there is none."""
    address = read_address(client_address(request))
    if address is None:
        return ""
    prefix = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
    return str(ip_network((address, prefix), strict=False))


def network_digest(request: HttpRequest) -> str:
    """Return a keyed digest of the client's network, or an empty string where there is none."""
    network = client_network(request)
    return keyed_digest("people.network", network) if network else ""
