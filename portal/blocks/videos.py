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
NOT_YOUTUBE_IDS = {
    "videoseries",
    "live_stream",
}  # as long as one: what stands at /embed/ for a list or a channel
VIMEO_PLAYER_HOST = "player.vimeo.com"
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
# What may stand before the number of a video; any other number names an event, a showcase, a folder.
VIMEO_FOLDERS = re.compile(r"\A(?:channels/[^/]+/|groups/[^/]+/videos/)")
VIMEO_ID = re.compile(r"[0-9]{6,12}")
VIMEO_KEY = re.compile(r"[0-9a-f]{8,16}")
# The look-ahead asks for a sign at all: each of the three parts may be missing.
START = re.compile(r"(?=.)(?:([0-9]{1,3})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6})s?)?", re.ASCII)
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
    start: int = 0  # seconds from its beginning

    @property
    def watch_url(self) -> str:
        """The page of the provider, for readers without script."""
        if self.provider == Provider.YOUTUBE:
            return f"https://www.youtube.com/watch?v={self.key}" + self._at("&t={}s")
        return (
            f"https://vimeo.com/{self.key}" + (f"/{self.secret}" if self.secret else "") + self._at("#t={}s")
        )

    @property
    def player_url(self) -> str:
        """The player that a click loads: without cookies, without tracking."""
        if self.provider == Provider.YOUTUBE:
            address = f"https://www.youtube-nocookie.com/embed/{self.key}?autoplay=1&rel=0"
            return address + self._at("&start={}")
        address = f"https://player.vimeo.com/video/{self.key}?dnt=1&autoplay=1"
        return address + (f"&h={self.secret}" if self.secret else "") + self._at("#t={}s")

    def _at(self, pattern: str) -> str:
        return pattern.format(self.start) if self.start else ""


def parse_video_address(address: str) -> HostedVideo | None:
    """Return the video that a YouTube or Vimeo address surely names, and from when it plays; else None."""
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
    path = "/".join(step for step in parts.path.split("/") if step)
    query = parse_qs(parts.query)
    start = _start_of(query, parts.fragment)
    if host == YOUTUBE_SHORT_HOST:
        return _youtube(path, start)
    if host in YOUTUBE_HOSTS:
        if path == "watch":
            return _youtube(_only(query, "v"), start)
        folder, _slash, key = path.partition("/")
        return _youtube(key, start) if folder in YOUTUBE_FOLDERS else None
    if host in VIMEO_HOSTS:
        return _vimeo(VIMEO_FOLDERS.sub("", path, count=1), query, start)
    if host == VIMEO_PLAYER_HOST and path.startswith("video/"):
        return _vimeo(path.removeprefix("video/"), query, start)
    return None


def _youtube(key: str, start: int) -> HostedVideo | None:
    is_video = YOUTUBE_ID.fullmatch(key) and key not in NOT_YOUTUBE_IDS
    return HostedVideo(Provider.YOUTUBE, key, start=start) if is_video else None


def _vimeo(path: str, query: dict[str, list[str]], start: int) -> HostedVideo | None:
    key, slash, in_path = path.partition("/")
    secrets = ({in_path} if slash else set()) | set(query.get("h", []))
    if not VIMEO_ID.fullmatch(key) or len(secrets) > 1 or not all(map(VIMEO_KEY.fullmatch, secrets)):
        return None
    return HostedVideo(Provider.VIMEO, key, "".join(secrets), start)


def _only(query: dict[str, list[str]], name: str) -> str:
    """Return the value of a parameter, or nothing where the address gives several."""
    values = set(query.get(name, []))
    return values.pop() if len(values) == 1 else ""


def _start_of(query: dict[str, list[str]], fragment: str) -> int:
    """Return the seconds after which a video is to begin: `90`, `90s`, `1m30s`, `1h2m3s`; else 0."""
    given = _only(query, "t") or _only(query, "start") or _only(parse_qs(fragment), "t")
    match = START.fullmatch(given)
    if match is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return 3600 * hours + 60 * minutes + seconds
