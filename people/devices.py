"""The cookie of a guest's device: read from a request, written to the answer of a POST, never to a GET."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import Device, Participant
from people.models.devices import DEVICE_LIFETIME

SALT = "people.device"
A_DAY = timedelta(days=1)

# The first that a browser says of itself is the one it is: Edge calls itself Chrome, and Chrome Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def read_device(request: HttpRequest) -> Device | None:
    """Return the device that the request comes from, where it is trusted for somebody now."""
    token = request.get_signed_cookie(settings.GUEST_COOKIE_NAME, default="", salt=SALT)
    if not token:
        return None
    devices = Device.objects.valid().select_related("participant")
    return devices.filter(digest=Device.digest_of(token)).first()


def find_trusted_device(request: HttpRequest, email: str) -> Device | None:
    """Return the device if it is trusted for this very address; its last use is noted once a day."""
    device = read_device(request)
    if device is None or not email or device.participant.email != email:
        return None
    now = timezone.now()
    if device.last_used_at < now - A_DAY:
        Device.objects.filter(pk=device.pk).update(last_used_at=now)
    return device


def name_device(request: HttpRequest) -> dict[str, str]:
    """Return the words by which its owner will know the browser: no version, and nothing that tells more."""
    told = request.headers.get("User-Agent", "")[:400]
    return {
        "browser": next((name for sign, name in BROWSERS if sign in told), ""),
        "system": next((name for sign, name in SYSTEMS if sign in told), ""),
    }


def keep_token(response: HttpResponse, token: str) -> None:
    """Give the browser its cookie."""
    response.set_signed_cookie(
        settings.GUEST_COOKIE_NAME,
        token,
        salt=SALT,
        max_age=int(DEVICE_LIFETIME.total_seconds()),
        secure=settings.GUEST_COOKIE_SECURE,
        httponly=True,
        # Not `Strict`: whoever comes from a link in a message has the same browser.
        samesite="Lax",
    )


def forget_token(response: HttpResponse) -> None:
    """Take the cookie back."""
    response.delete_cookie(settings.GUEST_COOKIE_NAME, samesite="Lax")


def find_person(request: HttpRequest) -> Participant | None:
    """Return who asks: by their account, or by a trusted device; None for a stranger.

    Looking makes nobody a participant: somebody with an account who is none yet is returned unsaved.
    """
    if request.user.is_authenticated:
        known = Participant.objects.filter(user=request.user).first()
        return known or Participant(user=request.user)
    device = read_device(request)
    return device.participant if device else None
