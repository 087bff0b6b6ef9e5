"""The voice on the card of a page: how the words begin that it quoted last, and whose they are.

Lists ask for all of their pages at once. Whether a voice is shown is decided as on the page itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from dialogue.models.featured import FeaturedComment
from dialogue.models.words import LONG
from dialogue.openings import first_sentence
from dialogue.permissions import FeaturedCommentPermissionTester
from portal.permissions import load_restrictions

NOT_SHOWN = ("comment__fragment", *(f"comment__{name}" for name in LONG))


@dataclass(frozen=True)
class CardVoice:
    """How a quotation begins, in which language, and the name agreed for it."""

    words: str
    language: str
    name: str


def voice_in_list(request: HttpRequest, page_id: int, page_ids: tuple[int, ...]) -> CardVoice | None:
    """Return the voice of one page of a list; those of all of them are read with the first."""
    known: dict[int, CardVoice | None] = request.__dict__.setdefault("voices_on_cards", {})
    if page_id not in known:
        known |= dict.fromkeys(page_ids) | read_voices(page_ids)
    return known.get(page_id)


def read_voices(page_ids: Iterable[int]) -> dict[int, CardVoice]:
    """Return, by page, the voice that was placed there last and that its readers are shown: one query."""
    placed = FeaturedComment.objects.before_readers().filter(page_id__in=page_ids)
    related = placed.select_related("comment__page", "revision", "page__locale").defer(*NOT_SHOWN)
    rows = list(related.order_by("placed_at", "pk"))
    restrictions = load_restrictions() if rows else []
    voices: dict[int, CardVoice] = {}
    for row in rows:
        words = first_sentence(row.plain)
        # Each takes the place of one before it.
        if words and FeaturedCommentPermissionTester(row, row.page, restrictions).can_be_shown():
            voices[row.page_id] = CardVoice(words, row.revision.words_language, row.attribution)
    return voices
