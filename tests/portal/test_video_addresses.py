"""The address of a video is understood or refused; only what was recognised is passed on (T30)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.blocks.videos import parse_video_address

KEY = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={KEY}",
        f"https://youtube.com/watch?feature=share&v={KEY}&t=12s",
        f"http://m.youtube.com/watch?v={KEY}",
        f"youtube.com/watch?v={KEY}",
        f"https://youtu.be/{KEY}?si=abc",
        f"https://www.youtube.com/shorts/{KEY}",
        f"https://www.youtube.com/embed/{KEY}?start=3",
        f"https://www.youtube.com/live/{KEY}",
        f"https://www.youtube-nocookie.com/embed/{KEY}",
        f"  https://youtu.be/{KEY}  ",
    ],
)
def test_youtube_is_understood(address: str) -> None:
    video = parse_video_address(address)
    assert video.player_url == f"https://www.youtube-nocookie.com/embed/{KEY}?autoplay=1&rel=0"
    assert video.watch_url == f"https://www.youtube.com/watch?v={KEY}"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://vimeo.com/76979871", "76979871?dnt=1&autoplay=1"),
        ("https://www.vimeo.com/76979871?share=copy", "76979871?dnt=1&autoplay=1"),
        ("https://vimeo.com/channels/staffpicks/76979871", "76979871?dnt=1&autoplay=1"),
        ("https://player.vimeo.com/video/76979871?h=0a1b2c3d4e", "76979871?dnt=1&autoplay=1&h=0a1b2c3d4e"),
        ("https://vimeo.com/76979871/0a1b2c3d4e", "76979871?dnt=1&autoplay=1&h=0a1b2c3d4e"),
    ],
)
def test_vimeo_is_understood(address: str, player: str) -> None:
    assert parse_video_address(address).player_url == f"https://player.vimeo.com/video/{player}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "not an address",
        "https://example.org/video",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/watch?v={KEY}%22%3E%3Cscript%3E",
        f"https://www.youtube.com/embed/{KEY}x",
        f"https://youtube.com.example.org/watch?v={KEY}",
        f"https://example.org/?https://youtu.be/{KEY}",
        f"https://youtu.be@example.org/{KEY}",
        f"https://someone@youtu.be/{KEY}",
        f"https://youtu.be:8080/{KEY}",
        f"javascript://youtu.be/{KEY}%0aalert(1)",
        f"data://youtu.be/{KEY}",
        f"ftp://youtu.be/{KEY}",
        f"file:///youtu.be/{KEY}",
        "https://vimeo.com/about",
        "https://vimeo.com/76979871x",
        "https://vimeo.com:99999999/76979871",
        "http://[youtu.be/x",
        "https://youtu.be/" + "a" * 1_000_000,
        f"https://youtu.be/{KEY}\n<script>",
        "https://youtu.be/ⅾQw4w9WgXcQ",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert parse_video_address(address) is None


@given(st.text() | st.from_regex(r"https?://(www\.)?(youtube\.com|youtu\.be|vimeo\.com)/.{0,60}"))
def test_whatever_is_typed_leads_to_a_player_we_know_or_nowhere(address: str) -> None:
    video = parse_video_address(address)
    if video:
        assert video.player_url.isascii()
        assert video.player_url.startswith(
            ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")
        )
        assert not set(video.player_url) & set("\"'<>\\ ")
