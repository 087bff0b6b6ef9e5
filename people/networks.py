"""From where a request comes, kept only as a digest of its network."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

IPV4_PREFIX = 32
IPV6_PREFIX = 64  # one household or office holds a whole /64


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as seen by the outermost proxy that we trust.

    With `TRUSTED_PROXIES` = 0 the forwarded header is not read at all: anybody can write it.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        return forwarded[-hops]
    return request.META.get("REMOTE_ADDR", "")


def network_digest(request: HttpRequest) -> str:
    """Return a keyed digest of the client's network (IPv4 address or IPv6 /64), or an empty string."""
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return ""
    prefix = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
    network = ip_network((address, prefix), strict=False)
    return salted_hmac("people.network", str(network), algorithm="sha256").hexdigest()
