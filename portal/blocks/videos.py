"""Understands the address of a video, without asking anybody."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.db import models

YOUTUBE_HOSTS = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
YOUTUBE_SHORT_HOST = "youtu.be"
YOUTUBE_FOLDERS = {"embed", "shorts", "live", "v"}
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
VIMEO_ID = re.compile(r"[0-9]{6,12}")
VIMEO_KEY = re.compile(r"[0-9a-f]{8,16}")
ADDRESS_LIMIT = 500  # longer than any real one, and short enough to parse without a thought


class Provider(models.TextChoices):
    """Who keeps the video."""

    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"


@dataclass(frozen=True)
class HostedVideo:
    """A video kept by a provider. Only the parts that were recognised remain of the address given."""

    provider: Provider
    key: str
    secret: str = ""  # Vimeo's second part for unlisted videos

    @property
    def watch_url(self) -> str:
        """The page of the provider, for readers without script."""
        if self.provider == Provider.YOUTUBE:
            return f"https://www.youtube.com/watch?v={self.key}"
        return f"https://vimeo.com/{self.key}" + (f"/{self.secret}" if self.secret else "")

    @property
    def player_url(self) -> str:
        """The player that a click loads: without cookies, without tracking."""
        if self.provider == Provider.YOUTUBE:
            return f"https://www.youtube-nocookie.com/embed/{self.key}?autoplay=1&rel=0"
        return f"https://player.vimeo.com/video/{self.key}?dnt=1&autoplay=1" + (
            f"&h={self.secret}" if self.secret else ""
        )


def parse_video_address(address: str) -> HostedVideo | None:
    """Return the video at a YouTube or Vimeo address, or None when the address is not understood."""
    address = address.strip()
    if not address or len(address) > ADDRESS_LIMIT:
        return None
    try:
        parts = urlsplit(address if "//" in address else f"https://{address}")
        is_plain = parts.port is None and parts.username is None
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not is_plain:
        return None
    host = (parts.hostname or "").lower()
    steps = [step for step in parts.path.split("/") if step]
    if host == YOUTUBE_SHORT_HOST:
        return _youtube(steps[0] if steps else "")
    if host in YOUTUBE_HOSTS:
        if steps[:1] == ["watch"]:
            return _youtube(next(iter(parse_qs(parts.query).get("v", [])), ""))
        return _youtube(steps[1]) if len(steps) > 1 and steps[0] in YOUTUBE_FOLDERS else None
    if host in VIMEO_HOSTS:
        return _vimeo(steps, next(iter(parse_qs(parts.query).get("h", [])), ""))
    return None


def _youtube(key: str) -> HostedVideo | None:
    return HostedVideo(Provider.YOUTUBE, key) if YOUTUBE_ID.fullmatch(key) else None


def _vimeo(steps: list[str], secret: str) -> HostedVideo | None:
    place = next((index for index, step in enumerate(steps) if VIMEO_ID.fullmatch(step)), None)
    if place is None:
        return None
    secret = secret or (steps[place + 1] if len(steps) > place + 1 else "")
    return HostedVideo(Provider.VIMEO, steps[place], secret if VIMEO_KEY.fullmatch(secret) else "")
