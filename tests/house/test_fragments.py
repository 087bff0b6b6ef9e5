"""What is stored of each comment as readers see it is renewed when the way it is made changes."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from dialogue.fragments import FRAGMENT_DIGEST, FRAGMENT_TEMPLATES, FRAGMENT_VERSION, render_fragment
from dialogue.models import Comment
from people.models import Side

ROOT = Path(settings.BASE_DIR)
SAID_AT = datetime(2026, 5, 1, 16, 30, 5, tzinfo=UTC)


def samples() -> list[Comment]:
    """Comments of every side, on pages of both languages, in these and in others, first ones and replies."""
    return [
        Comment(
            public_id="222222222222",
            author_name="Zoé <b>",
            role_label_fr=role,
            side=side,
            depth=depth,
            language=language,
            words_language=words,
            status="published",
            html="<p>Oui.</p>",
            submitted_at=SAID_AT,
        )
        for language, _name in settings.LANGUAGES
        for words in ("fr", "ar")
        for side in Side
        for depth, role in ((0, ""), (1, "Capitaine"))
    ]


def digest() -> str:
    sources = [(ROOT / "templates" / name).read_text(encoding="utf-8") for name in FRAGMENT_TEMPLATES]
    made = [render_fragment(comment) for comment in samples()]
    return sha256("\0".join([*sources, *made]).encode()).hexdigest()[:16]


def test_the_version_moves_with_what_is_made():
    assert digest() == FRAGMENT_DIGEST, (
        f"Comments are rendered otherwise than in version {FRAGMENT_VERSION}, which is stored. "
        f"In dialogue/fragments.py move FRAGMENT_VERSION, set FRAGMENT_DIGEST to {digest()!r}, and say in "
        "the change log that `render_comments` is to be run."
    )


def test_words_cannot_hold_the_mark_of_a_slot():
    comment = samples()[0]
    comment.author_name = comment.role_label_fr = "<!--foot-->"
    assert render_fragment(comment).count("<!--foot-->") == 1
