"""The first sentence of somebody's words, for where there is room for one."""

import re

from dialogue.excerpts import CUT
from portal.characters import cut_at_word, on_one_line

SHORTEST = 25  # characters: what is shorter is “No.”, or ends in an abbreviation, and takes the next along
LONGEST = 180  # characters, as `portal.templatetags.voice_tags` sets a voice large
# The end of a sentence, with the quotation marks and brackets that close after it.
_END = re.compile(r"[.!?…]+(?:\s?[»”\"’)])*(?=\s)")
# Lines that quote somebody else: they are not the words of whoever is named beside them.
_QUOTED = re.compile(r"^(?:\[…\] )?>.*(?:\n|\Z)", re.MULTILINE)


def first_sentence(plain: str) -> str:
    """Return how `plain`, all that is shown of somebody's words, begins; `[…]` stands for what is left out.

    That is the first sentence of their own, after what they quote of others; nothing where all is of others.
    """
    own = [part for part in _QUOTED.split(plain) if part.strip()]
    if not own:
        return ""
    words = on_one_line(own[0])
    end = next((end.end() for end in _END.finditer(words) if end.end() >= SHORTEST), len(words))
    is_all_after = end == len(words) and plain.rstrip().endswith(own[0].rstrip())
    sentence = words[:end] if end <= LONGEST else cut_at_word(words[:end], LONGEST).rstrip("…")
    before = "" if plain.lstrip().startswith(own[0].lstrip()) else f"{CUT} "
    after = "" if is_all_after and end <= LONGEST else f" {CUT}"
    return f"{before}{sentence}{after}"
