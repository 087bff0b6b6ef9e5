"""The address of a video is understood or refused; only what was recognised is passed on (T30)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.blocks.videos import Provider, parse_video_address

KEY = "dQw4w9WgXcQ"
PLAYERS = {
    Provider.YOUTUBE: "https://www.youtube-nocookie.com/embed/",
    Provider.VIMEO: "https://player.vimeo.com/video/",
}


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={KEY}",
        f"https://youtube.com/watch?feature=share&v={KEY}",
        f"http://m.youtube.com/watch?v={KEY}",
        f"youtube.com/watch?v={KEY}",
        f"https://youtu.be/{KEY}?si=abc",
        f"https://www.youtube.com/shorts/{KEY}",
        f"https://www.youtube.com/embed/{KEY}",
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


@pytest.mark.parametrize(
    ("address", "player"),
    [
        # Where it begins
        (f"https://www.youtube.com/watch?feature=share&v={KEY}&t=12s", f"{KEY}?autoplay=1&rel=0&start=12"),
        (f"https://www.youtube.com/watch?v={KEY}&t=90", f"{KEY}?autoplay=1&rel=0&start=90"),
        (f"https://youtu.be/{KEY}?si=abc&t=1m30s", f"{KEY}?autoplay=1&rel=0&start=90"),
        (f"https://youtu.be/{KEY}?t=1h2m3s", f"{KEY}?autoplay=1&rel=0&start=3723"),
        (f"https://youtu.be/{KEY}?t=2h", f"{KEY}?autoplay=1&rel=0&start=7200"),
        (f"https://youtu.be/{KEY}#t=2m", f"{KEY}?autoplay=1&rel=0&start=120"),
        (f"https://www.youtube.com/embed/{KEY}?start=3", f"{KEY}?autoplay=1&rel=0&start=3"),
        (f"https://www.youtube.com/live/{KEY}?t=45", f"{KEY}?autoplay=1&rel=0&start=45"),
        (f"https://www.youtube.com/shorts/{KEY}?t=0", f"{KEY}?autoplay=1&rel=0"),
        (f"https://youtu.be/{KEY}?t=1:30", f"{KEY}?autoplay=1&rel=0"),
        (f"https://youtu.be/{KEY}?t=-5&start=", f"{KEY}?autoplay=1&rel=0"),
        (f"https://youtu.be/{KEY}?t=5&t=9", f"{KEY}?autoplay=1&rel=0"),
        (f"https://www.youtube.com/watch?v={KEY}&list=PL0123456789", f"{KEY}?autoplay=1&rel=0"),
        ("https://vimeo.com/76979871#t=90", "76979871?dnt=1&autoplay=1#t=90s"),
        ("https://vimeo.com/76979871#t=1m30s", "76979871?dnt=1&autoplay=1#t=90s"),
        ("https://vimeo.com/76979871?t=90s", "76979871?dnt=1&autoplay=1#t=90s"),
        (
            "https://vimeo.com/76979871/0a1b2c3d4e#t=1h2m3s",
            "76979871?dnt=1&autoplay=1&h=0a1b2c3d4e#t=3723s",
        ),
        # Which video it is
        ("https://vimeo.com/76979871/0a1b2c3d4e?h=0a1b2c3d4e", "76979871?dnt=1&autoplay=1&h=0a1b2c3d4e"),
        ("https://vimeo.com/groups/name/videos/76979871", "76979871?dnt=1&autoplay=1"),
        ("https://vimeo.com/channels/1234567/76979871", "76979871?dnt=1&autoplay=1"),
        ("https://player.vimeo.com/video/76979871#t=30s", "76979871?dnt=1&autoplay=1#t=30s"),
        # What does not surely name a video
        ("https://vimeo.com/event/1234567", None),
        ("https://vimeo.com/event/1234567/embed", None),
        ("https://vimeo.com/event/1234567/videos/76979871", None),
        ("https://vimeo.com/showcase/1234567", None),
        ("https://vimeo.com/showcase/1234567/video/76979871", None),
        ("https://vimeo.com/album/1234567/video/76979871", None),
        ("https://vimeo.com/manage/videos/76979871", None),
        ("https://vimeo.com/ondemand/name/76979871", None),
        ("https://vimeo.com/user1234567/76979871", None),
        ("https://vimeo.com/channels/76979871", None),
        ("https://vimeo.com/groups/76979871", None),
        ("https://vimeo.com/groups/76979871/videos", None),
        ("https://vimeo.com/76979871/not-a-key", None),
        ("https://vimeo.com/76979871/0a1b2c3d4e/more", None),
        ("https://vimeo.com/76979871/0a1b2c3d4e?h=ffffffffff", None),
        ("https://player.vimeo.com/video/76979871?h=NO", None),
        ("https://player.vimeo.com/76979871", None),
        ("https://player.vimeo.com/event/1234567", None),
        ("https://www.youtube.com/embed/videoseries?list=PL0123456789", None),
        ("https://www.youtube.com/embed/live_stream?channel=UC0123", None),
        ("https://www.youtube.com/playlist?list=PL0123456789", None),
        (f"https://www.youtube.com/watch?v={KEY}&v=aaaaaaaaaaa", None),
        (f"https://www.youtube.com/watch/{KEY}?v=aaaaaaaaaaa", None),
        (f"https://www.youtube.com/embed/{KEY}/aaaaaaaaaaa", None),
        (f"https://www.youtube.com/clip/{KEY}", None),
        (f"https://youtu.be/{KEY}/aaaaaaaaaaa", None),
    ],
)
def test_r08_the_video_that_is_named_plays_from_where_it_is_asked(address: str, player: str | None) -> None:
    video = parse_video_address(address)
    assert (video and video.player_url.removeprefix(PLAYERS[video.provider])) == player


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"https://youtu.be/{KEY}?t=1m30s", f"https://www.youtube.com/watch?v={KEY}&t=90s"),
        ("https://vimeo.com/76979871/0a1b2c3d4e?t=90", "https://vimeo.com/76979871/0a1b2c3d4e#t=90s"),
    ],
)
def test_r08_without_script_it_begins_there_too(address: str, page: str) -> None:
    assert parse_video_address(address).watch_url == page


@given(st.integers(0, 99), st.integers(0, 59), st.integers(1, 59))
def test_r08_every_way_to_write_a_time_is_the_same_time(hours: int, minutes: int, seconds: int) -> None:
    total = 3600 * hours + 60 * minutes + seconds
    for written in (f"{total}", f"{total}s", f"{hours}h{minutes}m{seconds}s"):
        assert parse_video_address(f"https://youtu.be/{KEY}?t={written}").start == total


@given(st.text() | st.from_regex(r"https?://(www\.)?(youtube\.com|youtu\.be|vimeo\.com)/.{0,60}"))
def test_whatever_is_typed_leads_to_a_player_we_know_or_nowhere(address: str) -> None:
    video = parse_video_address(address)
    if video:
        assert video.player_url.isascii()
        assert video.player_url.startswith(
            ("https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/")
        )
        assert not set(video.player_url) & set("\"'<>\\ ")
