"""The first sentence of somebody's words, for where there is room for one."""

import re

from dialogue.excerpts import CUT
from portal.characters import cut_at_word, on_one_line

SHORTEST = 25  # characters: what is shorter is “No.”, or ends in an abbreviation, and takes the next along
LONGEST = 180  # characters, as `portal.templatetags.voice_tags` sets a voice large
# The end of a sentence, with the quotation marks and brackets that close after it.
_END = re.compile(r"[.!?…]+(?:\s?[»”\"’)])*(?=\s)")


def first_sentence(plain: str) -> str:
    """Return how `plain`, all that is shown of somebody's words, begins; `[…]` stands for the rest."""
    words = on_one_line(plain)
    end = next((end.end() for end in _END.finditer(words) if end.end() >= SHORTEST), len(words))
    if end <= LONGEST:
        return words if end == len(words) else f"{words[:end]} {CUT}"
    return f"{cut_at_word(words[:end], LONGEST).rstrip('…')} {CUT}"
